"""What kinds of bodies, mandates and planned things, and what became of them, are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comity.desk.commitments.words import ATTRIBUTES

BODY_KINDS = {
    "working-group": gettext_lazy("working group"),
    "subcommittee": gettext_lazy("subcommittee"),
    "expert-group": gettext_lazy("expert group"),
    "secretariat": gettext_lazy("joint secretariat"),
}

MANDATE_KINDS = {
    "summit": gettext_lazy("declaration of a summit"),
    "treaty": gettext_lazy("treaty"),
    "joint-statement": gettext_lazy("joint statement"),
    "decision": gettext_lazy("decision"),
}

ITEM_KINDS = {
    "meeting": pgettext_lazy("kind of a planned thing", "meeting"),
    "visit": gettext_lazy("visit"),
    "hearing": gettext_lazy("hearing"),
    "exhibition": gettext_lazy("exhibition"),
    "publication": gettext_lazy("publication"),
    "training": gettext_lazy("training"),
    "other": pgettext_lazy("kind of a planned thing", "other"),
}

OUTCOMES = {
    "": pgettext_lazy("of a planned thing", "open"),
    "held": gettext_lazy("held"),
    "moved": gettext_lazy("moved"),
    "dropped": pgettext_lazy("of a planned thing", "dropped"),
}


def body_kind(kind: str) -> str:
    return str(BODY_KINDS.get(kind, kind))


def mandate_kind(kind: str) -> str:
    return str(MANDATE_KINDS.get(kind, kind))


def item_kind(kind: str) -> str:
    return str(ITEM_KINDS.get(kind, kind))


def outcome_label(outcome: str) -> str:
    return str(OUTCOMES.get(outcome, outcome))


def signed_value(key: str, value: str) -> str | None:
    """A value of an act about a mechanism's work in words, for the signing page; None if it has none."""
    tables: dict[str, dict[str, Any]] = {
        "kind": {**BODY_KINDS, **MANDATE_KINDS, **ITEM_KINDS},
        "outcome": OUTCOMES,
        "attributes": ATTRIBUTES,
    }
    word = tables.get(key, {}).get(value)
    return str(word) if word is not None else None


def signed_field(key: str) -> str | None:
    """What a field of such an act, or of one about responsibility, is called on the signing page."""
    return {
        "about": _("Series"),
        "anniversary": _("Anniversary"),
        "appointment": _("The person who answers for it"),
        "attributes": _("What the words themselves say"),
        "body": _("Body"),
        "counted_from": _("Anniversaries counted from"),
        "date": _("Date of the source"),
        "entered_by": _("Entered by"),
        "heads": _("Heads"),
        "held": _("Meetings held"),
        "items": _("What is planned"),
        "key": _("Key"),
        "mandate": _("Point of a mandate"),
        "mandates": _("Points of a mandate that it implements"),
        "old": _("The log that has forked"),
        "on": _("Date of that founding act"),
        "on_behalf": _("Entered on behalf of"),
        "outcome": _("What became of it"),
        "parent": _("Stands under"),
        "plan": _("Plan of a year"),
        "place": _("Where it stands"),
        "points": _("The points"),
        "predecessors": _("Follows"),
        "quotes": _("Words quoted"),
        "reasons": _("Reason"),
        "replaces": _("Replaces"),
        "size": _("Number of entries"),
        "source": _("The source"),
        "whose": _("Who sees to it"),
        "year": _("Year"),
    }.get(key)
