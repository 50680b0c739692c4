"""Whom a verification trusts: the fingerprint of a party's first key root, however it is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import click

from comity.cli.say import safe
from comity.errors import ComityError, Untrusted
from comity.node.cards import FORMAT, read_card
from comity.record.encoding import is_sha256
from comity.record.root import KeyRoot

MAX_BYTES = 262_144


def fingerprint(text: str) -> str:
    """SHA-256 (64 hex digits) of a first key root, from itself, from the path of a ``root.1.json`` or of an introduction card.

    Raises ComityError if the file is neither.
    """
    if is_sha256(text.lower()):
        return text.lower()
    path = Path(text)
    if not path.is_file():
        raise Untrusted(
            "Neither a file nor the 64 hexadecimal digits of a SHA-256.",
            place=text,
            remedy="Give a root.1.json, an introduction card, or its fingerprint as printed in the founding minutes.",
        )
    with path.open("rb") as source:
        data = source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Untrusted("Neither a key root nor an introduction card is that large.", place=text)
    if _is_card(data):
        return read_card(data).fingerprint
    root = KeyRoot.from_bytes(data, place=text)
    if root.version != 1:
        raise Untrusted(
            "This is key root {version}; what is trusted is the first one, from which the others follow.",
            place=text,
            remedy="Give root.1.json.",
            version=root.version,
        )
    return root.fingerprint


def _is_card(data: bytes) -> bool:
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("format") == FORMAT


class Trust(click.ParamType[str]):
    """The option's type: what cannot be understood is a mistake in the command (exit code 2)."""

    name = "ROOT|CARD|SHA256"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return fingerprint(value)
        except ComityError as error:
            self.fail(safe(error), param, ctx)
