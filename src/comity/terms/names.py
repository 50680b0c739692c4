"""Names by language, side and time: no side's form is the only one.

A name is ``{"text", "lang"}`` with optional ``side`` (the party that writes it so), ``from`` and ``until`` (partial dates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.errors import Unsayable
from comity.terms.dates import PartialDate, read_date
from comity.terms.fields import Fields

# The well-formed tags that joint texts need (RFC 5646 §2.1): language[-Script][-REGION].
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")


def check_language(tag: str, *, place: str) -> str:
    """A BCP 47 tag in its canonical case; raises :class:`Unsayable` otherwise."""
    if LANGUAGE.fullmatch(tag) is None:
        raise Unsayable("{tag!r} is not a language tag.", place=place, remedy="Write e.g. zh-Hans, ru or en.", tag=tag)
    return tag


@dataclass(frozen=True, slots=True)
class Name:
    """One form of a name."""

    text: str
    lang: str
    side: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None

    @classmethod
    def read(cls, fields: Fields) -> Name:
        return cls(
            text=fields.text("text", most=300),
            lang=check_language(fields.text("lang"), place=fields.place("lang")),
            side=fields.optional("side", fields.party) or "",
            since=fields.optional("from", lambda n: read_date(fields, n)),
            until=fields.optional("until", lambda n: read_date(fields, n)),
        )


def read_names(fields: Fields, name: str = "names", *, least: int = 1) -> tuple[Name, ...]:
    """A list of names, no two of the same language, side and beginning."""
    names = fields.list(name, Name.read, least=least, most=60)
    if len({(n.lang, n.side, n.since) for n in names}) != len(names):
        raise Unsayable("Two names have the same language, side and beginning.", place=fields.place(name))
    return names


def best_name(names: Sequence[Name], lang: str, *, side: str = "") -> Name:
    """The name to show to a reader of ``lang``: the wanted side's form first, then the neutral one, then any in that language, then the
    first.
    """

    def rank(item: tuple[int, Name]) -> tuple[int, int, int, int]:
        place, n = item
        same = n.lang == lang
        near = n.lang.split("-")[0] == lang.split("-")[0]
        return (0 if same else 1 if near else 2, 0 if side and n.side == side else 1 if not n.side else 2, 1 if n.until else 0, place)

    return min(enumerate(names), key=rank)[1]


def by_language(names: Iterable[Name]) -> dict[str, list[Name]]:
    """Names grouped by language, in the order in which they were said."""
    groups: dict[str, list[Name]] = {}
    for n in names:
        groups.setdefault(n.lang, []).append(n)
    return groups
