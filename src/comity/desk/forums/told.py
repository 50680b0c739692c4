"""What importing tells, in the reader's language: the engine's findings and errors are English sentences with gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_AT = re.compile(r"\b(rows?|line) (\d+(?:, \d+)*)")
_OF = re.compile(r"\b(\d+) (rows?|roll calls?)\b")


def finding(raw: Mapping[str, Any]) -> dict[str, Any]:
    """One finding of an import report in words, with its rows and what it offers."""
    details = raw.get("details") or {}
    places = [place(p) for p in raw.get("places", ())]
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
    return {"text": _filled(raw["template"], details), "remedy": _filled(raw["remedy"], details), "place": place(str(raw.get("place", "")))}


def place(text: str) -> str:
    """Where something stands in a file, in the reader's language: the engine writes rows, lines and how many of what in English."""
    said = {"row": _("row %(n)s"), "rows": _("rows %(n)s"), "line": _("line %(n)s")}
    text = _AT.sub(lambda m: said[m[1]] % {"n": m[2]}, text)
    return _OF.sub(lambda m: _many(int(m[1]), m[2]), text)


def _many(n: int, what: str) -> str:
    if what.startswith("row"):
        return ngettext("%(n)d row", "%(n)d rows", n) % {"n": n}
    return ngettext("%(n)d roll call", "%(n)d roll calls", n) % {"n": n}


def _filled(text: str, details: Mapping[str, str]) -> str:
    if not text:
        return ""
    said = _(text)
    try:
        return said.format(**details) if details else said
    except (KeyError, IndexError):
        return said
