"""What is reported as said in a Chinese text.

The frame is regular: subject, perhaps "在…时", cue, then a comma, a colon or nothing, then content. What follows in the same paragraph goes
on
speaking until a sentence tells something else; each of these sentences is a statement of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from comity.press.attribution import Attribution, clean, drop_overlapping, signed_and_tagged
from comity.press.model import Body, Span
from comity.press.nearby import Nearby
from comity.press.people import Roster
from comity.press.readers.chinese.lexicon import cues_in, longest, role_pattern, table
from comity.press.readers.chinese.lists import head_of_list
from comity.press.readers.chinese.names import name_at
from comity.press.segment import Layout

_COURTESY = re.compile(
    r"(?:热烈|衷心|诚挚|由衷|高度|深切|坚决|强烈|充分|亲切|崇高)?(?:的)?(?:祝贺|感谢|欢迎|满意|赞赏|慰问|哀悼|支持|关切|谢意|反对|遗憾|敬意|同情|问候|怀念|悼念|赞同|认同|不满|理解)"
    r"(?:[，；](?:并|还|同时|也)?(?:对|向)[^。；]*表示[^，。；]{2,8})?[。，；]?$"
)
_ONLY_CUE = re.compile(r"(?:[\u4e00-\u9fff·]{1,16}?)(?:对[^，。]{1,10})?(?:表示|说|指出|强调|说道|称|补充说|介绍说)。?$")
_ACTS = re.compile(r"(?:首先|再次|热情|代表[^，]{2,12})?(?:请|感谢|欢迎|祝贺|转达|介绍|回顾|积极|高度|对|热烈|衷心|通报|肯定|赞赏|代表)")
_RELAYED = re.compile(r"(?:援引|引述|引用|转述)(?P<who>[^，。“”]{2,24}?)的?(?:话|讲话|说法|表态)?$")
_HOLDS_OFFICE = re.compile(role_pattern() + "$|(?:专家|学者|人士|方|议员)$")
# "下次会议将于…举行", "回访定在…": the reporter announces
_NEXT = re.compile(r"(?:下次|下一次|下届|下一届)[^，。]{0,14}(?:将|定|拟)|[^，。]{2,14}(?:定在|定于|拟于)")
_WISHES = {"愿", "愿意", "希望", "支持", "相信", "期待", "要求", "提出"}
_HALVES = re.compile(r"，(?:并|也|还|同时|并且|同时也|并再次)(?=希望|建议|呼吁|提议|感谢|期待|敦促)")
_PRONOUN = re.compile(r"(?:他们|她们|他|她|其|对方)$")


_MARK = re.compile("[，。；：“”、,]")
_AFTER_CUE = re.compile(r"(?:时)?[，：,:]\s?")
_QUOTED = re.compile(r"[”」』][，,。]?(?P<who>[^，。；“”]{0,40})$")
_ENDS_QUOTED = re.compile(r"(?:[^，。：“”]{0,6}记者)?(?:[，。：,]|$|道)")
_AGAIN_QUOTED = re.compile(r"(?:[^，。：“”]{0,6}记者)?[，：,]\s?[“「]")
_ACCORDING = re.compile(r"(?:^|[，。])(?:据|根据|按照)(?P<who>[^，。]{1,40})$")
_NO_CLAUSE = re.compile(r"(?:了|过|的|性|者|在|于)")
_JOINED = re.compile(r"[，；。]?(?:并|同时|还|也|他|她)?$")
_OWN_SIDE = re.compile(r"(?:[\u4e00-\u9fff]{1,3}方|我们|双方|两国|我国)(?:还|也|并|均)?")
_COORDINATED = re.compile(r"(?:并|还|同时|也|又|并且|他还|她还|同时还|并同时|并再次|再次|特别|进一步|着重|最后|此外)*")
_GOES_ON = re.compile(r"(?:并|还|同时|并再次|再次|并特别|特别|进一步)*")
_ONLY_ADVERB = re.compile(r"(?:再次|特别|并|还|明确|进一步)+")
_INVITED = re.compile(r"应[^，]*$")
_MEETS = re.compile(r"会见|同|与|对|应|向")
_ADJUNCT = re.compile(
    r"(?:在[^，。]{2,40}(?:时|中|上|后|期间)|[^，。]{0,16}(?:时|期间|中)|致辞时|\d+日|当天|当日|对此)?(?:再次|特别|并|还|明确|进一步)?"
)
_ADVERBS = re.compile(
    r"(?:还|也|都|在[^，]{1,30}(?:时|中|上)|一致|再次|同时|均|则|普遍|随后|接着|事后|随即|又|后来|最后|之后|当场|近日|\d+日|日前|当天|此前|特别|进一步|曾|已)+$"
)
_TAKES_PART = re.compile(r"(?:出席|参加|陪同|主持|会见|会谈|访问|抵达|签署|参观|率团|举行|当选|介绍了|回答)")
_TOOK_PART = re.compile(r"(?:出席了?会议|参加了?(?:会见|会谈|会议|上述活动)|参加会见|出席上述活动|举行了?会谈|签署了?)。?$")


@cache
def _narration() -> re.Pattern[str]:
    return re.compile("(?:" + longest(table()["words"]["narration"]) + r"|\d{1,2}日|\d{4}年|图|新华社|记者|（)")


@cache
def _speaking() -> re.Pattern[str]:
    """Words for those who speak without a name: classes, sides, offices, documents."""
    words = table()["words"]
    further = ["中方", "俄方", "我方", "美方", "英方", "发言人", "主席", "委员长", "议长", "大使", "部长", "总统", "议员", "代表", "官员"]
    further += ["人士", "负责人", "知情者", "部门", "秘书处", "新闻处", "办公室", "当局", "方面", "工作人员", "居民"]
    documents = ["会议", "声明", "公报", "宣言", "决议", "备忘录", "文件", "报告"]
    return re.compile(longest([*words["analyst"], *words["media"], *words["sides"], *further, *documents]))


@cache
def _cue_ahead() -> re.Pattern[str]:
    return re.compile(rf"[，,]?(?P<who>[^，。“”]{{1,40}}?)(?P<cue>{longest(table()['verbs']['say'])}|认为)(?:[，。：]|$)")


def _halves(text: str, sentence: Span) -> list[Span]:
    """A sentence that goes on speaking, cut where it goes over to a wish: "阿方愿…，也希望…"."""
    parts, at = [], sentence[0]
    for match in _HALVES.finditer(text, *sentence) if "，" in text[slice(*sentence)] else ():
        parts.append(clean(text, at, match.start()))
        at = match.end() + 2
    return [*parts, clean(text, at, sentence[1])]


def _in_halves(text: str, a: Attribution) -> list[Attribution]:
    if a.rule not in {"frame", "clause"} or text[a.content[0] - 1] in "“「":
        return [a]
    parts = _halves(text, a.content)
    return [Attribution(p, a.cue, a.source, a.lemma, a.kind, a.rule, a.continued or n > 0, a.tail) for n, p in enumerate(parts)]


class Finder:
    """Finds attributions paragraph by paragraph; needs to know who is named, since a subject is what makes a cue a cue."""

    def __init__(self, layout: Layout, roster: Roster, bodies: Nearby[Body]) -> None:
        self._layout, self._roster, self._bodies = layout, roster, bodies
        self._marks = [mark.start() for mark in _MARK.finditer(layout.text)]

    def find(self) -> list[Attribution]:
        """All attributions in order."""
        found: list[Attribution] = []
        previous: Attribution | None = None
        for paragraph in self._layout.paragraphs:
            inside = self._paragraph(paragraph, previous)
            found.extend(inside)
            if inside:
                previous = inside[-1]
            elif not self._quoted(paragraph):
                previous = None
        tagged = [a for a in signed_and_tagged(self._layout, found) if a.source is None or self._names_somebody(a.source)]
        return drop_overlapping([*found, *tagged])

    def _names_somebody(self, source: Span) -> bool:
        """Whether the words before a colon are a speaker's, not the first half of a headline: "议长会谈：从水开始"."""
        words = self._layout.text[slice(*source)]
        named = self._roster.at(*source) or self._bodies.within(*source)
        return bool(named or _HOLDS_OFFICE.search(words) or name_at(self._layout.text, source[0]) == words)

    def _quoted(self, span: Span) -> bool:
        return any(q.outer[0] <= span[0] + 1 and q.outer[1] >= span[1] - 1 for q in self._layout.quotations_in(*span))

    def _paragraph(self, paragraph: Span, previous: Attribution | None) -> list[Attribution]:
        text = self._layout.text
        found: list[Attribution] = []
        current: Attribution | None = None
        for sentence in (s.span for s in self._layout.sentences_within(*paragraph)):
            got = self._sentence(sentence, current)
            if not got and _ONLY_CUE.match(text[slice(*sentence)]):
                continue
            if got:
                found.extend(got)
                current = got[-1] if got[-1].kind in {"say", "think", "ask", "agree", "according", "pledge"} else current
                continue
            owner = current
            pending = None
            in_quote = next(
                (q for q in self._layout.quotations_in(*sentence) if q.outer[0] <= sentence[0] and sentence[1] <= q.outer[1] + 1), None
            )
            if in_quote is not None:
                pending = self._ahead(in_quote.outer[1], paragraph[1])
                owner = pending or owner or (previous if self._quoted(paragraph) else None)
            if owner is None:
                continue
            if in_quote is None and self._tells(sentence):
                current = None
                continue
            rule = "continued-quote" if in_quote is not None else "continued"
            for content in _halves(text, sentence) if in_quote is None else [clean(text, *sentence)]:
                if content[1] - content[0] > 3:
                    found.append(Attribution(content, owner.cue, owner.source, owner.lemma, owner.kind, rule, continued=True))
        return found

    def _ahead(self, at: int, end: int) -> Attribution | None:
        """The cue right behind a quotation of several sentences: “…。…。”他说。"""
        match = _cue_ahead().match(self._layout.text[at:end])
        if match is None:
            return None
        cue = (at + match.start("cue"), at + match.end("cue"))
        return Attribution((at, at), cue, (at + match.start("who"), at + match.end("who")), match["cue"], "say", "quote")

    def _tells(self, sentence: Span) -> bool:
        """Whether a sentence is the reporter's: it opens with a word of narration or with somebody who acts."""
        words = self._layout.text[slice(*sentence)]
        if _narration().match(words) or _NEXT.match(words):
            return True
        people = self._roster.at(sentence[0], min(sentence[1], sentence[0] + 40))
        if people and _TAKES_PART.search(words[:60]):
            return True
        return _TOOK_PART.search(words.rstrip("”")) is not None

    def _sentence(self, sentence: Span, current: Attribution | None) -> list[Attribution]:
        text = self._layout.text
        start, end = sentence
        found: list[Attribution] = []
        at = start
        quoted = [q.inner for q in self._layout.quotations_in(start, end) if q.outer[0] > start or q.outer[1] < end]
        for match in cues_in(text, start, end):
            cue = match.span()
            if cue[0] < at or any(first <= cue[0] < last for first, last in quoted):
                continue
            kind = str(match.lastgroup)
            if kind == "stress" and current is not None and not found and self._own_side(at, cue[0]):
                continue  # "俄方高度赞赏…" in a speech that goes on: for his own side
            if (
                kind in {"ask", "pledge", "agree"}
                and found
                and not found[-1].tail
                and found[-1].rule == "frame"
                and self._own_side(at, cue[0])
            ):
                continue
            got = self._frame(start, end, at, cue, kind, match.group(), found, current)
            if got is not None:
                if found and not got.tail and found[-1].content[1] > got.cue[0]:
                    cut = got.source[0] if got.source and got.source[0] > found[-1].content[0] else got.cue[0]
                    lead = _JOINED.search(text, max(found[-1].content[0], cut - 4), cut)
                    content = clean(text, found[-1].content[0], cut - (len(lead.group()) if lead else 0))
                    old = found.pop()
                    if content[1] - content[0] > 2:
                        found.append(Attribution(content, old.cue, old.source, old.lemma, old.kind, old.rule, old.continued, old.tail))
                found.append(got)
                at = cue[1]
        if not found and "：" in text[start:end] and (told := self._colon(start, end)) is not None:
            found.append(told)
        return [a for one in found for a in _in_halves(text, one) if a.content[1] - a.content[0] > 2]

    def _colon(self, start: int, end: int) -> Attribution | None:
        """ "X打了个比方：“…。”": somebody is named before the colon, and only quotation marks tell that he speaks."""
        text = self._layout.text
        colon = text.find("：", start, end)
        quote = next((q for q in self._layout.quotations_in(colon, colon + 2) if q.outer[0] == colon + 1), None)
        if quote is None:
            return None
        clause = max(text.rfind(mark, start, colon) for mark in "，；") + 1
        source = (max(start, clause), colon)
        if not self._is_subject(*source) and clause > start:
            source = (start, colon)
        named = self._roster.at(*source) or _PRONOUN.match(text, source[0], source[0] + 1)
        if not named or text[source[0]] in "对就向把将使让在":
            return None
        return Attribution(clean(text, *quote.inner), (colon, colon + 1), source, "：", "say", "quote")

    def _own_side(self, start: int, cue: int) -> bool:
        """ "X表示，…，中方建议…": the speaker goes on for his side, nobody new speaks."""
        clause = max(self._layout.text.rfind(mark, start, cue) for mark in "，。；：") + 1
        return _OWN_SIDE.fullmatch(self._layout.text[max(start, clause) : cue]) is not None

    def _frame(  # noqa: C901  # one branch per form of words, in one order
        self, start: int, end: int, at: int, cue: Span, kind: str, lemma: str, before: list[Attribution], current: Attribution | None
    ) -> Attribution | None:
        text = self._layout.text
        left, right = text[start : cue[0]], text[cue[1] : end]
        said = kind in {"say", "think"} and not before and ("”" in left or "」" in left or "』" in left)
        quoted = _QUOTED.search(left) if said else None
        if quoted and _ENDS_QUOTED.match(right):
            source = self._source(start + quoted.start("who"), cue[0]) if quoted["who"].strip() else (current.source if current else None)
            content = clean(text, start, start + quoted.start() + 1)
            if source and content[1] - content[0] > 2:
                if _AGAIN_QUOTED.match(right):
                    return self._split_quote(content, cue, source, lemma, kind, end, before)
                return Attribution(content, cue, source, lemma, kind, "quote", tail=True)
        if kind == "stress" and lemma not in {"高度评价", "积极评价", "高度赞赏"}:
            return None
        comma = _AFTER_CUE.match(right)
        relayed = _RELAYED.search(left) if kind == "say" and ("引" in left or "转述" in left) else None
        if relayed:
            begin = cue[1] + (comma.end() if comma else 0)
            return Attribution(
                clean(text, begin, end), cue, (start + relayed.start("who"), start + relayed.end("who")), lemma, kind, "frame"
            )
        according = _ACCORDING.search(left) if comma and ("据" in left or "按照" in left) else None
        if comma and according:
            return Attribution(
                clean(text, cue[1] + comma.end(), end),
                cue,
                (start + according.start("who"), start + according.end("who")),
                lemma,
                "according",
                "according",
            )
        source = self._subject(start, at, cue[0], before, current, lemma)
        if source is None:
            return None
        rest = right[comma.end() :] if comma else right
        if not rest.strip("。”“ "):
            return None
        if comma is None:
            if (
                _COURTESY.match(rest)
                or len(rest.strip("。，")) < 5
                or (
                    lemma
                    in {
                        "介绍",
                        "报道",
                        "通报",
                        "告诉",
                        "明确",
                        "回应",
                        "提到",
                        "阐述",
                        "要求",
                        "提出",
                        "解释",
                        "支持",
                        "决定",
                        "愿",
                        "同意",
                    }
                    and not rest.startswith("“")
                )
            ) and not (lemma in {"决定", "愿", "同意"} and self._names_sides(source)):
                return None
            if _NO_CLAUSE.match(rest):
                return None
        elif lemma in {"介绍", "提出", "要求", "回应"} and comma is None:
            return None
        begin = cue[1] + (comma.end() if comma else 0)
        rule = "frame" if comma else "clause"
        return Attribution(clean(text, begin, end), cue, source, lemma, kind, rule)

    def _split_quote(
        self, content: Span, cue: Span, source: Span, lemma: str, kind: str, end: int, before: list[Attribution]
    ) -> Attribution:
        """“…，”S 说，“…。”: the first part goes to the list, the second is returned."""
        before.append(Attribution(content, cue, source, lemma, kind, "quote", tail=True))
        return Attribution(
            clean(self._layout.text, self._layout.text.find("“", cue[1], end) + 1 or cue[1] + 1, end),
            cue,
            source,
            lemma,
            kind,
            "quote",
            tail=True,
        )

    def _names_sides(self, source: Span) -> bool:
        return any(word in self._layout.text[slice(*source)] for word in table()["words"]["sides"])

    def _source(self, start: int, end: int) -> Span | None:
        return (start, end) if end > start else None

    def _subject(self, start: int, at: int, cue: int, before: list[Attribution], current: Attribution | None, lemma: str) -> Span | None:
        """The subject of a cue: in its own clause, or one clause back if only "在…时" stands between; a coordinated cue has that of the cue
        before."""
        text = self._layout.text
        low = max(start, at)
        last = bisect_left(self._marks, cue) - 1
        clause = self._marks[last] + 1 if last >= 0 and self._marks[last] >= low else low
        own = text[clause:cue]
        if _COORDINATED.fullmatch(own):
            owner = before[-1] if before else current
            if owner is not None and (own or (before and clause > low)) and (lemma not in _WISHES or (lemma == "希望" and own and before)):
                return owner.source
            if owner is None and own and clause > low:
                lead = self._roster.at(start, clause)
                if lead and lead[0][0][0] - start < 30:
                    return (start, lead[0][0][1])
        if not before and cue - start <= 12 and (head := head_of_list(self._layout, cue)) is not None:
            return head
        if len(own) > 60 or (lemma == "邀请" and _INVITED.search(own)):
            return None
        if self._is_subject(clause, cue):
            return clause, cue
        if clause > low and not before and start == low and _GOES_ON.fullmatch(own):
            # "X请Y转达问候，表示…": the sentence opens with who acts, and he goes on to speak
            lead = self._roster.at(start, clause)
            opens = [p for p, _ in lead if p[0] - start <= 14 and not _MEETS.search(text, start, p[0])]
            if opens and _ACTS.match(text, opens[0][1]):
                return (start, opens[0][1])
        if own and clause > low and _ADJUNCT.fullmatch(own) and not _ONLY_ADVERB.fullmatch(own):
            back = max(text.rfind(mark, low, clause - 1) for mark in "，。；：“”")
            back = low if back < low else back + 1
            if clause - back <= 60 and self._is_subject(back, clause - 1):
                return back, clause - 1
        return None

    def _is_subject(self, start: int, end: int) -> bool:
        words = self._layout.text[start:end]
        if not words or (words[0] in "对就向把将使让" and not words.startswith("对此")):
            return False
        if self._roster.at(start, end) or self._bodies.within(start, end):
            return True
        head = _ADVERBS.sub("", words)
        return (len(head) <= 6 and _PRONOUN.search(head) is not None) or (len(head) <= 30 and _speaking().search(head) is not None)
