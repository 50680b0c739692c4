"""The one form of a pouch's zip: stored, sorted, undated, with nothing between, before or after its members.

Every byte of the container follows from the names, sizes and checksums of the members, so a reader that writes the headers again and
compares finds any change
(APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16). Ordinary tools can unpack it; what they pack is refused with the
advice to unpack it first.
Nothing is compressed, so nothing can swell.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zlib import crc32

from comity.errors import Malformed, Unsafe
from comity.record.layout import MAX_PATH, safe_path

CHUNK = 1 << 20
MAX_MEMBERS = 2_000_000
MAX_POUCH = (1 << 32) - 1  # above this every offset needs another form; a folder has no such limit
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_VERSION, _MADE_BY, _DATE = 20, 3 << 8 | 20, 1 << 5 | 1  # Unix; 1 January 1980, 0:00
_ATTRIBUTES = (stat.S_IFREG | 0o644) << 16
_UNPACK = (
    "The pouch was changed, or packed by another tool. Unpack it into an empty folder and give that folder instead; "
    "its manifests say whether the content is whole."
)


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the pouch: its path, CRC-32, size in bytes, and where its header starts."""

    path: str
    crc: int
    size: int
    offset: int

    @property
    def local(self) -> bytes:
        name = self.path.encode("ascii")
        return _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, 0, _DATE, self.crc, self.size, self.size, len(name), 0) + name

    @property
    def central(self) -> bytes:
        name = self.path.encode("ascii")
        head = _CENTRAL.pack(
            b"PK\x01\x02",
            _MADE_BY,
            _VERSION,
            0,
            0,
            0,
            _DATE,
            self.crc,
            self.size,
            self.size,
            len(name),
            0,
            0,
            0,
            0,
            _ATTRIBUTES,
            self.offset,
        )
        return head + name

    @property
    def content(self) -> int:
        return self.offset + _LOCAL.size + len(self.path)

    @property
    def end(self) -> int:
        return self.content + self.size


def ending(count: int, size: int, offset: int) -> bytes:
    """What follows the central directory of *count* members, *size* bytes at *offset*."""
    large = count >= 0xFFFF
    records = b""
    if large:
        records = _END64.pack(b"PK\x06\x06", _END64.size - 12, _MADE_BY, 45, 0, 0, count, count, size, offset)
        records += _LOCATOR.pack(b"PK\x06\x07", 0, offset + size, 1)
    said = 0xFFFF if large else count
    return records + _END.pack(b"PK\x05\x06", 0, 0, said, said, size, offset, 0)


class PouchWriter:
    """Writes members one after the other, in the order in which they come, into a seekable file."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._members: list[Member] = []
        self._at = 0

    def add(self, path: str, pieces: Iterator[bytes]) -> None:
        """Write one file; raises Unsafe for a path that could climb or a pouch that grows above 4 GiB."""
        safe_path(path, place=path)
        draft = Member(path, 0, 0, self._at)
        self._out.write(draft.local)
        crc = size = 0
        for piece in pieces:
            crc, size = crc32(piece, crc), size + len(piece)
            if draft.content + size > MAX_POUCH:
                raise Unsafe("A pouch holds less than 4 GiB.", place=path, remedy="Export the record into a folder instead.")
            self._out.write(piece)
        member = Member(path, crc, size, self._at)
        self._out.seek(self._at)
        self._out.write(member.local)
        self._at = member.end
        self._out.seek(self._at)
        self._members.append(member)

    def close(self) -> None:
        """Write the central directory."""
        size = sum(self._out.write(member.central) for member in self._members)
        self._out.write(ending(len(self._members), size, self._at))


def read_members(source: BinaryIO, *, place: str) -> dict[str, Member]:
    """The members by path, after every byte of the container was compared with what :class:`PouchWriter` writes.

    Raises Malformed for what is no zip, Unsafe for members that are encrypted, compressed, links, listed twice or of paths that
    climb, and for any header that
    is not as it must be, naming it.
    """
    total = source.seek(0, 2)
    count, size, offset = _read_ending(source, total, place)
    source.seek(offset)
    directory = source.read(size)
    members: dict[str, Member] = {}
    at = end = 0
    for number in range(1, count + 1):
        here = f"{place}, member {number}"
        member, at = _read_central(directory, at, here)
        if member.path in members:
            raise Unsafe("{path} is there twice.", place=here, remedy="Refuse the pouch; ask for it again.", path=member.path)
        if member.offset != end or member.end > offset:
            raise _changed(f"{place}, {member.path}", "A file does not stand at its place in the pouch.")
        source.seek(member.offset)
        if source.read(len(member.local)) != member.local:
            raise _changed(f"{place}, {member.path}", "The local header of a file is not as it must be.")
        end = member.end
        members[member.path] = member
    if at != size or end != offset:
        raise _changed(place, "The pouch holds bytes that belong to none of its files.")
    return members


def _read_ending(source: BinaryIO, total: int, place: str) -> tuple[int, int, int]:
    source.seek(max(total - _END.size - _LOCATOR.size - _END64.size, 0))
    tail = source.read()
    if len(tail) < _END.size or not tail[-_END.size :].startswith(b"PK\x05\x06"):
        raise Malformed(
            "Not a zip that ends where it should: cut off, changed, or followed by something.",
            place=place,
            remedy="Ask for the pouch again.",
        )
    _, _, _, _, count, size, offset, _ = _END.unpack(tail[-_END.size :])
    if count == 0xFFFF and len(tail) == _END.size + _LOCATOR.size + _END64.size:
        count = _END64.unpack(tail[: _END64.size])[7]
    if count > MAX_MEMBERS or size > count * (_CENTRAL.size + MAX_PATH):
        raise Unsafe("More files than a pouch holds, or names longer than a path is.", place=place, remedy="Refuse the pouch.")
    expected = ending(count, size, offset)
    if offset + size + len(expected) != total or not tail.endswith(expected):
        raise _changed(place, "The end of the pouch's directory is not as it must be.")
    return count, size, offset


def _read_central(directory: bytes, at: int, place: str) -> tuple[Member, int]:
    try:
        fields = _CENTRAL.unpack_from(directory, at)
    except struct.error:
        raise _changed(place, "The entry of a file in the pouch's directory is not as it must be.") from None
    flags, method, crc, packed, size, length, attributes, offset = (fields[i] for i in (3, 4, 7, 8, 9, 10, 15, 16))
    name = directory[at + _CENTRAL.size : at + _CENTRAL.size + length]
    try:
        path = safe_path(name.decode("ascii"), place=place)
    except UnicodeDecodeError:
        raise Unsafe("A name that is not plain ASCII.", place=place, remedy="Refuse the pouch.") from None
    here = f"{place} ({path})"
    if flags & 1:
        raise Unsafe(
            "The file is encrypted.", place=here, remedy="Ask for a pouch without a password; confidential files are encrypted inside it."
        )
    if stat.S_ISLNK(attributes >> 16):
        raise Unsafe("A link, not a file.", place=here, remedy="Refuse the pouch.")
    if method != 0 or packed != size:
        raise Unsafe("The file is compressed; a pouch is not, so that nothing in it can swell.", place=here, remedy=_UNPACK)
    member = Member(path, crc, size, offset)
    end = at + len(member.central)
    if directory[at:end] != member.central:
        raise _changed(here, "The entry of a file in the pouch's directory is not as it must be.")
    return member, end


def _changed(place: str, message: str) -> Unsafe:
    return Unsafe(message, place=place, remedy=_UNPACK)
