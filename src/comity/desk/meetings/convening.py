"""The form that convenes a meeting, or changes one that is convened: which of which series, when, where, who hosts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.accounts.models import Officer, page_language
from comity.desk.choices import offer
from comity.desk.forms import ActForm, Editor, PartialDateField
from comity.desk.languages import asked, by_key
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.mechanisms.naming import Trio, name_fields, names_initial, names_typed, rows_shown
from comity.desk.mechanisms.pages import trail_to
from comity.desk.mechanisms.queries import mechanism_or_404
from comity.desk.mechanisms.shown import why_not_act
from comity.desk.meetings import words
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.ordinals import meeting_title
from comity.desk.meetings.queries import Next, is_closed, meeting_or_404, next_of, series_of
from comity.desk.meetings.rehearsing import rehearse
from comity.desk.record.models import Draft
from comity.desk.record.services import DraftContent, put_file
from comity.desk.show import name_of, parties_of, trail
from comity.errors import Refused, Unsayable
from comity.mechanisms.rotation import Hosted, Turn, next_host
from comity.meetings.acts import CONVENE, read_convening
from comity.meetings.model import MODES
from comity.terms.dates import PartialDate

MOST_PLACES = 10


def whose_turn(mechanism: str, series: str, parties: Sequence[str]) -> Turn:
    """Whose turn it is to host, from who hosted the meetings of the series that are in force."""
    held = MeetingRow.objects.filter(mechanism=mechanism, series=series, in_force=True).order_by("ordinal")
    return next_host(
        parties, [Hosted(host or None, ordinal, when) for host, ordinal, when in held.values_list("host", "ordinal", "first_day")]
    )


class ConveningForm(ActForm):
    """The fields of a convening. ``series`` are choices of key and label; ``parties`` the possible hosts."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.series": "series",
        "body.ordinal": "series",
        "body.previous": "series",
        "body.supersedes": "series",
        "body.mode": "mode",
        "body.first_day": "first_day",
        "body.last_day": "last_day",
        "body.opens.at": "opens_at",
        "body.opens.zone": "opens_zone",
        "body.places": "place0_zh",
        "body.host": "host",
        "body.notes": "reason_zh",
    }

    series = forms.ChoiceField(label=gettext_lazy("Series"), widget=forms.RadioSelect)
    first_day = PartialDateField(label=gettext_lazy("First day"))
    last_day = PartialDateField(label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty for a single day."))
    opens_at = forms.CharField(
        label=gettext_lazy("Opens at"),
        required=False,
        help_text=gettext_lazy("On the first day, by the clock of the place: 10:00."),
        widget=forms.TextInput(attrs={"class": "w-code", "placeholder": "10:00", "inputmode": "numeric", "autocomplete": "off"}),
    )
    opens_zone = forms.CharField(
        label=gettext_lazy("Time zone of that clock"),
        required=False,
        help_text=gettext_lazy("Its name in the IANA database, for example Asia/Shanghai."),
        widget=forms.TextInput(attrs={"class": "w-name", "list": "zones", "autocomplete": "off"}),
    )
    mode = forms.ChoiceField(label=gettext_lazy("How it meets"), widget=forms.RadioSelect, initial=MODES[0])
    host = forms.ChoiceField(label=gettext_lazy("Host"), widget=forms.RadioSelect, required=False)
    place_rows = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=1)
    mechanism = forms.CharField(widget=forms.HiddenInput, required=False)
    supersedes = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *data: Any, series: list[tuple[str, str]], parties: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*data, **named)
        self.rows = rows_shown(self, "place_rows", most=MOST_PLACES)
        for n in range(self.rows):
            self.fields |= name_fields(f"place{n}", gettext_lazy("Town or building"))
            zone = forms.TextInput(attrs={"class": "w-name", "list": "zones", "autocomplete": "off"})
            self.fields[f"place{n}_zone"] = forms.CharField(label=gettext_lazy("Time zone"), required=False, widget=zone)
        for key, (tag, own) in by_key().items():
            words_ = forms.Textarea(attrs={"lang": tag, "rows": 2})
            self.fields[f"reason_{key}"] = forms.CharField(label=own, required=False, max_length=2000, widget=words_)
        offer(self, "series", series)
        offer(self, "mode", [(mode, words.mode_label(mode)) for mode in MODES])
        offer(self, "host", [*parties, ("", _("nobody in particular"))])

    def clean_opens_at(self) -> str:
        """``9:30`` is meant as ``09:30``."""
        text = str(self.cleaned_data["opens_at"]).strip()
        return f"0{text}" if text[1:2] == ":" else text

    def places(self) -> Mapping[str, str]:
        rows = {f"body.places[{n}]": f"place{n}_zh" for n in range(self.rows)}
        zones = {f"body.places[{n}].zone": f"place{n}_zone" for n in range(self.rows)}
        return {**self.PLACES, **rows, **zones}

    def places_shown(self) -> list[dict[str, Any]]:
        legend = _("Place") if self.rows == 1 else _("Place %(number)d")
        return [
            {"trio": Trio(self, f"place{n}", legend % {"number": n + 1} if self.rows > 1 else legend), "zone": self[f"place{n}_zone"]}
            for n in range(self.rows)
        ]


