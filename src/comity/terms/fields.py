"""Reading what an act says: every field once, by name, with the place of what is wrong.

>>> f = Fields({"ordinal": 4}, "body")
>>> f.integer("ordinal", least=1)
4
>>> f.done()
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from comity.errors import Unsayable
from comity.terms.ids import DIGEST, FRAGMENT, PARTY

_REF = re.compile(rf"{DIGEST.pattern}(?:#{FRAGMENT.pattern})?")


class Fields:
    """A cursor over a JSON object that refuses missing, mistyped and unknown fields with :class:`Unsayable`."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, Mapping):
            raise Unsayable("An object is expected here.", place=place)
        self._value: Mapping[str, Any] = value
        self._place = place
        self._read: set[str] = set()

    def place(self, name: str) -> str:
        return f"{self._place}.{name}"

    def has(self, name: str) -> bool:
        return name in self._value

    def _take(self, name: str) -> Any:
        self._read.add(name)
        if name not in self._value:
            raise Unsayable("This field is missing.", place=self.place(name), remedy="Fill it in.")
        return self._value[name]

    def text(self, name: str, *, pattern: re.Pattern[str] | None = None, most: int = 500) -> str:
        """A non-empty string of at most ``most`` characters, matching ``pattern`` as a whole if one is given."""
        value = self._take(name)
        if not isinstance(value, str) or not value.strip() or len(value) > most:
            raise Unsayable("A text of 1 to {most} characters is expected here.", place=self.place(name), most=most)
        if pattern is not None and pattern.fullmatch(value) is None:
            raise Unsayable("{value!r} does not have the form that is expected here.", place=self.place(name), value=value)
        return value

    def choice(self, name: str, allowed: frozenset[str] | tuple[str, ...]) -> str:
        value = self.text(name)
        if value not in allowed:
            raise Unsayable("{value!r} is none of {allowed}.", place=self.place(name), value=value, allowed=", ".join(sorted(allowed)))
        return value

    def integer(self, name: str, *, least: int = 0, most: int = 1_000_000) -> int:
        value = self._take(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Unsayable("A whole number from {least} to {most} is expected here.", place=self.place(name), least=least, most=most)
        return value

    def flag(self, name: str) -> bool:
        value = self._take(name)
        if not isinstance(value, bool):
            raise Unsayable("Yes or no (true or false) is expected here.", place=self.place(name))
        return value

    def party(self, name: str) -> str:
        return self.text(name, pattern=PARTY)

    def digest(self, name: str) -> str:
        return self.text(name, pattern=DIGEST)

    def ref(self, name: str) -> str:
        """The id of an act or of an object (``<act id>[#<fragment>]``)."""
        return self.text(name, pattern=_REF)

    def optional[T](self, name: str, read: Callable[[str], T]) -> T | None:
        return read(name) if name in self._value else None

    def object[T](self, name: str, read: Callable[[Fields], T]) -> T:
        inner = Fields(self._take(name), self.place(name))
        value = read(inner)
        inner.done()
        return value

    def list[T](self, name: str, read: Callable[[Fields], T], *, least: int = 0, most: int = 1000) -> tuple[T, ...]:
        """A list of objects, each read by ``read``; its length must lie in ``least..most``."""
        value = self._take(name)
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise Unsayable("A list of {least} to {most} items is expected here.", place=self.place(name), least=least, most=most)
        items = []
        for number, item in enumerate(value):
            inner = Fields(item, f"{self.place(name)}[{number}]")
            items.append(read(inner))
            inner.done()
        return tuple(items)

    def texts(self, name: str, *, least: int = 0, most: int = 100, pattern: re.Pattern[str] | None = None) -> tuple[str, ...]:
        """A list of distinct strings."""
        value = self._take(name)
        if not isinstance(value, list) or not least <= len(value) <= most or not all(isinstance(v, str) and v for v in value):
            raise Unsayable("A list of {least} to {most} texts is expected here.", place=self.place(name), least=least, most=most)
        if len(set(value)) != len(value):
            raise Unsayable("The same value stands here twice.", place=self.place(name))
        for v in value:
            if pattern is not None and pattern.fullmatch(v) is None:
                raise Unsayable("{v!r} does not have the form that is expected here.", place=self.place(name), v=v)
        return tuple(value)

    def done(self) -> None:
        """Refuse what was not read: an unknown field is a misunderstanding, not an extension."""
        unknown = sorted(set(self._value) - self._read)
        if unknown:
            raise Unsayable(
                "This field is not known: {unknown}.",
                place=self._place,
                remedy="Remove it or use a newer type.",
                unknown=", ".join(unknown),
            )


def whole[T](body: object, read: Callable[[Fields], T]) -> T:
    """All of a body, by ``read``, which has to read every field of it."""
    fields = Fields(body, "body")
    value = read(fields)
    fields.done()
    return value
