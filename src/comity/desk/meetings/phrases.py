"""The fixed words of agendas, delegations and minutes, in the language of the document, whatever language the page is in."""

from __future__ import annotations

from typing import Final

from comity.desk.meetings.ordinals import chinese, english, russian

_WORDS: Final = {
    "agenda": {"zh": "{}议程", "ru": "Повестка дня {}", "en": "Agenda of the {}"},
    "minutes": {"zh": "{}记录", "ru": "Протокол {}", "en": "Minutes of the {}"},
    "delegation": {"zh": "{}代表团名单", "ru": "Состав делегации: {}", "en": "Delegation: {}"},
    "previous": {
        "zh": "通过上次会议记录",
        "ru": "Утверждение протокола предыдущего заседания",
        "en": "Approval of the minutes of the previous meeting",
    },
    "other": {"zh": "其他事项", "ru": "Разное", "en": "Other business"},
    "present": {"zh": "{}出席人员：", "ru": "{} — присутствовали: ", "en": "Present for the {}: "},
    "nobody": {"zh": "（出席人员待填）", "ru": "(состав будет внесён)", "en": "(to be filled in)"},
    "gap": {
        "zh": "此处填写本议题的内容和结论",
        "ru": "здесь излагается обсуждение и принятое решение",
        "en": "what was said and decided on this item",
    },
    "remotely": {"zh": "（线上）", "ru": " (дистанционно)", "en": " (remotely)"},
}


def phrase(what: str, lang: str, *words: str) -> str:
    """The phrase in ``lang`` (a BCP 47 tag; English unless Chinese or Russian), its gap filled with ``words``."""
    said = _WORDS[what]
    return said.get(lang.split("-")[0], said["en"]).format(*words)


def of_meeting(what: str, number: int, lang: str) -> str:
    """*Agenda of the fourth meeting*, Повестка дня четвёртого заседания, 第四次会议议程."""
    match lang.split("-")[0]:
        case "zh":
            return phrase(what, lang, f"第{chinese(number)}次会议")
        case "ru":
            return phrase(what, lang, f"{_genitive(russian(number))} заседания")
        case _:
            return phrase(what, lang, f"{english(number)} meeting")


def _genitive(ordinal: str) -> str:
    """Of a neuter ordinal: третье → третьего, двадцать первое → двадцать первого, 101-е → 101-го."""
    for ending, other in (("третье", "третьего"), ("ое", "ого"), ("-е", "-го")):
        if ordinal.endswith(ending):
            return ordinal.removesuffix(ending) + other
    return ordinal


def listed(people: list[str], lang: str) -> str:
    """Names in one sentence: 、 between them in Chinese, commas elsewhere."""
    return ("、" if lang.startswith("zh") else ", ").join(people)
