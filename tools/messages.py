"""Messages in three languages, without the system's gettext: ``extract``, ``compile`` and ``check``.

English is the source language: a message's id is its English sentence. Every Django app keeps its own catalogs in
``<app>/locale/{zh_Hans,ru}/LC_MESSAGES/django.po``; what stands outside an app belongs to ``src/comity/desk/locale``, except that the
sentences of a room in ``ROOM_APPS`` belong to the desk's app for it. A sentence that moves from one catalog to another keeps what it says.

    tools/messages.py extract [--app PATH] [--errors]   write new ids into the catalogs (empty), drop those no longer used
    tools/messages.py compile                           write the .mo files, which are not committed
    tools/messages.py check [--app PATH] [--errors]     exit 1, list what is missing, empty, fuzzy, unused or has other gaps

``--errors`` adds the sentences of the errors that a person at the desk meets: ``Refused("…", remedy="…")`` and the like, and the values of
the tables named ``SENTENCES`` (the ledger's reasons, by code); in the rooms that read and verify what comes from others, also those of all
other errors and findings.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1] / "src" / "comity"
LANGUAGES = ("zh_Hans", "ru")
ONE, TWO = None, (1, 2)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), TWO),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
ERRORS = frozenset({"Refused", "Unsayable", "Unsafe", "PeerTrouble"})
# What is wrong with input is told on the operator's page, what a verification finds on the record's, what an import finds on that of its
# forum. The errors of `press` are left out until pages show them: so far only its commands do, in English.
READING_ROOMS = frozenset({"record", "ledger", "node", "terms", "texts", "forums", "papers"})
# Rooms whose sentences only the pages of one app tell.
ROOM_APPS = {"forums": "forums"}
# By the name of the class or of the helper that makes one: where the sentence stands among the arguments. The remedy follows a finding's.
READING_ERRORS = dict.fromkeys((*ERRORS, "Malformed", "BadSignature", "BadProof", "Untrusted", "ComityError"), slice(0, 1)) | {
    "Finding": slice(2, 4),
    "finding": slice(2, 3),
    "_note": slice(2, 4),
    "_error": slice(1, 3),
    "_changed": slice(1, 2),
    "problem": slice(1, 3),
    "note": slice(1, 4, 2),
}
TABLE = "SENTENCES"
NAMED_GAP = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]|(?<!\{)\{(\w*)(?:[!:][^}]*)?\}(?!\})")


@dataclass(frozen=True, slots=True)
class Id:
    """What gettext looks a message up by."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text

    @property
    def babel(self) -> str | tuple[str, str]:
        return (self.text, self.plural) if self.plural else self.text

    def __str__(self) -> str:
        return f"{self.context!r}: {self.text!r}" if self.context else repr(self.text)


Used = dict[Path, dict[Id, list[str]]]
"""Per app: each id with the files that use it."""


def used(root: Path, *, errors: bool = False) -> Used:
    """Every message under *root*, by the app that owns its file. Raises SyntaxError for Python that cannot be read."""
    found: Used = {}
    for path in sorted(root.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "node_modules" in path.parts:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        ids = [*_in_file(path), *(_in_errors(path, root) if errors and path.suffix == ".py" else ())]
        for message in ids:
            app = owner(path, root)
            place = path.relative_to(app if path.is_relative_to(app) else root).as_posix().removeprefix(f"templates/{app.name}/")
            found.setdefault(app, {}).setdefault(message, []).append(place)
    return found


def owner(path: Path, root: Path) -> Path:
    """The app whose catalogs hold the messages of *path*: the nearest folder with an ``apps.py``, that of its room, else the desk's own."""
    for folder in path.parents:
        if folder == root:
            break
        if (folder / "apps.py").exists():
            return folder
    app = ROOM_APPS.get(path.relative_to(root).parts[0])
    return root / "desk" / app if app else root / "desk"


def _in_file(path: Path) -> Iterator[Id]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Inside parentheses the reader of Python does not mind what the template's own indentation has become.
        source = f"(\n{templatize(source, origin=str(path))}\n)"
    for _line, text, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        if isinstance(text, tuple):
            yield Id(text[0], text[1], context or "")
        elif text:
            yield Id(text, "", context or "")


def _in_errors(path: Path, root: Path) -> Iterator[Id]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    reading = path.relative_to(root).parts[0] in READING_ROOMS
    places = READING_ERRORS if reading else dict.fromkeys(ERRORS, slice(0, 1))
    named = _named(tree) if reading else {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := getattr(node.func, "id", getattr(node.func, "attr", ""))) in places:
            said = node.args[places[name]] + [keyword.value for keyword in node.keywords if keyword.arg == "remedy"]
            yield from _written_out(said, named)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Dict) and TABLE in _targets(node):
            yield from _written_out(node.value.values, {})


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _named(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What is assigned to each name of a file, anywhere in it."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for name in _targets(node):
                found.setdefault(name, []).append(node.value)
    return found


def _written_out(values: Iterable[ast.expr], named: Mapping[str, Iterable[ast.expr]]) -> Iterator[Id]:
    """The sentences among *values* that stand there as plain text, as one of several, or under a name."""
    for value in values:
        match value:
            case ast.Constant(value=str(text)) if text:
                yield Id(text)
            case ast.IfExp():
                yield from _written_out((value.body, value.orelse), named)
            case ast.BoolOp():
                yield from _written_out(value.values, named)
            case ast.Name(id=name):
                yield from _written_out(named.get(name, ()), {})


def catalog_path(app: Path, language: str) -> Path:
    """Where *app* keeps its messages in *language*."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """The catalog at *path*, or an empty one."""
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def extracted(app: Path, ids: dict[Id, list[str]], language: str, others: Iterable[Catalog] = ()) -> Catalog:
    """The catalog of *app* with exactly *ids*; translations that are there stay, those that are only in one of the *others* are taken."""
    old = read(catalog_path(app, language), language)
    new = Catalog(locale=language, charset="utf-8", header_comment="", fuzzy=False)
    for message in sorted(ids, key=lambda message: message.key):
        found = [entry for c in (old, *others) if (entry := c.get(message.text, message.context or None)) is not None]
        before = next((entry for entry in found if all(_strings(entry))), next(iter(found), None))
        string = before.string if before is not None and bool(message.plural) == before.pluralizable else None
        flags = set(before.flags) & {"fuzzy"} if before is not None else set()
        new.add(
            message.babel,
            string or ("" if not message.plural else ("",) * new.num_plurals),
            locations=[(place, 0) for place in sorted(set(ids[message]))],
            flags=flags,
            context=message.context or None,
            user_comments=before.user_comments if before is not None else (),
        )
    return new


def written(catalog: Catalog) -> bytes:
    """*catalog* as a .po file that is the same on every machine and day."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, include_lineno=False)
    unsteady = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
        "Project-Id-Version",
        "Report-Msgid",
    )
    lines = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(tuple(f'"{name}' for name in unsteady))]
    return ("\n".join(lines).strip() + "\n").encode()


