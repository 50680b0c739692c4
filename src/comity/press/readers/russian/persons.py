"""Who is named in a Russian text, in any case.

A tagger only adds: its names come after those of the rules, yield to every name, body and place that these found, and to every person
who is known already under another case of the name.
"""

from __future__ import annotations

import re

from comity.press.model import Body, Span
from comity.press.nearby import Nearby
from comity.press.people import Draft, Roster
from comity.press.places import places_in
from comity.press.readers.russian.lexicon import given_forms, role_pattern, surname_base, surname_forms
from comity.press.readers.russian.names import (
    BODY_WORD,
    NOT_NAME,
    PATRONYMIC,
    RUN,
    SURNAME,
    called_after,
    chinese_given,
    chinese_surnames,
    given_of,
    is_person,
    patronymic,
    pieces,
    speaks,
    words_of,
)
from comity.press.readers.russian.roles import learn_role
from comity.press.registry import Registry
from comity.press.russian_cases import one_name
from comity.press.segment import Layout
from comity.press.translit import fold

_OFFICE = re.compile(rf"{role_pattern()}\s$")
_OFFICE_BEHIND = re.compile(rf"(?:,\s|\s\(|\s[—–-]\s)(?:[а-яё-]+\s){{0,3}}{role_pattern()}")
_DID_SHE = re.compile(r"[а-яё]{3,}ла(?:сь)?\s$")
_SHE_DID = re.compile(r",?\s(?:[а-яё,\s]{0,30}\s)?[а-яё]+ла\s")
_AS_IT_IS = re.compile(r"(?<!о)(?<!е)(?<!ё)(?<!ы)(?<!и)м$|[бвгджзклнпрстфхцчшщ]$")  # a given name in the nominative
_BETWEEN = re.compile(r"(?:\s\([А-ЯЁ][^()\n]{1,20}\))?,?\s(?:(?:и|а также)\s)?$")


def find_persons(layout: Layout, registry: Registry, bodies: list[Body], extra: list[tuple[Span, str]] | None = None) -> Roster:
    """All persons; ``extra`` are a tagger's spans with the nominative that it gives."""
    text = layout.text
    roster = Roster(registry)
    taken = Nearby((b.span, b.span) for b in bodies)
    for place in places_in(text, "ru"):
        if place.kind != "adjective":
            taken.add(place.span, place.span)
    singles = _named_in_full(text, roster, taken)
    for span, normal in ((_bracketless(text, s), n.partition(" (")[0]) for s, n in extra or ()):
        clear = " " in normal and not taken.at(*span) and roster.free(span)
        if clear and not _mentioned_again(text, span, roster) and _vouched(text, span, registry):
            _add(roster, text, span, hint=normal)
    hinted = {s for s, n in extra or () if " " not in n}
    starts = {s.span[0] for s in layout.sentences}
    for span in singles:
        if roster.free(span):
            _single(text, span, roster, hinted=span in hinted, opens=span[0] in starts)
    for draft in roster.drafts:
        for span in sorted(draft.mentions):
            if draft.role and draft.organisation and draft.country:
                break
            learn_role(layout, draft, span, bodies, roster)
    return roster


def _bracketless(text: str, span: Span) -> Span:
    """A tagger's span without the bracket behind the name."""
    cut = text.find(" (", *span)
    return span if cut < 0 else (span[0], cut)


def _named_in_full(text: str, roster: Roster, taken: Nearby[Span]) -> list[Span]:
    """Add everybody whom the rules find by a name of several words; the capitalised words that stand alone are left for later."""
    singles: list[Span] = []
    last = 0  # where the last full name ends
    for match in RUN.finditer(text):
        for span in pieces(text, match.span(), taken):
            words = words_of(text, span)
            if roster.at(*span) or _mentioned_again(text, span, roster):
                last = span[1]
            elif len(words) == 1:
                singles.append(span)
            elif (
                is_person(words, text[max(0, span[0] - 90) : span[0]], roster.registry)
                or speaks(text, span, words)
                or _goes_on(text, last, span, words)
            ):
                _add(roster, text, span)
                last = span[1]
    return singles


def _goes_on(text: str, last: int, span: Span, words: list[str]) -> bool:
    """A list of persons goes on: "Марта Иден, Сирил Осборн и Хуго Бекер"."""
    return (
        0 < span[0] - last <= 30
        and len(words) == 2
        and all(len(w) > 2 for w in words)
        and _BETWEEN.fullmatch(text, last, span[0]) is not None
        and not any(BODY_WORD.match(w) for w in words)
    )


def _vouched(text: str, span: Span, registry: Registry) -> bool:
    """Whether more than the tagger speaks for a person: the rules, an office behind the name, a cue, or a second mention."""
    words = words_of(text, span)
    if (
        called_after(text, span[0])
        or len(words) > 5
        or any(BODY_WORD.match(w) or w in NOT_NAME for w in words)
        or not words[0][0].isupper()
    ):
        return False
    if is_person(words, text[max(0, span[0] - 90) : span[0]], registry) or speaks(text, span, words):
        return True
    if _OFFICE_BEHIND.match(text, span[1], min(len(text), span[1] + 80)):
        return True
    stem = words[-1][: max(3, len(words[-1]) - 2)]
    return len(re.findall(rf"(?<![\w-]){re.escape(stem)}[а-яё]{{0,4}}(?![\w-])", text)) > 1


