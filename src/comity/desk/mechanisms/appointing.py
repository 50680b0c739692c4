"""The form by which a side puts a person into an office, or ends or corrects an earlier appointment of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.accounts.models import Officer
from comity.desk.choices import offer
from comity.desk.forms import ActForm, Editor, PartialDateField
from comity.desk.languages import by_key
from comity.desk.mechanisms.models import AppointmentRow, BodyRow, MechanismRow
from comity.desk.mechanisms.naming import Trio, name_fields, names_initial, names_typed
from comity.desk.mechanisms.queries import mechanism_or_404
from comity.desk.mechanisms.rehearsal import rehearse
from comity.desk.mechanisms.shown import office_label, why_not_act
from comity.desk.record.models import Draft
from comity.desk.record.services import DraftContent
from comity.desk.show import name_of, trail
from comity.errors import Refused, Unsayable
from comity.mechanisms.acts import APPOINT, read_appointment
from comity.mechanisms.model import OFFICES, SINGLE_OFFICES
from comity.terms.ids import digest


def person_key(names: Sequence[Mapping[str, str]]) -> str:
    """A fragment that stands for a person: from the name in Latin letters, else from its hash. Never shown as a name."""
    by_language = {n["lang"]: n["text"] for n in names}
    plain = slugify(by_language.get("en", ""))[:64].strip("-")
    return plain or f"person-{digest(next(iter(by_language.values()), '').encode())[:12]}"


class AppointmentForm(ActForm):
    """The fields of an appointment."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.names": "person_zh",
        "body.titles": "title_zh",
        "body.from": "since",
        "body.until": "until",
        "body.keyid": "keyid",
        "body.office": "office",
        "body.body": "body",
    }

    office = forms.ChoiceField(label=gettext_lazy("Office"), widget=forms.RadioSelect)
    body = forms.ChoiceField(label=gettext_lazy("Office in"), required=False)
    since = PartialDateField(label=gettext_lazy("In office from"))
    until = PartialDateField(
        label=gettext_lazy("In office until"), required=False, help_text=gettext_lazy("Leave empty while the end is not known.")
    )
    keyid = forms.ChoiceField(
        label=gettext_lazy("Signs with the key of"),
        required=False,
        help_text=gettext_lazy("Tells readers of the record whose signature a key makes."),
    )
    mechanism = forms.CharField(widget=forms.HiddenInput, required=False)
    replaces = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *data: Any, bodies: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*data, **named)
        offer(self, "body", [("", _("the whole mechanism")), *bodies])
        self.fields |= name_fields("person", gettext_lazy("Name of the person"))
        self.fields |= name_fields("theirs", gettext_lazy("Name, as the other side writes it"))
        self.fields |= name_fields("title", gettext_lazy("Title"))
        note = _("one person at a time")
        offices = [(o, f"{office_label(o)} ({note})" if o in SINGLE_OFFICES else office_label(o)) for o in OFFICES]
        offer(self, "office", offices)
        officers = Officer.objects.select_related("user").exclude(keyid="").order_by("pk")
        offer(self, "keyid", [("", _("nobody’s"))] + [(o.keyid, o.name) for o in officers])

    def person_trio(self) -> Trio:
        return Trio(self, "person", _("Name of the person"), _("As this side writes it in each language."))

    def theirs_trio(self) -> Trio:
        return Trio(self, "theirs", _("As the other side writes it"), _("Only where it differs, for example in another transliteration."))

    def title_trio(self) -> Trio:
        return Trio(self, "title", _("Title in the own parliament"), _("For example: Vice-President of the Assembly. May be left empty."))


