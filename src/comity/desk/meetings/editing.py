"""What the editors about one meeting share: the meeting, its mechanism, why nothing can be said about it now, and the files of what is
said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer
from comity.desk.forms import ActForm, Editor
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.mechanisms.pages import trail_to
from comity.desk.mechanisms.queries import mechanism_or_404
from comity.desk.mechanisms.shown import why_not_act
from comity.desk.meetings import words
from comity.desk.meetings.models import MeetingRow
from comity.desk.meetings.queries import meeting_or_404
from comity.desk.meetings.rehearsing import rehearse
from comity.desk.meetings.rowed import Row, RowsForm, initial_rows, rearranged
from comity.desk.record.models import Draft
from comity.desk.record.services import DraftContent, put_file
from comity.desk.show import parties_of, trail
from comity.errors import Refused
from comity.texts.akn import file_name, to_akn
from comity.texts.model import TextMeta, TextVersion


def why_not_about(request: HttpRequest, mechanism: MechanismRow, meeting: MeetingRow) -> str:
    """Why nothing can be prepared about this meeting now; empty if something can."""
    if refusal := why_not_act(request, mechanism, settings.NODE.party):
        return str(refusal)
    if not meeting.in_force:
        return _("The meeting is not convened yet: not all parties have signed.")
    return _("The meeting is closed; nothing about it changes any more.") if meeting.closed else ""


class AboutMeeting(Editor):
    """An editor of an act about one meeting, which is named by ``?meeting=``."""

    def __init__(self, request: HttpRequest, officer: Officer, draft: Draft | None) -> None:
        super().__init__(request, officer, draft)
        self.meeting: MeetingRow = meeting_or_404(request, str(request.POST.get("meeting") or self.wanted("meeting")))
        self.mechanism: MechanismRow = mechanism_or_404(request, self.meeting.mechanism)
        if refusal := why_not_about(request, self.mechanism, self.meeting):
            raise Refused(refusal, place="meeting")
        self.parties = parties_of(self.mechanism)

    def crumbs(self, label: str) -> list[dict[str, str]]:
        own = (words.title(self.meeting), reverse("meetings:detail", args=[self.meeting.id]))
        index = (_("Meetings"), f"{reverse('meetings:index')}?mechanism={self.mechanism.id}")
        return [*trail_to(self.mechanism), *trail(index, own, label)]

    def meta(self, slug: str, languages: list[str]) -> TextMeta:
        """What identifies a paper of this meeting; dated by its first day, or by today while that is not fixed."""
        date = self.meeting.first_day if len(self.meeting.first_day) == 10 else timezone.localdate().isoformat()
        return TextMeta(date, slug, "-".join(p.id for p in self.parties), tuple(languages))

    def stored(self, versions: list[TextVersion], slug: str) -> tuple[list[dict[str, str]], dict[str, str]]:
        """Write the versions as files of the node: what the body says of them, and their SHA-256 by name."""
        meta = self.meta(slug, [v.language for v in versions])
        files = {file_name(v.language): put_file(self.officer, to_akn(v, meta)) for v in versions}
        return [{"lang": v.language, "status": v.status, "file": file_name(v.language)} for v in versions], files

    def checked(self, form: ActForm, body: Mapping[str, Any], files: Mapping[str, str], titles: Mapping[str, str]) -> DraftContent:
        """What the draft holds, once the record's own rules have nothing against it."""
        rehearse(self.type, self.mechanism.id, body, files)
        said = form.cleaned_data
        since = said["public_from"] if said["audience"] == "public" else ""
        return DraftContent(self.type, self.mechanism.id, body, files, said["audience"], since, titles)


class RowsEditor(AboutMeeting):
    """An editor with rows; its buttons keep what is typed, so that nothing is lost by moving a row."""

    def empty_row(self) -> Row:
        return {}

    def after(self, action: str, rows: list[Row]) -> list[Row]:
        """The rows after a button that only this editor has."""
        return rearranged(rows, action, self.empty_row())

    def changed_by_hand(self, form: ActForm) -> ActForm:
        assert isinstance(form, RowsForm)
        action = str(self.request.POST.get("show") or "")
        rows = self.after(action, form.typed_rows())[: form.MOST]
        typed = {name: value for name, value in form.typed().items() if not name.startswith("row")}
        start = typed | {name: form[name].value() for name in ("draft", "revision")} | initial_rows(rows)
        if action:
            changed = self.form(initial=start)
            draft = self.keep(changed, self.sketch(changed))
            start |= {"draft": draft.key, "revision": draft.revision}
        return self.form(initial=start)
