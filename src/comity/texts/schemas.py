"""JSON Schemas (2020-12) of what `comity texts … --json` prints. A field is never renamed or removed; new ones may be added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_EIDS: Final[Schema] = {"type": "array", "items": {"type": "string"}}
_INDEXES: Final[Schema] = {"type": "array", "items": {"type": "integer", "minimum": 0}}
_SHARE: Final[Schema] = {"type": "number", "minimum": 0, "maximum": 1}


def _object(description: str = "", **properties: Schema) -> Schema:
    described = {"description": description} if description else {}
    return {"type": "object", **described, "required": list(properties), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_PIECES: Final = _list(_object("A run of tokens that stays, goes or comes.", op={"enum": ["keep", "delete", "insert"]}, text=_TEXT))
_PROVISIONS: Final = _list({"$ref": "#/$defs/provision"})
_PROVISION: Final = _object(
    "One provision; its eid is the same in every language.",
    eid=_TEXT,
    kind=_TEXT,
    num=_TEXT,
    heading=_TEXT,
    text=_TEXT,
    children=_PROVISIONS,
)

SCHEMAS: Final[Mapping[str, Schema]] = {
    "structure": _object(
        "A text read into provisions, with its references resolved.",
        language=_TEXT,
        status={"enum": ["authentic", "official_translation", "unofficial", "machine"]},
        title=_TEXT,
        subtitle=_TEXT,
        preamble=_PROVISIONS,
        provisions=_PROVISIONS,
        conclusions=_PROVISIONS,
        references=_list(
            _object(
                "Code points start to end in the text of eid; target is empty for other instruments.",
                eid=_TEXT,
                start={"type": "integer"},
                end={"type": "integer"},
                text=_TEXT,
                target=_TEXT,
                exists={"type": "boolean"},
                external={"type": "boolean"},
            )
        ),
        warnings=_list(_object(code=_TEXT, place=_TEXT, message=_TEXT)),
    )
    | {"$defs": {"provision": _PROVISION}},
    "align": _object(
        "Which clauses belong together; an empty side is a clause that the other text lacks.",
        beads=_list({"type": "array", "prefixItems": [_INDEXES, _INDEXES], "minItems": 2, "maxItems": 2}),
        similarity=_list(_SHARE),
        encoder=_TEXT,
    ),
    "check": _object(
        "What the language versions do not agree on; `blocking` counts errors that nobody waived.",
        findings=_list(
            _object(
                key=_TEXT,
                code=_TEXT,
                eid=_TEXT,
                languages=_EIDS,
                severity={"enum": ["error", "warning", "info"]},
                message=_TEXT,
                spans={"type": "object", "additionalProperties": _list(_INDEXES)},
                waiver=_TEXT,
            )
        ),
        blocking={"type": "integer", "minimum": 0},
    ),
    "redline": _object(
        "Changed lines; old and new are eIds, null where a line came or went.",
        changes=_list(_object(old={"type": ["string", "null"]}, new={"type": ["string", "null"]}, pieces=_PIECES)),
    ),
    "search": _object(
        "Precedents of a phrase, best first.",
        precedents=_list(
            _object(
                ref=_TEXT,
                date=_TEXT,
                title=_TEXT,
                meeting=_TEXT,
                side=_TEXT,
                standing=_TEXT,
                language=_TEXT,
                passage=_TEXT,
                similarity=_SHARE,
                exact={"type": "boolean"},
                pieces=_PIECES,
                versions={"type": "object", "additionalProperties": _TEXT},
            )
        ),
    ),
    "compare": _object(
        "Which provisions of two laws, or of two versions of one, correspond.",
        matches=_list(
            _object(
                source=_EIDS,
                target=_EIDS,
                similarity=_SHARE,
                kind={"enum": ["same", "changed", "added", "removed", "related"]},
                pieces=_PIECES,
            )
        ),
    ),
}
"""Schema by command name."""


def schema(name: str) -> Schema:
    """The schema of one command with its id. Raises KeyError for an unknown name."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:comity:schema:texts/{name}/1", **SCHEMAS[name]}
