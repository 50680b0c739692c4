"""The long format of coded data sets: a folder with ``rollcalls``, ``votes``, ``countries`` and (if there are any) ``bridges``, as
``.csv`` or ``.csv.gz``.

Columns of Voeten's data: rollcalls ``rcid, session, date, unres, amend, para, importantvote, yes, abstain, no, short, descr`` and topic
flags ``me nu di hr co ec``; votes ``rcid, ccode, vote`` (1 yes, 2 abstain, 3 no, 8 absent or not participating, 9 not a member);
countries ``ccode, iso3, name``; bridges ``rcid1, rcid2``. Blank totals are zeros there.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import numpy as np

from comity.errors import Malformed
from comity.forums.importers.building import Name, Rows, build
from comity.forums.importers.mapping import Reading
from comity.forums.importers.reading import CsvFile, Progress, no_progress
from comity.forums.importers.report import ImportReport
from comity.forums.importers.topics import NAMES
from comity.forums.model import Forum, Option, Origin, RollCalls, Stage, Topic, Totals, VoteEvent
from comity.forums.titles import base_symbol, is_agenda, plain_title

_OPTIONS = {"1": Option.YES, "2": Option.ABSTAIN, "3": Option.NO, "8": Option.ABSENT, "9": Option.NOT_MEMBER}
_NEEDED = {
    "rollcalls": ("rcid", "session", "date", "yes", "abstain", "no"),
    "votes": ("rcid", "ccode", "vote"),
    "countries": ("ccode", "iso3", "name"),
    "bridges": ("rcid1", "rcid2"),
}
_WANTED = ("unres", "amend", "para", "importantvote", "short", "descr", *NAMES)


def is_long_folder(folder: Path) -> bool:
    return folder.is_dir() and all(_find(folder, stem) for stem in ("rollcalls", "votes", "countries"))


def _find(folder: Path, stem: str) -> Path | None:
    return next((p for p in (folder / f"{stem}.csv", folder / f"{stem}.csv.gz") if p.is_file()), None)


def import_long(
    folder: Path, forum: Forum, reading: Reading | None = None, progress: Progress = no_progress
) -> tuple[RollCalls, ImportReport]:
    """The roll calls of a long-format folder. :raises ImportRefused: with the report; :raises Malformed: if a file is missing or broken."""
    report = ImportReport(forum.id, str(folder))
    reading = reading or Reading()
    digest = hashlib.sha256()
    calls = _table(folder, "rollcalls", report, reading, digest)
    countries = _table(folder, "countries", report, reading, digest)
    links = _table(folder, "bridges", report, reading, digest) if _find(folder, "bridges") else {"rcid1": [], "rcid2": []}
    report.stop_if_wrong()
    number = {rcid: i for i, rcid in enumerate(calls["rcid"])}
    if len(number) < len(calls["rcid"]):
        times = Counter(calls["rcid"])
        places = [f"rollcalls row {i + 2} ({r})" for i, r in enumerate(calls["rcid"]) if times[r] > 1]
        report.problem("duplicate roll call", "A roll call stands twice.", "Keep one row for each rcid.", places)
    earlier: dict[str, list[str]] = {}
    strangers = []
    for a, b in zip(links["rcid1"], links["rcid2"], strict=True):
        if a in number and b in number:
            earlier.setdefault(b, []).append(a)
        else:
            strangers.append(f"{a} – {b}")
    if strangers:
        report.note("bridges left out", "These links name roll calls that are not in this file.", strangers)
    events = [_event(calls, i, earlier.get(rcid, []), report) for i, rcid in enumerate(calls["rcid"])]
    names = [Name(c, n, i) for c, n, i in zip(countries["ccode"], countries["name"], countries["iso3"], strict=True)]
    rows = _votes(folder, number, {n.code: i for i, n in enumerate(names)}, names, report, reading, progress, digest)
    report.stop_if_wrong()
    shared = sorted({n.iso3 for n in names if sum(m.iso3 == n.iso3 for m in names) > 1})
    if shared:
        report.note("shared codes", "These ISO codes stand for two states in this file; told apart by ccode.", shared)
    built = build(
        forum,
        events,
        names,
        rows,
        lambda n, day: reading.state(n.iso3, day, n.label, n.code),
        report,
        origin_sha256=digest.hexdigest(),
        blank_means_absent=True,
    )
    return built, report


def _table(folder: Path, stem: str, report: ImportReport, reading: Reading, digest: hashlib._Hash) -> dict[str, list[str]]:
    path = _find(folder, stem)
    if path is None:
        raise Malformed("{name} is missing.", place=str(folder), remedy="Put it there, or name another folder.", name=f"{stem}.csv")
    header = CsvFile(path).header()
    absent = [c for c in _NEEDED[stem] if reading.column(c) not in header]
    if absent:
        report.problem(
            "missing columns",
            "{file} has no column {columns}.",
            "Say in the mapping what it is called here.",
            [f"{path.name} row 1: {', '.join(header)}"],
            dict.fromkeys(absent, "?"),
            file=path.name,
            columns=", ".join(absent),
        )
        return {c: [] for c in _NEEDED[stem]}
    ours = [*_NEEDED[stem], *(c for c in _WANTED if stem == "rollcalls" and reading.column(c) in header)]
    for encoding in ("utf8", "latin1"):
        table: dict[str, list[str]] = {c: [] for c in ours}
        file = CsvFile(path, encoding=encoding)
        try:
            for block in file.blocks([reading.column(c) for c in ours]):
                for c in ours:
                    table[c].extend(block.columns[reading.column(c)].texts())
        except UnicodeError:
            report.note("encoding", "Not UTF-8; read as Latin-1.", [path.name])
            continue
        break
    digest.update(f"{stem}={file.sha256}\n".encode())
    return table


def _event(calls: dict[str, list[str]], i: int, earlier: list[str], report: ImportReport) -> VoteEvent:
    def get(name: str) -> str:
        return calls[name][i].strip() if name in calls else ""

    place = f"rollcalls row {i + 2}"
    session, date = get("session"), get("date")
    if not session.isdigit() or len(date) < 4 or not date[:4].isdigit():
        report.problem(
            "unreadable",
            "Session {session} or date {date} cannot be read.",
            "Write a number, and YYYY-MM-DD.",
            [place],
            session=repr(session),
            date=repr(date),
        )
        session, date = "0", "0000"
    short, descr, symbol = get("short"), get("descr"), get("unres")
    agenda = descr if is_agenda(descr) else ""
    # The longer text is the resolution's own title; the short one is an upper-case subject.
    title = plain_title(short if agenda or len(short) >= len(descr) else descr)
    stage = Stage.AMENDMENT if get("amend") == "1" else Stage.PARAGRAPH if get("para") == "1" else Stage.PLENARY
    return VoteEvent(
        id=get("rcid"),
        session=int(session),
        date=date,
        title=title,
        symbol=symbol,
        agenda=agenda,
        stage=stage,
        totals=Totals(*(_count(get(c), f"{place} {c}", report) for c in ("yes", "no", "abstain"))),
        topics=tuple(Topic(c, Origin.CODED) for c in NAMES if get(c) == "1"),
        same_item_as=tuple(earlier),
        item=agenda or base_symbol(symbol) or short.casefold(),
        important={"1": True, "0": False}.get(get("importantvote")),
    )


def _count(text: str, place: str, report: ImportReport) -> int:
    try:
        return int(float(text or 0))
    except ValueError:
        report.problem("unreadable", "{text} is not a total.", "Write a number or nothing.", [place], text=repr(text))
        return 0


def _votes(
    folder: Path,
    events: dict[str, int],
    columns: dict[str, int],
    names: list[Name],
    report: ImportReport,
    reading: Reading,
    progress: Progress,
    digest: hashlib._Hash,
) -> Rows:
    path = _find(folder, "votes")
    assert path is not None
    header = CsvFile(path).header()
    absent = [c for c in _NEEDED["votes"] if reading.column(c) not in header]
    if absent:
        report.problem(
            "missing columns",
            "{file} has no column {columns}.",
            "Say in the mapping what it is called here.",
            [f"{path.name} row 1: {', '.join(header)}"],
            dict.fromkeys(absent, "?"),
            file=path.name,
            columns=", ".join(absent),
        )
        report.stop_if_wrong()
    known = {k: int(v) for k, v in _OPTIONS.items()} | {k: int(v) for k, v in reading.options.items()}
    parts: list[list[np.ndarray]] = [[], [], [], []]
    bad: dict[str, list[str]] = {"rcid": [], "ccode": [], "vote": []}
    file = CsvFile(path)
    for block in file.blocks([reading.column(c) for c in _NEEDED["votes"]], progress):
        numbers = np.arange(block.first, block.first + block.rows, dtype=np.int64)
        for part, (ours, table) in zip(parts, (("rcid", events), ("ccode", columns), ("vote", known)), strict=False):
            column = block.columns[reading.column(ours)]
            lookup = np.array([table.get(v.strip(), -1) for v in column.values], dtype=np.int32)
            part.append(lookup[column.codes])
            for at in np.flatnonzero(part[-1] < 0):
                bad[ours].append(f"votes row {numbers[at]} ({column.at(int(at))!r})")
        parts[3].append(numbers)
    digest.update(f"votes={file.sha256}\n".encode())
    if bad["rcid"]:
        report.problem("unknown roll call", "These votes name no roll call.", "Add it to rollcalls.csv, or remove the rows.", bad["rcid"])
    if bad["ccode"]:
        report.problem(
            "unknown code", "These votes name no country of countries.csv.", "Add the code with its ISO 3166 code.", bad["ccode"]
        )
    if bad["vote"]:
        offer = {p.split("(")[-1].strip("')"): "yes, no, abstain, absent, …" for p in bad["vote"][:3]}
        report.problem("unknown option", "These votes are none that is known.", "Say in the mapping what they mean.", bad["vote"], offer)
    event, name, option, row = (np.concatenate(p) if p else np.zeros(0, dtype=np.int32) for p in parts)
    return Rows(event.astype(np.int32), name.astype(np.int32), option.astype(np.int8), row.astype(np.int64), "votes")
