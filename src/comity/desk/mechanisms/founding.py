"""The form that prepares a founding act: names, parties in their order, series, the day of founding."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.accounts.models import Officer
from comity.desk.forms import ActForm, Editor, PartialDateField
from comity.desk.languages import USUAL, by_key
from comity.desk.mechanisms.naming import Trio, name_fields, names_typed, rows_shown
from comity.desk.meetings.phrases import phrase
from comity.desk.node import the_node
from comity.desk.record.models import Draft
from comity.desk.record.services import DraftContent
from comity.desk.show import name_of, trail
from comity.errors import Refused, Unsayable
from comity.mechanisms.acts import FOUND, read_founding
from comity.node.cards import read_card
from comity.terms.ids import digest
from comity.terms.names import LANGUAGE

MOST_SERIES = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A parliament that can be a party: this node's own, or one that was introduced. ``root`` is the SHA-256 of its first key root."""

    id: str
    host: str
    root: str
    names: list[dict[str, str]]
    chambers: list[dict[str, Any]]
    own: bool = False

    @property
    def key(self) -> str:
        """Names its fields; two peers may claim one party id, but never one root."""
        return self.root[:16]

    @property
    def label(self) -> str:
        return name_of(self.names, side=self.id) or self.host


def candidates() -> list[Candidate]:
    """This node's own party first, then every introduced peer; raises :class:`Refused` if this node has no keys yet."""
    node = the_node()
    roots = node.home.own_roots()
    if not roots:
        raise Refused("This node has no key root yet.", place="keys", remedy="Make the keys with `comity node init`.")
    settings = node.settings
    found = [Candidate(node.party, node.host, digest(roots[0]), settings.names, settings.chambers, own=True)]
    for peer in node.store.peers():
        card = read_card(str(peer["card"]).encode())
        names = [{"text": n.text, "lang": n.lang} | ({"side": n.side} if n.side else {}) for n in card.names]
        found.append(Candidate(card.party, card.host, card.fingerprint, names, card.chambers))
    return [c for c in found if c.id]


