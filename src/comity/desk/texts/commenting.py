"""Comments on texts: the form, and how they stand beside their provision, each followed by its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk.choices import offer
from comity.desk.design.templatetags.design import own_name
from comity.desk.forms import ActForm, Editor
from comity.desk.languages import asked
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.services import DraftContent, put_file
from comity.desk.record.visible import open_to
from comity.desk.show import PartyShown, act_url, instant, languages_by_page, name_of, parties_of, title_for, trail
from comity.desk.texts import marking, queries
from comity.desk.texts.models import CommentRow, TextRow
from comity.desk.texts.table import SidesIn
from comity.desk.texts.words import kind_label, provision_label
from comity.texts.acts import COMMENT, read_comment
from comity.texts.render import Row, rows

MOST = 500  # comments that one page shows


class CommentForm(ActForm):
    """Where the comment stands, and its words in one language or several."""

    PLACES: ClassVar[Mapping[str, str]] = {"body.eid": "eid", "body.lang": "lang", "body.notes": "note_en"}
    mechanism = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.HiddenInput)
    answers = forms.CharField(required=False, widget=forms.HiddenInput)
    eid = forms.ChoiceField(label=gettext_lazy("Provision"), required=False)
    lang = forms.ChoiceField(label=gettext_lazy("Language version"), required=False)

    def __init__(self, *args: Any, provisions: Sequence[tuple[str, str]], versions: Sequence[str], **named: Any) -> None:
        super().__init__(*args, **named)
        offer(self, "eid", [("", _("the text as a whole")), *provisions])
        offer(self, "lang", [("", _("every language")), *((v, own_name(v)) for v in versions)])
        for lang in asked():
            self.fields[self.key(lang)] = forms.CharField(
                label=own_name(lang), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4, "lang": lang})
            )

    @staticmethod
    def key(lang: str) -> str:
        return f"note_{lang}"

    def notes(self) -> dict[str, str]:
        """Language → words of the notes that are written."""
        found = {lang: str(self[self.key(lang)].value() or "").strip().replace("\r\n", "\n") for lang in asked()}
        return {lang: words for lang, words in found.items() if words}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.notes():
            self.add_error(self.key(asked()[0]), _("Write the comment in at least one language."))
        return data


class Comment(Editor):
    """Saying something about a text, or answering what was said about it."""

    type = COMMENT
    template = "texts/comment.html"
    form_class = CommentForm

    def mechanism(self) -> MechanismRow:
        return MechanismRow.objects.get(pk=self.text().mechanism)

    def text(self) -> TextRow:
        found = TextRow.objects.filter(pk=self.request.POST.get("text") or self.wanted("text")).first()
        if found is None:
            raise Http404("text")
        return found

    def answered(self) -> CommentRow | None:
        wanted = self.request.POST.get("answers") or self.wanted("answers")
        return CommentRow.objects.filter(pk=wanted, text=self.text().id).first() if wanted else None

    def found_rows(self) -> list[Row]:
        documents = queries.documents(self.text().versions)
        return rows({lang: doc.version for lang in languages_by_page(documents) if (doc := documents[lang]) is not None})

    def form(self, *data: Any, **named: Any) -> ActForm:
        versions = languages_by_page(v["lang"] for v in self.text().versions)
        provisions = [(row.eid, provision_label(row.eid)) for row in self.found_rows()]
        return CommentForm(*data, provisions=provisions, versions=versions, **named)

    def initial(self) -> dict[str, Any]:
        text, answered = self.text(), self.answered()
        start = {"mechanism": text.mechanism, "text": text.id, "eid": self.wanted("eid"), "lang": self.wanted("lang")}
        return start if answered is None else start | {"answers": answered.id, "eid": answered.eid, "lang": answered.lang}

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, CommentForm)
        text, answered = self.text(), self.answered()
        mechanism = self.mechanism()
        eid, lang = str(form["eid"].value() or ""), str(form["lang"].value() or "")
        row = next((r for r in self.found_rows() if r.eid == eid), None)
        title, head = title_for(text.titles) or kind_label(text.kind), _("Answer a comment") if answered else _("Comment on a text")
        shown = parties_of(mechanism)
        parties = {p.id: p.name for p in shown}
        return {
            "title": head,
            "text_title": title,
            "quotes": [
                {"lang": code, "parts": marking.parts(cell.text or cell.heading, [], SidesIn.of(mechanism, shown, code))}
                for code, cell in (row.cells.items() if row else ())
                if cell and (not lang or code == lang)
            ][:3],
            "answered": answered and {"by": parties.get(answered.party, answered.party), "notes": answered.notes},
            "notes": [form[form.key(code)] for code in asked()],
            "trail": trail(
                (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
                (title, reverse("texts:detail", args=[text.id])),
                head,
            ),
        }

    def sketch(self, form: ActForm) -> DraftContent:
        assert isinstance(form, CommentForm)
        return DraftContent(self.type, self.text().mechanism, {}, {}, titles=_titles(form.notes()))

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, CommentForm)
        said, files = form.cleaned_data, dict[str, str]()
        for lang, words in form.notes().items():
            files[f"comment.{lang}.txt"] = put_file(self.officer, words.encode())
        body: dict[str, Any] = {"text": self.text().id}
        body |= {"notes": [{"lang": name.split(".")[1], "file": name} for name in files]}
        body |= {key: said[key] for key in ("eid", "lang", "answers") if said.get(key)}
        read_comment(body)
        return DraftContent(self.type, self.text().mechanism, body, files, said["audience"], said["public_from"], _titles(form.notes()))


def _titles(notes: Mapping[str, str]) -> dict[str, str]:
    return {lang: words[:200] for lang, words in notes.items()}


def of_text(request: HttpRequest, text: str) -> list[CommentRow]:
    """The comments on a text that this reader may see, oldest first."""
    return list(open_to(request, CommentRow.objects.filter(text=text)).order_by("said", "id")[:MOST])


def margin(comments: Sequence[CommentRow], parties: Sequence[PartyShown], may_answer: bool) -> dict[str, list[dict[str, Any]]]:
    """Notes of the margin by eId (empty: about the text as a whole); every comment is followed by its answers."""
    names = {p.id: p for p in parties}
    known = {c.id for c in comments}
    answers: dict[str, list[CommentRow]] = {}
    for comment in comments:
        if comment.answers in known:
            answers.setdefault(comment.answers, []).append(comment)
    out: dict[str, list[dict[str, Any]]] = {}

    def add(comment: CommentRow, eid: str, depth: int) -> None:
        out.setdefault(eid, []).append(_note(comment, names.get(comment.party), depth, may_answer))
        for answer in answers.get(comment.id, ()):
            add(answer, eid, depth + 1)

    for comment in comments:
        if comment.answers not in known:
            add(comment, comment.eid, 0)
    return out


def _note(comment: CommentRow, party: PartyShown | None, depth: int, may_answer: bool) -> dict[str, Any]:
    by = party.name if party else comment.party
    said = _("%(party)s answers") if depth else _("%(party)s comments")
    lines: list[Any] = [format_html('<span lang="{}">{}</span>', n["lang"], n["text"]) for n in comment.notes if n["text"]]
    if not lines:
        lines = [_("The words are not on this node.")]
    where = [own_name(comment.lang)] if comment.lang else []
    links = [{"url": act_url(comment.act), "label": ", ".join([*where, instant(comment.said)])}]
    if may_answer:
        query = urlencode({"text": comment.text, "answers": comment.id})
        links.append({"url": f"{reverse('texts:comment')}?{query}", "label": _("Answer")})
    return {"id": f"k{comment.id[:12]}", "title": said % {"party": by}, "lines": lines, "links": links, "answer": bool(depth)}
