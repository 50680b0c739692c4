"""Square brackets by side: words that are not agreed yet, with what each side would have instead.

A bracket is part of a provision's text, in one plain notation that people can type, Word can carry and a diff can show:

    The report is due [@arvena: by 1 March | @kelmor @sorvell: by 1 May] of each year.

1. A bracket holds alternatives. Each names the side or sides that want it (`@` and the party's id, as in the founding act), a colon, and
   its words, which may be none: `[@arvena: urgently | @kelmor:]` says that Kelmor would leave the word out.
2. Brackets of one provision are counted in the order in which they stand, from 1; the bracket of one number is the same in every language.
   Where a language has another order, the number is said: `[#2 @arvena: …]`.
3. No bracket stands in another: two sides who differ inside an alternative write it out as two alternatives.

Square brackets without a side stay what they were: words that nobody has claimed, and that block adoption like any other bracket. In Akoma
Ntoso a bracket is `inline` elements, see `texts.akn`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from comity.errors import Malformed
from comity.texts.model import Provision, TextVersion

_OPEN: Final = re.compile(r"\[(?:#[0-9]+ ?)?@")
_WHOLE: Final = re.compile(r"\[(?:#([1-9][0-9]?) )?(@[^\[\]]*)\]")
_BETWEEN: Final = re.compile(r" \| (?=@)")
_ALTERNATIVE: Final = re.compile(r"((?:@[a-z][a-z0-9-]{1,31} )*@[a-z][a-z0-9-]{1,31}):(?: (.*))?", re.DOTALL)
_LOOSE: Final = re.compile(r" +(?=[,.;:!?)»”，。；：、！？）])|(?<=[(«“（]) +| {2,}")
_HAN_GAP: Final = re.compile(r"(?<=[\u3000-\u9fff]) +(?=[\u3000-\u9fff])")


@dataclass(frozen=True, slots=True)
class Alternative:
    """What one or more sides want to stand here. `start` and `end` are the code points of its words in the provision's text."""

    sides: tuple[str, ...]
    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Bracket:
    """One open point of a provision in one language, from its opening to its closing sign (`start` to `end`, code points)."""

    number: int
    alternatives: tuple[Alternative, ...]
    start: int = 0
    end: int = 0

    @property
    def sides(self) -> tuple[tuple[str, ...], ...]:
        """Who wants which alternative: what has to be the same in every language."""
        return tuple(one.sides for one in self.alternatives)


Part = str | Bracket


def has_brackets(text: str) -> bool:
    """Whether the text has (or begins) a bracket by side; quick."""
    return "[" in text and _OPEN.search(text) is not None


def parts(text: str, place: str = "text") -> list[Part]:
    """The text as words and brackets, in order.

    Raises Malformed for a bracket that does not close, holds another, names no side, or bears a number that another has.
    """
    out: list[Part] = []
    at = 0
    numbers: set[int] = set()
    while begun := _OPEN.search(text, at):
        whole = _WHOLE.match(text, begun.start())
        if whole is None:
            raise Malformed(
                "A bracket by side is opened here and not closed, or another stands in it: {words}",
                place=place,
                remedy="Write it as in [@arvena: these words | @kelmor: those words].",
                words=text[begun.start() : begun.start() + 40],
            )
        if whole.start() > at:
            out.append(text[at : whole.start()])
        number = int(whole[1]) if whole[1] else len(numbers) + 1
        if number in numbers:
            raise Malformed(
                "Two brackets of this provision have the number {number}.", place=place, remedy="Number them apart.", number=number
            )
        numbers.add(number)
        out.append(Bracket(number, _alternatives(whole[2], whole.start(2), place), whole.start(), whole.end()))
        at = whole.end()
    if at < len(text):
        out.append(text[at:])
    return out