def extract_all(root: Path, only: Path | None, *, errors: bool) -> None:
    """Write the catalogs of every app, or of one."""
    before = {lang: [read(path, lang) for path in sorted(root.rglob(f"locale/{lang}/LC_MESSAGES/django.po"))] for lang in LANGUAGES}
    for app, ids in used(root, errors=errors).items():
        if only is not None and app != only:
            continue
        for language in LANGUAGES:
            path = catalog_path(app, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(extracted(app, ids, language, before[language])))


def compile_all(root: Path) -> int:
    """Write a .mo file beside every .po file; returns how many."""
    paths = sorted(root.rglob("locale/*/LC_MESSAGES/django.po"))
    for path in paths:
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path, path.parts[-3]))
    return len(paths)


def complaints(root: Path, only: Path | None, *, errors: bool = False) -> list[str]:
    """What is wrong with the catalogs, one line each."""
    found = used(root, errors=errors)
    everywhere = {message.key for ids in used(root, errors=True).values() for message in ids}
    said: list[str] = []
    for language in LANGUAGES:
        catalogs = {path: read(path, language) for path in sorted(root.rglob(f"locale/{language}/LC_MESSAGES/django.po"))}
        for app, ids in sorted(found.items()):
            if only is None or app == only:
                here = f"{app.relative_to(root)} {language}"
                said += [
                    f"{here}: {what}: {message}"
                    for message in sorted(ids, key=lambda m: m.key)
                    for what in _wrong(message, catalogs.values())
                ]
        for path, catalog in catalogs.items():
            if only is None or path == catalog_path(only, language):
                said += _of_no_use(f"{path.parents[3].relative_to(root)} {language}", catalog, everywhere)
    return said


def _of_no_use(here: str, catalog: Catalog, everywhere: set[tuple[str, str]]) -> Iterator[str]:
    for entry in catalog:
        text = entry.id[0] if isinstance(entry.id, (list, tuple)) else entry.id
        if text and (entry.context or "", text) not in everywhere:
            yield f"{here}: unused: {text!r}"


def _wrong(message: Id, catalogs: Iterable[Catalog]) -> list[str]:
    entries = [entry for catalog in catalogs if (entry := catalog.get(message.text, message.context or None)) is not None]
    if not entries:
        return ["missing"]
    whole = [entry for entry in entries if not entry.fuzzy and all(_strings(entry))]
    if not whole:
        return ["fuzzy" if any(entry.fuzzy for entry in entries) else "empty"]
    if message.plural and not any(entry.pluralizable for entry in whole):
        return ["has no plural forms"]
    return [f"other gaps in {string!r}" for entry in whole for string in _strings(entry) if not _same_gaps(message, string)]


def _strings(entry: Message) -> tuple[str, ...]:
    return tuple(entry.string) if isinstance(entry.string, (list, tuple)) else (entry.string or "",)


def _same_gaps(message: Id, string: str) -> bool:
    return gaps(string) in (gaps(message.text), gaps(message.plural or message.text))


def gaps(text: str) -> frozenset[str]:
    """The gaps of a message, ``%(name)s`` and ``{name}``."""
    return frozenset(named or braced for named, braced in NAMED_GAP.findall(text))


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("extract", "compile", "check"))
    parser.add_argument("--app", type=Path, help="only the catalogs of this app's folder")
    parser.add_argument("--errors", action="store_true", help="also the sentences of errors")
    chosen = parser.parse_args(arguments)
    only = chosen.app.resolve() if chosen.app else None
    if chosen.what == "extract":
        extract_all(root, only, errors=chosen.errors)
        return 0
    if chosen.what == "compile":
        print(f"{compile_all(root)} catalogs compiled")
        return 0
    said = complaints(root, only, errors=chosen.errors)
    for line in said:
        print(line)
    print(f"{len(said)} complaints" if said else "every message is said in every language")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
