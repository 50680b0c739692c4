"""Which characters a font has: the fonts that come with Comity, and, for rarer characters, those of the machine.

Reads only the character map (`cmap`, formats 4 and 12) of TrueType and OpenType files. Source: OpenType specification 1.9, cmap.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "fonts"
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs", "Cs"})
# Marks that are never drawn themselves (Default_Ignorable_Code_Point of the Unicode Character Database, category Mn).
_SELECTORS: Final = frozenset((0x034F, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


def _table(data: bytes, start: int, tag: bytes) -> int | None:
    (count,) = struct.unpack_from(">H", data, start + 4)
    for at in range(start + 12, start + 12 + 16 * count, 16):
        if data[at : at + 4] == tag:
            return int(struct.unpack_from(">I", data, at + 8)[0])
    return None


def _format_4(data: bytes, at: int) -> Iterable[range]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    ends = struct.unpack_from(f">{doubled // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", data, at + 16 + doubled)
    return (range(first, last + 1) for first, last in zip(starts, ends, strict=True) if first != 0xFFFF)


def _format_12(data: bytes, at: int) -> Iterable[range]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    groups = struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * count])
    return (range(first, last + 1) for first, last, _ in groups)


@cache
def characters(path: Path, index: int = 0) -> frozenset[int]:
    """The code points a font file (or the `index`th font of a collection) has; none if it cannot be read. Those of private use are left
    out: PDF/A allows none.

    Segments of format 4 may hold unassigned code points in between; they count as there.
    """
    try:
        data = path.read_bytes()
        start = int(struct.unpack_from(">I", data, 12 + 4 * index)[0]) if data[:4] == b"ttcf" else 0
        cmap = _table(data, start, b"cmap")
        if cmap is None:
            return frozenset()
        found: set[int] = set()
        for number in range(struct.unpack_from(">H", data, cmap + 2)[0]):
            at = cmap + int(struct.unpack_from(">I", data, cmap + 8 + 8 * number)[0])
            form = struct.unpack_from(">H", data, at)[0]
            for span in _format_4(data, at) if form == 4 else _format_12(data, at) if form == 12 else ():
                found.update(span)
        return frozenset(sign for sign in found if unicodedata.category(chr(sign)) != "Co")
    except (OSError, struct.error, IndexError):
        return frozenset()


@cache
def vendored() -> frozenset[int]:
    """The code points that the fonts of the regular weight that come with Comity have."""
    return frozenset().union(*(characters(path) for path in sorted(FOLDER.glob("*-Regular.ttf"))))


def lacking(texts: Iterable[str], has: frozenset[int]) -> list[str]:
    """The visible characters of some texts that are not among those a font has, each once, in order."""
    seen = dict.fromkeys(sign for text in texts for sign in unicodedata.normalize("NFC", text) if ord(sign) > 0x7E)
    known = has | _SELECTORS
    return [sign for sign in seen if ord(sign) not in known and unicodedata.category(sign) not in _INVISIBLE]
