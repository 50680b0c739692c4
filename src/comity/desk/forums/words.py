"""What votes, splits, courses, positions and outcomes are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

# Votes, each with a mark that is told apart without colour.
OPTIONS = {
    "yes": ("●", pgettext_lazy("a vote", "yes")),
    "abstain": ("◐", pgettext_lazy("a vote", "abstention")),
    "no": ("○", pgettext_lazy("a vote", "no")),
    "absent": ("–", pgettext_lazy("a vote", "absent")),
    "not participating": ("–", pgettext_lazy("a vote", "did not take part")),
    "not member": ("·", pgettext_lazy("a vote", "not a member")),
    "unknown": ("?", pgettext_lazy("a vote", "not known")),
}
SPLITS = {
    "opposite": gettext_lazy("opposite"),
    "partial": gettext_lazy("partial"),
    "absent": pgettext_lazy("a split", "one absent"),
    "alike": gettext_lazy("alike"),
}
SPLITS_MEAN = {
    "opposite": gettext_lazy("one yes, one no"),
    "partial": gettext_lazy("one abstained, the other voted"),
    "absent": gettext_lazy("one voted, the other was not there"),
}
COURSES = {
    "first": pgettext_lazy("a divergence", "first vote on it"),
    "new": pgettext_lazy("a divergence", "new"),
    "recurring": pgettext_lazy("a divergence", "recurring"),
    "healed": pgettext_lazy("a divergence", "healed"),
}
COURSES_MEAN = {
    "first": gettext_lazy("there is no earlier vote of both on this item"),
    "new": gettext_lazy("the last time they voted alike"),
    "recurring": gettext_lazy("they split the last time, too"),
    "healed": gettext_lazy("they split the last time and vote alike now"),
}
STAGES = {
    "committee": gettext_lazy("in committee"),
    "plenary": gettext_lazy("whole text, plenary"),
    "paragraph": gettext_lazy("a paragraph"),
    "amendment": gettext_lazy("an amendment"),
    "motion": gettext_lazy("a motion"),
}
ORIGINS = {
    "official": pgettext_lazy("a topic", "given by the forum"),
    "coded": pgettext_lazy("a topic", "coded by the data set"),
    "derived": pgettext_lazy("a topic", "derived from the title here"),
}
LINES = {
    "yes": gettext_lazy("vote yes"),
    "abstain": gettext_lazy("abstain"),
    "no": gettext_lazy("vote no"),
    "not_voting": gettext_lazy("take no part in the vote"),
    "consensus": gettext_lazy("join a consensus"),
    "open": gettext_lazy("not decided yet"),
}
AGREED = {
    "vote": gettext_lazy("vote alike"),
    "co_sponsor": gettext_lazy("sponsor it together"),
    "joint_statement": gettext_lazy("make a joint statement"),
    "join_consensus": gettext_lazy("join the consensus"),
    "none": gettext_lazy("nothing is agreed; each is free"),
}
VOTE_ALIKE = {
    "yes": gettext_lazy("both vote yes"),
    "abstain": gettext_lazy("both abstain"),
    "no": gettext_lazy("both vote no"),
}
OUTCOMES = {
    "awaited": gettext_lazy("the vote is awaited"),
    "no_vote": gettext_lazy("no roll call on this item in the session imported"),
    "without_vote": gettext_lazy("adopted without a vote"),
    "kept": pgettext_lazy("an agreed position", "kept"),
    "half": pgettext_lazy("an agreed position", "half kept"),
    "not_kept": pgettext_lazy("an agreed position", "not kept"),
    "too_late": gettext_lazy("agreed too late: on the day of the vote or after it"),
    "free": gettext_lazy("each was free: what had been agreed no longer held on the day of the vote"),
    "not_judged": gettext_lazy("a roll call does not show it"),
}


def option(word: str) -> dict[str, str]:
    """A vote: its mark and its word."""
    mark, label = OPTIONS.get(word, ("?", word))
    return {"mark": mark, "label": str(label), "word": word}


def agreed_label(agreed: str, vote: str) -> str:
    return str(VOTE_ALIKE.get(vote, AGREED["vote"])) if agreed == "vote" else str(AGREED.get(agreed, agreed))


def line_label(line: str) -> str:
    return str(LINES.get(line, line))


def signed_value(key: str, value: str) -> str | None:
    """A value of an act about positions in words, for the signing page; None if it has none."""
    tables: dict[str, dict[str, Any]] = {"line": LINES, "agreed": AGREED, "vote": VOTE_ALIKE}
    word = tables.get(key, {}).get(value)
    return str(word) if word is not None else None


def signed_field(key: str) -> str | None:
    """What a field of such an act is called, for the signing page."""
    return {
        "item": _("Item"),
        "forum": _("Forum"),
        "session": _("Session"),
        "key": _("Key of the item"),
        "symbol": _("Symbol"),
        "line": _("Position"),
        "agreed": _("Agreed"),
        "vote": _("Vote"),
        "owner": _("Office in charge"),
        "serves": _("Serves the commitment"),
        "wording": _("Wording"),
    }.get(key)
