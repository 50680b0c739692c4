"""The page of agreed language: a phrase in any language, where it was said before, how far the words have drifted, when each side began."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.design.seal import State
from comity.desk.design.words import Standing
from comity.desk.language import drawing, meaning
from comity.desk.language.models import ClauseRow
from comity.desk.language.said import Statement, holding
from comity.desk.language.searching import AllSources, Clauses, clauses_for
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.visible import visible_mechanisms
from comity.desk.show import PartyShown, day, languages_by_page, name_of, one_side, parties_of, title_for
from comity.desk.texts import queries
from comity.desk.texts.models import TextRow
from comity.desk.texts.words import provision_label
from comity.texts.precedents import Occurrence, precedents
from comity.texts.tokens import tokenise

MOST: Final = 2000  # characters of a phrase
LEAST_ALIKE: Final = 0.6  # below it the words have nothing to do with each other, even if the meaning has
SAID: Final = 0.8
_HAN, _CYRILLIC = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\u0400-\u04ff]")


def language_of(phrase: str) -> str:
    """The language of a phrase, by its script."""
    return "zh-Hans" if _HAN.search(phrase) else "ru" if _CYRILLIC.search(phrase) else "en"


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of ``language/index.html``; ``?q=`` is the phrase, ``?mechanism=`` narrows where it is looked for."""
    phrase = " ".join(request.GET.get("q", "").split())[:MOST]
    mechanisms = {m.id: m for m in visible_mechanisms(request)}
    chosen = request.GET.get("mechanism", "")
    clauses = clauses_for(request, mechanism=chosen)
    context: dict[str, Any] = {
        "phrase": phrase,
        "language": language_of(phrase),
        "chosen": chosen,
        "mechanisms": [{"value": m.id, "label": name_of(m.names)} for m in mechanisms.values()],
        "by_meaning": meaning.encoder() is not None,
        "count": clauses.rows.values("ref").distinct().count(),
    }
    if phrase:
        return context | _results(request, phrase, clauses, mechanisms)
    return context | {"examples": _examples(clauses)}


def _examples(clauses: Clauses) -> list[dict[str, str]]:
    """Phrases that have been said, to begin with: one short clause per language of the latest joint texts."""
    found: dict[str, str] = {}
    for row in clauses.rows.filter(side="").order_by("-date", "place")[:60]:
        if row.lang not in found and 12 <= len(row.words) <= 160 and not row.eid.startswith("rec"):
            found[row.lang] = _phrase_in(row.words, row.lang)
    return [{"lang": lang, "text": found[lang]} for lang in languages_by_page(found)]


def _phrase_in(words: str, lang: str) -> str:
    """The beginning of a clause, a dozen words or so of it."""
    tokens = tokenise(words)
    size = 26 if lang.startswith("zh") else 17
    return "".join(token.text for token in tokens[:size]).rstrip("，, .。；;")


def _results(request: HttpRequest, phrase: str, clauses: Clauses, mechanisms: Mapping[str, MechanismRow]) -> dict[str, Any]:
    language = language_of(phrase)
    meaning.make_in_background()
    near = meaning.near(phrase, clauses.rows)
    found = precedents(phrase, language, clauses, AllSources(clauses), near=[ref for ref, _score in near])
    alike = dict(near)
    rows = {item.source.ref: row for item in found if (row := clauses.row(item.source.ref)) is not None}
    texts = queries.visible(request).in_bulk({row.text for row in rows.values()})
    meetings = queries.meetings(request, {row.meeting for row in rows.values()}, mechanisms)
    parties = {key: parties_of(m) for key, m in mechanisms.items()}
    items = [_item(item, rows[item.source.ref], texts, meetings, parties, alike) for item in found if item.source.ref in rows]
    observed = holding(request, phrase, language)
    line = _line(items, observed, [p for own in parties.values() for p in own])
    return {"groups": _same_words(items), "observed": [_observed(one) for one in observed], "chart": line, "firsts": _firsts(line)}


def _item(
    item: Occurrence,
    row: ClauseRow,
    texts: Mapping[str, TextRow],
    meetings: Mapping[str, str],
    parties: Mapping[str, list[PartyShown]],
    near: Mapping[str, float],
) -> dict[str, Any]:
    text = texts.get(row.text)
    own = parties.get(row.mechanism, [])
    standing = one_side(row.side, own) if row.side else Standing(len(own) or 2, frozenset(range(len(own))), State.IN_FORCE)
    said = item.similarity >= LEAST_ALIKE
    version = f"?version={row.act}" if text is not None and text.act != row.act else ""
    return {
        "ref": row.ref,
        "standing": standing,
        "side": row.side,
        "by": next((p.name for p in own if p.id == row.side), row.side),
        "exact": item.is_exact,
        "similarity": round(100 * item.similarity) if said else None,
        "meaning": round(100 * near[row.ref]) if row.ref in near and not said else None,
        "date": row.date,
        "day": day(row.date),
        "meeting": meetings.get(row.meeting, ""),
        "meeting_url": reverse("meetings:detail", args=[row.meeting]) if row.meeting in meetings else "",
        "title": title_for(text.titles) if text else "",
        "url": f"{reverse('texts:detail', args=[row.text])}{version}#{row.eid}" if text else "",
        "place": provision_label(row.eid),
        "language": item.language,
        "pieces": item.pieces if said else (),
        "versions": [{"lang": lang, "text": item.versions[lang]} for lang in languages_by_page(item.versions)],
        "counts": item.similarity >= SAID,
    }


def _same_words(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Occurrences in the same words in every language stand together, the earliest first."""
    groups: dict[tuple[tuple[str, str], ...], list[dict[str, Any]]] = {}
    for item in items:
        groups.setdefault(tuple((v["lang"], v["text"]) for v in item["versions"]), []).append(item)
    ordered = [sorted(found, key=lambda item: (item["date"], not item["side"])) for found in groups.values()]
    return [found[0] | {"places": found} for found in ordered]


def _observed(one: Statement) -> dict[str, str]:
    return {
        "day": day(one.source.date) or _("date not given"),
        "who": one.source.title or _("speaker not named"),
        "words": one.words,
        "lang": one.lang,
        "url": one.url,
    }


def _line(items: Sequence[Mapping[str, Any]], observed: Sequence[Statement], parties: Sequence[PartyShown]) -> drawing.Drawn | None:
    """Who said it when: what all said together, each side, and what observers' sources report."""
    lanes: dict[str, list[drawing.Point]] = {}
    names = {"": _("all sides together"), "-": _("reported by sources")} | {p.id: p.name for p in parties}
    for item in items:
        if item["counts"]:
            lanes.setdefault(item["side"], []).append(drawing.Point(item["date"], item["day"], item["url"], item["exact"]))
    for one in observed:
        if one.source.date:
            lanes.setdefault("-", []).append(drawing.Point(one.source.date, day(one.source.date), one.url, True))
    order = ["", *(p.id for p in parties), "-"]
    kept = [drawing.Lane(names[key], sorted(lanes[key], key=lambda p: p.date)) for key in dict.fromkeys(order) if key in lanes]
    return drawing.Drawn(kept) if kept else None


def _firsts(line: drawing.Drawn | None) -> list[dict[str, str]]:
    """When each began to say it, in words, under the drawing."""
    return [{"name": lane.name, "day": lane.points[0].said, "url": lane.points[0].url} for lane in line.lanes] if line else []
