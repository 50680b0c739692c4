"""Offices before a name, read from right to left, are those that the pattern of offices finds from left to right."""

from __future__ import annotations

import re

import pytest

from comity.press.readers.english.lexicon import role_pattern, roles
from comity.press.readers.english.offices import office_before, office_of_body_before, office_of_the_before

NOUNS = [role for role in roles() if "'" not in role]
BEHIND = (
    "",
    " ",
    "\n",
    "-",
    " of ",
    " of the ",
    " for the ",
    " of the State Duma ",
    " of the State duma ",
    " of ,",
    "s ",
    " in the ",
    " of Arvena and ",
)


@pytest.mark.parametrize("behind", BEHIND)
def test_an_office_is_found_before_a_name_from_either_side(behind: str) -> None:
    role = role_pattern()
    forward = (
        (office_before, re.compile(rf"{role}\s$")),
        (office_of_the_before, re.compile(rf"{role}\s(?:of|for)\s(?:the\s)?$")),
        (office_of_body_before, re.compile(rf"{role}\s(?:of|for)\s(?:(?:[A-Z][\w’'-]*|of|the|for|and|on)\s){{1,9}}$")),
    )
    for noun in NOUNS:
        for form in (noun, noun.title(), noun.upper(), noun.replace(" ", "-")):
            before = f"talks with the {form}{behind}"
            assert [reads(before) for reads, _ in forward] == [pattern.search(before) is not None for _, pattern in forward], before
