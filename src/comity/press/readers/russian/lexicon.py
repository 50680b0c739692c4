"""The Russian lexicon (``lexicon/ru.toml``) as patterns, and given names with all their cases."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@cache
def table() -> dict[str, Any]:
    return tomllib.loads(files("comity.press.lexicon").joinpath("ru.toml").read_text(encoding="utf-8"))


def by_letter(forms: list[str]) -> str:
    """An alternation that looks at the first letter first, capital or small: each word of a text is tried against few forms only."""
    letters: dict[str, list[str]] = {}
    for form in forms:
        letters.setdefault(form[0], []).append(form[1:])
    return "|".join(f"[{first}{first.upper()}](?:{'|'.join(rests)})" for first, rests in letters.items())


@cache
def cue_pattern() -> re.Pattern[str]:
    """Any cue; the group that matched names its class."""
    kinds = table()["verbs"]
    parts = [f"(?P<{kind}>{by_letter(kinds[kind])})" for kind in ("ask", "stress", "agree", "pledge", "nominal", "say", "think")]
    return re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?![\w-])")


@cache
def role_pattern() -> str:
    """Any office, as the source of a pattern."""
    nouns = by_letter(table()["roles"]["nouns"])
    return rf"(?<![\w-])(?:(?:[Ии]\.\s?[Оо]\.|[Бб]ывш\w+|[Ээ]кс-)\s?)?(?:{nouns})(?![\w-])"


@cache
def _role() -> re.Pattern[str]:
    return re.compile(role_pattern())


@lru_cache(maxsize=8192)
def is_role(word: str) -> bool:
    """Whether a word is an office."""
    return _role().fullmatch(word) is not None


@cache
def given_forms() -> dict[str, tuple[str, str]]:
    """Every case of every given name to its nominative and sex."""
    forms: dict[str, tuple[str, str]] = {}
    for sex in "mf":
        for name in table()["names"][sex].split():
            for form in _cases(name):
                forms.setdefault(form, (name, sex))
    for sex in "mf":
        for name in table()["names"][sex].split():
            forms[name] = (name, sex)
    return forms


@cache
def given_readings() -> dict[str, tuple[tuple[str, str], ...]]:
    """Forms that are two given names: ``Александра`` is a woman in the nominative or a man in the genitive."""
    both: dict[str, dict[str, str]] = {}
    for sex in "mf":
        for name in table()["names"][sex].split():
            for form in _cases(name):
                both.setdefault(form, {}).setdefault(sex, name)
    return {form: tuple((name, sex) for sex, name in found.items()) for form, found in both.items() if len(found) > 1}


def given_cases(name: str) -> list[str]:
    """All cases of a given name, the nominative first."""
    return _cases(name)


def _cases(name: str) -> list[str]:
    if name == "Павел":
        return ["Павел", "Павла", "Павлу", "Павлом", "Павле"]
    if name in {"Пётр", "Петр"}:
        return [name, "Петра", "Петру", "Петром", "Петре"]
    if name == "Лев":
        return ["Лев", "Льва", "Льву", "Львом", "Льве"]
    if name == "Любовь":
        return ["Любовь", "Любови", "Любовью"]
    if name.endswith("ий"):
        return [name, *(name[:-1] + e for e in ("я", "ю", "ем", "и"))]
    if name.endswith("й"):
        return [name, *(name[:-1] + e for e in ("я", "ю", "ем", "е"))]
    if name.endswith("ь"):
        return [name, *(name[:-1] + e for e in ("я", "ю", "ем", "е"))]
    if name.endswith("ия"):
        return [name, *(name[:-1] + e for e in ("и", "ю", "ей"))]
    if name.endswith("я"):
        return [name, *(name[:-1] + e for e in ("и", "е", "ю", "ей", "ёй"))]
    if name.endswith("а"):
        soft = "и" if name[-2] in "гкхжшчщ" else "ы"
        return [name, *(name[:-1] + e for e in (soft, "е", "у", "ой", "ей"))]
    if name[-1] in "оуиэе":
        return [name]
    return [name, *(name + e for e in ("а", "у", "ом", "е"))]


@lru_cache(maxsize=8192)
def surname_base(word: str, sex: str) -> str:
    """A surname in the nominative for a known sex; ``Володина`` is ``Володин`` for a man. Without a sex the masculine is taken for
    genitives only."""
    rules = _FEMALE if sex == "f" else _MALE
    for pattern, ending in rules:
        if match := re.fullmatch(pattern, word):
            return match[1] + ending
    return word


_MALE = [
    (r"(.+[оеё]в)(?:а|у|ым|е)", ""),
    (r"(.+[иы]н)(?:а|у|ым|е)", ""),
    (r"(.+ск)(?:ого|ому|им|ом)", "ий"),
    (r"(.+цк)(?:ого|ому|им|ом)", "ий"),
    (r"(.+)(?:ого|ому)", "ой"),
    (r"(.+[бвгджзклмнпрстфхцчшщ])(?:а|у|ом|е)", ""),
    (r"(.+)(?:я|ю|ем)", "ь"),
]
_FEMALE = [(r"(.+[оеё]в)(?:ой|у|ою)", "а"), (r"(.+[иы]н)(?:ой|у|ою)", "а"), (r"(.+[сц]к)(?:ой|ую)", "ая")]


@lru_cache(maxsize=4096)
def surname_forms(nominative: str, sex: str) -> tuple[str, ...]:
    """All cases of a surname, to find it again when it stands alone."""
    forms = [nominative]
    if sex == "f":
        if nominative.endswith(("ова", "ева", "ёва", "ина", "ына")):
            forms += [nominative[:-1] + e for e in ("ой", "у")]
        elif nominative.endswith("ая"):
            forms += [nominative[:-2] + e for e in ("ой", "ую")]
        return tuple(forms)
    if nominative.endswith(("ов", "ев", "ёв", "ин", "ын")):
        forms += [nominative + e for e in ("а", "у", "ым", "е")]
    elif nominative.endswith(("ский", "цкий")):
        forms += [nominative[:-2] + e for e in ("ого", "ому", "им", "ом")]
    elif nominative.endswith(("ой", "ый")):
        forms += [nominative[:-2] + e for e in ("ого", "ому", "ым", "ом")]
    elif nominative.endswith("ий"):
        forms += [nominative[:-2] + e for e in ("ия", "ию", "ием", "ии")]
    elif nominative.endswith("ь") or nominative.endswith("й"):
        forms += [nominative[:-1] + e for e in ("я", "ю", "ем", "е")]
    elif nominative[-1] in "бвгджзклмнпрстфхцчшщ":
        forms += [nominative + e for e in ("а", "у", "ом", "ем", "е")]
    return tuple(forms)
