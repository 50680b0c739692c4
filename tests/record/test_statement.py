"""In-toto statements."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from comity.errors import ComityError, Malformed, Unsafe
from comity.record.canonical import canonical
from comity.record.statement import STATEMENT_TYPE, Statement, Subject

ZERO = "0" * 64


def statement(**changes: Any) -> bytes:
    value = {"_type": STATEMENT_TYPE, "predicate": {"a": 1}, "predicateType": "urn:comity:act:x/y/1", "subject": []}
    return canonical(value | changes)


def test_a_statement_reads_back_to_the_same_bytes() -> None:
    made = Statement((Subject("text.zh-Hans.akn.xml", ZERO), Subject("附件/доклад.pdf", "1" * 64)), "urn:comity:act:x/y/1", {"où": ["é"]})
    assert Statement.from_bytes(made.to_bytes()) == made
    assert json.loads(made.to_bytes())["subject"][1]["name"] == "附件/доклад.pdf"


def test_the_id_is_the_digest_of_the_bytes() -> None:
    made = Statement((), "t", {})
    assert made.id == hashlib.sha256(made.to_bytes()).hexdigest()


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../a",
        "a/../b",
        "/a",
        "a//b",
        "a/",
        "a\\b",
        "c:a",
        "a\nb",
        "a\x7f",
        "a\u202eb",
        "a\u200b",
        "\ufeffa",
        "a.",
        "a ",
        " a",
        "a?",
        "x" * 256,
    ],
)
def test_names_that_climb_hide_or_are_cut_short_are_refused(name: str) -> None:
    subject = {"digest": {"sha256": ZERO}, "name": name}
    with pytest.raises((Unsafe, Malformed)):
        Statement.from_bytes(statement(subject=[subject]))
    with pytest.raises((Unsafe, Malformed)):
        Statement((Subject(name, ZERO),), "t", {}).to_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        statement(_type="https://in-toto.io/Statement/v0.1"),
        statement(more=1),
        statement(predicate=[]),
        statement(predicateType=""),
        statement(predicateType=7),
        statement(subject={}),
        statement(subject=[{"name": "a"}]),
        statement(subject=[{"digest": {"sha256": ZERO}, "name": "a", "uri": "b"}]),
        statement(subject=[{"digest": {"sha1": ZERO}, "name": "a"}]),
        statement(subject=[{"digest": {"sha256": "F" * 64}, "name": "a"}]),
        statement(subject=[{"digest": {"sha256": ZERO}, "name": 1}]),
        statement(subject=[{"digest": {"sha256": ZERO}, "name": "a"}] * 2),
        statement() + b"\n",
    ],
    ids=range(14),
)
def test_statements_of_another_shape_are_refused(data: bytes) -> None:
    with pytest.raises(ComityError, match=r"^here"):
        Statement.from_bytes(data, place="here")
