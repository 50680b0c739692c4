"""The office, body and country that a Russian text gives a person, in the nominative as far as endings tell."""

from __future__ import annotations

import re

from comity.press.model import Body, Span
from comity.press.people import Draft, Roster
from comity.press.places import countries_in, places_in
from comity.press.readers.russian.bodies import plain
from comity.press.readers.russian.lexicon import role_pattern
from comity.press.segment import Layout

_INSTITUTE = re.compile(r"\s(?:Институт|Центр|[Кк]омитет|Министерств|Академи|Университет|Фонд|[Дд]епартамент|[Оо]тдел)\w*\s[^,;:«»]{3,90}$")
_PLURAL = re.compile(
    r"(?:маршал|координатор|глав|депутат|сенатор|сопредседател|представител|член|спикер|министр|президент|председател"
    r"|лидер|эксперт|руководител|парламентари)"
    r"(?:ы|и|ов|ей|ам|ям|ами|ями|а|ах)$"
)
_ROLE = re.compile(role_pattern())
_CUT = re.compile(r"[.!?;:«»]\s|,\s|\n|\s[—–-]\s")
_BREAKS = re.compile(r"[,;:]|\s(?:и|с|со|в|на|заявил\w*|сообщил\w*)\s")
_WITHIN = re.compile(r"\s(?:и|с|со|на|в)\s")
_POSTED = re.compile(r"(?:\s[А-ЯЁ][\w-]+){0,2}\sв[ово]?\s[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+)?\s$")  # "посол Кельмора в Арвене"
_BEHIND = re.compile(rf"(?:,\s|\s\(|\s[—–-]\s)(?P<role>{role_pattern()})(?P<tail>[^,.;)]{{0,120}})")
_DELEGATION = re.compile(
    r"[Дд]елегаци[а-яё]+\s(?P<who>(?:[А-ЯЁ]|[а-яё]+(?:ого|ой|ей)\s)[^.,;:«»]{3,80}?)"
    r"\s(?:возглав(?:лял|ил|ляет)[аи]?|во главе с)\s(?:[а-яё-]+\s){0,4}$"
)
_PEER = re.compile(
    r"(?P<adj>[А-Яа-яё]+ск(?:ий|ого|ому|им|ая|ой|ую))"
    r"\s(?:[а-яё-]+\s)?(?:коллег|сопредседател|визави|спикер|сенатор|депутат|министр|президент|посол|посл)[а-яё]*\s$"
)
_GENITIVE = re.compile(
    r"\s(?P<all>(?:[а-яё-]+(?:ого|ой)\s){0,3}(?:комитета|комиссии|комитетом|подкомитета|группы|палаты|парламента|делегации|собрания|фракции|совета"
    r"|ассамблеи|думы|района|округа|сейма|сената|департамента|министерства|центра|института|академии|партии)(?![а-яё])[^,.;:—–]{0,110})$",
    re.IGNORECASE,
)


def learn_role(layout: Layout, draft: Draft, span: Span, bodies: list[Body], roster: Roster) -> None:
    """Note the office before a mention ("председатель Сената Карел Новак") and behind it ("Карел Новак, председатель Сената")."""
    text = layout.text
    base = max(0, span[0] - 170)
    before = text[base : span[0]]
    cut = max((m.end() for m in _CUT.finditer(before)), default=0)
    title = _governing(base + cut, list(_ROLE.finditer(before[cut:])), before[cut:], roster)
    if title is not None:
        _before(text, draft, span, (base + cut + title.start(), base + cut + title.end()), bodies, roster)
    if draft.organisation is None and (led := _DELEGATION.search(before)) is not None:
        start, end = base + led.start("who"), base + led.end("who")
        head = next((b for b in bodies if start <= b.span[0] and b.span[1] <= end + 1), None)
        draft.organisation = head.name if head is not None and head.span == (start, end) else plain(led["who"])
        draft.country = draft.country or (head.country if head is not None else None) or _nation(text, start, end)
    if draft.country is None and (peer := _PEER.search(before)) is not None:
        draft.country = next(
            (p.code for p in places_in(text, "ru", base + peer.start(), base + peer.end("adj")) if p.kind == "adjective"), None
        )
    after = _BEHIND.match(text, span[1], min(len(text), span[1] + 200))
    if after:
        at, end = after.end("role"), after.end()
        organisation, country = _org(text, bodies, at, end)
        phrase = _GENITIVE.fullmatch(text, at, end)
        if phrase and (organisation is None or len(plain(phrase["all"])) > len(organisation)) and not _WITHIN.search(phrase["all"]):
            organisation = plain(phrase["all"])
        draft.learn(role=_role(after["role"]), organisation=organisation, country=country or _nation(text, at, end))


