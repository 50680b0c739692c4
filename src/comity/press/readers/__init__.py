"""``read``: one function for every reader and language.

>>> reading = read("Заседание открыл спикер. «Мы готовы работать», — сказал он.", "ru")
>>> reading.reader
'rules'
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from comity.errors import Refused
from comity.press.intake import LANGUAGES, check, digest, guess_language
from comity.press.model import Reading
from comity.press.readers.base import Reader
from comity.press.registry import Registry
from comity.press.relations import relations
from comity.press.segment import lay_out


def _rules() -> Reader:
    from comity.press.readers.rules import RulesReader

    return RulesReader()


def _spacy() -> Reader:
    from comity.press.readers.with_spacy import SpacyReader

    return SpacyReader()


def _natasha() -> Reader:
    from comity.press.readers.with_natasha import NatashaReader

    return NatashaReader()


def _lac() -> Reader:
    from comity.press.readers.with_lac import LacReader

    return LacReader()


FACTORIES: dict[str, Callable[[], Reader]] = {"rules": _rules, "rules+spacy": _spacy, "rules+natasha": _natasha, "rules+lac": _lac}
BEST = {"en": "rules+spacy", "ru": "rules+natasha", "zh": "rules+lac"}


def register(name: str, factory: Callable[[], Reader]) -> None:
    """Plug in a further reader. ``factory`` may raise ImportError if what it needs is not installed."""
    FACTORIES[name] = factory
    reader_named.cache_clear()


@cache
def reader_named(name: str) -> Reader:
    """The reader of that name, loaded once; raises ImportError if its packages are missing, :class:`Refused` if there is none of that
    name."""
    if name not in FACTORIES:
        raise Refused(f"There is no reader named {name!r}.", place="reader", remedy=f"Choose one of {', '.join(FACTORIES)}.")
    return FACTORIES[name]()


def choose(language: str, name: str | None = None) -> tuple[Reader, tuple[str, ...]]:
    """The reader to use and notes on it: the named one, or the best that is installed for the language; by rules alone if its packages
    are missing."""
    wanted = name or BEST[language]
    try:
        reader = reader_named(wanted)
    except ImportError as error:
        return reader_named("rules"), (f"{wanted} is not installed ({error}); read by rules alone.",)
    if language not in reader.languages:
        raise Refused(f"{wanted} does not read {language}.", place="reader", remedy=f"It reads {', '.join(sorted(reader.languages))}.")
    return reader, ()


def read(
    text: str,
    language: str | None = None,
    registry: Registry | None = None,
    reference_date: date | None = None,
    *,
    reader: str | None = "rules",
) -> Reading:
    """Read ``text`` and propose what it says.

    ``language`` is ``en``, ``ru`` or ``zh`` (guessed from the script if ``None``); ``reference_date`` is the day of publication, against
    which
    "on Monday" is resolved; ``reader`` is a name, or ``None`` for the best installed. Raises :class:`comity.errors.Malformed` for what is
    no text,
    :class:`comity.errors.Refused` for a language or reader that there is not. The same arguments always give the same reading.
    """
    check(text)
    chosen = language or guess_language(text)
    if chosen not in LANGUAGES:
        raise Refused(
            "This text is in none of English, Russian and Chinese.", place="language", remedy="Say its language, or hand in another text."
        )
    known = registry or Registry()
    one, notes = choose(chosen, reader)
    found = one.find(lay_out(text, chosen), chosen, known, reference_date)
    return Reading(
        chosen,
        digest(text),
        one.name,
        one.version,
        found.meetings,
        found.anniversaries,
        found.persons,
        found.statements,
        found.commitments,
        found.reported_facts,
        relations(found, known, text),
        notes,
    )
