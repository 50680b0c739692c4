"""The form in which one side says its delegation: members in rank order, with names and titles in every language, and who has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comity.desk.accounts.models import page_language
from comity.desk.forms import ActForm
from comity.desk.languages import by_key
from comity.desk.mechanisms.models import AppointmentRow
from comity.desk.meetings import phrases, words
from comity.desk.meetings.agendas import item_trio
from comity.desk.meetings.editing import RowsEditor
from comity.desk.meetings.models import DelegationRow
from comity.desk.meetings.rowed import Row, RowsForm, initial_rows, languages_used, words_fields
from comity.desk.record.services import DraftContent
from comity.desk.show import name_of
from comity.mechanisms.model import OFFICES
from comity.meetings.acts import DELEGATION, read_delegation
from comity.meetings.agenda import fresh_key
from comity.meetings.delegation import EXPECTED, MOST_MEMBERS, PRESENT, ROLES, delegation_text

HEADS = ("presiding-co-chair", "working-co-chair")


class DelegationForm(RowsForm):
    MOST: ClassVar[int] = MOST_MEMBERS

    def row_fields(self) -> dict[str, forms.Field]:
        return {
            "key": forms.CharField(required=False, widget=forms.HiddenInput, max_length=64),
            **words_fields(pgettext_lazy("of a person", "Name"), "name", most=200),
            **words_fields(gettext_lazy("Office or title"), "title", most=300),
            "role": forms.ChoiceField(
                label=gettext_lazy("In the delegation as"), choices=[(r, words.role_label(r)) for r in ROLES], initial="member"
            ),
            "instead": forms.ChoiceField(label=gettext_lazy("Stands in for"), required=False, choices=[("", "–"), *self._members()]),
            "present": forms.BooleanField(label=gettext_lazy("present"), required=False),
            "remote": forms.BooleanField(label=gettext_lazy("from elsewhere, by video"), required=False),
        }

    def _members(self) -> list[tuple[str, str]]:
        """Those that a substitute may stand in for: the members that have a key, by their name in any language."""
        found = []
        for n in range(rows_asked(self, self.MOST)):
            held = {name: self.data.get(name) if self.is_bound else self.initial.get(name) for name in _names(n)}
            if key := held.pop(f"row{n}_key"):
                found.append((str(key), next((str(name) for name in held.values() if name), str(key))))
        return found

    def places(self) -> Mapping[str, str]:
        parts = {"": "name_zh", ".role": "role", ".for": "instead", ".key": "name_zh"}
        return {f"body.members[{n}]{end}": f"row{n}_{part}" for n in range(self.count) for end, part in parts.items()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rows = self.typed_rows()
        used = languages_used(rows, "name")
        if not used:
            self.add_error(None, _("Name at least one member."))
        for n, row in enumerate(rows):
            for key in used:
                if not str(row[f"name_{key}"] or "").strip():
                    self.add_error(f"row{n}_name_{key}", _("Give the name in this language too, or in none."))
            if row["role"] == "substitute" and not row["instead"]:
                self.add_error(f"row{n}_instead", _("Say for whom the substitute stands in."))
        return data


def rows_asked(form: forms.Form, most: int) -> int:
    held = str((form.data.get("rows") if form.is_bound else form.initial.get("rows")) or "")
    return max(1, min(int(held), most)) if held.isascii() and held.isdigit() else 1


def _names(n: int) -> list[str]:
    """The fields of a row's key and names, the name in the page's language first."""
    keys = sorted(by_key(), key=lambda key: by_key()[key][0] != page_language())
    return [f"row{n}_key", *(f"row{n}_name_{key}" for key in keys)]


class DelegationEditor(RowsEditor):
    """Saying this side's delegation, or who of it has come."""

    type = DELEGATION
    template = "meetings/delegation_edit.html"
    form_class = DelegationForm

    def form(self, *data: Any, **named: Any) -> DelegationForm:
        return DelegationForm(*data, **named)

    def empty_row(self) -> Row:
        return {"role": "member"}

    def initial(self) -> dict[str, Any]:
        return {"meeting": self.meeting.id, **initial_rows(start_of(self.meeting.id, self.meeting.previous, self.mechanism.id))}

    def after(self, action: str, rows: list[Row]) -> list[Row]:
        keyed(rows)
        if action == "all-present":
            return [row | {"present": True} for row in rows]
        return super().after(action, rows)

    def sketch(self, form: ActForm) -> DraftContent:
        return DraftContent(self.type, self.mechanism.id, {}, {}, titles=self._titles())

    def _titles(self) -> dict[str, str]:
        own = next(p for p in self.mechanism.parties if p["id"] == settings.NODE.party)
        names = {n["lang"]: n["text"] for n in own["names"]}
        fallback = name_of(own["names"], side=settings.NODE.party)
        return {tag: phrases.phrase("delegation", tag, names.get(tag, fallback)) for tag, _own in by_key().values()}

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, DelegationForm)
        rows = form.typed_rows()
        keyed(rows)
        used = {key: by_key()[key][0] for key in languages_used(rows, "name")}
        titles = {tag: self._titles()[tag] for tag in used.values()}
        texts = [
            delegation_text(titles[tag], [(_said(row, "name", key), _said(row, "title", key)) for row in rows], tag)
            for key, tag in used.items()
        ]
        versions, files = self.stored(texts, f"delegation-{settings.NODE.party}-{self.meeting.ordinal}")
        body = {"meeting": self.meeting.id, "members": [member_of(row) for row in rows], "versions": versions}
        read_delegation(body)
        return self.checked(form, body, files, titles)

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, DelegationForm)
        label = _("Our delegation")
        rows = form.typed_rows()
        return {
            "meeting": self.meeting,
            "meeting_title": words.title(self.meeting),
            "title": label,
            "rows": [
                {
                    "number": n + 1,
                    "place": n,
                    "fields": form.bound_row(n),
                    "names": item_trio(form, n, "name"),
                    "titles": item_trio(form, n, "title"),
                    "substitute": rows[n]["role"] == "substitute",
                }
                for n in range(form.count)
            ],
            "present": sum(bool(row["present"]) for row in rows),
            "more": form.count < form.MOST,
            "trail": self.crumbs(label),
        }


