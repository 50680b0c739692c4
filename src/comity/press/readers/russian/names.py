"""Who is named in a Russian text, in any case: persons with role, organisation and country; bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from comity.press.model import Span
from comity.press.people import Draft, Roster
from comity.press.places import _nominative, alternatives, places_in
from comity.press.readers.russian.lexicon import cue_pattern, given_forms, role_pattern, surname_base, surname_forms, table
from comity.press.registry import Registry, common_bodies
from comity.press.segment import Layout
from comity.press.translit import fold, palladius_to_pinyin

_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)*"
_RUN = re.compile(rf"(?:{_WORD}|[А-ЯЁ]\.)(?:\s?(?:{_WORD}|[А-ЯЁ]\.))*")
_PATRONYMIC = re.compile(r".+(?:ович|евич|ьич|овна|евна|ична|инична)(?:а|у|ем|ем|е|ы|ой)?$")
_SURNAME = re.compile(
    r".+(?:[оеё]в|[иы]н|ск(?:ий|ого|ому|им|ом|ая|ой|ую)|цк(?:ий|ого|ому|им|ом|ая|ой)|енко|ук|юк|ян|дзе"
    r"|швили|[оеё]в(?:а|у|ым|е|ой)|[иы]н(?:а|у|ым|е|ой))$"
)
_NOT_NAME = frozenset(table()["names"]["not_names"].split())


@dataclass(frozen=True, slots=True)
class Body:
    """A body with the name to show (nominative where it is known)."""

    name: str
    span: Span
    country: str | None
    ref: str | None = None


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
    return _nominative(plain)


_HEAD = (
    r"(?:комисси[яиюей]+|комитет\w{0,2}|совет\w{0,2}|парламент\w{0,2}|палат\w{1,2}|сенат\w{0,2}"
    r"|министерств\w{1,2}|мид|групп\w{1,2}|собрани\w{1,2}|ассамбле\w{1,2}|делегаци\w{1,2}|академи\w{1,2}"
    r"|университет\w{0,2}|институт\w{0,2}|центр\w{0,2}|форум\w{0,2}|администраци\w{1,2}|посольств\w{1,2}"
    r"|департамент\w{0,2}|фракци\w{1,2}|парти\w{1,2}|ассоциаци\w{1,2})"
)
_GENERIC = re.compile(
    r"(?<![\w-])(?:(?:[А-ЯЁ][а-яё-]+(?:ая|ой|ую|ий|ого|ому|ым|им|ое|ом|ый)"
    r"|(?i:межпарламентск\w+|совместн\w+|рабоч\w+|депутатск\w+|\w+ско-\w+ск\w+))\s){0,3}"
    rf"(?i:{_HEAD})(?![\w-])"
    r"(?:\s(?:по\s(?:[а-яё-]+\s){0,3}[а-яё-]+(?:\sи\s[а-яё-]+)?|[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+){0,3}"
    r"|дружбы|сотрудничества|«[^»]{2,60}»))?(?:\s(?:РФ|КНР|России|Китая|Госдумы|Совета Федерации|ВСНП))?"
)


def find_bodies(layout: Layout, registry: Registry) -> list[Body]:
    """Registry and common bodies, in any case; then phrases around a head word such as комитет."""
    text = layout.text
    found: list[Body] = []
    for match in _GENERIC.finditer(text):
        start, end = match.span()
        end = _before_person(text, start, end)
        name = text[start:end]
        if (" " in name.strip() and (re.search(r"\sпо\s|[А-ЯЁ]|«", name[1:]) or name[0].isupper()) and not name[0].islower()) or re.search(
            r"\sпо\s", name
        ):
            country = next((p.code for p in places_in(name, "ru") if p.kind != "city"), None) or next(
                (c for p, _, c in _known() if c and p.search(name)), None
            )
            found.append(Body(_plain(name), (start, end), country))
    for pattern, name, code in _known():
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
                        found.append(Body(one.text, match.span(), known.country, known.ref))
    return _joined(text, sorted(found, key=lambda b: b.span))


def _before_person(text: str, start: int, end: int) -> int:
    """Cut a name off the end: "комитета ВСНП Чжао Лэцзи"."""
    surnames = set(table()["names"]["chinese_surnames"].split())
    for match in re.finditer(r"\s([А-ЯЁ][\w-]+)(?=(?:\s[А-ЯЁ][\w-]+)?)", text[start:end]):
        if match[1] in given_forms() or (match[1] in surnames and re.match(r"\s[А-ЯЁ]", text[start + match.end() :])):
            return start + match.start()
    return end


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
    (r"^совет\w*", "совет"),
    (r"^парламент\w*", "парламент"),
    (r"^палат\w*", "палата"),
    (r"^групп\w+", "группа"),
    (r"^министерств\w+", "министерство"),
    (r"^сенат\w*", "сенат"),
    (r"^институт\w*", "институт"),
    (r"^университет\w*", "университет"),
    (r"^центр\w*", "центр"),
    (r"^академи\w+", "академия"),
    (r"^делегаци\w+", "делегация"),
    (r"^фракци\w+", "фракция"),
    (r"^парти\w+", "партия"),
]


def _plain(name: str) -> str:
    """The head word and adjectives before it in the nominative, as far as endings tell."""
    words = name.split()
    for at, word in enumerate(words):
        for pattern, base in _HEAD_NOMINATIVE:
            if re.match(pattern, word, re.IGNORECASE):
                words[at] = base.capitalize() if word[0].isupper() else base
                feminine = base[-1] in "ая"
                for i in range(at):
                    ending = "ая" if feminine else "ый"
                    words[i] = re.sub(r"(?:ой|ую|ого|ому|ым|ом|ыми|ая|ый|ою)$", ending, words[i])
                    words[i] = re.sub(r"(?<=[кгх])ый$", "ий", words[i])
                return " ".join(words)
    return name


def find_persons(layout: Layout, registry: Registry, bodies: list[Body], extra: list[tuple[Span, str]] | None = None) -> Roster:
    """All persons; ``extra`` are a tagger's spans with the nominative that it gives."""
    text = layout.text
    roster = Roster(registry)
    taken = [b.span for b in bodies] + [p.span for p in places_in(text, "ru") if p.kind != "adjective"]
    for span, normal in extra or ():
        inside = any(t[0] <= span[0] and span[1] <= t[1] for t in taken)
        if " " in normal and not inside and not _mentioned_again(text, span, roster):
            _add(roster, text, span, hint=normal)
    singles: list[Span] = []
    for match in _RUN.finditer(text):
        for span in _pieces(text, match.span(), taken):
            words = _words(text, span)
            if any(m[0] < span[1] and span[0] < m[1] for d in roster.drafts for m in d.mentions) or _mentioned_again(text, span, roster):
                continue
            if len(words) == 1:
                singles.append(span)
            elif _is_person(words, text[max(0, span[0] - 90) : span[0]], registry) or _speaks(text, span, words):
                _add(roster, text, span)
    hinted = [s for s, n in extra or () if " " not in n]
    starts = {s.span[0] for s in layout.sentences}
    for span in singles:
        _single(text, span, roster, hinted=span in hinted, opens=span[0] in starts)
    for draft in roster.drafts:
        for span in sorted(draft.mentions):
            _learn_role(layout, draft, span, bodies, roster)
    return roster


