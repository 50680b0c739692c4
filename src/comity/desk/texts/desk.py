"""The page on which a draft is negotiated: languages side by side, checks and brackets in the margin, one provision open for editing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.accounts.models import page_language
from comity.desk.design.templatetags.design import own_name
from comity.desk.errors import sentence
from comity.desk.show import name_of, parties_of, title_for, trail
from comity.desk.texts import checking, commenting, thread, working
from comity.desk.texts.detail import COLUMNS, counts, visible_act_rows
from comity.desk.texts.models import Proposal, TextRow
from comity.desk.texts.pairing import Paired
from comity.desk.texts.table import Margin, SidesIn, add_brackets, add_findings, lay_out
from comity.desk.texts.words import hindrances_shown, kind_label, status_in
from comity.desk.texts.working import Work
from comity.texts.model import TextVersion


def page(request: HttpRequest, work: Work, *, editing: str = "", error: str = "") -> dict[str, Any]:
    """The context of ``texts/work.html``; ``editing`` is the eId of the provision whose words are fields."""
    draft, source = work.draft, work.source
    mechanism = working.mechanism_of(draft)
    parties = parties_of(mechanism)
    texts = thread.texts_of(request, work.thread) if source else []
    acts = visible_act_rows(request, texts)
    stages = thread.stages(request, texts, acts)
    langs = [lang for lang in work.versions if lang in request.GET.getlist("langs")] or list(work.versions)
    shown = {lang: work.versions[lang] for lang in langs[:COLUMNS]}
    table, found, held, points = beside(request, work, shown, texts, editing=editing)
    against = checking.standing_in_the_way(work.versions, found)
    title = title_for({lang: t.title for lang, t in work.typed.items()}) or kind_label(str(draft.working.get("kind", "")))
    return {
        "draft": draft,
        "thread": work.thread,
        "title": title,
        "number": len(stages) + 1,
        "titles": [{"lang": lang, "text": version.title} for lang, version in shown.items()],
        "columns": [{"lang": lang, "note": status_in(lang, v.status), "shown": n == 0} for n, (lang, v) in enumerate(shown.items())],
        "rows": table,
        "editing": editing,
        "error": error,
        "trouble": [{"lang": own_name(lang), "text": sentence(why)} for lang, why in work.trouble.items()],
        "hindrances": hindrances_shown(against),
        "facts": [*thread.waiting(texts, acts, parties), *counts(found, held, points)],
        "undo": (draft.working.get("undo") or {}).get("what", ""),
        "states": [
            *({"value": s.key, "label": thread.label(s, n, parties), "old": n == len(stages)} for n, s in enumerate(stages, 1)),
        ],
        "source": source,
        "words": [{"lang": lang, "url": word_url(work, lang, stages[-1].key if stages else "")} for lang in work.versions],
        "proposals": Proposal.objects.filter(draft=draft.key, state="open").count(),
        "languages_here": [{"value": lang, "label": own_name(lang)} for lang in work.versions],
        "may": True,
        "trail": trail(
            (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
            (_("Texts"), reverse("texts:index")),
            *(((title_for(source.titles) or title, reverse("texts:detail", args=[source.id])),) if source else ()),
            _("Draft"),
        ),
    }


def beside(
    request: HttpRequest,
    work: Work,
    shown: Mapping[str, TextVersion],
    texts: list[TextRow],
    *,
    editing: str = "",
    only: str = "",
    versions: Mapping[str, TextVersion] | None = None,
) -> tuple[list[dict[str, Any]], list[Any], dict[str, checking.Aside], int]:
    """The rows with their margin (or ``only`` one), the findings, those set aside, how many brackets are open. ``versions`` are checked in
    place of what the draft holds: words that are typed and not kept yet.
    """
    mechanism = working.mechanism_of(work.draft)
    parties = parties_of(mechanism)
    held = checking.asides(work.thread, texts)
    found = checking.findings(versions or work.versions, mechanism, held)
    margin = Margin()
    sides = {lang: SidesIn.of(mechanism, parties, lang) for lang in [*shown, page_language()]}
    points = add_brackets(margin, {lang: (versions or work.versions)[lang] for lang in shown}, sides[page_language()])
    add_findings(
        margin, found, held, {p.id: p.name for p in parties}, {lang: (versions or work.versions)[lang] for lang in shown}, may=True
    )
    if work.source is not None:
        comments = commenting.margin(commenting.of_text(request, work.source.id), parties, True)
        for eid, notes in comments.items():
            margin.notes.setdefault(eid, []).extend(notes)
    pairs = Paired.of(work.thread, shown)
    pairs.note(margin, may=True)
    pairs.offer(margin, shown)
    table = lay_out(shown, margin, sides, pairs.beads, only)
    own = next((p.name for p in parties if p.id == settings.NODE.party), "")
    for row in table:
        row["editable"] = True
        row["own"] = own
        if row["id"] == editing:
            row["editing"] = True
            row["mark"] = work.mark(editing)
            row["fields"] = [
                {"lang": lang, "words": words, "label": own_name(lang), "rows": max(3, len(words) // 28 + 1)}
                for lang, words in work.words(editing).items()
            ]
    return table, found, held, points


def word_url(work: Work, lang: str, old: str) -> str:
    """Where the draft is downloaded as a Word file, with tracked changes against ``old`` if there is an earlier version."""
    query = f"?draft={work.draft.key}&lang={lang}" + (f"&old={old}" if old else "")
    return reverse("texts:draft-word") + query
