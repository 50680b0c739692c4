"""What the pages of a mechanism show of its rows: facts, forms of names, people in office, acts with their seals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from comity.desk.accounts.policy import Why, why_not_draft
from comity.desk.design.templatetags.design import own_name
from comity.desk.design.words import Standing, Words, listed, words
from comity.desk.mechanisms.models import AppointmentRow, MechanismRow
from comity.desk.mechanisms.queries import Counted, appointments, in_office
from comity.desk.record.models import ActRow
from comity.desk.show import (
    PartyShown,
    act_url,
    day,
    languages_by_page,
    name_of,
    officer_of,
    one_side,
    standing_of,
    title_for,
    type_label,
)
from comity.terms.ids import handle

type Names = Sequence[Mapping[str, str]]

# A page lists so many holders of the leading offices; members are counted and stand in the list of people.
MOST_IN_OFFICE = 60


def office_label(office: str) -> str:
    labels = {
        "presiding-co-chair": _("presiding co-chair"),
        "working-co-chair": _("working co-chair"),
        "secretary": _("secretary of the delegation"),
        "signatory": _("signatory"),
        "member": _("member of the delegation"),
    }
    return labels.get(office, office)


def equal_names(names: Names) -> list[dict[str, str]]:
    """One name per language, as equals, in the fixed order of the pages: the form of no side before any side's."""
    first: dict[str, str] = {}
    for name in sorted(names, key=lambda n: bool(n.get("side"))):
        first.setdefault(name["lang"], name["text"])
    return [{"lang": lang, "text": first[lang]} for lang in languages_by_page(first)]


def why_not_act(request: HttpRequest, mechanism: MechanismRow, party: str) -> Why:
    """Why nothing can be prepared for this mechanism here now; empty if it can."""
    if refusal := why_not_draft(officer_of(request), party, mechanism.id):
        return refusal
    if not any(p["id"] == party for p in mechanism.parties):
        return _("This node’s parliament is not a party of this mechanism.")
    if not mechanism.in_force:
        return _("The founding act is not signed by all parties yet; until then nothing else can be said here.")
    return ""


@dataclass(frozen=True, slots=True)
class Forms:
    """A party's names and chambers: one column per language, one row per side that writes it so."""

    party: PartyShown
    badge: Standing
    columns: list[str]
    rows: list[list[dict[str, str]]]


def forms_of(mechanism: MechanismRow, parties: Sequence[PartyShown]) -> list[Forms]:
    """The names of every party, per language and per side, with its chambers."""
    names = {p.id: p.name for p in parties}
    found = []
    for shown, raw in zip(parties, mechanism.parties, strict=True):
        chambers = raw.get("chambers", [])
        languages = languages_by_page({n["lang"] for n in (*raw["names"], *(n for c in chambers for n in c["names"]))})
        rows = _rows(_("Name"), raw["names"], languages, names, own=shown.id)
        for chamber in chambers:
            rows += _rows(_("Chamber"), chamber["names"], languages, names, own=shown.id)
        columns = [_("Form of the name"), *(own_name(lang) for lang in languages)]
        found.append(Forms(shown, one_side(shown.id, parties), columns, rows))
    return found


def _rows(what: str, names: Names, languages: Sequence[str], parties: Mapping[str, str], *, own: str) -> list[list[dict[str, str]]]:
    rows = []
    for side in dict.fromkeys(n.get("side", "") for n in names):
        form = {n["lang"]: n["text"] for n in names if n.get("side", "") == side}
        note = _("as it writes itself") if side == own else _("as %(party)s writes it") % {"party": parties.get(side, side)} if side else ""
        rows.append(
            [{"text": what, "note": note}, *({"text": form.get(lang, "–"), "lang": lang, "label": own_name(lang)} for lang in languages)]
        )
    return rows


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person in an office, with the act that says so."""

    row: AppointmentRow
    name: str
    names: list[dict[str, str]]
    office: str
    title: str
    term: str
    badge: Standing
    url: str
    change: str
    forms: tuple[tuple[str, list[dict[str, str]]], ...] = ()
    body: str = ""


def person_shown(
    row: AppointmentRow, parties: Sequence[PartyShown], *, own: str = "", bodies: Mapping[str, str] | None = None
) -> PersonShown:
    """``own`` is this node's party if its officers may change the appointment; ``bodies`` names the bodies by id."""
    term = _("since %(day)s") % {"day": day(row.since, bound=True)}
    if row.until:
        term = _("%(first)s to %(last)s") % {"first": day(row.since), "last": day(row.until)}
    change = f"{reverse('mechanisms:appoint')}?mechanism={row.mechanism}&replaces={row.id}" if own and own == row.party else ""
    return PersonShown(
        row,
        name_of(row.names, side=row.party),
        equal_names(row.names),
        office_label(row.office),
        name_of(row.titles, side=row.party),
        term,
        one_side(row.party, parties),
        act_url(row.act),
        change,
        _by_side(row.names, parties),
        (bodies or {}).get(row.body, ""),
    )


