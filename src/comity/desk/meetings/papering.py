"""All papers of a meeting: the list, each one as a file, and all of them as one ZIP whose bytes are the same each time.

What is signed comes as the very bytes of the record; Word and PDF are made from them. The ZIP is sent as it is made, one paper after the
other, with an index of digests as its last member.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comity.desk.meetings import extracts, words
from comity.desk.meetings.models import AgendaRow, DelegationRow, MeetingRow
from comity.desk.node import the_node
from comity.desk.record.visible import open_to
from comity.desk.show import PartyShown, languages_by_page, title_for
from comity.desk.texts.models import TextRow
from comity.desk.texts.words import kind_label
from comity.errors import ComityError
from comity.papers import Foot, can_print, docx, pdf
from comity.papers.treaty import text_paper
from comity.terms.ids import digest, handle
from comity.texts.akn import AknDocument, read_akn

AKN, WORD, PDF = "application/xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/pdf"
FIXED = (1980, 1, 1, 0, 0, 0)  # the time of every member, so that the same papers give the same bytes
MOST_TEXTS = 60


@dataclass(frozen=True, slots=True)
class Paper:
    """One file. ``name`` is its path in the ZIP, ``group`` the heading under which it is listed, ``sha256`` is known of what is signed."""

    name: str
    group: str
    title: str
    lang: str
    media: str
    sha256: str
    make: Callable[[], bytes]

    @property
    def form(self) -> str:
        return {AKN: "Akoma Ntoso", WORD: "Word", PDF: "PDF"}.get(self.media, "iCalendar")


def papers(request: HttpRequest, meeting: MeetingRow, parties: Sequence[PartyShown], calendar: bytes | None) -> list[Paper]:
    """Every paper that this reader may see, in a fixed order; a fixed number of queries."""
    found: list[Paper] = []
    agendas = list(open_to(request, AgendaRow.objects.filter(meeting=meeting.id, alive=True)).order_by("-current", "said", "id")[:10])
    for row in agendas:
        folder, title = ("agenda", _("Agenda")) if row.current else (f"agenda-proposed-{row.id[:8]}", _("Agenda, proposed"))
        found += _signed(row.versions, f"{folder}/agenda", _("Agenda"), title)
    sides = {row.party: row for row in open_to(request, DelegationRow.objects.filter(meeting=meeting.id, current=True))}
    for party in parties:
        if party.id in sides:
            found += _signed(sides[party.id].versions, f"delegations/{party.id}", _("Delegations"), party.name)
    for text in open_to(request, TextRow.objects.filter(meeting=meeting.id)).order_by("stage", "said", "id")[:MOST_TEXTS]:
        title = title_for(text.titles) or kind_label(text.kind)
        group = _("Adopted texts") if text.stage == "adopted" and text.in_force else _("Texts put forward or proposed")
        found += _signed(text.versions, f"texts/{text.kind}-{handle(text.id)}/{text.kind}", group, title)
    for made in extracts.every(extracts.adopted_minutes(request, meeting)):
        title = _("Item %(number)d") % {"number": made.number}
        stem = f"extracts/extract-{made.number}.{made.language}"
        found += _forms(partial(bytes, made.data), stem, _("Extracts from the minutes"), title, made.language, made.sha256)
    if calendar is not None:
        found.append(Paper("meeting.ics", _("Calendar"), words.title(meeting), "", "text/calendar", digest(calendar), lambda: calendar))
    return found


def _signed(versions: Iterable[dict[str, str]], stem: str, group: str, title: str) -> list[Paper]:
    """A text of the record in each of its languages: the bytes that were signed, and Word and PDF made from them."""
    by_lang = {v["lang"]: v for v in versions}
    found: list[Paper] = []
    for lang in languages_by_page(by_lang):
        sha = by_lang[lang]["sha256"]
        if the_node().files.has(sha):
            found += _forms(partial(the_node().files.read, sha), f"{stem}.{lang}", group, title, lang, sha)
    return found


def _forms(read: Callable[[], bytes], stem: str, group: str, title: str, lang: str, sha: str) -> list[Paper]:
    def of(make: Callable[[AknDocument, str], bytes]) -> Callable[[], bytes]:
        return lambda: make(read_akn(read()), sha)

    found = [
        Paper(f"{stem}.akn.xml", group, title, lang, AKN, sha, read),
        Paper(f"{stem}.docx", group, title, lang, WORD, "", of(word)),
    ]
    if can_print():
        found.append(Paper(f"{stem}.pdf", group, title, lang, PDF, "", of(printed)))
    return found


def word(document: AknDocument, sha: str) -> bytes:
    """A text as a Word file, its digest at the foot."""
    return docx(_paper(document, sha))


def printed(document: AknDocument, sha: str) -> bytes:
    """A text as PDF; characters that no font here has are printed as code points."""
    return pdf(_paper(document, sha), show_missing=True)


def _paper(document: AknDocument, sha: str) -> Any:
    return text_paper(document.version, day=date.fromisoformat(document.meta.date), foot=Foot(digests=(("SHA-256", sha),)))


class _Sink(io.RawIOBase):
    """What is written, to be taken out again in pieces; cannot be rewound, so that the ZIP is made for streaming."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        found, self._pieces = b"".join(self._pieces), []
        return found


def zipped(found: Sequence[Paper]) -> Iterator[bytes]:
    """The ZIP in pieces, one paper at a time in memory. Its last member, ``SHA256SUMS``, is checked by ``sha256sum -c``."""
    sink, sums = _Sink(), []
    with zipfile.ZipFile(cast(Any, sink), "w", zipfile.ZIP_DEFLATED) as file:
        for paper in found:
            try:
                data, name = paper.make(), paper.name
            except ComityError as error:  # one paper that cannot be set does not take the others along
                data, name = f"{error}\n".encode(), f"{paper.name}.missing.txt"
            sums.append(f"{digest(data)}  {name}\n")
            file.writestr(_member(name), data)
            yield sink.take()
        file.writestr(_member("SHA256SUMS"), "".join(sums).encode())
    yield sink.take()


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, FIXED)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info
