"""Bodies that a Russian text names, in any case; the name to show is in the nominative where it is known."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from comity.press.model import Body, Span
from comity.press.places import alternatives, countries_in, nominative, places_in
from comity.press.readers.russian.lexicon import by_letter, given_forms, role_pattern, table
from comity.press.registry import Registry, common_bodies
from comity.press.segment import Layout


@cache
def _known() -> list[tuple[re.Pattern[str], str, str | None]]:
    out = []
    for body in common_bodies():
        for one in alternatives(body.pattern):
            out.append((re.compile(rf"(?<![\w-])(?:{one})(?![\w-])"), _nominative_of(one), body.country))
    return out


def _nominative_of(pattern: str) -> str:
    """The first ending of every group; an optional tail is left out."""
    plain = re.sub(r"\[(\w)\w\]", r"\1", re.sub(r"\(\?:(?: [^()]*\|?)*\)\?$", "", pattern))
    tail = re.search(r" \(\?:(?P<all>[^()]*)\)$", plain)
    if tail:
        plain = plain[: tail.start()] + " " + tail["all"].split("|")[0]
    return nominative(plain)


_HEAD = [
    r"комисси[яиюей]+",
    r"комитет\w{0,2}",
    r"совет\w{0,2}",
    r"парламент\w{0,2}",
    r"палат\w{1,2}",
    r"сенат\w{0,2}",
    r"министерств\w{1,2}",
    r"мид",
    r"групп\w{1,2}",
    r"собрани\w{1,2}",
    r"ассамбле\w{1,2}",
    r"делегаци\w{1,2}",
    r"академи\w{1,2}",
    r"скупщин\w{1,2}",
    r"меджлис\w{0,2}",
    r"хурал\w{0,2}",
    r"университет\w{0,2}",
    r"институт\w{0,2}",
    r"центр\w{0,2}",
    r"форум\w{0,2}",
    r"администраци\w{1,2}",
    r"посольств\w{1,2}",
    r"департамент\w{0,2}",
    r"фракци\w{1,2}",
    r"парти\w{1,2}",
    r"ассоциаци\w{1,2}",
]


# what ends "по энергетике …": a preposition or a verb
_ENDS = (
    r"(?!(?:под|при|со?|во?|на|от|для|из|об?|за|к|до|после|перед|состо\w+|пройд\w+|прош\w+|пров[её]\w+|провод\w+|буд[еу]т|обсуд\w+|рассмотр\w+"
    r"|приня\w+|заверш\w+|нача\w+|откры\w+|заявил\w*|сообщил\w*|отметил\w*|[а-яё]+(?:тся|лся|лась|лись|лось))(?![\w-]))"
)
_LEAD = re.compile(
    r"(?<![\w-])(?:(?:[А-ЯЁ][а-яё-]+(?:ая|ой|ую|ий|ого|ому|ым|им|ое|ом|ый)"
    r"|[МмСсРрДдПп](?:ежпарламентск\w+|ежправительственн\w+|овместн\w+|абоч\w+|епутатск\w+|арламентск\w+|остоянн\w+)|\w+ско-\w+ск\w+)\s){1,3}$"
)
_HEAD_ON = re.compile(
    rf"(?<![\w-])(?:{by_letter(_HEAD)}|МИД)(?![\w-])"
    rf"(?:\s(?:по\s(?:{_ENDS}[а-яё-]+\s){{0,3}}{_ENDS}[а-яё-]+(?:\sи\s{_ENDS}[а-яё-]+)?|высокого уровня"
    r"|[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+){0,3}"
    r"|дружбы|сотрудничества"
    r"|женщин[а-яё-]*|молодых\s[а-яё]+|спикеров|парламентариев|регионов"
    r"|«[^»]{2,60}»))?(?:\s(?:РФ|КНР|России|Китая|Госдумы|Совета Федерации|ВСНП))?"
)


def _phrases(text: str) -> list[Span]:
    """Phrases around a head word such as комитет, with the adjectives before it."""
    spans: list[Span] = []
    last = 0
    for match in _HEAD_ON.finditer(text):
        lead = _LEAD.search(text, max(last, match.start() - 90), match.start())
        spans.append((lead.start() if lead else match.start(), match.end()))
        last = match.end()
    return spans


def find_bodies(layout: Layout, registry: Registry) -> list[Body]:
    """Registry and common bodies, in any case; then phrases around a head word such as комитет."""
    text = layout.text
    found: list[Body] = []
    for start, end in _phrases(text):
        end = _before_person(text, start, end)
        start = _after_number(text, start, end)
        name = text[start:end]
        if (" " in name.strip() and (re.search(r"\sпо\s|[А-ЯЁ]|«", name[1:]) or name[0].isupper()) and not name[0].islower()) or re.search(
            r"\sпо\s", name
        ):
            country = next(iter(countries_in(text, "ru", start, end)), None) or _country_inside(name)
            found.append(Body(plain(name), (start, end), country))
    for pattern, name, code in _known():
        if (stem := _stem(pattern.pattern)) not in text:
            continue
        for match in pattern.finditer(text):
            if not any(b.span[0] <= match.start() and match.end() <= b.span[1] for b in found):
                found = [b for b in found if not (match.start() <= b.span[0] and b.span[1] <= match.end())]
                found.append(Body(name, match.span(), code))
    for known in registry.bodies:
        for one in known.names:
            if one.lang == "ru":
                stem = re.escape(one.text[:-1]) if len(one.text) > 6 else re.escape(one.text)
                for match in re.finditer(rf"(?<![\w-]){stem}\w{{0,3}}(?![\w-])", text):
                    if not any(b.span[0] < match.end() and match.start() < b.span[1] for b in found):
                        found.append(Body(one.text, match.span(), known.country))
    return _joined(text, sorted(found, key=lambda b: b.span))


def _after_number(text: str, start: int, end: int) -> int:
    """ "Второй Парламентский форум" is the second of that name."""
    number = _NUMBERED.match(text, start, end)
    return start if number is None else number.end()


_NUMBERED = re.compile(
    r"(?:(?:Перв|Втор|Трет|Четв[её]рт|Пят|Шест|Седьм|Восьм|Девят|Десят|[А-ЯЁ][а-яё]+дцат)"
    r"(?:ый|ой|ая|ое|ого|ому|ым|ом|ую|ий|ья|ье|ьего|ьей|ью))\s"
)
_STRESSED = re.compile(r"((?:[Рр]ечн|[Оо]бластн|[Гг]ородск|[Мм]орск|[Мм]иров|[Кк]раев|[Оо]сновн|[Дд]онск|[Тт]верск|[Зз]апасн))(?:ый|ий)$")


@cache
def _stem(pattern: str) -> str:
    """The letters that any match of a body's pattern begins with, or nothing."""
    first = re.match(r"[А-Яа-яЁё ]+(?![?*+{А-Яа-яЁё ])", pattern.removeprefix(r"(?<![\w-])(?:"))
    return first.group().split(" ")[0] if first else ""