def _by_side(names: Names, parties: Sequence[PartyShown]) -> tuple[tuple[str, list[dict[str, str]]], ...]:
    """How single sides write a name, where that differs from the neutral form: the side, and its forms by language."""
    return tuple(
        (party.name, [{"lang": n["lang"], "text": n["text"]} for n in names if n.get("side") == party.id])
        for party in parties
        if any(n.get("side") == party.id for n in names)
    )


@dataclass(frozen=True, slots=True)
class Side:
    """The people in office of one party."""

    party: PartyShown
    badge: Standing
    people: list[PersonShown]
    members: int


def sides(request: HttpRequest, mechanism: MechanismRow, parties: Sequence[PartyShown]) -> list[Side]:
    """Who holds the offices today, side by side in the order of the founding act; members as a number."""
    rows = in_office(appointments(request, mechanism.id))
    leading = list(rows.filter(body="").exclude(office="member")[: MOST_IN_OFFICE * len(parties)])
    members: dict[str, int] = {}
    for party in rows.filter(body="", office="member").order_by().values_list("party", flat=True):
        members[party] = members.get(party, 0) + 1
    return [
        Side(p, one_side(p.id, parties), [person_shown(r, parties) for r in leading if r.party == p.id], members.get(p.id, 0))
        for p in parties
    ]


@dataclass(frozen=True, slots=True)
class ActShown:
    """One line of a list of acts."""

    url: str
    label: str
    title: str
    standing: Standing
    words: Words
    handle: str
    said: str
    by: str


def acts_shown(acts: Iterable[ActRow], parties: Sequence[PartyShown]) -> list[ActShown]:
    names = {p.id: p.name for p in parties}
    return [
        ActShown(
            act_url(act.id),
            type_label(act.type),
            title_for(act.titles),
            standing,
            words(standing),
            act.handle,
            day(act.said[:10]),
            names.get(act.proposer, act.proposer),
        )
        for act in acts
        for standing in [standing_of(act, parties)]
    ]


def audience_label(act: ActRow | None, fallback: str) -> str:
    """Who may see it, in words."""
    to, since = (act.audience, act.public_from) if act else (fallback, "")
    if to != "public":
        return _("the parties")
    return _("the public, from %(day)s") % {"day": day(since, bound=True)} if since else _("the public")


def facts(mechanism: MechanismRow, act: ActRow | None, parties: Sequence[PartyShown]) -> list[dict[str, Any]]:
    """What the founding act says, besides the names."""
    said: list[dict[str, Any]] = [
        {"label": _("Parties"), "value": listed(p.name for p in parties)},
        {"label": _("Founded"), "value": day(mechanism.founded)},
        {
            "label": _("Founding act"),
            "value": {"text": handle(mechanism.id), "url": act_url(mechanism.id), "note": _("the id of the mechanism is its hash")},
        },
        {
            "label": pgettext("of meetings", "Series"),
            "lines": [
                {
                    "text": name_of(s["names"]),
                    "url": f"{reverse('meetings:index')}?mechanism={mechanism.id}&series={s['key']}",
                    "note": _("numbered from %(first)d") % {"first": s["first"]},
                }
                for s in mechanism.series
            ],
        },
        {"label": _("Audience"), "value": audience_label(act, mechanism.audience)},
    ]
    others = [n for n in mechanism.names if n.get("side")]
    if others:
        by = {p.id: p.name for p in parties}
        lines = [
            {"text": n["text"], "lang": n["lang"], "note": _("as %(party)s writes it") % {"party": by.get(n["side"], n["side"])}}
            for n in others
        ]
        said.insert(1, {"label": _("Other forms"), "lines": lines})
    return said


def counts(mechanism: str, found: Counted) -> list[dict[str, Any]]:
    """The numbers of a mechanism, each opening the records that it counts."""
    own = f"?mechanism={mechanism}"
    return [
        {
            "number": found.meetings,
            "label": ngettext("meeting", "meetings", found.meetings),
            "url": f"{reverse('meetings:index')}{own}&standing=in_force",
        },
        {"number": found.texts, "label": ngettext("text", "texts", found.texts), "url": f"{reverse('texts:index')}{own}"},
        {
            "number": found.commitments,
            "label": ngettext("commitment", "commitments", found.commitments),
            "url": f"{reverse('commitments:index')}{own}",
        },
        {
            "number": found.open,
            "label": ngettext("open act", "open acts", found.open),
            "url": f"{reverse('mechanisms:acts', args=[mechanism])}?status=open",
        },
    ]
