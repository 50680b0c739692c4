"""Changing keys, joining and leaving, between real nodes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from comity.errors import BadSignature, ComityError, Refused, Untrusted
from comity.mechanisms.acts import ACCEDE, LEAVE, ROTATE_KEYS
from comity.node.governing import (
    RootChange,
    keep_root,
    latest_root,
    next_root,
    offer_root,
    published_root,
    root_keys_here,
    sign_root,
    succession,
    waiting_root,
)
from comity.node.setup import own_card
from comity.terms.audience import PUBLIC, Audience
from node.parliaments import Clock, Parliament, exchange, founded, introduce, parliament

APPOINT = {"person": "ann", "names": [{"lang": "en", "text": "Ann"}], "office": "member", "titles": [], "from": "2026"}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Parliament, Parliament, str]:
    clock = Clock()
    arvena, kelmor = (parliament(tmp_path, party, clock=clock) for party in ("arvena", "kelmor"))
    introduce(arvena, kelmor)
    return arvena, kelmor, founded(arvena, kelmor)


def prepared(one: Parliament, officers: list[str], threshold: int = 1) -> Any:
    return keep_root(one.node, next_root(one.node, officers, threshold, expires=one.node.clock() + timedelta(days=365)))


def publish(one: Parliament, mechanism: str, signers: list[str]) -> str:
    root = waiting_root(one.node, mechanism)
    assert root is not None
    files = offer_root(one.node, mechanism, root)
    payload = one.node.compose(ROTATE_KEYS, mechanism, {"version": root.version}, files=files, audience=Audience(PUBLIC))
    return one.node.sign(mechanism, payload, [one.node.custody.sign_act(key, payload) for key in signers])


def test_a_new_officers_key_enters_with_the_next_root_and_signs_from_then_on(pair: tuple[Parliament, Parliament, str]) -> None:
    arvena, kelmor, mechanism = pair
    old = arvena.officers[0]
    new = arvena.node.custody.create_officer(arvena.node.entropy)
    root = prepared(arvena, [new])
    change = RootChange(published_root(arvena.node, mechanism), root)
    assert (change.stay, change.enter, change.leave) == ([], [new], [old])
    publish(arvena, mechanism, [old])
    assert published_root(arvena.node, mechanism).version == 2
    assert waiting_root(arvena.node, mechanism) is None
    arvena.officers = [new]
    act = arvena.say("mechanisms/appoint/1", mechanism, APPOINT)
    exchange(mechanism, arvena, kelmor)
    assert kelmor.node.replica(mechanism).standing(act).status == "in_force"
    assert [r.version for r in kelmor.node.replica(mechanism).ledger.roots_of("arvena")] == [1, 2]


def test_a_key_that_has_left_signs_nothing_more(pair: tuple[Parliament, Parliament, str]) -> None:
    arvena, _, mechanism = pair
    new = arvena.node.custody.create_officer(arvena.node.entropy)
    prepared(arvena, [new])
    publish(arvena, mechanism, arvena.officers)
    with pytest.raises(ComityError):
        arvena.say("mechanisms/appoint/1", mechanism, APPOINT)


def test_after_a_root_with_threshold_two_one_signature_is_too_few_and_two_are_enough(pair: tuple[Parliament, Parliament, str]) -> None:
    arvena, _, mechanism = pair
    new = arvena.node.custody.create_officer(arvena.node.entropy)
    both = [*arvena.officers, new]
    prepared(arvena, both, threshold=2)
    publish(arvena, mechanism, arvena.officers)
    payload = arvena.node.compose("mechanisms/appoint/1", mechanism, APPOINT)
    signatures = [arvena.node.custody.sign_act(key, payload) for key in both]
    with pytest.raises(Refused):
        arvena.node.sign(mechanism, payload, signatures[:1])
    arvena.node.sign(mechanism, payload, signatures)


def test_a_root_that_the_root_key_has_not_signed_is_not_kept_until_it_is_signed_elsewhere(
    pair: tuple[Parliament, Parliament, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arvena, _, _ = pair
    offline = root_keys_here(arvena.node, latest_root(arvena.node))
    monkeypatch.setattr("comity.node.governing.root_keys_here", lambda node, root: ())
    data = next_root(arvena.node, arvena.officers, 1, expires=arvena.node.clock())
    with pytest.raises(BadSignature):
        keep_root(arvena.node, data)
    assert keep_root(arvena.node, sign_root(data, offline)).version == 2
    assert latest_root(arvena.node).version == 2


def test_a_root_that_skips_a_version_or_comes_from_elsewhere_is_not_kept(pair: tuple[Parliament, Parliament, str]) -> None:
    arvena, kelmor, _ = pair
    foreign = next_root(kelmor.node, kelmor.officers, 1, expires=kelmor.node.clock())
    with pytest.raises((BadSignature, Untrusted)):
        keep_root(arvena.node, foreign)
    again = next_root(arvena.node, arvena.officers, 1, expires=arvena.node.clock())
    keep_root(arvena.node, again)
    with pytest.raises(Untrusted):
        keep_root(arvena.node, again)


@pytest.mark.parametrize("threshold", [0, 2])
def test_a_threshold_that_nobody_can_meet_is_refused(pair: tuple[Parliament, Parliament, str], threshold: int) -> None:
    arvena, _, _ = pair
    with pytest.raises(Refused):
        next_root(arvena.node, arvena.officers, threshold, expires=arvena.node.clock())


def test_a_key_that_nobody_knows_is_refused(pair: tuple[Parliament, Parliament, str]) -> None:
    arvena, _, _ = pair
    with pytest.raises(Refused, match="not on this node"):
        next_root(arvena.node, ["f" * 64], 1, expires=arvena.node.clock())


def test_a_newcomer_joins_by_an_act_of_all_and_itself_and_is_given_the_past(
    pair: tuple[Parliament, Parliament, str], tmp_path: Path
) -> None:
    arvena, kelmor, mechanism = pair
    before = arvena.say("mechanisms/appoint/1", mechanism, APPOINT)
    sorvell = parliament(tmp_path, "sorvell", clock=Clock())
    introduce(arvena, kelmor, sorvell)
    card = own_card(sorvell.node)
    names = [{"lang": n.lang, "text": n.text} for n in card.names]
    party = {"id": "sorvell", "origin": "sorvell.example/00000009", "root": card.fingerprint, "names": names, "chambers": []}
    act = arvena.say(ACCEDE, mechanism, {"party": party})
    exchange(mechanism, arvena, kelmor)
    kelmor.countersign(mechanism, act)
    exchange(mechanism, arvena, kelmor)
    sorvell.node.receive(arvena.record(mechanism), source="arvena")
    sorvell.node.receive(kelmor.record(mechanism), source="kelmor")
    sorvell.countersign(mechanism, act)
    exchange(mechanism, arvena, kelmor, sorvell)
    for one in (arvena, kelmor, sorvell):
        ledger = one.node.replica(mechanism).ledger
        assert ledger.parties(ledger.membership()) == ("arvena", "kelmor", "sorvell")
        assert ledger.standing(before).status == "in_force"
    later = sorvell.say("mechanisms/appoint/1", mechanism, APPOINT)
    exchange(mechanism, arvena, kelmor, sorvell)
    assert arvena.node.replica(mechanism).standing(later).status == "in_force"
    assert len({one.digest(mechanism) for one in (arvena, kelmor, sorvell)}) == 1


def test_a_party_that_leaves_says_so_alone_and_what_was_in_force_stays(pair: tuple[Parliament, Parliament, str]) -> None:
    arvena, kelmor, mechanism = pair
    before = kelmor.say("mechanisms/appoint/1", mechanism, APPOINT)
    kelmor.say(LEAVE, mechanism, {"party": "kelmor"})
    exchange(mechanism, arvena, kelmor)
    ledger = arvena.node.replica(mechanism).ledger
    assert ledger.parties(ledger.membership()) == ("arvena",)
    assert ledger.standing(before).status == "in_force"


def test_only_a_log_that_has_forked_gets_a_successor(pair: tuple[Parliament, Parliament, str]) -> None:
    arvena, _, mechanism = pair
    with pytest.raises(Refused, match="has not forked"):
        succession(arvena.node, mechanism, arvena.node.own_origin(mechanism), "arvena.example/00000008")
