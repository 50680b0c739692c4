"""One text as its page shows it: languages side by side, marks and corrections in the margin, versions. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts.models import page_language
from comity.desk.accounts.policy import why_not_draft
from comity.desk.commitments.models import CommitmentRow
from comity.desk.commitments.words import due_label, nature_label
from comity.desk.design.templatetags.design import own_name
from comity.desk.design.words import listed
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import visible_acts
from comity.desk.show import (
    PartyShown,
    act_url,
    instant,
    languages_by_page,
    name_of,
    officer_of,
    one_side,
    parties_of,
    standing_of,
    title_for,
    trail,
)
from comity.desk.texts import checking, commenting, marking, queries, thread
from comity.desk.texts.actions import actions
from comity.desk.texts.changes import redlined
from comity.desk.texts.models import TextRow
from comity.desk.texts.pairing import Paired
from comity.desk.texts.table import Margin, SidesIn, add_brackets, add_findings, lay_out
from comity.desk.texts.thread import Stage
from comity.desk.texts.words import hindrances_shown, kind_label, provision_label, status_in
from comity.terms.ids import handle
from comity.texts.akn import AknDocument
from comity.texts.checks.finding import Finding
from comity.texts.model import TextVersion

COLUMNS = 3  # languages beside each other; more are chosen by the reader


def page(request: HttpRequest, row: TextRow) -> dict[str, Any]:
    """The context of ``texts/detail.html``. ``?version=`` shows an earlier act's files, ``?langs=`` chooses languages."""
    texts = thread.texts_of(request, thread.thread_id(row)) or [row]
    acts = visible_act_rows(request, texts)
    stages = thread.stages(request, texts, acts)
    step = _chosen(stages, row, request.GET.get("version", "") or row.act)
    now = step.key == row.act
    mechanism = queries.mechanism_for(request, row.mechanism)
    parties = parties_of(mechanism)
    documents = queries.documents(step.versions)
    statuses = {v["lang"]: v["status"] for v in step.versions}
    langs = _languages(request, documents)
    every = {lang: doc.version for lang in languages_by_page(documents) if (doc := documents[lang]) is not None}
    shown = {lang: every[lang] for lang in langs if lang in every}
    officer = officer_of(request)
    may = now and not why_not_draft(officer, settings.NODE.party, row.mechanism)
    asides = checking.asides(thread.thread_id(row) if officer else "", texts)
    found = checking.findings(every, mechanism, asides) if every and (officer or row.waivers) else []
    margin = Margin()
    sides = {lang: SidesIn.of(mechanism, parties, lang) for lang in [*shown, page_language()]}
    open_points = add_brackets(margin, shown, sides[page_language()])
    _add_commitments(request, margin, row, step.key, shown)
    told = found if officer else [item for item in found if item.key in asides]
    add_findings(margin, told, asides, {p.id: p.name for p in parties}, shown, may=may)
    _add_corrections(margin, [s for s in stages if s.text == row.id], step, langs)
    for eid, notes in commenting.margin(commenting.of_text(request, row.id), parties, may).items():
        margin.notes.setdefault(eid, []).extend(notes)
    pairs = Paired.of(thread.thread_id(row), shown)
    pairs.note(margin, may=may)
    if may:
        pairs.offer(margin, shown)
    against = checking.standing_in_the_way(every, found) if officer and now and not (row.stage == "adopted" and row.in_force) else []
    others = queries.visible(request)
    adoption = others.filter(answers=row.id, stage="adopted").order_by("-in_force").first()
    return {
        "row": row,
        "thread": thread.thread_id(row),
        "kind": kind_label(row.kind),
        "handle": handle(row.id),
        "titles": [{"lang": lang, "text": _title(documents[lang])} for lang in langs],
        "title": title_for(row.titles) or kind_label(row.kind),
        "standing": _standing(row.stage, row.proposer, acts.get(step.key), parties),
        "standing_more": _more(row, now),
        "columns": [{"lang": lang, "note": status_in(lang, statuses[lang]), "shown": n == 0} for n, lang in enumerate(langs)],
        "rows": lay_out(shown, margin, sides, pairs.beads) if shown else [],
        "whole": margin.notes.get("", []),
        "hindrances": hindrances_shown(against),
        "unreadable": listed(own_name(lang) for lang in langs if lang not in shown),
        "facts": [
            *_facts(request, row, step, mechanism, adoption, parties, texts),
            *(thread.waiting(texts, acts, parties) if now else ()),
            *counts(told, asides, open_points),
        ],
        "history": _history(stages, step, acts, parties),
        "drafts": [{"url": reverse("texts:work") + f"?draft={d.key}", "when": d.updated} for d in thread.drafts(request, texts)],
        "states": _states(stages, step, parties),
        "files": _files(step),
        "words": [{"lang": lang, "url": thread.word_url(row.id, lang, step.key)} for lang in shown],
        "chosen": langs,
        "more_languages": languages_by_page(documents) if len(documents) > COLUMNS else [],
        "old": not now,
        "may": may,
        "actions": actions(request, row, acts.get(row.act), adoption, bool(against)),
        "trail": trail(
            (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
            (_("Texts"), reverse("texts:index")),
            title_for(row.titles) or kind_label(row.kind),
        ),
    }


def visible_act_rows(request: HttpRequest, texts: Sequence[TextRow]) -> dict[str, ActRow]:
    """The acts of the texts that this reader may see: those in force, and the present ones."""
    wanted = {i for row in texts for i in (row.act, row.id, *(s["act"] for s in row.steps))}
    return {a.id: a for a in visible_acts(request).filter(pk__in=wanted)}


def _chosen(stages: Sequence[Stage], row: TextRow, wanted: str) -> Stage:
    found = next((s for s in stages if s.key == wanted and s.text == row.id), None)
    if found is None:
        raise Http404(wanted)
    return found


def _languages(request: HttpRequest, documents: Mapping[str, AknDocument | None]) -> list[str]:
    order = languages_by_page(documents)
    asked = [lang for lang in order if lang in request.GET.getlist("langs")]
    return (asked or order)[:COLUMNS]


def _title(document: AknDocument | None) -> str:
    return document.version.title if document else _("The file is not here.")


def _standing(stage: str, proposer: str, act: ActRow | None, parties: Sequence[PartyShown]) -> Any:
    if stage == "forward" or act is None:
        return one_side(proposer, parties)
    return standing_of(act, parties)


def _more(row: TextRow, now: bool) -> str:
    if not now:
        return _("This is an earlier version.")
    return _("What is put forward binds nobody.") if row.stage == "forward" else ""


def counts(found: Sequence[Finding], asides: Mapping[str, Any], open_points: int) -> list[dict[str, Any]]:
    """How many findings and open brackets there are, each number leading to the first of them."""
    lines: list[Any] = []
    once = {(item.eid, item.code, item.severity, item.key in asides): item for item in reversed(found)}  # as the notes of the margin are
    found = [item for item in found if once[item.eid, item.code, item.severity, item.key in asides] is item]
    live = [item for item in found if item.key not in asides and item.code != "BRACKET"]
    for severity in ("error", "warning", "info"):
        if own := [item for item in live if item.severity == severity]:
            said = {
                "error": ngettext("%(n)d error", "%(n)d errors", len(own)),
                "warning": ngettext("%(n)d to look at", "%(n)d to look at", len(own)),
                "info": ngettext("%(n)d remark", "%(n)d remarks", len(own)),
            }[severity]
            lines.append({"text": said % {"n": len(own)}, "url": f"#f-{own[0].key}"})
    if aside := [item for item in found if item.key in asides]:
        said_aside = ngettext("%(n)d set aside", "%(n)d set aside", len(aside)) % {"n": len(aside)}
        lines.append({"text": said_aside, "url": f"#f-{aside[0].key}"})
    facts = [{"label": _("Checks"), "lines": lines or [_("The languages agree.")]}] if found or lines else []
    if open_points:
        facts.append({"label": _("Open brackets"), "value": str(open_points)})
    return facts


def _states(stages: Sequence[Stage], shown: Stage, parties: Sequence[PartyShown]) -> list[dict[str, Any]]:
    """What can be compared: every version, the one before the shown one and the shown one chosen first."""
    at = next((n for n, s in enumerate(stages) if s.key == shown.key), 0)
    return [
        {"value": s.key, "label": thread.label(s, n, parties), "old": n == max(1, at), "new": n == at + 1} for n, s in enumerate(stages, 1)
    ]


def _add_commitments(request: HttpRequest, margin: Margin, row: TextRow, act: str, texts: Mapping[str, TextVersion]) -> None:
    """Notes and marked words of the commitments of the text."""
    from comity.desk.commitments.queries import visible

    order = {eid: n for version in texts.values() for n, eid in enumerate(version.by_eid())}
    found_rows = visible(request).filter(text=row.id).order_by("said", "id")[:500]
    wording = {lang: {p.eid: p.text for p in version.walk()} for lang, version in texts.items()}
    for commitment in sorted(found_rows, key=lambda c: order.get(c.eid, len(order))):
        number = margin.number()
        ref, moved = f"c{number}", False
        for mark in commitment.marks:
            text = wording.get(mark["lang"], {}).get(mark["eid"])
            if mark["lang"] not in wording:
                continue
            found = marking.located(text, mark, commitment.quotes.get(mark["lang"], "")) if text is not None else None
            if found is None:
                moved = True
            else:
                margin.spans.setdefault((mark["lang"], mark["eid"]), []).append(marking.Span(*found, number, ref))
        margin.add(commitment.eid, _commitment_note(commitment, number, ref, moved, act))


def _commitment_note(row: CommitmentRow, number: int, ref: str, moved: bool, act: str) -> dict[str, Any]:
    languages = ngettext("Quoted in %(n)d language.", "Quoted in %(n)d languages.", len(row.marks)) % {"n": len(row.marks)}
    lines = [_("%(nature)s; due: %(when)s") % {"nature": nature_label(row.nature), "when": due_label(row)}, languages]
    if not row.in_force:
        lines.append(_("Not in force."))
    if moved:
        lines.append(_("It quotes another version, whose words have been changed here."))
    return {
        "id": ref,
        "number": number,
        "title": _("Commitment %(handle)s") % {"handle": handle(row.id)},
        "lines": lines,
        "links": [{"url": reverse("commitments:detail", args=[row.id]), "label": _("Open")}],
    }


def _add_corrections(margin: Margin, steps: Sequence[Stage], shown: Stage, langs: Sequence[str]) -> None:
    """Notes: which languages were corrected by which act up to the version shown, the former reading beside the new."""
    upto = steps[: list(steps).index(shown) + 1] if shown in steps else []
    for before, after in pairwise(upto):
        old = {v["lang"]: v["sha256"] for v in before.versions}
        new = {v["lang"]: v["sha256"] for v in after.versions}
        for place in after.corrections:
            lang, eid = place["lang"], place["eid"]
            if lang not in langs:
                continue
            former, present = (_wording(shas.get(lang, ""), eid) for shas in (old, new))
            said = format_html('<span lang="{}">{}</span>', lang, redlined(former or "", present or ""))
            links = [
                {"url": f"?version={before.key}#{eid}", "label": _("The former version")},
                {"url": act_url(after.key), "label": _("The act")},
            ]
            title = _("Corrected: %(language)s") % {"language": own_name(lang)}
            margin.add(eid, {"title": title, "lines": [instant(after.said), said], "links": links})


def _wording(sha256: str, eid: str) -> str | None:
    document = queries.document(sha256) if sha256 else None
    provision = document.version.by_eid().get(eid) if document else None
    return provision.text if provision else None


def _facts(
    request: HttpRequest,
    row: TextRow,
    step: Stage,
    mechanism: MechanismRow,
    adoption: TextRow | None,
    parties: Sequence[PartyShown],
    texts: Sequence[TextRow],
) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [{"label": _("Said"), "value": {"text": instant(step.said), "url": act_url(step.key)}}]
    if name := queries.meetings(request, [row.meeting], {mechanism.id: mechanism}).get(row.meeting):
        facts.append({"label": _("Meeting"), "value": {"text": name, "url": reverse("meetings:detail", args=[row.meeting])}})
    answers = next((t for t in texts if t.id == row.answers), None)
    if answers is not None:
        by = next((p.name for p in parties if p.id == answers.proposer), answers.proposer)
        said = _("what %(party)s put forward") % {"party": by}
        facts.append({"label": _("Answers"), "value": {"text": said, "url": reverse("texts:detail", args=[answers.id])}})
    if adoption is not None:
        said = _("adopted as") if adoption.in_force else _("proposed for adoption as")
        facts.append({"label": said, "value": {"text": handle(adoption.id), "url": reverse("texts:detail", args=[adoption.id])}})
    return facts


def _history(stages: Sequence[Stage], shown: Stage, acts: Mapping[str, ActRow], parties: Sequence[PartyShown]) -> list[dict[str, Any]]:
    """Every version of the negotiation, newest first: what each act changed, with a link to read it."""
    names = {p.id: p.name for p in parties}
    lines = []
    for number, stage in reversed(list(enumerate(stages, 1))):
        act = acts.get(stage.key)
        forward = "forward" if stage.type.startswith("texts/put-forward") else "adopted"
        lines.append(
            {
                "number": number,
                "standing": _standing(forward, stage.by, act, parties),
                "what": thread.what(stage, names.get(stage.by, stage.by), number),
                "said": instant(stage.said),
                "places": [f"{provision_label(c['eid'])} ({own_name(c['lang'])})" for c in stage.corrections],
                "open": stage.open,
                "url": f"{reverse('texts:detail', args=[stage.text])}?version={stage.key}",
                "act": act_url(stage.key),
                "shown": stage.key == shown.key,
                "files": _files(stage),
            }
        )
    return lines


def _files(step: Stage) -> list[dict[str, str]]:
    order = languages_by_page(v["lang"] for v in step.versions)
    found = sorted(step.versions, key=lambda v: order.index(v["lang"]))
    return [{"lang": v["lang"], "name": v["file"], "sha256": v["sha256"], "url": reverse("record:file", args=[v["sha256"]])} for v in found]
