"""Topics by the words of a title, for sources that code none: the six of Voeten's data set, by our rule (origin *derived*, never passed
off as official).
"""

from __future__ import annotations

import re

from comity.forums.model import Origin, Topic

NAMES = {
    "me": {"en": "Middle East", "ru": "Ближний Восток", "zh": "中东"},
    "nu": {"en": "nuclear weapons and material", "ru": "ядерное оружие и материалы", "zh": "核武器与核材料"},
    "di": {"en": "arms control and disarmament", "ru": "контроль над вооружениями и разоружение", "zh": "军备控制与裁军"},
    "hr": {"en": "human rights", "ru": "права человека", "zh": "人权"},
    "co": {"en": "colonialism", "ru": "колониализм", "zh": "殖民主义"},
    "ec": {"en": "economic development", "ru": "экономическое развитие", "zh": "经济发展"},
}
"""The six topics that Voeten's data set codes, by language."""

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
