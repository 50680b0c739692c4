"""Correcting an adopted text: named provisions in named languages, both readings kept by the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from comity.desk.forms import ActForm
from comity.desk.record.services import DraftContent, put_file
from comity.desk.show import languages_by_page
from comity.desk.texts import composing, queries
from comity.desk.texts.changes import redlined
from comity.desk.texts.editors import TextEditor
from comity.desk.texts.forms import CorrectForm
from comity.desk.texts.models import TextRow
from comity.desk.texts.words import provision_label
from comity.texts.acts import CORRECT
from comity.texts.render import rows


class Correct(TextEditor):
    """Correcting named provisions in named languages of an adopted text; what is not corrected keeps its file byte for byte."""

    type = CORRECT
    template = "texts/correct.html"
    form_class = CorrectForm

    def source(self) -> TextRow:
        found = self.text_named("text")
        if found is None or found.stage != "adopted" or not found.in_force:
            raise Http404("text")
        return found

    def wording(self) -> dict[tuple[str, str], str]:
        documents = queries.documents(self.source().versions)
        return {(lang, p.eid): p.text for lang, doc in documents.items() if doc for p in doc.version.walk() if p.text}

    def form(self, *data: Any, **named: Any) -> ActForm:
        return CorrectForm(*data, wording=self.wording(), **named)

    def changed_by_hand(self, form: ActForm) -> ActForm:
        """ "Show" with other boxes ticked: the fields of the ticked provisions."""
        data = self.request.POST.copy()
        data["places_"] = " ".join(self.request.POST.getlist("place"))
        for lang, eid in CorrectForm(data, wording=self.wording()).chosen:
            data.setdefault(CorrectForm.key(lang, eid), self.wording()[lang, eid])
        return CorrectForm(data, wording=self.wording())

    def initial(self) -> dict[str, Any]:
        source = self.source()
        return {"mechanism": source.mechanism, "text": source.id, "places_": " ".join(self.request.GET.getlist("place"))}

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, CorrectForm)
        source = self.source()
        documents = queries.documents(source.versions)
        order = languages_by_page(documents)
        texts = {lang: doc.version for lang in order if (doc := documents[lang]) is not None}
        typed = form.typed_words()
        return {
            "title": _("Correct a text"),
            "source": source,
            "chosen": [
                {
                    "field": form[form.key(lang, eid)],
                    "lang": lang,
                    "line": redlined(form.wording[lang, eid], typed.get((lang, eid), form.wording[lang, eid])),
                }
                for lang, eid in form.chosen
            ],
            "boxes": [_box(row, order, form.chosen) for row in rows(texts)],
            "trail": self.crumbs(_("Correct")),
        }

    def sketch(self, form: ActForm) -> DraftContent:
        source = self.source()
        return DraftContent(self.type, source.mechanism, {}, {}, titles=source.titles)

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, CorrectForm)
        source, typed = self.source(), form.typed_words()
        files = {}
        for version in source.versions:
            changes = {eid: words for (lang, eid), words in typed.items() if lang == version["lang"]}
            document = queries.document(version["sha256"])
            if changes and document is not None:
                files[version["file"]] = put_file(self.officer, composing.corrected(document, changes))
            else:
                files[version["file"]] = version["sha256"]
        body = {
            "text": source.id,
            "versions": [{key: v[key] for key in ("lang", "status", "file")} for v in source.versions],
            "corrections": [{"lang": lang, "eid": eid} for lang, eid in typed],
        }
        said = form.cleaned_data
        return DraftContent(self.type, source.mechanism, body, files, said["audience"], said["public_from"], source.titles)


def _box(row: Any, order: Iterable[str], chosen: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """One provision with a box per language in which it has words."""
    cells = []
    for lang in order:
        cell = row.cells.get(lang)
        value = f"{lang}:{row.eid}"
        words = cell.text if cell else ""
        cells.append({"lang": lang, "value": value, "text": words, "id": f"place-{lang}-{row.eid}", "checked": (lang, row.eid) in chosen})
    return {"eid": row.eid, "label": provision_label(row.eid), "cells": cells}
