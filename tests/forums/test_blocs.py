"""Blocs: named once, dated, kept beside the roll calls, and asked for by their name."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.cli.forums import forums
from comity.forums import store
from comity.forums.agreement import Agreement
from comity.forums.blocs import Bloc, Membership, cast, from_lines, held, keep, merged, named, read, to_csv
from comity.forums.clusters import matrix
from comity.forums.cohesion import cohesion, per_call
from comity.forums.divergences import divergences
from comity.forums.importers.report import ImportRefused
from comity.forums.model import Forum, Option, RollCalls, VoteEvent, Voter

DAYS = ("2008-06-01", "2010-06-01", "2012-06-01", "2016-06-01")


@pytest.fixture
def calls() -> RollCalls:
    """A and B vote yes and C no, in four years; D is never there."""
    events = tuple(VoteEvent(str(n), n + 1, day, "Mines in straits") for n, day in enumerate(DAYS))
    row = [Option.YES, Option.YES, Option.NO, Option.ABSENT]
    return RollCalls(Forum("t", {"en": "T"}), events, tuple(Voter(c, c, c, "", c) for c in "ABCD"), np.array([row] * 4, dtype=np.int8), "")


def find(calls: RollCalls, code: str) -> str:
    view = Agreement(calls).view
    return view.keys[view.find(code)]


def test_a_member_counts_from_its_first_day_until_before_its_last(calls: RollCalls) -> None:
    bloc = Bloc("Straits", (Membership("A"), Membership("B"), Membership("C", "2010-06-01", "2016-06-01")))
    _units, options = cast(Agreement(calls), bloc)
    assert [o == Option.NO for o in options[:, 2].tolist()] == [False, True, True, False]
    assert per_call(Agreement(calls), bloc).agreement.tolist() == [1, 0.5, 0.5, 1]
    assert [c.members for c in cohesion(Agreement(calls), bloc) if c.index == "rice"] == [2, 3, 3, 2]


def test_who_comes_back_has_two_memberships(calls: RollCalls) -> None:
    bloc = Bloc("Straits", (Membership("A"), Membership("B", until="2009"), Membership("B", "2012")))
    units, options = cast(Agreement(calls), bloc)
    assert len(units) == 2
    assert [o != Option.NOT_MEMBER for o in options[:, 1].tolist()] == [True, False, True, True]


def test_a_bloc_without_days_is_the_same_as_its_members_named_one_by_one(calls: RollCalls) -> None:
    bloc = Bloc("All", tuple(Membership(c) for c in "ABC"))
    agreement = Agreement(calls)
    assert cohesion(agreement, bloc) == cohesion(agreement, ["A", "B", "C"])
    assert divergences(agreement, bloc) == divergences(agreement, ["A", "B", "C"])
    assert np.array_equal(matrix(agreement, bloc).n, matrix(agreement, ["A", "B", "C"]).n)


def test_a_split_counts_only_while_both_belong(calls: RollCalls) -> None:
    bloc = Bloc("Straits", (Membership("A"), Membership("C", "2012", "2015")))
    assert [d.event for d in divergences(Agreement(calls), bloc)] == ["2"]


CODES = st.sampled_from(["A", "B", "C", "D"])
YEARS = st.integers(1950, 2000).map(str)
NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8).filter(lambda s: s.casefold() == s)
MEMBERS = st.lists(st.builds(Membership, CODES, YEARS, st.just("")), min_size=2, max_size=6, unique_by=lambda m: m.member)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(Bloc, NAMES, MEMBERS.map(tuple), st.sampled_from(["", 'a treaty, "so called"'])), max_size=4, unique_by=lambda b: b.name
    )
)
def test_what_is_given_out_as_csv_is_taken_in_as_the_same(blocs: list[Bloc]) -> None:
    found = read(to_csv(blocs), "blocs.csv", lambda code: code) if blocs else []
    assert found == sorted(blocs, key=lambda b: b.name)


def test_a_file_with_mistakes_names_every_row_and_nothing_of_it_is_taken(calls: RollCalls) -> None:
    text = "bloc,member,from,until\nS,A,2009,\nS,QQ,,\nS,B,May 2009,\nS,C,2012,2010\n,D,,\nS,D,2009-02-30,\n"
    with pytest.raises(ImportRefused) as refused:
        read(text, "blocs.csv", lambda code: find(calls, code))
    told = {p.kind: p.places for p in refused.value.report.problems}
    assert told == {
        "name": ("row 6 ('')",),
        "member": ("row 3 ('QQ')",),
        "day": ("row 4 (May 2009)", "row 7 (2009-02-30)"),
        "order": ("row 5 (2012 2010)",),
    }


@pytest.mark.parametrize("text", ["", "name,country\nS,A\n", "bloc,member\nS,A\n", "bloc,member\n"])
def test_a_file_without_its_columns_or_without_two_members_is_refused(calls: RollCalls, text: str) -> None:
    with pytest.raises(ImportRefused):
        read(text, "blocs.csv", lambda code: find(calls, code))


def test_a_bloc_is_written_a_member_a_line_with_its_days(calls: RollCalls) -> None:
    bloc = from_lines("Straits Five", "a\n\nB 2009-05-01\nC, 2009-05, 2016", "treaty", lambda code: find(calls, code))
    assert bloc.memberships == (Membership("A"), Membership("B", "2009-05-01"), Membership("C", "2009-05", "2016"))
    with pytest.raises(ImportRefused) as refused:
        from_lines("Straits Five", "A\nB 2009 2010 2011", "", lambda code: find(calls, code))
    assert refused.value.report.problems[0].places[0].startswith("line 2")


def test_blocs_stay_when_other_roll_calls_are_imported(calls: RollCalls, tmp_path: Path) -> None:
    store.save(calls, None, tmp_path)
    bloc = Bloc("Straits", (Membership("A"), Membership("B", "2009")), "treaty")
    keep(tmp_path, "t", merged(held(tmp_path, "t"), [bloc]))
    store.save(calls.select(calls.sessions < 3), None, tmp_path)
    assert held(tmp_path, "t") == [bloc]
    assert named(held(tmp_path, "t"), " straits ") == bloc


def test_the_command_takes_in_a_file_and_the_name_then_stands_for_the_group(tmp_path: Path) -> None:
    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(forums, words, env={"COMITY_HOME": str(tmp_path)})
        assert result.exit_code == code, result.output + result.stderr
        return result.stdout if code == 0 else result.stderr

    run("import", "--invented", "7")
    file = tmp_path / "blocs.csv"
    file.write_text("bloc,member,from,until,source\nThree,ARV,,,treaty\nThree,KEL,,,\nThree,SOR,2010,,\n", encoding="utf-8")
    assert "Three" in run("blocs", "--forum", "demo", "--take", str(file))
    assert run("blocs", "--forum", "demo", "--csv").startswith("bloc,member,from,until,source\nThree,ARV")
    rows = json.loads(run("cohesion", "--forum", "demo", "--group", "three", "--json"))["rows"]
    assert {r["members"] for r in rows} == {2, 3}
    run("divergences", "--forum", "demo", "--group", "Three", "--json")
    assert "Three" in run("blocs", "--forum", "demo", "--remove", "Four", code=1)
    run("blocs", "--forum", "demo", "--remove", "three")
    assert json.loads(run("blocs", "--forum", "demo", "--json")) == []
    file.write_text("bloc,member\nThree,ARV\nThree,QQQ\n", encoding="utf-8")
    assert "row 3" in run("blocs", "--forum", "demo", "--take", str(file), code=1)
    assert json.loads(run("blocs", "--forum", "demo", "--json")) == []
