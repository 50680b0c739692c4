"""What went wrong as it is kept for the people of this node: sentences with their gaps, and what fills them.

Finished sentences would be English for ever; so each reader's page fills the gaps after it has translated the sentence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from comity.errors import MAX_DETAIL, ComityError


def kept(error: ComityError) -> dict[str, str]:
    """The columns ``place``, ``message``, ``remedy`` and ``details`` (a JSON object of texts) of a row about *error*."""
    details = {name: str(value)[:MAX_DETAIL] for name, value in error.details.items()}
    return {
        "place": error.place[:MAX_DETAIL],
        "message": error.template[:4000],
        "remedy": error.remedy_template[:2000],
        "details": json.dumps(details, ensure_ascii=False, sort_keys=True),
    }


def told(row: Mapping[str, object]) -> ComityError:
    """The error that a row made by :func:`kept` is about."""
    details = json.loads(str(row["details"]))
    return ComityError(str(row["message"]), place=str(row["place"]), remedy=str(row["remedy"]), **details)
