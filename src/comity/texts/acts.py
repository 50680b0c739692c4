"""What may be said about joint texts.

1. To put forward shows a text to the other side and binds nobody: an act of one party.
2. Adopting is an act of all parties over the very files of every language. At least one version is authentic; every version says its
   status.
3. A correction is a further act of all, with the corrected files in full; it names the provisions and languages that change, and the
   record keeps both.
4. A comment is one side's, about a text, one provision or one language of it; it binds nobody. Its words stand in files, one per language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.errors import Unsayable
from comity.terms.act import ActType, Known, Plan, Saying, alone, everyone, named
from comity.terms.fields import Fields
from comity.terms.names import check_language

PUT_FORWARD, ADOPT, CORRECT, COMMENT = "texts/put-forward/1", "texts/adopt/1", "texts/correct/1", "texts/comment/1"

KINDS = ("communique", "statement", "agreement", "rules", "agenda", "minutes", "programme")
STATUSES = ("authentic", "official_translation", "unofficial", "machine")
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
class TextSaid:
    """What is put forward, adopted or corrected."""

    kind: str | None
    versions: tuple[Version, ...]
    meeting: str | None
    answers: str | None
    supersedes: str | None
    text: str | None
    corrections: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Words of one side in one language, in a file of their own, so that they can be redacted."""

    lang: str
    file: str

    @classmethod
    def read(cls, fields: Fields) -> Note:
        return cls(check_language(fields.text("lang"), place=fields.place("lang")), fields.text("file", most=200))


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
    )
    fields.done()
    if len({v.lang for v in said.versions}) != len(said.versions):
        raise Unsayable("Every language stands once.", place="body.versions")
    if not any(v.status == "authentic" for v in said.versions):
        raise Unsayable("No version is authentic.", place="body.versions", remedy="Say which languages are.")
    return said


def _files(saying: Saying, said: TextSaid) -> None:
    if {v.file for v in said.versions} != set(saying.files) or len(said.versions) != len(saying.files):
        raise Unsayable("Every version has one file of this act, and every file is a version.", place="subject")


def _common_refs(said: TextSaid, known: Known) -> frozenset[str]:
    refs = set()
    if said.meeting:
        refs.add(named(known, said.meeting, ("meetings/convene",), place="body.meeting").id)
    if said.answers:
        refs.add(named(known, said.answers, ("texts/put-forward",), place="body.answers").id)
    return frozenset(refs)


def _put_forward(saying: Saying, known: Known) -> Plan:
    said = read_text(saying.body)
    _files(saying, said)
    if said.supersedes:
        raise Unsayable("What binds nobody supersedes nothing; say which text it answers.", place="body.supersedes")
    return Plan(alone(saying, known), frozenset({"self/state"}), refs=_common_refs(said, known))


def _adopt(saying: Saying, known: Known) -> Plan:
    said = read_text(saying.body)
    _files(saying, said)
    refs = _common_refs(said, known)
    if said.supersedes is None:
        return Plan(everyone(saying, known), frozenset({"self/state"}), refs=refs)
    before = read_text(named(known, said.supersedes, ("texts/adopt",), place="body.supersedes").body)
    if before.supersedes:
        raise Unsayable("Name the act that first adopted the text.", place="body.supersedes")
    return Plan(everyone(saying, known), frozenset({f"{said.supersedes}/state"}), refs=refs)


def _correct(saying: Saying, known: Known) -> Plan:
    said = read_text(saying.body, correction=True)
    _files(saying, said)
    adopted = named(known, str(said.text), ("texts/adopt",), place="body.text")
    if {(v.lang, v.status) for v in said.versions} != {(v.lang, v.status) for v in read_text(adopted.body).versions}:
        raise Unsayable("A correction has the same languages, each with its status, as the text.", place="body.versions")
    return Plan(everyone(saying, known), frozenset({f"{said.text}/state"}))


def _comment(saying: Saying, known: Known) -> Plan:
    said = read_comment(saying.body)
    if {n.file for n in said.notes} != set(saying.files) or len(said.notes) != len(saying.files):
        raise Unsayable("Every note has one file of this act, and every file is a note.", place="subject")
    text = named(known, said.text, ("texts/put-forward", "texts/adopt"), place="body.text")
    if said.lang and said.lang not in {v.lang for v in read_text(text.body).versions}:
        raise Unsayable("The text has no version in that language.", place="body.lang", remedy="Choose one of its languages.")
    if said.answers is None:
        return Plan(alone(saying, known), frozenset({"self/state"}), refs=frozenset({said.text}))
    answered = named(known, said.answers, ("texts/comment",), place="body.answers")
    if answered.body.get("text") != said.text:
        raise Unsayable("The comment that is answered is about another text.", place="body.answers")
    return Plan(alone(saying, known), frozenset({"self/state"}), refs=frozenset({said.text, said.answers}))


TYPES = (
    ActType(
        PUT_FORWARD,
        _put_forward,
        says="Show a text to the other side; it binds nobody.",
        signers="the party that puts it forward",
        writes="self/state",
        refers="the meeting, and the text put forward that it answers",
    ),
    ActType(
        ADOPT,
        _adopt,
        says="Adopt a text in its languages, each with its status; or replace an adopted one.",
        signers="all parties",
        writes="self/state; or, if it supersedes, <text>/state",
        refers="the meeting, and the text put forward that is adopted",
    ),
    ActType(
        CORRECT,
        _correct,
        says="Correct an adopted text: named provisions in named languages; the record keeps both.",
        signers="all parties",
        writes="<text>/state",
        refers="the text, by its cell",
    ),
    ActType(
        COMMENT,
        _comment,
        says="Comment on a text, a provision or one language of it, or answer a comment; it binds nobody.",
        signers="the party that comments",
        writes="self/state",
        refers="the text, and the comment that it answers",
    ),
)
