"""What a person's name looks like in a Chinese text: where it begins, where it ends, and what only looks like one.

A Chinese name is a surname and one or two characters; a foreign one is spelled with the characters that Xinhua's tables of transliteration
use. Neither is set apart by spaces, so a name ends where a word begins that cannot belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from comity.press.places import places_in
from comity.press.readers.chinese.lexicon import role_pattern, table

_HOW = "还|也|则|均|都|再次|特别|曾|此前|近日|日前|当天|今天|昨天|当日|同日|随后|一行"
_DEEDS = (
    "表示|指出|强调|说|称|声称|宣称|宣布|认为|介绍|主持|出席|会见|重申|呼吁|建议|提议|希望|坦言|补充|透露|警告|回忆|感谢|祝贺|欢迎|应约|应邀"
    "|同意|承诺|保证|率团|率领|参加|陪同|随团|随行|致辞|致信|致电|答道|回答|写道|问道|追问|走访|抵达|签署|通报|作了|作报告|讲话|发言|当选"
    "|担任|接受|设宴|在座|到会|获悉|撰文|发表|提醒|解释|反问|反驳|否认|坚持|相信|担心|主张|赞同|代表"
)
_ACTS = re.compile(
    rf"(?:在[^，。]{{2,18}}?(?:时|中|上))?(?:对[^，。]{{1,12}}?)?(?:{_HOW}|\d+日)*(?:{_DEEDS.removesuffix('|代表')}|代表[^，。]{{2,14}}(?:向|对|发言|致))"
)
_ACTS_BEGIN = frozenset("在对") | {word[0] for word in f"{_HOW}|{_DEEDS}".split("|")}
_TITLES = (
    "同志|先生|女士|小姐|夫人|阁下|教授|博士|院士|委员长|副委员长|议长|副议长|主席|副主席"
    "|部长|外长|大使|书记|秘书长|主任|议员|参议员|众议员|总理|总统|首相"
)
TITLE = re.compile(rf"(?:{_TITLES})(?![国团令们会级席处职权制府])")
_TITLES_BEGIN = frozenset(word[0] for word in _TITLES.split("|"))
_PLACE_AFTER = re.compile(
    r"(?:国民议会|人民议会|联邦议会|议会|国会|议院|参议院|众议院|政府|外交部|论坛|首都|人民|两国|一方|境内|全境|方面|代表团|媒体|大学|国家|共和国|王国|联邦"
    r"|当局|军方|[三四五六]国|总部|驻|州|市|省|港|县|区|湖|河流|海域|边境|口岸|宣言|协定|条约|声明|公报)"
)
_PLACE_BEFORE = re.compile(r"(?:(?<!现)在|访问|抵达|前往|飞往|赴|位于|来自|途经|离开|到访|[报社网]|首都)$")
_AFTER_PLACE = re.compile(
    r"(?:\d{1,2}月\d|(?:成功|正式|隆重|同时)?(?:举行|召开|开幕|闭幕|举办|签署|签订|成立|设立|会见|接见|会面|会晤|碰头|访问|进行|发表)|国内|期间|[，。；]|的)"
)
_NEVER = frozenset("的了是在和与及，。、；：“”（）()！？《》·\n \u3000这那每各某吗呢吧")
_DOT = re.compile("[·•・－-]")
_AND = re.compile(r"[、和与及]")


def acts_at(text: str, at: int) -> bool:
    """Whether words stand at ``at`` that only follow somebody who acts: a verb, with what may come before it."""
    first = text[at : at + 1]
    return (first in _ACTS_BEGIN or first.isdecimal()) and _ACTS.match(text, at) is not None


def titled_at(text: str, at: int) -> bool:
    """Whether a title stands at ``at``."""
    return text[at : at + 1] in _TITLES_BEGIN and TITLE.match(text, at) is not None


@cache
def _letters() -> tuple[str, str]:
    """Characters that spell foreign names: those of a bare name, and all that may stand beside a dot."""
    names = table()["names"]
    return names["translit"], names["translit"] + names["translit_dotted"]


@cache
def _wide() -> frozenset[str]:
    return frozenset(_letters()[1])


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Surnames of one character, and those of two."""
    names = table()["names"]
    return frozenset(names["surnames"]), frozenset(names["compound"])


@cache
def _spelling() -> frozenset[str]:
    return frozenset(_letters()[0])


