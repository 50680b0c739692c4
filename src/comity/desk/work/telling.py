"""Notifications: what each officer is told, once. Those about the record are gathered from the tables; who said them does not matter.

What acts bring is told with the rows of these acts, in one transaction; what a draft asks for, as it is closed; what the calendar brings,
by the clock, which also finds whatever was not told before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
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
    """Look through the tables for all that officers have to be told; returns how many notifications are new."""
    people, party = _people(), settings.NODE.party
    waiting, drafts, texts = ActRow.objects.all(), Draft.objects.exclude(act=""), TextRow.objects.all()
    ended = drafts.filter(updated__gte=now - RECENT)
    return _keep(
        [
            *_waiting(people, party, waiting),
            *_closed(people, party, drafts),
            *_ended(people, ended, now),
            *_texts(people, party, texts, now),
            *_due(people, party, now),
            *_meetings(people, now),
        ]
    )


def tell_of_acts(acts: Collection[str], now: datetime) -> int:
    """Tell what these acts bring, whose rows are written; returns how many notifications are new."""
    people, party = _people(), settings.NODE.party
    if not people:
        return 0
    ended, texts = Draft.objects.filter(act__in=acts), TextRow.objects.filter(act__in=acts)
    waiting = ActRow.objects.filter(id__in=acts)
    return _keep([*_waiting(people, party, waiting), *_ended(people, ended, now), *_texts(people, party, texts, now)])


def tell_of_draft(instance: Draft, raw: bool = False, **_: Any) -> None:
    """Tell who may sign it of a draft that was closed."""
    if instance.act and not instance.done and not raw:
        _keep(_closed(_people(), settings.NODE.party, Draft.objects.filter(key=instance.key)))


def _people() -> list[Officer]:
    """Whom a party tells of the record; an observer's officers have nothing to sign and nobody who waits for them."""
    if not settings.NODE.party:
        return []
    return list(Officer.objects.select_related("user", "wishes").prefetch_related("roles").filter(user__is_active=True))


def _keep(found: Iterable[Notice]) -> int:
    wanted = [one for one in found if one.kind not in quiet(one.officer)]
    if not wanted:
        return 0
    known = set(Notice.objects.filter(key__in={one.key for one in wanted}).values_list("officer", "key"))
    fresh = [one for one in wanted if (one.officer_id, one.key) not in known]
    if fresh:
        Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _one(officer: Officer, kind: Kind, key: str, path: str, titles: Mapping[str, str], at: datetime, **data: Any) -> Notice:
    return Notice(officer=officer, kind=kind, key=f"{kind}-{key}"[:160], path=path, titles=dict(titles), data=data, at=at)


def _waiting(people: list[Officer], party: str, acts: QuerySet[ActRow]) -> Iterable[Notice]:
    for row in acts.filter(status="open"):
        if party in row.missing and row.signed:
            path = reverse("record:act", args=[row.id])
            for officer in people:
                if not why_not_sign(officer, party, row.type, row.mechanism):
                    yield _one(officer, Kind.SIGN, row.id, path, row.titles, row.arrived, type=row.type)


def _closed(people: list[Officer], party: str, drafts: QuerySet[Draft]) -> Iterable[Notice]:
    for row in drafts.filter(done=False).defer("payload", "body", "working"):
        path = reverse("record:draft", args=[row.key])
        for officer in people:
            if officer.user_id != row.author_id and not why_not_sign(officer, party, row.type, row.mechanism):
                yield _one(officer, Kind.DRAFT, row.act, path, row.titles, row.updated, type=row.type)


def _ended(people: list[Officer], drafts: QuerySet[Draft], now: datetime) -> Iterable[Notice]:
    drafted = dict(drafts.filter(done=True).values_list("act", "author"))
    if not drafted:
        return
    by_user = {officer.user_id: officer for officer in people}
    for row in ActRow.objects.filter(id__in=drafted, status__in=["in_force", "declined"]):
        officer = by_user.get(drafted[row.id])
        if officer is not None and len(row.signatories) > 1:
            path = reverse("record:act", args=[row.id])
            yield _one(officer, Kind.ENDED, f"{row.id}-{row.status}", path, row.titles, now, status=row.status)


def _texts(people: list[Officer], party: str, texts: QuerySet[TextRow], now: datetime) -> Iterable[Notice]:
    forward = list(texts.filter(stage="forward", in_force=True).exclude(proposer=party))
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


def _meetings(people: list[Officer], now: datetime) -> Iterable[Notice]:
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
