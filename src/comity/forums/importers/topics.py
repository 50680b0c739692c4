"""Topics by the words of a title, for sources that code none: the six of Voeten's data set, by our rule (origin *derived*, never passed
off as official).
"""

from __future__ import annotations

import re

from comity.forums.model import Origin, Topic

NAMES = {
    "me": "Middle East",
    "nu": "nuclear weapons and material",
    "di": "arms control and disarmament",
    "hr": "human rights",
    "co": "colonialism",
    "ec": "economic development",
}

_RULES = {
    "me": r"palestin|middle east|israel|golan|jerusalem|near east|lebanon",
    "nu": r"nuclear|atomic|non-?proliferation",
    "di": r"disarm|\barms\b|weapon|missile|mines?\b|ammunition",
    "hr": r"human rights|racis|racial|torture|freedom of religion|rights of the child|refugees",
    "co": r"coloni|self-?determination|non-self-governing|decoloni[sz]ation",
    "ec": r"econom|development|trade|financ|debt|commodit",
}
_COMPILED = {code: re.compile(rule, re.IGNORECASE) for code, rule in _RULES.items()}


def derived_topics(*texts: str) -> tuple[Topic, ...]:
    whole = " ".join(texts)
    return tuple(Topic(code, Origin.DERIVED) for code, rule in _COMPILED.items() if rule.search(whole))
