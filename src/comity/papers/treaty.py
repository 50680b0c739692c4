"""Joint texts as papers: one language version, the versions side by side, and the copies that are signed.

A signing copy follows the alternat: it names its own side first and is signed by it on the left; it holds every authentic language, each
with the digest of the very bytes (Akoma Ntoso) that the act adopts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from comity.papers.model import Block, Foot, Heading, Item, Paper, Paragraph, Part, Run, SideBySide, Signatures
from comity.texts.alternat import PartyNames, alternat, ordered, signature_blocks
from comity.texts.model import Provision, TextVersion, last_segment
from comity.texts.render import rows

_FRAMES: Final = frozenset({"book", "part", "title", "chp", "sec", "subsec", "annex"})
_CJK: Final = frozenset({"zh", "ja", "ko"})


def _provision(provision: Provision, language: str, depth: int) -> list[Block]:
    number, heading, text = provision.num, provision.heading, provision.text
    joined = language.split("-")[0] in _CJK
    found: list[Block] = []
    inner = depth
    if provision.kind in _FRAMES:
        found.append(Heading(heading, 1, number=number, align="center"))
        found += [Paragraph(text)] if text else []
    elif heading:
        found.append(Heading(heading, 2, number=number, align="start" if joined else "center"))
        found += [Paragraph(text)] if text else []
    elif provision.kind == "art" and number:
        if joined and text:
            found.append(Paragraph([Run(number, bold=True), "\u3000", text]))
        else:
            found.append(Heading("", 2, number=number, align="center"))
            found += [Paragraph(text)] if text else []
    elif number:
        found.append(Item(text, number, depth=depth))
        inner = depth + 1
    elif text:
        found.append(Paragraph(text))
    for child in provision.children:
        found += _provision(child, language, inner)
    return found


def _below_article(eid: str) -> int:
    """How many levels a numbered passage is set in: points under a paragraph by one, and so on; paragraphs by none."""
    parts = [last_segment(part)[0] for part in eid.split("__")]
    return max(0, sum(kind not in _FRAMES and kind != "art" for kind in parts) - 1)


def provisions(version: TextVersion) -> tuple[Block, ...]:
    """Preamble and body of a text, and its closing formula, without the signature block."""
    conclusions = [item for item in version.conclusions if item.kind != "sig"]
    tops = (*version.preamble, *version.provisions, *conclusions)
    return tuple(block for top in tops for block in _provision(top, version.language, 0))


def signatures(version: TextVersion, parties: Sequence[PartyNames]) -> tuple[Block, ...]:
    """The signature block: as the text has it, else one line to be signed per party, in the order given."""
    blocks = [tuple(item.text for item in block) for block in signature_blocks(version, parties)]
    if not blocks:
        blocks = [(next(iter(party.of(version.language)), party.party),) for party in parties]
    return (Signatures(tuple(blocks), version.language),) if blocks else ()


def text_paper(version: TextVersion, *, kind: str = "", day: date | None = None, foot: Foot = Foot()) -> Paper:  # noqa: B008  # frozen
    """One language version, as a treaty is set."""
    blocks = provisions(version) + signatures(version, ())
    return Paper(version.title, version.language, blocks, version.subtitle, kind, date=day, foot=foot, register="treaty")


def beside_paper(
    versions: Mapping[str, TextVersion],
    heads: Mapping[str, str],
    *,
    language: str,
    title: str,
    kind: str = "",
    day: date | None = None,
    foot: Foot = Foot(),  # noqa: B008  # frozen
) -> Paper:
    """All versions side by side as equals, on a wide page; `heads` says what stands over each, `language` is that of the title."""
    langs = tuple(versions)
    lines: list[tuple[tuple[Block, ...] | None, ...]] = [tuple((Paragraph([Run(versions[tag].title, bold=True)]),) for tag in langs)]
    for row in rows(versions):
        cells: list[tuple[Block, ...] | None] = []
        for tag in langs:
            cell = row.cells[tag]
            if cell is None:
                cells.append(None)
                continue
            head = " ".join(part for part in (cell.num, cell.heading) if part)
            own: list[Block] = [Paragraph([Run(head, bold=True)])] if head and (cell.heading or not cell.text) else []
            number = "" if own else cell.num
            own += [Item(cell.text, number, depth=_below_article(row.eid)) if number else Paragraph(cell.text)] if cell.text else []
            cells.append(tuple(own))
        lines.append(tuple(cells))
    table = SideBySide(langs, tuple(heads.get(tag, tag) for tag in langs), tuple(lines))
    return Paper(title, language, (table,), kind=kind, date=day, foot=foot, landscape=len(langs) > 1)


def signing_copy(
    versions: Mapping[str, TextVersion],
    parties: Sequence[PartyNames],
    first: str,
    *,
    feet: Mapping[str, Foot],
    kinds: Mapping[str, str] | None = None,
    day: date | None = None,
) -> Paper:
    """The copy of the party `first`: every language version in turn, in the order given, with its foot and signature block.

    Raises Unsayable if `first` is no party.
    """
    order = ordered(parties, first)
    blocks: list[Block] = []
    titles = []
    for language, version in versions.items():
        copy = alternat(version, parties, first)
        titles.append(copy.title)
        blocks.append(Part(copy.title, language, copy.subtitle, (kinds or {}).get(language, ""), feet.get(language, Foot())))
        blocks += provisions(copy) + signatures(copy, order)
    language = next(iter(versions), "en")
    paper = Paper(titles[0] if titles else "", language, tuple(blocks), date=day, register="treaty")
    return replace(paper, author=next(iter(order[0].of(language)), first))
