"""How the columns, codes and options of a file are to be understood, where they are not what the importer expects.

As a JSON file (``--mapping``):

    {"columns": {"ms_code": "COUNTRY"}, "codes": {"YAR": "YMD", "YAR|Yemen PR": "YMD"}, "options": {"oui": "yes"}, "registry": "none"}

``columns``: our name → the file's. ``codes``: the file's code, or ``code|name``, → a state of :mod:`comity.forums.states`; or any name
at all with ``registry: none``, for forums whose voters are not states of the United Nations. ``options``: the file's word → our word for
an option.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.errors import Malformed
from comity.forums.model import Option
from comity.forums.states import STATES, State, Unresolved, resolve, resolve_cow

WORDS = {o.word: o for o in Option}
_FIELDS = {"columns", "codes", "options", "registry"}


@dataclass(frozen=True)
class Reading:
    """See the module; ``registry`` is ``un`` (states of the United Nations, dated) or ``none`` (every code is its own voter)."""

    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Option] = field(default_factory=dict)
    registry: str = "un"

    def column(self, ours: str) -> str:
        return self.columns.get(ours, ours)

    def state(self, code: str, day: str, name: str, cow: str = "") -> State | Unresolved:
        """The state that a code of the file names on a day; the mapping goes first, then the registry."""
        wanted = self.codes.get(f"{code}|{name}", self.codes.get(code, ""))
        if self.registry == "none":
            key = wanted or code
            return State(key, key, "", name or key)
        if wanted:
            return STATES[wanted] if wanted in STATES else Unresolved(code, ())
        return resolve_cow(cow, day, code) if cow else resolve(code, day, name)


def read_mapping(text: str, *, place: str) -> Reading:
    """A mapping from its JSON text. :raises Malformed: on unknown fields, options or registries."""
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise Malformed("Not JSON: {error}.", place=place, remedy="Write it as the help of the import shows.", error=error) from None
    if not isinstance(raw, dict) or set(raw) - _FIELDS or not all(isinstance(raw.get(k, {}), dict) for k in _FIELDS - {"registry"}):
        raise Malformed("A mapping has the fields columns, codes, options and registry.", place=place, remedy="Remove the others.")
    registry = raw.get("registry", "un")
    if registry not in ("un", "none"):
        raise Malformed("There is no registry {registry}.", place=f"{place}: registry", remedy="Write un or none.", registry=registry)
    unknown = [w for w in raw.get("options", {}).values() if w not in WORDS]
    if unknown:
        raise Malformed(
            "{word} is not an option.", place=f"{place}: options", remedy="Use one of: {known}.", word=unknown[0], known=", ".join(WORDS)
        )
    options = {k.strip().lower(): WORDS[v] for k, v in raw.get("options", {}).items()}
    return Reading(dict(raw.get("columns", {})), dict(raw.get("codes", {})), options, registry)
