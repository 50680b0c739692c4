"""The forms about a year: its plan, and what became of an item of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.choices import offer
from comity.desk.design.templatetags.design import own_name
from comity.desk.forms import ActForm, PartialDateField
from comity.desk.languages import asked
from comity.desk.mechanisms.coverage import point_words
from comity.desk.mechanisms.editing import MechanismForm, OfMechanism, optional, shortened
from comity.desk.mechanisms.models import MandateRow, PlanItemRow, PlanRow
from comity.desk.mechanisms.naming import Trio, name_fields, names_initial, names_typed, rows_shown
from comity.desk.mechanisms.words import ITEM_KINDS, OUTCOMES
from comity.desk.meetings import words as meeting_words
from comity.desk.meetings.models import MeetingRow
from comity.desk.record.services import DraftContent, put_file
from comity.desk.show import name_of
from comity.errors import Unsayable
from comity.mechanisms.work_acts import OUTCOME, PLAN, read_outcome, read_plan

MOST_ITEMS = 60


class PlanForm(MechanismForm):
    """A year and its items, one group of fields per item."""

    PLACES: ClassVar[Mapping[str, str]] = {"body.year": "year", "body.anniversary": "anniversary", "body.items": "item0_zh"}
    supersedes = forms.CharField(widget=forms.HiddenInput, required=False)
    items_rows = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=2)
    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=1800, max_value=2999, widget=forms.NumberInput(attrs={"class": "w-short"})
    )
    anniversary = forms.IntegerField(
        label=gettext_lazy("Anniversary"),
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-short", "min": 1}),
        help_text=gettext_lazy("If the year is one: which. It is counted from the founding act, not from the number of meetings."),
    )

    def __init__(self, *data: Any, parties: Sequence[tuple[str, str]] = (), points: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*data, **named)
        self.rows = rows_shown(self, "items_rows", most=MOST_ITEMS)
        for n in range(self.rows):
            self.fields[f"item{n}_key"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.fields |= name_fields(f"item{n}", _("What is planned"))
            self.fields[f"item{n}_kind"] = forms.ChoiceField(label=_("Kind"), choices=list(ITEM_KINDS.items()), initial="meeting")
            self.fields[f"item{n}_when"] = PartialDateField(label=_("When"), required=False)
            self.fields[f"item{n}_whose"] = forms.MultipleChoiceField(
                label=_("Who sees to it"),
                choices=list(parties),
                required=False,
                initial=[key for key, _name in parties],
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"item{n}_mandate"] = forms.ChoiceField(
                label=_("Point of a mandate"), choices=[("", _("none of them")), *points], required=False
            )

    def places(self) -> Mapping[str, str]:
        found = dict(self.PLACES)
        for n, place in enumerate(n for n, *_rest in self.typed_items()):
            found |= {f"body.items[{n}]": f"item{place}_zh", f"body.items[{n}].when": f"item{place}_when"}
            found |= {f"body.items[{n}].whose": f"item{place}_whose", f"body.items[{n}].mandate": f"item{place}_mandate"}
        return found

    def items_shown(self) -> list[dict[str, Any]]:
        return [
            {
                "trio": Trio(self, f"item{n}", _("Item %(number)d") % {"number": n + 1}),
                "key": self[f"item{n}_key"],
                "fields": [self[f"item{n}_{part}"] for part in ("kind", "when")],
                "whose": self[f"item{n}_whose"],
                "mandate": self[f"item{n}_mandate"] if len(self.fields[f"item{n}_mandate"].choices) > 1 else None,  # type: ignore[attr-defined]  # a field of choices
            }
            for n in range(self.rows)
        ]

    def typed_items(self) -> list[tuple[int, list[dict[str, str]]]]:
        """The rows that have a name, with their names."""
        return [(n, names) for n in range(self.rows) if (names := names_typed(self, f"item{n}"))]


class PlanPage(OfMechanism):
    """The page on which a year is planned, or its plan changed."""

    type = PLAN
    template = "mechanisms/plan.html"
    form_class = PlanForm
    changes = PlanRow

    def form(self, *data: Any, **named: Any) -> ActForm:
        points = []
        for mandate in MandateRow.objects.filter(mechanism=self.mechanism.id, in_force=True)[:20]:
            for point in mandate.points:
                _lang, words = point_words(mandate, point["key"])
                points.append((f"{mandate.act}#{point['key']}", shortened(f"{point['place']} {words}".strip(), 60)))
        return PlanForm(*data, parties=[(p.id, p.name) for p in self.parties], points=points, **named)

    def initial(self) -> dict[str, Any]:
        row = self.changed
        start: dict[str, Any] = {"mechanism": self.mechanism.id}
        if row is None:
            asked = self.request.GET.get("year", "")
            return start | {"year": int(asked) if asked.isdigit() else timezone.localdate().year}
        items = list(PlanItemRow.objects.filter(plan=row.id))
        acts = dict(MandateRow.objects.filter(mechanism=self.mechanism.id).values_list("id", "act"))
        start |= {"supersedes": row.id, "year": row.year, "anniversary": row.anniversary or "", "items_rows": len(items)}
        for n, item in enumerate(items):
            mandate, _hash, key = item.mandate.partition("#")
            point = f"{acts.get(mandate, mandate)}#{key}" if item.mandate else ""
            start |= names_initial(f"item{n}", item.names)
            start |= {f"item{n}_key": item.key, f"item{n}_kind": item.kind, f"item{n}_when": item.when}
            start |= {f"item{n}_whose": item.whose, f"item{n}_mandate": point}
        return start

    def changed_by_hand(self, form: ActForm) -> ActForm:
        """Two items more."""
        assert isinstance(form, PlanForm)
        hidden = {name: form[name].value() for name in ("draft", "revision")}
        return self.form(initial=form.typed() | hidden | {"items_rows": min(form.rows + 2, MOST_ITEMS)})

    def typed_titles(self, form: ActForm) -> dict[str, str]:
        year = str(form["year"].value() or "")
        return {"en": f"Plan for {year}", "zh-Hans": f"{year}年度计划", "ru": f"План на {year} год"} if year else {}

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, PlanForm)
        said, typed = form.cleaned_data, form.typed_items()
        if not typed:
            raise Unsayable("A plan has one item at least.", place="body.items", remedy="Write what is planned.")
        keys = {str(said[f"item{n}_key"]) for n, _names in typed}
        items: list[dict[str, Any]] = []
        for n, names in typed:
            key = said[f"item{n}_key"] or next(f"i{k}" for k in range(n + 1, n + 1000) if f"i{k}" not in keys)
            keys.add(key)
            if not said[f"item{n}_when"]:
                raise Unsayable("Say when.", place=f"body.items[{len(items)}].when", remedy="Write the day, the month or the year.")
            whose = [p.id for p in self.parties if p.id in said[f"item{n}_whose"]]
            items.append(
                {"key": key, "kind": said[f"item{n}_kind"], "names": names, "when": said[f"item{n}_when"], "whose": whose}
                | optional(mandate=said[f"item{n}_mandate"])
            )
        body: dict[str, Any] = {"year": said["year"], "items": items}
        body |= optional(anniversary=said["anniversary"], supersedes=self.changed.id if self.changed else "")
        read_plan(body)
        return self.draft_of(form, body, self.typed_titles(form))

    def context(self, form: ActForm) -> dict[str, Any]:
        title = _("Change the plan for %(year)d") % {"year": self.changed.year} if self.changed else _("Plan a year")
        return {"title": title, "trail": self.trail_with(title)}


class OutcomeForm(MechanismForm):
    """Held, moved or dropped; when; and why."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.outcome": "outcome",
        "body.when": "when",
        "body.meeting": "meeting",
        "body.reasons": "reason_zh-Hans",
        "body.item": "outcome",
    }
    item = forms.CharField(widget=forms.HiddenInput, required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it"), choices=[(key, label) for key, label in OUTCOMES.items() if key], widget=forms.RadioSelect
    )
    when = PartialDateField(
        label=gettext_lazy("When"),
        required=False,
        help_text=gettext_lazy("The day it was held, or that it is moved to. Empty if it is dropped."),
    )
    meeting = forms.ChoiceField(label=gettext_lazy("The meeting that it was"), required=False)

    def __init__(self, *data: Any, meetings: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*data, **named)
        offer(self, "meeting", [("", _("none of them")), *meetings])
        for lang in asked():
            words = forms.Textarea(attrs={"rows": 3, "lang": lang})
            self.fields[f"reason_{lang}"] = forms.CharField(label=own_name(lang), required=False, max_length=20_000, widget=words)

    def reason_fields(self) -> list[Any]:
        return [self[f"reason_{lang}"] for lang in asked()]

    def reasons(self) -> dict[str, str]:
        found = {lang: str(self[f"reason_{lang}"].value() or "").replace("\r\n", "\n").strip() for lang in asked()}
        return {lang: words for lang, words in found.items() if words}


