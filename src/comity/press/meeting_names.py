"""What a meeting is called: the noun and what belongs to it, never the verb that tells of it."""

from __future__ import annotations

import re

from comity.press.meeting_mentions import Mention

_NOUN = {
    "en": re.compile(
        r"(?:(?:joint|bilateral|official|formal|brief|working|closed-door|productive|video|phone|telephone|trilateral)\s)*"
        r"\b(?:talks|meetings?|consultations|negotiations|call|conversation|visit|delegation)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"(?<![а-яё])(?:переговор|встреч|консультаци|бесед|визит)[а-яё]*", re.IGNORECASE),
    "zh": re.compile(r"(?:小范围|大范围|双边|集体)?(?:会谈|会晤|磋商|会见)|(?:正式|国事|友好|工作)*访问"),
}
_RU_SESSION = re.compile(r"^(заседани|сесси)[а-яё]+", re.IGNORECASE)
_RU_SESSIONS = {"засед": "заседание", "сесси": "сессия"}
_BARE = {
    "en": {"talks": "meeting", "visit": "visit"},
    "ru": {"talks": "встреча", "visit": "визит"},
    "zh": {"talks": "会见", "visit": "访问"},
}
_RU_NOMINATIVE = {"переговор": "переговоры", "встреч": "встреча", "консультаци": "консультации", "бесед": "беседа", "визит": "визит"}
_VERB = {
    "en": re.compile(r"[,;:]|\b(?:will|would|is|are|was|were|has|have|had|held|hold|holds|opened|met|convened|[a-z]{3,}ed)\b"),
    "ru": re.compile(r"[,;:]|(?<![а-яё])(?:пров[её]л[аи]?|провод[а-яё]+|состоя[а-яё]+|прош[а-яё]+|откры[а-яё]+|будет|будут)(?![а-яё])"),
    "zh": re.compile(r"[，；：]|举行|召开|主持|出席"),
}


def noun_of(words: str, kind: str, language: str) -> str:
    """Talks and visits by their noun alone: "held a meeting" is "meeting", "同…举行会谈" is "会谈".

    >>> noun_of("held closed-door talks", "talks", "en")
    'closed-door talks'
    """
    if kind not in {"talks", "visit"}:
        return _RU_SESSION.sub(lambda m: _RU_SESSIONS[m[1].lower()[:5]], words, count=1) if language == "ru" else words
    noun = _NOUN[language].search(words)
    if noun is None:
        return _BARE[language][kind]
    if language == "ru":
        return next(full for stem, full in _RU_NOMINATIVE.items() if noun.group().lower().startswith(stem))
    return noun.group()


def runs_over_verb(gap: str, language: str) -> bool:
    """Whether the words between a meeting's noun and its body hold a verb or a comma, and so are no part of a name."""
    return _VERB[language].search(gap) is not None


_ORGAN = re.compile(r"(?:Bureau|Committee|Council|Presidium|Board)\sof\sthe\s(?:[A-Z]\w+\s){1,3}$")
_MET = re.compile(
    r"(?P<body>Assembly|Conference|Forum|[Cc]ommittee|[Cc]ommission|[Cc]ouncil)(?:,\swhich)?(?:\s(?:last|first|next|also|then))?\s$"
)


def body_met(text: str, m: Mention) -> None:
    """ "The Assembly, which met in Tashkent": a body that meets holds no talks."""
    told = m.kind == "talks" and re.match(r"met|will meet|held", m.name)
    before = text[max(0, m.span[0] - 60) : m.span[0]] if told else ""
    keeper = _MET.search(before) if told and (m.name[0] != "h" or "meeting" in m.name) else None
    if told and _ORGAN.search(before):
        m.kind = "committee_session"
    elif keeper is not None:
        m.kind = "assembly" if keeper["body"] in {"Assembly", "Conference", "Forum"} else "committee_session"
