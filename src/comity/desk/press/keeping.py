"""A source as a whole: what it is about, its language and day, its line; removing it and bringing it back."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comity.desk.accounts.models import Officer
from comity.desk.press import reading
from comity.desk.press.about import subjects
from comity.desk.press.intake import check_address, check_date, one_line
from comity.desk.press.models import Proposal, Source
from comity.desk.press.policy import why_not_review
from comity.errors import Malformed, Refused
from comity.press.intake import LANGUAGES


def describe(actor: Officer, source: Source, said: dict[str, str]) -> bool:
    """Change what is said of a source; returns whether it is read again, because its language, day or mechanism is another one.

    Raises Refused for who may not and where something was accepted already, Malformed for what is no date, address or language.
    """
    _allow(actor)
    language, date = said.get("language", source.language), check_date(said.get("date", source.date))
    case = said.get("case", source.case)
    if language not in LANGUAGES or (case and case not in subjects()):
        raise Malformed("This is none of the choices.", place="source", remedy="Choose one that is offered.")
    again = (language, date, case) != (source.language, source.date, source.case) or source.state == Source.FAILED
    if again and source.proposals.filter(state=Proposal.ACCEPTED).exists():
        raise Refused(
            "Something of this source is accepted already.", place="source", remedy="Undo it first; then the source is read again."
        )
    source.guessed = source.guessed and language == source.language
    source.language, source.date, source.case = language, date, case
    source.title = one_line(said.get("title", source.title))[:300]
    source.publisher = one_line(said.get("publisher", source.publisher))[:200]
    source.address = check_address(said.get("address", source.address))
    if again:
        source.state = Source.NEW
    source.save()
    if again:
        reading.soon(source)
    return again


def move_line(actor: Officer, source: Source, line: str) -> None:
    """Set the confidence below which nothing is accepted in bulk."""
    _allow(actor)
    try:
        value = float(line.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise Malformed("The line is a number from 0 to 1.", place="line", remedy="Write e.g. 0.85.")
    source.line = value
    source.save(update_fields=["line"])


def remove(actor: Officer, source: Source) -> None:
    """Put a source away, unless something of it was accepted. It can be brought back for a day."""
    _allow(actor)
    with transaction.atomic():
        Source.objects.select_for_update().get(pk=source.pk)
        if source.proposals.filter(state=Proposal.ACCEPTED).exists():
            raise Refused("Something of this source is accepted, so it is kept.", place="source", remedy="Undo it first.")
        source.removed = timezone.now()
        source.save(update_fields=["removed"])


def bring_back(actor: Officer, source: Source) -> None:
    """Undo the removing."""
    _allow(actor)
    source.removed = None
    source.save(update_fields=["removed"])


def _allow(actor: Officer | None) -> None:
    if refusal := why_not_review(actor, settings.NODE.party):
        raise Refused(str(refusal), place="role")
