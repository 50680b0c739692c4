"""From an accepted proposal to a draft act of this side: what the source says is filled in; the rest is the drafter's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from comity.commitments.acts import UNDERTAKE
from comity.desk.accounts.models import Officer
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.press.about import subjects
from comity.desk.press.models import Proposal, Source
from comity.desk.record.services import DraftContent, save_draft
from comity.desk.texts import queries
from comity.desk.texts.models import TextRow
from comity.errors import Refused
from comity.meetings.acts import CONVENE
from comity.press.relations import likeness

_FIELD = {"zh": "zh", "ru": "ru", "en": "en"}


def start(actor: Officer, source: Source, proposal: Proposal) -> str:
    """Begin a draft from what was accepted; returns the address of its form. Raises Refused where none can be."""
    subject = subjects().get(source.case)
    record = subject.record if subject else None
    if record is None:
        raise Refused("This mechanism is only observed; this side has no record of it.", place="mechanism")
    if proposal.state != Proposal.ACCEPTED:
        raise Refused("A draft begins from what was accepted.", place="proposal", remedy="Accept it first.")
    if proposal.kind == "meeting":
        return _convene(actor, record, source, proposal.said)
    if proposal.kind == "commitment":
        return _undertake(actor, record, source, proposal.said)
    raise Refused("A draft begins from a meeting or a commitment.", place="proposal")


def _convene(actor: Officer, record: MechanismRow, source: Source, said: dict[str, Any]) -> str:
    first, last = str(said.get("date") or ""), str(said.get("end_date") or "")
    working: dict[str, Any] = {
        "mechanism": record.id,
        "series": record.series[0]["key"],
        "first_day": first,
        "last_day": last if last != first else "",
        "mode": "in_person",
        "opens_zone": settings.NODE.zone,
    }
    if said.get("place"):
        working[f"place0_{_FIELD[source.language]}"] = str(said["place"])
    draft = save_draft(actor, DraftContent(CONVENE, record.id, {}, {}, working=working))
    return f"{reverse('meetings:convene')}?draft={draft.key}"


def _undertake(actor: Officer, record: MechanismRow, source: Source, said: dict[str, Any]) -> str:
    """The provision of an adopted text whose words are most like the source's; a commitment is always marked in a text."""
    best: tuple[float, str, str] | None = None
    for text in TextRow.objects.filter(mechanism=record.id, stage="adopted", in_force=True).order_by("-said")[:20]:
        for lang, document in queries.documents([v for v in text.versions if v["status"] == "authentic"]).items():
            if document is None or lang.split("-")[0] != source.language:
                continue
            for provision in document.version.walk():
                if provision.text:
                    score = (likeness(str(said.get("words") or ""), provision.text), text.id, provision.eid)
                    best = max(best, score, key=lambda one: one[0]) if best else score
    if best is None:
        raise Refused(
            "There is no adopted text in this language in which it could be marked.",
            place="text",
            remedy="Put a text forward and adopt it first; a commitment is marked in its words.",
        )
    nature = said.get("nature")
    query = f"?text={best[1]}&eid={best[2]}"
    working = {
        "mechanism": record.id,
        "text": best[1],
        "eid": best[2],
        "nature": nature if nature in ("joint", "pledge") else "pledge",
        "due": "by" if said.get("due") else "none",
        "due_by": str(said.get("due") or ""),
        "areas": "\n".join(said.get("area") or ()),
    }
    draft = save_draft(actor, DraftContent(UNDERTAKE, record.id, {}, {}, working=working))
    return f"{reverse('commitments:undertake')}{query}&draft={draft.key}"
