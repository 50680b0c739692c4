"""The one byte form of a JSON value: RFC 8785 (JCS), narrowed so that every reader agrees on what it says.

Narrower than JCS: no floats, no integers of 2**53 or more in size, no keys that are not text, bounded depth and size. Text is never
normalised.

The reference writer (``rfc8785``) is pure Python and slow. CPython's own encoder writes the same bytes, except that it sorts keys by code
point where JCS sorts them by UTF-16 unit (RFC 8785, section 3.2.3). Both orders agree while no key holds a character beyond U+FFFF, so only
values with such a character take the slow way. A property test holds the two together.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

import rfc8785

from comity.errors import Malformed

MAX_DEPTH = 32
MAX_SIZE = 4 * 1024 * 1024
_LIMIT = 2**53
_LONGEST_INT = 17  # a sign and the 16 digits of 2**53 - 1
_REMEDY = "Write it with comity.record.canonical, or by RFC 8785 without floats."


class _NotOurs(ValueError):
    """A number that is JSON, but that readers would not agree on."""


def _refuse_number(text: str) -> NoReturn:
    raise _NotOurs(text)


def _small_int(text: str) -> int:
    if len(text) > _LONGEST_INT or abs(int(text)) >= _LIMIT:
        raise _NotOurs(text)
    return int(text)


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode
_decode = json.JSONDecoder(parse_float=_refuse_number, parse_int=_small_int, parse_constant=_refuse_number).decode


def _check(value: object, depth: int, place: str) -> None:
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return
    if isinstance(value, (dict, list, tuple)):
        if depth > MAX_DEPTH:
            raise Malformed("Nested deeper than {limit} levels.", place=place, limit=MAX_DEPTH)
        if isinstance(value, dict) and not all(isinstance(key, str) for key in value):
            raise Malformed("A key that is not text.", place=place, remedy=_REMEDY)
        for item in value.values() if isinstance(value, dict) else value:
            _check(item, depth + 1, place)
    elif isinstance(value, int):
        if abs(value) >= _LIMIT:
            raise Malformed("An integer of 2**53 or more.", place=place, remedy="Write it as text.")
    else:
        raise Malformed("A {type} has no canonical form here.", place=place, remedy=_REMEDY, type=type(value).__name__)


def _all_bmp(text: str) -> bool:
    return text.isascii() or 2 * len(text) == len(text.encode("utf-16-le"))


def _write(value: Any, place: str) -> bytes:
    """Canonical bytes of a value that has passed ``_check`` or the strict decoder."""
    try:
        text = _encode(value)
        return text.encode() if _all_bmp(text) else rfc8785.dumps(value)
    except UnicodeEncodeError:
        raise Malformed("A lone surrogate is not a character.", place=place) from None


def canonical(obj: Any) -> bytes:
    """The canonical UTF-8 bytes of *obj*: dicts, lists, tuples, text, integers below 2**53, booleans, None (RFC 8785).

    Raises Malformed for floats, larger integers, keys that are not text, lone surrogates, other types and more than MAX_DEPTH levels.
    """
    _check(obj, 1, "")
    return _write(obj, "")


def parse_canonical(data: bytes, *, place: str, limit: int = MAX_SIZE) -> Any:
    """The value whose canonical form is *data*, at most *limit* bytes.

    Raises Malformed, naming *place*, for anything else: other spellings of the same value, a byte order mark, duplicate keys, floats,
    depth.
    """
    if len(data) > limit:
        raise Malformed("{size} bytes where at most {limit} are read.", place=place, size=len(data), limit=limit)
    try:
        value = _decode(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise Malformed("Not UTF-8.", place=place, remedy=_REMEDY) from None
    except RecursionError:
        raise Malformed("Nested deeper than {limit} levels.", place=place, limit=MAX_DEPTH) from None
    except _NotOurs:
        raise Malformed("A float, or an integer of 2**53 or more.", place=place, remedy="Write it as text.") from None
    except ValueError:
        raise Malformed("Not JSON.", place=place, remedy=_REMEDY) from None
    # Brackets bound the depth, so that the usual small value needs no walk.
    if data.count(b"{") + data.count(b"[") > MAX_DEPTH:
        _check(value, 1, place)
    # Also finds duplicate keys: the second parse of them is shorter than the data.
    if _write(value, place) != data:
        raise Malformed("Not in canonical form.", place=place, remedy=_REMEDY)
    return value
