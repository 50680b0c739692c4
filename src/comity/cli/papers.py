"""`comity texts print`: texts as PDF, Word or HTML; clean, side by side, or as the copy that one side signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import click

from comity.errors import Malformed
from comity.papers import Foot, Paper, docx, html, pdf
from comity.papers.treaty import beside_paper, signing_copy, text_paper
from comity.texts.alternat import PartyNames
from comity.texts.imports import structure_file
from comity.texts.model import TextVersion

_TAGGED: Final = re.compile(r"(?:^|[._-])([a-z]{2,3}(?:-[A-Z][a-z]{3})?)(?:\.akn)?$")
_PARTY: Final = re.compile(r"([a-z][a-z0-9-]{1,31}):([a-z]{2,3}(?:-[A-Z][a-z]{3})?)=(.+)")


def _language(path: Path) -> str:
    match = _TAGGED.search(path.name.removesuffix(path.suffix))
    if match is None:
        raise Malformed("The language is not known.", place=str(path), remedy="Name it in the file's name, as in text.ru.docx.")
    return match[1]


def _parties(given: Sequence[str]) -> list[PartyNames]:
    """`arvena:en=National Assembly of Arvena`, several times, in the order of the founding act."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for item in given:
        match = _PARTY.fullmatch(item)
        if match is None:
            raise Malformed(
                "This is no name of a party.", place=f"--party {item}", remedy="Write e.g. arvena:en='National Assembly of Arvena'."
            )
        names = found.setdefault(match[1], {})
        names[match[2]] = (*names.get(match[2], ()), match[3])
    return [PartyNames(party, names) for party, names in found.items()]


def _paper(
    versions: dict[str, TextVersion], feet: dict[str, Foot], parties: list[PartyNames], copy_of: str, *, beside: bool, title: str
) -> Paper:
    first = next(iter(versions))
    if copy_of:
        return signing_copy(versions, parties, copy_of, feet=feet)
    if beside:
        marks = tuple((f"SHA-256 {lang}", foot.digests[0][1]) for lang, foot in feet.items())
        return beside_paper(versions, {}, language=first, title=title or versions[first].title, foot=Foot(digests=marks))
    if len(versions) > 1:
        raise Malformed(
            "Several languages go on one paper only side by side, or as a copy to be signed.", place="print", remedy="Add --beside."
        )
    return text_paper(versions[first], foot=feet[first])


@click.command("print")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to: a .pdf, .docx or .html file.")
@click.option("--beside", is_flag=True, help="All languages side by side.")
@click.option("--copy-of", default="", metavar="PARTY", help="The copy that this party signs: it stands first, at the left.")
@click.option(
    "--party", "parties", multiple=True, metavar="PARTY:LANG=NAME", help="Names of the parties, in the order of the founding act."
)
@click.option("--title", default="", help="Title of the paper, with --beside.")
@click.option("--show-missing", is_flag=True, help="Print the code point of a character that no font here has, instead of refusing.")
def print_command(
    files: tuple[Path, ...], out: Path, beside: bool, copy_of: str, parties: tuple[str, ...], title: str, show_missing: bool
) -> None:
    """Print a text: FILES are its languages (text.ru.akn.xml, text.zh-Hans.docx, …).

    The SHA-256 of each file stands at the foot of its pages.
    """
    versions: dict[str, TextVersion] = {}
    feet: dict[str, Foot] = {}
    for path in files:
        language = _language(path)
        data = path.read_bytes()
        versions[language] = structure_file(path.name, data, language).version
        feet[language] = Foot(path.name, (("SHA-256", sha256(data).hexdigest()),))
    paper = _paper(versions, feet, _parties(parties), copy_of, beside=beside, title=title)
    match out.suffix:
        case ".pdf":
            out.write_bytes(pdf(paper, show_missing=show_missing))
        case ".docx":
            out.write_bytes(docx(paper))
        case ".html":
            out.write_text(html(paper), encoding="utf-8")
        case other:
            raise Malformed("A paper is no {kind} file.", place=str(out), remedy="Name a .pdf, .docx or .html file.", kind=other or "such")