@cache
def _surnames() -> frozenset[str]:
    return frozenset(table()["names"]["chinese_surnames"].split())


@lru_cache(maxsize=4096)
def _country_inside(name: str) -> str | None:
    """The country of a known body inside a name."""
    found = [(len(m.group()), c) for p, _, c in _known() if (m := p.search(name)) is not None]
    return max(found, key=lambda f: f[0])[1] if found else None  # "Сейм Сорвелла" is not the Sejm of Poland


def _before_person(text: str, start: int, end: int) -> int:
    """Cut a name off the end: "комитета ВСНП Чжао Лэцзи"."""
    surnames = _surnames()
    for place in places_in(text, "ru", start, end):
        if place.kind == "country" and place.span[0] > start and re.match(r"\s[А-ЯЁ]", text[place.span[1] : end]):
            end = place.span[1]  # a country in the genitive closes the name: "… палаты Узбекистана Нуриддин Исмоилов"
            break
    for match in re.finditer(r"\s([А-ЯЁ][\w-]+)(?=(?:\s[А-ЯЁ][\w-]+)?)", text[start:end]):
        if match[1] in given_forms() or (match[1] in surnames and re.match(r"\s[А-ЯЁ]", text[start + match.end() :])):
            return start + match.start()
    if (named := _NAMED.search(text, start, end)) is not None and named.end() == end and _OFFICE.search(text, max(0, start - 40), start):
        return named.start()
    foreign = _COUNTRY_AND_NAME.search(text, start, end)
    return foreign.end("country") if foreign and foreign.end() == end and _OFFICE.search(text, max(0, start - 40), start) else end


