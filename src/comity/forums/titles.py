"""Titles made comparable, with nothing but text: what the importers, the items of a forum and the acts about positions share."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

_AGENDA = re.compile(r"^A/\d+/251")
_TAIL = re.compile(r"\s*:\s*(draft )?(resolution|decision)\b.*$")
_YEARS = re.compile(r"\b(1[89]|20)\d\d\b|\b\d{1,2}(st|nd|rd|th)\b")
_WORD = re.compile(r"[^\W_]+")
_BASE = re.compile(r"^(.*?\d)\s*[A-Z]{1,2}$")
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "its", "it", "of", "on", "or", "the", "to", "with"])


def plain_title(text: str) -> str:
    """A title without the cataloguer's tail (``: resolution / adopted by the General Assembly``)."""
    return _TAIL.sub("", text).strip()


def is_agenda(text: str) -> bool:
    """Whether a description is an agenda reference of the Digital Library (``A/72/251 37 - The situation in the Middle East. - …``)."""
    return _AGENDA.match(text) is not None


def key_of(title: str) -> str:
    """A title made comparable over the years: no case, accents, years, ordinals, small words or tails. Empty if nothing is left."""
    folded = unicodedata.normalize("NFKD", plain_title(title)).casefold()
    words = [w for w in _WORD.findall(_YEARS.sub(" ", folded)) if w not in _SMALL and not w.isdigit()]
    return " ".join(words)


def base_symbol(symbol: str) -> str:
    """``R/45/73F`` → ``R/45/73``: the lettered parts of a resolution belong to one agenda item."""
    match = _BASE.match(symbol)
    return match[1] if match else symbol


def item_key(title: str) -> str:
    """The short key of an item of an agenda, 16 hexadecimal digits: the same wherever two sides write the same title, so that both speak of
    one item without asking each other.
    """
    return sha256((key_of(title) or title.strip().casefold()).encode()).hexdigest()[:16]
