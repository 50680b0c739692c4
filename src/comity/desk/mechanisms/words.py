"""What kinds of bodies, mandates and planned things, and what became of them, are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

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
    "meeting": gettext_lazy("meeting"),
    "visit": gettext_lazy("visit"),
    "hearing": gettext_lazy("hearing"),
    "exhibition": gettext_lazy("exhibition"),
    "publication": gettext_lazy("publication"),
    "training": gettext_lazy("training"),
    "other": pgettext_lazy("kind of a planned thing", "other"),
}

OUTCOMES = {
    "": gettext_lazy("open"),
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
