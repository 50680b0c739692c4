"""Things by where they stand in a text, so that asking what is near one place is no slower in a long text than in a short one."""

from __future__ import annotations

from collections.abc import Iterable

from comity.press.model import Span

_SIZE = 256  # code points in a compartment


class Nearby[Thing]:
    """Things with their spans, each in every compartment that its span touches."""

    def __init__(self, things: Iterable[tuple[Span, Thing]]) -> None:
        self._things: list[tuple[Span, Thing]] = list(things)
        self._compartments: dict[int, list[int]] = {}
        for number, (span, _) in enumerate(self._things):
            for place in range(span[0] // _SIZE, max(span[0], span[1] - 1) // _SIZE + 1):
                self._compartments.setdefault(place, []).append(number)

    def at(self, start: int, end: int) -> list[Thing]:
        """The things whose spans share at least one place with ``start:end``, in the order in which they were given."""
        numbers = {
            number for place in range(start // _SIZE, max(start, end - 1) // _SIZE + 1) for number in self._compartments.get(place, ())
        }
        return [self._things[n][1] for n in sorted(numbers) if self._things[n][0][0] < end and start < self._things[n][0][1]]