def _speaks(text: str, span: Span, words: list[str]) -> bool:
    """Two or three capitalised words right before or behind a cue of speech are somebody."""
    if not 2 <= len(words) <= 3 or not all(w[0].isupper() and len(w) > 2 for w in words):
        return False
    ahead = cue_pattern().match(text, span[1] + 1)
    return ahead is not None and ahead.lastgroup in {"say", "think", "ask", "nominal"}


def _words(text: str, span: Span) -> list[str]:
    return re.findall(r"[\w-]+\.?", text[slice(*span)])


def _mentioned_again(text: str, span: Span, roster: Roster) -> bool:
    """Note a person who is known already, named in full in another case."""
    words = _words(text, span)
    if len(words) != 2:
        return False
    known = next((d for d in roster.drafts if words[0][:4] == d.name[:4] and _same_surname(words[1], d)), None)
    if known is not None:
        roster.mention(known, span)
    return known is not None


def _single(text: str, span: Span, roster: Roster, *, hinted: bool, opens: bool) -> None:
    """A surname alone: a mention of its bearer, or a person of its own behind an office."""
    word = text[slice(*span)]
    known = next((d for d in roster.drafts if _same_surname(word, d)), None)
    if known is not None:
        roster.mention(known, span)
        return
    in_office = re.search(rf"{role_pattern()}\s$", text[max(0, span[0] - 60) : span[0]])
    if (hinted or in_office) and word not in _NOT_NAME and not opens and _SURNAME.match(word):
        base = surname_base(word, "m")
        roster.add(base, base, span, sex="m", confidence=0.6)