class OutcomePage(OfMechanism):
    """The page on which it is said what became of an item."""

    type = OUTCOME
    template = "mechanisms/outcome.html"
    form_class = OutcomeForm
    changes = PlanItemRow
    parameter = "item"

    def form(self, *data: Any, **named: Any) -> ActForm:
        if self.changed is None:
            raise Http404("item")
        rows = MeetingRow.objects.filter(mechanism=self.mechanism.id, in_force=True).order_by("-first_day")[:50]
        return OutcomeForm(*data, meetings=[(row.id, f"{meeting_words.title(row)}, {meeting_words.days(row)}") for row in rows], **named)

    def initial(self) -> dict[str, Any]:
        row = self.changed
        return {"mechanism": self.mechanism.id} | ({"item": row.id, "when": row.when} if row else {})

    def typed_titles(self, form: ActForm) -> dict[str, str]:
        return {n["lang"]: n["text"] for n in self.changed.names}

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, OutcomeForm)
        said, files = form.cleaned_data, dict[str, str]()
        if settings.NODE.party not in self.changed.whose:
            raise Unsayable("Only those whose item it is say what became of it.", place="body.item")
        reasons = []
        for lang, words in form.reasons().items():
            name = f"reason.{lang}.txt"
            files[name] = put_file(self.officer, words.encode())
            reasons.append({"lang": lang, "file": name})
        body = {"plan": self.changed.listed, "item": self.changed.key, "outcome": said["outcome"], "reasons": reasons}
        body |= optional(when=said["when"], meeting=said["meeting"])
        read_outcome(body)
        return self.draft_of(form, body, self.typed_titles(form), files)

    def context(self, form: ActForm) -> dict[str, Any]:
        plan = PlanRow.objects.get(pk=self.changed.plan)
        joint = len(self.changed.whose) == len(self.parties)
        title = _("What became of it")
        return {
            "title": title,
            "about": name_of(self.changed.names),
            "joint": joint,
            "year": plan.year,
            "trail": self.trail_with(title),
        }