# "председатель | Национального собрания Арвены | Сейра Оррен": behind an office the body ends with its country, known or not
_COUNTRY_AND_NAME = re.compile(r"[а-яё](?P<country>\s[А-ЯЁ][а-яё-]+[аяыи])\s[А-ЯЁ][а-яё-]+\s[А-ЯЁ][а-яё-]+")
_NAMED = re.compile(r"(?<=[а-яё])\s[А-ЯЁ][а-яё]+(?:ия|[бвгдзклмнпрстфхцчшй])\s[А-ЯЁ][а-яё]+")  # "Сената | Ливия Моро": no genitive
_OFFICE = re.compile(role_pattern() + r"\s$")


def _joined(text: str, bodies: list[Body]) -> list[Body]:
    """A committee "по сотрудничеству" with the bodies that stand right behind it is one body."""
    out: list[Body] = []
    for body in bodies:
        last = out[-1] if out else None
        if (
            last is not None
            and re.search(r"сотрудничеств|комисси|комитет|групп", last.name)
            and (not re.search(r"Госдум|РФ$|КНР$", last.name) or "между" in last.name)
            and re.fullmatch(r"\s(?:и\s|между\s)?", text[last.span[1] : body.span[0]])
        ):
            end = body.span[1] + (
                4 if text[body.span[1] : body.span[1] + 4] in (" КНР",) else 3 if text[body.span[1] : body.span[1] + 3] == " РФ" else 0
            )
            out[-1] = Body(
                last.name + text[last.span[1] : end],
                (last.span[0], end),
                last.country if last.country == body.country or not last.country else None,
            )
            out.append(body)
            out[-2], out[-1] = out[-1], out[-2]
            continue
        out.append(body)
    return sorted(out, key=lambda b: (b.span[0], -b.span[1]))


_HEAD_NOMINATIVE = [
    (r"^комисси\w+", "комиссия"),
    (r"^комитет\w*", "комитет"),
    (r"^совет(?:а|у|ом|е)?$", "совет"),
    (r"^парламент(?:а|у|ом|е|ы|ов|ам|ами|ах)?$", "парламент"),
    (r"^палат\w*", "палата"),
    (r"^дум[аыеуой]+$", "дума"),
    (r"^сейм(?:а|у|ом|е)?$", "сейм"),
    (r"^скупщин\w*", "скупщина"),
    (r"^меджлис\w*", "меджлис"),
    (r"^хурал\w*", "хурал"),
    (r"^групп\w+", "группа"),
    (r"^министерств\w+", "министерство"),
    (r"^посольств\w+", "посольство"),
    (r"^департамент\w*", "департамент"),
    (r"^сенат(?:а|у|ом|е)?$", "сенат"),
    (r"^институт\w*", "институт"),
    (r"^университет\w*", "университет"),
    (r"^центр\w*", "центр"),
    (r"^академи\w+", "академия"),
    (r"^делегаци\w+", "делегация"),
    (r"^фракци\w+", "фракция"),
    (r"^парти[яиюей]+$", "партия"),
    (r"^ассамбле[яиюей]+$", "ассамблея"),
    (r"^собрани[еяюм]+$", "собрание"),
    (r"^форум(?:а|у|ом|е)?$", "форум"),
    (r"^ассоциаци\w+", "ассоциация"),
    (r"^администраци\w+", "администрация"),
]


def plain(name: str) -> str:
    """The head word and adjectives before it in the nominative, as far as endings tell."""
    words = name.split()
    for at, word in enumerate(words):
        for pattern, base in _HEAD_NOMINATIVE:
            if re.match(pattern, word, re.IGNORECASE):
                words[at] = base.capitalize() if word[0].isupper() else base
                feminine = base[-1] in "ая"
                for i in range(at):
                    ending = "ая" if feminine else "ое" if base[-1] in "ое" else "ый"
                    if feminine:
                        words[i] = re.sub(r"ней$", "няя", words[i]) if words[i].endswith("ней") else re.sub(r"ей$", "ая", words[i])
                    words[i] = re.sub(r"(?:ой|ую|ого|ому|ым|ом|ыми|ая|ый|ою|ое)$", ending, words[i])
                    words[i] = re.sub(r"(?<=[кгх])ый$", "ий", words[i])
                    words[i] = _STRESSED.sub(r"\1ой", words[i])
                return " ".join(words)
    return name
