"""Whose turn it is to host: computed from who hosted when, told with its reason, and never binding.

1. ``alternate``: the party that has waited longest. Who never hosted has waited longest of all; among those, the founding order decides.
   Between two parties this is turn and turn about, and it heals itself after a turn was skipped or given away.
2. ``as_founded``: the party that follows the last host in the founding order, and after the last one the first again.
3. A meeting without a host (online, on neutral ground) is no turn. A past host that is no party any more is passed over.

An officer may convene elsewhere; the reason for that stands with the convening, not here.

>>> turn = next_host(("arvena", "kelmor"), (Hosted("arvena", 1, "2016-09-12"), Hosted("kelmor", 2, "2017-06-05")))
>>> turn.party, turn.why
('arvena', 'waited_longest')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ORDERS = ("alternate", "as_founded")
REASONS = ("never_hosted", "waited_longest", "follows_last_host", "nobody_hosted_yet")


@dataclass(frozen=True, slots=True)
class Hosted:
    """Who hosted one meeting: ``party`` (none if nobody did), its number in its series, ``when`` as a partial date ``YYYY[-MM[-DD]]``."""

    party: str | None
    ordinal: int
    when: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is and why.

    ``why`` is one of :data:`REASONS`; ``own_last`` is when this party hosted before; ``last`` is the last turn that counted;
    ``times`` says per party, in the founding order, how often it hosted.
    """

    party: str
    order: str
    why: str
    own_last: Hosted | None
    last: Hosted | None
    times: tuple[tuple[str, int], ...]


def next_host(parties: Sequence[str], past_hosts: Sequence[Hosted], order: str = "alternate") -> Turn:
    """The party whose turn it is after ``past_hosts``.

    ``parties`` are those of today in the founding order; ``past_hosts`` may come in any order and is read by its ordinals, so hand over one
    series. Raises :class:`ValueError` without parties or for an order that is none of :data:`ORDERS`: both are faults of the caller.
    """
    if not parties or order not in ORDERS:
        raise ValueError(f"next_host needs parties and an order of {ORDERS}, not {order!r}")
    turns = [h for h in sorted(past_hosts, key=lambda h: h.ordinal) if h.party in parties]
    latest = {h.party: h for h in turns}  # later ones replace earlier ones
    last = turns[-1] if turns else None
    if last is None:
        party, why = parties[0], "nobody_hosted_yet"
    elif order == "as_founded":
        party, why = parties[(list(parties).index(str(last.party)) + 1) % len(parties)], "follows_last_host"
    else:
        party = min(parties, key=lambda p: latest[p].ordinal if p in latest else 0)
        why = "waited_longest" if party in latest else "never_hosted"
    times = tuple((p, sum(h.party == p for h in turns)) for p in parties)
    return Turn(party, order, why, latest.get(party), last, times)
