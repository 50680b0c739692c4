"""The parts of a Word file, taken out of its zip without trusting it."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from lxml import etree

from comity.errors import Malformed, Unsafe

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAX_FILE: Final = 20_000_000
MAX_UNPACKED: Final = 60_000_000
MAX_RATIO: Final = 200
MAX_ENTRIES: Final = 3_000


def w(name: str) -> str:
    """The name in the WordprocessingML namespace, as lxml writes it."""
    return f"{{{W}}}{name}"


def parse_xml(data: bytes, place: str) -> etree._Element:
    """Parse XML from outside: no DTD, no entities, nothing fetched. Raises Malformed."""
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
        raise Malformed("It declares a document type, which is not read.", place=place, remedy="Save the file again from its editor.")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Malformed("This is not well-formed XML: {why}.", place=place, remedy="Ask for the file again.", why=error) from error


class Package:
    """A Word file opened for reading.

    Raises Malformed if it is no Word file, Unsafe if it is too large or would unpack to more than a text can be.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_FILE:
            raise Unsafe(
                "The file has {size} bytes; at most {most} are read.",
                place="Word file",
                remedy="Remove pictures from it.",
                size=len(data),
                most=MAX_FILE,
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Malformed("This is not a Word file.", place="Word file", remedy="Save it as .docx (not .doc) and try again.") from error
        total = sum(entry.file_size for entry in entries)
        packed = max(1, sum(entry.compress_size for entry in entries))
        if len(entries) > MAX_ENTRIES or total > MAX_UNPACKED or (total > 5_000_000 and total / packed > MAX_RATIO):
            raise Unsafe(
                "It would unpack to {size} bytes in {count} parts.",
                place="Word file",
                remedy="Copy the text into a new document.",
                size=total,
                count=len(entries),
            )
        self._names = {entry.filename for entry in entries}
        if "word/document.xml" not in self._names:
            raise Malformed("There is no document in it.", place="Word file", remedy="Save it as .docx from a word processor.")

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def part(self, name: str) -> etree._Element:
        """One part, parsed. Raises Malformed if it is broken, Unsafe if it is larger than it says."""
        try:
            with self._zip.open(name) as stream:
                data = stream.read(MAX_UNPACKED + 1)
        except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise Malformed("This part cannot be unpacked.", place=f"Word file, {name}", remedy="Ask for the file again.") from error
        except Exception as error:  # zlib.error has no public home in zipfile's contract
            raise Malformed("This part is broken.", place=f"Word file, {name}", remedy="Ask for the file again.") from error
        if len(data) > MAX_UNPACKED:
            raise Unsafe("This part is too large.", place=f"Word file, {name}", remedy="Copy the text into a new document.")
        return parse_xml(data, f"Word file, {name}")
