"""An act about a meeting against the record's own rules, before anybody signs: what closing for signature would refuse is said at its
field now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.desk.node import the_node
from comity.meetings.acts import still_open
from comity.record.statement import Statement
from comity.terms.act import Act
from comity.terms.ids import digest


def rehearse(kind: str, mechanism: str, body: Mapping[str, Any], files: Mapping[str, str] | None = None) -> None:
    """Bind ``body`` and ``files`` to the present record and throw the bytes away; raises :class:`Unsayable`."""
    node = the_node()
    if mechanism in node.mechanisms():
        payload = node.compose(kind, mechanism, body, files=files)
        still_open(Act.from_statement(digest(payload), Statement.from_bytes(payload)))
