"""The persons of one text while it is being read: gathered from mentions, completed by later ones, linked to the registry at the end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from comity.press.model import Person, Span
from comity.press.nearby import Nearby
from comity.press.registry import Registry
from comity.press.translit import fold, name_keys


@dataclass(slots=True)
class Draft:
    """A person so far. ``sex`` is ``m``, ``f`` or empty."""

    name: str
    surname: str
    mentions: list[Span] = field(default_factory=list)
    role: str | None = None
    organisation: str | None = None
    country: str | None = None
    sex: str = ""
    confidence: float = 0.7
    ref: str | None = None
    guess: str | None = None  # the country that the form of the name speaks for, if nothing else tells one

    def learn(self, *, role: str | None = None, organisation: str | None = None, country: str | None = None) -> None:
        """Keep the first role that is told; a later, longer one may add the organisation."""
        if role and not self.role:
            self.role, self.organisation = role, organisation or self.organisation
        elif role and organisation and not self.organisation:
            self.role, self.organisation = role, organisation
        elif organisation and not self.organisation and not role:
            self.organisation = organisation
        self.country = self.country or country


def _initialled(a: str, b: str) -> bool:
    """ "В. Матвиенко" and "Валентина Матвиенко": one of both gives no more than the first letter."""
    one, two = a.split(), b.split()
    if len(one) < 2 or len(two) < 2 or not (one[0].endswith(".") or two[0].endswith(".")):
        return False
    return one[0][0] == two[0][0] and fold(one[-1]) == fold(two[-1])


@dataclass(slots=True)
class Roster:
    """All persons of a text in order of appearance."""

    registry: Registry
    drafts: list[Draft] = field(default_factory=list)
    _places: list[tuple[Span, int]] = field(default_factory=list, repr=False)  # every mention with its draft's number, in order
    _mentioned: Nearby[Span] = field(default_factory=Nearby, repr=False)

    def add(self, name: str, surname: str, span: Span, *, sex: str = "", confidence: float = 0.7) -> Draft:
        """A mention by full name: an earlier draft with the same name (in any order or spelling) is completed, else a new one begins."""
        draft = self.by_name(name) or self._bare(surname)
        if draft is None:
            draft = Draft(name, surname, sex=sex, confidence=confidence)
            self.drafts.append(draft)
        elif len(name) > len(draft.name):
            draft.name = name
        draft.sex = draft.sex or sex
        draft.confidence = max(draft.confidence, confidence)
        self.mention(draft, span)
        return draft

    def mention(self, draft: Draft, span: Span) -> None:
        entry = (span, next(n for n, d in enumerate(self.drafts) if d is draft))
        at = bisect_left(self._places, entry)
        if at == len(self._places) or self._places[at] != entry:
            self._places.insert(at, entry)
            draft.mentions.append(span)
            self._mentioned.add(span, span)

    def by_name(self, name: str) -> Draft | None:
        keys = name_keys(name)
        found = next((d for d in self.drafts if keys & name_keys(d.name)), None)
        if found is None and len(name.split()) > 1:
            found = next((d for d in self.drafts if _initialled(name, d.name)), None)
        return found

    def _bare(self, surname: str) -> Draft | None:
        """A draft that so far has nothing but this surname."""
        return next((d for d in self.drafts if d.name == d.surname and fold(d.surname) == fold(surname)), None)

    def by_surname(self, surname: str) -> Draft | None:
        """The person of that surname, if there is just one."""
        key = fold(surname)
        found = [d for d in self.drafts if fold(d.surname) == key]
        return found[0] if len(found) == 1 else None

    def by_first_name(self, word: str) -> Draft | None:
        """The person whose full name begins with a word, if there is just one: Malay names, "Sir Lindsay"."""
        found = [d for d in self.drafts if word in d.name and " " in d.name and d.name.split()[0] == word]
        return found[0] if len(found) == 1 else None

    def at(self, start: int, end: int) -> list[tuple[Span, Draft]]:
        """Mentions that lie within ``start:end``, in order."""
        first = bisect_left(self._places, ((start, 0), 0))
        last = bisect_left(self._places, ((end, 0), 0), first)
        return [(span, self.drafts[n]) for span, n in self._places[first:last] if span[1] <= end]

    def free(self, span: Span) -> bool:
        """Whether no mention shares a place with ``span``."""
        return not self._mentioned.at(*span)

    def before(self, at: int, *, sex: str = "", after: int = 0) -> Draft | None:
        """The person last mentioned before ``at`` (and not before ``after``) who may be a he or a she."""
        for number in range(bisect_left(self._places, ((at, 0), 0)) - 1, -1, -1):
            span, n = self._places[number]
            if span[0] < after:
                return None
            if not sex or self.drafts[n].sex in {"", sex}:
                return self.drafts[n]
        return None

    def first(self, start: int, end: int) -> Draft | None:
        """The person named first between ``start`` and ``end``: most often the subject."""
        named = self.at(start, end)
        return named[0][1] if named else None

    def finish(self, names: Iterable[str] = ()) -> tuple[Person, ...]:
        """Link to the registry (which fills gaps, never overrides the text) and give out the persons."""
        out = []
        for d in self.drafts:
            known = self.registry.person(d.name)
            if known is None and d.name == d.surname:
                same = [p for p in self.registry.persons if any(fold(n.text.split()[-1]) == fold(d.surname) for n in p.names)]
                known = same[0] if len(same) == 1 else None
            if known is not None:
                d.ref = known.ref
                d.country = d.country or known.country
                d.confidence = max(d.confidence, 0.93)
            mentions = tuple(sorted(d.mentions))
            d.country = d.country or d.guess
            out.append(Person(d.name, d.role, d.organisation, d.country, mentions, d.confidence, d.ref))
        return tuple(sorted(out, key=lambda p: p.mentions[0] if p.mentions else (0, 0)))
