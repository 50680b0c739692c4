"""The position sheet: items of a coming session, last votes, the forecast, each side's column, what is agreed, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.accounts.policy import why_not_draft
from comity.desk.forums import engine as engines
from comity.desk.forums import importing, itemfile, jobs, library, outcomes, work
from comity.desk.forums.engine import Engine
from comity.desk.forums.library import Held, forum_or_404
from comity.desk.forums.models import PositionRow, SheetItem
from comity.desk.forums.names import state_name
from comity.desk.forums.pair import trail_to
from comity.desk.forums.settings_of import seats_of
from comity.desk.forums.words import line_label, option
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import insider, visible_acts, visible_mechanisms
from comity.desk.show import PartyShown, act_url, day, name_of, officer_of, one_side, parties_of
from comity.errors import Refused
from comity.forums.titles import item_key

MOST = 60  # items on one sheet
TAKEN = 30  # items taken over from the session before


def visible(request: HttpRequest) -> Any:
    """Positions that this reader may see."""
    rows = PositionRow.objects.all()
    return rows if insider(request) else rows.filter(pk__in=visible_acts(request).values("id"))


class Sheet:
    """One sheet, as this reader may see it."""

    def __init__(self, request: HttpRequest, mechanism: str, forum: str, session: int) -> None:
        found = visible_mechanisms(request).filter(pk=mechanism).first()
        if found is None:
            raise Http404(mechanism)
        self.request, self.mechanism, self.session = request, found, session
        self.forum: Held = forum_or_404(request, forum)
        self.parties: list[PartyShown] = parties_of(found)

    @property
    def address(self) -> str:
        return reverse("forums:sheet", args=[self.mechanism.id, self.forum.id, self.session])

    @cached_property
    def engine(self) -> Engine | None:
        return None if library.why_no_engine() else engines.of(self.forum)

    @cached_property
    def seats(self) -> dict[str, str]:
        return seats_of(self.forum.id, self.mechanism.id)

    @cached_property
    def positions(self) -> list[PositionRow]:
        return list(visible(self.request).filter(mechanism=self.mechanism.id, forum=self.forum.id, session=self.session))

    @cached_property
    def own_items(self) -> list[SheetItem]:
        if not insider(self.request):
            return []
        return list(SheetItem.objects.filter(mechanism=self.mechanism.id, forum=self.forum.id, session=self.session)[:MOST])

    @cached_property
    def keys(self) -> list[str]:
        """The items: first those of this side's own sheet, then those that only the record knows."""
        return list(dict.fromkeys([*(i.key for i in self.own_items), *(p.key for p in reversed(self.positions))]))[:MOST]

    def names(self, key: str) -> tuple[list[dict[str, str]], str]:
        """What an item is called, by language, and its symbol: as the record says, else as this side wrote it."""
        for p in self.positions:
            if p.key == key:
                return p.names, p.symbol
        item = next((i for i in self.own_items if i.key == key), None)
        if item is None:
            raise Http404(key)
        return [{"lang": item.lang, "text": item.title}], item.symbol

    @property
    def forecast_items(self) -> list[dict[str, Any]]:
        """What the forecast is asked about: titles as the roll calls write them, so that earlier votes are found."""
        out = []
        for key in self.keys:
            earlier = self.engine.by_item.get(key, []) if self.engine else []
            if self.engine and earlier:
                e = self.engine.calls.events[earlier[-1]]
                out.append({"title": e.title, "agenda": e.agenda, "topics": [t.code for t in e.topics]})
            else:
                names, _symbol = self.names(key)
                english = next((n["text"] for n in names if n["lang"] == "en"), names[0]["text"])
                out.append({"title": english})
        return out

    @property
    def forecast_seats(self) -> list[str]:
        return [self.seats[p.id] for p in self.parties if p.id in self.seats]

    def forecast(self) -> dict[tuple[int, str], dict[str, Any]]:
        """(number of the item, seat) → chances; empty if nothing has been reckoned for this sheet as it is."""
        name = work.forecast_name(self.forum.digest, self.forecast_items, self.forecast_seats, self.session)
        try:
            rows = json.loads((self.forum.folder / "forecasts" / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        each = max(1, len(self.forecast_seats))
        return {(k // each, self.forecast_seats[k % each]): row for k, row in enumerate(rows)}


def page(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    """The context of ``forums/sheet.html``."""
    officer = officer_of(request)
    refusal = str(why_not_draft(officer, settings.NODE.party, sheet.mechanism.id))
    acts = {a.id: a for a in ActRow.objects.filter(pk__in=[p.id for p in sheet.positions])}
    forecast = sheet.forecast() if sheet.engine else {}
    if officer:
        importing.wake(True)
    rows = [_row(sheet, number, key, acts, forecast) for number, key in enumerate(sheet.keys)]
    title = _("Position sheet, session %(session)d") % {"session": sheet.session}
    return {
        "forum": sheet.forum,
        "sheet": sheet,
        "title": title,
        "kind": name_of(sheet.mechanism.names),
        "trail": trail_to(sheet.forum, title),
        "parties": [
            {"name": p.name, "seat": state_name(sheet.engine, sheet.seats[p.id]) if sheet.engine and p.id in sheet.seats else ""}
            for p in sheet.parties
        ],
        "rows": rows,
        "seats_missing": [p.name for p in sheet.parties if p.id not in sheet.seats],
        "insider": insider(request),
        "refusal": refusal,
        "own": settings.NODE.party,
        "forecast_ready": bool(forecast),
        "job": jobs.of(library.home(), "forecast", sheet.forum.id) if officer else None,
        "can_take": bool(officer and sheet.engine and not refusal),
    }


def _row(
    sheet: Sheet, number: int, key: str, acts: Mapping[str, ActRow], forecast: Mapping[tuple[int, str], dict[str, Any]]
) -> dict[str, Any]:
    names, symbol = sheet.names(key)
    here = [p for p in sheet.positions if p.key == key]
    asked = urlencode({"mechanism": sheet.mechanism.id, "forum": sheet.forum.id, "session": sheet.session, "key": key})
    current = next((p for p in here if not p.party and p.current), None)
    columns = [_column(sheet, p, next((r for r in here if r.party == p.id and r.current), None), acts, asked) for p in sheet.parties]
    outcome = _outcome(sheet, outcomes.history(here, acts), acts) if current else None
    own = next((i for i in sheet.own_items if i.key == key), None)
    return {
        "key": key,
        "names": [{"lang": n["lang"], "text": n["text"]} for n in _best(names)],
        "symbol": symbol,
        "date": day(own.date) if own and own.date else "",
        "earlier": _earlier(sheet, key),
        "forecast": [
            _chances(sheet, p, forecast[number, sheet.seats[p.id]])
            for p in sheet.parties
            if (number, sheet.seats.get(p.id, "")) in forecast
        ],
        "columns": columns,
        "agreed": outcomes.shown(current, acts, sheet.parties) if current else None,
        "open": [outcomes.shown(p, acts, sheet.parties) for p in here if not p.party and p.status == "open"],
        "agree_url": f"{reverse('forums:agree-position')}?{asked}",
        "outcome": outcome,
        "removable": own is not None and not here,
    }


def _best(names: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    from comity.desk.accounts.models import page_language

    same = [n for n in names if n["lang"].split("-")[0] == page_language().split("-")[0]]
    return (same or list(names))[:1]


def _column(sheet: Sheet, party: PartyShown, row: PositionRow | None, acts: Mapping[str, ActRow], asked: str) -> dict[str, Any]:
    own = party.id == settings.NODE.party
    said = None
    if row is not None:
        said = {
            "label": line_label(row.line),
            "url": act_url(row.id),
            "owner": row.owner,
            "wording": row.wording,
            "day": day(row.said[:10]),
        }
    return {
        "party": party.name,
        "said": said,
        "standing": one_side(party.id, sheet.parties) if row else None,
        "fill": f"{reverse('forums:position')}?{asked}" if own else "",
    }


def _outcome(sheet: Sheet, agreed: Sequence[PositionRow], acts: Mapping[str, ActRow]) -> dict[str, Any] | None:
    found = outcomes.judged(sheet.engine, sheet.seats, [p.id for p in sheet.parties], agreed)
    return outcomes.outcome(found, sheet.forum, sheet.parties, agreed, acts)


def _earlier(sheet: Sheet, key: str) -> dict[str, Any] | None:
    """The last vote on the item before this session, and how the sides' seats voted then."""
    if sheet.engine is None:
        return None
    events = sheet.engine.calls.events
    before = [i for i in sheet.engine.by_item.get(key, []) if events[i].session < sheet.session]
    if not before:
        return None
    e = events[before[-1]]
    states = {p.id: s for p in sheet.parties if (s := sheet.seats.get(p.id)) in sheet.engine.seats}
    pair = list(states.values())
    return {
        "url": reverse("forums:call", args=[sheet.forum.id, e.id]) + (f"?a={pair[0]}&b={pair[1]}" if len(pair) > 1 else ""),
        "symbol": e.symbol or e.id,
        "session": e.session,
        "votes": [{"party": p.name} | option(sheet.engine.cast(before[-1], states[p.id])) for p in sheet.parties if p.id in states],
    }


def _chances(sheet: Sheet, party: PartyShown, row: Mapping[str, Any]) -> dict[str, Any]:
    chances = [(word, float(row[word])) for word in ("yes", "abstain", "no")]
    best = max(chances, key=lambda c: c[1])
    return {
        "party": party.name,
        "best": option(best[0]) | {"percent": round(best[1] * 100)},
        "all": [option(word) | {"percent": round(p * 100)} for word, p in chances],
    }


# Changing this side's own list ------------------------------------------------------------


def change(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Add or remove items of this side's own sheet, or begin a forecast. :raises Refused: to readers and to the public."""
    officer = officer_of(request)
    if officer is None or officer.role == "reader":
        raise Refused("Only officers of this node who draft can change the sheet.", place="role")
    if "forecast" in request.POST and sheet.engine and sheet.keys and sheet.forecast_seats:
        wanted = {"kind": "forecast", "forum": sheet.forum.id, "items": sheet.forecast_items, "seats": sheet.forecast_seats}
        job = jobs.ask(library.home(), wanted | {"session": sheet.session, "back": sheet.address})
        jobs.begin(job, library.home())
        return redirect("forums:job", job.key)
    if "remove" in request.POST:
        SheetItem.objects.filter(pk__in=[i.pk for i in sheet.own_items if i.key == request.POST["remove"]]).delete()
    elif "take" in request.POST:
        add(sheet, recurring(sheet))
    elif upload := request.FILES.get("items"):
        items, problems = itemfile.read(upload)
        if problems:
            return render(request, "forums/sheet.html", page(request, sheet) | {"file_problems": problems}, status=422)
        if not add(sheet, [(i.title, _language(request), i.symbol, i.key, i.date) for i in items]):
            messages.warning(request, _("Nothing new: all items of the file stand on the sheet already, or it is full."))
    else:
        lines = [line.strip() for line in request.POST.get("titles", "").splitlines() if line.strip()]
        added = add(sheet, [(line[:300], _language(request), "") for line in lines])
        if not added:
            messages.warning(request, _("Nothing new: write one title per line."))
    return redirect(sheet.address)


def _language(request: HttpRequest) -> str:
    """In which language the titles are."""
    lang = request.POST.get("lang", "en")
    return lang if lang in ("en", "ru", "zh-Hans") else "en"


def add(sheet: Sheet, items: Sequence[tuple[str, str, str] | tuple[str, str, str, str, str]]) -> int:
    """Put items (title, language, symbol and, where a file says them, key and date) on this side's sheet; those that stand there already
    stay as they are.
    """
    added = 0
    for title, lang, symbol, *more in items[: MOST - len(sheet.own_items)]:
        _item, new = SheetItem.objects.get_or_create(
            mechanism=sheet.mechanism.id,
            forum=sheet.forum.id,
            session=sheet.session,
            key=more[0] if more else item_key(title),
            defaults={"title": title, "lang": lang, "symbol": symbol, "date": more[1] if more else ""},
        )
        added += new
    return added


def recurring(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Contested items of the last session before this one, those on which the sides' seats split first."""
    engine = sheet.engine
    assert engine is not None
    before = [s for s in engine.sessions if s < sheet.session]
    if not before:
        return []
    seats = [s for s in sheet.forecast_seats if s in engine.seats]
    found: dict[str, tuple[bool, str]] = {}
    for i, e in enumerate(engine.calls.events):
        if e.session == before[-1] and e.whole_text and engine.calls.contested[i]:
            split = len({engine.cast(i, s) for s in seats}) > 1
            key = item_key(e.title)
            found[key] = (split or (key in found and found[key][0]), e.title)
    ordered = sorted(found.values(), key=lambda item: not item[0])
    return [(title[:300], "en", "") for _split, title in ordered[:TAKEN]]


def mechanism_of(row: PositionRow) -> MechanismRow:
    return MechanismRow.objects.get(pk=row.mechanism)


def _item(row: PositionRow) -> tuple[str, str, int, str]:
    return row.mechanism, row.forum, row.session, row.key


def for_commitment(request: HttpRequest, commitment: str) -> list[dict[str, Any]]:
    """The agreed positions that serve a commitment, with what became of them: for ``forums/_positions_of_commitment.html``."""
    rows = list(visible(request).filter(serves=commitment, party="", current=True)[:MOST])
    if not rows:
        return []
    forums = {f.id: f for f in library.visible(request)}
    mechanisms = MechanismRow.objects.in_bulk({r.mechanism for r in rows})
    others = visible(request).filter(party="", status="in_force", key__in={r.key for r in rows})
    items: dict[tuple[str, str, int, str], list[PositionRow]] = {}
    for row in others:
        items.setdefault(_item(row), []).append(row)
    acts = ActRow.objects.in_bulk([r.id for row in rows for r in items[_item(row)]])
    seats = {(r.forum, r.mechanism): seats_of(r.forum, r.mechanism) for r in rows}
    ready = not library.why_no_engine()
    out = []
    for row in rows:
        parties = parties_of(mechanisms[row.mechanism])
        forum = forums.get(row.forum)
        outcome = None
        if forum is not None:
            engine, agreed = engines.of(forum) if ready else None, outcomes.history(items[_item(row)], acts)
            found = outcomes.judged(engine, seats[row.forum, row.mechanism], [p.id for p in parties], agreed)
            outcome = outcomes.outcome(found, forum, parties, agreed, acts)
        url = reverse("forums:sheet", args=[row.mechanism, row.forum, row.session]) if forum else ""
        out.append(
            {
                "names": _best(row.names),
                "session": row.session,
                "url": url,
                "outcome": outcome,
                "agreed": outcomes.shown(row, acts, parties),
            }
        )
    return out
