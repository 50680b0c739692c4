"""The fixed words of agendas, delegations and minutes, in the language of the document, whatever language the page is in."""

from __future__ import annotations

from typing import Final

from comity.desk.meetings.ordinals import chinese, english, meeting_title, russian

_WORDS: Final = {
    "meetings": {"zh": "会议", "ru": "Заседания", "en": "Meetings", "fr": "Réunions", "es": "Reuniones"},
    "agenda": {
        "zh": "{}议程",
        "ru": "Повестка дня {}",
        "en": "Agenda of the {}",
        "fr": "Ordre du jour de la {}",
        "es": "Orden del día de la {}",
    },
    "minutes": {
        "zh": "{}记录",
        "ru": "Протокол {}",
        "en": "Minutes of the {}",
        "fr": "Procès-verbal de la {}",
        "es": "Acta de la {}",
    },
    "delegation": {
        "zh": "{}代表团名单",
        "ru": "Состав делегации: {}",
        "en": "Delegation: {}",
        "fr": "Délégation : {}",
        "es": "Delegación: {}",
    },
    "previous": {
        "zh": "通过上次会议记录",
        "ru": "Утверждение протокола предыдущего заседания",
        "en": "Approval of the minutes of the previous meeting",
        "fr": "Approbation du procès-verbal de la réunion précédente",
        "es": "Aprobación del acta de la reunión anterior",
    },
    "other": {"zh": "其他事项", "ru": "Разное", "en": "Other business", "fr": "Questions diverses", "es": "Otros asuntos"},
    "present": {
        "zh": "{}出席人员：",
        "ru": "{} — присутствовали: ",
        "en": "Present for the {}: ",
        "fr": "{} — présents : ",
        "es": "{} — asistentes: ",
    },
    "nobody": {
        "zh": "（出席人员待填）",
        "ru": "(состав будет внесён)",
        "en": "(to be filled in)",
        "fr": "(à compléter)",
        "es": "(por completar)",
    },
    "gap": {
        "zh": "此处填写本议题的内容和结论",
        "ru": "здесь излагается обсуждение и принятое решение",
        "en": "what was said and decided on this item",
        "fr": "ce qui a été dit et décidé sur ce point",
        "es": "lo que se dijo y decidió sobre este punto",
    },
    "remotely": {"zh": "（线上）", "ru": " (дистанционно)", "en": " (remotely)", "fr": " (à distance)", "es": " (a distancia)"},
}


def phrase(what: str, lang: str, *words: str) -> str:
    """The phrase in ``lang`` (a BCP 47 tag; English where it is not known), its gap filled with ``words``."""
    said = _WORDS[what]
    return said.get(lang.split("-")[0], said["en"]).format(*words)


def of_meeting(what: str, number: int, lang: str) -> str:
    """*Agenda of the fourth meeting*, Повестка дня четвёртого заседания, 第四次会议议程."""
    match lang.split("-")[0]:
        case "zh":
            return phrase(what, lang, f"第{chinese(number)}次会议")
        case "ru":
            return phrase(what, lang, f"{_genitive(russian(number))} заседания")
        case "fr" | "es":
            return phrase(what, lang, meeting_title(number, lang))
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
