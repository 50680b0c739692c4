"""What importing tells, in the reader's language: the engine's findings and errors are English sentences with gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

# The sentences of the engine (comity.forums), so that they are translated with this app. The keys only tell them apart.
SENTENCES = {
    1: "Not UTF-8; read as Latin-1.",
    2: "Rows of a state for days on which it did not hold the seat; kept as they are.",
    3: "The code {code} names two states: {states}.",
    4: "Say in the mapping which one is meant.",
    5: "The code {code} names no state that is known here.",
    6: "Give its ISO 3166 code in the mapping; or, if the voters are no states, set the registry to none.",
    7: "Votes that stand twice for the same voter and roll call: {count}.",
    8: "Remove one row of each pair; or, if two states share the code, tell them apart by code|name in the mapping.",
    9: "For these voters the file codes no absence; their missing votes are kept as unknown.",
    10: "The date {date} cannot be read.",
    11: "Write YYYY-MM-DD.",
    12: "{stage} is not a stage.",
    13: "Use one of: {known}.",
    14: "{text} is not a total.",
    15: "Write a number or nothing.",
    16: "{file} has no column {columns}.",
    17: "Say in the mapping what it is called here.",
    18: "These votes are none that is known.",
    19: "Say in the mapping what they mean.",
    20: "Rows of one roll call contradict each other about it.",
    21: "Check whether two roll calls share an id.",
    22: "There is a header but no vote.",
    23: "Download the file again.",
    24: "Votes of special sessions are put into the regular session of their date.",
    25: "These links name roll calls that are not in this file.",
    26: "These ISO codes stand for two states in this file; told apart by ccode.",
    27: "Session {session} or date {date} cannot be read.",
    28: "Write a number, and YYYY-MM-DD.",
    29: "These votes name no roll call.",
    30: "Add it to rollcalls.csv, or remove the rows.",
    31: "These votes name no country of countries.csv.",
    32: "Add the code with its ISO 3166 code.",
    33: "{name} is missing.",
    34: "Put it there, or name another folder.",
    35: "These files are none that are known together.",
    36: "Drop one CSV file; or rollcalls, votes and countries, and bridges if there are any.",
    37: "There is no CSV file in this ZIP.",
    38: "Drop the CSV file itself.",
    39: "This ZIP cannot be read: {error}.",
    40: "Make it again.",
    41: "This file cannot be read: {error}.",
    42: "This file is empty.",
    43: "Download it again.",
    44: "Not readable as CSV: {error}.",
    45: "Save it as CSV again.",
    46: "Nobody here is called {wanted}.",
    47: "Use an ISO 3166 code such as CHN, or a code of the source.",
    48: "{wanted} is more than one voter: {several}.",
    49: "Name one of these.",
    50: "There is no topic {topic}.",
    51: "A divergence needs two sides.",
    52: "Name two or more.",
    53: "These files are not what was imported.",
    54: "Import the source file again.",
    55: "There are too few sessions before to learn from.",
    56: "Import at least five.",
    57: "No contested roll call is left under these rules.",
    58: "Import more sessions, or use other rules.",
    59: "This ZIP is too large when it is unpacked.",
    60: "{word} is not an option.",
    61: "A roll call stands twice.",
    62: "Keep one row for each rcid.",
}


def finding(raw: Mapping[str, Any]) -> dict[str, Any]:
    """One finding of an import report in words, with its rows and what it offers."""
    details = raw.get("details") or {}
    places = list(raw.get("places", ()))
    more = int(raw.get("count", 0)) - len(places)
    return {
        "kind": raw["kind"],
        "text": _filled(raw["message"], details),
        "remedy": _filled(raw["remedy"], details),
        "places": places,
        "more": _("and %(n)d more") % {"n": more} if more > 0 else "",
        "offer": dict(raw.get("offer") or {}),
    }


def error(raw: Mapping[str, Any]) -> dict[str, str]:
    """An error that a job wrote down."""
    details = raw.get("details") or {}
    return {"text": _filled(raw["template"], details), "remedy": _filled(raw["remedy"], details), "place": str(raw.get("place", ""))}


def _filled(text: str, details: Mapping[str, str]) -> str:
    if not text:
        return ""
    said = _(text)
    try:
        return said.format(**details) if details else said
    except (KeyError, IndexError):
        return said
