"""The form by which a side says who sees to a commitment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.commitments.acts import ASSIGN, read_assignment
from comity.desk.choices import offer
from comity.desk.commitments.editors import AboutCommitment
from comity.desk.commitments.models import AssignmentRow
from comity.desk.forms import ActForm
from comity.desk.mechanisms.models import AppointmentRow
from comity.desk.mechanisms.naming import Trio, name_fields, names_initial, names_typed
from comity.desk.mechanisms.queries import in_office
from comity.desk.mechanisms.shown import office_label
from comity.desk.record.services import DraftContent
from comity.desk.show import name_of


class AssignForm(ActForm):
    """Names, one of the mechanism's bodies, a person in office: at least one of them."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.names": "names_zh",
        "body.body": "body",
        "body.appointment": "appointment",
        "body.commitment": "names_zh",
    }
    mechanism = forms.CharField(widget=forms.HiddenInput)
    commitment = forms.CharField(widget=forms.HiddenInput)
    body = forms.ChoiceField(label=gettext_lazy("A body of this mechanism"), required=False)
    appointment = forms.ChoiceField(
        label=gettext_lazy("The person who answers for it"),
        required=False,
        help_text=gettext_lazy("People of your own side, in office today."),
    )

    def __init__(self, *data: Any, bodies: Sequence[tuple[str, str]] = (), people: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*data, **named)
        self.fields |= name_fields("names", gettext_lazy("Name of the responsible body"))
        offer(self, "body", [("", _("none of them")), *bodies])
        offer(self, "appointment", [("", _("nobody by name")), *people])

    def names_trio(self) -> Trio:
        return Trio(self, "names", _("Name of the responsible body"), _("A committee, a chamber, a ministry: as your side writes it."))


class Assign(AboutCommitment):
    """Naming who sees to a commitment on this side."""

    type = ASSIGN
    template = "commitments/assign.html"
    form_class = AssignForm

    def form(self, *data: Any, **named: Any) -> ActForm:
        row = self.commitment()
        people = in_office(AppointmentRow.objects.filter(mechanism=row.mechanism, party=settings.NODE.party)).order_by("office", "id")
        choices = [(a.id, f"{name_of(a.names, side=a.party)}, {office_label(a.office)}") for a in people[:200]]
        return AssignForm(*data, bodies=self.bodies(), people=choices, **named)

    def initial(self) -> dict[str, Any]:
        now = AssignmentRow.objects.filter(commitment=self.commitment().id, party=settings.NODE.party, current=True).first()
        if now is None:
            return super().initial()
        return super().initial() | {"body": now.body, "appointment": now.appointment} | names_initial("names", now.names)

    def context(self, form: ActForm) -> dict[str, Any]:
        return self.common(_("Name the responsible body"))

    def sketch(self, form: ActForm) -> DraftContent:
        return DraftContent(self.type, self.commitment().mechanism, {}, {}, titles=self.titles())

    def content(self, form: ActForm) -> DraftContent:
        said = form.cleaned_data
        body: dict[str, Any] = {"commitment": self.commitment().id}
        optional = {"names": names_typed(form, "names"), "body": said["body"], "appointment": said["appointment"]}
        body |= {name: value for name, value in optional.items() if value}
        read_assignment(body)
        return DraftContent(self.type, self.commitment().mechanism, body, {}, said["audience"], said["public_from"], self.titles())
