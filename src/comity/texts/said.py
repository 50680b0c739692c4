"""What acts about joint texts say: their bodies, read strictly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.errors import Unsayable
from comity.terms.fields import Fields
from comity.terms.ids import PARTY
from comity.terms.names import LANGUAGE, check_language
from comity.terms.notes import Note

KINDS = ("communique", "statement", "agreement", "rules", "agenda", "minutes", "programme")
STATUSES = ("authentic", "official_translation", "unofficial", "machine")
_CODE = re.compile(r"[A-Z]{2,12}")
_FINDING = re.compile(r"[0-9a-f]{16}")
_EID = re.compile(r"[a-z]+_[0-9a-z-]+(?:__[a-z]+_[0-9a-z-]+)*")


@dataclass(frozen=True, slots=True)
class Version:
    """One language version: its status and the name of its file."""

    lang: str
    status: str
    file: str

    @classmethod
    def read(cls, fields: Fields) -> Version:
        return cls(
            check_language(fields.text("lang"), place=fields.place("lang")),
            fields.choice("status", STATUSES),
            fields.text("file", most=200),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A provision in one language."""

    lang: str
    eid: str

    @classmethod
    def read(cls, fields: Fields) -> Place:
        return cls(check_language(fields.text("lang"), place=fields.place("lang")), fields.text("eid", pattern=_EID))


@dataclass(frozen=True, slots=True)
class Open:
    """A bracket that is open: its provision, its number there, the sides that want something in it, the languages in which it stands."""

    eid: str
    number: int
    sides: tuple[str, ...]
    langs: tuple[str, ...]

    @classmethod
    def read(cls, fields: Fields) -> Open:
        return cls(
            fields.text("eid", pattern=_EID),
            fields.integer("number", least=1, most=99),
            fields.texts("sides", least=1, most=30, pattern=PARTY),
            fields.texts("langs", least=1, most=30, pattern=LANGUAGE),
        )


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding of a check (code, provision, key: see ``checks.finding``) that a side set aside, and files of its reason by language."""

    code: str
    eid: str
    finding: str
    by: str
    reasons: tuple[Note, ...]

    @classmethod
    def read(cls, fields: Fields) -> Waiver:
        return cls(
            fields.text("code", pattern=_CODE),
            fields.text("eid", pattern=_EID),
            fields.text("finding", pattern=_FINDING),
            fields.party("by"),
            fields.list("reasons", Note.read, least=1, most=30),
        )


@dataclass(frozen=True, slots=True)
class TextSaid:
    """What is put forward, adopted or corrected."""

    kind: str | None
    versions: tuple[Version, ...]
    meeting: str | None
    answers: str | None
    supersedes: str | None
    text: str | None
    corrections: tuple[Place, ...]
    brackets: tuple[Open, ...] = ()
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """What one side says about a text: as a whole, or about a provision (`eid`), or about one language of it (`lang`)."""

    text: str
    eid: str | None
    lang: str | None
    notes: tuple[Note, ...]
    answers: str | None


def read_comment(body: object) -> Comment:
    """Read the body of a comment; raises :class:`Unsayable`."""
    fields = Fields(body, "body")
    said = Comment(
        text=fields.digest("text"),
        eid=fields.optional("eid", lambda name: fields.text(name, pattern=_EID)),
        lang=fields.optional("lang", lambda name: check_language(fields.text(name), place=fields.place(name))),
        notes=fields.list("notes", Note.read, least=1, most=30),
        answers=fields.optional("answers", fields.digest),
    )
    fields.done()
    if len({n.lang for n in said.notes}) != len(said.notes):
        raise Unsayable("Every language stands once.", place="body.notes")
    return said


def read_text(body: object, *, correction: bool = False) -> TextSaid:
    """Read the body of any act about a text; raises :class:`Unsayable`."""
    fields = Fields(body, "body")
    said = TextSaid(
        kind=None if correction else fields.choice("kind", KINDS),
        versions=fields.list("versions", Version.read, least=1, most=30),
        meeting=None if correction else fields.optional("meeting", fields.digest),
        answers=None if correction else fields.optional("answers", fields.digest),
        supersedes=None if correction else fields.optional("supersedes", fields.digest),
        text=fields.digest("text") if correction else None,
        corrections=fields.list("corrections", Place.read, least=1) if correction else (),
        brackets=fields.list("brackets", Open.read) if fields.has("brackets") and not correction else (),
        waivers=fields.list("waivers", Waiver.read) if fields.has("waivers") and not correction else (),
    )
    fields.done()
    if len({v.lang for v in said.versions}) != len(said.versions):
        raise Unsayable("Every language stands once.", place="body.versions")
    if not any(v.status == "authentic" for v in said.versions):
        raise Unsayable("No version is authentic.", place="body.versions", remedy="Say which languages are.")
    return said
