"""Which seat votes for which party: a setting of this node, by forum and mechanism. Invented parties have invented seats."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest

from comity.desk.forums.library import Held
from comity.desk.forums.models import Seat
from comity.desk.record.visible import visible_mechanisms

INVENTED = {"arvena": "ARV", "kelmor": "KEL", "sorvell": "SOR"}


def seats_of(forum: str, mechanism: str) -> dict[str, str]:
    """Party → seat, as set on this node; in a demonstration the invented parties begin with the seats of their own invented states."""
    found = dict(Seat.objects.filter(forum=forum, mechanism=mechanism).values_list("party", "code"))
    return found or (dict(INVENTED) if forum == "demo" and settings.NODE.demonstration else {})


def own_pair(request: HttpRequest, forum: Held) -> tuple[str, str] | None:
    """The seats of this node's party and of a partner in a mechanism that this reader may see; an observer's node takes the first two."""
    for mechanism in visible_mechanisms(request):
        order = [p["id"] for p in mechanism.parties]
        seats = seats_of(forum.id, mechanism.id)
        known = [p for p in order if p in seats]
        own = settings.NODE.party
        if own in known and len(known) > 1:
            known = [own, *(p for p in known if p != own)]
        if len(known) > 1:
            return seats[known[0]], seats[known[1]]
    return None


def set_seats(forum: str, mechanism: str, seats: Mapping[str, str]) -> None:
    """Write the seats of a mechanism's parties; an empty one removes the setting."""
    for party, code in seats.items():
        here = Seat.objects.filter(forum=forum, mechanism=mechanism, party=party)
        if code:
            Seat.objects.update_or_create(forum=forum, mechanism=mechanism, party=party, defaults={"code": code})
        else:
            here.delete()
