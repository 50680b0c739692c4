"""Whose keys speak for which log, and from which entry on.

The founding act introduces the parties with their origins and first roots; an accession introduces a newcomer, a successor act a new log of
a party. The first roots of founders have to be trusted by whoever verifies; those introduced later are vouched for by the act, once all its
other signatories' logs hold it. A party changes its keys in its own log (``mechanisms/rotate-keys/1``), from the next entry on. Whether
such an act is void is the ledger's to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from comity.errors import ComityError, Malformed, Untrusted
from comity.record.encoding import check_sha256
from comity.record.layout import check_origin, root_path
from comity.record.report import Party
from comity.record.root import KeyRoot, verify_successor
from comity.record.statement import Statement

URN = "urn:comity:act:"
ACCEDE = URN + "mechanisms/accede/1"
ROTATE_KEYS = URN + "mechanisms/rotate-keys/1"
SUCCEED_LOG = URN + "mechanisms/succeed-log/1"


def founders(act: str, statement: Statement, *, place: str) -> list[Party]:
    """The parties that the founding act names. Raises Malformed if they cannot be read or two share an id or an origin."""
    body = statement.predicate.get("body")
    listed = body.get("parties") if isinstance(body, dict) else None
    if not isinstance(listed, list) or not listed:
        raise Malformed("The founding act names no parties.", place=place)
    parties = [_party(one, act, f"{place}, party {number}") for number, one in enumerate(listed, 1)]
    if len({one.id for one in parties}) != len(parties) or len({one.origin for one in parties}) != len(parties):
        raise Malformed("Two parties share an id or an origin.", place=place)
    return parties


def introduced(statements: Mapping[str, Statement], signed: Mapping[str, set[str]], known: Mapping[str, Party]) -> Iterator[Party]:
    """Parties and logs that acts introduce which every other signatory's log holds, and that are not *known* by origin."""
    for act, statement in statements.items():
        if statement.predicate_type not in (ACCEDE, SUCCEED_LOG):
            continue
        try:
            party = _from_act(act, statement, known)
        except ComityError:
            continue  # Not understood is the ledger's word for it; here it introduces nobody.
        if party is None or party.origin in known:
            continue
        signatories = statement.predicate.get("signatories")
        others = {one for one in signatories if isinstance(one, str)} - {party.id} if isinstance(signatories, list) else set()
        if others and others <= signed.get(act, set()):
            yield party


def rotated(current: KeyRoot, party: str, statement: Statement, roots: Mapping[str, KeyRoot], *, place: str) -> KeyRoot | None:
    """The root that comes after *current* by an act of *party* alone; None if the act is no rotation.

    Raises Untrusted if the root is not here, or what ``verify_successor`` raises.
    """
    if statement.predicate_type != ROTATE_KEYS:
        return None
    if statement.predicate.get("signatories") != [party] or len(statement.subject) != 1:
        raise Malformed("A change of keys is one root, by its party alone.", place=place)
    fingerprint = statement.subject[0].sha256
    if fingerprint not in roots:
        raise Untrusted("The new key root is not here.", place=root_path(fingerprint), remedy="Ask the party for it.")
    verify_successor(current, roots[fingerprint], place=root_path(fingerprint))
    return roots[fingerprint]


def _from_act(act: str, statement: Statement, known: Mapping[str, Party]) -> Party | None:
    body = statement.predicate.get("body")
    if not isinstance(body, dict):
        return None
    if statement.predicate_type == ACCEDE:
        return _party(body.get("party"), act, "body.party")
    old = known.get(str(body.get("old")))
    if old is None or old.id != body.get("party"):
        return None
    return Party(old.id, check_origin(body.get("origin"), place="body.origin"), "", act)


def _party(value: Any, act: str, place: str) -> Party:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise Malformed("A party has an id, an origin and a root.", place=place)
    origin = check_origin(value.get("origin"), place=f"{place}, origin")
    return Party(value["id"], origin, check_sha256(value.get("root"), place=f"{place}, root"), act)
