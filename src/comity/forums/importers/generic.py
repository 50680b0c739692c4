"""Any CSV with one row for each vote, by a mapping: our columns are ``event, voter, option, date`` and, if there are such, ``voter_name,
session, symbol, title, agenda, stage, topics, weight, yes, no, abstain, source``.

For forums where delegations weigh differently (Inter-Parliamentary Union, qualified majorities) ``weight`` is kept beside every vote;
totals are of votes cast, not of weights. Topics are separated by ``|``.
"""

from __future__ import annotations

from pathlib import Path

from comity.forums.importers.building import Name, build
from comity.forums.importers.grouped import Layout, read_grouped
from comity.forums.importers.mapping import WORDS, Reading
from comity.forums.importers.reading import Progress, no_progress
from comity.forums.importers.report import ImportReport
from comity.forums.importers.topics import derived_topics
from comity.forums.model import Forum, Origin, RollCalls, Stage, Topic, Totals, VoteEvent
from comity.forums.states import State, Unresolved

_OPTIONS = WORDS | {"y": WORDS["yes"], "n": WORDS["no"], "a": WORDS["abstain"], "x": WORDS["absent"], "abstention": WORDS["abstain"]}
_TOTALS = ("yes", "no", "abstain")
_ABOUT = ("date", "session", "symbol", "title", "agenda", "stage", "topics", "source", *_TOTALS)
LAYOUT = Layout(
    event="event",
    code="voter",
    label="voter_name",
    vote="option",
    weight="weight",
    about=_ABOUT,
    needed=("event", "voter", "option", "date"),
)


def import_generic(
    path: Path, forum: Forum, reading: Reading | None = None, progress: Progress = no_progress
) -> tuple[RollCalls, ImportReport]:
    """The roll calls of a CSV file read by ``reading``. :raises ImportRefused: with the report, and nothing is kept."""
    report = ImportReport(forum.id, path.name)
    reading = reading or Reading()
    found = read_grouped(path, LAYOUT, _OPTIONS, reading, report, progress)
    before = len(report.problems)
    events = [_event(key, about, report) for key, about in found.events.items()]
    if len(report.problems) > before:  # without its days nobody can be told from whom he followed
        report.stop_if_wrong()
    assert found.rows is not None

    def resolver(name: Name, day: str) -> State | Unresolved:
        return reading.state(name.code, day, name.label)

    return build(forum, events, found.names, found.rows, resolver, report, origin_sha256=found.sha256), report


def _event(key: str, about: dict[str, str], report: ImportReport) -> VoteEvent:
    place = f"row {about['row']}"
    date, stage, session = about["date"][:10], about.get("stage", ""), about.get("session", "")
    if len(date) < 4 or not date[:4].isdigit():
        report.problem("unreadable", "The date {date} cannot be read.", "Write YYYY-MM-DD.", [place], date=repr(about["date"]))
        date = "0000"
    if stage and stage not in set(Stage):
        report.problem(
            "unknown stage", "{stage} is not a stage.", "Use one of: {known}.", [place], stage=repr(stage), known=", ".join(Stage)
        )
        stage = ""
    title, agenda = about.get("title", ""), about.get("agenda", "")
    topics = tuple(Topic(t.strip(), Origin.OFFICIAL) for t in about.get("topics", "").split("|") if t.strip())
    totals = []
    for column in _TOTALS:
        text = about.get(column, "")
        if text and not text.removesuffix(".0").isdigit():
            report.problem("unreadable", "{text} is not a total.", "Write a number or nothing.", [f"{place} {column}"], text=repr(text))
            text = ""
        totals.append(int(float(text)) if text else None)
    return VoteEvent(
        id=key,
        session=int(session) if session.isdigit() else int(date[:4]),
        date=date,
        title=title or key,
        symbol=about.get("symbol", ""),
        agenda=agenda,
        stage=Stage(stage) if stage else Stage.PLENARY,
        totals=Totals(*totals),
        topics=topics or derived_topics(title, agenda),
        item=agenda or title.casefold(),
        source=about.get("source", ""),
    )
