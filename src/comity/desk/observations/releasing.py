"""Releasing what was accepted from one source, on a party's node: who may, from which day, what it covers, and taking it back.

A release covers what the log holds when it is made. What is accepted from the source later stays on this node until it is released too, so
that nobody publishes by accepting. Days are those of this node's own time zone; a partial date begins with its first day.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import Why
from comity.desk.observations.models import Release
from comity.desk.observations.policy import why_not_release
from comity.desk.observations.state import kept
from comity.desk.press.about import subjects
from comity.desk.record.visible import insider
from comity.desk.show import day, instant, name_of
from comity.errors import ComityError, Refused
from comity.observations.model import Fragment
from comity.terms.dates import PartialDate


def today() -> str:
    """The day in this node's time zone (ISO 8601)."""
    return timezone.localdate().isoformat()


def _open() -> QuerySet[Release]:
    """Releases that hold today. A partial date sorts before every day in it, so texts compare as dates do."""
    return Release.objects.filter(Q(public_from="") | Q(public_from__lte=today()), taken_back=None)


def covered() -> dict[tuple[str, str], int]:
    """What is public today: by case and source, how many entries of the log."""
    found: dict[tuple[str, str], int] = {}
    for case, source, entries in _open().values_list("case", "source", "entries"):
        found[case, source] = max(entries, found.get((case, source), 0))
    return found


def anything() -> bool:
    """Whether anything is public today."""
    return _open().exists()


def source_of(one: Fragment) -> str:
    """The source that a fragment was accepted from, or that it is about; empty for what a person or the node says."""
    _case, kind, id = one.about.split("/")
    return "" if one.by else one.source or (id if kind == "sources" else "")


def why_not(actor: Officer | None, case: str) -> Why:
    """Why this officer may not release a source of this case, or take its release back."""
    subject = subjects().get(case)
    return why_not_release(actor, settings.NODE.party, subject.record.id if subject and subject.record else "")


def release(actor: Officer, case: str, source: str, public_from: str, entries: int) -> Release:
    """Release what the first ``entries`` of the log say of a source, from a day on (a partial date; empty: at once).

    Raises Refused for who may not, and where nothing of the source is there that is not released yet.
    """
    _allow(actor, case)
    entries = min(entries, kept().size)
    if not _places(case, source, _standing(case, source), entries):
        raise Refused("There is nothing of this source to release.", place="source", remedy="Accept something first.")
    return _begin(actor, case, source, entries, public_from)


def move(actor: Officer, case: str, source: str, public_from: str) -> Release:
    """Let a release that is not public yet begin on another day (empty: at once). Raises Refused for who may not, and if it is public."""
    _allow(actor, case)
    with transaction.atomic():
        rows = _waiting(_standing(case, source))
        if not rows:
            raise Refused("No release of this source waits for its day.", place="source", remedy="Take the release back, or release more.")
        _end(actor, Release.objects.filter(pk__in=[row.pk for row in rows]))
        return _begin(actor, case, source, max(row.entries for row in rows), public_from)


def take_back(actor: Officer, case: str, source: str) -> int:
    """Take every release of a source back; returns how many there were."""
    _allow(actor, case)
    return _end(actor, Release.objects.filter(case=case, source=source, taken_back=None))


def _begin(actor: Officer, case: str, source: str, entries: int, public_from: str) -> Release:
    said = {"case": case, "source": source, "entries": entries, "public_from": public_from}
    return Release.objects.create(**said, by=actor.user, released=timezone.now())


def _end(actor: Officer, rows: QuerySet[Release]) -> int:
    return rows.update(taken_back=timezone.now(), taken_back_by=actor.user)


def _allow(actor: Officer, case: str) -> None:
    if refusal := why_not(actor, case):
        raise Refused(str(refusal), place="role")


def _standing(case: str, source: str) -> list[Release]:
    return list(Release.objects.filter(case=case, source=source, taken_back=None))


def _waiting(rows: list[Release]) -> list[Release]:
    """Those whose day has not come."""
    now = today()
    return [row for row in rows if row.public_from > now]


def _places(case: str, source: str, rows: list[Release], until: int) -> list[int]:
    """The places in the log of what counts of a source and no release covers yet."""
    since = max((row.entries for row in rows), default=0)
    return [place for place, one in kept().counting if since <= place < until and one.case == case and source_of(one) == source]


# What pages show ---------------------------------------------------------------------------


