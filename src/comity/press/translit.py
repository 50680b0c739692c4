"""One person under several spellings: order of names, Russian letters in Latin ones, Chinese names in Cyrillic (the Palladius system) and
pinyin.

A key is a spelling with its variants folded away, so that comparing is comparing strings.

>>> bool(name_keys("Вячеслав Володин") & name_keys("Viacheslav Volodin"))
True
>>> bool(name_keys("Чжао Лэцзи") & name_keys("Zhao Leji")), bool(name_keys("Leji Zhao") & name_keys("Zhao Leji"))
(True, True)
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ё": "e",
    "ж": "zh",
    "з": "z",
    "и": "i",
    "й": "i",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ы": "i",
    "ь": "",
    "э": "e",
    "ю": "iu",
    "я": "ia",
}
# Palladius initials and finals, longest first; the pinyin of a syllable follows from both.
_INITIALS = {
    "чж": "zh",
    "цз": "j",
    "дз": "z",
    "ц": "c",
    "ч": "ch",
    "ш": "sh",
    "с": "s",
    "х": "h",
    "ж": "r",
    "б": "b",
    "п": "p",
    "м": "m",
    "ф": "f",
    "д": "d",
    "т": "t",
    "н": "n",
    "л": "l",
    "г": "g",
    "к": "k",
    "з": "z",
    "": "",
}
_FINALS = {
    "а": "a",
    "ай": "ai",
    "ань": "an",
    "ан": "ang",
    "ао": "ao",
    "о": "o",
    "оу": "ou",
    "э": "e",
    "эй": "ei",
    "энь": "en",
    "эн": "eng",
    "ун": "ong",
    "и": "i",
    "я": "ia",
    "ян": "iang",
    "янь": "ian",
    "яо": "iao",
    "е": "ie",
    "инь": "in",
    "ин": "ing",
    "юн": "iong",
    "ю": "iu",
    "у": "u",
    "уа": "ua",
    "уай": "uai",
    "уань": "uan",
    "уан": "uang",
    "уэ": "ue",
    "уй": "ui",
    "уэй": "ui",
    "унь": "un",
    "уо": "uo",
    "юй": "u",
    "юэ": "ue",
    "юань": "uan",
    "юнь": "un",
    "ы": "i",
    "ые": "i",
    "эр": "er",
    "юе": "ue",
    "вэй": "wei",
    "ван": "wang",
    "вань": "wan",
    "вэнь": "wen",
    "во": "wo",
    "ва": "wa",
    "вай": "wai",
}
_SYLLABLE = re.compile(
    "("
    + "|".join(sorted(filter(None, _INITIALS), key=len, reverse=True))
    + ")?("
    + "|".join(sorted(_FINALS, key=len, reverse=True))
    + ")(?![ьъ])"
)
_PINYIN_INITIAL = "(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?"
_PINYIN = re.compile(
    _PINYIN_INITIAL + r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u|ü)"
)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case, Latin letters without accents, spelling habits of transliterations folded: y/i/j, kh/h, ks/x, ei/ey/ai."""
    text = "".join(_LETTERS.get(c, c) for c in text.lower())
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    for a, b in (
        ("ye", "e"),
        ("yo", "e"),
        ("iy", "i"),
        ("yi", "i"),
        ("ij", "i"),
        ("ii", "i"),
        ("yu", "iu"),
        ("ju", "iu"),
        ("ya", "ia"),
        ("ja", "ia"),
        ("kh", "h"),
        ("x", "ks"),
        ("tz", "ts"),
        ("y", "i"),
        ("j", "i"),
        ("ie", "e"),
        ("ii", "i"),
        ("sch", "sh"),
    ):
        text = text.replace(a, b)
    return re.sub(r"(.)\1", r"\1", re.sub(r"[^a-z0-9\u3400-\u9fff]", "", text))


