"""What a joint text is: provisions with language-neutral ids, in versions per language.

A *provision* is the same in every language: its `eid` is built from the canonical number (`art_2__para_1__point_a`), so the
Chinese, Russian and English wording of one provision carry one id. What differs is the printed number, the heading and the text.

Canonical numbers. Everything above points is counted in digits (`art_2`, `art_2bis`, `para_1`), whatever the script of the printed number.
Points are counted by level, because languages label them by different alphabets (a / а / 甲 / （一）): the first level by Latin letters,
the second by roman numerals, the third by digits, and so on in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from comity.errors import Unsayable

Status = Literal["authentic", "official_translation", "unofficial", "machine"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)

KINDS: Final[Mapping[str, str]] = {
    "book": "book",
    "part": "part",
    "title": "title",
    "chp": "chapter",
    "sec": "section",
    "subsec": "subsection",
    "art": "article",
    "para": "paragraph",
    "subpara": "subparagraph",
    "point": "point",
    "indent": "indent",
    "al": "alinea",
    "annex": "hcontainer",
}
"""eId prefix (Akoma Ntoso Naming Convention, table of abbreviations) to the element of the main body that carries it."""

PREAMBLE_KIND: Final = "rec"
CONCLUSION_KINDS: Final[tuple[str, ...]] = ("formula", "sig")

_SEGMENT: Final = re.compile(r"([a-z]+)_([0-9a-z]+(?:-[0-9a-z]+)*)")


def last_segment(eid: str) -> tuple[str, str]:
    """Kind and canonical number of an eId's last segment: `art_2__point_a` gives `("point", "a")`; `("", "")` if it is no eId."""
    match = _SEGMENT.fullmatch(eid.rsplit("__", 1)[-1])
    return (match[1], match[2]) if match else ("", "")


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision in one language.

    `num` is the number as printed ("Article 2", "第二条", "а)"), empty where none is printed.
    `text` is one paragraph; where the provision has children it is what stands before them. Paragraphs that follow within the same
    provision are children of kind `al`.
    """

    eid: str
    num: str = ""
    heading: str = ""
    text: str = ""
    children: tuple[Provision, ...] = ()

    @property
    def kind(self) -> str:
        """The eId's kind: `art`, `para`, `point`, `rec`, `formula`, …"""
        return last_segment(self.eid)[0]

    def walk(self) -> Iterator[Provision]:
        """This provision and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One language version of a text: title, preamble, provisions, and the closing formula with its signature block.

    `language` is a BCP 47 tag. `preamble` holds `rec_N`, `conclusions` holds `formula_N` and `sig_N`.
    """

    language: str
    title: str
    provisions: tuple[Provision, ...] = ()
    preamble: tuple[Provision, ...] = ()
    conclusions: tuple[Provision, ...] = ()
    subtitle: str = ""
    status: Status = "authentic"

    def walk(self) -> Iterator[Provision]:
        """Every provision in reading order: preamble, body, conclusions."""
        for top in (*self.preamble, *self.provisions, *self.conclusions):
            yield from top.walk()

    def by_eid(self) -> dict[str, Provision]:
        """Every provision by its eId, in reading order."""
        return {provision.eid: provision for provision in self.walk()}

    def parents(self) -> dict[str, str]:
        """The eId of each provision's parent; the empty string for those at the top."""
        found = {top.eid: "" for top in (*self.preamble, *self.provisions, *self.conclusions)}
        for provision in self.walk():
            found.update({child.eid: provision.eid for child in provision.children})
        return found


@dataclass(frozen=True, slots=True)
class TextMeta:
    """What identifies a text beyond its words (FRBR work and expression).

    `country` is the Akoma Ntoso jurisdiction (ISO 3166, `xx` where no state owns the text), `date` the ISO date of the work, `slug` its
    name in the URI, `author` a short id or name, `languages` the set of authentic languages in the order agreed, `version` the number of
    this version.
    """

    date: str
    slug: str
    author: str
    languages: tuple[str, ...]
    country: str = "xx"
    version: str = "1"


def provision_text(version: TextVersion, eid: str) -> str:
    """The provision's own text in that version, in code points as offsets count them.

    Raises Unsayable if the version has no such provision.
    """
    for provision in version.walk():
        if provision.eid == eid:
            return provision.text
    raise Unsayable(
        "There is no provision {eid} in this version.",
        place=f"{version.language} text, {eid}",
        remedy="Choose a provision that the text has, or check which version of the text is meant.",
        eid=eid,
    )


def quotation(version: TextVersion, eid: str, start: int, end: int) -> str:
    """The words from `start` to `end` (code points, end exclusive) of a provision's own text.

    Raises Unsayable if there is no such provision, or the span is empty or not inside its text.
    """
    text = provision_text(version, eid)
    if not 0 <= start < end <= len(text):
        raise Unsayable(
            "The quotation {start}–{end} does not lie in a text of {size} characters.",
            place=f"{version.language} text, {eid}",
            remedy="Mark the words again in this version of the text.",
            start=start,
            end=end,
            size=len(text),
        )
    return text[start:end]


def with_eid(provision: Provision, eid: str) -> Provision:
    """The same provision under another eId, its descendants' eIds moved along."""
    old = provision.eid

    def moved(child: Provision) -> Provision:
        new = eid + child.eid[len(old) :] if child.eid.startswith(old + "__") else child.eid
        return replace(child, eid=new, children=tuple(moved(grandchild) for grandchild in child.children))

    return replace(provision, eid=eid, children=tuple(moved(child) for child in provision.children))
