"""In which languages a form asks for words: those in which the mechanism that it is about names itself.

They hold while one page is served (:func:`asking`), as the page's own language does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from comity.desk.design.templatetags.design import own_name
from comity.desk.show import languages_by_page

USUAL: Final = ("zh-Hans", "ru", "en")
MOST: Final = 8  # columns of one form
_SHORT: Final = {"zh-Hans": "zh"}

_asked: ContextVar[tuple[str, ...]] = ContextVar("asked", default=USUAL)


def asked() -> tuple[str, ...]:
    """The BCP 47 tags, in the order of the columns."""
    return _asked.get()


def by_key() -> dict[str, tuple[str, str]]:
    """The ending of a field's name → the tag and the language's own name."""
    return {_SHORT.get(tag, tag): (tag, own_name(tag)) for tag in asked()}


@contextmanager
def asking(languages: Iterable[str]) -> Iterator[None]:
    """Ask for words in these languages; in the usual ones if there are none."""
    token = _asked.set(tuple(dict.fromkeys(languages))[:MOST] or USUAL)
    try:
        yield
    finally:
        _asked.reset(token)


def of_names(names: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """The languages of a mechanism: those of its names, and the usual ones if it has no other."""
    spoken = {n["lang"] for n in names}
    return USUAL if spoken <= set(USUAL) else tuple(languages_by_page(spoken))


def in_place(field: str, fields: Iterable[str]) -> str:
    """Where an error is shown that belongs to a field in the first language, whichever that is here."""
    known = set(fields)
    for ending in ("_zh", "_zh-Hans"):
        if field not in known and field.endswith(ending):
            first = asked()[0]
            field = field.removesuffix(ending) + "_" + (_SHORT.get(first, first) if ending == "_zh" else first)
    return field
