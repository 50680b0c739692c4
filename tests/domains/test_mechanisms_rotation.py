"""Whose turn it is to host, and why."""

from __future__ import annotations

import pytest

from comity.mechanisms.rotation import Hosted, next_host

TWO, THREE = ("arvena", "kelmor"), ("arvena", "kelmor", "sorvell")


def hosted(*parties: str | None) -> tuple[Hosted, ...]:
    return tuple(Hosted(party, n, str(2015 + n)) for n, party in enumerate(parties, start=1))


def test_the_first_founder_hosts_first() -> None:
    turn = next_host(TWO, ())
    assert (turn.party, turn.why, turn.last, turn.own_last) == ("arvena", "nobody_hosted_yet", None, None)


def test_two_parties_host_turn_and_turn_about() -> None:
    assert next_host(TWO, hosted("arvena")).party == "kelmor"
    assert next_host(TWO, hosted("arvena", "kelmor", "arvena")).party == "kelmor"
    assert next_host(TWO, hosted("arvena", "kelmor")).party == "arvena"


def test_the_reason_names_who_hosted_last_and_how_long_the_next_has_waited() -> None:
    turn = next_host(TWO, hosted("arvena", "kelmor", "arvena"))
    assert turn.why == "waited_longest"
    assert turn.last == Hosted("arvena", 3, "2018")
    assert turn.own_last == Hosted("kelmor", 2, "2017")
    assert turn.times == (("arvena", 2), ("kelmor", 1))


def test_a_party_that_hosted_twice_running_does_not_owe_a_third_turn() -> None:
    assert next_host(TWO, hosted("arvena", "kelmor", "kelmor")).party == "arvena"


def test_who_never_hosted_comes_before_who_waited_long() -> None:
    turn = next_host(THREE, hosted("arvena", "kelmor"))
    assert (turn.party, turn.why) == ("sorvell", "never_hosted")


def test_of_three_the_one_that_waited_longest_is_next_under_alternation() -> None:
    assert next_host(THREE, hosted("sorvell", "arvena", "kelmor")).party == "sorvell"


def test_as_founded_follows_the_last_host_round() -> None:
    assert next_host(THREE, hosted("arvena", "arvena"), order="as_founded").party == "kelmor"
    assert next_host(THREE, hosted("arvena", "kelmor", "sorvell"), order="as_founded").party == "arvena"


def test_a_meeting_that_nobody_hosted_is_no_turn() -> None:
    assert next_host(TWO, hosted("arvena", None)).party == "kelmor"


def test_a_host_that_has_left_is_passed_over() -> None:
    turn = next_host(TWO, hosted("arvena", "sorvell"), order="as_founded")
    assert (turn.party, turn.last) == ("kelmor", Hosted("arvena", 1, "2016"))


def test_history_is_read_by_its_ordinals_not_by_how_it_is_listed() -> None:
    assert next_host(TWO, tuple(reversed(hosted("arvena", "kelmor")))).party == "arvena"


def test_an_unknown_order_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="by_lot"):
        next_host(TWO, (), order="by_lot")
