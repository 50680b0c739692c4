"""Base64 and hexadecimal with exactly one spelling per value, so that no second byte string says the same thing.

A decoder that forgives (spare bits, missing padding, line breaks, the URL alphabet) lets one signed tree have two checkpoints; here
``encode(decode(x)) == x`` always (RFC 4648, sections 3.2, 3.3 and 3.5).
"""

from __future__ import annotations

import binascii
import re

from comity.errors import Malformed

_HEX64 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def b64encode(data: bytes) -> str:
    """Standard base64 (RFC 4648, section 4) with padding, on one line."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def b64decode(text: str, *, place: str, length: int | None = None) -> bytes:
    """The bytes that *text* spells, exactly *length* of them if given.

    Raises Malformed unless *text* is the one canonical spelling.
    """
    try:
        data = binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
    except (ValueError, UnicodeEncodeError):
        data = None
    if data is None or b64encode(data) != text:
        raise Malformed("Not canonical base64.", place=place, remedy="Encode it again as in RFC 4648, section 4, with padding.")
    if length is not None and len(data) != length:
        raise Malformed("{got} bytes where {want} belong.", place=place, got=len(data), want=length)
    return data


def is_sha256(text: object) -> bool:
    """Whether *text* is a SHA-256 in lower-case hexadecimal."""
    return isinstance(text, str) and _HEX64.fullmatch(text) is not None


def check_sha256(text: object, *, place: str) -> str:
    """*text* if it is 64 lower-case hexadecimal digits; raises Malformed otherwise."""
    if isinstance(text, str) and is_sha256(text):
        return text
    raise Malformed("Not a SHA-256 in lower-case hexadecimal.", place=place)
