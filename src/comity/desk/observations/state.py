"""The observed state of this node: its log of observations, verified and merged once per change, and who may see it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from django.conf import settings
from django.http import Http404, HttpRequest

from comity.desk.record.visible import insider
from comity.observations.log import ObservationLog
from comity.observations.merge import Case, Thing, merge, standing
from comity.observations.model import Fragment


@dataclass(frozen=True, slots=True)
class Kept:
    """The log as it was read last: its stamp, its length, what of it counts (each with its place), and the cases."""

    stamp: bytes = b""
    size: int = 0
    counting: tuple[tuple[int, Fragment], ...] = ()
    cases: dict[str, Case] = field(default_factory=dict)


_lock = threading.Lock()
_kept: dict[str, Kept] = {}


def kept() -> Kept:
    """The log of this node. Raises ComityError if it does not hold."""
    log = ObservationLog(settings.HOME.folder / "observations")
    stamp = log.stamp()
    if not stamp:
        return Kept()
    with _lock:
        known = _kept.get(str(log.folder))
        if known is None or known.stamp != stamp:
            every = log.open().fragments
            counts = {id(one) for one in standing(every)}
            counting = tuple((place, one) for place, one in enumerate(every) if id(one) in counts)
            known = _kept[str(log.folder)] = Kept(stamp, len(every), counting, merge(every))
        return known


def observed() -> dict[str, Case]:
    """All cases here. Raises ComityError if the log does not hold."""
    return kept().cases


def visible(request: HttpRequest) -> dict[str, Case]:
    """What this reader may see: an observer's node shows all to anyone; a party's node all to its own officers, and to anyone else only
    what it has released.
    """
    if not settings.NODE.party or insider(request):
        return observed()
    from comity.desk.observations.released import released

    return released()


def case_or_404(request: HttpRequest, name: str) -> Case:
    case = visible(request).get(name)
    if case is None:
        raise Http404(name)
    return case


def thing_or_404(case: Case, kind: str, id: str) -> Thing:
    thing = case.one(kind, id)
    if thing is None:
        raise Http404(id)
    return thing