def _alternatives(inside: str, offset: int, place: str) -> tuple[Alternative, ...]:
    found = []
    cuts = [0, *(match.end() for match in _BETWEEN.finditer(inside))]
    ends = [*(match.start() for match in _BETWEEN.finditer(inside)), len(inside)]
    for start, end in zip(cuts, ends, strict=True):
        match = _ALTERNATIVE.fullmatch(inside[start:end])
        if match is None:
            raise Malformed(
                "An alternative does not say whose it is: {words}",
                place=place,
                remedy="Begin it with @, the side and a colon, as in @kelmor: those words.",
                words=inside[start:end][:40],
            )
        words = match[2] or ""
        begin = start + (match.start(2) if match[2] is not None else match.end())
        sides = tuple(side.removeprefix("@") for side in match[1].split())
        found.append(Alternative(sides, words, offset + begin, offset + begin + len(words)))
    return tuple(found)


def brackets(text: str, place: str = "text") -> list[Bracket]:
    """The brackets by side of a text, in order; raises Malformed as :func:`parts` does."""
    return [part for part in parts(text, place) if isinstance(part, Bracket)] if has_brackets(text) else []


def written(found: Iterable[Part]) -> str:
    """Words and brackets as one text, in the notation that :func:`parts` reads. A number is said only where a bracket's place does not."""
    out = []
    count = 0
    for part in found:
        if isinstance(part, str):
            out.append(part)
            continue
        count += 1
        number = "" if part.number == count else f"#{part.number} "
        alternatives = (f"{' '.join(f'@{side}' for side in one.sides)}:{f' {one.text}' if one.text else ''}" for one in part.alternatives)
        out.append(f"[{number}{' | '.join(alternatives)}]")
    return "".join(out)


def masked(text: str) -> str:
    """The words outside the brackets, with blanks in their place so that offsets stay: what is agreed. A text whose brackets cannot be read
    stays as it is."""
    if not has_brackets(text):
        return text
    try:
        found = brackets(text)
    except Malformed:
        return text
    out = list(text)
    for bracket in found:
        out[bracket.start : bracket.end] = " " * (bracket.end - bracket.start)
    return "".join(out)


def only(text: str, alternative: Alternative) -> str:
    """The words of one alternative, with blanks for all else so that offsets stay."""
    return " " * alternative.start + alternative.text + " " * (len(text) - alternative.end)


def masked_version(version: TextVersion) -> TextVersion:
    """A version in which every provision's brackets are :func:`masked`; itself if it has none."""
    return mapped(version, masked) if any(has_brackets(provision.text) for provision in version.walk()) else version


def by_name(version: TextVersion, names: Mapping[str, str]) -> TextVersion:
    """A version as people read it on paper: its brackets name the sides by `names` (party id → name) instead of by their ids; one whose
    brackets cannot be read stays as it is."""

    def told(part: Part) -> str:
        if isinstance(part, str):
            return part
        return "[" + " | ".join(f"{', '.join(names.get(s, s) for s in one.sides)}: {one.text or '—'}" for one in part.alternatives) + "]"

    def change(text: str) -> str:
        try:
            return "".join(map(told, parts(text))) if has_brackets(text) else text
        except Malformed:
            return text

    return mapped(version, change)


def mapped(version: TextVersion, change: Callable[[str], str]) -> TextVersion:
    """A version with every provision's words changed by `change`."""

    def over(provision: Provision) -> Provision:
        return replace(provision, text=change(provision.text), children=tuple(map(over, provision.children)))

    return replace(
        version,
        preamble=tuple(map(over, version.preamble)),
        provisions=tuple(map(over, version.provisions)),
        conclusions=tuple(map(over, version.conclusions)),
    )


