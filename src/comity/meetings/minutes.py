"""Minutes: what they start from, and the extract of one item as canonical bytes.

The minutes of an item are the provision of the text that has the item's number at the top level (``sec_2``, ``para_2``, ``art_2``). An
extract is a text of its own in the signed form: the title, the preamble (who was present) and that one provision, under the work of the
minutes with ``-item-<n>`` after its name. So the same minutes give the same bytes, whoever makes the extract and whenever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from comity.errors import Unsayable
from comity.terms.ids import digest
from comity.texts.akn import AknDocument, read_akn, to_akn
from comity.texts.model import Provision, TextVersion, last_segment

_EXTRACT = re.compile(r"(.+)-item-(\d+)")


@dataclass(frozen=True, slots=True)
class Draft:
    """What minutes start from in one language: a title, and words with one paragraph per line."""

    title: str
    words: str


def skeleton(title: str, present: Sequence[str], items: Sequence[str], gap: str, language: str) -> Draft:
    """Headings for every item of the agenda, who was present before them, and ``gap`` (in brackets, so that it cannot be adopted by
    mistake) where the words are to stand.
    """
    lines = list(present)
    for number, item in enumerate(items, 1):
        lines += [f"{_mark(number, language)}{item.rstrip('.。;；:：')}", f"[{gap}]"]
    return Draft(title, "\n\n".join(lines))


def _mark(number: int, language: str) -> str:
    return f"{_han(number)}、" if language.startswith("zh") else f"{number}. "


def _han(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def item_provision(version: TextVersion, number: int) -> Provision | None:
    """What the minutes say about item ``number``; None if they have no provision of that number."""
    return next((p for p in version.provisions if last_segment(p.eid)[1] == str(number)), None)


def wording(provision: Provision) -> list[str]:
    """The words of an item, a paragraph each, without its heading."""
    lines = [provision.text] if provision.text else []
    lines += [" ".join(x for x in (p.num, p.heading, p.text) if x) for child in provision.children for p in child.walk()]
    return [line for line in lines if line]


@dataclass(frozen=True, slots=True)
class Extract:
    """What was decided on one item, in one language."""

    number: int
    language: str
    data: bytes

    @property
    def sha256(self) -> str:
        return digest(self.data)

    @property
    def name(self) -> str:
        """Name of its file: ``extract-2.ru.akn.xml``."""
        return f"extract-{self.number}.{self.language}.akn.xml"


def extract(minutes: AknDocument, number: int) -> Extract:
    """The extract of item ``number`` from the minutes in one language; raises :class:`Unsayable` if they have no such item."""
    found = item_provision(minutes.version, number)
    if found is None:
        raise Unsayable(
            "The minutes in {language} have no item {number}.",
            place=f"item {number}",
            remedy="Compare the numbers of the agenda with those of the minutes.",
            language=minutes.version.language,
            number=number,
        )
    version = replace(minutes.version, provisions=(found,), conclusions=())
    meta = replace(minutes.meta, slug=f"{minutes.meta.slug}-item-{number}")
    return Extract(number, version.language, to_akn(version, meta))


def number_of(extracted: AknDocument) -> int:
    """The item that an extract says it is of; raises :class:`Unsayable` if it is no extract."""
    said = _EXTRACT.fullmatch(extracted.meta.slug)
    if said is None:
        raise Unsayable("This file is no extract from minutes.", place="file", remedy="Choose a file that was downloaded as an extract.")
    return int(said[2])


def verify(data: bytes, minutes: Mapping[str, AknDocument]) -> Extract:
    """The extract that ``data`` is, byte for byte, of ``minutes`` (by language).

    Raises Malformed if it is no text in the signed form, Unsayable if it is no extract or differs from the minutes.
    """
    document = read_akn(data)
    number, language = number_of(document), document.version.language
    if language not in minutes:
        raise Unsayable("The minutes have no version in {language}.", place="file", remedy="Choose another extract.", language=language)
    own = extract(minutes[language], number)
    if own.data != data:
        raise Unsayable(
            "This is not what the minutes say about item {number} in {language}.",
            place="file",
            remedy="Download the extract again from this page and compare the two.",
            number=number,
            language=language,
        )
    return own
