"""Is an article worth reading at all? One pass of one pattern, for the stream of a news agency.

An article is worth it if it names a parliament or an inter-parliamentary body, and says at least one thing that these do:
meet, say, agree, visit.
"""

from __future__ import annotations

import re
from functools import cache

_BODIES = {
    "en": r"parliament|legislat|lawmaker|assembly\b|congress|duma\b|senat|speaker\b|federation council"
    r"|bundestag|knesset|interparliament|committee|commission",
    "ru": r"парламент|дум[аыеу]\b|сенат|спикер|совет\w* федерации|законодат|депутат|собрани|комисси|комитет",
    "zh": r"议会|人大|杜马|国会|议长|议员|委员长|联邦委员会|立法机构|参议院|众议院",
}
_DEEDS = {
    "en": r"\b(?:met|meet|meeting|session|talks|visit|agreed|sign|said|says|told|pledge|propos|urge|hosted|delegation)",
    "ru": r"встре|заседан|переговор|визит|договор|подпис|заяви|сказал|сообщи|предлож|призва|делегац",
    "zh": r"会议|会谈|会见|访问|签署|表示|指出|强调|说|同意|建议|代表团",
}


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_BODIES[language], re.IGNORECASE), re.compile(_DEEDS[language], re.IGNORECASE)


def worth_reading(text: str, language: str) -> bool:
    """Whether a text of ``en``, ``ru`` or ``zh`` names a body of this field and something that it does.
    Meant to miss little, not to be exact.
    """
    bodies, deeds = _patterns(language)
    return bodies.search(text) is not None and deeds.search(text) is not None
