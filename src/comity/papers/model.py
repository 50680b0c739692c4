"""What stands on a paper: a small document model that is printed as PDF, written as Word and shown as HTML, the same content in each.

A paper knows nothing of parliaments. Its words are plain strings: whatever they hold is printed as it stands, never run. Runs may be given
as a string wherever runs are wanted.

>>> paper = Paper("Programme", "en", (Heading("Monday"), Paragraph("Opening of the meeting.")))
>>> paper.blocks[0].runs
(Run(text='Monday', bold=False, italic=False, mark='', lang='', href=''),)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

type Mark = Literal["", "insert", "delete", "quiet", "code"]
type Words = str | Run | Iterable[str | Run]
type Align = Literal["start", "center", "end"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. `mark` is `insert` or `delete` (a redline), `quiet` (small print) or `code` (a fingerprint); `lang` a BCP 47 tag
    where it differs from the paper's; `href` an http(s) or mailto address."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: Mark = ""
    lang: str = ""
    href: str = ""


def runs(words: Words) -> tuple[Run, ...]:
    """Words as runs: a string is one run, nothing is none."""
    if isinstance(words, Run):
        return (words,)
    if isinstance(words, str):
        return (Run(words),) if words else ()
    return tuple(item if isinstance(item, Run) else Run(item) for item in words if item)


@dataclass(frozen=True, slots=True, init=False)
class Heading:
    """A heading; `level` 1 to 4 (the paper's title stands above all of them), `number` as printed ("第二条", "Article 2", "3.")."""

    runs: tuple[Run, ...]
    level: int
    number: str
    align: Align
    lang: str

    def __init__(self, words: Words, level: int = 1, *, number: str = "", align: Align = "start", lang: str = "") -> None:
        for name, value in (("runs", runs(words)), ("level", min(4, max(1, level))), ("number", number), ("align", align), ("lang", lang)):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True, init=False)
class Paragraph:
    """A paragraph. `small` is for notes."""

    runs: tuple[Run, ...]
    align: Align
    small: bool
    lang: str

    def __init__(self, words: Words, *, align: Align = "start", small: bool = False, lang: str = "") -> None:
        for name, value in (("runs", runs(words)), ("align", align), ("small", small), ("lang", lang)):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True, init=False)
class Item:
    """A numbered (or, without a number, bulleted) item, indented by `depth` levels. The number is printed as it is given."""

    runs: tuple[Run, ...]
    number: str
    depth: int
    lang: str

    def __init__(self, words: Words, number: str = "", *, depth: int = 0, lang: str = "") -> None:
        for name, value in (("runs", runs(words)), ("number", number), ("depth", min(12, max(0, depth))), ("lang", lang)):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True, init=False)
class Table:
    """A table with a head row. `widths` are shares of the line (none: as wide as needed), `numeric` the indexes of columns of numbers."""

    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    caption: str
    widths: tuple[float, ...]
    numeric: tuple[int, ...]

    def __init__(
        self,
        head: Sequence[Words],
        rows: Iterable[Sequence[Words]],
        *,
        caption: str = "",
        widths: Sequence[float] = (),
        numeric: Sequence[int] = (),
    ) -> None:
        wide = len(head)
        cells = tuple(tuple(runs(cell) for cell in (*row, *("",) * (wide - len(row)))[:wide]) for row in rows)
        values = (tuple(runs(cell) for cell in head), cells, caption, tuple(widths), tuple(numeric))
        for name, value in zip(("head", "rows", "caption", "widths", "numeric"), values, strict=True):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Languages (or drafts) side by side as equals: `langs` are the columns' languages, `heads` what stands over them; each row has one
    cell of blocks per column, None where the version lacks it."""

    langs: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Block, ...] | None, ...], ...]


@dataclass(frozen=True, slots=True, init=False)
class Facts:
    """Labelled facts, one per line: ("Place", "Ostrel")."""

    facts: tuple[tuple[str, tuple[Run, ...]], ...]

    def __init__(self, facts: Iterable[tuple[str, Words]]) -> None:
        object.__setattr__(self, "facts", tuple((label, runs(value)) for label, value in facts))


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signature blocks from left to right. Of each, the first line (for whom) stands above the line to be signed, the others (name, office)
    below it."""

    blocks: tuple[tuple[str, ...], ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as SVG (no scripts, no links out), its words for those who do not see it, and a caption; `width` is a share of the line."""

    svg: str
    alt: str
    caption: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across."""


@dataclass(frozen=True, slots=True)
class Foot:
    """What is printed at the foot of every page: words at the left, and digests (hex), each with what it is of, in groups of four; `seal`
    is SVG, `seal_alt` its words. The page's number stands at the right in any case."""

    words: str = ""
    digests: tuple[tuple[str, str], ...] = ()
    seal: str = ""
    seal_alt: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What follows is a paper of its own within the paper: it begins on a new page, with its own title, language and foot."""

    title: str
    language: str
    subtitle: str = ""
    kind: str = ""
    foot: Foot = Foot()


type Block = Heading | Paragraph | Item | Table | SideBySide | Facts | Signatures | Chart | PageBreak | Rule | Part


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. `language` is its BCP 47 tag, `kind` stands small above the title, `date` is written into the file (never the clock's);
    `register` is `treaty` (titles centred, justified) or `working` (flush left). With parts, what stands before the first one is a cover;
    without such blocks there is none, and the title is only the file's."""

    title: str
    language: str
    blocks: tuple[Block, ...] = ()
    subtitle: str = ""
    kind: str = ""
    author: str = ""
    date: date | None = None
    foot: Foot = Foot()
    register: Literal["treaty", "working"] = "working"
    landscape: bool = False
