"""The observed state of this node: its log of observations, verified and merged once per change, and who may see it."""

from __future__ import annotations

import threading

from django.conf import settings
from django.http import Http404, HttpRequest

from comity.desk.record.visible import insider
from comity.observations.log import ObservationLog
from comity.observations.merge import Case, Thing, merge

_lock = threading.Lock()
_kept: dict[str, tuple[bytes, dict[str, Case]]] = {}


def observed() -> dict[str, Case]:
    """All cases here. Raises ComityError if the log does not hold."""
    log = ObservationLog(settings.HOME.folder / "observations")
    stamp = log.stamp()
    if not stamp:
        return {}
    with _lock:
        known = _kept.get(str(log.folder))
        if known is None or known[0] != stamp:
            known = _kept[str(log.folder)] = (stamp, merge(log.open().fragments))
        return known[1]


def visible(request: HttpRequest) -> dict[str, Case]:
    """What this reader may see: an observer's node shows all to anyone, a party's node its observations to its own officers only."""
    return observed() if not settings.NODE.party or insider(request) else {}


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