def _governing(base: int, titles: list[re.Match[str]], words: str, roster: Roster) -> re.Match[str] | None:
    """The role that governs the phrase: "заместитель председателя …", not the председатель inside it."""
    title = titles[-1] if titles else None
    for earlier in reversed(titles[:-1]):
        assert title is not None
        gap = words[earlier.end() : title.start()]
        if _WITHIN.search(gap) or len(gap.split()) > 6 or roster.at(base + earlier.end(), base + title.start()):
            break
        title = earlier
    return title


def _before(text: str, draft: Draft, span: Span, title: Span, bodies: list[Body], roster: Roster) -> None:
    at = title[1]
    role = text[slice(*title)]
    if roster.at(at, span[0]) and not _PLURAL.match(role.split()[-1].lower()):
        return  # the office is another's: "председатель Сената Карел Новак принял Анну Хольм"
    gap = text[at : span[0]]
    if _INSTITUTE.match(gap):
        gap = gap.replace(" и ", " ")
    named = any(b.span[0] >= at and b.span[1] <= span[0] for b in bodies)
    if named or _POSTED.fullmatch(gap) or not _BREAKS.search(gap.replace(" в Совете ", " ")):
        organisation, country = _org(text, bodies, at, span[0])
        phrase = _GENITIVE.fullmatch(gap.rstrip())
        if phrase and (organisation is None or len(plain(phrase["all"])) > len(organisation)) and not _WITHIN.search(phrase["all"]):
            organisation = plain(phrase["all"])
        draft.learn(
            role=_role(role), organisation=organisation, country=country or _nation(text, _own_part(roster, title[0], span[0]), span[0])
        )


def _own_part(roster: Roster, start: int, end: int) -> int:
    """Where the words on a person begin, behind the person named before: "госсекретарь США Марко Рубио и министр Сергей Лавров"."""
    named = roster.at(start, end - 1)
    return named[-1][0][1] if named else start


_ROLE_BASE = [
    (r"^бывш\w+ ", "бывший "),
    (r"^вице-маршал\w*", "вице-маршал"),
    (r"^маршал\w*", "маршал"),
    (r"^посланник\w*", "посланник"),
    (r"^модератор\w*", "модератор"),
    (r"^перв\w+ ", "первый "),
    (r"заместител\w+", "заместитель"),
    (r"(?<!\w)сопредседател\w+", "сопредседатель"),
    (r"^председател\w+", "председатель"),
    (r"^спикер\w*", "спикер"),
    (r"вице-спикер\w*", "вице-спикер"),
    (r"^президент\w*", "президент"),
    (r"министр\w*(?! иностр)$", "министр"),
    (r"^министр\w* иностранных дел", "министр иностранных дел"),
    (r"^глав\w+", "глава"),
    (r"^лидер\w*", "лидер"),
    (r"^руководител\w+", "руководитель"),
    (r"секретар\w+", "секретарь"),
    (r"^сенатор\w*", "сенатор"),
    (r"^депутат\w*", "депутат"),
    (r"^член\w*", "член"),
    (r"^посл\w+", "посол"),
    (r"представител\w+", "представитель"),
    (r"^координатор\w*", "координатор"),
    (r"^директор\w*", "директор"),
    (r"^профессор\w*", "профессор"),
    (r"^эксперт\w*", "эксперт"),
    (r"^политолог\w*", "политолог"),
    (r"^аудитор\w*", "аудитор"),
    (r"^омбудсмен\w*", "омбудсмен"),
    (r"^советник\w*", "советник"),
    (r"^канцлер\w*", "канцлер"),
    (r"премьер\w*$", "премьер"),
]


def _role(words: str) -> str:
    role = words.strip().lower()
    for pattern, base in _ROLE_BASE:
        role = re.sub(pattern, base, role)
    return re.sub(r"официальн\w+", "официальный", re.sub(r"генеральн\w+", "генеральный", role))


def _org(text: str, bodies: list[Body], start: int, end: int) -> tuple[str | None, str | None]:
    inside = [b for b in bodies if start <= b.span[0] and b.span[1] <= end + 2]
    if inside:
        return inside[0].name, inside[0].country or inside[-1].country or _nation(text, start, end)
    return None, _nation(text, start, end)


def _nation(text: str, start: int, end: int) -> str | None:
    return next(iter(countries_in(text, "ru", start, end)), None)
