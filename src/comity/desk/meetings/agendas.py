"""The form in which an agenda is written: items with their titles in every language side by side, what is done with them, who presents
them, when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.design.templatetags.design import own_name
from comity.desk.errors import sentence
from comity.desk.forms import ActForm
from comity.desk.languages import by_key
from comity.desk.mechanisms.models import BodyRow
from comity.desk.meetings import phrases, words
from comity.desk.meetings.editing import RowsEditor
from comity.desk.meetings.models import AgendaRow
from comity.desk.meetings.rowed import Row, RowsForm, initial_rows, languages_used, words_fields
from comity.desk.record.services import DraftContent
from comity.desk.show import name_of
from comity.errors import ComityError, Unsayable
from comity.meetings.acts import AGENDA, read_agenda
from comity.meetings.agenda import KINDS, MOST_ITEMS, agenda_text, fresh_key
from comity.texts.imports import structure_file
from comity.texts.sound import MAX_BYTES

MOST_TITLE = 150  # so that the minutes can have it as a heading
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


class AgendaForm(RowsForm):
    """``presenters`` are choices: ``party:<id>`` and ``body:<id>`` with their names."""

    MOST: ClassVar[int] = MOST_ITEMS

    def __init__(self, *data: Any, presenters: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        self._presenters = [("", _("nobody in particular")), *presenters]
        super().__init__(*data, **named)
        for key, (tag, _own) in by_key().items():
            self.fields[f"title_{key}"] = forms.CharField(
                label=_own, required=False, max_length=300, widget=forms.TextInput(attrs={"lang": tag, "autocomplete": "off"})
            )
            self.fields[f"file_{key}"] = forms.FileField(label=_own, required=False, help_text=gettext_lazy("docx, txt, html or xml"))

    def row_fields(self) -> dict[str, forms.Field]:
        short = {"class": "w-date", "autocomplete": "off"}
        return {
            "key": forms.CharField(required=False, widget=forms.HiddenInput, max_length=64),
            **words_fields(gettext_lazy("Title"), "words", most=MOST_TITLE),
            "kind": forms.ChoiceField(
                label=gettext_lazy("What is done"), choices=[(k, words.item_kind_label(k)) for k in KINDS], initial="discussion"
            ),
            "who": forms.ChoiceField(label=gettext_lazy("Presented by"), required=False, choices=self._presenters),
            "starts": forms.RegexField(
                _CLOCK,
                label=gettext_lazy("Begins"),
                required=False,
                widget=forms.TextInput(attrs=short | {"placeholder": "10:30"}),
                error_messages={"invalid": gettext_lazy("Write the time as 10:30.")},
            ),
            "length": forms.IntegerField(
                label=gettext_lazy("Minutes"),
                required=False,
                min_value=1,
                max_value=24 * 60,
                widget=forms.TextInput(attrs=short | {"inputmode": "numeric"}),
            ),
        }

    def places(self) -> Mapping[str, str]:
        parts = {"": "words_zh", ".kind": "kind", ".party": "who", ".body": "who", ".starts": "starts", ".length": "length"}
        return {f"body.items[{n}]{end}": f"row{n}_{part}" for n in range(self.count) for end, part in parts.items()} | {
            "body.items": "row0_words_zh",
            "title": "title_zh",
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rows = self.typed_rows()
        used = languages_used(rows, "words")
        if not used:
            self.add_error(None, _("Write the title of at least one item."))
        for n, row in enumerate(rows):
            for key in used:
                if not str(row[f"words_{key}"] or "").strip():
                    self.add_error(f"row{n}_words_{key}", _("Give the title in this language too, or in none."))
        return data


class AgendaEditor(RowsEditor):
    """Proposing an agenda, or a change of the one that is agreed."""

    type = AGENDA
    template = "meetings/agenda_edit.html"
    form_class = AgendaForm

    def form(self, *data: Any, **named: Any) -> AgendaForm:
        parties = [(f"party:{p.id}", p.name) for p in self.parties]
        bodies = [
            (f"body:{b.id}", name_of(b.names)) for b in BodyRow.objects.filter(mechanism=self.mechanism.id).order_by("since", "id")[:100]
        ]
        return AgendaForm(*data, presenters=[*parties, *bodies], **named)

    def empty_row(self) -> Row:
        return {"kind": "discussion"}

    def initial(self) -> dict[str, Any]:
        titles = {f"title_{key}": phrases.of_meeting("agenda", self.meeting.ordinal, tag) for key, (tag, _own) in by_key().items()}
        return {"meeting": self.meeting.id, **titles, **initial_rows(self._start())}

    def _start(self) -> list[Row]:
        """The agenda as it stands or was proposed last; else the previous meeting's, with its minutes first; else the usual two items."""
        here = AgendaRow.objects.filter(meeting=self.meeting.id, alive=True).order_by("-current", "-said").first()
        if here is not None:
            return [row_of(item) for item in here.items]
        before = AgendaRow.objects.filter(meeting=self.meeting.previous, current=True).first() if self.meeting.previous else None
        if before is not None:
            kept = [row_of(item) | {"starts": "", "length": ""} for item in before.items]
            old = [row for row in kept if row["kind"] == "minutes"] or [self._minutes()]
            return [*old, *(row for row in kept if row["kind"] != "minutes")]
        return [*([self._minutes()] if self.meeting.previous else []), self._usual("other", "other-business", "other")]

    def _minutes(self) -> Row:
        return self._usual("previous", "minutes", "minutes")

    def _usual(self, what: str, key: str, kind: str) -> Row:
        return {"key": key, "kind": kind} | {f"words_{k}": phrases.phrase(what, tag) for k, (tag, _own) in by_key().items()}

    def changed_by_hand(self, form: ActForm) -> ActForm:
        """A button of a row, or an uploaded file: its numbered lines become the titles of that language."""
        if not self.request.FILES:
            return super().changed_by_hand(form)
        assert isinstance(form, AgendaForm)
        rows, trouble = form.typed_rows(), []
        for key, (tag, _own) in by_key().items():
            upload = self.request.FILES.get(f"file_{key}")
            if upload is not None:
                try:
                    found = titles_of_file(upload.name or "", upload.read(MAX_BYTES + 1), tag)
                except ComityError as error:
                    trouble.append((f"file_{key}", sentence(error)))
                    continue
                rows += [self.empty_row() for _ in range(len(found) - len(rows))]
                for row, title in zip(rows, found, strict=False):
                    row[f"words_{key}"] = title
        data = self.request.POST.copy()
        for name, value in initial_rows(rows).items():
            data[name] = "" if value is None else str(value)
        changed = self.form(data)
        changed.is_valid()
        for field, why in trouble:
            changed.add_error(field, why)
        return changed

    def sketch(self, form: ActForm) -> DraftContent:
        return DraftContent(self.type, self.mechanism.id, {}, {}, titles=self._titles(form))

    def _titles(self, form: ActForm) -> dict[str, str]:
        return {tag: str(form[f"title_{key}"].value() or "").strip() for key, (tag, _own) in by_key().items()}

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, AgendaForm)
        rows, cleaned = form.typed_rows(), form.cleaned_data
        used = {key: by_key()[key][0] for key in languages_used(rows, "words")}
        titles = {tag: self._titles(form)[tag] or phrases.of_meeting("agenda", self.meeting.ordinal, tag) for tag in used.values()}
        texts = [agenda_text(titles[tag], [" ".join(str(row[f"words_{key}"]).split()) for row in rows], tag) for key, tag in used.items()]
        versions, files = self.stored(texts, f"joint-agenda-{self.meeting.ordinal}")
        body = {"meeting": self.meeting.id, "items": self._items(rows, cleaned), "versions": versions}
        read_agenda(body)
        return self.checked(form, body, files, titles)

    def _items(self, rows: Sequence[Row], cleaned: Mapping[str, Any]) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        keys = [str(row["key"]) for row in rows if row["key"]]
        for n, row in enumerate(rows):
            key = str(row["key"] or "") or fresh_key(str(row.get("words_en") or ""), keys)
            keys.append(key)
            item: dict[str, Any] = {"key": key, "kind": cleaned[f"row{n}_kind"]}
            what, _colon, who = str(cleaned[f"row{n}_who"]).partition(":")
            if who:
                item[what] = who
            if starts := cleaned[f"row{n}_starts"]:
                item["starts"] = self._moment(n, starts)
            if length := cleaned[f"row{n}_length"]:
                item["length"] = length
            items.append(item)
        return items

    def _moment(self, n: int, clock: str) -> dict[str, str]:
        """A time on the first day by the clock by which the meeting opens."""
        if len(self.meeting.first_day) < 10:
            raise Unsayable("A time needs a whole first day of the meeting.", place=f"body.items[{n}].starts", remedy="Fix the day first.")
        return {"at": f"{self.meeting.first_day}T{clock.zfill(5)}", "zone": words.zone_of(self.meeting) or settings.NODE.zone}

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, AgendaForm)
        label = _("Propose the agenda")
        return {
            "meeting": self.meeting,
            "meeting_title": words.title(self.meeting),
            "title": label,
            "rows": [{"number": n + 1, "place": n, "fields": form.bound_row(n), "trio": item_trio(form, n)} for n in range(form.count)],
            "titles": [form[f"title_{key}"] for key in by_key()],
            "files": [form[f"file_{key}"] for key in by_key()],
            "more": form.count < form.MOST,
            "zone": words.zone_of(self.meeting) or settings.NODE.zone,
            "trail": self.crumbs(label),
        }