class Appointing(Editor):
    """The page on which a side appoints its own people."""

    type = APPOINT
    template = "mechanisms/appoint.html"
    form_class = AppointmentForm

    def __init__(self, request: HttpRequest, officer: Officer, draft: Draft | None) -> None:
        super().__init__(request, officer, draft)
        self.mechanism: MechanismRow = mechanism_or_404(request, draft.mechanism if draft else request.GET.get("mechanism", ""))
        if refusal := why_not_act(request, self.mechanism, settings.NODE.party):
            raise Refused(str(refusal), place="mechanism")
        self.replaces = self._replaced(self.wanted("replaces"))

    def _replaced(self, key: str) -> AppointmentRow | None:
        if not key:
            return None
        row = AppointmentRow.objects.filter(pk=key, mechanism=self.mechanism.id, party=settings.NODE.party).first()
        if row is None:
            raise Http404(key)
        return row

    def form(self, *data: Any, **named: Any) -> ActForm:
        rows = BodyRow.objects.filter(mechanism=self.mechanism.id, in_force=True)
        if self.replaces:
            rows = rows.filter(pk=self.replaces.body)
        return AppointmentForm(*data, bodies=[(row.id, name_of(row.names)) for row in rows[:100]], **named)

    def _other_side(self) -> str:
        """The one other party whose forms of a name the form asks for; empty if there are several."""
        others = [p["id"] for p in self.mechanism.parties if p["id"] != settings.NODE.party]
        return str(others[0]) if len(others) == 1 else ""

    def initial(self) -> dict[str, Any]:
        row = self.replaces
        if row is None:
            return {"mechanism": self.mechanism.id, "body": self.wanted("body")}
        old = {"office": row.office, "since": row.since, "until": row.until, "keyid": row.keyid, "body": row.body}
        return {
            "mechanism": self.mechanism.id,
            "replaces": row.id,
            **old,
            **names_initial("person", row.names),
            **names_initial("theirs", row.names, side=self._other_side() or "-"),
            **names_initial("title", row.titles),
        }

    def sketch(self, form: ActForm) -> DraftContent:
        titles = {n["lang"]: n["text"] for n in names_typed(form, "person")}
        return DraftContent(
            APPOINT, self.mechanism.id, {}, {}, titles=titles, working={"replaces": self.replaces.id if self.replaces else ""}
        )

    def content(self, form: ActForm) -> DraftContent:
        cleaned = form.cleaned_data
        names = names_typed(form, "person")
        theirs = names_typed(form, "theirs", side=self._other_side()) if self._other_side() else []
        body: dict[str, Any] = {
            "person": self.replaces.person if self.replaces else person_key(names),
            "names": names + theirs + self._other_names("names", asked_of=self._other_side()),
            "office": cleaned["office"],
            "titles": names_typed(form, "title") + self._other_names("titles"),
            "from": cleaned["since"],
        }
        optional = {"until": cleaned["until"], "keyid": cleaned["keyid"], "replaces": self.replaces.id if self.replaces else ""}
        optional["body"] = self.replaces.body if self.replaces else cleaned["body"]
        body |= {name: value for name, value in optional.items() if value}
        if not names:
            raise Unsayable("The person has no name yet.", place="body.names", remedy="Write it in one language at least.")
        read_appointment(body)
        rehearse(APPOINT, self.mechanism.id, body)
        since = cleaned["public_from"] if cleaned["audience"] == "public" else ""
        titles = {n["lang"]: n["text"] for n in names}
        return DraftContent(
            APPOINT, self.mechanism.id, body, {}, cleaned["audience"], since, titles, {"replaces": body.get("replaces", "")}
        )

    def _other_names(self, column: str, *, asked_of: str = "") -> list[dict[str, str]]:
        """Names of the replaced appointment that this form has no field for: other languages, forms of further sides. They stay."""
        asked = {tag for tag, _own in by_key().values()}
        old: list[dict[str, str]] = getattr(self.replaces, column) if self.replaces else []
        return [n for n in old if n["lang"] not in asked or n.get("side", "") not in ("", asked_of)]

    def context(self, form: ActForm) -> dict[str, Any]:
        from comity.desk.mechanisms.pages import trail_to

        return {
            "replaced": self.replaces,
            "replaced_name": name_of(self.replaces.names) if self.replaces else "",
            "party": name_of(settings.NODE.names, side=settings.NODE.party),
            "trail": [*trail_to(self.mechanism), *trail(_("Appoint a person"))],
        }
