"""The calendar file by RFC 5545."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from comity.desk.meetings.icalendar import Event, calendar

EVENT = Event(
    uid="ab12@arvena.example",
    summary="Arvena–Kelmor Committee: Third meeting",
    first=date(2026, 11, 20),
    last=date(2026, 11, 22),
    stamp=datetime(2026, 9, 1, 12, 0, tzinfo=timezone(timedelta(hours=3))),
    location="Kelto; Hall 2, left",
    lang="en",
)


def lines(event: Event) -> list[str]:
    """Unfolded content lines (3.1)."""
    return calendar([event]).decode().replace("\r\n ", "").split("\r\n")


def test_the_days_end_on_the_day_after_the_last_one() -> None:
    said = lines(EVENT)
    assert "DTSTART;VALUE=DATE:20261120" in said
    assert "DTEND;VALUE=DATE:20261123" in said


def test_a_meeting_without_a_time_is_one_event_and_one_with_a_time_two() -> None:
    opened = replace(EVENT, opens=datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=8))))
    assert lines(EVENT).count("BEGIN:VEVENT") == 1
    said = lines(opened)
    assert said.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20261120T020000Z" in said
    assert len({line for line in said if line.startswith("UID:")}) == 2


def test_text_is_escaped_and_names_its_language() -> None:
    assert "LOCATION;LANGUAGE=en:Kelto\\; Hall 2\\, left" in lines(EVENT)


def test_a_proposal_is_tentative_and_a_change_counts_on() -> None:
    assert "STATUS:TENTATIVE" in lines(EVENT)
    assert "SEQUENCE:0" in lines(EVENT)
    assert {"STATUS:CONFIRMED", "SEQUENCE:2"} <= set(lines(replace(EVENT, confirmed=True, sequence=2)))


def test_the_stamp_is_in_utc() -> None:
    assert "DTSTAMP:20260901T090000Z" in lines(EVENT)
    assert EVENT.stamp.astimezone(UTC).hour == 9


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
def test_every_line_has_at_most_75_octets_and_nothing_is_lost(text: str) -> None:
    made = calendar([replace(EVENT, summary=text)])
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    read = Calendar.from_ical(made)
    assert str(read.walk("VEVENT")[0]["SUMMARY"]) == text


def test_a_feed_holds_all_meetings_and_is_the_same_bytes_each_time() -> None:
    events = [EVENT, replace(EVENT, uid="cd34@arvena.example")]
    made = calendar(events, name="Arvena–Kelmor Committee")
    assert made == calendar(events, name="Arvena–Kelmor Committee")
    read = Calendar.from_ical(made)
    assert [str(event["UID"]) for event in read.walk("VEVENT")] == ["ab12@arvena.example", "cd34@arvena.example"]
    assert str(read["NAME"]) == "Arvena–Kelmor Committee"
