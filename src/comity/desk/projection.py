"""From the record to the desk's tables (rule 14): idempotent, order-free, rebuildable.

Each app of a domain has a ``project.py`` with ``TYPES`` (prefixes of act types it cares about), ``MODELS`` and ``project(view,
object_id)``, which writes the rows of one object as the record has them now. Whatever was delivered in whatever order, the rows come out
the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import batched
from typing import Protocol

from django.db import models, transaction
from django.utils import timezone

from comity.desk.commitments import project as commitments
from comity.desk.forums import project as forums
from comity.desk.language import project as language
from comity.desk.mechanisms import project as mechanisms
from comity.desk.meetings import project as meetings
from comity.desk.record import project as record
from comity.desk.record.models import Cursor
from comity.desk.rows import many_at_a_time
from comity.desk.texts import project as texts
from comity.desk.work.indexing import forget_mechanism, index_objects
from comity.desk.work.telling import tell_of_acts
from comity.errors import Unsayable
from comity.terms.act import Act
from comity.terms.ids import Cell


class Standing(Protocol):
    """Where an act stands, as the ledger says it."""

    @property
    def status(self) -> str: ...
    @property
    def signed_by(self) -> tuple[str, ...]: ...
    @property
    def missing(self) -> tuple[str, ...]: ...
    @property
    def disputed(self) -> bool: ...
    @property
    def superseded_by(self) -> str | None: ...
    @property
    def pending_withdrawals(self) -> tuple[str, ...]: ...


class View(Protocol):
    """What projecting may read of a mechanism."""

    mechanism: str

    def act(self, act_id: str) -> Act: ...
    def standing(self, act_id: str) -> Standing: ...
    def heads(self, cell: str) -> frozenset[str]: ...
    def writers(self, cell: str) -> tuple[str, ...]: ...
    def misunderstanding(self, act_id: str) -> Unsayable | None: ...
    def file(self, sha256: str) -> bytes | None: ...
    def arrived(self, act_id: str) -> int: ...
    def read_ahead(self, act_ids: Collection[str]) -> None: ...


NEWS = 500  # so many acts at once are no news but a record that is read anew: officers are told of them by the clock
ACTS_AT_A_TIME = 2000  # so that an act is still parsed in memory when its object is looked at


@dataclass(frozen=True, slots=True)
class Room:
    """One domain's share of the tables."""

    types: tuple[str, ...]
    models: tuple[type[models.Model], ...]
    project: Callable[[View, str], None]


ROOMS = tuple(Room(app.TYPES, app.MODELS, app.project) for app in (mechanisms, meetings, texts, language, commitments, forums))


def object_of(act: Act) -> str:
    """The id of the object that an act creates or changes."""
    if act.about:
        return act.about
    touched = sorted({Cell.parse(cell).act for cell in act.basis} - {act.mechanism})
    return touched[0] if touched else act.mechanism if act.basis else act.id


def project(view: View, changed: Collection[str], position: int) -> None:
    """Bring the rows of the changed acts and their objects up to date, tell officers of them, and remember how far that was, in one
    transaction.
    """
    touched: dict[str, None] = {}
    with transaction.atomic():
        with many_at_a_time():
            for acts in batched(changed, ACTS_AT_A_TIME):
                view.read_ahead(acts)
                touched |= _project(view, acts)
            view.read_ahead(())
        index_objects(touched)
        if len(changed) <= NEWS:
            tell_of_acts(changed, timezone.now())
        Cursor.objects.update_or_create(mechanism=view.mechanism, defaults={"position": position})


def _project(view: View, acts: tuple[str, ...]) -> dict[str, None]:
    """Write the rows of these acts and of their objects; returns the ids of the objects."""
    objects: dict[tuple[int, str], None] = {}
    for act_id in acts:
        act = view.act(act_id)
        record.project(view, act, object_of(act))
        for number, room in enumerate(ROOMS):
            if act.type.startswith(room.types):
                objects[number, object_of(act)] = None
    for number, object_id in objects:
        ROOMS[number].project(view, object_id)
    return {object_id: None for _, object_id in objects}


def clear(mechanism: str | None = None) -> None:
    """Drop the mirrored rows of one mechanism, or all."""
    with transaction.atomic():
        every: list[type[models.Model]] = [*record.MODELS, *(m for room in ROOMS for m in room.models)]
        for model in every:
            rows = model._default_manager.all()
            if mechanism is not None:
                rows = rows.filter(**{"id" if model is mechanisms.MODELS[0] else "mechanism": mechanism})
            rows.delete()
        forget_mechanism(mechanism)
        cursors = Cursor.objects.all() if mechanism is None else Cursor.objects.filter(mechanism=mechanism)
        cursors.delete()
