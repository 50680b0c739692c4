"""One commitment: its words in every language, who owes what by when, what each side reports and finds, act after act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts.policy import why_not_draft
from comity.desk.commitments import board, queries, responsible, timeline
from comity.desk.commitments.models import AssessmentRow, AssignmentRow, CommitmentRow, ReportRow
from comity.desk.commitments.words import NATURES_MEAN, attribute_label, due_label, nature_label, progress_label
from comity.desk.design.words import Standing
from comity.desk.forums import sheets as positions
from comity.desk.mechanisms.coverage import point_words
from comity.desk.mechanisms.models import MandateRow
from comity.desk.record.visible import open_to, visible_acts
from comity.desk.show import (
    PartyShown,
    act_url,
    day,
    instant,
    languages_by_page,
    name_of,
    officer_of,
    one_side,
    parties_of,
    title_for,
    trail,
)
from comity.desk.texts.models import TextRow
from comity.desk.texts.queries import mechanism_for
from comity.desk.texts.queries import visible as visible_texts
from comity.desk.texts.words import provision_label
from comity.terms.ids import handle

ACTS_SHOWN = 100


def page(request: HttpRequest, row: CommitmentRow) -> dict[str, Any]:
    """The context of ``commitments/detail.html``."""
    mechanism = mechanism_for(request, row.mechanism)
    parties = parties_of(mechanism)
    acts = list(visible_acts(request).filter(object=row.id).order_by("arrived", "id")[:ACTS_SHOWN])
    act = next((a for a in acts if a.id == row.act), None)
    reports = list(queries.reports(request).filter(commitment=row.id))
    assessments = [a for a in queries.assessments(request).filter(commitment=row.id) if a.current]
    text = visible_texts(request).filter(pk=row.text).first()
    today = timezone.localdate()
    overdue = queries.is_overdue(row, today)
    days = (today - row.due_last).days if overdue and row.due_last else 0
    given = AssignmentRow.objects.filter(pk__in=[a.id for a in acts])
    behalves = [r.on_behalf for r in reports] + [a.on_behalf for a in assessments]
    directory = responsible.Directory(
        request,
        [g.body for g in given] + [str(b.get("body", "")) for b in behalves],
        [g.appointment for g in given] + [str(b.get("entered_by", "")) for b in behalves],
    )
    provision = visible_acts(request).filter(pk=row.version).first()
    every = {a.id: a for a in queries.assessments(request).filter(commitment=row.id)}
    found = timeline.steps(
        provision, acts, parties, {r.id: r for r in reports}, every, {g.id: responsible.words_of(g, directory) for g in given}
    )
    now = {g.party: responsible.words_of(g, directory) for g in given if g.current}
    return {
        "row": row,
        "handle": handle(row.id),
        "title": _("Commitment %(handle)s") % {"handle": handle(row.id)},
        "nature": nature_label(row.nature),
        "standing": board.seal_of(act, parties),
        "quotes": [{"lang": lang, "text": board.in_quotes(lang, row.quotes[lang])} for lang in languages_by_page(row.quotes)],
        "overdue": ngettext("overdue %(n)d day", "overdue %(n)d days", days) % {"n": days} if overdue else "",
        "facts": _facts(row, text, parties, now, _points(request, row)),
        "sides": [_side(party, parties, reports, directory) for party in parties],
        "pair": _pair(parties, assessments, directory),
        "verdict": _verdict(parties, assessments),
        "differs": len({a.finding for a in assessments}) > 1,
        "timeline": [{"step": step, "evidence": [_evidence(e) for e in step.evidence]} for step in found],
        "chart": timeline.chart(row, found, parties, today),
        "above_and_below": len(parties) == 2
        and _("Above the line: %(first)s. Below: %(second)s. On it: both together. The numbers are those of the list.")
        % {"first": parties[0].name, "second": parties[1].name},
        "positions": positions.for_commitment(request, row.id),
        "actions": _actions(request, row),
        "reckoned": instant(timezone.now()),
        "trail": trail(
            (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
            (_("Commitments"), f"{reverse('commitments:index')}?mechanism={mechanism.id}"),
            handle(row.id),
        ),
    }


def _points(request: HttpRequest, row: CommitmentRow) -> list[dict[str, str]]:
    """The points of mandates that it implements, in their source's words."""
    if not row.mandates:
        return []
    mandates = open_to(request, MandateRow.objects.all()).in_bulk({point.partition("#")[0] for point in row.mandates})
    shown = []
    for point in row.mandates:
        mandate, key = mandates.get(point.partition("#")[0]), point.partition("#")[2]
        if mandate is not None:
            lang, words = point_words(mandate, key)
            url = f"{reverse('mechanisms:mandates', args=[row.mechanism])}#{mandate.id[:16]}-{key}"
            shown.append({"text": words or key, "lang": lang, "url": url, "note": name_of(mandate.names)})
    return shown


