"""Any two versions of a negotiation against each other, token by token: on the page, and as Word files with tracked changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.record.models import Draft
from comity.desk.show import PartyShown, languages_by_page, name_of, parties_of, title_for, trail
from comity.desk.texts import queries, thread
from comity.desk.texts.changes import marked
from comity.desk.texts.detail import COLUMNS, visible_act_rows
from comity.desk.texts.models import TextRow
from comity.desk.texts.thread import Stage
from comity.desk.texts.words import kind_label, provision_label
from comity.desk.texts.working import Work
from comity.texts.model import TextVersion, last_segment
from comity.texts.redline import ChangedLine, redline
from comity.texts.word import docx, redline_docx


def page(request: HttpRequest, row: TextRow) -> dict[str, Any]:
    """The context of ``texts/compare.html``: ``?old=`` and ``?new=`` are versions (acts, ``draft:<key>``), ``?all=1`` shows all."""
    mechanism = queries.mechanism_for(request, row.mechanism)
    parties = parties_of(mechanism)
    stages, drafts = _choices(request, row)
    numbered = [(s.key, thread.label(s, n, parties)) for n, s in enumerate(stages, 1)]
    numbered += [(f"draft:{d.key}", _("this side's draft")) for d in drafts]
    keys = [key for key, _label in numbered]
    new = request.GET.get("new") or keys[-1]
    old = request.GET.get("old") or keys[max(0, keys.index(new) - 1 if new in keys else 0)]
    before, after = (_versions(key, stages, drafts) for key in (old, new))
    langs = [lang for lang in languages_by_page({*before, *after})][:COLUMNS]
    everything = "all" in request.GET
    changed = {lang: redline(before.get(lang) or [], after.get(lang) or []) for lang in langs}
    table, same = _rows(changed, everything)
    title = title_for(row.titles) or kind_label(row.kind)
    return {
        "row": row,
        "title": _("What changed"),
        "text_title": title,
        "states": [{"value": key, "label": label, "old": key == old, "new": key == new} for key, label in numbered],
        "columns": [{"lang": lang, "shown": n == 0} for n, lang in enumerate(langs)],
        "rows": table,
        "same": same,
        "everything": everything,
        "words": [{"lang": lang, "url": thread.word_url(row.id, lang, new, old)} for lang in langs if lang in before and lang in after],
        "query": f"old={old}&new={new}",
        "trail": trail(
            (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
            (title, reverse("texts:detail", args=[row.id])),
            _("What changed"),
        ),
    }


def _choices(request: HttpRequest, row: TextRow) -> tuple[list[Stage], list[Draft]]:
    texts = thread.texts_of(request, thread.thread_id(row)) or [row]
    return thread.stages(request, texts, visible_act_rows(request, texts)), thread.drafts(request, texts)


def _versions(key: str, stages: Sequence[Stage], drafts: Sequence[Draft]) -> dict[str, TextVersion]:
    stage = next((s for s in stages if s.key == key), None)
    if stage is not None:
        return {lang: doc.version for lang, doc in queries.documents(stage.versions).items() if doc is not None}
    draft = next((d for d in drafts if f"draft:{d.key}" == key), None)
    if draft is None:
        raise Http404(key)
    return Work.of(draft).versions


def _rows(changed: Mapping[str, list[ChangedLine]], everything: bool) -> tuple[list[dict[str, Any]], int]:
    """A row per provision in which something changed in some language (or per provision), and how many others there are."""
    cells: dict[str, dict[str, list[Any]]] = {}
    touched = set()
    for lang, lines in changed.items():
        for line in lines:
            own = line.new or line.old
            eid = own.eid if own else ""
            cells.setdefault(eid, {}).setdefault(lang, []).append(marked(line.pieces))
            if line.is_changed:
                touched.add(eid)
    shown = [eid for eid in cells if everything or eid in touched]
    table = [
        {
            "id": eid or "title",
            "label": provision_label(eid) if eid else _("Title"),
            "number": last_segment(eid)[1] if eid else "",
            "cells": [{"lang": lang, "lines": cells[eid].get(lang, [])} for lang in changed],
            "changed": eid in touched,
        }
        for eid in shown
    ]
    return table, len(cells) - len(touched)


def word_file(request: HttpRequest, row: TextRow, lang: str, new: str, old: str) -> tuple[str, bytes]:
    """Name and bytes of a Word file: a clean copy, or with tracked changes of ``new``'s side against ``old``. 404 for what is not there."""
    stages, drafts = _choices(request, row)
    after = _versions(new, stages, drafts).get(lang)
    stage = next((s for s in stages if s.key == new), None)
    before = _versions(old, stages, drafts).get(lang) if old else None
    if after is None or (old and before is None):
        raise Http404(lang)
    parties = parties_of(queries.mechanism_for(request, row.mechanism))
    return _word(row.id[:8], after, before, _author(stage.by if stage else "", parties), stage.said if stage else "")


def draft_file(request: HttpRequest, work: Work, lang: str, old: str) -> tuple[str, bytes]:
    """As :func:`word_file`, for this side's draft."""
    after = work.versions.get(lang)
    source = work.source
    before = None
    if old:
        if source is None:
            raise Http404(old)
        before = _versions(old, _choices(request, source)[0], []).get(lang)
    if after is None or (old and before is None):
        raise Http404(lang)
    return _word(work.draft.key[:8], after, before, _author("", []), work.draft.updated.isoformat())


def _word(name: str, after: TextVersion, before: TextVersion | None, author: str, said: str) -> tuple[str, bytes]:
    if before is None:
        return f"{name}.{after.language}.docx", docx(after)
    data = redline_docx(redline(before, after), after.language, author=author, date=_word_date(said))
    return f"{name}.{after.language}.changes.docx", data


def _author(party: str, parties: Sequence[PartyShown]) -> str:
    from django.conf import settings

    own = party or settings.NODE.party
    names = {p.id: p.name for p in parties}
    return names.get(own) or name_of(settings.NODE.names) or own


def _word_date(said: str) -> str:
    """A moment as Word writes it, in UTC and whole seconds."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return "2000-01-01T00:00:00Z"
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
