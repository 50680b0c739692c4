"""All that may be said, gathered from the domains: the one place that knows every type."""

from __future__ import annotations

from comity.commitments import acts as commitments
from comity.errors import Unsayable
from comity.forums import acts as forums
from comity.mechanisms import acts as mechanisms
from comity.meetings import acts as meetings
from comity.terms import builtin
from comity.terms.act import Act, ActType, Known, check_sense
from comity.texts import acts as texts
from comity.texts import term_acts

TYPES: dict[str, ActType] = {
    kind.name: kind
    for kind in (*mechanisms.TYPES, *meetings.TYPES, *texts.TYPES, *term_acts.TYPES, *commitments.TYPES, *forums.TYPES, *builtin.TYPES)
}


def misunderstanding(act: Act, known: Known) -> Unsayable | None:
    """Why this version cannot read ``act``; None if it makes sense.

    An unknown type is not an error: the act stands, is shown as "newer version", and its objects freeze (rule 9).
    """
    kind = TYPES.get(act.type)
    if kind is None:
        return Unsayable("{type} is not known to this version.", place="predicateType", type=act.type)
    try:
        check_sense(act, kind, known)
        meetings.still_open(act)
    except Unsayable as error:
        return error
    return None
