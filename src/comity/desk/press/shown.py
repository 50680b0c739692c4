"""Proposals as the review page shows them: label, headline, what it meets, whether it is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer
from comity.desk.observations import shown as observed
from comity.desk.press import known, words
from comity.desk.press.about import Subject
from comity.desk.press.conflicts import Met
from comity.desk.press.known import Known
from comity.desk.press.models import Proposal, Source
from comity.desk.press.passages import Marked
from comity.desk.press.proposals import LETTERS


@dataclass(slots=True)
class Shown:
    """One proposal on the page. ``pairs`` set what the source says beside what is known, for ``design/pair.html``."""

    row: Proposal
    headline: SafeString
    meta: list[SafeString] = field(default_factory=list)
    pairs: list[list[dict[str, Any]]] = field(default_factory=list)
    on: bool = False
    below: bool = False  # the line of confidence stands before it
    draft: dict[str, str] | None = None
    by: str = ""  # who decided; told on this desk, and in no fragment
    lead: str = ""  # address of the observed thing that it became part of

    @property
    def open(self) -> bool:
        return self.row.state == Proposal.OPEN

    @property
    def conf(self) -> str:
        return f"{self.row.confidence:.2f}"


def proposals(source: Source, rows: Sequence[Proposal], subject: Subject | None, met: Mapping[str, list[Met]], on: str) -> list[Shown]:
    """All proposals: those above the line in the order of the text, then those below it; the first open one is selected, or ``on``."""
    order = [*(r for r in rows if r.confidence >= source.line), *(r for r in rows if r.confidence < source.line)]
    refs = known.resolve(subject, [str(r.said.get("commitment")) for r in rows if r.kind == "finding"]) if subject else {}
    found = [_one(source, row, met.get(row.place, ()), refs) for row in order]
    who = {one.user_id: one.name for one in Officer.objects.filter(user__in={r.by_id for r in rows if r.by_id})}
    for one in found:
        one.by = who.get(one.row.by_id or 0, "") if not one.open else ""
    first_below = next((one for one in found if one.row.confidence < source.line), None)
    if first_below is not None:
        first_below.below = True
    chosen = next((one for one in found if one.row.label == on), None) or next((one for one in found if one.open), None)
    if chosen is not None:
        chosen.on = True
    return found


def after(rows: Sequence[Proposal], line: float, label: str) -> str:
    """The label of the next open proposal after *label* in the page's order, round to the first; empty if nothing is open."""
    order = [*(r for r in rows if r.confidence >= line), *(r for r in rows if r.confidence < line)]
    labels = [r.label for r in order]
    at = labels.index(label) + 1 if label in labels else 0
    return next((r.label for r in [*order[at:], *order[:at]] if r.state == Proposal.OPEN), "")


def marked(rows: Sequence[Proposal]) -> list[Marked]:
    """Every span of every proposal that is not rejected; its label is written at the first."""
    return [
        Marked(row.label, LETTERS[row.kind], start, end, number == 0)
        for row in rows
        if row.state != Proposal.REJECTED
        for number, (start, end) in enumerate(row.spans)
    ]


def _one(source: Source, row: Proposal, met: Sequence[Met], refs: Mapping[str, Known]) -> Shown:
    lang = source.language
    one = Shown(row, words.headline(row.kind, row.said, lang), _meta(source, row, met, refs))
    if row.state == Proposal.OPEN:
        one.pairs = [_pair(row, each) for each in _told_once(met)]
    if row.state == Proposal.ACCEPTED:
        case, kind, id = row.about.split("/")
        one.lead = reverse("observations:thing", args=[case, kind, id])
        if settings.NODE.party and row.kind in ("meeting", "commitment"):
            label = _("Convene a meeting from it") if row.kind == "meeting" else _("Mark a commitment from it")
            one.draft = {"label": label, "url": reverse("press:draft", args=[source.key, row.label])}
    return one


def _meta(source: Source, row: Proposal, met: Sequence[Met], refs: Mapping[str, Known]) -> list[SafeString]:
    said, lang = row.said, source.language
    found: list[SafeString] = []
    if row.kind == "meeting" and said.get("bodies"):
        found.append(words.foreign("; ".join(said["bodies"]), lang))
    if row.kind == "person" and said.get("ref"):
        found.append(format_html("{}", _("already in the registry")))
    if row.kind in ("statement", "commitment", "finding"):
        found.append(words.quoted(_clipped(str(said.get("words") or "")), lang))
    if row.kind == "statement" and said.get("claim_kind") != "fact_reported":
        found.append(format_html("{}", words.forms().get(str(said.get("form")), "")))
        if said.get("distanced"):
            found.append(format_html("{}", _("the source keeps its distance from these words")))
    if row.kind == "commitment":
        found.append(_due(said, lang))
    against = {one.ref for one in met if one.contradicts}  # these stand beside it with their addresses
    found += [_known(one) for one in met if not one.contradicts and one.ref not in against]
    if row.kind == "finding" and (about := refs.get(str(said.get("commitment")))):
        found.append(format_html("{} {}", _("about"), _link(about)))
    return [one for one in found if one]


def _due(said: Mapping[str, Any], lang: str) -> SafeString:
    if said.get("due_words") and said.get("due"):
        return format_html(_("due {words}: {date}"), words=words.quoted(said["due_words"], lang), date=words.said_day(said["due"]))
    if said.get("due_words"):
        return format_html(_("due {words}"), words=words.quoted(said["due_words"], lang))
    return format_html("{}", _("due %(date)s") % {"date": words.said_day(said["due"])} if said.get("due") else _("no due date stated"))


def _clipped(text: str, most: int = 180) -> str:
    """The beginning of a longer text, cut between words."""
    if len(text) <= most:
        return text
    head, space, _rest = text[:most].rpartition(" ")
    return f"{(head if space and len(head) > most // 2 else text[: most - 1]).rstrip(' ,;')}…"


def _known(one: Met) -> SafeString:
    if one.kind == "repeated_commitment":
        return format_html("{} {}", _("repeats"), _link(one.known))
    where = _("reported elsewhere already:") if one.known.observed else _("in the record:")
    return format_html("{} {}", where, _link(one.known))


def _link(about: Known) -> SafeString:
    text = _clipped(about.text, 90)
    if about.lang:
        return format_html('<a href="{}" lang="{}">{}</a>', about.url, about.lang, text)
    return format_html('<a href="{}">{}</a>', about.url, text)


def _told_once(met: Sequence[Met]) -> list[Met]:
    """What contradicts, each number and day once: the record's word goes before what is observed of the same."""
    order = sorted((one for one in met if one.contradicts), key=lambda one: one.known.observed)
    return list({(one.known.ordinal, one.known.date): one for one in reversed(order)}.values())[::-1]


def _pair(row: Proposal, one: Met) -> list[dict[str, Any]]:
    said = row.said
    here = _said_so(said.get("ordinal"), str(said.get("date") or ""))
    there = _said_so(one.known.ordinal, one.known.date)
    elsewhere = _("Observed before") if one.known.observed else _("The record")
    return [
        {"head": _("This article"), "text": here, "standing": observed.standing(one.known.standing.parties)},
        {"head": elsewhere, "text": there, "standing": one.known.standing, "link": {"url": one.known.url, "label": one.known.text}},
    ]


def _said_so(ordinal: object, date: str) -> str:
    number = _("No. %(ordinal)s") % {"ordinal": ordinal}
    return f"{number}{words.comma()}{words.said_day(date)}" if date else number
