"""What a commitment, a report and an assessment are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.errors import Unsayable
from comity.terms.dates import Due, PartialDate, read_date
from comity.terms.fields import Fields
from comity.terms.ids import DIGEST, FRAGMENT
from comity.terms.names import Name, check_language, read_names
from comity.terms.notes import Note

NATURES = ("pledge", "joint", "proposal", "plan", "agenda_topic", "duty")
JOINT_NATURES = ("joint", "agenda_topic", "duty")  # said by all; the others by those who say them
PROGRESS = ("done", "under_way", "not_started", "dropped")
FINDINGS = ("kept", "kept_late", "partly", "changed", "not_kept", "too_early")
# What is said of how a commitment is to be kept. Said so at the undertaking, or not at all: nobody infers it.
ATTRIBUTES = ("timeline", "self_accountability", "numerical_target")

_EID = re.compile(r"[a-z]+_[0-9a-z-]+(?:__[a-z]+_[0-9a-z-]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")
_POINT = re.compile(rf"{DIGEST.pattern}#{FRAGMENT.pattern}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage in one language version: code points ``start..end`` of the provision ``eid``, and the SHA-256 of exactly these words in
    UTF-8.
    """

    lang: str
    eid: str
    start: int
    end: int
    sha256: str

    @classmethod
    def read(cls, fields: Fields) -> Mark:
        mark = cls(
            lang=check_language(fields.text("lang"), place=fields.place("lang")),
            eid=fields.text("eid", pattern=_EID),
            start=fields.integer("start"),
            end=fields.integer("end", least=1),
            sha256=fields.digest("sha256"),
        )
        if mark.end <= mark.start:
            raise Unsayable("The passage ends before it begins.", place=fields.place("end"))
        return mark


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A commitment marked in a joint text. ``version`` is the act whose files are quoted: the adoption or a correction.

    ``mandates`` are the points (``<mandate act>#<key>``) that it implements; ``attributes`` say how it is to be kept.
    """

    text: str
    version: str
    marks: tuple[Mark, ...]
    nature: str
    by: tuple[str, ...]
    due: Due
    areas: tuple[str, ...]
    supersedes: str | None
    mandates: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Undertaking:
        undertaking = cls(
            text=fields.digest("text"),
            version=fields.digest("version"),
            marks=fields.list("marks", Mark.read, least=1, most=60),
            nature=fields.choice("nature", NATURES),
            by=fields.texts("by", least=1),
            due=fields.object("due", Due.read),
            areas=fields.texts("areas"),
            supersedes=fields.optional("supersedes", fields.digest),
            mandates=fields.optional("mandates", lambda n: fields.texts(n, least=1, pattern=_POINT)) or (),
            attributes=fields.optional("attributes", lambda n: fields.texts(n, least=1)) or (),
        )
        if unknown := sorted(set(undertaking.attributes) - set(ATTRIBUTES)):
            raise Unsayable(
                "{value!r} is none of {allowed}.", place=fields.place("attributes"), value=unknown[0], allowed=", ".join(ATTRIBUTES)
            )
        if len({m.lang for m in undertaking.marks}) != len(undertaking.marks):
            raise Unsayable("One passage per language is quoted.", place=fields.place("marks"))
        return undertaking


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file of this act, or an address with the SHA-256 of what was seen there, if it was kept."""

    file: str | None
    address: str | None

    @classmethod
    def read(cls, fields: Fields) -> Evidence:
        evidence = cls(
            fields.optional("file", lambda n: fields.text(n, most=200)),
            fields.optional("address", lambda n: fields.text(n, pattern=_ADDRESS, most=2000)),
        )
        if evidence.file is None and evidence.address is None:
            raise Unsayable("Evidence is a file or an address.", place=fields.place("file"))
        return evidence


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """For whom something was entered: a body of the same side, by its names or as a body of the mechanism; and the appointment of the
    officer who entered it, if that person holds one.
    """

    names: tuple[Name, ...]
    body: str | None
    entered_by: str | None

    @classmethod
    def read(cls, fields: Fields) -> OnBehalf:
        behalf = cls(
            names=fields.optional("names", lambda n: read_names(fields, n)) or (),
            body=fields.optional("body", fields.digest),
            entered_by=fields.optional("entered_by", fields.digest),
        )
        if not behalf.names and behalf.body is None:
            raise Unsayable(
                "Say on whose behalf it is entered.", place=fields.place("names"), remedy="Name the body in one language at least."
            )
        return behalf


@dataclass(frozen=True, slots=True)
class Report:
    """What one side did, with its evidence."""

    commitment: str
    progress: str
    when: PartialDate
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]
    on_behalf: OnBehalf | None = None

    @classmethod
    def read(cls, fields: Fields) -> Report:
        report = cls(
            commitment=fields.digest("commitment"),
            progress=fields.choice("progress", PROGRESS),
            when=read_date(fields, "when"),
            evidence=fields.list("evidence", Evidence.read, most=50),
            notes=fields.list("notes", Note.read, most=10),
            on_behalf=fields.optional("on_behalf", lambda n: fields.object(n, OnBehalf.read)),
        )
        if report.progress == "done" and not report.evidence:
            raise Unsayable("What is reported as done needs evidence.", place=fields.place("evidence"), remedy="Add a file or an address.")
        return report


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one side says became of a commitment; the other side says its own."""

    commitment: str
    finding: str
    reports: tuple[str, ...]
    notes: tuple[Note, ...]
    on_behalf: OnBehalf | None = None

    @classmethod
    def read(cls, fields: Fields) -> Assessment:
        return cls(
            commitment=fields.digest("commitment"),
            finding=fields.choice("finding", FINDINGS),
            reports=fields.texts("reports"),
            notes=fields.list("notes", Note.read, most=10),
            on_behalf=fields.optional("on_behalf", lambda n: fields.object(n, OnBehalf.read)),
        )


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who on one side sees to a commitment: a body by its names (a committee, a ministry), or one of the mechanism's bodies, or a person by
    the act that put that person into office.
    """

    commitment: str
    names: tuple[Name, ...]
    body: str | None
    appointment: str | None

    @classmethod
    def read(cls, fields: Fields) -> Assignment:
        assignment = cls(
            commitment=fields.digest("commitment"),
            names=fields.optional("names", lambda n: read_names(fields, n)) or (),
            body=fields.optional("body", fields.digest),
            appointment=fields.optional("appointment", fields.digest),
        )
        if not (assignment.names or assignment.body or assignment.appointment):
            raise Unsayable(
                "Nobody is named.", place=fields.place("names"), remedy="Name a body of your side, or choose one of the mechanism’s."
            )
        return assignment
