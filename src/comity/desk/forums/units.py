"""What a line of a pair stands for: a seat, a state or a code; the switch between them, and where one state followed another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comity.desk.forums.engine import CODE, SEAT, STATE, UNITS
from comity.desk.forums.names import state_name, unit_name
from comity.desk.show import day

if TYPE_CHECKING:
    from comity.desk.forums.pair import Pair
    from comity.forums.figures import Turn

NAMES = {
    SEAT: pgettext_lazy("what a line stands for", "seat"),
    STATE: pgettext_lazy("what a line stands for", "state"),
    CODE: pgettext_lazy("what a line stands for", "code"),
}
MEAN = {
    SEAT: gettext_lazy("The line follows the seat, whichever state sat on it."),
    STATE: gettext_lazy("The line follows the state: it has votes only while this state was a member."),
    CODE: gettext_lazy("The line follows the code of the source, whichever state bore it."),
}


def switch(pair: Pair) -> dict[str, Any]:
    """The three ways to read the pair, each with its address; nothing to choose where all three are the same votes."""
    choices, votes = [], set()
    for unit in UNITS:
        a, b = _same(pair, pair.a, unit), _same(pair, pair.b, unit)
        asked = pair.query | {"a": a, "b": b, "unit": unit if unit != SEAT else ""}
        address = f"{reverse('forums:pair', args=[pair.forum.id])}?{urlencode({k: v for k, v in asked.items() if v})}"
        choices.append({"label": str(NAMES[unit]), "url": address, "current": unit == pair.unit})
        votes.add((pair.engine.columns(a, unit), pair.engine.columns(b, unit)))
    return {"choices": choices if len(votes) > 1 else [], "mean": str(MEAN[pair.unit])}


def _same(pair: Pair, key: str, unit: str) -> str:
    """What the latest state under ``key`` is called by another unit."""
    latest = pair.engine.columns(key, pair.unit)[-1]
    return str(getattr(latest, unit))


def told(pair: Pair) -> list[str]:
    """A sentence for each side on which one state followed another, or that is no longer here."""
    said = []
    for key in (pair.a, pair.b):
        name = unit_name(pair.engine, key, pair.unit)
        steps = [
            _("from %(day)s %(state)s") % {"day": day(c.day), "state": state_name(pair.engine, c.after.state)}
            for c in pair.engine.changes(key, pair.unit)
        ]
        if steps:
            first = state_name(pair.engine, pair.engine.changes(key, pair.unit)[0].before.state)
            said.append(_("%(name)s: %(states)s.") % {"name": name, "states": _("; ").join([first, *steps])})
        last = pair.engine.last_vote(key, pair.unit)
        if last >= 0 and pair.engine.calls.events[last].session < pair.engine.sessions[-1]:
            when = day(pair.engine.calls.events[last].date[:10])
            said.append(_("%(name)s: the last vote here is of %(day)s.") % {"name": name, "day": when})
    return said


def turns(pair: Pair, order: list[str]) -> list[Turn]:
    """The changes as marks on the axis of periods; one that falls between two periods stands at the next."""
    from comity.forums.figures import Turn

    found = []
    for key in (pair.a, pair.b):
        for change in pair.engine.changes(key, pair.unit):
            event = pair.engine.calls.events[change.event]
            period = event.session if pair.by == "session" else event.year
            at = next((n for n, p in enumerate(order) if int(p) >= period), None)
            if at is not None:
                before, after = state_name(pair.engine, change.before.state), state_name(pair.engine, change.after.state)
                found.append(Turn(at, f"{before} → {after}"))
    return sorted(found, key=lambda t: t.at)
