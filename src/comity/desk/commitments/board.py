"""The board: every commitment with its exact words, who is bound, when it is due, and what each side says became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts.models import page_language
from comity.desk.commitments import queries, responsible
from comity.desk.commitments.models import AssessmentRow, CommitmentRow, ReportRow
from comity.desk.commitments.words import NATURES, due_label, finding_label, nature_label
from comity.desk.design.seal import State
from comity.desk.design.words import Standing
from comity.desk.mechanisms.coverage import coverage
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import visible_mechanisms
from comity.desk.show import PartyShown, act_url, day, instant, name_of, one_side, parties_of, standing_of, title_for, trail
from comity.desk.texts.models import TextRow
from comity.desk.texts.queries import visible as visible_texts
from comity.desk.texts.words import kind_label, provision_label
from comity.terms.ids import handle

PER_PAGE = 20
FILTERS = ("mechanism", "nature", "party", "state", "text", "point")


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of ``commitments/index.html``. Every count is a link to the records it was counted from."""
    today = timezone.localdate()
    chosen = {key: request.GET.get(key, "") for key in FILTERS}
    mechanisms = {m.id: m for m in visible_mechanisms(request)}
    parties = {key: parties_of(m) for key, m in mechanisms.items()}
    scope = queries.visible(request)
    if chosen["mechanism"]:
        scope = scope.filter(mechanism=chosen["mechanism"])
    found = _narrowed(request, scope, chosen, today)
    pages = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    order = _sides(pages, parties)
    counted = _counts(queries.counts(scope, today, request), chosen["mechanism"])
    wanted = [chosen["mechanism"]] if chosen["mechanism"] in mechanisms else list(mechanisms)
    return {
        "counts": counted,
        "coverage": _coverage(request, wanted),
        "listed": f"{reverse('commitments:list')}?{urlencode({'mechanism': wanted[0]})}" if len(wanted) == 1 else "",
        "natures": _natures(queries.by_nature(scope), chosen["mechanism"]),
        "sides": [{"says": _("%(party)s says") % {"party": p.name}} for p in order],
        "items": _items(request, list(pages), parties, order, today),
        "page": pages,
        "query": urlencode({key: value for key, value in chosen.items() if value}) + "&",
        "filters": _filters(request, chosen, mechanisms, parties),
        "shown_of": _("%(shown)d of %(all)d") % {"shown": pages.paginator.count, "all": scope.count()},
        "legend": _legend(order),
        "today": instant(timezone.now()),
        "any": bool(chosen["mechanism"] or any(chosen.values())),
    }


def _narrowed(request: HttpRequest, rows: QuerySet[CommitmentRow], chosen: Mapping[str, str], today: date) -> QuerySet[CommitmentRow]:
    if chosen["nature"]:
        rows = rows.filter(nature=chosen["nature"])
    if chosen["party"]:
        rows = rows.filter(bound__contains=f"|{chosen['party']}|")
    if chosen["text"]:
        rows = rows.filter(text=chosen["text"])
    if chosen["point"]:
        rows = rows.filter(pointed__contains=f"|{chosen['point']}|")
    state = queries.states(today, request).get(chosen["state"])
    return rows.filter(state) if state is not None else rows


def _counts(counted: Mapping[str, int], mechanism: str) -> list[dict[str, Any]]:
    labels = {
        "all": _("in all"),
        "kept": _("kept, all sides say so"),
        "differs": _("assessed differently"),
        "overdue": _("overdue"),
        "no_report": _("no report yet"),
        "soon": _("due within 30 days"),
        "unassigned": _("without a responsible body"),
    }
    return [
        {"number": counted[key], "label": label, "url": _link(mechanism, state="" if key == "all" else key)}
        for key, label in labels.items()
    ]


def _coverage(request: HttpRequest, mechanisms: Sequence[str]) -> list[dict[str, str]]:
    """Per mechanism with mandates: how many of their points some commitment implements, with the page that lists them."""
    return [
        {
            "url": reverse("mechanisms:mandates", args=[key]),
            "label": ngettext(
                "%(covered)d of %(n)d point of the mandates has a commitment",
                "%(covered)d of %(n)d points of the mandates have a commitment",
                found.points,
            )
            % {"covered": found.covered, "n": found.points},
        }
        for key, found in coverage(request, mechanisms).items()
        if found.points
    ]


