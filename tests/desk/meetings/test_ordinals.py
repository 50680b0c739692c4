"""The number of a meeting in words."""

from __future__ import annotations

import pytest

from comity.desk.meetings.ordinals import meeting_title


@pytest.mark.parametrize(
    ("number", "zh", "ru", "en"),
    [
        (1, "第一次会议", "Первое заседание", "First meeting"),
        (2, "第二次会议", "Второе заседание", "Second meeting"),
        (10, "第十次会议", "Десятое заседание", "Tenth meeting"),
        (11, "第十一次会议", "Одиннадцатое заседание", "Eleventh meeting"),
        (20, "第二十次会议", "Двадцатое заседание", "Twentieth meeting"),
        (23, "第二十三次会议", "Двадцать третье заседание", "Twenty-third meeting"),
        (40, "第四十次会议", "Сороковое заседание", "Fortieth meeting"),
        (99, "第九十九次会议", "Девяносто девятое заседание", "Ninety-ninth meeting"),
        (101, "第一百零一次会议", "101-е заседание", "101st meeting"),
        (110, "第一百一十次会议", "110-е заседание", "110th meeting"),
        (112, "第一百一十二次会议", "112-е заседание", "112th meeting"),
        (2005, "第二千零五次会议", "2005-е заседание", "2005th meeting"),
        (10_000, "第10000次会议", "10000-е заседание", "10000th meeting"),
    ],
)
def test_a_meeting_is_called_by_its_number_in_words(number: int, zh: str, ru: str, en: str) -> None:
    assert [meeting_title(number, lang) for lang in ("zh-Hans", "ru", "en")] == [zh, ru, en]


def test_every_number_of_a_century_has_a_name_of_its_own() -> None:
    for lang in ("zh-Hans", "ru", "en"):
        assert len({meeting_title(n, lang) for n in range(1, 1000)}) == 999
