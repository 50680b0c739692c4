"""What the forms about one mechanism share: the mechanism, why nothing can be prepared for it, how a draft comes of what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils.text import slugify

from comity.desk.accounts.models import Officer
from comity.desk.forms import ActForm, Editor
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.mechanisms.queries import mechanism_or_404
from comity.desk.mechanisms.rehearsal import rehearse
from comity.desk.mechanisms.shown import why_not_act
from comity.desk.record.models import Draft
from comity.desk.record.services import DraftContent
from comity.desk.show import PartyShown, parties_of
from comity.errors import Refused
from comity.terms.ids import digest


def key_of(names: list[dict[str, str]], taken: set[str] | frozenset[str] = frozenset(), *, otherwise: str) -> str:
    """A fragment for what these names name: from the English one, else from a hash; one that is not ``taken``. Never shown as a name."""
    by_language = {n["lang"]: n["text"] for n in names}
    key = slugify(by_language.get("en", ""))[:50].strip("-") or f"{otherwise}-{digest(next(iter(by_language.values()), '').encode())[:12]}"
    number = 1
    while (found := key if number == 1 else f"{key}-{number}") in taken:
        number += 1
    return found


class MechanismForm(ActForm):
    """A form about one mechanism."""

    mechanism = forms.CharField(widget=forms.HiddenInput, required=False)


class OfMechanism(Editor):
    """A page that prepares an act of one mechanism. ``changed`` is the row that the act would change, if it changes one."""

    changes: type[Model] | None = None
    parameter = "supersedes"

    def __init__(self, request: HttpRequest, officer: Officer, draft: Draft | None) -> None:
        super().__init__(request, officer, draft)
        self.mechanism: MechanismRow = mechanism_or_404(request, draft.mechanism if draft else request.GET.get("mechanism", ""))
        if refusal := why_not_act(request, self.mechanism, settings.NODE.party):
            raise Refused(str(refusal), place="mechanism")
        self.parties: list[PartyShown] = parties_of(self.mechanism)
        self.changed: Any = self._changed(self.wanted(self.parameter)) if self.changes else None

    def _changed(self, key: str) -> Model | None:
        if not key or self.changes is None:
            return None
        row = self.changes._default_manager.filter(pk=key, mechanism=self.mechanism.id).first()
        if row is None:
            raise Http404(key)
        return row

    def kept(self) -> dict[str, Any]:
        """What of the page's parameters the draft has to remember."""
        return {self.parameter: self.changed.pk if self.changed else ""}

    def draft_of(
        self, form: ActForm, body: Mapping[str, Any], titles: Mapping[str, str], files: Mapping[str, str] | None = None
    ) -> DraftContent:
        """The draft that holds ``body``, after the record's own rules had a look at it."""
        rehearse(self.type, self.mechanism.id, body, files)
        said = form.cleaned_data
        since = said["public_from"] if said["audience"] == "public" else ""
        return DraftContent(self.type, self.mechanism.id, body, files or {}, said["audience"], since, titles, self.kept())

    def sketch(self, form: ActForm) -> DraftContent:
        return DraftContent(self.type, self.mechanism.id, {}, {}, titles=self.typed_titles(form), working=self.kept())

    def typed_titles(self, form: ActForm) -> dict[str, str]:
        """What lists call the draft while it makes no sense yet."""
        return {}

    def trail_with(self, *steps: tuple[str, str] | str) -> list[dict[str, str]]:
        from comity.desk.mechanisms.pages import trail_to
        from comity.desk.show import trail

        return [*trail_to(self.mechanism), *trail(*steps)]


def optional(**given: Any) -> dict[str, Any]:
    """Those of ``given`` that say something."""
    return {name: value for name, value in given.items() if value not in ("", None, [], {})}


def shortened(text: str, most: int) -> str:
    """A text for a choice, which must not be wider than its page."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
