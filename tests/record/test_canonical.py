"""Canonical JSON: one value, one byte string."""

from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import Malformed
from comity.record.canonical import MAX_DEPTH, canonical, parse_canonical

# Text that reaches both sides of the surrogates, where the two key orders differ.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.text(
    st.sampled_from('aé\u0000\n"\\/\u007f\u2028\ud7ff\ue000\uffff\U00010000\U0010ffff'), max_size=4
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=12,
)


@given(values)
def test_canonical_bytes_are_those_of_the_reference_writer(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(values)
def test_what_was_written_reads_back(value: object) -> None:
    assert parse_canonical(canonical(value), place="here") == value


@given(values)
def test_the_only_spelling_that_is_read_is_the_canonical_one(value: object) -> None:
    for other in (json.dumps(value), json.dumps(value, ensure_ascii=False), json.dumps(value, indent=1)):
        data = other.encode()
        if data == canonical(value):
            assert parse_canonical(data, place="here") == value
        else:
            with pytest.raises(Malformed, match=r"^here"):
                parse_canonical(data, place="here")


def test_keys_beyond_the_basic_plane_sort_by_utf_16_unit() -> None:
    assert canonical({"\ue000": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ue000":1}'.encode()


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), 2**53, -(2**53), {1: 2}, "\ud800", {"\udfff": 1}, b"bytes", {1, 2}, {"a": [{"b": 0.5}]}, object()]
)
def test_values_that_readers_could_take_differently_are_refused(value: object) -> None:
    with pytest.raises(Malformed):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b"1.0",
        b"1e3",
        b"-0",
        b"9007199254740992",
        b"9" * 5000,
        b"NaN",
        b"Infinity",
        b" 1",
        b"1\n",
        b'\xef\xbb\xbf{"a":1}',
        b'"\xff"',
        b'"\\ud800"',
        b'"\\u00e9"',
        b'"\\u0041"',
        b'"\\/"',
        b'"\x01"',
        b"",
        b"{",
        b"nul",
        "\ufeff1".encode(),
        b"[" * 100_000,
        b"[" * 33 + b"]" * 33,
        b'"' + b"x" * 5_000_000 + b'"',
    ],
    ids=range(26),
)
def test_other_spellings_duplicates_floats_and_depth_are_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse_canonical(data, place="here")


def test_nesting_is_read_and_written_to_one_and_the_same_depth() -> None:
    value: object = 1
    for _ in range(MAX_DEPTH):
        value = [value]
    assert parse_canonical(canonical(value), place="here") == value
    with pytest.raises(Malformed):
        canonical([value])
