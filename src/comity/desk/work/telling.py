"""Notifications: what each officer is told, once. Those about the record are gathered from the tables; who said them does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_sign
from comity.desk.commitments.models import CommitmentRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.record.models import ActRow, Draft
from comity.desk.texts.models import TextRow
from comity.desk.work.models import Kind, Notice

REMIND = (30, 7, 0)  # days before a commitment is due; and again when it is overdue
MEETING = (14, 2)  # days before a meeting begins
RECENT = timedelta(days=14)  # what ended longer ago is not told to somebody new


def tell(
    officer: Officer, kind: str, key: str, path: str, *, titles: Mapping[str, str], data: Mapping[str, Any] | None = None, now: datetime
) -> None:
    """Tell one thing once, unless the officer has said that she does not want to know such things."""
    if kind not in quiet(officer):
        defaults = {"kind": kind, "path": path[:300], "titles": dict(titles), "data": dict(data or {}), "at": now}
        Notice.objects.get_or_create(officer=officer, key=key[:160], defaults=defaults)


def quiet(officer: Officer) -> frozenset[str]:
    wishes = getattr(officer, "wishes", None)
    return frozenset(wishes.quiet) if wishes else frozenset()


def gather(now: datetime) -> int:
    """Look through the tables for what officers have to be told; returns how many notifications are new."""
    party = settings.NODE.party
    if not party:
        return 0
    people = list(Officer.objects.select_related("user", "wishes").filter(user__is_active=True))
    found = [one for source in (_waiting, _closed, _ended, _texts, _due, _meetings) for one in source(people, party, now)]
    wanted = [one for one in found if one.kind not in quiet(one.officer)]
    known = set(Notice.objects.filter(key__in={one.key for one in wanted}).values_list("officer", "key"))
    fresh = [one for one in wanted if (one.officer_id, one.key) not in known]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _one(officer: Officer, kind: Kind, key: str, path: str, titles: Mapping[str, str], at: datetime, **data: Any) -> Notice:
    return Notice(officer=officer, kind=kind, key=f"{kind}-{key}"[:160], path=path, titles=dict(titles), data=data, at=at)


def _waiting(people: list[Officer], party: str, now: datetime) -> Iterable[Notice]:
    for row in ActRow.objects.filter(status="open"):
        if party in row.missing and row.signed:
            path = reverse("record:act", args=[row.id])
            for officer in people:
                if not why_not_sign(officer, party, row.type, row.mechanism):
                    yield _one(officer, Kind.SIGN, row.id, path, row.titles, row.arrived, type=row.type)


def _closed(people: list[Officer], party: str, now: datetime) -> Iterable[Notice]:
    for row in Draft.objects.filter(done=False).exclude(act="").select_related("author").defer("payload", "body", "working"):
        path = reverse("record:draft", args=[row.key])
        for officer in people:
            if officer.user_id != row.author_id and not why_not_sign(officer, party, row.type, row.mechanism):
                yield _one(officer, Kind.DRAFT, row.act, path, row.titles, row.updated, type=row.type)


def _ended(people: list[Officer], party: str, now: datetime) -> Iterable[Notice]:
    drafted = dict(Draft.objects.filter(done=True, updated__gte=now - RECENT).exclude(act="").values_list("act", "author"))
    by_user = {officer.user_id: officer for officer in people}
    for row in ActRow.objects.filter(id__in=drafted, status__in=["in_force", "declined"]):
        officer = by_user.get(drafted[row.id])
        if officer is not None and len(row.signatories) > 1:
            path = reverse("record:act", args=[row.id])
            yield _one(officer, Kind.ENDED, f"{row.id}-{row.status}", path, row.titles, now, status=row.status)


def _texts(people: list[Officer], party: str, now: datetime) -> Iterable[Notice]:
    forward = list(TextRow.objects.filter(stage="forward", in_force=True).exclude(proposer=party))
    acts = ActRow.objects.in_bulk([text.act for text in forward])
    for text in forward:
        row = acts.get(text.act)
        if row is not None and row.arrived > now - RECENT:
            for officer in people:
                if officer.role_in(text.mechanism) != "reader":
                    yield _one(officer, Kind.TEXT, text.id, reverse("texts:detail", args=[text.id]), text.titles, row.arrived)


def _due(people: list[Officer], party: str, now: datetime) -> Iterable[Notice]:
    today = timezone.localtime(now).date()
    rows = CommitmentRow.objects.filter(Q(due_last__lte=today + timedelta(days=max(REMIND))), in_force=True, closed=False)
    for row in rows.filter(bound__contains=f"|{party}|"):
        assert row.due_last is not None
        step = _step((row.due_last - today).days, REMIND)
        path = reverse("commitments:detail", args=[row.id])
        for officer in people:
            if officer.role_in(row.mechanism) != "reader":
                yield _one(officer, Kind.DUE, f"{row.id}-{step}", path, row.quotes, now, on=row.due_last.isoformat())


def _meetings(people: list[Officer], party: str, now: datetime) -> Iterable[Notice]:
    today = timezone.localtime(now).date()
    until = (today + timedelta(days=max(MEETING))).isoformat()
    for row in MeetingRow.objects.filter(in_force=True, first_day__gte=today.isoformat(), first_day__lte=until):
        if len(row.first_day) == 10:
            step = _step((date.fromisoformat(row.first_day) - today).days, MEETING)
            titles = ActRow.objects.filter(id=row.act).values_list("titles", flat=True).first() or {}
            for officer in people:
                yield _one(
                    officer, Kind.MEETING, f"{row.id}-{step}", reverse("meetings:detail", args=[row.id]), titles, now, on=row.first_day
                )


def _step(left: int, steps: tuple[int, ...]) -> str:
    """Which reminder is due with so many days left."""
    return "late" if left < 0 else str(min(step for step in (*steps, 10_000) if step >= left))
