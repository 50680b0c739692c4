"""Things by where they stand in a text, so that asking what is near one place is no slower in a long text than in a short one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.press.model import Span

_SIZE = 256  # code points in a compartment
_WORD_BY_WORD = 30_000_000  # words × code points


class Nearby[Thing]:
    """Things with their spans, each in every compartment that its span touches; iterating gives them in the order of giving."""

    def __init__(self, things: Iterable[tuple[Span, Thing]] = ()) -> None:
        self._things: dict[int, tuple[Span, Thing]] = {}
        self._compartments: dict[int, list[int]] = {}
        self._next = 0
        for span, thing in things:
            self.add(span, thing)

    def __iter__(self) -> Iterator[Thing]:
        return (thing for _, thing in self._things.values())

    def add(self, span: Span, thing: Thing) -> None:
        """Put in one more."""
        self._things[self._next] = span, thing
        for place in _places(*span):
            self._compartments.setdefault(place, []).append(self._next)
        self._next += 1

    def remove(self, span: Span) -> None:
        """Take out whatever has just this span."""
        for number in self._numbers(*span):
            if self._things[number][0] == span:
                del self._things[number]
                for place in _places(*span):
                    self._compartments[place].remove(number)

    def at(self, start: int, end: int) -> list[Thing]:
        """The things whose spans share at least one place with ``start:end``, in the order in which they were given."""
        near = [self._things[number] for number in self._numbers(start, end)]
        return [thing for span, thing in near if span[0] < end and start < span[1]]

    def within(self, start: int, end: int) -> list[Thing]:
        """The things that lie in ``start:end`` with their whole spans, in the order in which they were given."""
        near = [self._things[number] for number in self._numbers(start, end)]
        return [thing for span, thing in near if start <= span[0] and span[1] <= end]

    def _numbers(self, start: int, end: int) -> list[int]:
        places = _places(start, end)
        if len(places) == 1:
            return list(self._compartments.get(places[0], ()))
        return sorted({number for place in places for number in self._compartments.get(place, ())})


def _places(start: int, end: int) -> range:
    return range(start // _SIZE, max(start, end - 1) // _SIZE + 1)


def occurrences(text: str, words: Iterable[str]) -> dict[str, list[Span]]:
    """Where each of ``words``, of two characters at least, stands; what :func:`re.finditer` finds for each.

    Word by word while that is quicker (the machine's own search passes a thousand million characters in a second), else in one pass.
    """
    found: dict[str, list[Span]] = {word: [] for word in words}
    if len(found) * len(text) < _WORD_BY_WORD:
        for word, places in found.items():
            at = text.find(word)
            while at >= 0:
                places.append((at, at + len(word)))
                at = text.find(word, at + len(word))
        return found
    by_head: dict[str, list[str]] = {}
    for word in found:
        by_head.setdefault(word[:2], []).append(word)
    for at in range(len(text) - 1):
        for word in by_head.get(text[at : at + 2], ()):
            if text.startswith(word, at) and (not found[word] or found[word][-1][1] <= at):
                found[word].append((at, at + len(word)))
    return found
