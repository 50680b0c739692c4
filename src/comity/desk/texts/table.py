"""Languages side by side as rows, with brackets by side, marks at the words, and notes in the margin. Values in, values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.desk.design.seal import State
from comity.desk.design.templatetags.design import own_name
from comity.desk.design.words import Standing
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.show import PartyShown
from comity.desk.texts import marking
from comity.desk.texts.checking import Aside
from comity.desk.texts.words import CODES, SEVERITIES, finding_label, provision_label
from comity.errors import Malformed
from comity.terms.names import Name, best_name
from comity.texts.brackets import Bracket, brackets, has_brackets
from comity.texts.checks.finding import Finding
from comity.texts.model import TextVersion, last_segment
from comity.texts.render import Beads, Cell, Row, rows

LINE_BREAK = mark_safe("<br>")  # a constant
_MARKS = {"error": "at-stop", "warning": "at-info", "info": "at-info"}
_BY_WORDS = frozenset({"NUM", "DATE", "MONEY", "UNIT", "MODAL", "NEG", "REF"})
_KINDS = {"error": "stop", "warning": "care", "info": "info"}

type Notes = dict[str, list[dict[str, Any]]]
type Spans = dict[tuple[str, str], list[marking.Span]]


@dataclass(frozen=True, slots=True)
class SidesIn:
    """The sides of brackets in one language: their names in it, and the seal of one side."""

    parties: tuple[PartyShown, ...]
    names: Mapping[str, str]

    @classmethod
    def of(cls, mechanism: MechanismRow, parties: Sequence[PartyShown], lang: str) -> SidesIn:
        named = {}
        for party in mechanism.parties:
            known = [Name(n["text"], n["lang"], n.get("side", "")) for n in party["names"]]
            named[str(party["id"])] = best_name(known, lang, side=str(party["id"])).text if known else str(party["id"])
        return cls(tuple(parties), named)

    @property
    def nothing(self) -> SafeString:
        return format_html('<span class="hint">{}</span>', _("no words"))

    def shown(self, sides: Sequence[str]) -> dict[str, Any]:
        own = frozenset(p.index for p in self.parties if p.id in sides)
        names = tuple(p.name for p in self.parties)
        standing = Standing(len(self.parties), own, State.OPEN, names=names, asked=own)
        return {"standing": standing, "name": ", ".join(self.names.get(side, side) for side in sides)}


@dataclass(slots=True)
class Margin:
    """Notes by the row that they stand beside, and marks by language and provision; numbered in one row of numbers."""

    notes: Notes = field(default_factory=dict)
    spans: Spans = field(default_factory=dict)
    count: int = 0

    def add(self, eid: str, note: dict[str, Any]) -> None:
        self.notes.setdefault(eid, []).append(note)

    def number(self) -> int:
        self.count += 1
        return self.count


def add_findings(
    margin: Margin,
    found: Sequence[Finding],
    asides: Mapping[str, Aside],
    names: Mapping[str, str],
    versions: Mapping[str, TextVersion],
    *,
    may: bool,
) -> None:
    """A note for what each check found of a provision, the words marked; ``may``: whether it can be set aside (or taken up again) here.

    What a check says of several pairs of languages is one note. ``names`` are the parties' by id. Brackets by side have notes of their own
    (:func:`add_brackets` comes first).
    """
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for item in found:
        if "count" in item.details and any(note.get("bracket") for note in margin.notes.get(item.eid, ())):
            continue
        aside = asides.get(item.key)
        groups.setdefault((item.eid, item.code, item.severity, f"{aside.by} {aside.text}" if aside else ""), []).append(item)
    index = {lang: version.by_eid() for lang, version in versions.items()} if groups else {}
    for group in groups.values():
        first = group[0]
        texts = {lang: own[first.eid].text if first.eid in own else "" for lang, own in index.items()}
        _add_group(margin, group, asides.get(first.key), names, _lines(group, texts), may=may)


def _lines(group: Sequence[Finding], texts: Mapping[str, str]) -> list[Any]:
    """What a note says: where languages differ in words that stand there, those words by language; else the finding's sentence."""
    first = group[0]
    spans = {lang: {span for item in group for span in item.spans.get(lang, ())} for lang in texts}
    if first.code in _BY_WORDS and any(spans.values()):
        concerned = [lang for lang in texts if any(lang in item.languages for item in group)]
        words = [(lang, ", ".join(texts[lang][start:end] for start, end in sorted(spans[lang])) or "–") for lang in concerned]
        return [format_html_join(mark_safe("<br>"), '{} <b lang="{}">{}</b>', ((own_name(lang), lang, said) for lang, said in words))]
    return [
        format_html('{} <span class="lng">{}</span>', finding_label(item), " / ".join(own_name(lang) for lang in item.languages))
        for item in group
    ]