def trail_to(mechanism: MechanismRow, last: str) -> list[dict[str, str]]:
    """Breadcrumbs from the mechanism over its commitments to a page of them."""
    return trail(
        (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
        (_("Commitments"), f"{reverse('commitments:index')}?mechanism={mechanism.id}"),
        last,
    )


def _natures(counted: Mapping[str, int], mechanism: str) -> list[dict[str, str]]:
    return [{"url": _link(mechanism, nature=key), "label": f"{label} {counted[key]}"} for key, label in NATURES.items() if key in counted]


def _link(mechanism: str, **query: str) -> str:
    given = {key: value for key, value in ({"mechanism": mechanism} | query).items() if value}
    return f"?{urlencode(given)}#board" if given else f"{reverse('commitments:index')}#board"


def _sides(rows: Iterable[CommitmentRow], parties: Mapping[str, Sequence[PartyShown]]) -> list[PartyShown]:
    """The columns of the board: the parties of the mechanisms that stand on this page."""
    found: dict[str, PartyShown] = {}
    for row in rows:
        for party in parties.get(row.mechanism, ()):
            found.setdefault(party.id, party)
    return list(found.values())


def _items(
    request: HttpRequest,
    rows: Sequence[CommitmentRow],
    parties: Mapping[str, Sequence[PartyShown]],
    order: Sequence[PartyShown],
    today: date,
) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    acts = ActRow.objects.in_bulk({row.act for row in rows})
    assessed: dict[tuple[str, str], AssessmentRow] = {
        (a.commitment, a.party): a for a in queries.assessments(request).filter(commitment__in=ids, current=True)
    }
    reported: dict[tuple[str, str], ReportRow] = {
        (r.commitment, r.party): r for r in queries.reports(request).filter(commitment__in=ids, current=True)
    }
    texts = visible_texts(request).in_bulk({row.text for row in rows})
    named = responsible.named(request, responsible.assignments(request, ids))
    return [_item(row, acts.get(row.act), parties.get(row.mechanism, ()), order, assessed, reported, texts, named, today) for row in rows]


def _item(
    row: CommitmentRow,
    act: ActRow | None,
    parties: Sequence[PartyShown],
    order: Sequence[PartyShown],
    assessed: Mapping[tuple[str, str], AssessmentRow],
    reported: Mapping[tuple[str, str], ReportRow],
    texts: Mapping[str, TextRow],
    named: Mapping[tuple[str, str], str],
    today: date,
) -> dict[str, Any]:
    lang, words = quote_for(row.quotes)
    said = []
    for side in order:
        assessment, report = assessed.get((row.id, side.id)), reported.get((row.id, side.id))
        standing: Any = one_side(side.id, parties) if assessment else Standing(len(parties))
        verdict = finding_label(assessment.finding) if assessment else _("not assessed")
        said.append({"party": side.name, "standing": standing, "verdict": verdict, "note": _report_note(assessment, report)})
    differing = [(side, assessed[row.id, side.id]) for side in order if (row.id, side.id) in assessed] if row.differs else []
    overdue = queries.is_overdue(row, today)
    days = (today - row.due_last).days if overdue and row.due_last else 0
    return {
        "id": f"c-{handle(row.id)}",
        "standing": seal_of(act, parties),
        "number": handle(row.id),
        "url": reverse("commitments:detail", args=[row.id]),
        "quote": words,
        "lang": lang,
        "nature": nature_label(row.nature),
        "place": _place(row, texts.get(row.text)),
        "responsible": [
            {"party": p.name, "letter": mark_of(p), "name": named.get((row.id, p.id)) or _("not named")}
            for p in parties
            if p.id in row.by or (row.id, p.id) in named
        ],
        "due": due_label(row),
        "overdue": ngettext("overdue %(n)d day", "overdue %(n)d days", days) % {"n": days} if overdue else "",
        "due_note": _due_note(row, today),
        "said": said,
        "difference": pair(differing, parties) if len(differing) > 1 else [],
    }


def seal_of(act: ActRow | None, parties: Sequence[PartyShown]) -> Standing:
    """The seal of a commitment: that of the act that says it now."""
    return standing_of(act, parties) if act is not None else Standing(len(parties))


def mark_of(party: PartyShown) -> str:
    """A party's short mark: the first sign of its Chinese name, elsewhere the first letter of its short name."""
    return party.letter if "\u4e00" <= party.letter <= "\u9fff" else party.id[:1].upper()


def quote_for(quotes: Mapping[str, str]) -> tuple[str, str]:
    """The words in the page's language, else in any, with their language; in that language's quotation marks."""
    if not quotes:
        return "", _("The words are not on this node.")
    here = page_language()
    lang = next(
        (tag for tag in quotes if tag == here), next((tag for tag in quotes if tag.split("-")[0] == here.split("-")[0]), next(iter(quotes)))
    )
    return lang, in_quotes(lang, quotes[lang])


def in_quotes(lang: str, words: str) -> str:
    left, right = {"zh": ("“", "”"), "ru": ("«", "»"), "fr": ("« ", " »")}.get(lang.split("-")[0], ("“", "”"))
    return f"{left}{words}{right}"


def _place(row: CommitmentRow, text: TextRow | None) -> dict[str, str] | str:
    if text is None:
        return provision_label(row.eid)
    where = _("%(text)s, %(provision)s") % {"text": kind_label(text.kind), "provision": provision_label(row.eid)}
    return {
        "text": where,
        "url": f"{reverse('texts:detail', args=[row.text])}#{row.eid}",
    }


def _due_note(row: CommitmentRow, today: date) -> str:
    if row.in_force and not row.reported:
        return _("no report yet")
    if row.due_last and not row.closed and today <= row.due_last:
        days = (row.due_last - today).days
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    return ""


def _report_note(assessment: AssessmentRow | None, report: ReportRow | None) -> str:
    if report is not None:
        files = ngettext("%(n)d piece of evidence", "%(n)d pieces of evidence", len(report.evidence)) % {"n": len(report.evidence)}
        return _("report: %(when)s, %(files)s") % {"when": day(report.when), "files": files}
    return instant(assessment.said) if assessment else ""


def pair(differing: Sequence[tuple[PartyShown, AssessmentRow]], parties: Sequence[PartyShown]) -> list[dict[str, Any]]:
    """Assessments side by side for ``design/pair.html``: each side's finding in words, with its own note."""
    sides = []
    for side, assessment in differing:
        lang, note = note_for(assessment.notes)
        sides.append(
            {
                "head": _("%(party)s: %(finding)s") % {"party": side.name, "finding": finding_label(assessment.finding)},
                "text": note or _("No reason given."),
                "lang": lang,
                "standing": one_side(side.id, parties),
                "meta": instant(assessment.said),
                "link": {"url": act_url(assessment.id), "label": handle(assessment.id)},
            }
        )
    return sides


def note_for(notes: Sequence[Mapping[str, str]]) -> tuple[str, str]:
    """A note's language and words, in the page's language if there is one."""
    texts = {n["lang"]: n["text"] for n in notes if n["text"]}
    if not texts:
        return "", ""
    here = page_language()
    lang = here if here in texts else next(iter(texts))
    return lang, texts[lang]


def _filters(
    request: HttpRequest, chosen: Mapping[str, str], mechanisms: Mapping[str, Any], parties: Mapping[str, Sequence[PartyShown]]
) -> list[dict[str, Any]]:
    everybody = {p.id: p.name for group in parties.values() for p in group}
    texts = visible_texts(request).filter(stage="adopted", in_force=True)[:100]
    states = {
        "in_force": _("in force"),
        "open": _("waiting for signatures"),
        "overdue": _("overdue"),
        "soon": _("due within 30 days"),
        "no_report": _("no report yet"),
        "differs": _("assessed differently"),
        "kept": _("kept, all sides say so"),
        "unassigned": _("without a responsible body"),
    }
    groups: list[tuple[str, str, str, Mapping[str, Any]]] = [
        ("nature", _("Nature"), _("All natures"), NATURES),
        ("state", _("State"), _("All states"), states),
        ("party", _("Bound"), _("All sides"), everybody),
        ("text", _("Undertaken in"), _("Any text"), {t.id: _shortened(title_for(t.titles) or handle(t.id)) for t in texts}),
    ]
    if len(mechanisms) > 1:
        groups.insert(0, ("mechanism", _("Mechanism"), _("All mechanisms"), {key: name_of(m.names) for key, m in mechanisms.items()}))
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": "", "label": every},
                *({"value": k, "label": v, "checked": k == chosen[name]} for k, v in options.items()),
            ],
        }
        for name, label, every, options in groups
    ]


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _legend(order: Sequence[PartyShown]) -> list[dict[str, Any]]:
    if not order:
        return []
    everyone = frozenset(range(len(order)))
    return [
        {"standing": Standing(len(order), everyone, State.IN_FORCE), "text": _("in force")},
        *(
            {"standing": Standing(len(order), frozenset({n})), "text": _("%(party)s has said so") % {"party": p.name}}
            for n, p in enumerate(order)
        ),
        {"standing": Standing(len(order)), "text": _("nobody yet")},
    ]
