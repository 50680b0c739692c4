"""Plain text in, numbered provisions out: the same eIds in every language.

How it reads, whatever the language:

1. What stands before the first number is title and preamble; an unnumbered text has a preamble only if a formula ("have agreed as
   follows:") ends it.
2. Article, chapter, section and annex are told by their words; a numbered line at the top that is short, has no stop and is followed by
   text is a section heading.
3. A number belongs to the deepest open list that it continues; a first number opens a list below the last provision. Of a sign's readings
   ((i): letter or
   roman) the one that continues a list counts.
4. A number under a heading is a paragraph, under words a point; lines with a dash are indents.
5. Unnumbered lines in an article are its paragraphs (a single one is the article's text); after a numbered paragraph they are its alineas.
The eIds themselves are made in `tree`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from comity.texts import closing
from comity.texts.clean import Warned, paragraphs
from comity.texts.labels import Label, read_label
from comity.texts.model import Provision, Status, TextVersion
from comity.texts.sound import MAX_DEPTH, check_language
from comity.texts.tree import RANKS, Node, with_eids

_STOPS: Final = {"stop", "han", "decimal"}
_HEADING_LENGTH: Final = 160
_HAN_SUBTITLE: Final = "（(["


@dataclass(frozen=True, slots=True)
class Structured:
    """A text read into provisions, with what a person should look at."""

    version: TextVersion
    warnings: tuple[Warned, ...]


def structure(text: str, language: str, *, status: Status = "authentic") -> Structured:
    """Read plain text in Chinese, Russian, English, French or Spanish.

    Raises Unsafe for more than 8 MB or more than 32 levels, Malformed for a language tag that is none. Everything odd but readable comes
    back as a warning.
    """
    check_language(language, "language")
    lines, warnings = paragraphs(text, language)
    return structure_lines(lines, language, status=status, warnings=warnings)


def structure_lines(lines: list[str], language: str, *, status: Status = "authentic", warnings: list[Warned] | None = None) -> Structured:
    """As `structure`, for paragraphs that are already clean: one string each, in order."""
    found = list(warnings or ())
    lines = [line.lstrip("#").strip() if line.startswith("#") else line for line in lines]
    annex = next((index for index, line in enumerate(lines) if index and (label := read_label(line)) and label.kind == "annex"), len(lines))
    main, after = lines[:annex], lines[annex:]
    end = closing.conclusions_start(main) if len(main) > 1 else len(main)
    title, subtitle, start = _title(main[:end])
    reader = _Body(language, found)
    recitals, start = _recitals(main, start, end)
    for index in range(start, end):
        reader.take(main[index], main[index + 1] if index + 1 < end else "")
    for index, line in enumerate(after):
        reader.take(line, after[index + 1] if index + 1 < len(after) else "")
    version = TextVersion(
        language=language,
        title=title,
        subtitle=subtitle,
        status=status,
        preamble=tuple(Provision(f"rec_{number}", text=line) for number, line in enumerate(recitals, 1)),
        provisions=with_eids(reader.root, found),
        conclusions=_conclusions(main[end:]),
    )
    return Structured(version, tuple(found))


def _title(lines: list[str]) -> tuple[str, str, int]:
    """Title, subtitle and the index of the first line after them."""
    titles: list[str] = []
    subtitles: list[str] = []
    for index, line in enumerate(lines[:5]):
        label = read_label(line)
        if (
            closing.ends_sentence(line)
            or line.endswith((",", "，", "、"))
            or len(line) > 300
            or (label and label.readings[0][0] not in {"letter", "dash"})
        ):
            break
        # The last line is never a title: a text of one line is a paragraph, and so is the line on which only a signature block follows.
        if index + 1 == len(lines):
            break
        if line[0] in _HAN_SUBTITLE or subtitles or (titles and _is_dateline(line)):
            subtitles.append(line)
        elif len(titles) < 3:
            titles.append(line)
    joint = "" if titles and any("\u4e00" <= char <= "\u9fff" for char in titles[0]) else " "
    return joint.join(titles), " ".join(subtitles), len(titles) + len(subtitles)


def _is_dateline(line: str) -> bool:
    return len(line) < 60 and sum(char.isdigit() for char in line) >= 4


def _recitals(lines: list[str], start: int, end: int) -> tuple[list[str], int]:
    """The preamble's paragraphs and the index of the first line after them."""
    for index in range(start, end):
        label = read_label(lines[index])
        if label and (label.kind or _is_first(label)) and not _in_enumeration(lines, index, start):
            return lines[start:index], index
        if closing.is_enacting(lines[index]):
            return lines[start : index + 1], index + 1
    return [], start


