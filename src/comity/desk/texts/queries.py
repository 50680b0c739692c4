"""Which texts a reader may see, and their bytes read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from comity.desk.mechanisms.models import MechanismRow, SeriesRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.queries import series_names
from comity.desk.meetings.queries import visible as visible_meetings
from comity.desk.meetings.words import title
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


def own(mechanisms: Iterable[MechanismRow]) -> list[MechanismRow]:
    """Those in force in which this node's party takes part."""
    party = settings.NODE.party
    return [m for m in mechanisms if m.in_force and any(p["id"] == party for p in m.parties)]


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
    return meeting_names(visible_meetings(request).filter(pk__in=wanted), mechanisms) if wanted else {}


def meeting_names(rows: Iterable[MeetingRow], mechanisms: Mapping[str, MechanismRow]) -> dict[str, str]:
    """What meetings are called: by their number, and by their series too where a mechanism has several."""
    found, names = {}, series_names(mechanisms)
    held = Counter(SeriesRow.objects.filter(pk__in=names).values_list("mechanism", flat=True))
    for row in rows:
        series = name_of(names[row.series]) if held[row.mechanism] > 1 and row.series in names else ""
        found[row.id] = f"{title(row)} ({series})" if series else title(row)
    return found
