"""What went wrong is kept with its gaps open, and told again in the same words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from comity.errors import MAX_DETAIL, ComityError, PeerTrouble, Unsafe
from comity.node.told import kept, told
from node.parliaments import Clock, parliament

ERRORS = [
    ComityError("{party!r} has signed {n} times.", place="body.by", remedy="Ask {party}.", party="凯尔莫", n=3),
    Unsafe("Braces { are no gaps } without details.", place="files", remedy="Leave {it}."),
    PeerTrouble("It is down."),
]


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_told_again_in_the_same_words(error: ComityError) -> None:
    assert str(told(kept(error))) == str(error)
    assert str(ComityError.from_json(error.to_json())) == str(error)


def test_gaps_stay_open_in_what_is_kept() -> None:
    row = kept(ERRORS[0])
    assert (row["message"], row["remedy"]) == ("{party!r} has signed {n} times.", "Ask {party}.")
    assert json.loads(row["details"]) == {"party": "凯尔莫", "n": "3"}


def test_what_a_stranger_sent_is_cut_and_still_told() -> None:
    error = ComityError("{name} is not known.", place="p" * 900, name="x" * 100_000)
    assert told(kept(error)).message == "x" * MAX_DETAIL + " is not known."
    assert len(kept(error)["place"]) == 500


def test_a_refusal_is_listed_once_for_each_thing_it_is_about(tmp_path: Path) -> None:
    node = parliament(tmp_path, "arvena", clock=Clock()).node
    for act in ("a1", "b2", "a1"):
        node.refuse(ComityError("There is no act {act}.", place="refs", act=act), source="kelmor.zip")
    assert [told(row).message for row in node.store.refusals()] == ["There is no act b2.", "There is no act a1."]