def _add_group(
    margin: Margin, group: Sequence[Finding], aside: Aside | None, names: Mapping[str, str], lines: list[Any], *, may: bool
) -> None:
    first = group[0]
    number = margin.number() if any(spans for item in group for spans in item.spans.values()) else 0
    ref = f"f-{first.key}"
    mark = "at-waived" if aside else _MARKS[first.severity]
    for lang, start, end in sorted({(lang, *span) for item in group for lang, spans in item.spans.items() for span in spans}):
        margin.spans.setdefault((lang, first.eid), []).append(marking.Span(start, end, number, ref, mark))
    severity = pgettext("a finding", "Set aside") if aside else str(SEVERITIES[first.severity])
    if aside:
        lines += [format_html('<q lang="{}">{}</q>', lang, words) for lang, words in aside.reasons if words]
        lines.append(_("Set aside by %(name)s.") % {"name": names.get(aside.by, aside.by)})
    margin.add(
        first.eid,
        {
            "id": ref,
            "number": number,
            "title": _("%(severity)s: %(what)s") % {"severity": severity, "what": CODES.get(first.code, first.code)},
            "lines": lines,
            "kind": "info" if aside else _KINDS[first.severity],
            "findings": [item.key for item in group],
            "finding": first.key,
            "code": first.code,
            "eid": first.eid,
            "waive": may and not aside and first.code != "BRACKET",
            "resume": may and aside is not None and aside.own,
        },
    )


def add_brackets(margin: Margin, versions: Mapping[str, TextVersion], sides: SidesIn, eids: Mapping[str, str] | None = None) -> int:
    """A note for each open point: who wants what in which languages; returns how many there are. ``eids`` restricts to some rows."""
    points: dict[tuple[str, int], dict[str, Bracket]] = {}
    for lang, version in versions.items():
        for provision in version.walk():
            if has_brackets(provision.text) and (eids is None or provision.eid in eids):
                try:
                    for bracket in brackets(provision.text):
                        points.setdefault((provision.eid, bracket.number), {})[lang] = bracket
                except Malformed:
                    continue
    for (eid, number), found in points.items():
        lead = next(iter(found.values()))
        options = []
        for one in lead.alternatives:
            words = {
                lang: next((other.text for other in bracket.alternatives if other.sides == one.sides), "")
                for lang, bracket in found.items()
            }
            options.append({"sides": " ".join(one.sides), "name": sides.shown(one.sides)["name"], "words": words})
        margin.add(
            eid,
            {
                "id": f"b-{eid}-{number}",
                "title": _("Open bracket %(number)d") % {"number": number},
                "lines": [" · ".join(str(option["name"]) for option in options)],
                "kind": "care",
                "bracket": number,
                "eid": eid,
                "options": options,
                "langs": list(versions),
            },
        )
    return len(points)


def lay_out(
    versions: Mapping[str, TextVersion],
    margin: Margin,
    sides: Mapping[str, SidesIn],
    beads: Mapping[str, Beads] | None = None,
    only: str = "",
) -> list[dict[str, Any]]:
    """The rows: number, label, a cell per language (in the order of ``versions``) and the notes beside it. ``only``: one row's eId."""
    return [_row(row, margin, sides) for row in rows(versions, beads) if not only or row.eid == only]


def _row(row: Row, margin: Margin, sides: Mapping[str, SidesIn]) -> dict[str, Any]:
    own = {row.eid, *(cell.eid for cell in row.cells.values() if cell and cell.eid)}
    notes = [note for eid in sorted(own, key=lambda eid: eid != row.eid) for note in margin.notes.get(eid, [])]
    return {
        "id": row.eid,
        "label": provision_label(row.eid),
        "number": last_segment(row.eid)[1] if row.part == "body" else "",
        "cells": [_cell(lang, cell, row, margin, sides) for lang, cell in row.cells.items()],
        "notes": notes,
    }


def _cell(lang: str, cell: Cell | None, row: Row, margin: Margin, sides: Mapping[str, SidesIn]) -> dict[str, Any]:
    if cell is None and lang in row.together:
        there = row.together[lang]
        said = _("together with %(provision)s") % {"provision": provision_label(there)}
        return {"lang": "", "text": format_html('<a class="hint" href="#{}">{}</a>', there, said)}
    if cell is None:
        return {"lang": "", "text": format_html('<span class="hint">{}</span>', _("not in this language"))}
    head: list[Any] = [cell.num + " "] if cell.num else []
    if cell.heading:
        head.append(format_html("<b>{}</b>{}", cell.heading, LINE_BREAK if cell.text else ""))
    spans = margin.spans.get((lang, cell.eid or row.eid), [])
    if not spans and not has_brackets(cell.text):
        # Most cells of a long text: set without a template of their own.
        return {"lang": lang, "text": format_html("{}" * (len(head) + 1), *head, cell.text)}
    return {"lang": lang, "parts": head + marking.parts(cell.text, spans, sides.get(lang))}
