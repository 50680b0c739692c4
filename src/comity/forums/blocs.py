"""Blocs: groups that a user has named once, with the days of each membership, kept beside a forum's roll calls and private to this node.

They are a CSV file, ``<folder>/<forum>/blocs.csv``, the same that is taken in and given out; a new import of roll calls leaves it there:

    bloc,member,from,until,source
    Straits Five,ARV,2009-05-01,,treaty of 2009
    Straits Five,KEL,2009-05-01,2016,

``member`` is what finds a seat in the forum (an ISO 3166 code, or a code of the source). ``from`` and ``until`` are days, months or
years, empty without end; a member belongs to the bloc from the first on and until before the second. Who came back has two rows.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from comity.errors import Malformed, Unsayable
from comity.forums.agreement import Agreement
from comity.forums.importers.report import ImportReport
from comity.forums.model import Int8, Option
from comity.forums.store import in_use
from comity.terms.dates import PartialDate

COLUMNS = ("bloc", "member", "from", "until", "source")
MOST_ROWS, MOST_BYTES = 5000, 1 << 20
NAME = re.compile(r"[^\s,;](?:[^\n\r,;]{0,58}[^\s,;])?")


@dataclass(frozen=True, slots=True)
class Membership:
    """``member`` belongs to the bloc from ``since`` to before ``until``."""

    member: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Bloc:
    """``source`` says where the memberships are from, in the words of whoever named the bloc."""

    name: str
    memberships: tuple[Membership, ...]
    source: str = ""

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.member for m in self.memberships))


type Group = Sequence[str] | Bloc


def cast(agreement: Agreement, group: Group) -> tuple[list[int], Int8]:
    """The members of a group as numbers of the view's units, in the order asked, and what each cast: int8 (events, members). Outside
    its time in a bloc a member is *not a member*. :raises Malformed: on a member whom nobody knows.
    """
    if not isinstance(group, Bloc):
        units = list(dict.fromkeys(agreement.view.find(g) for g in group))
        return units, agreement.view.options[:, units]
    days = np.array([e.date[:10] for e in agreement.calls.events])
    inside: dict[int, np.ndarray] = {}
    for m in group.memberships:
        unit = agreement.view.find(m.member)
        then = (days >= m.since) & ((days < m.until) if m.until else True)
        inside[unit] = inside[unit] | then if unit in inside else then
    units = list(inside)
    options = agreement.view.options[:, units].copy()
    for k, unit in enumerate(units):
        options[~inside[unit], k] = Option.NOT_MEMBER
    return units, options


def named(blocs: Iterable[Bloc], name: str) -> Bloc | None:
    """The bloc of this name, whatever its letters' case."""
    return next((b for b in blocs if b.name.casefold() == name.strip().casefold()), None)


def held(folder: Path, forum: str) -> list[Bloc]:
    """The blocs that are kept for a forum, by name. :raises Malformed: if the forum was never imported, or the file was damaged."""
    path = in_use(folder, forum).parent / "blocs.csv"
    return _grouped(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))) if path.is_file() else []


def keep(folder: Path, forum: str, blocs: Iterable[Bloc]) -> None:
    """Write all blocs of a forum, in one step. :raises Malformed: if the forum was never imported."""
    home = in_use(folder, forum).parent
    draft = home / ".blocs.part"
    draft.write_text(to_csv(blocs), encoding="utf-8")
    os.replace(draft, home / "blocs.csv")


def merged(kept: Iterable[Bloc], new: Iterable[Bloc]) -> list[Bloc]:
    """The kept blocs with the new ones, which replace those of the same name."""
    found = {b.name.casefold(): b for b in [*kept, *new]}
    return sorted(found.values(), key=lambda b: b.name.casefold())