def _is_first(label: Label) -> bool:
    return any(place == 1 and style in {"stop", "han", "heading", "pdigit", "phan", "half", "decimal"} for style, place in label.readings)


def _in_enumeration(lines: list[str], index: int, start: int) -> bool:
    """Whether a numbered line only lists things inside an unnumbered text, as after "They discussed: 1) …"."""
    label = read_label(lines[index])
    return bool(
        label and not label.kind and index > start and lines[index - 1].endswith((":", "：")) and not closing.is_enacting(lines[index - 1])
    )


def _conclusions(lines: list[str]) -> tuple[Provision, ...]:
    found = []
    counts = {"formula": 0, "sig": 0}
    for line in lines:
        is_formula = closing.is_closing_formula(line) or (
            not counts["sig"] and (closing.ends_sentence(line) or bool(closing.FORCE.search(line)))
        )
        kind = "formula" if is_formula else "sig"
        counts[kind] += 1
        found.append(Provision(f"{kind}_{counts[kind]}", text=line))
    return tuple(found)


class _Body:
    """Takes one line after another and hangs it where it belongs."""

    def __init__(self, language: str, warnings: list[Warned]) -> None:
        self.root = Node("")
        self.open = [self.root]
        self.language = language
        self.warnings = warnings
        self.awaits_heading = False

    def take(self, line: str, following: str) -> None:
        label = read_label(line)
        heading_wanted, self.awaits_heading = self.awaits_heading, False
        if label and label.kind:
            self._division(label, following)
        elif label and self._number(label, following):
            pass
        elif heading_wanted and self._is_heading(line, following):
            self.open[-1].heading = line
        else:
            self._unnumbered(line)

    def _division(self, label: Label, following: str) -> None:
        rank = RANKS[label.kind]
        while RANKS.get(self.open[-1].kind, 99) >= rank:
            self.open.pop()
        node = Node(label.kind, label.readings[0][1], label.printed, inserted=label.inserted)
        self._attach(node)
        rest = label.rest.strip()
        if not rest:
            self.awaits_heading = True
        elif label.kind != "art" or self._is_heading(rest, following):
            node.heading = rest
        else:
            nested = read_label(rest)
            if nested is None or nested.kind or not self._number(nested, following):
                self._unnumbered(rest)

    def _is_heading(self, text: str, following: str) -> bool:
        """A short line without a stop that has something under it."""
        label = read_label(following) if following else None
        return (
            not closing.ends_sentence(text)
            and len(text) <= _HEADING_LENGTH
            and bool(following)
            and not (label and label.kind and self.open[-1].kind == "art")
        )

    def _number(self, label: Label, following: str) -> bool:
        """Hang a numbered line; False if the sign is no number here after all."""
        if label.path:
            return self._decimal(label)
        for depth in range(len(self.open) - 1, 0, -1):
            node = self.open[depth]
            for style, place in label.readings:
                if node.style == style and node.kind != "sec" and (place == node.number + 1 or style == "dash"):
                    del self.open[depth:]
                    self._hang(label, style, place, following, node.kind)
                    return True
        section = next(
            (
                node
                for node in self.open[1:]
                if node.kind == "sec" and any(node.style == style and node.number + 1 == place for style, place in label.readings)
            ),
            None,
        )
        if section and self._is_heading(label.rest, following):
            style, place = next(reading for reading in label.readings if reading[0] == section.style)
            del self.open[self.open.index(section) :]
            self._hang(label, style, place, following, "sec")
            return True
        return self._opens_list(label, following)

    def _opens_list(self, label: Label, following: str) -> bool:
        first = next((reading for reading in label.readings if reading[1] <= 1), None)
        if first is None:
            skipped = next(
                (
                    node
                    for node in reversed(self.open[1:])
                    if any(node.style == style and place >= node.number > 0 and place > 1 for style, place in label.readings)
                ),
                None,
            )
            if skipped:
                style, place = next(reading for reading in label.readings if reading[0] == skipped.style and reading[1] >= skipped.number)
                self.warnings.append(
                    Warned("NUMBERING", label.printed, f"{label.printed} follows {skipped.num}; is a number missing or doubled?")
                )
                del self.open[self.open.index(skipped) :]
                self._hang(label, style, place, following, skipped.kind)
                return True
            # A number that nothing leads up to is the start of a sentence ("2026. …"), unless the text simply begins with it.
            first = label.readings[0]
            if first[0] != "letter" and (first[0] not in _STOPS or self._has_numbers(first[0])):
                return False
            self.warnings.append(Warned("NUMBERING", label.printed, f"A list begins with {label.printed}."))
        self._hang(label, first[0], first[1], following, "")
        return True

    def _has_numbers(self, style: str) -> bool:
        return any(child.style == style for node in self.open for child in node.children)

    def _hang(self, label: Label, style: str, place: int, following: str, kind: str) -> None:
        rest = label.rest.strip()
        parent = self.open[-1]
        if not kind:
            kind = self._kind(style, parent, rest, following)
            while kind in {"para", "sec"} and self.open[-1].kind in {"para", "al"} and not self.open[-1].is_numbered:
                self.open.pop()
        node = Node(kind, place, label.printed, style=style, inserted=label.inserted)
        if kind == "sec":
            node.heading = rest
        self._attach(node)
        if kind != "sec" and rest:
            nested = read_label(rest)
            if nested and not nested.kind and any(reading[1] == 1 for reading in nested.readings) and nested.readings[0][0] != style:
                self._hang(nested, *next(reading for reading in nested.readings if reading[1] == 1), following, "")
            else:
                node.text = rest

    def _kind(self, style: str, parent: Node, rest: str, following: str) -> str:
        """What a number that opens a list stands for."""
        if style == "dash":
            return "indent"
        at_top = parent.kind in {"", "annex", "book", "part", "title", "chp", "sec"} or (
            parent.kind in {"para", "al"} and not parent.is_numbered
        )
        if (
            at_top
            and style in {"heading", "stop", "han"}
            and parent.kind != "sec"
            and self._is_heading(rest, following)
            and not self._inside_article()
        ):
            return "sec"
        if style == "letter" or style == "roman" or style == "circled":
            return "point"
        if parent.kind in {"para", "al"} and not parent.is_numbered:
            return (
                "para"
                if (style in _STOPS and not parent.text.endswith((":", "："))) or (style in _STOPS and self._inside_article())
                else "point"
            )
        return "point" if parent.kind in {"para", "subpara", "point", "indent", "al"} else "para"

    def _inside_article(self) -> bool:
        return any(node.kind == "art" for node in self.open)

    def _decimal(self, label: Label) -> bool:
        """Numbers such as 2.1: below the open provision whose number is 2."""
        for depth in range(len(self.open) - 1, 0, -1):
            node = self.open[depth]
            is_above = node.style == f"decimal{len(label.path) - 1}" if len(label.path) > 2 else not node.style.startswith("decimal")
            if is_above and node.number == label.path[-2] and node.kind in {"art", "sec", "para", "subpara", "chp"} and (node.is_numbered):
                del self.open[depth + 1 :]
                kind = {"para": "subpara", "subpara": "point"}.get(node.kind, "para")
                self._attach(Node(kind, label.path[-1], label.printed, text=label.rest.strip(), style=f"decimal{len(label.path)}"))
                return True
        return False

    def _unnumbered(self, line: str) -> None:
        while self.open[-1].kind in {"al", "point", "indent", "subpara"} or (
            self.open[-1].kind == "para" and not self.open[-1].is_numbered
        ):
            self.open.pop()
        top = self.open[-1]
        if top.kind == "para":
            if not top.text and not top.children:
                top.text = line
                return
            self._attach(Node("al", text=line))
        elif top.kind in {"art", "sec", "", "chp", "part", "annex", "book", "title"} and any(
            child.is_numbered and child.kind == "para" for child in top.children
        ):
            self._attach(Node("al", text=line))
        else:
            self._attach(Node("para", text=line))

    def _attach(self, node: Node) -> None:
        if len(self.open) > MAX_DEPTH - 1:
            self.warnings.append(Warned("DEPTH", node.num, f"More than {MAX_DEPTH} levels; deeper ones stand on the last."))
            del self.open[MAX_DEPTH - 1 :]
        self.open[-1].children.append(node)
        self.open.append(node)
