"""What anyone sees on a party's node: the merge of the released sources' fragments alone.

A fragment that was accepted when another source had said the same in more detail holds that detail too. Here each says what its own source
says, and names only people whom a released source names; where released sources agree, the fuller one stands for both, as on the desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.desk.observations import releasing
from comity.desk.observations.state import kept
from comity.desk.press.about import Subject, subjects
from comity.desk.press.fragments import meeting_value, office_value, opening, within
from comity.desk.press.models import Proposal, Word
from comity.desk.record.visible import public_mechanisms
from comity.observations.merge import Case, merge
from comity.observations.model import Fragment


def released() -> dict[str, Case]:
    """The cases that the released sources add up to. What the public record says of a mechanism's name, parties and series goes before."""
    covered = releasing.covered()
    if not covered:
        return {}
    chosen = [one for place, one in kept().counting if place < covered.get((one.case, releasing.source_of(one)), 0)]
    before = [one for subject in _of_public_record({one.case for one in chosen}) for one in opening(subject)]
    return merge([*before, *chosen], _own_values(chosen))


def _of_public_record(cases: set[str]) -> list[Subject]:
    found = [one for name, one in subjects().items() if name in cases and one.record is not None]
    public = set(public_mechanisms().filter(pk__in=[one.record.pk for one in found if one.record]).values_list("pk", flat=True))
    return [one for one in found if one.record and one.record.pk in public]


def _own_values(chosen: Sequence[Fragment]) -> dict[str, Any]:
    """By fragment: what its own source says, where that is less than the fragment."""
    rows = Word.objects.filter(pk__in=[one.id for one in chosen]).select_related("proposal__source")
    said = {row.fragment: row.proposal for row in rows.defer("proposal__source__text", "proposal__source__reading")}
    people = {one.about.split("/")[2] for one in chosen if one.about.split("/")[1] == "persons"}
    own = {one.id: _own(one, said[one.id], people) for one in chosen if one.id in said}
    agreeing: dict[tuple[str, str], list[Any]] = {}
    for one in chosen:
        if one.claim in ("meeting", "office"):
            agreeing.setdefault((one.about, one.claim), []).append(own.get(one.id, one.value))
    for one in chosen:
        for fuller in agreeing.get((one.about, one.claim), ()):
            value = own.get(one.id, one.value)
            if within(value, fuller) and not within(fuller, value):
                own[one.id] = fuller
    return own


def _own(one: Fragment, proposal: Proposal, people: set[str]) -> Any:
    said = proposal.said
    if one.claim == "meeting":
        return meeting_value(said, str(one.value.get("series") or ""))
    if one.claim == "office":
        return office_value(said, proposal.source.date)
    if one.claim == "statement":
        return {key: inner for key, inner in one.value.items() if key != "speaker" or inner in people}
    if one.claim == "commitment" and "who" in one.value:
        return one.value | {"who": _named(one.value["who"], said, people)}
    return one.value


def _named(who: Sequence[str], said: Mapping[str, Any], people: set[str]) -> list[str]:
    """Those who promise, by their ids if a released source names them, else as the words are printed."""
    printed = list(map(str, said.get("who") or ()))
    return [id if id in people or place >= len(printed) else printed[place] for place, id in enumerate(who)]