def _same_surname(word: str, draft: Draft) -> bool:
    if fold(word) == fold(draft.surname):
        return True
    if word[:3] != draft.surname[:3]:
        return False
    return word in surname_forms(draft.surname, draft.sex or "m") or surname_base(word, draft.sex or "m") == draft.surname


def _pieces(text: str, span: Span, taken: list[Span]) -> list[Span]:
    pieces: list[Span] = []
    current: Span | None = None
    for match in re.finditer(r"\S+", text[span[0] : span[1]]):
        one = (span[0] + match.start(), span[0] + match.end())
        word = match.group()
        blocked = word in _NOT_NAME or any(t[0] < one[1] and one[0] < t[1] for t in taken) or re.fullmatch(role_pattern(), word) is not None
        if blocked:
            if current:
                pieces.append(current)
            current = None
        elif (
            current
            and word in given_forms()
            and text[current[0] : current[1]] not in given_forms()
            and not _SURNAME.match(text[current[0] : current[1]])
        ):
            pieces.append(current)
            current = one
        else:
            current = (current[0] if current else one[0], one[1])
    if current:
        pieces.append(current)
    return pieces


def _chinese_given(word: str) -> str | None:
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


def _is_person(words: list[str], before: str, registry: Registry) -> bool:
    if registry.person(" ".join(words)):
        return True
    if len(words) > 4:
        return False
    if words[0] in given_forms() or (len(words) == 2 and words[1] in given_forms() and _SURNAME.match(words[0])):
        return True
    if (
        words[0] in table()["names"]["chinese_surnames"].split()
        and len(words) <= 3
        and _chinese_given("".join(words[1:]).replace("-", "").capitalize())
    ):
        return True
    if any(_PATRONYMIC.match(w) for w in words[1:2]):
        return True
    if re.fullmatch(r"[А-ЯЁ]\.", words[0]) and _SURNAME.match(words[-1]):
        return True
    return bool(re.search(rf"{role_pattern()}(?:\s[\w«»-]+){{0,7}}\s$", before)) and len(words) in (2, 3)


def _add(roster: Roster, text: str, span: Span, hint: str = "") -> Draft:
    words = re.findall(r"[\w-]+\.?", text[span[0] : span[1]])
    first = given_forms().get(words[0])
    if first is not None:
        name, sex = first
        rest = [w for w in words[1:]]
        patronymic = [w for w in rest if _PATRONYMIC.match(w)]
        surname_words = [w for w in rest if w not in patronymic]
        surname = " ".join(surname_base(w, sex) if words[0] != name or w not in _ends_nominative(w, sex) else w for w in surname_words)
        if (words[0] == name and sex == "f") or (words[0] == name and sex == "m"):
            surname = " ".join(surname_words)
        full = " ".join([name, *(_patronymic(p, sex) for p in patronymic), surname]).strip()
        return roster.add(full, surname or name, span, sex=sex, confidence=0.92)
    if words[0] in table()["names"]["chinese_surnames"].split() and (given := _chinese_given("".join(words[1:]))):
        base = " ".join(words[1:]) if len(words) > 2 else given
        draft = roster.add(f"{words[0]} {base}", words[0], span, confidence=0.9)
        draft.guess = "CN"
        return draft
    sex = "f" if re.search(r"(?:овна|евна|ична)", " ".join(words)) else "m"
    known = given_forms().get(words[-1]) if len(words) == 2 else None
    if known is not None:
        return roster.add(
            f"{known[0]} {surname_base(words[0], known[1])}", surname_base(words[0], known[1]), span, sex=known[1], confidence=0.85
        )
    if hint:
        return roster.add(hint, hint.split()[-1], span, confidence=0.8)
    surname = surname_base(words[-1], sex)
    return roster.add(" ".join([*words[:-1], surname]), surname, span, confidence=0.7)


def _ends_nominative(word: str, sex: str) -> tuple[str, ...]:
    return (word,) if surname_base(word, sex) == word else ()


def _patronymic(word: str, sex: str) -> str:
    return re.sub(r"(ич)(?:а|у|ем|е)$", r"\1", word) if sex == "m" else re.sub(r"(н)(?:ы|е|у|ой)$", r"\1а", word)


def _learn_role(layout: Layout, draft: Draft, span: Span, bodies: list[Body], roster: Roster) -> None:
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
