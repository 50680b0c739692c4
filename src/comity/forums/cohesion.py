"""How closely a group votes together: Rice's index and the agreement index of Hix, Noury and Roland, per roll call and on average.

With Y, N, A the (weighted) votes of the members who voted: Rice = |Y − N| / (Y + N) (1924; abstentions left out, undefined if nobody
says yes or no); AI = (max − (Y + N + A − max) / 2) / (Y + N + A) (2005; 1 = one voice, 0 = split evenly in three).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.errors import Malformed
from comity.forums.agreement import Agreement
from comity.forums.blocs import Group, cast
from comity.forums.intervals import DRAWS
from comity.forums.model import Float, Option


@dataclass(frozen=True, slots=True)
class Cohesion:
    """Mean of an index over the ``n`` roll calls of a cell on which two members voted; 90 % interval over ``items`` agenda items.
    ``members``: how many belonged to the group then.
    """

    period: str
    topic: str
    index: str
    value: float | None
    low: float
    high: float
    n: int
    items: int
    members: int
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class PerCall:
    """Float64 (events,), NaN where fewer than two members voted (or nobody said yes or no, for Rice). ``present``: members who voted."""

    rice: Float
    agreement: Float
    present: Float


@dataclass(frozen=True, slots=True)
class GroupVote:
    """How many members of a group said what at the roll call number ``event``, and how closely they voted together (1 = one voice)."""

    event: int
    yes: int
    no: int
    abstain: int
    away: int
    agreement: float


def votes_of(agreement: Agreement, group: Group, events: Sequence[int]) -> list[GroupVote]:
    """The votes of a group at some roll calls, by their numbers; ``away``: members who belonged to it and cast no vote."""
    options = cast(agreement, group)[1]
    index = per_call(agreement, group).agreement
    found = []
    for e in events:
        yes, no, abstain = (int((options[e] == o).sum()) for o in (Option.YES, Option.NO, Option.ABSTAIN))
        away = int((options[e] != Option.NOT_MEMBER).sum()) - yes - no - abstain
        found.append(GroupVote(e, yes, no, abstain, away, float(index[e])))
    return found


def per_call(agreement: Agreement, group: Group, *, weighted: bool = False) -> PerCall:
    """Both indices for every roll call. ``weighted``: count the delegations' weights, if the forum has any. :raises Malformed: on a
    group of one.
    """
    members, options = cast(agreement, group)
    if len(members) < 2:
        raise Malformed("A group has at least two members.", place="group", remedy="Name them, separated by commas.")
    weight = np.ones(options.shape)
    if weighted and agreement.calls.weights is not None:
        keys = agreement.view.keys
        columns = [[i for i, v in enumerate(agreement.calls.voters) if getattr(v, agreement.unit.value) == keys[m]] for m in members]
        weight = np.stack([agreement.calls.weights[:, c].max(axis=1) for c in columns], axis=1).astype(np.float64)
    yes, abstain, no = ((weight * (options == o)).sum(axis=1) for o in (Option.YES, Option.ABSTAIN, Option.NO))
    present = ((options >= 1) & (options <= 3)).sum(axis=1).astype(np.float64)
    total, most = yes + abstain + no, np.maximum(np.maximum(yes, no), abstain)
    with np.errstate(invalid="ignore", divide="ignore"):
        rice = np.where((present > 1) & (yes + no > 0), np.abs(yes - no) / (yes + no), np.nan)
        index = np.where((present > 1) & (total > 0), (most - 0.5 * (total - most)) / total, np.nan)
    return PerCall(rice, index, present)


def cohesion(
    agreement: Agreement,
    group: Group,
    *,
    by: str = "session",
    topics: Sequence[str] = (),
    whole_texts: bool = False,
    weighted: bool = False,
    seed: int = 1,
    draws: int = DRAWS,
    events: bool = False,
) -> list[Cohesion]:
    """Mean Rice and agreement index by period and topic, over contested roll calls; interval: percentiles of a block bootstrap over
    agenda items.
    """
    found = per_call(agreement, group, weighted=weighted)
    allowed = agreement.calls.contested & (agreement.calls.whole_texts if whole_texts else True)
    there = cast(agreement, group)[1] != Option.NOT_MEMBER
    rows = []
    drawn: dict[int, Float] = {}
    for period, inside in agreement.periods(by):
        for topic, on_topic in agreement.topics(topics):
            for name, values in (("rice", found.rice), ("agreement index", found.agreement)):
                at = allowed & inside & on_topic & ~np.isnan(values)
                if at.any():
                    mean, low, high, items = _mean(values[at], agreement.calls.items[at], seed, draws, drawn)
                    ids = tuple(agreement.calls.events[i].id for i in np.flatnonzero(at)) if events else ()
                    members = int(there[at].any(axis=0).sum())
                    rows.append(Cohesion(period, topic, name, mean, low, high, int(at.sum()), items, members, ids))
    return rows


def _mean(values: Float, item: np.ndarray, seed: int, draws: int, drawn: dict[int, Float]) -> tuple[float, float, float, int]:
    """Mean, ends of its interval, number of items. ``drawn``: how often each of so many items was drawn, kept between cells."""
    _, which = np.unique(item, return_inverse=True)
    count = int(which.max()) + 1
    sums, sizes = np.bincount(which, values, count), np.bincount(which, minlength=count).astype(np.float64)
    mean = float(values.mean())
    if count < 2:
        return mean, 0.0, 1.0, count
    if count not in drawn:
        random = np.random.default_rng(np.random.PCG64(seed))
        drawn[count] = random.multinomial(count, np.full(count, 1 / count), size=draws).astype(np.float64)
    times = drawn[count]
    low, high = np.quantile((times @ sums) / (times @ sizes), [0.05, 0.95])
    return mean, float(low), float(high), count
