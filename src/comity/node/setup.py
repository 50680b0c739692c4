"""Making a node: its folder, its keys, its first key root, its introduction card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from comity.errors import ComityError
from comity.node.cards import Card
from comity.node.custody import Custody
from comity.node.home import Home, Settings
from comity.node.node import Node
from comity.terms.names import Name

ROOT_VALID = timedelta(days=3 * 365)


def make_node(
    folder: Path, settings: Settings, *, officers: int, threshold: int, clock: Callable[[], datetime], entropy: Callable[[int], bytes]
) -> list[str]:
    """Create a node's folder with all its keys; returns the key ids of its officers.

    An observer (``settings.party`` empty) gets a transport key only. ``threshold`` officers of ``officers`` have to sign an act. Raises
    :class:`ComityError`.
    """
    if settings.party and not 1 <= threshold <= officers:
        raise ComityError("At least one officer has to sign, and no more than there are.", place="threshold")
    home = Home(folder)
    home.create(settings, entropy)
    custody = Custody(home)
    custody.create("transport", entropy)
    if not settings.party:
        return []
    for role in ("root", "log", "witness"):
        custody.create(role, entropy)
    keyids = [custody.create_officer(entropy) for _ in range(officers)]
    custody.make_first_root(keyids, threshold, expires=clock() + ROOT_VALID)
    return keyids


def own_card(node: Node) -> Card:
    """This node's introduction, to be handed over in person."""
    roots = node.home.own_roots()
    if not roots:
        raise ComityError("An observer has no key to introduce itself by.", place="card")
    return Card(
        host=node.host,
        party=node.party,
        names=tuple(Name(n["text"], n["lang"], n.get("side", "")) for n in node.settings.names),
        chambers=node.settings.chambers,
        root=roots[0],
        transport=node.custody.key("transport").public,
        address=node.settings.address,
        certificate=node.settings.certificate,
        demonstration=node.settings.demonstration,
    )
