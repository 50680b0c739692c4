"""Files as people send them, read into provisions: plain text, Word, HTML, Akoma Ntoso from elsewhere.

What comes from outside is hostile until read: sizes are capped before anything is unpacked, no entity is resolved, nothing is fetched.
"""

from __future__ import annotations

from typing import Final

from comity.errors import Malformed
from comity.texts.clean import decode
from comity.texts.imports.akn import structure_akn
from comity.texts.imports.html import structure_html
from comity.texts.imports.word import structure_docx
from comity.texts.model import Status
from comity.texts.structure import Structured, structure

SUFFIXES: Final = (".txt", ".md", ".docx", ".html", ".htm", ".xml", ".akn")


def structure_file(name: str, data: bytes, language: str, *, status: Status = "authentic") -> Structured:
    """Read a file by the ending of its name.

    Raises Malformed for an unknown ending or bytes that are not what the ending says, Unsafe for files too large, too deep or made to
    explode.
    """
    low = name.lower()
    if low.endswith(".docx"):
        return structure_docx(data, language, status=status)
    if low.endswith((".html", ".htm")):
        return structure_html(data, language, status=status)
    if low.endswith((".xml", ".akn")):
        return structure_akn(data, language, status=status)
    if low.endswith((".txt", ".md")):
        return structure(decode(data, name), language, status=status)
    raise Malformed("This kind of file is not read.", place=name, remedy="Give it as one of {endings}.", endings=", ".join(SUFFIXES))


__all__ = ["SUFFIXES", "structure_akn", "structure_docx", "structure_file", "structure_html"]
