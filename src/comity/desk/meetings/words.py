"""The words for what a meeting row holds: its title, days, places, mode and times, for the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.desk.accounts.models import page_language
from comity.desk.languages import USUAL
from comity.desk.mechanisms.models import SeriesRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.ordinals import meeting_title
from comity.desk.show import day, languages_by_page, name_of
from comity.terms.dates import PartialDate

SPOKEN = ("zh", "ru", "en", "fr", "es")  # the languages in which a meeting's number is known in words


def title(row: MeetingRow, lang: str = "") -> str:
    """*Third meeting*, in the page's language or in ``lang``."""
    return meeting_title(row.ordinal, lang or page_language())


def mode_label(mode: str) -> str:
    return {"in_person": _("in person"), "online": _("online"), "hybrid": _("in person and online")}.get(mode, mode)


def days(row: MeetingRow) -> str:
    """The first and the last day: once if they are the same, shortened where they share month or year."""
    if row.first_day == row.last_day:
        return day(row.first_day)
    if len(row.first_day) == len(row.last_day) == 10:
        return _span(PartialDate(row.first_day).first, PartialDate(row.last_day).first)
    return _("%(first)s to %(last)s") % {"first": day(row.first_day), "last": day(row.last_day)}


def _span(first: date, last: date) -> str:
    """Two days as one expression: 20–22 November 2026, 20–22 ноября 2026 г., 2026年11月20日至22日."""
    shared = 0 if first.year != last.year else 1 if first.month != last.month else 2
    if page_language() == "zh-Hans":
        return formats.date_format(first, "Y年n月j日") + "至" + formats.date_format(last, ("Y年n月j日", "n月j日", "j日")[shared])
    whole, month = ("j E Y г.", "j E") if page_language() == "ru" else ("j F Y", "j F")
    dash = "–" if shared == 2 else " – "
    return formats.date_format(first, (whole, month, "j")[shared]) + dash + formats.date_format(last, whole)


def place_names(row: MeetingRow) -> str:
    """The places in one line, in the page's language."""
    return _("; ").join(name_of(place["names"]) for place in row.places)


def names_of_series(row: MeetingRow) -> Sequence[Mapping[str, str]]:
    """The names of a meeting's series; none if it is not known here."""
    return next(iter(SeriesRow.objects.filter(pk=row.series).values_list("names", flat=True)), [])


def in_series(series: str, ordinal: int, lang: str) -> str:
    """Series and ordinal as one expression: *Plenary meetings: third meeting*, 全体会议：第三次会议."""
    said = meeting_title(ordinal, lang)
    if not series:
        return said
    return f"{series}：{said}" if lang.startswith("zh") else f"{series}: {said[0].lower()}{said[1:]}"


def names_in_every_language(series: Sequence[Mapping[str, str]], row: MeetingRow) -> list[dict[str, str]]:
    """The meeting's name in each language as equals: series and ordinal in words."""
    said = {n["lang"]: n["text"] for n in reversed(series) if not n.get("side")}
    spoken = {lang for lang in said if lang.split("-")[0] in SPOKEN}
    langs = languages_by_page(spoken if not spoken <= set(USUAL) else {*USUAL, *spoken})
    return [{"lang": lang, "text": in_series(said.get(lang, ""), row.ordinal, lang)} for lang in langs]


def opening(row: MeetingRow) -> datetime | None:
    """When the meeting opens, in the zone that it says; None if it says no time."""
    if not row.opens:
        return None
    return datetime.fromisoformat(row.opens["at"]).replace(tzinfo=ZoneInfo(row.opens["zone"]))


def item_kind_label(kind: str) -> str:
    """What is done with an item of an agenda."""
    return {
        "minutes": _("minutes of the previous meeting"),
        "report": _("report"),
        "discussion": _("discussion"),
        "adoption": _("adoption of a text"),
        "information": _("information"),
        "other": _("other business"),
    }.get(kind, kind)


def role_label(role: str) -> str:
    """A member's place in a delegation."""
    return {
        "head": _("head of the delegation"),
        "member": pgettext("of a delegation", "member"),
        "substitute": _("substitute"),
        "adviser": _("adviser"),
        "staff": _("staff"),
    }.get(role, role)


def attendance_label(attendance: str) -> str:
    return {"expected": _("expected"), "present": _("present")}.get(attendance, attendance)


def zone_of(row: MeetingRow) -> str:
    """The clock by which the meeting works: that of its opening, else of its first place; empty if it names none."""
    if row.opens:
        return str(row.opens["zone"])
    return next((str(place["zone"]) for place in row.places if place.get("zone")), "")


def signed_field(key: str) -> str | None:
    """What a field of an agenda, a delegation or a closing is called on the signing page."""
    return {
        "minutes": _("Minutes"),
        "texts": _("Texts that were adopted"),
        "items": _("Items"),
        "members": _("Members"),
        "starts": _("Begins"),
        "length": _("Length in minutes"),
        "role": _("In the delegation as"),
        "attendance": _("Attendance"),
        "remote": _("from elsewhere, by video"),
        "for": _("Stands in for"),
    }.get(key)


def signed_value(key: str, value: str) -> str | None:
    """The word for a signed value of such an act; None if it has none."""
    labels: dict[str, Callable[[str], str]] = {"kind": item_kind_label, "role": role_label, "attendance": attendance_label}
    said = labels[key](value) if key in labels and value != "minutes" else value
    return said if said != value else None
