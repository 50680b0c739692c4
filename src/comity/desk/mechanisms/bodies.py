"""Bodies and series: the forms by which they are set up and changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.choices import offer
from comity.desk.forms import ActForm, PartialDateField
from comity.desk.mechanisms.editing import MechanismForm, OfMechanism, key_of, optional
from comity.desk.mechanisms.models import BodyRow, SeriesRow
from comity.desk.mechanisms.naming import Trio, name_fields, names_initial, names_typed
from comity.desk.mechanisms.words import BODY_KINDS
from comity.desk.record.services import DraftContent
from comity.desk.show import name_of
from comity.errors import Unsayable
from comity.mechanisms.work_acts import BODY, SERIES, read_body, read_series

OUTSIDE = 2  # predecessors from before this record that the form has fields for


class BodyForm(MechanismForm):
    """A body: names, kind, what it stands under, its time."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.names": "name_zh",
        "body.kind": "kind",
        "body.parent": "parent",
        "body.from": "since",
        "body.until": "until",
        "body.key": "name_en",
    }
    supersedes = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=list(BODY_KINDS.items()), widget=forms.RadioSelect, initial="working-group"
    )
    parent = forms.ChoiceField(label=gettext_lazy("Stands under"), required=False)
    since = PartialDateField(label=gettext_lazy("Works from"))
    until = PartialDateField(
        label=gettext_lazy("Works until"), required=False, help_text=gettext_lazy("Leave empty while the end is not known.")
    )

    def __init__(self, *data: Any, parents: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*data, **named)
        self.fields |= name_fields("name", gettext_lazy("Name of the body"))
        offer(self, "parent", [("", _("the mechanism itself")), *parents])

    def name_trio(self) -> Trio:
        return Trio(self, "name", _("Name of the body"), _("In every language of the parties; none is the translation of another."))


class BodyPage(OfMechanism):
    """The page on which a body is set up or changed."""

    type = BODY
    template = "mechanisms/body.html"
    form_class = BodyForm
    changes = BodyRow

    def form(self, *data: Any, **named: Any) -> ActForm:
        rows = BodyRow.objects.filter(mechanism=self.mechanism.id, in_force=True).exclude(pk=self.changed.id if self.changed else "")
        return BodyForm(*data, parents=[(row.id, name_of(row.names)) for row in rows[:100]], **named)

    def initial(self) -> dict[str, Any]:
        row = self.changed
        if row is None:
            return {"mechanism": self.mechanism.id}
        said = {"kind": row.kind, "parent": row.parent, "since": row.since, "until": row.until, "supersedes": row.id}
        return {"mechanism": self.mechanism.id} | said | names_initial("name", row.names)

    def typed_titles(self, form: ActForm) -> dict[str, str]:
        return {n["lang"]: n["text"] for n in names_typed(form, "name")}

    def content(self, form: ActForm) -> DraftContent:
        said, names = form.cleaned_data, names_typed(form, "name")
        if not names:
            raise Unsayable("The body has no name yet.", place="body.names", remedy="Write it in one language at least.")
        taken = frozenset(BodyRow.objects.filter(mechanism=self.mechanism.id, in_force=True).values_list("key", flat=True))
        key = self.changed.key if self.changed else key_of(names, taken, otherwise="body")
        body = {"key": key, "names": names, "kind": said["kind"], "from": said["since"]}
        body |= optional(parent=said["parent"], until=said["until"], supersedes=self.changed.id if self.changed else "")
        read_body(body)
        return self.draft_of(form, body, self.typed_titles(form))

    def context(self, form: ActForm) -> dict[str, Any]:
        title = _("Change a body") if self.changed else _("Set up a body")
        return {"title": title, "trail": self.trail_with(title)}


