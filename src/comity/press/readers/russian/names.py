"""What a person's name looks like in a Russian text, in any case."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from comity.press.model import Span
from comity.press.nearby import Nearby
from comity.press.readers.russian.lexicon import (
    cue_pattern,
    given_cases,
    given_forms,
    given_readings,
    is_role,
    role_pattern,
    surname_base,
    table,
)
from comity.press.registry import Registry
from comity.press.translit import palladius_to_pinyin

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)*"
_PARTICLE = r"(?:фон|ван|де|ди|ду|дос|дер|ден|дель|делла|ла|ле|да|бин|ибн|аль|эль|оглы|кызы)"
RUN = re.compile(rf"(?:{_WORD}|[А-ЯЁ]\.)(?:\s?(?:{_WORD}|[А-ЯЁ]\.)|(?:\s{_PARTICLE}){{1,2}}\s{_WORD})*")
PATRONYMIC = re.compile(r".+(?:ович|евич|ьич|овна|евна|ична|инична)(?:а|у|ем|ем|е|ы|ой)?$")
SURNAME = re.compile(
    r".+(?:[оеё]в|[иы]н|ск(?:ий|ого|ому|им|ом|ая|ой|ую)|цк(?:ий|ого|ому|им|ом|ая|ой)|енко|ук|юк|ян|дзе"
    r"|швили|[оеё]в(?:а|у|ым|е|ой)|[иы]н(?:а|у|ым|е|ой))$"
)
NOT_NAME = frozenset(table()["names"]["not_names"].split())
BODY_WORD = re.compile(
    r"(?:Совет|Палат|Собрани|Парламент|Сенат|Комитет|Комисси|Ассамбле|Дум|Сейм|Республик|Федераци|Союз|Мажилис|Мажлис|Хурал)[а-яё]{0,3}$"
)
# "премия имени Юрия Гагарина", "улица Ивана Франко": called after somebody
_NAMESAKE = re.compile(
    r"(?:имени|им\.|улиц\w{1,2}|площад\w{1,2}|проспект\w{0,2}|бульвар\w{0,2}|набережн\w{2,3}|преми\w{1,2}|памятник\w{0,2}|театр\w{0,2}|орден\w{0,2}"
    r"|музе\w{1,2}|парк\w{0,2}|станци\w{1,2}|аэропорт\w{0,2})\s",
    re.IGNORECASE,
)
_OFFICE_NEAR = re.compile(rf"{role_pattern()}(?:\s[\w«»-]+){{0,7}}\s$")
_OFFICE_BEFORE = re.compile(role_pattern() + r"\s$")
_LEADS = re.compile(r"(?:возглав(?:лял|ил|ляет|ит)[аи]?|во главе с|под руководством)\s$")
_WHERE = re.compile(r"(?<![\w-])(?:[Вв]о?|[Нн]а|[Ии]з|[Дд]о|[Оо]т|[Чч]ерез|[Пп]од)\s$")


@cache
def chinese_surnames() -> frozenset[str]:
    """Chinese surnames in Cyrillic."""
    return frozenset(table()["names"]["chinese_surnames"].split())


def words_of(text: str, span: Span) -> list[str]:
    """The words of a name, initials with their dots."""
    return re.findall(r"[\w-]+\.?", text[slice(*span)])


@lru_cache(maxsize=4096)
def chinese_given(word: str) -> str | None:
    """The given name without a case ending if the word is one or two Palladius syllables."""
    for ending in ("ом", "ем", "а", "у", "е", "я", "ю"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 1:
            for base in (stem, stem + "ь", stem + "й"):
                if base[-1] in "нрьй" and _syllables(base) in (1, 2) and (base[-1] in "ьй") == (ending in ("я", "ю", "ем")):
                    return base
    return word if _syllables(word) in (1, 2) else None


def _syllables(word: str) -> int:
    pinyin = palladius_to_pinyin(word)
    return len(re.findall(r"[уеыаоэяиюё]+й?", word.lower())) if pinyin else 0


def is_person(words: list[str], before: str, registry: Registry) -> bool:
    """Whether words are somebody's name: a known one, one with a given name of the lists, a Chinese one, or one behind an office."""
    if registry.person(" ".join(words)):
        return True
    if len(words) > 5 or any(BODY_WORD.match(w) for w in words):
        return False
    if words[0] in given_forms() or (len(words) == 2 and words[1] in given_forms() and SURNAME.match(words[0])):
        return True
    if words[0] in chinese_surnames() and len(words) <= 3 and chinese_given("".join(words[1:]).replace("-", "").capitalize()):
        return True
    if any(PATRONYMIC.match(w) for w in words[1:2]):
        return True
    if re.fullmatch(r"[А-ЯЁ]\.", words[0]) and SURNAME.match(words[-1]):
        return True
    if len(words) == 2 and _LEADS.search(before):
        return True
    return len(words) in (2, 3) and _OFFICE_NEAR.search(before) is not None and _WHERE.search(before) is None


def patronymic(word: str, sex: str) -> str:
    """A patronymic in the nominative."""
    return re.sub(r"(ич)(?:а|у|ем|е)$", r"\1", word) if sex == "m" else re.sub(r"(н)(?:ы|е|у|ой)$", r"\1а", word)


