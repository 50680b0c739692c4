"""Russian words in the nominative, by pymorphy3 where it is installed; without it the printed form stands, never a cut one."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from typing import Any


@cache
def analyser() -> Any:
    """The morphological analyser, or ``None`` if it is not installed."""
    try:
        return import_module("pymorphy3").MorphAnalyzer()
    except ImportError:
        return None


@lru_cache(maxsize=4096)
def town(word: str) -> str:
    """A town's name that stands behind "в", in the nominative.

    >>> town("Таразе") in {"Тараз", "Таразе"}
    True
    """
    morph = analyser()
    if morph is None:
        return word
    if " " in word:
        first, _, last = word.partition(" ")
        noun = next((p for p in morph.parse(last) if p.tag.POS == "NOUN" and p.tag.case in {"loct", "loc2"}), None)
        adjective = next((p for p in morph.parse(first) if p.tag.POS == "ADJF" and p.tag.case == "loct"), None)
        if noun is None or adjective is None:
            return word
        base, lead = noun.inflect({"nomn"}), adjective.inflect({"nomn", noun.tag.number, noun.tag.gender} - {None})
        return f"{lead.word.capitalize()} {base.word.capitalize()}" if base is not None and lead is not None else word
    parses = [p for p in morph.parse(word.split("-")[-1]) if p.tag.case in {"loct", "loc2"} and p.tag.POS == "NOUN"]
    single = [p for p in parses if p.tag.number == "sing"]
    # a town that the dictionary does not know is masculine more often than not: Линдхавен, Острел
    guess = next((p for p in single if p.is_known or p.tag.gender == "masc"), next(iter(single), None))
    pick = next((p for p in parses if "Geox" in p.tag and p.is_known), guess)
    base = pick.inflect({"nomn"}) if pick is not None else None
    if base is None:  # "в Тарне": of a town that no dictionary has the ending is taken off
        return word[:-1] if len(word) > 4 and word[-1] == "е" and word[-2] in "бвгдзклмнпрстфх" else word
    head = word.rpartition("-")[0]
    return f"{head}-{base.word.capitalize()}" if head else base.word.capitalize()


@lru_cache(maxsize=4096)
def phrase(words: str, case: str = "gent") -> str:
    """A noun in a case (genitive, or ``ablt``), its adjectives and whatever follows it, in the nominative: "рабочей группы по праву".

    >>> phrase("рабочей группы по праву") in {"рабочая группа по праву", "рабочей группы по праву"}
    True
    """
    morph = analyser()
    if morph is None:
        return words
    out: list[str] = []
    adjectives: list[Any] = []
    parts = words.split()
    for at, word in enumerate(parts):
        parses = [p for p in morph.parse(word) if p.tag.case in {case, "loct", "datv"} and p.tag.number == "sing"]
        noun = next((p for p in parses if p.tag.POS == "NOUN" and p.tag.case == case), None)
        adjective = next((p for p in parses if p.tag.POS in {"ADJF", "PRTF"} and p.tag.case == case), None)
        if adjective is not None and noun is None:
            adjectives.append((word, adjective))
            continue
        if noun is None:
            return words
        for said, one in adjectives:
            base = one.inflect({"nomn", "sing", noun.tag.gender})
            out.append(_like(base.word, said) if base is not None else said)
        base = noun.inflect({"nomn", "sing"})
        return " ".join([*out, _like(base.word, word) if base is not None else word, *parts[at + 1 :]])
    return words


def _like(word: str, model: str) -> str:
    return word.capitalize() if model[:1].isupper() else word


_ENDINGS = frozenset(
    ["а", "я", "у", "ю", "ом", "ем", "ём", "ым", "им", "е", "ы", "и", "ой", "ей", "ою", "ого", "ому", "ь", "й", "ий", "ия", "ию", "ием"]
) | {""}


def one_name(a: str, b: str) -> str | None:
    """The nominative of two forms of one foreign name ("Чан Тхань Ман", "Чан Тхань Маном"), or ``None`` if they are two names.

    Every word may stand in its own case ("Эмиль Тарр", "Эмилем Тарром"); without a list of names the form with the shorter words is taken
    for the nominative, and of two as long the one in -а.
    """
    if a[:1] != b[:1]:
        return None
    one, two = a.split(), b.split()
    if len(one) != len(two) or len(one) < 2 or one == two or not all(map(_one_word, one, two)):
        return None
    return " ".join(one if _declined(one) <= _declined(two) else two)


def _declined(words: list[str]) -> tuple[int, int, bool]:
    """The less, the more a name looks like a nominative."""
    return len(words[-1]), len(words[0]), words[0][-1] in "уюеыи"


def _one_word(a: str, b: str) -> bool:
    """Whether two forms are one word in two cases: a common stem of two letters at least, and case endings behind it."""
    stem = 0
    while stem < min(len(a), len(b)) and a[stem] == b[stem]:
        stem += 1
    return a == b or (stem >= max(2, min(len(a), len(b)) - 2) and a[stem:] in _ENDINGS and b[stem:] in _ENDINGS)
