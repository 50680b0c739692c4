"""Who is named in a Russian text, in any case: persons with role, organisation and country; bodies."""

from __future__ import annotations

import re

from comity.press.model import Span
from comity.press.people import Draft, Roster
from comity.press.places import places_in
from comity.press.readers.russian.bodies import Body
from comity.press.readers.russian.lexicon import cue_pattern, given_forms, role_pattern, surname_base, surname_forms, table
from comity.press.readers.russian.roles import learn_role
from comity.press.registry import Registry
from comity.press.russian_cases import one_name
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


def find_persons(layout: Layout, registry: Registry, bodies: list[Body], extra: list[tuple[Span, str]] | None = None) -> Roster:
    """All persons; ``extra`` are a tagger's spans with the nominative that it gives."""
    text = layout.text
    roster = Roster(registry)
    taken = [b.span for b in bodies] + [p.span for p in places_in(text, "ru") if p.kind != "adjective"]
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
    # the tagger comes after the rules, whose nominatives are surer
    for span, normal in extra or ():
        inside = any(t[0] <= span[0] and span[1] <= t[1] for t in taken)
        known = any(m[0] < span[1] and span[0] < m[1] for d in roster.drafts for m in d.mentions)
        if " " in normal and not inside and not known and _vouched(text, span, registry) and not _mentioned_again(text, span, roster):
            _add(roster, text, span, hint=normal)
    hinted = [s for s, n in extra or () if " " not in n]
    starts = {s.span[0] for s in layout.sentences}
    singles = [s for s in singles if not any(m[0] < s[1] and s[0] < m[1] for d in roster.drafts for m in d.mentions)]
    for span in singles:
        _single(text, span, roster, hinted=span in hinted, opens=span[0] in starts)
    for draft in roster.drafts:
        for span in sorted(draft.mentions):
            learn_role(layout, draft, span, bodies, roster)
    return roster


def _vouched(text: str, span: Span, registry: Registry) -> bool:
    """Whether more than the tagger speaks for a person: the rules, an office behind the name, a cue, or a second mention."""
    words = _words(text, span)
    if any(_BODY_WORD.match(w) for w in words):
        return False
    if _is_person(words, text[max(0, span[0] - 90) : span[0]], registry) or _speaks(text, span, words):
        return True
    if re.match(rf"(?:,\s|\s\(|\s[—–-]\s)(?:[а-яё-]+\s){{0,3}}{role_pattern()}", text[span[1] : span[1] + 80]):
        return True
    stem = words[-1][: max(3, len(words[-1]) - 2)]
    return len(re.findall(rf"(?<![\w-]){re.escape(stem)}[а-яё]{{0,4}}(?![\w-])", text)) > 1


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
    if len(words) > 4 or any(_BODY_WORD.match(w) for w in words):
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


_BODY_WORD = re.compile(
    r"(?:Совет|Палат|Собрани|Парламент|Сенат|Комитет|Комисси|Ассамбле|Дум|Сейм|Республик|Федераци|Союз|Мажилис|Мажлис|Хурал)[а-яё]{0,3}$"
)


def _in_another_case(roster: Roster, words: list[str]) -> Draft | None:
    """A foreign name that no list declines, met in two cases: the shorter form is the nominative."""
    for draft in roster.drafts:
        name = one_name(draft.name, " ".join(words)) if not words[-1].endswith(".") else None
        if name is not None and words[0] not in given_forms():
            draft.name, draft.surname = name, name.split()[-1] if draft.surname == draft.name.split()[-1] else draft.surname
            return draft
    return None


def _add(roster: Roster, text: str, span: Span, hint: str = "") -> Draft:
    words = re.findall(r"[\w-]+\.?", text[span[0] : span[1]])
    if (again := _initialled(roster, words) or _by_patronymic(roster, words) or _in_another_case(roster, words)) is not None:
        roster.mention(again, span)
        return again
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
    feminine = words[-1].endswith(("ова", "ева", "ёва", "ина", "ская")) and re.match(
        r",?\s(?:[а-яё,\s]{0,30}\s)?[а-яё]+ла\s", text[span[1] : span[1] + 60]
    )
    sex = "f" if feminine or re.search(r"(?:овна|евна|ична)", " ".join(words)) else "m"
    known = given_forms().get(words[-1]) if len(words) == 2 else None
    if known is not None:
        return roster.add(
            f"{known[0]} {surname_base(words[0], known[1])}", surname_base(words[0], known[1]), span, sex=known[1], confidence=0.85
        )
    if hint:
        return roster.add(hint, hint.split()[-1], span, confidence=0.8)
    surname = surname_base(words[-1], sex)
    if surname != words[-1] and sex == "m":
        # the given names stand in the same case: "Иштваном Якабом"
        words = [*(surname_base(w, "m") if not w.endswith(".") else w for w in words[:-1]), words[-1]]
    return roster.add(" ".join([*words[:-1], surname]), surname, span, confidence=0.7)


def _initialled(roster: Roster, words: list[str]) -> Draft | None:
    """ "С. Гафарова" for Сахиба Гафарова."""
    if not re.fullmatch(r"[А-ЯЁ]\.", words[0]):
        return None
    return next((d for d in roster.drafts if d.name[0] == words[0][0] and " " in d.name and _same_surname(words[-1], d)), None)


def _by_patronymic(roster: Roster, words: list[str]) -> Draft | None:
    """ "Леонид Эдуардович" for Леонид Слуцкий."""
    if len(words) != 2 or not _PATRONYMIC.match(words[1]):
        return None
    found = [d for d in roster.drafts if d.name.split()[0] == words[0]]
    return found[0] if len(found) == 1 else None


def _ends_nominative(word: str, sex: str) -> tuple[str, ...]:
    return (word,) if surname_base(word, sex) == word else ()


def _patronymic(word: str, sex: str) -> str:
    return re.sub(r"(ич)(?:а|у|ем|е)$", r"\1", word) if sex == "m" else re.sub(r"(н)(?:ы|е|у|ой)$", r"\1а", word)
