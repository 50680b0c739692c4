"""What the checks say of a text, with what people set aside, and whether it can be adopted. A text is checked once while it stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from comity.desk.language.checking import agreed_in, register_of
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.texts.models import TextRow, Waiver
from comity.texts.adoption import Hindrance, hindrances
from comity.texts.checks import Context, Entity, Finding, Precedent, check, waive
from comity.texts.model import TextVersion
from comity.texts.terms import Register

CHECKED_IN_MEMORY = 64


@dataclass(frozen=True, slots=True)
class Aside:
    """Why a finding was set aside, and by whom: a party's id where an act says so, an officer's name while it is this side's own."""

    by: str
    reasons: tuple[tuple[str, str], ...]  # language, words
    own: bool

    @property
    def text(self) -> str:
        return next((words for _lang, words in self.reasons if words), self.by)


def findings(versions: Mapping[str, TextVersion], mechanism: MechanismRow, asides: Mapping[str, Aside] | None = None) -> list[Finding]:
    """All findings on the language versions, those that were set aside with their reason."""
    agreed = tuple((lang, tuple(known)) for lang, known in agreed_in(mechanism.id, versions).items())
    found = _checked(tuple(versions.values()), _entities(mechanism), register_of(mechanism.id), agreed)
    return waive(found, {key: aside.text for key, aside in (asides or {}).items()})


@lru_cache(maxsize=CHECKED_IN_MEMORY)
def _checked(
    versions: tuple[TextVersion, ...],
    entities: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...],
    register: Register,
    agreed: tuple[tuple[str, tuple[Precedent, ...]], ...],
) -> list[Finding]:
    known = tuple(Entity(identity, dict(names)) for identity, names in entities)
    context = Context(register=register, entities=known, precedents=dict(agreed))
    return check({version.language: version for version in versions}, context)


def _entities(mechanism: MechanismRow) -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    """The parties with all their names: what the check of names knows."""
    out = []
    for party in mechanism.parties:
        names: dict[str, list[str]] = {}
        for name in party["names"]:
            names.setdefault(name["lang"], []).append(name["text"])
        out.append((str(party["id"]), tuple((lang, tuple(own)) for lang, own in sorted(names.items()))))
    return tuple(out)


def asides(thread: str, rows: Iterable[TextRow] = ()) -> dict[str, Aside]:
    """By a finding's key: what acts of the negotiation say was set aside, then what this side has set aside since."""
    found = {}
    for row in rows:
        for one in row.waivers:
            reasons = tuple((r["lang"], r["text"]) for r in one["reasons"])
            found[str(one["finding"])] = Aside(str(one["by"]), reasons, own=False)
    for own in Waiver.objects.filter(thread=thread)[:1000] if thread else ():
        found.setdefault(own.finding, Aside(own.by, ((own.lang, own.reason),), own=True))
    return found


def standing_in_the_way(versions: Mapping[str, TextVersion], found: Sequence[Finding]) -> list[Hindrance]:
    """Why the text cannot be adopted: every version that is called authentic has to be here, agreed and checked."""
    authentic = [language for language, version in versions.items() if version.status == "authentic"]
    return hindrances(versions, authentic, found)


def body_waivers(found: Iterable[Finding], asides: Mapping[str, Aside], party: str) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """What the body of an act says of findings that were set aside, and the files of the reasons by name.

    One that no longer arises is left out. Party ids stay with what another act said; what officers here said is this side's.
    """
    said, files = [], {}
    for number, item in enumerate((f for f in found if f.key in asides), 1):
        aside = asides[item.key]
        reasons = []
        for lang, words in aside.reasons:
            if words:
                name = f"reason.{number}.{lang}.txt"
                files[name] = words.encode()
                reasons.append({"lang": lang, "file": name})
        if reasons:
            by = party if aside.own else aside.by
            said.append({"code": item.code, "eid": item.eid, "finding": item.key, "by": by, "reasons": reasons})
    return said, files


def bare(found: Iterable[Finding]) -> list[Finding]:
    """The findings as if nobody had set any aside."""
    return [replace(item, waiver="") for item in found]