def opened(text: str, start: int, end: int, alternatives: Iterable[Alternative]) -> str:
    """The text with a bracket around (or at) the words from `start` to `end`, which it replaces by the alternatives.

    Raises Malformed if the words reach into another bracket, or an alternative's words hold a bracket.
    """
    alternatives = tuple(alternatives)
    for bracket in brackets(text):
        if start < bracket.end and bracket.start < end:
            raise Malformed("There is a bracket here already.", place="bracket", remedy="Add an alternative to it, or close it first.")
    _plain(one.text for one in alternatives)
    # A number beyond all others; writing the text anew gives it its place's number where the order allows.
    number = max((bracket.number for bracket in brackets(text)), default=0) + 1
    before, after = parts(text[:start]), parts(text[end:])
    return _renumbered([*before, Bracket(number, alternatives), *after])


def _renumbered(found: list[Part]) -> str:
    """Brackets numbered by their places: after one is opened or closed, in a text whose numbers say nothing else."""
    count = 0
    out: list[Part] = []
    for part in found:
        if isinstance(part, Bracket):
            count += 1
            part = replace(part, number=count)
        out.append(part)
    return written(out)


def closed(text: str, number: int, words: str) -> str:
    """The text with the bracket of that number closed on `words`: an alternative that is accepted, a compromise, or nothing.

    Spaces that are left over are taken away. Raises Malformed if there is no such bracket, or the words hold a bracket.
    """
    _plain([words])
    found = parts(text)
    numbers = [part.number for part in found if isinstance(part, Bracket)]
    if number not in numbers:
        raise Malformed("There is no bracket {number} here.", place="bracket", remedy="Load the page again.", number=number)
    in_order = numbers == sorted(numbers)
    rest: list[Part] = []
    for part in found:
        if isinstance(part, Bracket):
            if part.number == number:
                rest.append(words)
                continue
            part = replace(part, number=part.number - (part.number > number))
        rest.append(part)
    said = _renumbered(rest) if in_order else written(rest)
    return _HAN_GAP.sub("", _LOOSE.sub(lambda match: " " if match[0].startswith("  ") else "", said)).strip()


def offered(text: str, number: int, side: str, words: str) -> str:
    """The text with `side`'s own alternative in the bracket of that number: new, in place of its former one, or joined to one of the same
    words. Raises Malformed if there is no such bracket, or the words hold a bracket."""
    _plain([words])
    words = " ".join(words.split())
    found = parts(text)
    out: list[Part] = []
    done = False
    for part in found:
        if isinstance(part, Bracket) and part.number == number:
            done = True
            others = [replace(one, sides=tuple(s for s in one.sides if s != side)) for one in part.alternatives]
            others = [one for one in others if one.sides]
            same = next((place for place, one in enumerate(others) if one.text == words), None)
            if same is None:
                others.append(Alternative((side,), words))
            else:
                others[same] = replace(others[same], sides=(*others[same].sides, side))
            part = replace(part, alternatives=tuple(others))
        out.append(part)
    if not done:
        raise Malformed("There is no bracket {number} here.", place="bracket", remedy="Load the page again.", number=number)
    return written(out)


def _plain(texts: Iterable[str]) -> None:
    for words in texts:
        if any(sign in words for sign in "[]") or _BETWEEN.search(f" {words}"):
            raise Malformed(
                "These words hold a bracket themselves.", place="bracket", remedy="Write the alternatives side by side instead."
            )


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A bracket as a language-neutral thing: where it stands, its number there, and who wants which alternative."""

    eid: str
    number: int
    sides: tuple[tuple[str, ...], ...]
    languages: tuple[str, ...] = ()


def open_points(versions: Iterable[TextVersion]) -> list[OpenPoint]:
    """Every bracket by side of a text, in reading order of the first version that has it; `languages` are those in which it stands with
    these sides. Raises Malformed with the provision as place."""
    found: dict[tuple[str, int, tuple[tuple[str, ...], ...]], list[str]] = {}
    for version in versions:
        for provision in version.walk():
            if has_brackets(provision.text):
                for bracket in brackets(provision.text, f"{version.language} text, {provision.eid}"):
                    found.setdefault((provision.eid, bracket.number, bracket.sides), []).append(version.language)
    return [OpenPoint(eid, number, sides, tuple(languages)) for (eid, number, sides), languages in found.items()]