@lru_cache(maxsize=4096)
def palladius_to_pinyin(word: str) -> str | None:
    """``Лэцзи`` as ``leji``; ``None`` if the word is not made of Palladius syllables. й, в and хуэй/хой variants are folded."""
    rest, out = word.lower().replace("ё", "е").replace("хой", "хуэй").replace("'", "").replace("ъ", ""), ""
    while rest:
        match = _best(rest)
        if match is None:
            return None
        initial, final, length = match
        out += _pinyin(initial, final)
        rest = rest[length:]
    return out


def _best(rest: str) -> tuple[str, str, int] | None:
    """The longest syllable at the head that leaves a rest which can begin a syllable."""
    candidates = []
    for initial in _INITIALS:
        if rest.startswith(initial):
            for final in _FINALS:
                if rest.startswith(final, len(initial)):
                    length = len(initial) + len(final)
                    if length == len(rest) or (rest[length] not in "ьъй" and _starts(rest[length:])):
                        candidates.append((initial, final, length))
    return max(candidates, key=lambda c: c[2], default=None)


def _starts(rest: str) -> bool:
    return _SYLLABLE.match(rest) is not None


def _pinyin(initial: str, final: str) -> str:
    vowel = _FINALS[final]
    soft = final[0] in "ияеюё"
    head = _INITIALS[initial]
    if final == "о" and initial not in {"", "б", "п", "м", "ф"}:
        vowel = "uo"
    if initial == "ц" and soft:
        head = "q"
    elif initial == "с" and soft:
        head = "x"
    elif initial == "цз" and not soft:
        head = "z"
    if not initial:
        if vowel[0] == "i":
            vowel = "y" + (vowel if vowel in {"i", "in", "ing"} else vowel[1:] if len(vowel) > 1 else vowel)
        elif final.startswith("ю"):
            vowel = "y" + vowel
        elif vowel[0] == "u":
            vowel = "w" + (vowel if vowel == "u" else vowel[1:])
    return head + vowel


def is_pinyin(word: str) -> bool:
    """Whether a capitalised Latin word is one to three pinyin syllables (Leji, Jinping, Qinjian)."""
    rest, count = word.lower().replace("'", "").replace("’", "").replace("-", ""), 0
    return _pinyin_rest(rest, count)


def _pinyin_rest(rest: str, count: int) -> bool:
    if not rest:
        return 1 <= count <= 3
    if count == 3:
        return False
    match = _PINYIN.match(rest)
    if match is None:
        return False
    return any(_PINYIN.fullmatch(rest[:n]) is not None and _pinyin_rest(rest[n:], count + 1) for n in range(match.end(), 0, -1))


@lru_cache(maxsize=8192)
def name_keys(name: str) -> frozenset[str]:
    """The keys of a full name: its words folded, in both orders, and its pinyin if it is a Chinese name in Cyrillic. A single word has
    one key."""
    if re.search(r"[\u3400-\u9fff]", name):
        return frozenset({re.sub(r"[^\u3400-\u9fff]", "", name)})
    words = [w for w in re.split(r"[\s.]+", name.strip()) if w]
    words = [w for w in words if not re.fullmatch(r"[А-ЯЁа-яё]+(?:ович|евич|ич|овна|евна|ична)", w)] if len(words) > 2 else words
    keys = {"|".join(sorted(fold(w) for w in words))}
    if re.search(r"[А-Яа-яё]", name):
        pinyin = [palladius_to_pinyin(w) for w in words]
        if all(pinyin):
            keys.add("|".join(sorted(fold(str(p)) for p in pinyin)))
            keys.add(fold("".join(map(str, pinyin[:1]))) + "|" + fold("".join(map(str, pinyin[1:]))))
    if len(words) > 2 and all(is_pinyin(w) for w in words):
        keys.add("|".join(sorted((fold(words[0]), fold("".join(words[1:]))))))
    return frozenset(k for k in keys if k.strip("|"))
