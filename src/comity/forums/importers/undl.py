"""The voting file of the UN Digital Library (bulk CSV of General Assembly votes), in all its layouts: columns are found by name.

One row for every member and resolution: ``undl_id, ms_code, ms_name, ms_vote (Y N A X), date, session, resolution, draft, …, title,
agenda_title, subjects, …, total_yes, total_no, total_abstentions, total_non_voting, total_ms, undl_link``; older files lack some. Only
adopted resolutions with a recorded vote are in it. X is *absent or did not participate*, kept as ``absent``.
"""

from __future__ import annotations

import re
from pathlib import Path

from comity.forums.importers.building import Name, build
from comity.forums.importers.grouped import Layout, read_grouped
from comity.forums.importers.mapping import Reading
from comity.forums.importers.reading import CsvFile, Progress, no_progress
from comity.forums.importers.report import ImportReport
from comity.forums.importers.topics import derived_topics
from comity.forums.model import Forum, Option, Origin, RollCalls, Topic, Totals, VoteEvent
from comity.forums.states import State, Unresolved
from comity.forums.titles import plain_title

_OPTIONS = {"y": Option.YES, "n": Option.NO, "a": Option.ABSTAIN, "x": Option.ABSENT, "": Option.NOT_PARTICIPATING}
_TOTALS = ("total_yes", "total_no", "total_abstentions", "total_non_voting", "total_ms")
_ABOUT = ("date", "session", "resolution", "draft", "title", "agenda_title", "subjects", "undl_link", *_TOTALS)
LAYOUT = Layout(
    event="undl_id",
    code="ms_code",
    label="ms_name",
    vote="ms_vote",
    about=_ABOUT,
    needed=("undl_id", "ms_code", "ms_vote", "date", "resolution"),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_undl(path: Path) -> bool:
    return path.is_file() and {"undl_id", "ms_code", "ms_vote"} <= set(CsvFile(path).header())


def import_undl(
    path: Path, forum: Forum, reading: Reading | None = None, progress: Progress = no_progress
) -> tuple[RollCalls, ImportReport]:
    """The roll calls of a Digital Library file. :raises ImportRefused: with the report, and nothing is kept."""
    report = ImportReport(forum.id, path.name)
    reading = reading or Reading()
    found = read_grouped(path, LAYOUT, _OPTIONS, reading, report, progress)
    special: list[str] = []
    before = len(report.problems)
    events = [_event(key, about, report, special) for key, about in found.events.items()]
    if len(report.problems) > before:  # without its days nobody can be told from whom he followed
        report.stop_if_wrong()
    if special:
        report.note("special sessions", "Votes of special sessions are put into the regular session of their date.", special)
    assert found.rows is not None

    def resolver(name: Name, day: str) -> State | Unresolved:
        return reading.state(name.code, day, name.label)

    built = build(forum, events, found.names, found.rows, resolver, report, origin_sha256=found.sha256)
    return built, report


def _event(key: str, about: dict[str, str], report: ImportReport, special: list[str]) -> VoteEvent:
    place = f"row {about['row']}"
    date = about["date"][:10]
    if not _DAY.fullmatch(date):
        report.problem("unreadable", "The date {date} cannot be read.", "Write YYYY-MM-DD.", [place], date=repr(about["date"]))
        date = "0000-00-00"
    text = about.get("session", "")
    session = int(text) if text.isdigit() else int(date[:4]) - (1945 if date[5:7] >= "09" else 1946)
    symbol = about["resolution"]
    if not text.isdigit():
        special.append(f"{symbol or key}: {text or 'no session'} → {session}")
    agenda = about.get("agenda_title", "")
    title = plain_title(about.get("title", "")) or agenda
    subjects = [s.strip() for s in re.split(r"[|;]", about.get("subjects", "")) if s.strip()]
    official = tuple(Topic(s, Origin.OFFICIAL) for s in dict.fromkeys(subjects))
    return VoteEvent(
        id=key,
        session=session,
        date=date,
        title=title,
        symbol=symbol,
        agenda=agenda,
        topics=official + derived_topics(title, agenda, *subjects),
        totals=Totals(*(_total(about.get(c, ""), f"{place} {c}", report) for c in _TOTALS)),
        item=agenda or title.casefold(),
        source=about.get("undl_link", ""),
    )


def _total(text: str, place: str, report: ImportReport) -> int | None:
    if not text:
        return None
    try:
        return int(float(text))
    except ValueError:
        report.problem("unreadable", "{text} is not a total.", "Write a number or nothing.", [place], text=repr(text))
        return None