class SeriesForm(MechanismForm):
    """A further series, or more about one: whose meetings, from when, what it follows, from when anniversaries are counted."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.series": "name_zh",
        "body.series[0].first": "first",
        "body.body": "body",
        "body.from": "since",
        "body.until": "until",
        "body.predecessors": "follows",
        "body.counted_from": "counted_on",
    }
    about = forms.CharField(widget=forms.HiddenInput, required=False)
    first = forms.IntegerField(
        label=gettext_lazy("Number of its first meeting"),
        min_value=1,
        initial=1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-short", "min": 1}),
    )
    body = forms.ChoiceField(label=gettext_lazy("Whose meetings they are"), required=False)
    since = PartialDateField(label=gettext_lazy("Begins"), required=False)
    until = PartialDateField(
        label=gettext_lazy("Ended"), required=False, help_text=gettext_lazy("Its numbers stay; a series that follows it counts anew.")
    )
    follows = forms.MultipleChoiceField(label=gettext_lazy("Follows, in this record"), required=False, widget=forms.CheckboxSelectMultiple)
    counted_on = PartialDateField(label=gettext_lazy("Date of that founding act"), required=False)

    def __init__(
        self, *data: Any, bodies: Sequence[tuple[str, str]] = (), others: Sequence[tuple[str, str]] = (), new: bool = True, **named: Any
    ) -> None:
        super().__init__(*data, **named)
        self.new = new
        offer(self, "body", [("", _("of the whole mechanism")), *bodies])
        offer(self, "follows", list(others))
        if new:
            self.fields |= name_fields("name", gettext_lazy("Name of the series"))
        else:
            del self.fields["first"]
        self.fields |= name_fields("counted", gettext_lazy("Name of the founding act"))
        for n in range(OUTSIDE):
            self.fields |= name_fields(f"before{n}", gettext_lazy("Name of the earlier series"))
            self.fields[f"before{n}_from"] = PartialDateField(label=_("From"), required=False)
            self.fields[f"before{n}_until"] = PartialDateField(label=_("Until"), required=False)
            number = forms.NumberInput(attrs={"class": "w-short", "min": 1})
            self.fields[f"before{n}_held"] = forms.IntegerField(label=_("Meetings held"), min_value=1, required=False, widget=number)

    def name_trio(self) -> Trio | None:
        return Trio(self, "name", _("Name of the series")) if self.new else None

    def counted_trio(self) -> Trio:
        return Trio(
            self,
            "counted",
            _("Founding act from which anniversaries are counted"),
            _("Leave empty: they are counted from this record’s own founding act."),
        )

    def outside(self) -> list[dict[str, Any]]:
        return [
            {
                "trio": Trio(self, f"before{n}", _("An earlier series, from before this record")),
                "fields": [self[f"before{n}_{part}"] for part in ("from", "until", "held")],
            }
            for n in range(OUTSIDE)
        ]

    def predecessors(self) -> list[dict[str, Any]]:
        """What it follows, as a body holds it."""
        found: list[dict[str, Any]] = [{"series": key} for key in self.cleaned_data["follows"]]
        for n in range(OUTSIDE):
            if names := names_typed(self, f"before{n}"):
                said = {part: self.cleaned_data[f"before{n}_{part}"] for part in ("from", "until", "held")}
                found.append({"names": names} | optional(**said))
        return found


class SeriesPage(OfMechanism):
    """The page on which a series is opened, or more is said about one."""

    type = SERIES
    template = "mechanisms/series.html"
    form_class = SeriesForm
    changes = SeriesRow
    parameter = "about"

    def form(self, *data: Any, **named: Any) -> ActForm:
        bodies = [(row.id, name_of(row.names)) for row in BodyRow.objects.filter(mechanism=self.mechanism.id, in_force=True)[:100]]
        rows = SeriesRow.objects.filter(mechanism=self.mechanism.id, in_force=True).exclude(pk=self.changed.id if self.changed else "")
        others = [(row.id, name_of(row.names)) for row in rows[:50]]
        return SeriesForm(*data, bodies=bodies, others=others, new=self.changed is None, **named)

    def initial(self) -> dict[str, Any]:
        row = self.changed
        start: dict[str, Any] = {"mechanism": self.mechanism.id}
        if row is None:
            return start
        start |= {"about": row.id, "body": row.body, "since": row.since, "until": row.until}
        start["follows"] = [p["series"] for p in row.predecessors if "series" in p]
        for n, before in enumerate([p for p in row.predecessors if "names" in p][:OUTSIDE]):
            start |= names_initial(f"before{n}", before["names"])
            start |= {f"before{n}_{part}": before.get(part, "") for part in ("from", "until", "held")}
        if row.counted_from:
            start |= names_initial("counted", row.counted_from["names"]) | {"counted_on": row.counted_from["on"]}
        return start

    def typed_titles(self, form: ActForm) -> dict[str, str]:
        names = names_typed(form, "name") if self.changed is None else self.changed.names
        return {n["lang"]: n["text"] for n in names}

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, SeriesForm)
        said = form.cleaned_data
        body: dict[str, Any] = {"predecessors": form.predecessors()}
        if self.changed is not None:
            body["about"] = self.changed.id
        else:
            names = names_typed(form, "name")
            if not names:
                raise Unsayable("The series has no name yet.", place="body.series", remedy="Write it in one language at least.")
            taken = frozenset(SeriesRow.objects.filter(mechanism=self.mechanism.id).values_list("key", flat=True))
            body["series"] = [{"key": key_of(names, taken, otherwise="series"), "names": names, "first": said["first"] or 1}]
        counted = names_typed(form, "counted")
        if counted and not said["counted_on"]:
            raise Unsayable("Say when.", place="body.counted_from", remedy="Write the day, the month or the year.")
        if said["counted_on"] and not counted:
            raise Unsayable("The founding act has no name yet.", place="body.counted_from", remedy="Write it in one language at least.")
        body |= optional(**{"body": said["body"], "from": said["since"], "until": said["until"]})
        if counted:
            body["counted_from"] = {"names": counted, "on": said["counted_on"]}
        read_series(body)
        return self.draft_of(form, body, self.typed_titles(form))

    def context(self, form: ActForm) -> dict[str, Any]:
        name = name_of(self.changed.names) if self.changed else ""
        title = _("Lineage of “%(series)s”") % {"series": name} if self.changed else _("Open a further series")
        return {"title": title, "series": self.changed, "trail": self.trail_with(title)}
