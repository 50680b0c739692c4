"""A form's body against the record's own rules, before anybody signs: the rule stays where it is written, in its domain's ``acts.py``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.desk.node import the_node


def rehearse(kind: str, mechanism: str, body: Mapping[str, Any], files: Mapping[str, str] | None = None) -> None:
    """Bind ``body`` to the present record and throw the bytes away.

    Raises what closing for signature would raise, now that its field is at hand.
    """
    node = the_node()
    if mechanism in node.mechanisms():
        node.compose(kind, mechanism, body, files=files)
