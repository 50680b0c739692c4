"""Which texts a reader may see, and their bytes read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from comity.desk.mechanisms.models import MechanismRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.node import the_node
from comity.desk.record.visible import insider, visible_acts, visible_mechanisms
from comity.desk.show import name_of
from comity.desk.texts.models import TextRow
from comity.errors import ComityError
from comity.texts.akn import AknDocument, read_akn

FILES_IN_MEMORY = 256


def visible(request: HttpRequest) -> QuerySet[TextRow]:
    """Texts that this reader may see: an officer of this node all, the public those whose present words are public."""
    rows = TextRow.objects.all()
    return rows if insider(request) else rows.filter(act__in=visible_acts(request).values("id"))


def mechanism_for(request: HttpRequest, mechanism: str) -> MechanismRow:
    """The mechanism; raises ``MechanismRow.DoesNotExist`` if it may not be seen."""
    return visible_mechanisms(request).get(pk=mechanism)


def document(sha256: str) -> AknDocument | None:
    """The text of a stored file; None if the file is not here (yet, or redacted) or cannot be read."""
    try:
        return _read(sha256) if the_node().files.has(sha256) else None
    except ComityError:
        return None


@lru_cache(maxsize=FILES_IN_MEMORY)
def _read(sha256: str) -> AknDocument:
    """Content-addressed, so it never changes; whoever asks has checked that the file still stands."""
    return read_akn(the_node().files.read(sha256))


def documents(versions: Iterable[Mapping[str, Any]]) -> dict[str, AknDocument | None]:
    """Language → text, for the versions of one act."""
    return {v["lang"]: document(v["sha256"]) for v in versions}


def meetings(request: HttpRequest, ids: Iterable[str], mechanisms: Mapping[str, MechanismRow]) -> dict[str, str]:
    """Id → name of those of the meetings that this reader may see."""
    wanted = {i for i in ids if i}
    if not wanted:
        return {}
    rows = MeetingRow.objects.filter(pk__in=wanted)
    return meeting_names(rows if insider(request) else rows.filter(act__in=visible_acts(request).values("id")), mechanisms)


def meeting_names(meetings: Iterable[MeetingRow], mechanisms: Mapping[str, MechanismRow]) -> dict[str, str]:
    """What meetings are called: their series and number."""
    found = {}
    for meeting in meetings:
        mechanism = mechanisms.get(meeting.mechanism)
        key = meeting.series.rpartition("#")[2]
        series: list[dict[str, str]] = next((s["names"] for s in mechanism.series if s["key"] == key), []) if mechanism else []
        found[meeting.id] = f"{name_of(series) or key} {meeting.ordinal}"
    return found
