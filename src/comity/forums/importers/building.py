"""From rows to a matrix: resolve who voted, refuse duplicates and unknown codes, fill the cells that a file leaves out, compare totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from comity.forums.importers.report import ImportReport, TotalsMismatch
from comity.forums.model import Forum, Int8, Option, RollCalls, Totals, VoteEvent, Voter
from comity.forums.states import State, Unresolved


@dataclass(frozen=True, slots=True)
class Name:
    """What a file calls a voter: ``code`` is what the column will be known by, ``label`` what the file prints beside it."""

    code: str
    label: str = ""
    iso3: str = ""


@dataclass(frozen=True)
class Rows:
    """Votes as read: parallel arrays of ``event`` and ``name`` numbers, ``option`` values and record numbers ``row`` (``file`` names the
    file).
    """

    event: NDArray[np.int32]
    name: NDArray[np.int32]
    option: Int8
    row: NDArray[np.int64]
    file: str
    weight: NDArray[np.float32] | None = None


type Resolver = Callable[[Name, str], State | Unresolved]


def build(
    forum: Forum,
    events: Sequence[VoteEvent],
    names: Sequence[Name],
    rows: Rows,
    resolver: Resolver,
    report: ImportReport,
    *,
    origin_sha256: str,
    blank_means_absent: bool = False,
) -> RollCalls:
    """The roll calls, in the order (session, date, id).

    ``blank_means_absent``: the file leaves out the absences of some members (those for whom it codes none at all); within the span of
    their votes their missing cells are *unknown*, elsewhere *not a member*.

    :raises ImportRefused: on unknown or ambiguous codes, on two votes of one voter in one roll call, and on whatever was wrong in the
        file before: all of it in one report.
    """
    order = sorted(range(len(events)), key=lambda i: (events[i].session, events[i].date, len(events[i].id), events[i].id))
    place_of = np.empty(len(events), dtype=np.int32)
    place_of[order] = np.arange(len(events), dtype=np.int32)
    ordered = [events[i] for i in order]
    event = place_of[rows.event]
    column, voters = _columns(ordered, names, event, rows, resolver, report)
    _refuse_duplicates(ordered, voters, event, column, rows, report)
    report.stop_if_wrong()
    options = np.full((len(ordered), len(voters)), Option.NOT_MEMBER, dtype=np.int8)
    options[event, column] = rows.option
    if blank_means_absent:
        _fill_unknown(ordered, voters, options, report)
    weights = None
    if rows.weight is not None:
        weights = np.zeros(options.shape, dtype=np.float32)
        weights[event, column] = rows.weight
    keep = sorted(range(len(voters)), key=lambda i: (voters[i].seat, voters[i].state, voters[i].code))
    calls = RollCalls(
        forum,
        tuple(ordered),
        tuple(voters[i] for i in keep),
        np.ascontiguousarray(options[:, keep]),
        origin_sha256,
        None if weights is None else np.ascontiguousarray(weights[:, keep]),
    )
    report.rows, report.events, report.voters = len(rows.row), len(ordered), len(voters)
    report.mismatches.extend(compare_totals(calls))
    return calls


def _columns(
    events: Sequence[VoteEvent], names: Sequence[Name], event: NDArray[np.int32], rows: Rows, resolver: Resolver, report: ImportReport
) -> tuple[NDArray[np.int32], list[Voter]]:
    """A column for each row: one for every (code, state). Codes that never change are resolved once, the others day by day."""
    days = np.array([e.date for e in events])
    column = np.full(len(rows.name), -1, dtype=np.int32)
    voters: dict[tuple[str, str], int] = {}
    found: list[Voter] = []
    early_or_late: list[str] = []
    by_name = np.argsort(rows.name, kind="stable")
    bounds = np.searchsorted(rows.name[by_name], np.arange(len(names) + 1))
    for number, name in enumerate(names):
        mine = by_name[bounds[number] : bounds[number + 1]]
        if not len(mine):
            continue
        its_days, which = np.unique(days[event[mine]], return_inverse=True)
        first, last = resolver(name, str(its_days[0])), resolver(name, str(its_days[-1]))
        fixed = isinstance(first, State) and isinstance(last, State) and first == last
        for n, day in enumerate(its_days[:1] if fixed else its_days):
            state = first if fixed else resolver(name, str(day))
            here = mine if fixed else mine[which == n]
            if isinstance(state, Unresolved):
                _unresolved(name, state, [int(r) for r in rows.row[here]], rows.file, report)
                break
            key = (name.code, state.id)
            if key not in voters:
                voters[key] = len(found)
                found.append(Voter(name.code, state.id, state.seat, state.iso3, state.name or name.label or state.id))
            column[here] = voters[key]
            outside = int((~_sat(state, days[event[here]])).sum())
            if outside:
                early_or_late.append(f"{name.code} = {state.id}: {outside} rows")
    if early_or_late:
        report.note("outside its tenure", "Rows of a state for days on which it did not hold the seat; kept as they are.", early_or_late)
    return column, found


def _sat(state: State, days: NDArray[np.str_]) -> NDArray[np.bool_]:
    return np.asarray((days >= state.since) & (days < state.until))


def _unresolved(name: Name, state: Unresolved, rows: list[int], file: str, report: ImportReport) -> None:
    places = [f"{file} row {r}" for r in sorted(rows)]
    shown = f"{state.code or name.code} ({name.label})" if name.label else state.code or name.code
    if state.candidates:
        offer = {f"{state.code}|{name.label}" if name.label else state.code: " or ".join(state.candidates)}
        report.problem(
            "ambiguous code",
            "The code {code} names two states: {states}.",
            "Say in the mapping which one is meant.",
            places,
            offer,
            code=shown,
            states=", ".join(state.candidates),
        )
    else:
        report.problem(
            "unknown code",
            "The code {code} names no state that is known here.",
            "Give its ISO 3166 code in the mapping; or, if the voters are no states, set the registry to none.",
            places,
            {name.code: "?"},
            code=shown,
        )


def _refuse_duplicates(
    events: Sequence[VoteEvent],
    voters: Sequence[Voter],
    event: NDArray[np.int32],
    column: NDArray[np.int32],
    rows: Rows,
    report: ImportReport,
) -> None:
    row = rows.row
    if (column < 0).any():  # rows of a code that names nobody are reported already
        known = column >= 0
        event, column, row = event[known], column[known], row[known]
    cell = event.astype(np.int64) * len(voters) + column
    counts = np.bincount(cell, minlength=len(events) * len(voters))
    if counts.max(initial=0) < 2:
        return
    twice = np.flatnonzero(counts[cell] > 1)
    twice = twice[np.lexsort((row[twice], cell[twice]))]
    places, offer = [], {}
    for c in np.unique(cell[twice]):
        its = twice[cell[twice] == c]
        voter = voters[int(c) % len(voters)]
        numbers = ", ".join(str(int(r)) for r in row[its])
        places.append(f"{rows.file} rows {numbers} ({voter.code}: {events[int(c) // len(voters)].id})")
        offer[voter.code] = voter.state
    report.problem(
        "duplicate vote",
        "Votes that stand twice for the same voter and roll call: {count}.",
        "Remove one row of each pair; or, if two states share the code, tell them apart by code|name in the mapping.",
        places,
        offer,
        count=len(places),
    )


def _fill_unknown(events: Sequence[VoteEvent], voters: Sequence[Voter], options: Int8, report: ImportReport) -> None:
    places = []
    by_code: dict[str, list[int]] = {}
    for i, v in enumerate(voters):
        by_code.setdefault(v.code, []).append(i)
    for code, columns in by_code.items():
        block = options[:, columns]
        if (block == Option.ABSENT).any():
            continue
        given = (block != Option.NOT_MEMBER).any(axis=1)
        span = np.flatnonzero(given)
        blank = np.flatnonzero(~given)
        blank = blank[(blank > span[0]) & (blank < span[-1])]
        for i in blank:
            before = span[np.searchsorted(span, i) - 1]
            last = columns[int(np.argmax(block[before] != Option.NOT_MEMBER))]
            options[i, last] = Option.UNKNOWN
        if len(blank):
            places.append(f"{code}: {len(blank)} roll calls")
    if places:
        report.note("unknown absences", "For these voters the file codes no absence; their missing votes are kept as unknown.", places)


def compare_totals(calls: RollCalls) -> list[TotalsMismatch]:
    """Roll calls whose official totals (those that are printed) differ from the votes counted. Nothing is changed."""
    counts = {o: (calls.options == o).sum(axis=1) for o in Option}
    out = []
    for i, e in enumerate(calls.events):
        counted = Totals(
            int(counts[Option.YES][i]),
            int(counts[Option.NO][i]),
            int(counts[Option.ABSTAIN][i]),
            int(counts[Option.ABSENT][i] + counts[Option.NOT_PARTICIPATING][i]),
            int(len(calls.voters) - counts[Option.NOT_MEMBER][i]),
        )
        pairs = [(getattr(e.totals, f), getattr(counted, f)) for f in ("yes", "no", "abstain", "non_voting", "members")]
        if any(said is not None and said != seen for said, seen in pairs):
            out.append(TotalsMismatch(e.id, e.session, e.symbol, e.totals, counted))
    return out


def with_links(event: VoteEvent, earlier: Sequence[str]) -> VoteEvent:
    """The same roll call, linked to earlier ones on the same text."""
    return replace(event, same_item_as=tuple(earlier)) if earlier else event
