"""Agendas, delegations and minutes as rows, with their files on the node, around the meetings of ``makings``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.desk.meetings.models import AgendaRow, DelegationRow, MeetingRow
from comity.desk.node import the_node
from comity.desk.texts.models import TextRow
from comity.meetings.agenda import agenda_text
from comity.meetings.delegation import delegation_text
from comity.texts.akn import file_name, to_akn
from comity.texts.model import TextMeta, TextVersion
from comity.texts.structure import structure
from desk import rows
from desk.meetings.makings import MECHANISM

LANGUAGES = ("zh-Hans", "ru", "en")
ITEMS = (
    ("minutes", "minutes", ("通过上次会议记录", "Утверждение протокола", "Approval of the minutes")),
    ("treaty", "report", ("友好条约实施情况", "Выполнение договора о дружбе", "Implementation of the treaty")),
)
WORDS = {
    "zh-Hans": "一、通过上次会议记录\n\n委员会通过了记录。\n\n二、友好条约实施情况\n\n双方同意继续。",
    "ru": "1. Утверждение протокола\n\nКомитет утвердил протокол.\n\n2. Выполнение договора о дружбе\n\nСтороны согласились продолжать.",
    "en": "1. Approval of the minutes\n\nThe Committee approved them.\n\n2. Implementation of the treaty\n\nThe sides agreed to go on.",
}


def _versions(texts: Sequence[TextVersion], slug: str) -> list[dict[str, str]]:
    meta = TextMeta("2026-11-20", slug, "arvena-kelmor", LANGUAGES)
    return [
        {"lang": t.language, "status": "authentic", "file": file_name(t.language), "sha256": the_node().files.put_bytes(to_akn(t, meta))}
        for t in texts
    ]


def agenda(
    meeting: MeetingRow, name: str = "", *, items: Sequence[Any] = ITEMS, signed: tuple[str, ...] = ("arvena", "kelmor"), **act: Any
) -> AgendaRow:
    """An agenda: agreed if both have signed, else proposed."""
    name = name or f"agenda {meeting.ordinal}"
    agreed = len(signed) == 2
    missing = [p for p in ("arvena", "kelmor") if p not in signed]
    about = {"signed": list(signed), "missing": missing, "status": "in_force" if agreed else "open"}
    made = rows.act(name, "meetings/agenda/1", meeting.id, by=signed[0], **(about | act))
    texts = [agenda_text(f"Agenda {lang}", [titles[n] for _k, _kind, titles in items], lang) for n, lang in enumerate(LANGUAGES)]
    return AgendaRow.objects.create(
        id=made.id,
        mechanism=MECHANISM,
        meeting=meeting.id,
        items=[{"key": key, "kind": kind, "titles": dict(zip(LANGUAGES, titles, strict=True))} for key, kind, titles in items],
        versions=_versions(texts, f"joint-agenda-{meeting.ordinal}"),
        proposer=signed[0],
        said="2026-11-12T10:00:00+03:00",
        act=made.id,
        current=agreed,
        alive=True,
    )


def delegation(meeting: MeetingRow, party: str, *, present: bool = False, **act: Any) -> DelegationRow:
    name = f"delegation {party} {meeting.ordinal}"
    made = rows.act(name, "meetings/delegation/1", meeting.id, by=party, joint=False, **act)
    names = {"zh-Hans": f"{party}甲", "ru": f"Глава {party}", "en": f"Head of {party}"}
    texts = [delegation_text("Delegation", [(names[lang], "")], lang) for lang in LANGUAGES]
    member = {"key": "one", "role": "head", "attendance": "present" if present else "expected", "names": names, "titles": {}}
    return DelegationRow.objects.create(
        id=made.id,
        mechanism=MECHANISM,
        meeting=meeting.id,
        party=party,
        members=[member],
        versions=_versions(texts, f"delegation-{party}-{meeting.ordinal}"),
        said="2026-11-12T10:00:00+03:00",
        act=made.id,
        current=True,
    )


def minutes(meeting: MeetingRow, name: str = "minutes", *, words: Mapping[str, str] | None = None, **more: Any) -> TextRow:
    """Adopted minutes of two items, or whatever ``more`` says; ``words`` are other words in some languages."""
    said = WORDS | dict(words or {})
    texts = [structure(f"Minutes {lang}\n\n{said[lang]}", lang).version for lang in LANGUAGES]
    versions = _versions(texts, f"joint-minutes-{meeting.ordinal}")
    return rows.text(
        name, kind="minutes", meeting=meeting.id, versions=versions, titles={lang: f"Minutes {lang}" for lang in LANGUAGES}, **more
    )