def start_of(meeting: str, previous: str, mechanism: str) -> list[Row]:
    """This side's delegation as it was said last; else that of the previous meeting, all expected; else those in office today."""
    party = settings.NODE.party
    here = DelegationRow.objects.filter(meeting=meeting, party=party, current=True).first()
    if here is not None:
        return [row_of(member) for member in here.members]
    before = DelegationRow.objects.filter(meeting=previous, party=party, current=True).first() if previous else None
    if before is not None:
        return [row_of(member) | {"present": False, "remote": False} for member in before.members]
    known = AppointmentRow.objects.filter(mechanism=mechanism, party=party, holds=True, until="", body="")
    people = sorted(known, key=lambda a: (OFFICES.index(a.office) if a.office in OFFICES else len(OFFICES), a.since))[:MOST_MEMBERS]
    first = next((a for office in HEADS for a in people if a.office == office), None)
    rows: dict[str, Row] = {}
    for person in people:
        rows.setdefault(
            person.person, _from_appointment(person, "head" if person is first else "staff" if person.office == "secretary" else "member")
        )
    return list(rows.values()) or [{"role": "head"}]


def _from_appointment(row: AppointmentRow, role: str) -> Row:
    start: Row = {"key": row.person, "role": role}
    for key, (tag, _own) in by_key().items():
        start[f"name_{key}"] = next((n["text"] for n in row.names if n["lang"] == tag), "")
        start[f"title_{key}"] = next((n["text"] for n in row.titles if n["lang"] == tag), "")
    return start


def row_of(member: Mapping[str, Any]) -> Row:
    """A row of the form from a member of a row of the table."""
    start: Row = {
        "key": member["key"],
        "role": member["role"],
        "instead": member.get("for", ""),
        "present": member["attendance"] == PRESENT,
        "remote": bool(member.get("remote")),
    }
    for key, (tag, _own) in by_key().items():
        start[f"name_{key}"], start[f"title_{key}"] = member["names"].get(tag, ""), member["titles"].get(tag, "")
    return start


def member_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A member of the body from a row of the form."""
    member: dict[str, Any] = {"key": row["key"], "role": row["role"], "attendance": PRESENT if row.get("present") else EXPECTED}
    if row.get("remote"):
        member["remote"] = True
    if row["role"] == "substitute" and row.get("instead"):
        member["for"] = row["instead"]
    return member


def keyed(rows: Sequence[Row]) -> None:
    """Give keys to the rows that have none, from the person's name in Latin letters where there is one."""
    taken = [str(row["key"]) for row in rows if row.get("key")]
    for row in rows:
        if not row.get("key"):
            row["key"] = fresh_key(str(row.get("name_en") or ""), taken, fallback="person")
            taken.append(row["key"])


def _said(row: Mapping[str, Any], part: str, key: str) -> str:
    return " ".join(str(row[f"{part}_{key}"] or "").split())