class FoundingForm(ActForm):
    """The fields of a founding act. ``known`` are the possible parties; ``series`` is how many lines of meetings are shown."""

    series_rows = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=1)
    languages = forms.CharField(
        label=gettext_lazy("Languages of the mechanism"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Their tags, for example: zh-Hans ru en, or: fr es. All pages about it ask for words in these."),
        widget=forms.TextInput(attrs={"class": "w-name", "autocomplete": "off", "spellcheck": "false"}),
    )
    founded = PartialDateField(
        label=gettext_lazy("Day of founding"),
        help_text=gettext_lazy("From it the anniversaries are counted. A day, a month or a year: 2026-11-20, 2026-11 or 2026."),
    )

    def __init__(self, *data: Any, known: list[Candidate], **named: Any) -> None:
        super().__init__(*data, **named)
        self.known = known
        self.rows = rows_shown(self, "series_rows", most=MOST_SERIES)
        self.fields |= name_fields("name", gettext_lazy("Name of the mechanism"))
        for place, c in enumerate(known, 1):
            if not c.own:
                self.fields[f"party_{c.key}"] = forms.BooleanField(label=c.label, required=False)
            rank = forms.NumberInput(attrs={"class": "w-short", "min": 1, "max": len(known)})
            self.fields[f"rank_{c.key}"] = forms.IntegerField(
                label=_("Place in the order"), min_value=1, required=False, initial=place, widget=rank
            )
            self.fields |= name_fields(f"side_{c.key}", _("Name, as %(party)s writes it") % {"party": c.label})
        for n in range(self.rows):
            self.fields |= name_fields(f"series{n}", gettext_lazy("Name of the series"))
            number = forms.NumberInput(attrs={"class": "w-short", "min": 1})
            self.fields[f"series{n}_first"] = forms.IntegerField(
                label=gettext_lazy("Number of its first meeting"), min_value=1, initial=1, widget=number
            )

    def clean_languages(self) -> str:
        said = str(self.cleaned_data["languages"])
        if wrong := [tag for tag in said.split() if not LANGUAGE.fullmatch(tag)]:
            raise forms.ValidationError(_("“%(tag)s” is no language tag; write for example fr or pt-BR.") % {"tag": wrong[0]})
        return said

    def places(self) -> Mapping[str, str]:
        series = {f"body.series[{n}]": f"series{n}_zh" for n in range(self.rows)}
        return {"body.names": "name_zh", "body.founded": "founded", "body.parties": "rank_" + self.known[0].key, **series}

    def text(self, name: str) -> str:
        return str(self[name].value() or "").strip()

    def chosen(self) -> list[Candidate]:
        """The parties in the order that was typed; equal places keep the order of the list."""
        wanted = [c for c in self.known if c.own or self[f"party_{c.key}"].value()]
        return sorted(wanted, key=lambda c: int(self.text(f"rank_{c.key}") or 99) if self.text(f"rank_{c.key}").isdigit() else 99)

    # What the template sets ---------------------------------------------------------------

    def name_trio(self) -> Trio:
        return Trio(self, "name", _("Name of the mechanism"), _("In every language of the parties; none is the translation of another."))

    def party_rows(self) -> list[dict[str, Any]]:
        return [{"candidate": c, "field": None if c.own else self[f"party_{c.key}"], "rank": self[f"rank_{c.key}"]} for c in self.known]

    def side_trios(self) -> list[Trio]:
        return [Trio(self, f"side_{c.key}", c.label) for c in self.known]

    def series_shown(self) -> list[dict[str, Any]]:
        return [
            {"trio": Trio(self, f"series{n}", _("Series %(number)d") % {"number": n + 1}), "first": self[f"series{n}_first"]}
            for n in range(self.rows)
        ]


class FoundingPage(Editor):
    """The page on which a mechanism is founded."""

    type = FOUND
    template = "mechanisms/found.html"
    form_class = FoundingForm

    def __init__(self, request: HttpRequest, officer: Officer, draft: Draft | None) -> None:
        super().__init__(request, officer, draft)
        self.known = candidates()

    def languages(self) -> tuple[str, ...]:
        """Those that are typed; what is no tag is told when the form is sent on."""
        typed = self.request.POST.get("languages") or (str(self.draft.working.get("languages") or "") if self.draft else "")
        return tuple(tag for tag in typed.split() if LANGUAGE.fullmatch(tag)) or USUAL

    def initial(self) -> dict[str, Any]:
        others = [c for c in self.known if not c.own]
        names = {f"series0_{key}": phrase("meetings", tag) for key, (tag, _own) in by_key().items()}
        return {"languages": " ".join(self.languages())} | names | ({f"party_{others[0].key}": True} if len(others) == 1 else {})

    def form(self, *data: Any, **named: Any) -> FoundingForm:
        return FoundingForm(*data, known=self.known, **named)

    def changed_by_hand(self, form: ActForm) -> ActForm:
        """One series more, or other languages; nothing is checked yet."""
        assert isinstance(form, FoundingForm)
        hidden = {name: form[name].value() for name in ("draft", "revision")}
        more = 0 if self.request.POST.get("show") == "languages" else 1
        held = {name: value for name, value in form.typed().items() if value or not name.startswith("series0_")}
        return self.form(initial=self.initial() | held | hidden | {"series_rows": form.rows + more})

    def sketch(self, form: ActForm) -> DraftContent:
        assert isinstance(form, FoundingForm)
        titles = {n["lang"]: n["text"] for n in names_typed(form, "name")}
        return DraftContent(FOUND, "", {}, {}, titles=titles, working={"origins": self._origins()})

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, FoundingForm)
        origins = self._origins()
        body = self._body(form, origins)
        if len(body["parties"]) < 2:
            raise Unsayable("A mechanism needs two parties at least.", place="body.parties", remedy="Choose the others.")
        read_founding(body)
        titles = {n["lang"]: n["text"] for n in body["names"] if not n.get("side")}
        cleaned = form.cleaned_data
        since = cleaned["public_from"] if cleaned["audience"] == "public" else ""
        return DraftContent(FOUND, "", body, {}, cleaned["audience"], since, titles, {"origins": origins})

    def _origins(self) -> dict[str, str]:
        """The origin of each party's log, chosen once and kept with the draft: it must not change once the other side has read it."""
        kept = dict(self.draft.working.get("origins", {})) if self.draft else {}
        return {c.root: kept.get(c.root) or f"{c.host}/{secrets.token_hex(4)}" for c in self.known}

    def _body(self, form: FoundingForm, origins: Mapping[str, str]) -> dict[str, Any]:
        parties = form.chosen()
        names = names_typed(form, "name")
        for c in parties:
            names += names_typed(form, f"side_{c.key}", side=c.id)
        series = [
            {
                "key": "main" if n == 0 else f"series-{n + 1}",
                "names": names_typed(form, f"series{n}"),
                "first": form.cleaned_data[f"series{n}_first"],
            }
            for n in range(form.rows)
            if n == 0 or names_typed(form, f"series{n}")
        ]
        return {
            "names": names,
            "parties": [{"id": c.id, "origin": origins[c.root], "root": c.root, "names": c.names, "chambers": c.chambers} for c in parties],
            "series": series,
            "founded": form.cleaned_data["founded"],
        }

    def context(self, form: ActForm) -> dict[str, Any]:
        return {
            "alone": len(self.known) < 2,
            "more_series": isinstance(form, FoundingForm) and form.rows < MOST_SERIES,
            "trail": trail((_("Mechanisms"), reverse("mechanisms:index")), _("Found a mechanism")),
        }
