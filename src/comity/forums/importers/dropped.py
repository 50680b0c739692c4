"""What somebody drops: one file in any known layout, the files of the long format, or a ZIP of either. The layout is recognised by what is
inside, never by a name that the user would have to know.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from comity.errors import Malformed, Unsafe
from comity.forums.importers.generic import import_generic
from comity.forums.importers.longcsv import import_long, is_long_folder
from comity.forums.importers.mapping import Reading
from comity.forums.importers.reading import CsvFile, Progress, no_progress
from comity.forums.importers.report import ImportReport
from comity.forums.importers.undl import import_undl, is_undl
from comity.forums.model import Forum, RollCalls

LARGEST = 4 << 30
"""Bytes that a ZIP may hold when it is unpacked."""


def read_dropped(
    source: Path, forum: Forum, reading: Reading | None = None, progress: Progress = no_progress
) -> tuple[RollCalls, ImportReport]:
    """The roll calls of a file or folder. :raises ImportRefused: with the report; :raises Malformed: if nothing in it is known."""
    source = _one(source)
    if source.is_dir():
        if not is_long_folder(source):
            raise Malformed(
                "These files are none that are known together.",
                place=source.name,
                remedy="Drop one CSV file; or rollcalls, votes and countries, and bridges if there are any.",
            )
        return import_long(source, forum, reading, progress)
    return (import_undl if layout_of(source) == "undl" else import_generic)(source, forum, reading, progress)


def layout_of(path: Path) -> str:
    """``undl`` or ``generic``. :raises Malformed: if it is no CSV file."""
    return "undl" if is_undl(path) else "generic"


def header_of(source: Path) -> list[str]:
    """The columns of the one CSV file that was dropped; empty if there are several files."""
    source = _one(source)
    return CsvFile(source).header() if source.is_file() else []


def _one(source: Path) -> Path:
    """The one file in a folder, or the folder; a ZIP is unpacked beside itself first."""
    if source.is_dir():
        inside = [p for p in source.iterdir() if not p.name.startswith(".")]
        if len(inside) != 1:
            return source
        source = inside[0]
    if source.suffix.lower() == ".zip":
        return _one(_unpacked(source))
    return source


def _unpacked(path: Path) -> Path:
    folder = path.parent / f".{path.stem}"
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [i for i in archive.infolist() if i.filename.lower().endswith((".csv", ".csv.gz")) and not i.is_dir()]
            if sum(i.file_size for i in wanted) > LARGEST:
                raise Unsafe("This ZIP is too large when it is unpacked.", place=path.name, remedy="Drop the CSV file itself.")
            folder.mkdir(exist_ok=True)
            for entry in wanted:
                with archive.open(entry) as inside, (folder / Path(entry.filename).name).open("wb") as out:
                    while block := inside.read(1 << 20):
                        out.write(block)
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise Malformed("This ZIP cannot be read: {error}.", place=path.name, remedy="Make it again.", error=error) from None
    if not wanted:
        raise Malformed("There is no CSV file in this ZIP.", place=path.name, remedy="Drop the CSV file itself.")
    return folder
