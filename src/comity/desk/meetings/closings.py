"""The form by which a meeting is closed: nothing is typed; what it closes on is shown, and what still stands in the way is said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.forms import ActForm
from comity.desk.languages import asked
from comity.desk.meetings import words
from comity.desk.meetings.editing import AboutMeeting
from comity.desk.meetings.ordinals import meeting_title
from comity.desk.record.services import DraftContent
from comity.desk.show import title_for
from comity.desk.texts.models import TextRow
from comity.desk.texts.words import kind_label
from comity.errors import Refused
from comity.meetings.acts import CLOSE, read_closing


class CloseForm(ActForm):
    meeting = forms.CharField(widget=forms.HiddenInput)

    def places(self) -> dict[str, str]:
        return {}


def adopted(meeting: str) -> list[TextRow]:
    """The texts in force that were adopted at a meeting, its minutes first."""
    rows = TextRow.objects.filter(meeting=meeting, stage="adopted", in_force=True).order_by("said", "id")
    return sorted(rows, key=lambda row: row.kind != "minutes")


class CloseEditor(AboutMeeting):
    """Closing a meeting on its adopted minutes."""

    type = CLOSE
    template = "meetings/close.html"
    form_class = CloseForm

    def initial(self) -> dict[str, Any]:
        return {"meeting": self.meeting.id}

    def sketch(self, form: ActForm) -> DraftContent:
        return self.content(form) if form.is_valid() else DraftContent(self.type, self.mechanism.id, {}, {}, titles=self._titles())

    def content(self, form: ActForm) -> DraftContent:
        texts = adopted(self.meeting.id)
        if not texts or texts[0].kind != "minutes":
            raise Refused(
                "The minutes of this meeting are not adopted yet.",
                place="minutes",
                remedy="A meeting is closed on its minutes; adopt them first.",
            )
        body = {"meeting": self.meeting.id, "minutes": texts[0].id, "texts": sorted(text.id for text in texts[1:])}
        read_closing(body)
        return self.checked(form, body, {}, self._titles())

    def _titles(self) -> dict[str, str]:
        return {lang: meeting_title(self.meeting.ordinal, lang) for lang in asked()}

    def context(self, form: ActForm) -> dict[str, Any]:
        texts = adopted(self.meeting.id)
        label = _("Close the meeting")
        return {
            "meeting": self.meeting,
            "meeting_title": words.title(self.meeting),
            "title": label,
            "ready": bool(texts) and texts[0].kind == "minutes",
            "texts": [
                {"text": title_for(t.titles) or kind_label(t.kind), "url": reverse("texts:detail", args=[t.id]), "note": kind_label(t.kind)}
                for t in texts
            ],
            "trail": self.crumbs(label),
        }