def pieces(text: str, span: Span, taken: Nearby[Span]) -> list[Span]:
    """The parts of a run of capitalised words that may be names: cut at bodies, places and offices, and between two persons.

    Nothing is left of what is only called after somebody; a town that stands behind its preposition is cut off what follows
    ("в Арвене Эмиль Тарр"), and a country behind an office ("посол Кельмора Эмиль Тарр").
    """
    if called_after(text, span[0]) or _NAMESAKE.match(text, *span):
        return []
    pieces: list[Span] = []
    current: Span | None = None
    for match in re.finditer(r"\S+", text[span[0] : span[1]]):
        one = (span[0] + match.start(), span[0] + match.end())
        word = match.group()
        blocked = word in NOT_NAME or taken.at(*one) or is_role(word)
        if blocked:
            if current:
                pieces.append(current)
            current = None
        elif (
            current
            and word in given_forms()
            and text[current[0] : current[1]] not in given_forms()
            and not SURNAME.match(text[current[0] : current[1]])
        ):
            pieces.append(current)
            current = one
        else:
            current = (current[0] if current else one[0], one[1])
    if current:
        pieces.append(current)
    return [_without_place(text, piece) for piece in pieces]


def called_after(text: str, at: int) -> bool:
    """Whether a street, a prize or the like stands before ``at``: it bears the name that follows."""
    return any(word.end() == at for word in _NAMESAKE.finditer(text, max(0, at - 16), at))


def _without_place(text: str, span: Span) -> Span:
    words = list(re.finditer(r"\S+", text[slice(*span)]))
    if len(words) != 3 or words[0].group() in given_forms() or PATRONYMIC.match(words[1].group()) or words[0].group().endswith("."):
        return span
    named = words[0].group() in chinese_surnames()
    where = _WHERE.search(text, max(0, span[0] - 7), span[0])
    of_office = re.search(r"[аяиы]$", words[0].group()) and _OFFICE_BEFORE.search(text, max(0, span[0] - 40), span[0])
    if not of_office and words[0].group().endswith("ии"):  # "министр транспорта Дравонии Данило Феск"
        of_office = _OFFICE_NEAR.search(text, max(0, span[0] - 60), span[0])
    return (span[0] + words[1].start(), span[1]) if (where or of_office) and not named else span


def speaks(text: str, span: Span, words: list[str]) -> bool:
    """Two or three capitalised words right before a cue of speech are somebody."""
    if not 2 <= len(words) <= 3 or not all(w[0].isupper() and len(w) > 2 for w in words):
        return False
    ahead = cue_pattern().match(text, span[1] + 1)
    return ahead is not None and ahead.lastgroup in {"say", "think", "ask", "nominal"}


_OF_HIM = re.compile(r"(?:[а-яё]{3,}(?:теля|кера|тата|тора|идента|истра|тника|сора|перта)|посла|члена|главы|лидера)(?![а-яё])[^.;:]{0,80}$")
_TO_HIM = re.compile(
    r"(?:[а-яё]{3,}(?:телю|керу|тату|тору|иденту|истру|тнику|сору)|послу|главе|члену|лидеру)(?![а-яё])[^.;:]{0,80}$|(?<![а-яё])ко?\s$"
)


def given_of(text: str, span: Span, words: list[str]) -> tuple[str, str] | None:
    """The given name that a full name begins with, in the nominative, and its sex.

    A form that two names share ("Александра Бабакова") is decided by the surname's ending, by other forms in the text, by the office.
    """
    readings = given_readings().get(words[0])
    if readings is None or len(words) < 2:
        return given_forms().get(words[0])
    by_sex = {sex: (name, sex) for name, sex in readings}
    last, before = words[-1], text[max(0, span[0] - 110) : span[0]]
    if any(PATRONYMIC.match(w) for w in words[1:2]):
        return by_sex["m" if re.search(r"ич", words[1]) else "f"]
    if re.search(r"(?:[оеё]в|[иы]н|[сц]к)(?:ой|ую)$|[сц]кая$", last):
        return by_sex["f"]
    if re.search(r"(?:[оеё]в|[иы]н)ым$|[сц]к(?:ого|ому|им|ом|ий)$", last):
        return by_sex["m"]
    own = {sex: set(given_cases(name)) for name, sex in readings}
    for sex, other in (("m", "f"), ("f", "m")):
        unlike = "|".join(own[sex] - own[other])
        if re.search(rf"(?<![\w-])(?:{unlike})\s(?:[А-ЯЁ][а-яё]+\s)?{re.escape(last[:4])}", text):
            return by_sex[sex]
    man = surname_base(last, "m")
    if man != last and re.search(rf"(?<![\w-]){re.escape(man)}(?:ым)?(?![\w-])", text):
        return by_sex["m"]
    if re.search(r"[бвгджзклмнпрстфхцчшщ]$", last) and words[0].endswith(("а", "я")):
        return by_sex["f"]  # a man's surname would have the genitive's ending: "Петра Солберга"
    if words[0].endswith(("а", "я")) and _OF_HIM.search(before):
        return by_sex["m"]
    if words[0].endswith(("у", "ю")):
        return by_sex["m" if _TO_HIM.search(before) else "f"]
    return given_forms()[words[0]]