def _facts(
    row: CommitmentRow,
    text: TextRow | None,
    parties: Sequence[PartyShown],
    named: Mapping[str, str],
    points: Sequence[Mapping[str, str]],
) -> list[dict[str, Any]]:
    place: dict[str, str] = {"text": provision_label(row.eid)}
    if text is not None:
        title = title_for(text.titles)
        place = {
            "text": f"{title}, {provision_label(row.eid)}" if title else provision_label(row.eid),
            "url": f"{reverse('texts:detail', args=[text.id])}#{row.eid}",
        }
    facts: list[dict[str, Any]] = [
        {"label": _("Marked in"), "value": place},
        {"label": _("Nature"), "value": {"text": nature_label(row.nature), "note": str(NATURES_MEAN.get(row.nature, ""))}},
        {"label": _("Bound"), "lines": [p.name for p in parties if p.id in row.by]},
        {
            "label": _("Responsible"),
            "lines": [{"text": named.get(p.id) or _("not named"), "note": p.name} for p in parties if p.id in row.by or p.id in named],
        },
        {"label": _("Due"), "value": due_label(row)},
    ]
    if points:
        facts.append({"label": _("Implements"), "lines": list(points)})
    if row.attributes:
        facts.append({"label": _("As signed"), "lines": [attribute_label(a) for a in row.attributes]})
    if row.areas:
        facts.append({"label": _("Areas"), "lines": list(row.areas)})
    if text is not None and row.version != text.act:
        url = f"{reverse('texts:detail', args=[text.id])}?version={row.version}#{row.eid}"
        facts.append({"label": _("Quoted from"), "value": {"text": _("an earlier version of the text"), "url": url}})
    return facts


def _side(
    party: PartyShown, parties: Sequence[PartyShown], reports: Sequence[ReportRow], directory: responsible.Directory
) -> dict[str, Any]:
    """One side's reports, the last one first."""
    own = sorted((r for r in reports if r.party == party.id), key=lambda r: (r.current, r.said), reverse=True)
    return {
        "name": party.name,
        "standing": one_side(party.id, parties) if own else Standing(len(parties)),
        "reports": [_report(r, directory) for r in own],
    }


def _report(report: ReportRow, directory: responsible.Directory) -> dict[str, Any]:
    return {
        "progress": progress_label(report.progress),
        "when": day(report.when),
        "said": instant(report.said),
        "url": act_url(report.id),
        "handle": handle(report.id),
        "current": report.current,
        "notes": [n for n in report.notes if n["text"]],
        "evidence": [_evidence(e) for e in report.evidence],
        "behalf": responsible.behalf_of(report.on_behalf, directory, side=report.party),
    }


def _evidence(item: Mapping[str, str]) -> dict[str, str]:
    """A file with its SHA-256, or an address: live only if it is https, else as text."""
    if "sha256" in item:
        return {"file": item["file"], "sha256": item["sha256"], "url": reverse("record:file", args=[item["sha256"]])}
    address = item.get("address", "")
    return {"address": address, "url": address if address.startswith("https://") else ""}


def _pair(parties: Sequence[PartyShown], assessments: Sequence[AssessmentRow], directory: responsible.Directory) -> list[dict[str, Any]]:
    """Every side's assessment side by side; a side that has said nothing says so."""
    given = {a.party: a for a in assessments}
    shown = []
    for party in parties:
        if party.id in given:
            said = board.pair([(party, given[party.id])], parties)[0]
            behalf = responsible.behalf_of(given[party.id].on_behalf, directory, side=party.id)
            shown.append(said | {"meta": " · ".join(part for part in (said["meta"], behalf) if part)})
        else:
            head = _("%(party)s: not assessed") % {"party": party.name}
            shown.append({"head": head, "text": _("This side has not said what became of it."), "standing": Standing(len(parties))})
    return shown


def _verdict(parties: Sequence[PartyShown], assessments: Sequence[AssessmentRow]) -> str:
    findings = {a.finding for a in assessments}
    if len(findings) > 1:
        return _("Assessed differently. Both stand; neither overwrites the other.")
    if findings and len(assessments) == len(parties):
        return _("All sides say the same.")
    return _("Not all sides have assessed it.") if findings else _("No side has assessed it.")


def _actions(request: HttpRequest, row: CommitmentRow) -> list[dict[str, Any]]:
    """Report, assess, change: each with its address, or with the reason why not."""
    refusal = str(why_not_draft(officer_of(request), settings.NODE.party, row.mechanism))
    waits = "" if row.in_force else _("The commitment is not in force yet; open its act to sign it.")
    stranger = "" if settings.NODE.party in row.by else _("Only those who are bound by it can change it.")
    query = urlencode({"mechanism": row.mechanism, "commitment": row.id})
    change = urlencode({"mechanism": row.mechanism, "text": row.text, "supersedes": row.id})
    found = [
        ("assign", _("Name the responsible body"), f"{reverse('commitments:assign')}?{query}", refusal or waits),
        ("report", _("Report what was done"), f"{reverse('commitments:report')}?{query}", refusal or waits),
        ("assess", _("Assess"), f"{reverse('commitments:assess')}?{query}", refusal or waits),
        ("change", _("Change it"), f"{reverse('commitments:undertake')}?{change}", refusal or waits or stranger),
    ]
    return [{"label": label, "url": url, "why": why, "kind": "" if key == "report" else "quiet"} for key, label, url, why in found]
