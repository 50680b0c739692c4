"""Meetings in English press: several in one article, announced ones, days and chairs that another sentence gives."""

from __future__ import annotations

from datetime import date

import pytest

from comity.press.model import Meeting
from comity.press.readers import read

DAY = date(2026, 9, 8)


def _meetings(text: str) -> list[Meeting]:
    return list(read(text, "en", None, DAY).meetings)


def test_talks_with_another_person_are_another_meeting_of_the_same_day() -> None:
    text = (
        "RAVIK, Sept. 8 (Wire) -- Speaker Maria Holm met with Senator Peter Vance in Ravik on Tuesday.\n\n"
        "Earlier in the day, Maria Holm held talks with Minister Ivan Brandt."
    )
    assert [(m.kind, m.place, m.date) for m in _meetings(text)] == [("talks", "Ravik", "2026-09-08"), ("talks", None, "2026-09-08")]


@pytest.mark.parametrize(
    ("announcement", "kind", "place", "day"),
    [
        ("The committee will next meet in Ostrel on 14 October.", "committee_session", "Ostrel", "2026-10-14"),
        ("The group will meet again in Ostrel in December.", "committee_session", "Ostrel", "2026-12"),
        ("The next Assembly will be convened in Geneva from 18 to 22 April.", "assembly", "Geneva", "2027-04-18"),
        ("The next session of the commission is due to take place in Ostrel in 2027.", "committee_session", "Ostrel", "2027"),
    ],
)
def test_an_announced_meeting_counts_with_the_place_and_day_that_are_named(announcement: str, kind: str, place: str, day: str) -> None:
    (meeting,) = _meetings(f"Lawmakers published a report. {announcement}")
    assert (meeting.kind, meeting.place, meeting.date) == (kind, place, day)


@pytest.mark.parametrize(
    "sentence",
    [
        "The next session of the commission may be put off.",
        "It was the first such meeting since 2019.",
        "The chair thanked everybody for the next generation of laws.",
    ],
)
def test_what_is_not_settled_or_has_neither_place_nor_day_is_no_announced_meeting(sentence: str) -> None:
    assert not [m for m in _meetings(sentence) if m.ordinal or m.place]


def test_a_numbered_meeting_that_opens_the_news_is_of_the_day_of_the_dateline() -> None:
    text = "OSTREL, 7 September (Wire) - The Eighth Parliamentary Forum opened here with 40 delegations.\n\nGuests will stay until Friday."
    (meeting,) = _meetings(text)
    assert (meeting.kind, meeting.ordinal, meeting.date) == ("assembly", 8, "2026-09-07")


def test_the_head_of_a_communique_gives_the_day() -> None:
    text = "Velborg, 12 May 2026\n\nThe sixth session of the Joint Commission was held today.\n\nIt adopted a report."
    assert _meetings(text)[0].date == "2026-05-12"


def test_a_later_sentence_may_say_who_presided() -> None:
    text = (
        "The 30th session of the Lake Commission was held in Ostrel on 2 September. Lawmakers adopted a report.\n\n"
        "The three-day session was presided over by Speaker Maria Holm."
    )
    assert _meetings(text)[0].chairs_or_hosts == ("Maria Holm",)


def test_a_visit_to_a_town_that_no_table_knows_has_its_place() -> None:
    (meeting,) = _meetings("Speaker Maria Holm visited Velborg on Monday at the invitation of the regional council.")
    assert (meeting.kind, meeting.place, meeting.date) == ("visit", "Velborg", "2026-09-07")


def test_a_body_ends_before_the_name_of_who_leads_it() -> None:
    text = "President of the Senate of Arvena Ruta Quist met with Speaker Maria Holm on Tuesday. Quist said that the talks went well."
    reading = read(text, "en", None, DAY)
    assert {"Ruta Quist", "Maria Holm"} == {p.name for p in reading.persons}
    assert [s.speaker for s in reading.statements] == ["Ruta Quist"]


def test_answers_behind_untagged_questions_belong_to_who_is_interviewed() -> None:
    text = (
        "Maria Holm, secretary general of the assembly, received us in Ostrel.\n\nWhat did the session achieve?\n\n"
        "More than people think.\n\nAnd what remains?\n\nWe should cut the opening speeches."
    )
    reading = read(text, "en", None, DAY)
    said = [(s.speaker, text[slice(*s.span)]) for s in reading.statements]
    assert said == [("Maria Holm", "More than people think"), ("Maria Holm", "We should cut the opening speeches")]


def test_what_sides_decide_together_is_undertaken_and_not_said() -> None:
    text = "The two sides exchanged views. They decided that their staff would draw up a joint list by May."
    reading = read(text, "en", None, DAY)
    assert not reading.statements
    assert [c.nature for c in reading.commitments] == ["joint"]
