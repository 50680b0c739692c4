"""`comity texts`: joint texts on the command line. Reads files, calls one function, prints."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from comity.cli.papers import print_command
from comity.errors import ComityError, Malformed
from comity.texts.akn import to_akn
from comity.texts.align import align
from comity.texts.checks import Context, Entity, Precedent, check, waive
from comity.texts.clean import decode, paragraphs
from comity.texts.compare import compare_laws, compare_versions
from comity.texts.encoders import UniversalEncoder, bundled_encoder
from comity.texts.imports import SUFFIXES, structure_file
from comity.texts.model import TextMeta, TextVersion
from comity.texts.precedents import Source, precedents
from comity.texts.redline import redline
from comity.texts.report import Value, align_report, check_report, compare_report, redline_report, search_report, structure_report
from comity.texts.schemas import SCHEMAS, schema
from comity.texts.search import Index, traditional_to_simplified
from comity.texts.structure import Structured
from comity.texts.terms import Register, from_csv, from_tbx
from comity.texts.word import redline_docx

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_TAGGED = re.compile(r"(?:^|[._-])([a-z]{2,3}(?:-[A-Z][a-z]{3})?)(?:\.akn)?$")
_MARKS = {"keep": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON; its schema is printed by `texts schema`.")


class _Group(click.Group):
    """Shows refusals of the engines as errors of the command, with their remedy."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ComityError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group)
def texts() -> None:
    """Joint texts in equally authentic languages."""


def _print(value: Value) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _language(path: Path, given: str | None) -> str:
    """The language given, or the one in the file's name (`text.zh-Hans.docx`)."""
    if given:
        return given
    if match := _TAGGED.search(path.name.removesuffix(path.suffix)):
        return match[1]
    raise Malformed("The language is not known.", place=str(path), remedy="Name it with --lang, or in the file's name as in text.ru.docx.")


def _read(path: Path, language: str | None) -> Structured:
    return structure_file(path.name, path.read_bytes(), _language(path, language))


def _encoder(without: bool) -> UniversalEncoder | None:
    return None if without else bundled_encoder()


without_encoder = click.option("--no-encoder", is_flag=True, help="Do without the encoder, by numbers, figures and lengths.")


@texts.command("structure")
@click.argument("file", type=_FILE)
@click.option("--lang", help="Language of the text, e.g. zh-Hans, ru, en.")
@click.option("--akn", type=click.Path(dir_okay=False, path_type=Path), help="Write the signed form (Akoma Ntoso) to this file.")
@click.option("--date", default="2000-01-01", help="Date of the text, for --akn.")
@click.option("--slug", default="text", help="Short name of the text in its URI, for --akn.")
@click.option("--author", default="parties", help="Short id of who made the text, for --akn.")
@as_json
def structure_command(file: Path, lang: str | None, akn: Path | None, date: str, slug: str, author: str, as_json: bool) -> None:
    """Read a text into numbered provisions with language-neutral ids."""
    found = _read(file, lang)
    if akn:
        akn.write_bytes(to_akn(found.version, TextMeta(date, slug, author, (found.version.language,))))
    if as_json:
        _print(structure_report(found))
        return
    for provision in found.version.walk():
        depth = provision.eid.count("__")
        words = " ".join(part for part in (provision.num, provision.heading, provision.text) if part)
        click.echo(f"{provision.eid:<32} {'  ' * depth}{words[:120]}")
    for warning in found.warnings:
        click.echo(f"{warning.code} ({warning.place}): {warning.message}", err=True)


