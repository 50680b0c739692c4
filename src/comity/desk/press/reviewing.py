"""What a person decides about proposals: accept, edit, reject, undo, accept all above the line. The actor is passed in; each decision says
what it changed, or refuses. What is accepted is in the log before it is marked as accepted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comity.desk.accounts.models import Officer
from comity.desk.press import conflicts, observing
from comity.desk.press.about import Subject, subjects
from comity.desk.press.conflicts import Met
from comity.desk.press.fragments import Reviewed, made, opening, source_fragment, source_id
from comity.desk.press.models import Proposal, Source, Word
from comity.desk.press.policy import why_not_review
from comity.desk.press.proposals import propose_narration
from comity.errors import Refused
from comity.observations.model import Fragment

MOST_KEYS, MOST_SECONDS = 500, 3600  # what one decision may add to the effort


@dataclass(frozen=True, slots=True)
class Effort:
    """What a decision cost: keys and buttons pressed, seconds since the last one."""

    keystrokes: int = 1
    seconds: int = 0


def accept(actor: Officer, source: Source, labels: Sequence[str], *, edited: Mapping[str, Any] | None = None) -> list[Proposal]:
    """Accept open proposals, in the order of the text; ``edited`` is what a person put in place of the one that is accepted."""
    subject = _ready(actor, source)
    with transaction.atomic():
        rows = [row for row in _locked(source) if row.label in labels and row.state == Proposal.OPEN]
        if not rows:
            raise Refused("This proposal is decided already.", place="proposal", remedy="Undo it first, if you want to decide anew.")
        found = conflicts.met(source, subject)
        fragments: list[Fragment] = [] if subject.case else opening(subject)
        # Meetings first: what was said at one is said at it.
        for row in sorted(rows, key=lambda r: (r.kind != "meeting", r.kind != "person", r.start)):
            row.edited = dict(edited) if edited is not None and dict(edited) != row.value else row.edited
            fragments += _accepted(actor, source, subject, found.get(row.place, ()), row)
        observing.append(fragments)
        _settle(source)
    return rows


def _accepted(actor: Officer, source: Source, subject: Subject, met: Sequence[Met], row: Proposal) -> list[Fragment]:
    reviewed = Reviewed(source, subject, met, in_whose_name(), datetime.now(UTC).isoformat(timespec="microseconds"))
    first: list[Fragment] = []
    if not source.entry:
        entry = source_fragment(reviewed)
        first, source.entry = [entry], entry.id
    said = made(reviewed, row)
    row.about, row.fragments = said.about, [one.id for one in said.said]
    row.state, row.by, row.decided = Proposal.ACCEPTED, actor.user, timezone.now()
    row.save()
    Word.objects.bulk_create([Word(fragment=one.id, proposal=row) for one in said.said], ignore_conflicts=True)
    return [*first, *said.before, *said.said]


def in_whose_name() -> str:
    """Whom a fragment names as its reviewer: the side or institution of this node, since what is in the log may be shown to anybody. Who
    of them it was, this node alone keeps, with the proposal."""
    names = {str(one["lang"]): str(one["text"]) for one in reversed(settings.NODE.names)}
    return names.get("en") or next(iter(names.values()), settings.NODE.host)


def above_the_line(source: Source) -> tuple[list[str], list[str]]:
    """Labels of the open proposals that may be accepted all at once; and of those above the line that first have to be looked at, because
    they contradict what is known.
    """
    subject = subjects().get(source.case)
    against = conflicts.contradicted(conflicts.met(source, subject))
    rows = [row for row in source.proposals.filter(state=Proposal.OPEN) if row.confidence >= source.line]
    return [row.label for row in rows if row.place not in against], [row.label for row in rows if row.place in against]


def reject(actor: Officer, source: Source, label: str) -> Proposal:
    """Reject an open proposal; nothing of it enters any record."""
    _ready(actor, source, case=False)
    with transaction.atomic():
        row = next((one for one in _locked(source) if one.label == label and one.state == Proposal.OPEN), None)
        if row is None:
            raise Refused("This proposal is decided already.", place="proposal", remedy="Undo it first, if you want to decide anew.")
        row.state, row.by, row.decided = Proposal.REJECTED, actor.user, timezone.now()
        row.save()
        _settle(source)
    return row


def undo(actor: Officer, source: Source, label: str = "") -> Proposal:
    """Open a decided proposal again, the last one if none is named. What was observed of it is taken back by one more fragment."""
    _ready(actor, source, case=False)
    with transaction.atomic():
        decided = [one for one in _locked(source) if one.state != Proposal.OPEN and one.decided and label in ("", one.label)]
        if not decided:
            raise Refused("There is nothing to undo.", place="proposal")
        row = max(decided, key=lambda one: (one.decided, one.id))
        was_accepted = row.state == Proposal.ACCEPTED
        about, fragments = row.about, list(row.fragments)
        row.words.all().delete()
        row.state, row.by, row.decided, row.edited, row.about, row.fragments = Proposal.OPEN, None, None, None, "", []
        row.save()
        if was_accepted:
            back = [observing.retraction(about, fragments)]
            if source.entry and not source.proposals.filter(state=Proposal.ACCEPTED).exists():
                back.append(observing.retraction(f"{source.case}/sources/{source_id(source.key)}", [source.entry]))
                source.entry = ""
            observing.append(back)
        _settle(source)
    return row


def tell_all(actor: Officer, source: Source) -> int:
    """Put what the source narrates up for review too; returns how many sentences."""
    _ready(actor, source, case=False)
    with transaction.atomic():
        _locked(source)
        return propose_narration(source)


def spend(source: Source, effort: Effort) -> None:
    """Count what a decision cost its reviewer."""
    source.keystrokes += max(1, min(effort.keystrokes, MOST_KEYS))
    source.seconds += max(0, min(effort.seconds, MOST_SECONDS))
    source.save(update_fields=["keystrokes", "seconds"])


def _ready(actor: Officer, source: Source, *, case: bool = True) -> Subject:
    if refusal := why_not_review(actor, settings.NODE.party):
        raise Refused(str(refusal), place="role")
    if source.removed:
        raise Refused("This source was removed.", place="source", remedy="Bring it back first.")
    subject = subjects().get(source.case)
    if subject is None and case:
        raise Refused(
            "Which mechanism this source is about is not said yet.", place="case", remedy="Choose it below the article, then accept."
        )
    return subject or Subject("")


def _locked(source: Source) -> list[Proposal]:
    Source.objects.select_for_update().get(pk=source.pk)
    return list(source.proposals.select_for_update())


def _settle(source: Source) -> None:
    """A source is done when nothing of it is open."""
    open_ones = source.proposals.filter(state=Proposal.OPEN).exists()
    source.state = Source.REVIEW if open_ones else Source.DONE
    source.save(update_fields=["state", "entry"])
