"""Seat, state and code: successions come out right."""

from __future__ import annotations

import pytest

from comity.forums.model import Option, RollCalls
from comity.forums.states import State, Unresolved, resolve, resolve_cow
from comity.forums.views import Unit, changes, view


@pytest.mark.parametrize(
    ("code", "day", "name", "state", "seat"),
    [
        ("CHN", "1971-10-24", "", "ROC", "CHN"),
        ("CHN", "1971-10-25", "", "CHN", "CHN"),
        ("RUS", "1991-12-23", "", "SUN", "RUS"),
        ("SUN", "1960-01-01", "", "SUN", "RUS"),
        ("RUS", "1991-12-24", "", "RUS", "RUS"),
        ("YUG", "1992-04-01", "", "YUG", "YUG"),
        ("YUG", "2001-01-01", "", "SCG", "SRB"),
        ("YUG", "2017-11-30", "", "SRB", "SRB"),
        ("DEU", "1980-01-01", "", "FRG", "DEU"),
        ("DEU", "1990-10-03", "", "DEU", "DEU"),
        ("DDR", "1980-01-01", "", "DDR", "DDR"),
        ("YEM", "1980-01-01", "", "YAR", "YEM"),
        ("YAR", "1980-01-01", "Yemen Arab Republic", "YAR", "YEM"),
        ("YAR", "1980-01-01", "Yemen People's Republic", "YMD", "YMD"),
        ("YAR", "1995-01-01", "", "YEM", "YEM"),
        ("CSK", "1990-01-01", "", "CSK", "CSK"),
        ("NAM", "1995-01-01", "", "NAM", "NAM"),
        ("ZAR", "1980-01-01", "ZAIRE", "COD", "COD"),
        ("BYS", "1980-01-01", "", "BLR", "BLR"),
    ],
)
def test_a_code_names_the_state_that_sat_on_that_day(code: str, day: str, name: str, state: str, seat: str) -> None:
    found = resolve(code, day, name)
    assert isinstance(found, State)
    assert (found.id, found.seat) == (state, seat)


def test_a_code_of_two_states_without_a_name_is_not_guessed() -> None:
    assert resolve("YAR", "1980-01-01") == Unresolved("YAR", ("YAR", "YMD"))


def test_an_unknown_code_is_not_guessed() -> None:
    assert resolve("XYZ", "1980-01-01") == Unresolved("XYZ", ())


@pytest.mark.parametrize(
    ("cow", "iso3", "day", "state"),
    [
        ("678", "YAR", "1980-01-01", "YAR"),
        ("680", "YAR", "1980-01-01", "YMD"),
        ("260", "DEU", "1980-01-01", "FRG"),
        ("255", "DEU", "1995-01-01", "DEU"),
    ],
)
def test_correlates_of_war_codes_tell_apart_what_one_iso_code_mixes(cow: str, iso3: str, day: str, state: str) -> None:
    found = resolve_cow(cow, day, iso3)
    assert isinstance(found, State)
    assert found.id == state


def test_the_seat_of_china_is_continuous_and_its_two_states_are_dated(unga: RollCalls) -> None:
    seats, states = view(unga, Unit.SEAT), view(unga, Unit.STATE)
    voted = (seats.options[:, seats.find("CHN")] >= 1) & (seats.options[:, seats.find("CHN")] <= 3)
    assert voted[unga.sessions == 20].any()
    assert voted[unga.sessions == 60].any()
    roc, prc = states.options[:, states.find("ROC")], states.options[:, states.find("CHN")]
    assert not ((roc >= 1) & (roc <= 3) & (unga.sessions > 26)).any()
    assert not ((prc >= 1) & (prc <= 3) & (unga.sessions < 26)).any()
    assert {o for o in roc[unga.sessions == 26]} & {Option.YES, Option.NO}
    assert {o for o in prc[unga.sessions == 26]} & {Option.YES, Option.NO}


def test_the_soviet_union_and_russia_share_a_seat_and_the_code_that_the_source_gives_them(unga: RollCalls) -> None:
    codes, states = view(unga, Unit.CODE), view(unga, Unit.STATE)
    assert [v.state for v in codes.members[codes.find("365")]] == ["SUN", "RUS"]
    ended = (states.options[:, states.find("SUN")] >= 1) & (states.options[:, states.find("SUN")] <= 3)
    assert max(e.date for e, v in zip(unga.events, ended, strict=True) if v) < "1991-12-24"


def test_yugoslavia_is_another_seat_than_serbia_although_the_source_has_one_code(unga: RollCalls) -> None:
    seats = view(unga, Unit.SEAT)
    old, new = seats.options[:, seats.find("YUG")], seats.options[:, seats.find("SRB")]
    assert not ((old >= 1) & (old <= 3) & (unga.sessions > 54)).any()
    assert not ((new >= 1) & (new <= 3) & (unga.sessions < 55)).any()
    codes = view(unga, Unit.CODE)
    assert [v.state for v in codes.members[codes.find("345")]] == ["YUG", "SCG", "SRB"]


def test_both_germanies_and_both_yemens_vote_side_by_side_and_one_of_each_goes_on(unga: RollCalls) -> None:
    seats = view(unga, Unit.SEAT)
    for staying, ending in (("DEU", "DDR"), ("YEM", "YMD")):
        a, b = seats.options[:, seats.keys.index(staying)], seats.options[:, seats.keys.index(ending)]
        together = (a >= 1) & (a <= 3) & (b >= 1) & (b <= 3)
        assert together[(unga.sessions >= 28) & (unga.sessions <= 44)].sum() > 500
        assert ((a >= 1) & (a <= 3))[unga.sessions == 60].any()
        assert not ((b >= 1) & (b <= 3))[unga.sessions > 45].any()


type Passing = tuple[str, str, int, str]


def turns(calls: RollCalls, unit: Unit, key: str) -> list[Passing]:
    seen = view(calls, unit)
    found = changes(calls, seen, seen.keys.index(key))
    return [(c.before.state, c.after.state, calls.events[c.event].session, c.day) for c in found]


@pytest.mark.parametrize(
    ("unit", "key", "told"),
    [
        (Unit.SEAT, "CHN", [("ROC", "CHN", 26, "1971-10-25")]),
        (Unit.SEAT, "RUS", [("SUN", "RUS", 47, "1991-12-24")]),
        (Unit.SEAT, "DEU", [("FRG", "DEU", 45, "1990-10-03")]),
        (Unit.SEAT, "YEM", [("YAR", "YEM", 45, "1990-05-22")]),
        (Unit.SEAT, "SRB", [("SCG", "SRB", 60, "2006-06-03")]),
        (Unit.SEAT, "YUG", []),
        (Unit.STATE, "RUS", []),
        (Unit.CODE, "345", [("YUG", "SCG", 55, "2000-11-01"), ("SCG", "SRB", 60, "2006-06-03")]),
    ],
)
def test_a_seat_tells_where_one_state_followed_another(unga: RollCalls, unit: Unit, key: str, told: list[Passing]) -> None:
    assert turns(unga, unit, key) == told