@cache
def _dotted() -> re.Pattern[str]:
    wide = _letters()[1]
    return re.compile(rf"[{wide}]{{1,8}}(?:[·•・－-][{wide}]{{1,8}})+")


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"[{_letters()[0]}]{{2,8}}")


_WORDS = (
    "国会 同志 先生 女士 教授 博士 陪同 参加 出席 主持 会见 应邀 应约 率团 率领 于是 等人 一行 今天 今年 方面 代表 当选 访问 抵达 签署 致辞"
    " 因为 因此 以及 双方 通电话 举行 常务 共同 同时 执行"
)


@cache
def _verbs() -> dict[str, tuple[str, ...]]:
    """Words that are none of a name, by their first character, the longest first: verbs of the lexicon, offices and a few more, of two
    characters at least."""
    verbs = {v for group in table()["verbs"].values() for v in group if len(v) > 1}
    words = sorted({*verbs, *table()["roles"]["nouns"], *_WORDS.split()}, key=lambda word: (-len(word), word))
    return {first: tuple(word for word in words if word[0] == first) for first in {word[0] for word in words}}


def _verb_at(text: str, at: int) -> int:
    """Where the longest such word ends that begins at ``at``; 0 if none does."""
    for word in _verbs().get(text[at : at + 1], ()):
        if text.startswith(word, at):
            return at + len(word)
    return 0


@cache
def _stops() -> frozenset[str]:
    return frozenset(table()["names"]["stops"] + "、，。；：“”（）()！？\n \u3000")


@cache
def _no_names() -> frozenset[str]:
    return frozenset(table()["names"]["not_names"].split())


def _cut_by_verb(text: str, start: int, end: int) -> int:
    """Where a name ends that runs up to ``end``: before a verb that begins inside it and reaches its end or beyond."""
    for at in range(start + 1, end):
        if _verb_at(text, at) >= end:
            return at
    while end - start > 2 and text[end - 1] in "于因" and (end >= len(text) or text[end] not in "·•"):
        end -= 1
    return end


def _ends(text: str, end: int) -> bool:
    return end >= len(text) or text[end] in _stops() or not "\u4e00" <= text[end] <= "\u9fff" or acts_at(text, end) or titled_at(text, end)


_LEAD = re.compile(r"(?:关于|对于|由于|终于|以及|于|及|派|当|约(?![翰瑟里书纳格克尔安西亚拿阿菲维])|让(?![·•・－-]))+")


def dotted_names(text: str) -> list[str]:
    """Foreign names with a dot between their parts, in order of appearance."""
    found: dict[str, None] = {}
    for match in _with_dots(text):
        start, end = match.span()
        if lead := _LEAD.match(text, start, end):
            start = lead.end()
        for before in office().finditer(text, max(0, start - 5), start + 3):
            start = before.end() if start < before.end() < end else start  # 总理夏巴兹·谢里夫
        for place in places_in(text, "zh", max(0, start - 4), end):
            if start < place.span[1] < end and place.span[0] < start + 1 and not _DOT.match(text, place.span[1]):
                start = place.span[1]  # 俄罗斯安东·沃洛什科
        cut = _cut_by_verb(text, max(start, _last_dot(match.group()) + match.start()), end)
        if cut - start > 2 and not _DOT.match(text, cut - 1):
            found.setdefault(text[start:cut])
    return list(found)


def _with_dots(text: str) -> Iterator[re.Match[str]]:
    """What the pattern of dotted names finds, tried only where characters stand before a dot that may spell a name."""
    wide, after = _wide(), 0
    for dot in _DOT.finditer(text):
        start = dot.start()
        while start > after and dot.start() - start < 8 and text[start - 1] in wide:
            start -= 1
        if after <= start < dot.start() and (match := _dotted().match(text, start)):
            after = match.end()
            yield match


def _last_dot(name: str) -> int:
    return max(name.rfind(mark) for mark in "·•・－-") + 1


def is_native(name: str) -> bool:
    """A Chinese surname with one or two characters that are not all of those that spell foreign names."""
    single, double = _surnames()
    compound = name[:2] in double and len(name) in (3, 4)
    if not compound and not (len(name) in (2, 3) and name[0] in single):
        return False
    return not _spelling().issuperset(name) and name not in _no_names() and _NEVER.isdisjoint(name)


