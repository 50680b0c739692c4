"""What importing tells, in the reader's language: the engine's findings and errors are English sentences with gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


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
