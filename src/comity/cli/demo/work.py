"""What the officers of the demonstration have among themselves: remarks that speak to colleagues, drafts, one entered for somebody else.

Nothing of it is in the record, so it is written into each node's own tables, in the process of that node.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.cli.demo.people import House


@dataclass(frozen=True, slots=True)
class Said:
    """A remark: on which act (its type, who proposed it), by whom, how many hours ago."""

    on: str
    proposer: str
    by: str
    hours: int
    text: str


REMARKS = {
    "arvena": (
        Said(
            "meetings/convene/1",
            "kelmor",
            "ilena",
            20,
            "@tovan November 2027 suits the House; the Senate has not fixed its weeks yet. Sign as it stands?",
        ),
        Said(
            "meetings/convene/1",
            "kelmor",
            "sela",
            3,
            "@tovan @ilena Точные дни можно назвать позднее отдельным актом. Возражений у секретариата нет.",
        ),
        Said("texts/put-forward/1", "kelmor", "sela", 26, "@ilena please compare article 2 with what we agreed in Ostrel last year."),
        Said("texts/put-forward/1", "kelmor", "ilena", 2, "@sela 第二条“每两年”与俄文一致，但我方建议写明首次互派的月份。"),
    ),
    "kelmor": (
        Said("meetings/convene/1", "arvena", "dara", 22, "@aren Арвена просит добавить второй день. Зал в Талинде свободен и 9 декабря."),
        Said("meetings/convene/1", "arvena", "juno", 4, "@aren @dara The protocol office agrees; please sign before the weekend."),
        Said("texts/put-forward/1", "kelmor", "aren", 5, "@juno @dara 对方若三日内未答复，请再次提醒。"),
    ),
}
NOTES = {
    "arvena": ("sela", "tovan", "The translation has reached article 61 of 84; the terms of chapter 4 wait for the Law Library."),
    "kelmor": ("juno", "aren", "Комитет по международным делам рассмотрит доклад на заседании 10 декабря 2026 года."),
}


def leave(house: House) -> None:
    """Put these things on the desks of a house's officers, unless some are there or there is no record to speak of."""
    from django.utils import timezone

    from comity.desk.record.models import ActRow
    from comity.desk.work.models import Remark
    from comity.desk.work.telling import gather

    now = timezone.now()
    if house.key not in REMARKS or Remark.objects.exists() or not ActRow.objects.exists():
        return
    for said in REMARKS[house.key]:
        _say(said, now - timedelta(hours=said.hours))
    _drafts(house.key, now)
    gather(now)


def _say(said: Said, at: Any) -> None:
    from django.urls import reverse

    from comity.desk.accounts.models import Officer
    from comity.desk.record.models import ActRow
    from comity.desk.show import title_for, type_label
    from comity.desk.work import remarking

    row = ActRow.objects.filter(type=said.on, proposer=said.proposer).order_by("-said").first()
    if row is not None:
        author = Officer.objects.get(user__username=said.by)
        path, title = reverse("record:act", args=[row.id]), title_for(row.titles) or type_label(row.type)
        remarking.add(author, row.id, said.text, path=path, title=title, now=at)


def _drafts(house: str, now: Any) -> None:
    """A report that the secretary has entered for a co-chair, and one that a drafter has begun."""
    from comity.desk.accounts.models import Officer
    from comity.desk.commitments.models import CommitmentRow
    from comity.desk.record.models import Draft
    from comity.desk.work.models import OnBehalf

    secretary, principal, note = NOTES[house]
    row = CommitmentRow.objects.filter(bound=f"|{house}|", in_force=True).order_by("due_last").first()
    if row is None:
        return
    typist, chair = (Officer.objects.get(user__username=name) for name in (secretary, principal))
    lang = "ru" if "К" in note else "en"
    working = {"mechanism": row.mechanism, "commitment": row.id, "progress": "under_way", "when": "2026-11-20", f"note_{lang}": note}
    draft = Draft.objects.create(
        type="commitments/report/1",
        mechanism=row.mechanism,
        titles=row.quotes,
        audience={"to": "parties"},
        working=working,
        author=typist.user,
    )
    OnBehalf.objects.create(draft=draft, principal=chair, entered_by=typist, at=now)
    drafter = Officer.objects.filter(role="drafter").first()
    joint = CommitmentRow.objects.filter(nature="joint", reported=False, in_force=True).order_by("-said").first()
    if drafter is not None and joint is not None:
        begun = {"mechanism": joint.mechanism, "commitment": joint.id, "progress": "not_started", "when": "2026-11"}
        Draft.objects.create(
            type="commitments/report/1",
            mechanism=joint.mechanism,
            titles=joint.quotes,
            audience={"to": "parties"},
            working=begun,
            author=drafter.user,
        )
