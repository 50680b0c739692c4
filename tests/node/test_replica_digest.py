"""The hash of the state as a replica keeps it: that of its ledger, made anew only when something more was judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.ledger.replay import Ledger
from comity.meetings.acts import CONVENE

from .parliaments import exchange, founded
from .travelling import convening, pair


def test_the_kept_digest_is_the_ledgers_after_every_arrival_and_made_once_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arvena, kelmor = pair(tmp_path)
    mechanism = founded(arvena, kelmor)
    replica = arvena.node.replica(mechanism)
    seen = [replica.digest()]
    act = kelmor.say(CONVENE, mechanism, convening(mechanism), {})
    for step in (lambda: None, lambda: arvena.countersign(mechanism, act)):
        exchange(mechanism, arvena, kelmor)
        step()
        seen.append(arvena.node.replica(mechanism).digest())
        assert seen[-1] == replica.ledger.digest()
    assert len(set(seen)) == 3
    monkeypatch.setattr(Ledger, "digest", lambda _: "made again")
    assert replica.digest() == seen[-1]
