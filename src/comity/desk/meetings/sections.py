"""What the pages of a meeting show of its agenda and of both delegations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.design.words import Standing
from comity.desk.mechanisms.models import BodyRow
from comity.desk.meetings import words
from comity.desk.meetings.clocks import Clock, item_times
from comity.desk.meetings.models import AgendaRow, DelegationRow, MeetingRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import open_to
from comity.desk.show import PartyShown, act_url, day, languages_by_page, name_of, one_side, standing_of
from comity.meetings.delegation import PRESENT
from comity.terms.ids import handle


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One item: its titles in the order of ``AgendaShown.languages``."""

    number: int
    key: str
    titles: list[dict[str, str]]
    kind: str
    who: str
    times: list[dict[str, str]]
    length: str


@dataclass(frozen=True, slots=True)
class AgendaShown:
    """An agenda, agreed or proposed."""

    id: str
    current: bool
    proposer: str
    languages: list[str]
    items: list[ItemShown]
    standing: Standing
    url: str
    handle: str
    said: str
    versions: list[dict[str, str]]


def agendas(request: HttpRequest, meeting: MeetingRow, parties: Sequence[PartyShown], found: Sequence[Clock]) -> list[AgendaShown]:
    """The agenda that is agreed, and what is proposed instead of it; three queries."""
    rows = list(open_to(request, AgendaRow.objects.filter(meeting=meeting.id, alive=True)).order_by("-current", "-said", "id")[:10])
    acts = ActRow.objects.in_bulk([row.act for row in rows])
    wanted = {item["body"] for row in rows for item in row.items if item.get("body")}
    bodies = {body.id: name_of(body.names) for body in BodyRow.objects.filter(pk__in=wanted)}
    presenters = {p.id: p.name for p in parties} | bodies
    return [agenda_shown(row, acts.get(row.act), parties, presenters, found) for row in rows]


def agenda_shown(
    row: AgendaRow, act: ActRow | None, parties: Sequence[PartyShown], presenters: Mapping[str, str], found: Sequence[Clock]
) -> AgendaShown:
    languages = languages_by_page(v["lang"] for v in row.versions)
    names = {p.id: p.name for p in parties}
    return AgendaShown(
        row.id,
        row.current,
        names.get(row.proposer, row.proposer),
        languages,
        [_item(n, item, languages, presenters, found) for n, item in enumerate(row.items, 1)],
        standing_of(act, parties) if act else Standing(len(parties), names=tuple(names.values())),
        act_url(row.act),
        handle(row.act),
        day(row.said[:10]),
        sorted(row.versions, key=lambda v: languages.index(v["lang"])),
    )


def _item(n: int, item: Mapping[str, Any], languages: Iterable[str], presenters: Mapping[str, str], found: Sequence[Clock]) -> ItemShown:
    length = item.get("length")
    return ItemShown(
        n,
        item["key"],
        [{"lang": lang, "text": item["titles"].get(lang) or "–"} for lang in languages],
        words.item_kind_label(item["kind"]),
        presenters.get(item.get("party") or item.get("body") or "", ""),
        item_times(item["starts"], found) if item.get("starts") else [],
        ngettext("%(number)d minute", "%(number)d minutes", length) % {"number": length} if length else "",
    )


@dataclass(frozen=True, slots=True)
class MemberShown:
    """One member: names and titles as equals, in the order of the pages' languages."""

    number: int
    key: str
    names: list[dict[str, str]]
    role: str
    head: bool
    instead: str
    present: bool
    attendance: str
    remote: bool


@dataclass(frozen=True, slots=True)
class DelegationShown:
    """One side's delegation; without a row, that it has not said it yet."""

    party: PartyShown
    badge: Standing
    own: bool
    members: list[MemberShown]
    count: str
    url: str
    handle: str
    said: str
    versions: list[dict[str, str]]


def delegations(request: HttpRequest, meeting: MeetingRow, parties: Sequence[PartyShown]) -> list[DelegationShown]:
    """Both sides' delegations, in the order of the founding act; one query."""
    rows = {row.party: row for row in open_to(request, DelegationRow.objects.filter(meeting=meeting.id, current=True))}
    return [delegation_shown(rows.get(party.id), party, parties) for party in parties]


def delegation_shown(row: DelegationRow | None, party: PartyShown, parties: Sequence[PartyShown]) -> DelegationShown:
    badge, own = one_side(party.id, parties), party.id == settings.NODE.party
    if row is None:
        return DelegationShown(party, badge, own, [], "", "", "", "", [])
    languages = languages_by_page(v["lang"] for v in row.versions)
    called = {m["key"]: name_of(_names(m["names"]), side=party.id) for m in row.members}
    members = [
        MemberShown(
            n,
            m["key"],
            [{"lang": lang, "name": m["names"].get(lang, "–"), "title": m["titles"].get(lang, "")} for lang in languages],
            words.role_label(m["role"]),
            m["role"] == "head",
            called.get(m.get("for", ""), ""),
            m["attendance"] == PRESENT,
            words.attendance_label(m["attendance"]),
            bool(m.get("remote")),
        )
        for n, m in enumerate(row.members, 1)
    ]
    present, every = sum(m.present for m in members), len(members)
    said = _("%(present)d of %(every)d present") % {"present": present, "every": every}
    versions = sorted(row.versions, key=lambda v: languages.index(v["lang"]))
    return DelegationShown(party, badge, own, members, said, act_url(row.act), handle(row.act), day(row.said[:10]), versions)


def _names(names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"lang": lang, "text": text} for lang, text in names.items() if text]


def about_url(view: str, meeting: MeetingRow) -> str:
    """The address of an editor about a meeting."""
    return f"{reverse(f'meetings:{view}')}?meeting={meeting.id}"
