"""The published JSON Schema of ``comity-reading/1`` and a check that needs no library.

``comity press schema`` prints it. Fields may be added in a later version of the reader, never renamed or removed; readers of the JSON
should ignore
what they do not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.errors import Malformed
from comity.press.model import AREAS, CLAIM_KINDS, FORMS, MEETING_KINDS, NATURES, RELATIONS, SCHEMA

_SPAN = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2, "description": "half-open code points"}
_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_MAYBE_SPAN = {"anyOf": [_SPAN, {"type": "null"}]}
_NUMBER = {"type": ["integer", "null"]}
_DATE = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "description": "partial ISO date"}
_SURE = {"type": "number", "minimum": 0, "maximum": 1}
_FLAG = {"type": "boolean"}


def _list(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(item)}


def _one_of(values: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [p for p in properties if p not in optional]}


_DUE = {"anyOf": [_object({"text": _SPAN, "date": _DATE}), {"type": "null"}]}

READING: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:comity:schema:reading:1",
    "title": "What a press reader proposes for one text",
    **_object(
        {
            "schema": {"const": SCHEMA},
            "language": _one_of(("en", "ru", "zh")),
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "of the text's UTF-8 bytes"},
            "reader": _TEXT,
            "reader_version": _TEXT,
            "meetings": _list(
                _object(
                    {
                        "name": _TEXT,
                        "kind": _one_of(MEETING_KINDS),
                        "ordinal": _NUMBER,
                        "place": _MAYBE,
                        "date": _DATE,
                        "end_date": _DATE,
                        "bodies": _list(_TEXT),
                        "parties": _list(_TEXT),
                        "chairs_or_hosts": _list(_TEXT),
                        "span": _SPAN,
                        "confidence": _SURE,
                        "anniversary": _NUMBER,
                    },
                    ("end_date", "anniversary"),
                )
            ),
            "anniversaries": _list(
                _object({"count": {"type": "integer"}, "of": _MAYBE, "year": _NUMBER, "span": _SPAN, "confidence": _SURE})
            ),
            "persons": _list(
                _object(
                    {
                        "name": _TEXT,
                        "role": _MAYBE,
                        "organisation": _MAYBE,
                        "country": _MAYBE,
                        "mentions": _list(_SPAN),
                        "confidence": _SURE,
                        "ref": _MAYBE,
                    },
                    ("ref",),
                )
            ),
            "statements": _list(
                _object(
                    {
                        "span": _SPAN,
                        "cue": _SPAN,
                        "speaker": _MAYBE,
                        "speaker_span": _MAYBE_SPAN,
                        "form": _one_of(FORMS),
                        "claim_kind": _one_of(CLAIM_KINDS),
                        "confidence": _SURE,
                        "speaker_ref": _MAYBE,
                        "continued": _FLAG,
                        "distanced": _FLAG,
                    },
                    ("speaker_ref", "continued", "distanced"),
                )
            ),
            "commitments": _list(
                _object(
                    {
                        "span": _SPAN,
                        "who": _list(_TEXT),
                        "nature": _one_of(NATURES),
                        "due": _DUE,
                        "area": _list(_one_of(AREAS)),
                        "confidence": _SURE,
                    }
                )
            ),
            "reported_facts": _list(
                _object({"span": _SPAN, "confidence": _SURE, "claim_kind": {"const": "reported_fact"}}, ("claim_kind",))
            ),
            "relations": _list(_object({"kind": _one_of(RELATIONS), "about": _TEXT, "ref": _TEXT, "note": _TEXT, "span": _MAYBE_SPAN})),
            "notes": _list(_TEXT),
        },
        ("anniversaries", "reported_facts", "relations", "notes"),
    ),
}


def check_reading(value: object, *, text: str | None = None) -> None:
    """Refuse what is not a reading: a missing field, a wrong type, a span that leaves the text. Raises :class:`Malformed` with the
    field's path."""
    _check(value, READING, "reading")
    if text is not None:
        _spans(value, len(text), "reading")


_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def _check(value: object, schema: Mapping[str, Any], place: str) -> None:  # noqa: C901  # one branch per keyword of the schema
    if "anyOf" in schema:
        errors = []
        for option in schema["anyOf"]:
            try:
                _check(value, option, place)
                return
            except Malformed as error:
                errors.append(error)
        raise errors[0]
    if "const" in schema and value != schema["const"]:
        raise Malformed(f"{value!r} is not {schema['const']!r}.", place=place)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, _TYPES[k]) and (k == "boolean" or not isinstance(value, bool)) for k in kinds):
        raise Malformed(f"{type(value).__name__} stands where {' or '.join(kinds)} is expected.", place=place)
    if "enum" in schema and value not in schema["enum"]:
        raise Malformed(f"{value!r} is none of {', '.join(schema['enum'])}.", place=place)
    if isinstance(value, dict):
        for name in schema.get("required", ()):
            if name not in value:
                raise Malformed("This field is missing.", place=f"{place}.{name}")
        for name, item in value.items():
            if name in schema.get("properties", {}):
                _check(item, schema["properties"][name], f"{place}.{name}")
    if isinstance(value, list) and "items" in schema:
        if len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", len(value)):
            raise Malformed("A span is a pair of numbers.", place=place)
        for number, item in enumerate(value):
            _check(item, schema["items"], f"{place}[{number}]")


def _spans(value: object, length: int, place: str) -> None:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) for v in value):
        if not 0 <= value[0] <= value[1] <= length:
            raise Malformed(f"The span {value} leaves the text of {length} characters.", place=place)
        return
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        _spans(item, length, f"{place}.{key}")
