"""Agreement: against published numbers, against definitions written out plainly, and against laws."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from comity.errors import Malformed
from comity.forums.agreement import Agreement, kinds
from comity.forums.clusters import matrix
from comity.forums.intervals import bootstrap, wilson
from comity.forums.measures import Measure, measure
from comity.forums.model import Float, Int8, RollCalls
from comity.forums.pairs import Packed, all_pairs, measure_all
from comity.forums.views import Unit


@pytest.fixture(scope="session")
def codes(unga: RollCalls) -> Agreement:
    return Agreement(unga, Unit.CODE)


def by_session(agreement: Agreement, kind: Measure) -> tuple[dict[int, int], Float]:
    """(session → row, matrix (sessions, units, units)) from the bit-packed kernel."""
    calls = agreement.calls
    sessions = [int(s) for s in np.unique(calls.sessions)]
    first, second = all_pairs(len(agreement.view.keys))
    tables = Packed(agreement.view.options, [np.flatnonzero((calls.sessions == s) & calls.contested) for s in sessions]).tables(
        first, second
    )
    values = measure_all(int(kind), tables)
    n = len(agreement.view.keys)
    square = np.full((len(sessions), n, n), np.nan)
    square[:, first, second] = square[:, second, first] = values
    return {s: i for i, s in enumerate(sessions)}, square


def plain_linear(options: Int8) -> Float:
    """The published definition in plain numpy: mean of 1 − |a − b| / 2 over contested roll calls; (units, units)."""
    v = np.where((options >= 1) & (options <= 3), options, 0).astype(np.float64)
    v[v == 0] = np.nan
    kept = [row for row in v if len(set(row[~np.isnan(row)])) > 1]
    out = np.full((v.shape[1], v.shape[1]), np.nan)
    for a in range(v.shape[1]):
        block = np.array(kept)
        gap = 1 - np.abs(block - block[:, [a]]) / 2
        n = (~np.isnan(gap)).sum(axis=0)
        with np.errstate(invalid="ignore"):
            out[a] = np.nansum(gap, axis=0) / n
    return out


def test_every_published_share_of_identical_votes_is_reproduced(codes: Agreement, unga_folder: Path) -> None:
    row, square = by_session(codes, Measure.IDENTICAL)
    worst, rows = 0.0, 0
    with gzip.open(unga_folder / "agreement_published_s1_25.csv.gz", "rt") as file:
        for r in csv.DictReader(file):
            for column, other in (("same_us", "2"), ("same_russia", "365")):
                if r["ccode"] != other and r[column] not in ("", "NA"):
                    ours = square[row[int(r["session"])], codes.view.keys.index(r["ccode"]), codes.view.keys.index(other)]
                    worst, rows = max(worst, abs(ours - float(r[column]))), rows + 1
    assert rows > 4000
    assert worst <= 1e-6


@pytest.mark.parametrize("session", [1, 26, 45, 60, 72])
def test_linear_agreement_is_the_published_definition(codes: Agreement, session: int) -> None:
    row, square = by_session(codes, Measure.LINEAR)
    plain = plain_linear(codes.view.options[codes.calls.sessions == session])
    ours = square[row[session]].copy()
    np.fill_diagonal(ours, np.diag(plain))
    assert np.array_equal(np.isnan(ours), np.isnan(plain))
    assert np.nanmax(np.abs(ours - plain)) <= 1e-9


def test_correcting_for_chance_changes_the_conclusion_on_china_and_the_soviet_union_in_1990(unga: RollCalls) -> None:
    rows = {r.measure: r for r in Agreement(unga).pair("CHN", "SUN", by="year") if r.period == "1990"}
    values = {k: round(r.value or 0.0, 2) for k, r in rows.items()}
    assert (values["identical"], values["s"], values["kappa"]) == (0.89, 0.88, -0.05)
    assert rows["identical"].n == 83


def plain_chance(t: Float, pooled: bool) -> float:
    p = t.reshape(3, 3) / t.sum()
    distance = np.abs(np.subtract.outer(np.arange(3), np.arange(3))) / 2
    a, b = p.sum(axis=1), p.sum(axis=0)
    if pooled:
        a = b = (a + b) / 2
    return float(1 - (p * distance).sum() / (np.outer(a, b) * distance).sum())


tables = hnp.arrays(np.float64, 9, elements=st.integers(0, 30).map(float)).filter(lambda t: t.sum() > 0)


@given(tables)
@settings(max_examples=60)
def test_pi_and_kappa_are_one_minus_observed_over_expected_distance(t: Float) -> None:
    for kind, pooled in ((Measure.KAPPA, False), (Measure.PI, True)):
        ours = measure(int(kind), t)
        if not np.isnan(ours):
            assert ours == pytest.approx(plain_chance(t, pooled), abs=1e-9)


@given(tables)
@settings(max_examples=60)
def test_measures_are_symmetric_and_within_their_range(t: Float) -> None:
    flipped = np.ascontiguousarray(t.reshape(3, 3).T).reshape(9)
    for kind in Measure:
        value, other = measure(int(kind), t), measure(int(kind), flipped)
        assert np.isnan(value) == np.isnan(other)
        if not np.isnan(value):
            assert value == pytest.approx(other, abs=1e-12)
            assert kind.least - 1e-9 <= value <= 1 + 1e-9 or kind in (Measure.PI, Measure.KAPPA)
    assert measure(int(Measure.S), t) == pytest.approx(2 * measure(int(Measure.LINEAR), t) - 1)


matrices = hnp.arrays(np.int8, st.tuples(st.integers(1, 150), st.integers(2, 6)), elements=st.integers(0, 6))


@given(matrices)
@settings(max_examples=40)
def test_bit_packed_tables_are_the_counted_ones(options: Int8) -> None:
    groups = [np.arange(0, len(options), 2), np.arange(len(options)), np.zeros(0, dtype=np.int64)]
    first, second = all_pairs(options.shape[1])
    found = Packed(options, groups).tables(first, second)
    for g, rows in enumerate(groups):
        for p, (a, b) in enumerate(zip(first, second, strict=True)):
            t = np.zeros((3, 3))
            for r in rows:
                if 1 <= options[r, a] <= 3 and 1 <= options[r, b] <= 3:
                    t[options[r, a] - 1, options[r, b] - 1] += 1
            assert found[g, p].tolist() == t.reshape(9).tolist()


def test_an_interval_holds_its_value_and_narrows_with_more_items() -> None:
    random = np.random.default_rng(5)
    few, many = (random.multinomial(4, [0.5, 0.1, 0.02, 0.1, 0.1, 0.02, 0.02, 0.04, 0.1], size=k).astype(float) for k in (8, 200))
    widths = []
    for clusters in (few, many):
        value = measure(int(Measure.LINEAR), clusters.sum(axis=0))
        low, high = bootstrap([Measure.LINEAR], [clusters], np.array([[value]]), seed=1)
        assert low[0, 0] <= value <= high[0, 0]
        widths.append(high[0, 0] - low[0, 0])
    assert widths[1] < widths[0] / 2


def test_the_block_bootstrap_covers_the_truth_about_as_often_as_it_says() -> None:
    """Clusters of 1 to 6 votes that agree or not together; the true share is 0.7. Counting votes as independent would cover too seldom."""
    random = np.random.default_rng(11)
    hits = 0
    for trial in range(300):
        sizes = random.integers(1, 7, 60)
        same = random.random(60) < 0.7
        clusters = np.zeros((60, 9))
        clusters[:, 0], clusters[:, 2] = sizes * same, sizes * ~same
        value = measure(0, clusters.sum(axis=0))
        low, high = bootstrap([Measure.IDENTICAL], [clusters], np.array([[value]]), seed=trial)
        hits += low[0, 0] <= 0.7 <= high[0, 0]
    assert 0.85 <= hits / 300 <= 0.94


def test_perfect_agreement_on_a_few_items_is_not_certain() -> None:
    clusters = np.zeros((5, 9))
    clusters[:, 0] = 1
    low, high = bootstrap([Measure.IDENTICAL], [clusters], np.array([[1.0]]), seed=1)
    assert low[0, 0] == pytest.approx(wilson(Measure.IDENTICAL, 1.0, 5)[0])
    assert low[0, 0] < 0.7
    assert high[0, 0] == 1.0


def test_one_item_tells_nothing() -> None:
    low, high = bootstrap([Measure.S], [np.ones((1, 9))], np.array([[0.0]]), seed=1)
    assert (low[0, 0], high[0, 0]) == (-1.0, 1.0)


def test_the_same_seed_gives_the_same_interval_and_the_jackknife_agrees_with_the_bootstrap(demo: RollCalls) -> None:
    agreement = Agreement(demo)
    once, again = (agreement.pair("ARV", "KEL", by="all", measures=[Measure.LINEAR], seed=4) for _ in range(2))
    assert once == again
    block = next(agreement.all_pairs(by="all"))
    first, second = all_pairs(len(agreement.view.keys))
    keys = agreement.view.keys
    p = int(np.flatnonzero((first == min(keys.index("ARV"), keys.index("KEL"))) & (second == max(keys.index("ARV"), keys.index("KEL"))))[0])
    assert block.values[0, p] == pytest.approx(once[0].value)
    assert block.n[0, p] == once[0].n
    assert block.high[0, p] - block.low[0, p] == pytest.approx(once[0].high - once[0].low, rel=0.35)


def test_rows_name_the_roll_calls_they_were_counted_from(demo: RollCalls) -> None:
    for r in Agreement(demo).pair("ARV", "KEL", by="session", topics=["hr"], events=True):
        assert len(r.events) == r.n
        assert r.same + r.partial + r.opposite == r.n


def test_unknown_names_are_refused_with_what_can_be_asked(demo: RollCalls) -> None:
    agreement = Agreement(demo)
    for question in (
        lambda: agreement.pair("ARV", "ZZZ"),
        lambda: agreement.pair("ARV", "KEL", topics=["zz"]),
        lambda: agreement.pair("ARV", "KEL", by="decade"),
        lambda: kinds(["perfect"]),
    ):
        with pytest.raises(Malformed) as refused:
            question()
        assert refused.value.remedy


def test_a_bloc_is_drawn_with_those_who_vote_alike_side_by_side(demo: RollCalls) -> None:
    drawn = matrix(Agreement(demo), [])
    n = len(drawn.keys)
    assert sorted(drawn.keys) == sorted(Agreement(demo).view.keys)
    assert np.array_equal(drawn.values, drawn.values.T, equal_nan=True)
    assert np.isnan(np.diag(drawn.values)).all()
    beside = np.mean([drawn.values[i, i + 1] for i in range(n - 1)])
    assert beside > np.nanmean(drawn.values) + 0.05
    assert len(drawn.joins) == n - 1
    assert [h for _, _, h in drawn.joins] == sorted(h for _, _, h in drawn.joins)
    assert drawn.joins[-1][:2] == (0, n - 1)


def test_the_matrix_of_a_group_holds_the_agreement_of_its_pairs(demo: RollCalls) -> None:
    agreement = Agreement(demo)
    drawn = matrix(agreement, ["ARV", "KEL", "SOR"])
    a, b = drawn.keys.index("ARV"), drawn.keys.index("KEL")
    row = agreement.pair("ARV", "KEL", by="all", measures=[Measure.LINEAR])[0]
    assert (drawn.values[a, b], drawn.n[a, b]) == (pytest.approx(row.value), row.n)
