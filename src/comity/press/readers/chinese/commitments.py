"""Pledges, joint undertakings, proposals and plans in a Chinese text.

愿/将 bind the speaker, 双方同意 both, 要/应/建议/希望 ask, 将于…举行 announces."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from comity.press.attribution import Attribution, clean
from comity.press.clauses import Clause, settled
from comity.press.model import Commitment, Span
from comity.press.nearby import Nearby
from comity.press.readers.base import Speaker
from comity.press.segment import Layout

_SIDES = r"(?:(?:中俄|俄中|中英|两国)?双方|两国(?:议会|立法机构|议员|领导人|元首)?|两院|与会各方|各方|双方(?:议会|立法机构|代表))"
_JOINT = re.compile(
    rf"(?P<who>{_SIDES})(?:还|均|都|一致|将|共同|表示)*(?P<verb>一致同意|同意|商定|约定|决定|承诺|达成共识|达成一致|愿意|愿|将|表示愿|重申)"
)
_JOINT_FAR = re.compile(rf"(?P<who>{_SIDES})[^。；]{{2,60}}，(?:并|还|双方)?(?P<verb>一致同意|同意|商定|决定|约定)")
_SIDES_HINT = re.compile("双方|两国|两院|各方")
_ASK = re.compile(
    r"(?:应当|应该|需要|必须|有必要|(?<![答响供对适不])应(?!邀|对|用|急)|(?<![主重需只还想简扼])要(?!求|素|闻|点|人|塞|务|害|等|不是)|建议|希望|呼吁|倡议|提议|期待|敦促|期望)"
)
_PLEDGE = re.compile(r"(?:愿意|愿(?!望|景)|将(?!军|来|于|近)|承诺|致力于|准备|决心|坚定支持|一如既往|会继续|保证|随时准备)")
_PLAN = re.compile(
    r"(?:将(?:于|在)[^，。；]{1,40}?(?:举行|召开|举办|访问|开幕|启动|签署)|将(?:举行|召开|举办|访问|率团|出席)|拟(?:于|在)|计划(?:于|在|(?=[^，。]{0,14}(?:举行|召开|开展|访问|建立|举办)))|定于|定在|安排在|改在|(?:预计|预定)(?:于|在|将)"
    r"|(?<=[议届次坛会])将(?:移师|转至|改在|轮到|回到|由[^，。]{2,14}(?:主办|承办|举办|主持))|将移师)"
)


# "第九届论坛于2028年在林德港举行": what was decided is when and where it is held
_WISHED = {"希望", "建议", "呼吁", "提议", "期待", "敦促"}
_TAKES_PLACE = re.compile(r"(?:第[^，。；]{1,5}[届次]|下一?[届次])[^，。；]{0,16}?(?:于|在|\d{4}年)[^，。；]{2,30}?(?:举行|召开|举办)")
_LEFT_OPEN = re.compile(
    r"，(?:具体|确切|有关)?(?:时间|日期|地点|议程|细节|会期|安排)[^，。；]{0,6}?(?:尚未|尚待|待定|未定|另行|待|将另|还没)[^。；]*$"
)
# "凯尔莫方面将提交…" in what several say together: that side is bound
_ONE_SIDE = re.compile(r"(?P<who>[\u4e00-\u9fff]{1,8}(?:方面|一方|方|代表团|议会))(?<!双方)(?<!各方)(?<!对方)(?:将|愿|承诺|同意|表示愿)")
_DOCUMENT_ASKS = re.compile(
    r"(?P<who>(?:大会|会议|委员会|双方|议会|与会者|与会议员|各方))(?:一致)?(?:通过|发表|提出)[^，。]{0,16}(?:建议|决议|声明|公报|宣言)，(?:要求|呼吁|敦促|建议|希望)"
)


def find_commitments(
    layout: Layout, spoken: list[tuple[Attribution, Speaker]], reference: date | None, parties: tuple[str, ...]
) -> list[Commitment]:
    """All commitments, those in reported speech first."""
    clauses: list[Clause] = []
    for a, speaker in spoken:
        clauses.extend(_in_speech(layout, a, speaker, parties))
    covered = Nearby([*((a.content, a.content) for a, _ in spoken), *((q.inner, q.inner) for q in layout.quotations)])
    cues = {a.cue for a, _ in spoken}
    for sentence in layout.sentences:
        clauses.extend(_in_narration(layout, sentence.span, covered, cues, parties))
    clauses = [replace(c, span=_without_open(layout.text, c.span)) if c.nature == "plan" else c for c in clauses]
    return settled(layout.text, clauses, "zh", reference, least=5)


def _without_open(text: str, span: Span) -> Span:
    """ "…举行，日期待定": what is still open is no part of the plan."""
    tail = _LEFT_OPEN.search(text, *span)
    return clean(text, span[0], tail.start()) if tail else span


def _in_speech(layout: Layout, a: Attribution, speaker: Speaker, parties: tuple[str, ...]) -> list[Clause]:  # noqa: C901 - one rule after another, in the order in which they yield
    text, who = layout.text, (speaker.name,) if speaker.name else ()
    if speaker.claim != "official_claim":
        return []
    both = parties or who
    if a.kind == "agree" and (plan := _PLAN.search(text, *a.content)) and re.search("举行|召开", text[plan.start() : a.content[1]]):
        return [Clause(a.content, "plan", (), 0.7)]
    if a.kind == "agree" and (held := _TAKES_PLACE.match(text, *a.content)):
        return [
            Clause(clean(text, *span), "plan", (), 0.7)
            for span in ((a.content[0], held.end()), (held.end(), a.content[1]))
            if span[1] - span[0] > 8
        ]
    if a.kind == "agree":
        return [Clause(a.content, "joint", both if speaker.sides else who, 0.8)]
    if a.kind == "ask" and not a.continued:
        return [Clause(span, "proposal", who, 0.8) for span in _pieces(text, a.content)]
    if a.kind == "pledge" and not a.continued:
        return [Clause(a.content, "joint" if speaker.sides else "pledge", both if speaker.sides else who, 0.78)]
    clauses = []
    for start, end in _pieces(text, a.content):
        piece = text[start:end]
        listed = piece[1:2] == "是" and piece[0] in "一二三四五六七八"
        joint, plan = _JOINT.search(piece) if _SIDES_HINT.search(piece) else None, _PLAN.search(piece)
        ask, pledge = _ASK.search(piece), _PLEDGE.search(piece)
        if a.continued and text[start - 2 : start] in _WISHED:
            clauses.append(Clause((start, end), "proposal", who, 0.76))
            continue
        if speaker.sides and (side := _ONE_SIDE.match(piece)):
            clauses.append(Clause((start, end), "pledge", (side["who"],), 0.7))
            continue
        if joint and (ask is None or joint.start() < ask.start()):
            clauses.append(Clause((start + joint.start("who"), end), "joint", both, 0.7))
        elif speaker.sides and pledge:
            clauses.append(Clause((start, end), "joint", both, 0.7))
        elif plan and (ask is None or plan.start() < ask.start()) and _HELD.search(plan.group()):
            clauses.append(Clause((start, end), "plan", who, 0.6))
        elif listed:
            clauses.append(Clause((start, end), "proposal", who, 0.7))
        elif ask and (pledge is None or ask.start() < pledge.start()):
            clauses.append(Clause((start + _clause_start(piece, ask.start()), end), "proposal", who, 0.74))
        elif pledge:
            clauses.append(Clause((start + _clause_start(piece, pledge.start()), end), "pledge", who, 0.74))
    return clauses


_HELD = re.compile("举行|召开|计划|定于|访问")
_PIECE = re.compile(r"[；;]|，(?=(?:并|也)?(?:希望|建议|期待|愿(?!望)|呼吁|提议))")


def _clause_start(piece: str, at: int) -> int:
    """The comma clause that holds the modal."""
    return max(piece.rfind("，", 0, at), piece.rfind("：", 0, at)) + 1


def _pieces(text: str, span: Span) -> list[Span]:
    pieces, at = [], span[0]
    for match in _PIECE.finditer(text[slice(*span)]):
        pieces.append(clean(text, at, span[0] + match.start()))
        at = span[0] + match.end()
    return [*pieces, clean(text, at, span[1])]


def _in_narration(layout: Layout, span: Span, covered: Nearby[Span], cues: set[Span], parties: tuple[str, ...]) -> list[Clause]:
    text = layout.text

    def free(at: int) -> bool:
        return not covered.at(at, at + 1)

    sides = _SIDES_HINT.search(text, *span) is not None
    joint = _JOINT.search(text, *span) if sides else None
    if joint and free(joint.start()) and joint.span("verb") not in cues:
        return [Clause(clean(text, joint.end("verb"), span[1]), "joint", parties or (joint["who"],), 0.74)]
    far = _JOINT_FAR.search(text, *span) if sides else None
    if far and free(far.start()) and free(far.start("verb")):
        return [Clause(clean(text, far.end(), span[1]), "joint", parties or (far["who"],), 0.7)]
    asked = _DOCUMENT_ASKS.search(text, *span)
    if asked and free(asked.start()):
        return [Clause(clean(text, asked.end(), span[1]), "proposal", (asked["who"],), 0.66)]
    plan = _PLAN.search(text, *span)
    if plan and free(plan.start()):
        start = span[0] + _clause_start(text[span[0] : plan.start()], plan.start() - span[0])
        who = text[start : plan.start()].strip("，")
        return [Clause(clean(text, start, span[1]), "plan", (who,) if 0 < len(who) < 40 else (), 0.58)]
    return []
