"""A person's correction of what is observed: one more fragment, of the form of what it corrects. What the sources said stays beside it.

A value is edited as plain fields: texts, numbers, dates, words of a vocabulary, lists of texts one per line. What is more involved than
that stays as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.accounts.models import Officer
from comity.desk.choices import offer
from comity.desk.observations import shown
from comity.desk.press.observing import append, retraction
from comity.errors import ComityError, Refused
from comity.observations.merge import Case, Thing, Version
from comity.observations.model import FINDINGS, NATURES, STATEMENT_KINDS, Fragment
from comity.terms.dates import PartialDate

VOCABULARIES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("commitment", "nature"): NATURES,
    ("finding", "finding"): FINDINGS,
    ("statement", "kind"): STATEMENT_KINDS,
}
DATES = ("start", "end", "date", "from", "to", "due")
LONG = 80  # characters from which a field is an area

type Leaf = tuple[tuple[str, ...], Any]


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """The parts of a value that can be edited, with their places; a list of texts is one part."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, str(name)))
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield path, value
    elif isinstance(value, str | int) or value is None:
        yield path, value


class CorrectionForm(forms.Form):
    """The fields of one claim, and the source from which the person knows better."""

    source = forms.ChoiceField(
        label=gettext_lazy("Source"), required=False, help_text=gettext_lazy("Where it says so; empty if you say it yourself.")
    )

    def __init__(self, *args: Any, case: Case, claim: str, value: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._value, self._claim = value, claim
        self._places = {"value-" + "-".join(path): (path, old) for path, old in leaves(value)}
        for name, (path, old) in self._places.items():
            self.fields[name] = self._field(path, old)
        chips = [(thing.id, f"{shown.source(case, thing.id).name} ({thing.id})") for thing in case.all("sources")]
        offer(self, "source", [("", "–"), *chips])
        self.order_fields([*self._places, "source"])

    def _field(self, path: tuple[str, ...], old: Any) -> forms.Field:
        label, last = " · ".join(_label(step) for step in path) or _("What is said"), path[-1] if path else ""
        common: dict[str, Any] = {"label": label, "required": False}
        if words := VOCABULARIES.get((self._claim, last)):
            return forms.ChoiceField(**common, choices=[(word, word.replace("_", " ")) for word in words], initial=old)
        if isinstance(old, bool):
            return forms.BooleanField(**common, initial=old)
        if isinstance(old, int):
            return forms.IntegerField(**common | {"required": True}, initial=old)
        if isinstance(old, list):
            area = forms.Textarea(attrs={"rows": min(8, len(old) + 1)})
            return forms.CharField(**common, initial="\n".join(old), widget=area, help_text=_("One on each line."))
        text = str(old or "")
        widget = forms.Textarea(attrs={"rows": 3}) if len(text) > LONG else forms.TextInput(attrs={"class": "w-measure"})
        return forms.CharField(**common, initial=text, widget=widget)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, (path, old) in self._places.items():
            if path and path[-1] in DATES and isinstance(old, str) and cleaned.get(name):
                try:
                    PartialDate(str(cleaned[name]))
                except ComityError:
                    self.add_error(name, _("Write the date as YYYY, YYYY-MM or YYYY-MM-DD."))
        return cleaned

    @property
    def said(self) -> Any:
        """The value as corrected, of the same form."""
        found = copy.deepcopy(self._value)
        for name, (path, old) in self._places.items():
            new = self.cleaned_data.get(name)
            if isinstance(old, list):
                new = [line.strip() for line in str(new or "").splitlines() if line.strip()]
            elif old is None:
                new = new or None
            if not path:
                return new
            at = found
            for step in path[:-1]:
                at = at[step]
            at[path[-1]] = new
        return found


def _label(step: str) -> str:
    """What a field of the case format is called; one that has no name on the desk keeps its own."""
    labels = {
        "agenda": _("Agenda"),
        "chairs": _("Chairs"),
        "city": _("City"),
        "country": _("Country"),
        "date": _("Date"),
        "dates": _("Date"),
        "end": _("End"),
        "finding": _("Found"),
        "gist": _("What is said"),
        "host_party": _("Host"),
        "kind": _("Kind"),
        "nature": _("Nature"),
        "note": _("Note"),
        "ordinal": _("Number"),
        "outcomes": _("Outcomes"),
        "participants": _("Taking part"),
        "place": _("Place"),
        "series": _("Series"),
        "speaker": _("Who says so"),
        "start": _("Beginning"),
        "title": _("Title"),
        "venue": _("Venue"),
        "what": _("What is said"),
        "who": _("By"),
    }
    return labels.get(step, step.replace("_", " "))


def claim_or_404(thing: Thing, claim: str) -> Any:
    if claim not in thing.claims:
        raise Http404(claim)
    return thing.get(claim)


def correct(actor: Officer, thing: Thing, claim: str, value: Any, source: str, now: datetime) -> Fragment:
    """Append a correction in the actor's name. Raises :class:`Refused` if it says nothing new."""
    if value == thing.get(claim):
        raise Refused("Nothing is different from what stands there.", place="value", remedy="Change a field first.")
    by = next((name["text"] for name in actor.names if name["lang"] == "en"), actor.name)
    about = f"{thing.case}/{thing.kind}/{thing.id}"
    fragment = Fragment(about, claim, value, source, by=by, said=now.replace(microsecond=0).isoformat())
    append([fragment])
    return fragment


def withhold(thing: Thing, version: Version) -> None:
    """Take a version back: its fragments stay in the log, and count no longer."""
    append([retraction(f"{thing.case}/{thing.kind}/{thing.id}", version.fragments)])
