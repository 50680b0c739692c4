"""One text as its page shows it: languages side by side, marks and corrections in the margin, versions. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts.policy import why_not_draft
from comity.desk.commitments.models import CommitmentRow
from comity.desk.commitments.words import due_label, nature_label
from comity.desk.design.templatetags.design import own_name
from comity.desk.design.words import listed
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import insider, visible_acts
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
from comity.desk.texts import commenting, marking, queries
from comity.desk.texts.actions import actions
from comity.desk.texts.models import TextRow
from comity.desk.texts.redline import redline
from comity.desk.texts.words import kind_label, provision_label, status_in
from comity.terms.ids import handle
from comity.texts.akn import AknDocument
from comity.texts.model import TextVersion, last_segment
from comity.texts.render import Row, rows

LINE_BREAK = mark_safe("<br>")  # a constant
COLUMNS = 3  # languages beside each other; more are chosen by the reader


def page(request: HttpRequest, row: TextRow) -> dict[str, Any]:
    """The context of ``texts/detail.html``. ``?version=`` shows an earlier act's files, ``?langs=`` chooses languages."""
    acts = _acts(request, row)
    steps = [s for s in row.steps if s["act"] in acts or insider(request)]
    step = _chosen(steps, request.GET.get("version", ""), row.act)
    mechanism = queries.mechanism_for(request, row.mechanism)
    parties = parties_of(mechanism)
    documents = queries.documents(step["versions"])
    statuses = {v["lang"]: v["status"] for v in step["versions"]}
    langs = _languages(request, documents)
    texts = {lang: doc.version for lang in langs if (doc := documents[lang]) is not None}
    notes, spans = _marks(request, row, step["act"], texts)
    for eid, extra in _corrections(steps, step, langs).items():
        notes.setdefault(eid, []).extend(extra)
    may_comment = not why_not_draft(officer_of(request), settings.NODE.party)
    comments = commenting.margin(commenting.of_text(request, row.id), parties, may_comment)
    for eid, extra in comments.items():
        notes.setdefault(eid, []).extend(extra)
    others = queries.visible(request)
    answers = others.filter(pk=row.answers).first() if row.answers else None
    adoption = others.filter(answers=row.id, stage="adopted").order_by("-in_force").first()
    return {
        "row": row,
        "kind": kind_label(row.kind),
        "handle": handle(row.id),
        "titles": [{"lang": lang, "text": _title(documents[lang])} for lang in langs],
        "title": title_for(row.titles) or kind_label(row.kind),
        "standing": _standing(row, acts.get(step["act"]), parties),
        "standing_more": _more(row, step),
        "columns": [{"lang": lang, "note": status_in(lang, statuses[lang]), "shown": n == 0} for n, lang in enumerate(langs)],
        "rows": _rows(rows(texts), notes, spans) if texts else [],
        "whole": notes.get("", []),
        "unreadable": listed(own_name(lang) for lang in langs if lang not in texts),
        "facts": _facts(request, row, step, mechanism, answers, adoption, parties),
        "history": _history(row, steps, step, acts, parties),
        "files": _files(step),
        "chosen": langs,
        "more_languages": languages_by_page(documents) if len(documents) > COLUMNS else [],
        "old": step["act"] != row.act,
        "actions": actions(request, row, acts.get(row.act), adoption),
        "trail": trail(
            (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
            (_("Texts"), reverse("texts:index")),
            title_for(row.titles) or kind_label(row.kind),
        ),
    }


def _acts(request: HttpRequest, row: TextRow) -> dict[str, ActRow]:
    """The acts of the text that this reader may see: those in force, and the present one."""
    return {a.id: a for a in visible_acts(request).filter(pk__in={row.act, row.id, *(s["act"] for s in row.steps)})}


def _chosen(steps: Sequence[dict[str, Any]], wanted: str, present: str) -> dict[str, Any]:
    found = next((s for s in steps if s["act"] == (wanted or present)), None)
    if found is None:
        raise Http404(wanted)
    return found


def _languages(request: HttpRequest, documents: Mapping[str, AknDocument | None]) -> list[str]:
    order = languages_by_page(documents)
    asked = [lang for lang in order if lang in request.GET.getlist("langs")]
    return (asked or order)[:COLUMNS]


def _title(document: AknDocument | None) -> str:
    return document.version.title if document else _("The file is not here.")


def _standing(row: TextRow, act: ActRow | None, parties: Sequence[PartyShown]) -> Any:
    if row.stage == "forward" or act is None:
        return one_side(row.proposer, parties)
    return standing_of(act, parties)


def _more(row: TextRow, step: Mapping[str, Any]) -> str:
    if row.stage == "forward":
        return _("What is put forward binds nobody.")
    return _("This is an earlier version.") if step["act"] != row.act else ""


def _rows(
    found: Sequence[Row], notes: Mapping[str, list[Any]], spans: Mapping[tuple[str, str], list[marking.Span]]
) -> list[dict[str, Any]]:
    shown = []
    for row in found:
        cells: list[dict[str, Any]] = []
        for lang, cell in row.cells.items():
            if cell is None:
                cells.append({"lang": "", "text": format_html('<span class="hint">{}</span>', _("not in this language"))})
                continue
            head: list[Any] = [cell.num + " "] if cell.num else []
            if cell.heading:
                head.append(format_html("<b>{}</b>{}", cell.heading, LINE_BREAK if cell.text else ""))
            cells.append({"lang": lang, "parts": head + marking.parts(cell.text, spans.get((lang, row.eid), []))})
        shown.append(
            {
                "id": row.eid,
                "label": provision_label(row.eid),
                "number": last_segment(row.eid)[1] if row.part == "body" else "",
                "cells": cells,
                "notes": notes.get(row.eid, []),
            }
        )
    return shown


def _marks(
    request: HttpRequest, row: TextRow, act: str, texts: Mapping[str, TextVersion]
) -> tuple[dict[str, list[Any]], dict[tuple[str, str], list[marking.Span]]]:
    """Notes by eId and marked spans by language and eId, for the commitments of the text."""
    from comity.desk.commitments.queries import visible

    order = {eid: n for version in texts.values() for n, eid in enumerate(version.by_eid())}
    found_rows = visible(request).filter(text=row.id).order_by("said", "id")[:500]
    commitments = sorted(found_rows, key=lambda c: order.get(c.eid, len(order)))
    wording = {lang: {p.eid: p.text for p in version.walk()} for lang, version in texts.items()}
    notes: dict[str, list[Any]] = {}
    spans = []
    for number, commitment in enumerate(commitments, 1):
        ref, moved = f"c{number}", False
        for mark in commitment.marks:
            text = wording.get(mark["lang"], {}).get(mark["eid"])
            if mark["lang"] not in wording:
                continue
            found = marking.located(text, mark, commitment.quotes.get(mark["lang"], "")) if text is not None else None
            if found is None:
                moved = True
            else:
                spans.append((mark["lang"], mark["eid"], marking.Span(*found, number, ref)))
        notes.setdefault(commitment.eid, []).append(_commitment_note(commitment, number, ref, moved, act))
    return notes, marking.by_provision(spans)


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


def _corrections(steps: Sequence[Mapping[str, Any]], shown: Mapping[str, Any], langs: Sequence[str]) -> dict[str, list[Any]]:
    """Notes by eId: which languages were corrected by which act up to the version shown, with the former wording against the new."""
    notes: dict[str, list[Any]] = {}
    upto = steps[: list(steps).index(shown) + 1] if shown in steps else []
    for before, after in pairwise(upto):
        old = {v["lang"]: v["sha256"] for v in before["versions"]}
        new = {v["lang"]: v["sha256"] for v in after["versions"]}
        for place in after["corrections"]:
            lang, eid = place["lang"], place["eid"]
            if lang not in langs:
                continue
            former, present = (_wording(shas.get(lang, ""), eid) for shas in (old, new))
            said = format_html('<span lang="{}">{}</span>', lang, redline(former or "", present or ""))
            title = _("Corrected: %(language)s") % {"language": own_name(lang)}
            link = {"url": f"?version={before['act']}#{eid}", "label": _("The former version")}
            notes.setdefault(eid, []).append({"title": title, "lines": [instant(after["said"]), said], "links": [link]})
    return notes


def _wording(sha256: str, eid: str) -> str | None:
    document = queries.document(sha256) if sha256 else None
    provision = document.version.by_eid().get(eid) if document else None
    return provision.text if provision else None


def _facts(
    request: HttpRequest,
    row: TextRow,
    step: Mapping[str, Any],
    mechanism: MechanismRow,
    answers: TextRow | None,
    adoption: TextRow | None,
    parties: Sequence[PartyShown],
) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [{"label": _("Said"), "value": {"text": instant(step["said"]), "url": act_url(step["act"])}}]
    if name := queries.meetings(request, [row.meeting], {mechanism.id: mechanism}).get(row.meeting):
        facts.append({"label": _("Meeting"), "value": {"text": name, "url": reverse("meetings:detail", args=[row.meeting])}})
    if answers is not None:
        by = next((p.name for p in parties if p.id == answers.proposer), answers.proposer)
        said = _("what %(party)s put forward") % {"party": by}
        facts.append({"label": _("Answers"), "value": {"text": said, "url": reverse("texts:detail", args=[answers.id])}})
    if adoption is not None:
        said = _("adopted as") if adoption.in_force else _("proposed for adoption as")
        facts.append({"label": said, "value": {"text": handle(adoption.id), "url": reverse("texts:detail", args=[adoption.id])}})
    return facts


def _history(
    row: TextRow, steps: Sequence[Mapping[str, Any]], shown: Mapping[str, Any], acts: Mapping[str, ActRow], parties: Sequence[PartyShown]
) -> list[dict[str, Any]]:
    """The versions, newest first: what each act changed, with a link to read it."""
    lines = []
    for number, step in reversed(list(enumerate(steps, 1))):
        act = acts.get(step["act"])
        places = [f"{provision_label(c['eid'])} ({own_name(c['lang'])})" for c in step["corrections"]]
        lines.append(
            {
                "number": number,
                "standing": _standing(row, act, parties),
                "what": _step_label(step["type"], number),
                "said": instant(step["said"]),
                "places": places,
                "url": f"?version={step['act']}",
                "act": act_url(step["act"]),
                "shown": step["act"] == shown["act"],
                "files": _files(step),
            }
        )
    return lines


def _step_label(act_type: str, number: int) -> str:
    if act_type.startswith("texts/put-forward"):
        return _("put forward")
    if act_type.startswith("texts/correct"):
        return _("corrected")
    return _("adopted") if number == 1 else _("replaced by a new text")


def _files(step: Mapping[str, Any]) -> list[dict[str, str]]:
    order = languages_by_page(v["lang"] for v in step["versions"])
    found = sorted(step["versions"], key=lambda v: order.index(v["lang"]))
    return [{"lang": v["lang"], "name": v["file"], "sha256": v["sha256"], "url": reverse("record:file", args=[v["sha256"]])} for v in found]
