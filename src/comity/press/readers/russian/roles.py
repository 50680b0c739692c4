"""The office, body and country that a Russian text gives a person, in the nominative as far as endings tell."""

from __future__ import annotations

import re

from comity.press.model import Span
from comity.press.people import Draft, Roster
from comity.press.places import places_in
from comity.press.readers.russian.bodies import Body
from comity.press.readers.russian.lexicon import role_pattern
from comity.press.segment import Layout

_INSTITUTE = re.compile(r"\s(?:Институт|Центр|[Кк]омитет|Министерств|Академи|Университет|Фонд|[Дд]епартамент|[Оо]тдел)\w*\s[^,;:«»]{3,90}$")


def learn_role(layout: Layout, draft: Draft, span: Span, bodies: list[Body], roster: Roster) -> None:
    text = layout.text
    base = max(0, span[0] - 170)
    before = text[base : span[0]]
    cut = max((m.end() for m in re.finditer(r"[.!?;:«»]\s|,\s|\n|\s[—–-]\s", before)), default=0)
    titles = list(re.finditer(role_pattern(), before[cut:]))
    if titles:
        # the role that governs the phrase: "заместитель председателя …", not the председатель inside it
        title = titles[-1]
        for earlier in reversed(titles[:-1]):
            gap = before[cut + earlier.end() : cut + title.start()]
            between = roster.at(base + cut + earlier.end(), base + cut + title.start())
            if not re.search(r"\s(?:и|с|со|на|в)\s", gap) and len(gap.split()) <= 6 and not between:
                title = earlier
            else:
                break
        at = base + cut + title.end()
        gap = text[at : span[0]]
        if _INSTITUTE.match(gap):
            gap = gap.replace(" и ", " ")
        if not re.search(r"[,;:]|\s(?:и|с|со|в|на|заявил\w*|сообщил\w*)\s", gap.replace(" в Совете ", " ")) or any(
            b.span[0] >= at and b.span[1] <= span[0] for b in bodies
        ):
            organisation, country = _org(text, bodies, at, span[0])
            draft.learn(role=_role(title.group()), organisation=organisation, country=country or _nation(text, base + cut, span[0]))
    after = re.match(rf"(?:,\s|\s\(|\s[—–-]\s)(?P<role>{role_pattern()})(?P<tail>[^,.;)]{{0,120}})", text[span[1] : span[1] + 200])
    if after:
        at = span[1] + after.end("role")
        organisation, country = _org(text, bodies, at, span[1] + after.end())
        draft.learn(role=_role(after["role"]), organisation=organisation, country=country or _nation(text, at, span[1] + after.end()))


_ROLE_BASE = [
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
    return next((p.code for p in places_in(text, "ru", start, end) if p.kind != "city"), None)