def to_csv(blocs: Iterable[Bloc]) -> str:
    """The blocs as the file that :func:`read` takes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for b in blocs:
        writer.writerows([b.name, m.member, m.since, m.until, b.source] for m in b.memberships)
    return out.getvalue()


def text_of(data: bytes, source: str) -> str:
    """The text of a file of blocs. :raises Malformed: if it is too large or not UTF-8."""
    if len(data) > MOST_BYTES:
        raise Malformed("This file is too large for a list of blocs.", place=source, remedy="Take in the blocs in several files.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed("This file is not UTF-8.", place=source, remedy="Save it as CSV in UTF-8 again.") from None


def read(text: str, source: str, find: Callable[[str], str]) -> list[Bloc]:
    """The blocs of a CSV file. ``find`` gives the seat that a member's code means, or raises Malformed.

    :raises ImportRefused: with every row that is wrong; then nothing is taken.
    """
    report = ImportReport("blocs", source)
    lines = text.removeprefix("\ufeff")
    head = lines.partition("\n")[0]
    rows = list(csv.DictReader(io.StringIO(lines), delimiter=";" if ";" in head and "," not in head else ","))
    if missing := [c for c in COLUMNS[:2] if c not in (rows[0] if rows else {})]:
        report.problem(
            "columns",
            "{file} has no column {columns}.",
            "The first row reads: bloc, member, from, until, source. Only the first two are needed.",
            ["row 1"],
            file=source,
            columns=", ".join(missing),
        )
        report.stop_if_wrong()
    clean = [{c: (r.get(c) or "").strip() for c in COLUMNS} for r in rows[:MOST_ROWS]]
    _check(clean, find, report, [f"row {n}" for n in range(2, len(clean) + 2)])
    return _grouped(clean)


def from_lines(name: str, lines: str, source: str, find: Callable[[str], str]) -> Bloc:
    """A bloc as somebody writes it: a member a line, after it the day from which and the day until which it belongs.

    :raises ImportRefused: with every line that is wrong.
    """
    report = ImportReport("blocs", name)
    rows, places = [], []
    for number, line in enumerate(lines.splitlines(), 1):
        if words := line.replace(",", " ").split():
            since, until, *more = [*words[1:], "", ""]
            wrong = " ".join(w for w in more if w)
            rows.append({"bloc": name.strip(), "member": words[0], "from": since + wrong, "until": until, "source": source.strip()})
            places.append(f"line {number}")
    _check(rows, find, report, places)
    return _grouped(rows)[0]


def _check(rows: list[dict[str, str]], find: Callable[[str], str], report: ImportReport, places: list[str]) -> None:
    wrong: dict[str, list[str]] = {"name": [], "member": [], "day": [], "order": []}
    seats: dict[str, set[str]] = {}
    for r, place in zip(rows, places, strict=True):
        if NAME.fullmatch(r["bloc"]) is None:
            wrong["name"].append(f"{place} ({r['bloc']!r})")
        try:
            seats.setdefault(r["bloc"].casefold(), set()).add(find(r["member"]))
        except Malformed:
            wrong["member"].append(f"{place} ({r['member']!r})")
        if not (_is_day(r["from"]) and _is_day(r["until"])):
            wrong["day"].append(f"{place} ({r['from']} {r['until']})".replace(" )", ")"))
        elif r["until"] and r["from"] >= r["until"]:
            wrong["order"].append(f"{place} ({r['from']} {r['until']})")
    if wrong["name"]:
        report.problem("name", "A bloc has no name like this.", "Use up to 60 characters, without commas and semicolons.", wrong["name"])
    if wrong["member"]:
        report.problem(
            "member", "These members are nobody here.", "Use an ISO 3166 code such as CHN, or a code of the source.", wrong["member"]
        )
    if wrong["day"]:
        report.problem("day", "These days cannot be read.", "Write YYYY, YYYY-MM or YYYY-MM-DD, or nothing.", wrong["day"])
    if wrong["order"]:
        report.problem(
            "order", "These memberships end before they begin.", "Write the first day, then the day on which it ended.", wrong["order"]
        )
    few = [f"{r['bloc']!r}" for r in rows if not report.problems and len(seats[r["bloc"].casefold()]) < 2]
    if few or not rows:
        report.problem("few", "A group has at least two members.", "Name them, one by one.", list(dict.fromkeys(few)))
    report.stop_if_wrong()


def _grouped(rows: Iterable[dict[str, str]]) -> list[Bloc]:
    found: dict[str, tuple[str, list[Membership], list[str]]] = {}
    for r in rows:
        _name, members, sources = found.setdefault(r["bloc"].casefold(), (r["bloc"], [], []))
        members.append(Membership(r["member"].upper(), r["from"], r["until"]))
        sources += [r["source"]] if r["source"] else []
    return [Bloc(name, tuple(dict.fromkeys(m)), "; ".join(dict.fromkeys(s))) for name, m, s in sorted(found.values())]


def _is_day(text: str) -> bool:
    """Whether a cell holds a partial date, or nothing."""
    try:
        return not text or bool(PartialDate(text))
    except Unsayable:
        return False