def name_at(text: str, at: int, *, office: bool = False) -> str | None:
    """The name that begins at ``at``, or ``None``. Behind an ``office`` a Chinese name that is told twice needs no end that shows."""
    if text[at : at + 1] not in _wide():
        return _native_at(text, at, office=office)
    whole = _dotted().match(text, at)
    if whole is not None:
        start, end = whole.span()
        return text[start : _cut_by_verb(text, start + _last_dot(whole.group()), end)]
    native = _native_at(text, at, office=office)
    bare = _bare().match(text, at)
    if bare is not None:
        end = _cut_by_verb(text, at, bare.end())
        name = text[at:end]
        if len(name) >= 2 and _ends(text, end) and (len(name) >= 4 or native is None or len(name) >= len(native)):
            return None if name in _no_names() else name
    return native


def _native_at(text: str, at: int, *, office: bool) -> str | None:
    single, double = _surnames()
    compound = text[at : at + 2] in double
    if not (compound or text[at : at + 1] in single) or _verb_at(text, at):
        return None
    size = 2 if compound else 1
    fits = []
    for length in (size + 2, size + 1):
        name = text[at : at + length]
        if len(name) < length or any(not "\u4e00" <= c <= "\u9fff" or c in _NEVER for c in name[size:]) or name in _no_names():
            continue
        if _cut_by_verb(text, at, at + length) != at + length or (name[-1] in "说称" and text[at + length : at + length + 1] in "，：,"):
            continue
        if _ends(text, at + length):
            return name
        fits.append(name)
    told_again = [name for name in fits if office and text.count(name) > 1]
    return told_again[0] if told_again else None


def following(text: str, end: int) -> str | None:
    """The name that a list goes on with behind ``end``: "王晨、杨振武等"."""
    joint = _AND.match(text, end)
    if joint is None:
        return None
    name = name_at(text, joint.end())
    if name is None or not (is_native(name) or len(name) > 3 or "·" in name):
        return None
    after = joint.end() + len(name)
    listed = text[after : after + 1] in set("、和与及等，。（") or acts_at(text, after) or titled_at(text, after)
    return name if listed else None


def is_place(text: str, name: str) -> bool:
    """Whether the text shows a word to be a country's or a town's name: 凯尔莫议会, 在维尔堡举行, 本报维尔堡3月1日讯."""
    if is_native(name) and len(name) == 3:
        return False
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if _PLACE_AFTER.match(text, end) or (_PLACE_BEFORE.search(text, max(0, at - 4), at) and _AFTER_PLACE.match(text, end)):
            return True
        at = text.find(name, end)
    return False


_LIST = re.compile(
    r"(?P<all>[\u4e00-\u9fff·]{2,14}(?:、[\u4e00-\u9fff·]{2,12}?)+(?:[和与及][\u4e00-\u9fff·]{2,12}?)?)(?P<end>等|参加|出席|陪同|主持|随团|在座)"
)


def listed(text: str) -> list[str]:
    """Chinese names in a list of persons who do something together: "王东明、肖捷、郝明金等出席"."""
    found: list[str] = []
    for match in _lists(text):
        parts = re.split("[、和与及]", match["all"])
        names = [part for part in parts[1:] if is_native(part) and not any(_verb_at(part, at) for at in range(len(part)))]
        if len(names) >= 2 and len(names) >= len(parts) - 2:
            found.extend(names)
            if is_native(parts[0]):
                found.append(parts[0])
    return found


def _lists(text: str) -> Iterator[re.Match[str]]:
    """What the pattern of lists finds, tried only where two characters at least stand before their mark."""
    mark, after = text.find("、"), 0
    while mark >= 0:
        start = mark
        while start > after and mark - start < 14 and ("\u4e00" <= text[start - 1] <= "\u9fff" or text[start - 1] == "·"):
            start -= 1
        if mark - start >= 2 and (match := _LIST.match(text, start)):
            after = match.end()
            yield match
        mark = text.find("、", max(mark + 1, after))


@cache
def office() -> re.Pattern[str]:
    """An office that a name may stand behind; 主席国, 部长级 and 代表团 are none."""
    return re.compile(role_pattern() + r"(?![国团令们会级席处职权制])")


def in_longer_word(text: str, start: int, end: int) -> bool:
    """Whether a foreign name without a dot is only a part of a longer spelling: the 维尔 of 维尔堡."""
    name = text[start:end]
    if "·" in name or is_native(name):
        return False
    if _PLACE_AFTER.match(text, end) is None and re.match("[堡斯克特恩尔顿格莱夫]", text[end : end + 1]) is None:
        return False
    return not _verb_at(text, end)
