"""Reading a case file (``comity-case/1``, YAML): facts in the observer's own words, each with its sources.

Everything is checked before anything is made of it: ids that stand twice, sources and commitments that are not there, words outside the
vocabularies. Dates stay as they are written; YAML's own dates, aliases and repeated keys are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from comity.errors import Malformed
from comity.observations.model import FINDINGS, NATURES, STATEMENT_KINDS
from comity.terms.dates import PartialDate

SCHEMA = "comity-case/1"
MAX_BYTES = 8 * 1024 * 1024
LISTS = ("bodies", "persons", "meetings", "texts", "commitments", "follow_up", "statements", "conflicts", "sources")
COUNTED = ("meetings", "commitments", "statements", "sources", "conflicts", "follow_up")
_KNOWN = frozenset({"schema", "case", "record_status", "record_note", "vocab", "mechanism", *LISTS})
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}", re.ASCII)
_WORDS = {("commitments", "nature"): NATURES, ("follow_up", "finding"): FINDINGS, ("statements", "kind"): STATEMENT_KINDS}
_REFERENCES = {("follow_up", "commitment"): "commitments", ("commitments", "made_at"): "meetings", ("statements", "at"): "meetings"}


class _Loader(yaml.SafeLoader):
    """YAML without what makes a file say more than it shows."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias stands where its value should")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if len(set(keys)) != len(keys):
            raise yaml.YAMLError(f"a key stands twice near line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in found if tag in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:null")
    ]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_case(data: bytes, *, place: str) -> dict[str, Any]:
    """The case in *data*, checked. Raises Malformed, naming the item and the field; see the module's text."""
    if len(data) > MAX_BYTES:
        raise Malformed("A case of more than {limit} bytes.", place=place, remedy="Divide it.", limit=MAX_BYTES)
    try:
        case = yaml.load(data.decode("utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader, narrowed
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise Malformed("Not YAML that is read here: {why}.", place=place, remedy="Write plain YAML in UTF-8.", why=why) from None
    if not isinstance(case, dict) or case.get("schema") != SCHEMA:
        raise Malformed("Not a case of the format {schema}.", place=f"{place}: schema", remedy="See the two cases here.", schema=SCHEMA)
    if unknown := sorted(str(key) for key in case.keys() - _KNOWN):
        raise Malformed("This field is not known: {unknown}.", place=place, remedy="Remove it.", unknown=", ".join(unknown))
    if not isinstance(case.get("case"), str) or _SLUG.fullmatch(case["case"]) is None:
        raise Malformed("A case is named in small letters, digits and hyphens.", place=f"{place}: case")
    if not isinstance(case.get("mechanism"), dict) or not isinstance(case["mechanism"].get("names"), dict):
        raise Malformed("A case is about a mechanism that has names.", place=f"{place}: mechanism")
    _check_items(case, place)
    return case


def counts(case: Mapping[str, Any]) -> dict[str, int]:
    """How much a case holds of what."""
    return {name: len(case.get(name) or ()) for name in COUNTED}


def _check_items(case: dict[str, Any], place: str) -> None:
    ids = {name: _ids(case, name, place) for name in LISTS}
    for name in LISTS:
        for number, item in enumerate(case.get(name) or ()):
            here = f"{place}: {name}[{number}] ({item['id']})"
            for source in cited(item):
                if source not in ids["sources"]:
                    raise Malformed("There is no source {source}.", place=here, remedy="Add it to the sources.", source=source)
            for (kind, field), words in _WORDS.items():
                if kind == name and item.get(field) not in words:
                    raise Malformed("The {field} is one of {words}.", place=here, field=field, words=", ".join(words))
            for (kind, field), to in _REFERENCES.items():
                if kind == name and field in item and item[field] not in ids[to]:
                    raise Malformed("There is nothing of that id: {id}.", place=f"{here}.{field}", id=item[field])
            _check_dates(item, here)
    for source in cited(case["mechanism"]):
        if source not in ids["sources"]:
            raise Malformed("There is no source {source}.", place=f"{place}: mechanism", remedy="Add it to the sources.", source=source)


def _check_dates(item: Mapping[str, Any], here: str) -> None:
    dates = item.get("dates") or {}
    if not isinstance(dates, dict):
        raise Malformed("Dates are start and end.", place=f"{here}.dates")
    for field, text in [("date", item.get("date")), *dates.items()]:
        if text is None:
            continue
        try:
            PartialDate(str(text))
        except Exception:
            raise Malformed(
                "{text!r} is not a date.", place=f"{here}.{field}", remedy="Write YYYY, YYYY-MM or YYYY-MM-DD.", text=text
            ) from None


def _ids(case: Mapping[str, Any], name: str, place: str) -> frozenset[str]:
    items = case.get(name) or []
    if not isinstance(items, list):
        raise Malformed("A list is expected here.", place=f"{place}: {name}")
    found: set[str] = set()
    for number, item in enumerate(items):
        here = f"{place}: {name}[{number}]"
        if not isinstance(item, dict) or not isinstance(item.get("id"), str) or _ID.fullmatch(item["id"]) is None:
            raise Malformed("An item with an id is expected here.", place=here)
        if item["id"] in found:
            raise Malformed("The id {id} stands twice.", place=here, id=item["id"])
        found.add(item["id"])
    return frozenset(found)


def cited(value: Any) -> Iterator[str]:
    """The ids of all sources that are named anywhere in *value*."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source" and isinstance(inner, str):
                yield inner
            elif (key == "sources" or key.endswith("_sources")) and isinstance(inner, list):
                yield from map(str, inner)
            else:
                yield from cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner)
