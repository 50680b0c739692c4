"""An agenda: items with keys that stay the same from meeting to meeting. Their titles stand in the act's files, one per language, the title
of item *n* at ``para_<n>``; the act itself holds what is not prose.

>>> text = agenda_text("Agenda of the first meeting", ["Other business"], "en")
>>> [(p.eid, p.num, p.text) for p in text.provisions]
[('para_1', '1.', 'Other business')]
>>> titles_in(text)
['Other business']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comity.errors import Unsayable
from comity.terms.dates import LocalTime
from comity.terms.fields import Fields
from comity.terms.ids import FRAGMENT
from comity.texts.model import Provision, TextVersion
from comity.texts.said import Version

KINDS = ("minutes", "report", "discussion", "adoption", "information", "other")
"""What is done with an item: the minutes of the previous meeting are approved, a report is heard, …"""

MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``key`` is stable across changes of the agenda and from meeting to meeting; ``party`` or ``body`` (its id) presents it;
    ``length`` is in minutes.
    """

    key: str
    kind: str
    party: str | None = None
    body: str | None = None
    starts: LocalTime | None = None
    length: int | None = None

    @classmethod
    def read(cls, fields: Fields) -> Item:
        return cls(
            key=fields.text("key", pattern=FRAGMENT),
            kind=fields.choice("kind", KINDS),
            party=fields.optional("party", fields.party),
            body=fields.optional("body", fields.ref),
            starts=fields.optional("starts", lambda n: fields.object(n, LocalTime.read)),
            length=fields.optional("length", lambda n: fields.integer(n, least=1, most=24 * 60)),
        )


@dataclass(frozen=True, slots=True)
class Agenda:
    """What an act about an agenda says. The number of an item is its place."""

    meeting: str
    items: tuple[Item, ...]
    versions: tuple[Version, ...]

    @classmethod
    def read(cls, fields: Fields) -> Agenda:
        said = cls(
            meeting=fields.digest("meeting"),
            items=fields.list("items", Item.read, least=1, most=MOST_ITEMS),
            versions=fields.list("versions", Version.read, least=1, most=30),
        )
        keys = [item.key for item in said.items]
        if len(set(keys)) != len(keys):
            raise Unsayable("Two items have the same key.", place="body.items", remedy="Give the later one another key.")
        if sum(item.kind == "minutes" for item in said.items) > 1:
            raise Unsayable("The minutes of the previous meeting stand twice.", place="body.items", remedy="Remove one of the two items.")
        return said


def agenda_text(title: str, titles: Sequence[str], language: str) -> TextVersion:
    """The agenda in one language: item *n* is ``para_<n>``."""
    mark = "{}、" if language.startswith("zh") else "{}."
    items = tuple(Provision(f"para_{n}", num=mark.format(n), text=text) for n, text in enumerate(titles, 1))
    return TextVersion(language, title, items)


def titles_in(version: TextVersion) -> list[str]:
    """The titles of the items, in order, as a file of an agenda says them."""
    return [" ".join(part for part in (p.heading, p.text) if part) for p in version.provisions]


def fresh_key(title: str, taken: Sequence[str], *, fallback: str = "item") -> str:
    """A key for something new, from the Latin letters of its title where there are any: ``other-business``, else ``item-3``."""
    slug = "-".join(re.findall(r"[a-z0-9]+", title.lower())[:4])[:40].strip("-")
    if slug and slug not in taken:
        return slug
    return next(k for n in range(1, 10_000) if (k := f"{slug or fallback}-{n}") not in taken)