def _mentioned_again(text: str, span: Span, roster: Roster) -> bool:
    """Note a person who is known already, named in full in another case."""
    words = words_of(text, span)
    if len(words) < 2:
        return False
    known = next((d for d in roster.drafts if words[0][:4] == d.name[:4] and len(words) == 2 and _same_surname(words[1], d)), None)
    said = fold(" ".join(words))
    known = known or next((d for d in roster.drafts if said in (fold(d.name), fold(d.surname))), None)
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
    if opens or word in NOT_NAME or not SURNAME.match(word):
        return
    if hinted or _OFFICE.search(text, max(0, span[0] - 60), span[0]):
        base = surname_base(word, "m")
        roster.add(base, base, span, sex="m", confidence=0.6)


def _same_surname(word: str, draft: Draft) -> bool:
    if fold(word) == fold(draft.surname):
        return True
    if word[:3] != draft.surname[:3]:
        return False
    return word in surname_forms(draft.surname, draft.sex or "m") or surname_base(word, draft.sex or "m") == draft.surname


def _in_another_case(roster: Roster, words: list[str]) -> Draft | None:
    """A foreign name that no list declines, met in two cases: the shorter form is the nominative."""
    for draft in roster.drafts:
        name = one_name(draft.name, " ".join(words)) if not words[-1].endswith(".") else None
        if name is not None and words[0] not in given_forms():
            draft.name, draft.surname = name, name.split()[-1] if draft.surname == draft.name.split()[-1] else draft.surname
            return draft
    return None


def _add(roster: Roster, text: str, span: Span, hint: str = "") -> Draft:
    words = words_of(text, span)
    if (again := _initialled(roster, words) or _by_patronymic(roster, words) or _in_another_case(roster, words)) is not None:
        roster.mention(again, span)
        return again
    if words[0] in chinese_surnames() and len(words) <= 3 and (given := chinese_given("".join(words[1:]))):
        base = " ".join(words[1:]) if len(words) > 2 else given
        draft = roster.add(f"{words[0]} {base}", words[0], span, confidence=0.9)
        draft.guess = "CN"
        return draft
    first = given_of(text, span, words)
    if first is not None:
        name, sex = first
        patronymics = [w for w in words[1:] if PATRONYMIC.match(w)]
        family = [w for w in words[1:] if w not in patronymics]
        if words[0] != name:
            family = [surname_base(w, sex) if w[0].isupper() else w for w in family]
        full = " ".join([name, *(patronymic(p, sex) for p in patronymics), *family]).strip()
        return roster.add(full, " ".join(family) or name, span, sex=sex, confidence=0.92)
    feminine = words[-1].endswith(("ова", "ева", "ёва", "ина", "ская")) and (
        _SHE_DID.match(text, span[1], span[1] + 60) or _DID_SHE.search(text, max(0, span[0] - 20), span[0])
    )
    sex = "f" if feminine or re.search(r"(?:овна|евна|ична)", " ".join(words)) else "m"
    known = given_forms().get(words[-1]) if len(words) == 2 else None
    if known is not None:
        surname = surname_base(words[0], known[1])
        return roster.add(f"{known[0]} {surname}", surname, span, sex=known[1], confidence=0.85)
    if len(words) == 2 and _AS_IT_IS.search(words[0]):
        if words[-1].endswith(("овой", "евой", "ёвой", "иной", "ской", "цкой")):  # "с Дилбар Каримовой"
            words = [words[0], surname_base(words[-1], "f")]
        return roster.add(" ".join(words), words[-1], span, sex="" if words[-1][-1] in "ая" else sex, confidence=0.75)
    if len(words) == 2 and words[0].endswith(("ом", "ем")) and words[1].endswith(("ом", "ем", "ым")):
        hint = ""
    if hint and sex != "f" and len(hint) <= len(text[slice(*span)]):
        return roster.add(hint, hint.split()[-1], span, confidence=0.8)
    surname = surname_base(words[-1], sex)
    if surname != words[-1] and sex == "m":
        # the given names stand in the same case: "Иштваном Якабом"
        words = [*(surname_base(w, "m") if w[0].isupper() and not w.endswith(".") else w for w in words[:-1]), words[-1]]
    return roster.add(" ".join([*words[:-1], surname]), surname, span, confidence=0.7)


def _initialled(roster: Roster, words: list[str]) -> Draft | None:
    """ "С. Гафарова" for Сахиба Гафарова."""
    if not re.fullmatch(r"[А-ЯЁ]\.", words[0]):
        return None
    return next((d for d in roster.drafts if d.name[0] == words[0][0] and " " in d.name and _same_surname(words[-1], d)), None)


def _by_patronymic(roster: Roster, words: list[str]) -> Draft | None:
    """ "Леонид Эдуардович" for Леонид Слуцкий."""
    if len(words) != 2 or not PATRONYMIC.match(words[1]):
        return None
    found = [d for d in roster.drafts if d.name.split()[0] == words[0]]
    return found[0] if len(found) == 1 else None
