"""The node's own log of observations, as the press desk writes to it: fragments of what was accepted, and their taking back."""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.conf import settings

from comity.desk.node import the_node
from comity.observations.log import ObservationLog
from comity.observations.model import RETRACTED, Fragment
from comity.record.keys import SigningKey

LOG_KEY, SIGNER = "observer-log", "observer"


def append(fragments: Iterable[Fragment]) -> None:
    """Append to this node's log, which is begun with its keys if there is none. All or none are written."""
    log = ObservationLog(settings.HOME.folder / "observations")
    keys = _keys()
    if not log.exists:
        log.create(f"{settings.NODE.host}/{os.urandom(4).hex()}", *keys)
    log.append(fragments, *keys)


def retraction(about: str, fragments: Iterable[str]) -> Fragment:
    """One more fragment that takes others of the same thing back."""
    return Fragment(about, RETRACTED, sorted(fragments))


def _keys() -> tuple[SigningKey, SigningKey]:
    """The key of the log and the key of the observer, in this node's custody; made at the first use."""
    custody = the_node().custody
    log, signer = (custody.key(name) if custody.has(name) else custody.create(name, os.urandom) for name in (LOG_KEY, SIGNER))
    return log, signer