class Convening(Editor):
    """The page on which a meeting is convened, or changed."""

    type = CONVENE
    template = "meetings/convene.html"
    form_class = ConveningForm

    def __init__(self, request: HttpRequest, officer: Officer, draft: Draft | None) -> None:
        super().__init__(request, officer, draft)
        supersedes = self.wanted("supersedes")
        self.changed: MeetingRow | None = meeting_or_404(request, supersedes) if supersedes else None
        after = request.GET.get("after", "")
        self.after: MeetingRow | None = meeting_or_404(request, after) if after and not self.changed else None
        about = self.changed or self.after
        known = draft.mechanism if draft else about.mechanism if about else request.GET.get("mechanism", "")
        self.mechanism: MechanismRow = mechanism_or_404(request, known)
        if refusal := why_not_act(request, self.mechanism, settings.NODE.party):
            raise Refused(str(refusal), place="mechanism")
        if self.changed is not None and not self.changed.in_force:
            raise Refused(
                "Only a meeting that is in force can be changed.",
                place="meeting",
                remedy="Withdraw the proposal and convene the meeting anew.",
            )
        if self.changed is not None and self.changed.closed:
            raise Refused("The meeting is closed; nothing about it changes any more.", place="meeting")
        self.parties = parties_of(self.mechanism)
        self.series = {row.key: row for row in series_of(self.mechanism.id)}

    def nexts(self) -> dict[str, Next]:
        """Per series that is not closed, the meeting that it waits for. A key names one series of the mechanism."""
        if self.changed is not None:
            return {}
        return {row.key: next_of(row) for row in self.series.values() if not is_closed(row)}

    def series_choices(self) -> list[tuple[str, str]]:
        """Each series with the meeting that would be convened; of a meeting that is changed, its own."""
        said = {key: name_of(row.names) for key, row in self.series.items()}
        if self.changed is not None:
            key = self.changed.series.partition("#")[2]
            return [(key, words.in_series(said.get(key, key), self.changed.ordinal, page_language()))]
        return [(key, words.in_series(said[key], found.ordinal, page_language())) for key, found in self.nexts().items()]

    def initial(self) -> dict[str, Any]:
        """What stands now, of a meeting that is changed; else the next one, prefilled from the last of its series: how it meets, when it
        opens, and where the side whose turn it is hosted before.
        """
        if self.changed is not None:
            return _from_row(self.changed, {"mechanism": self.mechanism.id, "supersedes": self.changed.id})
        nexts = self.nexts()
        wanted = self.after.series.partition("#")[2] if self.after else self.request.GET.get("series", "")
        series = wanted if wanted in nexts else next(iter(nexts), "")
        if not series:
            return {"mechanism": self.mechanism.id, "opens_zone": settings.NODE.zone}
        host = self.turn(series).party
        last = nexts[series].previous
        start = {"mechanism": self.mechanism.id, "series": series, "opens_zone": settings.NODE.zone}
        if last is not None:
            where = MeetingRow.objects.filter(series=last.series, host=host, in_force=True).exclude(places=[]).order_by("-ordinal").first()
            start |= _from_row(where or last, start) | {"mode": last.mode, "first_day": "", "last_day": ""}
        return start | {"host": host}

    def turn(self, series: str) -> Turn:
        row = self.series.get(series)
        return whose_turn(self.mechanism.id, row.id if row else "", [p.id for p in self.parties])

    def form(self, *data: Any, **named: Any) -> ConveningForm:
        return ConveningForm(*data, series=self.series_choices(), parties=[(p.id, p.name) for p in self.parties], **named)

    def changed_by_hand(self, form: ActForm) -> ActForm:
        """One place more; nothing is checked yet."""
        assert isinstance(form, ConveningForm)
        hidden = {name: form[name].value() for name in ("draft", "revision")}
        return self.form(initial=form.typed() | hidden | {"place_rows": form.rows + 1})

    def sketch(self, form: ActForm) -> DraftContent:
        key = str(form["series"].value() or "")
        found = self.changed or self.nexts().get(key)
        return DraftContent(CONVENE, self.mechanism.id, {}, {}, titles=_titles(found.ordinal) if found else {})

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, ConveningForm)
        cleaned = form.cleaned_data
        body = self._which(cleaned["series"]) | self._when(cleaned) | {"mode": cleaned["mode"], "places": _places(form)}
        if cleaned["host"]:
            body["host"] = cleaned["host"]
        notes, files = self._reasons(cleaned)
        if notes:
            body["notes"] = notes
        read_convening(body)
        rehearse(CONVENE, self.mechanism.id, body, files)
        since = cleaned["public_from"] if cleaned["audience"] == "public" else ""
        return DraftContent(CONVENE, self.mechanism.id, body, files, cleaned["audience"], since, _titles(body["ordinal"]))

    def _reasons(self, cleaned: Mapping[str, Any]) -> tuple[list[dict[str, str]], dict[str, str]]:
        """Why another side hosts than the one whose turn it is: notes of the body and files of the act.

        Has to be said in one language at least; nobody's turn is passed over without it.
        """
        said = {tag: cleaned[f"reason_{key}"].strip() for key, (tag, _own) in by_key().items() if cleaned[f"reason_{key}"].strip()}
        turn = self.turn(cleaned["series"]) if self.changed is None else None
        if turn is not None and cleaned["host"] not in ("", turn.party) and turn.last is not None and not said:
            name = next(p.name for p in self.parties if p.id == turn.party)
            raise Unsayable(
                "By rotation it is the turn of {name} to host.", place="body.notes", remedy="Say why the other side hosts.", name=name
            )
        files = {f"reason.{tag}.txt": put_file(self.officer, words_.encode()) for tag, words_ in said.items()}
        return [{"lang": tag, "file": f"reason.{tag}.txt"} for tag in said], files

    def _which(self, key: str) -> dict[str, Any]:
        """Series, number and predecessor: computed from the record when the form is sent on, never typed."""
        if self.changed is not None:
            row = self.changed
            which = {"series": row.series, "ordinal": row.ordinal, "supersedes": row.id}
            return which | ({"previous": row.previous} if row.previous else {})
        found = self.nexts()[key]
        return {"series": found.series, "ordinal": found.ordinal} | ({"previous": found.previous.id} if found.previous else {})

    def _when(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        days = {"first_day": cleaned["first_day"], "last_day": cleaned["last_day"] or cleaned["first_day"]}
        if not cleaned["opens_at"]:
            return days
        first = PartialDate(days["first_day"])
        if first.first != first.last:
            raise Unsayable("A time of opening needs a whole first day.", place="body.first_day", remedy="Write it as 2026-11-20.")
        zone = cleaned["opens_zone"] or settings.NODE.zone
        return {**days, "opens": {"at": f"{first.text}T{cleaned['opens_at']}", "zone": zone}}

    def context(self, form: ActForm) -> dict[str, Any]:
        proposed = [found.proposed for found in self.nexts().values() if found.proposed]
        return {
            "changed": self.changed,
            "changed_title": words.title(self.changed) if self.changed else "",
            "proposed": [(words.title(row), row.id) for row in proposed],
            "turn": self._turn_told(form),
            "reasons": [form[f"reason_{key}"] for key in by_key()],
            "reasons_open": any(form[f"reason_{key}"].value() or form[f"reason_{key}"].errors for key in by_key()),
            "more_places": isinstance(form, ConveningForm) and form.rows < MOST_PLACES,
            "zones": self._zones(),
            "trail": [*trail_to(self.mechanism), *trail(_("Change a meeting") if self.changed else _("Convene a meeting"))],
        }

    def _turn_told(self, form: ActForm) -> str:
        """Whose turn it is and why, for the hint at the host; empty of a meeting that is changed."""
        key = str(form["series"].value() or "")
        if self.changed is not None or not key:
            return ""
        turn = self.turn(key)
        names = {p.id: p.name for p in self.parties}
        said = {"party": names[turn.party], "last": names.get(str(turn.last.party), "") if turn.last else ""}
        if turn.last is None:
            return _("Nobody has hosted yet; proposed is %(party)s, the first in the founding act.") % said
        return _("The last host was %(last)s; by rotation it is the turn of %(party)s.") % said

    def _zones(self) -> list[str]:
        """Clocks that this mechanism's latest meetings went by, for the browser to offer."""
        latest = MeetingRow.objects.filter(mechanism=self.mechanism.id).order_by("-first_day")[:20]
        found = {settings.NODE.zone} | {p["zone"] for row in latest for p in row.places if p.get("zone")}
        return sorted(found | {row.opens["zone"] for row in latest if row.opens})


def _places(form: ConveningForm) -> list[dict[str, Any]]:
    """The places that have a name in some language, each with its clock if that was said."""
    places: list[dict[str, Any]] = []
    for n in range(form.rows):
        names, zone = names_typed(form, f"place{n}"), form.cleaned_data.get(f"place{n}_zone")
        if names:
            places.append({"names": names} | ({"zone": zone} if zone else {}))
        elif zone:
            raise Unsayable("A time zone stands here without a place.", place=f"body.places[{n}]", remedy="Name the place in one language.")
    return places


def _from_row(row: MeetingRow, hidden: Mapping[str, Any]) -> dict[str, Any]:
    """First values for changing a meeting: what stands now."""
    start: dict[str, Any] = {
        **hidden,
        "series": row.series.partition("#")[2],
        "first_day": row.first_day,
        "last_day": row.last_day if row.last_day != row.first_day else "",
        "mode": row.mode,
        "host": row.host,
        "place_rows": max(1, len(row.places)),
        "opens_zone": settings.NODE.zone,
    }
    if row.opens:
        start |= {"opens_at": row.opens["at"][11:16], "opens_zone": row.opens["zone"]}
    keys = {tag: key for key, (tag, _own) in by_key().items()}
    start |= {f"reason_{keys[n['lang']]}": n["text"] for n in row.notes if n["lang"] in keys and hidden.get("supersedes")}
    for n, place in enumerate(row.places):
        start |= names_initial(f"place{n}", place["names"]) | {f"place{n}_zone": place.get("zone", "")}
    return start


def _titles(ordinal: int) -> dict[str, str]:
    return {lang: meeting_title(ordinal, lang) for lang in asked()}
