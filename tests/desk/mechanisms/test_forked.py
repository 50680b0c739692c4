"""A log that has really forked: the pages say so, and its successor is opened by both parties from the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.mechanisms.acts import SUCCEED_LOG
from desk.mechanisms.test_record import Pair, pair  # noqa: F401  # the fixture
from node.test_forks import appoint, twin_of

pytestmark = pytest.mark.django_db


def test_a_forked_log_gets_a_successor_from_the_page_and_its_party_signs_again(pair: Pair, tmp_path: Path) -> None:  # noqa: F811  # pytest hands the fixture over by its name
    twin = twin_of(pair.kelmor, tmp_path / "twin")
    first, second = appoint(pair.kelmor, pair.mechanism, "juno"), appoint(twin, pair.mechanism, "petra")
    origin = pair.kelmor.node.own_origin(pair.mechanism)
    for side in (pair.kelmor, twin):
        pair.arvena.node.receive(side.record(pair.mechanism), source=side.node.host)
    pair.kelmor.node.receive(pair.arvena.record(pair.mechanism), source="arvena")
    pair.mirror()
    governance = pair.client.get(f"/mechanisms/{pair.mechanism}/governance/").content.decode()
    assert ">forked<" in governance
    address = f"/mechanisms/succeed-log/?mechanism={pair.mechanism}"
    assert f'href="{address}"' in governance
    page = pair.client.get(address)
    assert [f["origin"] for f in page.context["forks"]] == [origin]
    assert len(page.context["forks"][0]["heads"]) == 2
    act = pair.say(address, {"log": origin})
    ledger = pair.arvena.node.replica(pair.mechanism).ledger
    assert ledger.standing(act).status == "in_force"
    assert ledger.act(act).type == SUCCEED_LOG
    new = pair.kelmor.node.own_origin(pair.mechanism)
    assert new != origin
    assert new in pair.client.get(f"/mechanisms/{pair.mechanism}/governance/").content.decode()
    later = appoint(pair.kelmor, pair.mechanism, "aren")
    pair.arvena.node.receive(pair.kelmor.record(pair.mechanism), source="kelmor")
    assert pair.arvena.node.replica(pair.mechanism).standing(later).status == "in_force"
    assert {first, second} <= set(ledger.acts()), "both histories stay readable"
