"""The forms by which a side says its position, and all agree on one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.choices import offer
from comity.desk.commitments.models import CommitmentRow
from comity.desk.design.templatetags.design import own_name
from comity.desk.forms import ActForm, Editor
from comity.desk.forums.pair import trail_to
from comity.desk.forums.sheets import Sheet
from comity.desk.forums.words import AGREED, LINES, VOTE_ALIKE
from comity.desk.record.services import DraftContent, put_file
from comity.desk.show import title_for
from comity.forums.acts import AGREE_POSITION, POSITION, read_agreed, read_position
from comity.terms.ids import handle

LANGUAGES = ("zh-Hans", "ru", "en")


class ItemForm(ActForm):
    """What both forms share: the item, the commitment that is served, and wording in one language per field."""

    PLACES: ClassVar[Mapping[str, str]] = {"body.serves": "serves", "body.wording": "wording_zh-Hans", "body.owner": "owner"}

    mechanism = forms.CharField(widget=forms.HiddenInput)
    forum = forms.CharField(widget=forms.HiddenInput)
    session = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput)
    serves = forms.ChoiceField(label=gettext_lazy("Serves the commitment"), required=False)

    def __init__(self, *args: Any, commitments: list[tuple[str, str]] = [], **named: Any) -> None:  # noqa: B006 - never changed
        super().__init__(*args, **named)
        offer(self, "serves", [("", _("none")), *commitments])
        for lang in LANGUAGES:
            widget = forms.Textarea(attrs={"rows": 3, "lang": lang})
            self.fields[self.words(lang)] = forms.CharField(label=own_name(lang), required=False, max_length=20_000, widget=widget)

    @staticmethod
    def words(lang: str) -> str:
        return f"wording_{lang}"

    def wording_fields(self) -> list[dict[str, Any]]:
        return [{"lang": lang, "field": self[self.words(lang)]} for lang in LANGUAGES]


class PositionForm(ItemForm):
    """One side's own position."""

    PLACES: ClassVar[Mapping[str, str]] = {**ItemForm.PLACES, "body.line": "line"}
    line = forms.ChoiceField(label=gettext_lazy("What your side will do"), choices=list(LINES.items()), widget=forms.RadioSelect)
    owner = forms.CharField(
        label=gettext_lazy("Office in charge"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("A department or committee, never a person’s name: it stands in the record for ever."),
    )


class AgreeForm(ItemForm):
    """What all will do."""

    PLACES: ClassVar[Mapping[str, str]] = {**ItemForm.PLACES, "body.agreed": "agreed", "body.vote": "vote"}
    agreed = forms.ChoiceField(label=gettext_lazy("What both will do"), choices=list(AGREED.items()), widget=forms.RadioSelect)
    vote = forms.ChoiceField(
        label=gettext_lazy("How both vote"),
        required=False,
        choices=[("", gettext_lazy("–")), *VOTE_ALIKE.items()],
        help_text=gettext_lazy("Only if both vote alike."),
    )


class AboutItem(Editor):
    """What both pages share."""

    heading = gettext_lazy("Position")

    def sheet(self) -> Sheet:
        if not hasattr(self, "_sheet"):
            asked = {name: self.request.POST.get(name) or self.wanted(name) for name in ("mechanism", "forum", "session")}
            if not str(asked["session"]).isdigit():
                raise Http404("session")
            self._sheet = Sheet(self.request, str(asked["mechanism"]), str(asked["forum"]), int(asked["session"]))
        return self._sheet

    def key(self) -> str:
        return str(self.request.POST.get("key") or self.wanted("key"))

    def item(self) -> dict[str, Any]:
        names, symbol = self.sheet().names(self.key())
        found: dict[str, Any] = {"forum": self.sheet().forum.id, "session": self.sheet().session, "key": self.key(), "names": names}
        return found | ({"symbol": symbol} if symbol else {})

    def form(self, *data: Any, **named: Any) -> ActForm:
        rows = CommitmentRow.objects.filter(mechanism=self.sheet().mechanism.id, in_force=True)[:100]
        served = [(c.id, f"{handle(c.id)}: {title_for(c.quotes)[:90]}") for c in rows]
        return self.form_class(*data, commitments=served, **named)  # type: ignore[call-arg]  # this form takes them

    def initial(self) -> dict[str, Any]:
        sheet = self.sheet()
        start = {"mechanism": sheet.mechanism.id, "forum": sheet.forum.id, "session": sheet.session, "key": self.key()}
        return start | {"serves": next((p.serves for p in sheet.positions if p.key == self.key() and p.serves), "")}

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, ItemForm)
        names, symbol = self.sheet().names(self.key())
        sheet_title = _("Position sheet, session %(session)d") % {"session": self.sheet().session}
        return {
            "title": str(self.heading),
            "forum": self.sheet().forum,
            "names": names,
            "symbol": symbol,
            "wording": form.wording_fields(),
            "trail": trail_to(self.sheet().forum, (sheet_title, self.sheet().address), str(self.heading)),
        }

    def titles(self) -> dict[str, str]:
        return {n["lang"]: n["text"][:200] for n in self.sheet().names(self.key())[0]}

    def sketch(self, form: ActForm) -> DraftContent:
        return DraftContent(self.type, self.sheet().mechanism.id, {}, {}, titles=self.titles())

    def drafted(self, form: ActForm, body: dict[str, Any]) -> DraftContent:
        """The draft with item, wording and commitment filled in."""
        said, files = form.cleaned_data, dict[str, str]()
        wording = []
        for lang in LANGUAGES:
            if words := str(said[ItemForm.words(lang)]).replace("\r\n", "\n").strip():
                files[f"wording.{lang}.txt"] = put_file(self.officer, words.encode())
                wording.append({"lang": lang, "file": f"wording.{lang}.txt"})
        body = {"item": self.item()} | body | {"wording": wording} | ({"serves": said["serves"]} if said["serves"] else {})
        (read_position if self.type == POSITION else read_agreed)(body)
        return DraftContent(self.type, self.sheet().mechanism.id, body, files, said["audience"], said["public_from"], self.titles())


class Position(AboutItem):
    """This side's own column."""

    type = POSITION
    template = "forums/position.html"
    form_class = PositionForm
    heading = gettext_lazy("Your side’s position")

    def content(self, form: ActForm) -> DraftContent:
        said = form.cleaned_data
        return self.drafted(form, {"line": said["line"]} | ({"owner": said["owner"]} if said["owner"] else {}))


class AgreePosition(AboutItem):
    """What is agreed by all."""

    type = AGREE_POSITION
    template = "forums/position.html"
    form_class = AgreeForm
    heading = gettext_lazy("Agree a position")

    def content(self, form: ActForm) -> DraftContent:
        said = form.cleaned_data
        return self.drafted(
            form, {"agreed": said["agreed"]} | ({"vote": said["vote"]} if said["vote"] and said["agreed"] == "vote" else {})
        )