def item_trio(form: RowsForm, n: int, part: str = "words") -> list[dict[str, Any]]:
    """The fields of one thing in every language, side by side, each named by its language."""
    return [{"field": form[f"row{n}_{part}_{key}"], "own": own_name(tag), "lang": tag} for key, (tag, _own) in by_key().items()]


def row_of(item: Mapping[str, Any]) -> Row:
    """A row of the form from an item of a row of the table."""
    titles: Mapping[str, str] = item.get("titles", {})
    who = f"party:{item['party']}" if item.get("party") else f"body:{item['body']}" if item.get("body") else ""
    return {
        "key": item["key"],
        "kind": item["kind"],
        "who": who,
        "starts": str((item.get("starts") or {}).get("at", ""))[11:],
        "length": item.get("length") or "",
    } | {f"words_{key}": titles.get(tag, "") for key, (tag, _own) in by_key().items()}


def titles_of_file(name: str, data: bytes, language: str) -> list[str]:
    """The titles of the items that a file lists: its numbered lines at the top level, else all its paragraphs.

    Raises Malformed, Unsafe or Unsayable with the file as place.
    """
    version = structure_file(name, data, language).version
    numbered = [p for p in version.provisions if p.num]
    titles = [" ".join(x for x in (p.heading, p.text) if x) for p in numbered or version.provisions]
    titles = [title[:MOST_TITLE] for title in titles if title][:MOST_ITEMS]
    if not titles:
        raise Unsayable("No items were found in this file.", place=name, remedy="Number them, one to a paragraph.")
    return titles