def _clauses(path: Path, language: str | None) -> list[str]:
    """Clauses of a file: the texts of a JSONL file, the lines of a plain text, the wordings of anything else, in reading order."""
    if path.suffix == ".jsonl":
        return [str(row["text"]) for row in _rows(path)]
    if path.suffix in {".txt", ".md"}:
        return paragraphs(decode(path.read_bytes(), path.name), language or "und")[0]
    return [item.text for item in _read(path, language).version.walk() if item.text]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(decode(path.read_bytes(), path.name).splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
                if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                    raise ValueError("no text")
            except ValueError as error:
                raise Malformed(
                    "This line is not an object with a text.",
                    place=f"{path.name}, line {number}",
                    remedy='Write {"id": …, "text": …} on each line.',
                ) from error
            yield row


@texts.command("align")
@click.argument("source", type=_FILE)
@click.argument("target", type=_FILE)
@click.option("--source-lang", help="Language of the first text.")
@click.option("--target-lang", help="Language of the second text.")
@without_encoder
@as_json
def align_command(source: Path, target: Path, source_lang: str | None, target_lang: str | None, no_encoder: bool, as_json: bool) -> None:
    """Tell which clauses of two texts belong together, as [[source indexes], [target indexes]].

    Files: JSONL of {"id", "text"}, plain text (one clause a line), Word, HTML or Akoma Ntoso.
    """
    encoder = _encoder(no_encoder)
    beads = align(_clauses(source, source_lang), _clauses(target, target_lang), encoder)
    report = align_report(beads, encoder.digest if encoder else "")
    if as_json:
        _print(report)
        return
    for bead in report["beads"]:
        click.echo(json.dumps(bead))


def _versions(folder: Path) -> dict[str, TextVersion]:
    found: dict[str, TextVersion] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and _TAGGED.search(path.name.removesuffix(path.suffix)):
            version = _read(path, None).version
            if version.language in found:
                raise Malformed(
                    f"Two files are in {version.language}.", place=str(path), remedy="Keep one file per language in the folder."
                )
            found[version.language] = version
    if not found:
        raise Malformed("There are no texts in it.", place=str(folder), remedy="Name the files by language, as in text.ru.docx.")
    return found


def _load(path: Path) -> Any:
    try:
        return json.loads(decode(path.read_bytes(), path.name)) if path.exists() else None
    except ValueError as error:
        raise Malformed(f"This is not JSON: {error}.", place=str(path), remedy="Correct or remove the file.") from error


def _context(folder: Path, encoder: UniversalEncoder | None) -> Context:
    """What lies beside the texts: terms.csv or terms.tbx, names.json, absent.json, agreed.jsonl."""
    register = Register()
    if (folder / "terms.csv").exists():
        register = from_csv(decode((folder / "terms.csv").read_bytes(), "terms.csv"))
    elif (folder / "terms.tbx").exists():
        register = from_tbx((folder / "terms.tbx").read_bytes())
    names: Mapping[str, Mapping[str, list[str]]] = _load(folder / "names.json") or {}
    entities = [Entity(identity, {tag: tuple(forms) for tag, forms in own.items()}) for identity, own in names.items()]
    agreed: dict[str, list[Precedent]] = {}
    if (folder / "agreed.jsonl").exists():
        for row in _rows(folder / "agreed.jsonl"):
            agreed.setdefault(str(row.get("language", "")), []).append(
                Precedent(str(row.get("language", "")), row["text"], str(row.get("ref", "")))
            )
    absent = frozenset((str(eid), str(tag)) for eid, tag in (_load(folder / "absent.json") or []))
    return Context(register, entities, agreed, absent, encoder)


@texts.command("check")
@click.argument("folder", type=_FOLDER)
@without_encoder
@as_json
def check_command(folder: Path, no_encoder: bool, as_json: bool) -> None:
    """Check that the language versions in a folder say the same. Ends with code 1 if errors stand against adoption.

    Files are named by language (text.ru.docx). Beside them may lie terms.csv or terms.tbx, names.json ({id: {language: [names]}}),
    absent.json ([[eId, language]]), agreed.jsonl ({"language", "text", "ref"}) and waivers.json ({key: reason}).
    """
    versions = _versions(folder)
    findings = waive(check(versions, _context(folder, _encoder(no_encoder))), _load(folder / "waivers.json") or {})
    report = check_report(findings)
    if as_json:
        _print(report)
    else:
        for item in findings:
            note = f"  (waived: {item.waiver})" if item.waiver else ""
            click.echo(f"{item.severity:<8}{item.code:<9}{item.eid:<28}{'/'.join(item.languages):<20}{item.message}{note}")
        click.echo(f"{len(findings)} findings, {report['blocking']} against adoption.")
    if report["blocking"]:
        raise click.exceptions.Exit(1)


@texts.command("redline")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option("--lang", help="Language of both texts.")
@click.option("--docx", type=click.Path(dir_okay=False, path_type=Path), help="Write a Word file with tracked changes.")
@click.option("--author", default="Comity", help="Whose changes they are, in the Word file.")
@click.option("--date", default="2000-01-01T00:00:00Z", help="When they were made, in the Word file.")
@as_json
def redline_command(old: Path, new: Path, lang: str | None, docx: Path | None, author: str, date: str, as_json: bool) -> None:
    """Show what changed between two versions of a text, by word, number or Han character."""
    before, after = _read(old, lang).version, _read(new, lang).version
    changes = redline(before, after)
    if docx:
        docx.write_bytes(redline_docx(changes, after.language, author=author, date=date))
    if as_json:
        _print(redline_report(changes))
        return
    for line in changes:
        if line.is_changed:
            place = (line.new or line.old).eid if line.new or line.old else ""  # type: ignore[union-attr]  # one of the two is there
            click.echo(f"{place:<28} " + "".join(_MARKS[piece.op][0] + piece.text + _MARKS[piece.op][1] for piece in line.pieces))


@texts.command("search")
@click.argument("corpus", type=_FILE)
@click.argument("phrase")
@click.option("--lang", required=True, help="Language of the phrase.")
@click.option("--limit", default=20, show_default=True, help="How many precedents at most.")
@as_json
def search_command(corpus: Path, phrase: str, lang: str, limit: int, as_json: bool) -> None:
    """Find where a phrase, or one like it, was agreed before.

    CORPUS is JSONL of {"ref", "language", "text"} with optional "date", "title", "meeting", "side", "standing".
    """
    rows = list(_rows(corpus))
    index = Index(sqlite3.connect(":memory:"), traditional_to_simplified())
    index.put((str(row.get("ref", row.get("id", ""))), str(row.get("language", lang)), row["text"]) for row in rows)
    sources = {
        ref: Source(
            ref,
            *(
                str(row.get(name, usual))
                for name, usual in (("date", ""), ("title", ""), ("meeting", ""), ("side", ""), ("standing", "joint"))
            ),
        )
        for row in rows
        if (ref := str(row.get("ref", row.get("id", ""))))
    }
    found = precedents(phrase, lang, index, sources, limit=limit)
    if as_json:
        _print(search_report(found))
        return
    for item in found:
        diff = "".join(_MARKS[piece.op][0] + piece.text + _MARKS[piece.op][1] for piece in item.pieces)
        click.echo(f"{item.similarity:.2f}  {item.source.date:<11} {item.source.ref:<24} {diff}")


@texts.command("compare")
@click.argument("one", type=_FILE)
@click.argument("other", type=_FILE)
@click.option("--lang", help="Language of both texts, or of the first.")
@click.option("--other-lang", help="Language of the second text, if it differs.")
@click.option("--by-meaning", is_flag=True, help="Compare as two laws, also in one language.")
@as_json
def compare_command(one: Path, other: Path, lang: str | None, other_lang: str | None, by_meaning: bool, as_json: bool) -> None:
    """Lay two laws side by side, or two dated versions of one: what matches what, and what only one of them has."""
    left, right = _read(one, lang).version, _read(other, other_lang or lang).version
    if by_meaning or left.language != right.language:
        matches = compare_laws(left, right, bundled_encoder())
    else:
        matches = compare_versions(left, right)
    if as_json:
        _print(compare_report(matches))
        return
    for match in matches:
        click.echo(f"{match.kind:<9} {match.similarity:.2f}  {', '.join(match.source) or '–':<28} {', '.join(match.target) or '–'}")


texts.add_command(print_command)


@texts.command("schema")
@click.argument("name", type=click.Choice(sorted(SCHEMAS)))
def schema_command(name: str) -> None:
    """Print the JSON Schema of what a command prints with --json."""
    _print(schema(name))
