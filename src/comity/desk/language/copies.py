"""Joint texts on paper: signing copies of each side, clean copies of each language, languages side by side; PDF, Word, print preview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from comity.desk.accounts.models import page_language
from comity.desk.design.seal import seal_svg
from comity.desk.design.templatetags.design import own_name
from comity.desk.design.words import words as seal_words
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import insider, visible_acts
from comity.desk.show import languages_by_page, name_of, one_side, parties_of, standing_of, title_for, trail
from comity.desk.texts import queries
from comity.desk.texts.models import TextRow
from comity.desk.texts.words import kind_label, status_in
from comity.errors import Refused
from comity.papers import Foot, Paper, can_print, docx, html, pdf
from comity.papers.treaty import beside_paper, signing_copy, text_paper
from comity.terms.ids import handle
from comity.texts.alternat import PartyNames
from comity.texts.brackets import by_name, open_points
from comity.texts.model import TextVersion

FORMS: Final = {
    "pdf": (pdf, "application/pdf"),
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
_PAGES: Final = {"zh": "zh-hans", "ru": "ru"}


class Copies:
    """One text as it stands by one of its acts, ready to be printed."""

    def __init__(self, request: HttpRequest, row: TextRow) -> None:
        self.row = row
        self.act_id = request.GET.get("version") or row.act
        step = next((s for s in row.steps if s["act"] == self.act_id), None)
        seen = visible_acts(request).filter(pk=self.act_id)
        self.act: ActRow | None = seen.first()
        if step is None or (self.act is None and not insider(request)):
            raise Http404(self.act_id)
        self.mechanism: MechanismRow = queries.mechanism_for(request, row.mechanism)
        self.steps = step["versions"]
        documents = queries.documents(self.steps)
        self.digests = {v["lang"]: v["sha256"] for v in self.steps}
        self.statuses = {v["lang"]: v["status"] for v in self.steps}
        # In the order that was agreed: the one in which the act names its versions.
        self.versions: dict[str, TextVersion] = {lang: doc.version for lang, doc in documents.items() if doc is not None}
        self.missing = [lang for lang, doc in documents.items() if doc is None]
        self.day = date.fromisoformat(row.said[:10])

    def authentic(self) -> dict[str, TextVersion]:
        return {lang: version for lang, version in self.versions.items() if self.statuses[lang] == "authentic"}

    def open_points(self) -> int:
        """How many brackets keep it from being signed."""
        return len(open_points(self.authentic().values()))

    def readable(self, lang: str) -> TextVersion:
        """One version with the sides of its brackets by name."""
        names = {party.party: next(iter(party.of(lang)), party.party) for party in self.parties()}
        return by_name(self.versions[lang], names)

    def parties(self) -> list[PartyNames]:
        """The parties with all names they have in each language."""
        found = []
        for party in self.mechanism.parties:
            names: dict[str, tuple[str, ...]] = {}
            for name in party["names"]:
                names[name["lang"]] = (*names.get(name["lang"], ()), name["text"])
            found.append(PartyNames(party["id"], names))
        return found

    def party_name(self, party: str) -> str:
        return next((name_of(p["names"], side=party) for p in self.mechanism.parties if p["id"] == party), party)

    def foot(self, lang: str, words: str, digests: Mapping[str, str]) -> Foot:
        """What stands at the foot, in the language of the page: whose copy, where the act stands, the digests, the seal."""
        shown = parties_of(self.mechanism)
        forward = self.row.stage == "forward"
        standing = one_side(self.row.proposer, shown) if forward or self.act is None else standing_of(self.act, shown)
        drawing = seal_svg(standing.parties, standing.signed, standing.state, "s")
        said = seal_words(standing)
        alone = _("put forward; binds nobody") if forward else said.head
        marks = [(f"SHA-256 ({own_name(tag)})" if len(digests) > 1 else "SHA-256", digest) for tag, digest in digests.items()]
        marks.append((_("act"), self.act_id))
        line = " · ".join(part for part in (words, alone, handle(self.act_id)) if part)
        return Foot(line, tuple(marks), drawing.replace("var(--paper, #fff)", "#fff"), str(said))

    def copy_of(self, party: str) -> Paper:
        """The signing copy of a party. Raises Unsayable for who is none, Refused while words are open."""
        if self.open_points():
            raise Refused(
                "There is no copy to be signed while words are open.",
                place="brackets",
                remedy="Print a clean copy, or settle the brackets.",
            )
        feet, kinds = {}, {}
        for lang in self.authentic():
            with override(_PAGES.get(lang.split("-")[0], "en")):
                names: list[dict[str, str]] = next((p["names"] for p in self.mechanism.parties if p["id"] == party), [])
                whose = name_of(names, side=party) if names else party
                words = _("Copy of %(side)s") % {"side": whose}
                feet[lang] = self.foot(lang, words, {lang: self.digests[lang]})
                kinds[lang] = kind_label(self.row.kind)
        return signing_copy(self.authentic(), self.parties(), party, feet=feet, kinds=kinds, day=self.day)

    def clean(self, lang: str) -> Paper:
        """One language version."""
        if lang not in self.versions:
            raise Http404(lang)
        with override(_PAGES.get(lang.split("-")[0], "en")):
            foot = self.foot(lang, status_in(lang, self.statuses[lang]), {lang: self.digests[lang]})
            return text_paper(self.readable(lang), kind=kind_label(self.row.kind), day=self.day, foot=foot)

    def beside(self) -> Paper:
        """All languages side by side, headed in the language of the page."""
        order = languages_by_page(self.versions)
        heads = {lang: f"{own_name(lang)} · {status_in(lang, self.statuses[lang])}" for lang in order}
        versions = {lang: self.readable(lang) for lang in order}
        foot = self.foot(page_language(), "", {lang: self.digests[lang] for lang in order})
        title = title_for(self.row.titles) or kind_label(self.row.kind)
        return beside_paper(versions, heads, language=page_language(), title=title, kind=kind_label(self.row.kind), day=self.day, foot=foot)

    def paper(self, which: str) -> Paper:
        """``beside``, ``text-<language>`` or ``copy-<party>``. Raises Http404 for anything else."""
        kind, _dash, value = which.partition("-")
        if kind == "copy" and any(p["id"] == value for p in self.mechanism.parties):
            return self.copy_of(value)
        if kind == "text" and value:
            return self.clean(value)
        if which == "beside" and self.versions:
            return self.beside()
        raise Http404(which)


def page(request: HttpRequest, row: TextRow) -> dict[str, Any]:
    """The context of ``language/copies.html``."""
    copies = Copies(request, row)
    tail = f"?version={copies.act_id}" if copies.act_id != row.act else ""

    def line(which: str, title: str, note: str, lang: str = "") -> dict[str, Any]:
        def address(form: str) -> str:
            return reverse("language:paper", args=[row.id, which, form]) + tail

        return {
            "title": title,
            "note": note,
            "lang": lang,
            "id": which,
            "view": address("html"),
            "pdf": address("pdf"),
            "docx": address("docx"),
        }

    sides = [
        line(f"copy-{p['id']}", _("Copy of %(side)s") % {"side": copies.party_name(p["id"])}, _note(copies, p["id"]))
        for p in copies.mechanism.parties
    ]
    clean = [
        line(f"text-{lang}", own_name(lang), status_in(lang, copies.statuses[lang]), lang) for lang in languages_by_page(copies.versions)
    ]
    return {
        "row": row,
        "title": title_for(row.titles) or kind_label(row.kind),
        "sides": sides if copies.authentic() and not copies.open_points() else [],
        "open_points": copies.open_points(),
        "clean": clean,
        "beside": line("beside", _("All languages side by side"), "") if len(copies.versions) > 1 else None,
        "can_print": can_print(),
        "missing": [own_name(lang) for lang in copies.missing],
        "digests": [{"lang": lang, "sha256": digest} for lang, digest in copies.digests.items()],
        "act": copies.act_id,
        "trail": trail(
            (_("Texts"), reverse("texts:index")),
            (title_for(row.titles) or kind_label(row.kind), reverse("texts:detail", args=[row.id])),
            _("On paper"),
        ),
    }


def _note(copies: Copies, first: str) -> str:
    others = [copies.party_name(p["id"]) for p in copies.mechanism.parties if p["id"] != first]
    return _("names itself first and is signed by it on the left; then %(others)s") % {"others": ", ".join(others)}


def serve(request: HttpRequest, row: TextRow, which: str, form: str) -> HttpResponse:
    """A paper as a file. Raises CannotPrint where PDFs cannot be made."""
    paper = Copies(request, row).paper(which)
    if form not in FORMS:
        raise Http404(form)
    make, kind = FORMS[form]
    name = f"{handle(row.id)}-{which}.{form}"
    return HttpResponse(make(paper), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def preview(request: HttpRequest, row: TextRow, which: str) -> dict[str, Any]:
    """The context of ``language/preview.html``."""
    paper = Copies(request, row).paper(which)
    own = reverse("language:copies", args=[row.id])
    return {
        "title": paper.title,
        "paper": mark_safe(html(paper)),  # noqa: S308  # every word in it is escaped by papers.web
        "pdf": reverse("language:paper", args=[row.id, which, "pdf"]),
        "docx": reverse("language:paper", args=[row.id, which, "docx"]),
        "can_print": can_print(),
        "trail": trail((_("Texts"), reverse("texts:index")), (_("On paper"), own), _("Print preview")),
    }