class DayForm(forms.Form):
    """The day from which a source's observations are public."""

    public_from = forms.CharField(
        label=gettext_lazy("Public from"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "w-date", "placeholder": "2027-01-31", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        hint = _("A day, month or year, by the clock of this node (%(zone)s). Empty: at once.")
        self.fields["public_from"].help_text = hint % {"zone": settings.TIME_ZONE}

    def clean_public_from(self) -> str:
        text = str(self.cleaned_data["public_from"]).strip()
        try:
            return PartialDate(text).text if text else ""
        except ComityError:
            raise forms.ValidationError(_("Write the date as YYYY, YYYY-MM or YYYY-MM-DD.")) from None


class ReleaseForm(DayForm):
    """What is released, and from which day on."""

    entries = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


def sees(actor: Officer | None, case: str, source: str, *, press: str = "", form: DayForm | None = None) -> dict[str, Any] | None:
    """What the section "Who sees this" of a source is drawn from; None where everybody sees it, or there is nothing to see.

    ``press`` is the key of the source on the press desk, if that is the page; ``form`` one that was filled in wrongly.
    """
    if not settings.NODE.party or actor is None:
        return None
    rows, size = _standing(case, source), kept().size
    later = len(_places(case, source, rows, size))
    if not rows and not later:
        return None
    back = f"?press={press}" if press else ""
    why = why_not(actor, case)
    retract = {"label": _("Take the release back"), "url": reverse("observations:retract", args=[case, source]) + back, "post": "yes"}
    return {
        "state": _state(rows),
        "by": _by(rows),
        "later": _later(later) if rows and later else "",
        "once": "" if rows else _once(case, source),
        "action": reverse("observations:release", args=[case, source]) + back,
        "label": _("Release these too") if rows else _("Release this source"),
        "offered": bool(later),
        "form": form if isinstance(form, ReleaseForm) else ReleaseForm(initial={"entries": size}),
        "day": _moving(case, source, back, rows, why, form),
        "why": why,
        "retract": [retract | {"kind": "quiet", "small": True, "why": why}] if rows else [],
    }


def _moving(case: str, source: str, back: str, rows: list[Release], why: Why, form: DayForm | None) -> dict[str, Any] | None:
    """The form for another day, while a release waits for its day and the officer may change it."""
    waiting = _waiting(rows)
    if not waiting or why:
        return None
    wrong = form if form is not None and not isinstance(form, ReleaseForm) else None
    first = min(row.public_from for row in waiting)
    action = reverse("observations:move", args=[case, source]) + back
    return {"form": wrong or DayForm(initial={"public_from": first}, auto_id="day_%s"), "action": action, "open": wrong is not None}


def _state(rows: list[Release]) -> str:
    now = today()
    since = [max(row.public_from, timezone.localdate(row.released).isoformat()) for row in rows if row.public_from <= now]
    if since:
        return _("Public since %(day)s.") % {"day": day(min(since), bound=True)}
    if rows:
        said = {"day": day(min(row.public_from for row in rows), bound=True), "zone": settings.TIME_ZONE}
        return _("Public from %(day)s, by the clock of this node (%(zone)s). Until then only its officers see it.") % said
    return _("Only officers of this node see what was accepted from this source.")


def _later(number: int) -> str:
    said = ngettext(
        "%(n)d observation was accepted after that: it stays on this node.",
        "%(n)d observations were accepted after that: they stay on this node.",
        number,
    )
    return said % {"n": number}


def _by(rows: list[Release]) -> str:
    """Who released it; told on this node alone."""
    if not rows:
        return ""
    return _("Released by %(person)s, %(when)s.") % {"person": _person(rows[-1].by_id), "when": instant(rows[-1].released)}


def _once(case: str, source: str) -> str:
    """That it was public before."""
    row = Release.objects.filter(case=case, source=source).exclude(taken_back=None).order_by("taken_back").last()
    if row is None or row.taken_back is None:
        return ""
    said = {"person": _person(row.taken_back_by_id), "when": instant(row.taken_back)}
    return _("A release was taken back by %(person)s, %(when)s. Copies that others have made stay.") % said


def _person(user: int | None) -> str:
    officer = Officer.objects.filter(user=user).first() if user else None
    return officer.name if officer else "–"


def by_side(request: HttpRequest) -> str:
    """What stands on every page of what a side has released, for who sees nothing else; empty on an observer's node and for officers."""
    if not settings.NODE.party or insider(request):
        return ""
    return _("Released by %(side)s from what it reads in public sources. Released is not signed.") % {"side": name_of(settings.NODE.names)}
