"""Words of five languages as tokens: a Han character, a word of letters, a number, or one other sign; and their stems for matching
inflected forms."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import snowballstemmer  # type: ignore[import-untyped]  # ships no types

_TOKEN: Final = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # one Han character
    r"|\d+(?:[.,\u00a0\u202f]\d+)*"  # a number with its marks
    r"|[^\W\d_\u3400-\u9fff]+(?:[’'\u2010\u2011-][^\W\d_\u3400-\u9fff]+)*"  # a word
    r"|\s+|."
    , re.DOTALL,
)  # fmt: skip
_STEMMERS: Final = {"ru": "russian", "en": "english", "fr": "french", "es": "spanish", "pt": "portuguese", "de": "german"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token at code points `start` to `end`. Spaces are tokens too, so that tokens put together give the text."""

    text: str
    start: int
    end: int

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.text.isspace()

    @property
    def is_word(self) -> bool:
        """Whether it is a word, a number or a Han character."""
        return self.text[0].isalnum()


def tokenise(text: str) -> list[Token]:
    """All tokens of a text; their texts joined give the text again."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


@cache
def _stemmer(language: str) -> object:
    return snowballstemmer.stemmer(_STEMMERS[language])


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Snowball stem of a word, lower case, ё as е; the folded word itself for languages without a stemmer."""
    folded = unicodedata.normalize("NFKC", word).lower().replace("ё", "е")
    base = language.split("-")[0]
    if base not in _STEMMERS or not folded.isalpha():
        return folded
    return str(_stemmer(base).stemWord(folded))  # type: ignore[attr-defined]  # untyped library


_ENDINGS: Final = frozenset(
    re.split(
        ",",
        ",а,е,и,й,о,у,ы,ь,ю,я,ам,ах,ая,ев,ее,ей,ем,ею,ие,ии,ий,им,их,ию,ия,ов,ое,ой,ом,ою,ую,ые,ый,ым,ых,ью,юю,ям,ях,яя"
        ",ами,его,ему,ией,ием,ими,иям,иях,ого,ому,ыми,ями,иями",
    )
)
"""Endings of Russian nouns and adjectives."""
_FLEETING: Final = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[ео](?=[бвгджзклмнпрстфхцчшщ]$)")
"""The vowel of a last syllable that other forms of a Russian noun do without."""


@lru_cache(maxsize=200_000)
def same_word(one: str, other: str, language: str) -> bool:
    """Whether two words may be forms of one.

    Russian nouns and adjectives by their endings, which are surer than a stemmer ("экосистемы", "экосистем"); English by plural only,
    since its stemmer takes "developed" for "developing"; other languages by Snowball stem.
    """
    one, other = one.lower().replace("ё", "е"), other.lower().replace("ё", "е")
    if one == other:
        return True
    if one[:2] != other[:2]:
        return False
    base = language.split("-")[0]
    if base == "en":
        return _singular(one) == _singular(other)
    if base != "ru":
        return stem(one, language) == stem(other, language)
    one, other = (word[:-2] if word.endswith(("ся", "сь")) else word for word in (one, other))
    forms = [(a, b) for a in {one, _FLEETING.sub("", one)} for b in {other, _FLEETING.sub("", other)}]
    return any(_share_stem(a, b) for a, b in forms)


def _share_stem(one: str, other: str) -> bool:
    common = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return any(one[at:] in _ENDINGS and other[at:] in _ENDINGS for at in range(common, max(2, common - 4), -1))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[tuple[str, int, int], ...]:
    """A text's words and numbers, composed, with their code points."""
    return tuple((unicodedata.normalize("NFKC", token.text), token.start, token.end) for token in tokenise(text) if token.is_word)


def find_phrase(phrase: str, text: str, language: str) -> list[tuple[int, int]]:
    """Where a phrase stands in a text in any inflection, as code points; without overlap.

    Chinese phrases are found as substrings, others word by word (see `same_word`), capitals and ё ignored.
    """
    if not phrase.strip():
        return []
    if language.split("-")[0] in {"zh", "ja"}:
        return [(match.start(), match.end()) for match in re.finditer(re.escape(phrase), text)]
    wanted = [item[0] for item in words(phrase)]
    have = words(text)
    size = len(wanted)
    found: list[tuple[int, int]] = []
    # Few words of a text begin like the phrase's first one, so only those are looked at.
    for index in _openings(text).get(_opening(wanted[0]), ()) if wanted else ():
        fits = index + size <= len(have) and (not found or have[index][1] >= found[-1][1])
        if fits and all(same_word(wanted[step], have[index + step][0], language) for step in range(size)):
            found.append((have[index][1], have[index + size - 1][2]))
    return found


def _opening(word: str) -> str:
    return word[:2].lower().replace("ё", "е")


@lru_cache(maxsize=20_000)
def _openings(text: str) -> dict[str, list[int]]:
    """Places of a text's words by their first two letters."""
    out: dict[str, list[int]] = {}
    for index, (word, _, _) in enumerate(words(text)):
        out.setdefault(_opening(word), []).append(index)
    return out
