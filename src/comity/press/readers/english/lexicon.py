"""The English cue lexicon (``lexicon/en.toml``) as lookups by inflected form."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from typing import Any

from comity.press.model import Span
from comity.press.words import Words


@cache
def table() -> dict[str, Any]:
    return tomllib.loads(files("comity.press.lexicon").joinpath("en.toml").read_text(encoding="utf-8"))


def inflect(verb: str) -> list[str]:
    """All forms of a verb, the base first; a phrasal verb inflects its first word ("point out", "pointed out")."""
    head, _, rest = verb.partition(" ")
    irregular = table()["irregular"]
    if head in irregular:
        forms = [head, *irregular[head].split("|")]
    elif head.endswith("e"):
        forms = [head, head + "s", head + "d", head[:-1] + "ing"]
    elif re.search(r"[^aeiou]y$", head):
        forms = [head, head[:-1] + "ies", head[:-1] + "ied", head + "ing"]
    elif re.search(r"(?:s|sh|ch|x|z)$", head):
        forms = [head, head + "es", head + "ed", head + "ing"]
    else:
        forms = [head, head + "s", head + "ed", head + "ing"]
    return [f"{form} {rest}" if rest else form for form in forms]


@cache
def lemma_of(kind: str) -> dict[str, str]:
    """Inflected form to base form for one class of verbs."""
    return {form: verb for verb in table()["verbs"][kind] for form in inflect(verb)}


@cache
def classes() -> dict[str, frozenset[str]]:
    """Base form to the classes it belongs to."""
    out: dict[str, set[str]] = {}
    for kind, verbs in table()["verbs"].items():
        for verb in verbs:
            out.setdefault(verb, set()).add(kind)
    return {verb: frozenset(kinds) for verb, kinds in out.items()}


@cache
def any_verb() -> dict[str, str]:
    """Inflected form of any cue verb to its base form."""
    return {form: verb for verb in classes() for form in inflect(verb)}


@cache
def _by_first_word() -> dict[str, tuple[str, ...]]:
    """The forms of all cue verbs by their first word, longer ones first."""
    out: dict[str, list[str]] = {}
    for form in sorted(any_verb(), key=len, reverse=True):
        out.setdefault(form.partition(" ")[0], []).append(form)
    return {first: tuple(forms) for first, forms in out.items()}


@cache
def phrasal_heads() -> frozenset[str]:
    """The first words of cues of two words and more."""
    return frozenset(form.partition(" ")[0] for form in any_verb() if " " in form)


def cues_in(words: Words, text: str, start: int, end: int) -> list[Span]:
    """Where a cue verb stands in any form between ``start`` and ``end``: the longest one at each place, none inside another.

    ``words`` may be those of the text before its quotations were hidden: what is hidden in ``text`` is no cue.
    """
    forms = _by_first_word()
    found: list[Span] = []
    after = start
    first = bisect_left(words.starts, start)
    for number, word in enumerate(words.lower[first : bisect_left(words.starts, end, first)], first):
        if word not in forms:
            continue
        at = words.starts[number]
        if at < after or (at and _joins(text[at - 1])):
            continue
        for form in forms[word]:
            stop = at + len(form)
            if stop <= end and text[at:stop].lower() == form and not (stop < end and _joins(text[stop])):
                found.append((at, stop))
                after = stop
                break
    return found


def _joins(char: str) -> bool:
    """Whether a character makes one word with what stands beside it."""
    return char.isalnum() or char in "_’'-"


@cache
def roles() -> tuple[str, ...]:
    return tuple(sorted(table()["roles"]["nouns"], key=len, reverse=True))


@cache
def role_pattern() -> str:
    """A role noun, either case, with "acting", "former", "first" and a plural left out."""
    return (
        r"(?:(?:[Aa]cting|[Ff]ormer|[Ff]irst|[Ss]enior|[Ee]xecutive)\s+)?(?:" + "|".join(_either_case(r) for r in roles()) + r")(?![\w-])"
    )


def _either_case(role: str) -> str:
    return r"[\s-]".join(f"[{w[0].upper()}{w[0].lower()}]{re.escape(w[1:])}" if w[1:] else re.escape(w) for w in re.split(r"[ -]", role))


@cache
def given_names() -> dict[str, str]:
    """Given name to sex."""
    raw = files("comity.press.lexicon").joinpath("given_names.tsv").read_text(encoding="utf-8")
    out: dict[str, str] = {}
    for line in raw.splitlines():
        if not line.startswith("#"):
            sex, _, names = line.partition("\t")
            out.update({name: sex for name in names.split()})
    return out
