"""Pledges, joint undertakings, proposals and plans in a Russian text (see the English twin for the natures)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from comity.press.attribution import Attribution, clean
from comity.press.clauses import Clause, settled
from comity.press.dates import find_dates
from comity.press.model import Commitment, Span
from comity.press.nearby import Nearby
from comity.press.readers.base import Speaker
from comity.press.readers.russian.lexicon import by_letter, table
from comity.press.segment import Layout

_E = r"(?![а-яё])"
_SIDES = (
    r"(?:[Оо]бе\s(?:стороны|палаты|страны|делегации)|(?:[Дд]ве\s)?[Сс]тороны|[Пп]арламент(?:ы"
    r"|арии)(?:\sдвух\sстран|\sРоссии\sи\sКитая|\sобеих\sстран)?|[Уу]частники(?:\s\w+)?|[Сс]опредседатели"
    r"|[Дд]елегации|[Зз]аконодатели\sдвух\sстран|[Гг]лавы\s\w+)"
)
_ASKING = re.compile(
    (
        rf"(?<![а-яё])(?<!не\s)(?:следует|необходимо|нужно|надо|важно\s(?:\w+\s){{0,3}}?\w+(?:ть|ться|ти)|долж(?:ны|на"
        rf"|ен|но)|целесообразно|давайте|предлага(?:ем|ю|ет|ют)|призыва(?:ем|ю|ет|ют)|стоит\s\w+(?:ть|ти)"
        rf"|хотелось\sбы|требуется|предстоит){_E}"
    ),
    re.IGNORECASE,
)
_JOINT = re.compile(
    rf"(?P<who>[Мм]ы(?=\s(?:договорились|условились|согласились|решили|пришли))|{_SIDES})\s(?:также\s"
    rf"|\w+но\s)?(?P<verb>договорились|условились|согласились|решили|намерены|готовы|будут"
    rf"|подтвердили\s(?:готовность|намерение|приверженность)|выразили\s(?:готовность|намерение|стремление)"
    rf"|обязались|обязуются|договариваются|планируют|приняли\sрешение|пришли\sк\sсоглашению){_E}"
)
_AGREED = re.compile(
    r"(?<![а-яё])(?:договорились|условились|достигнут[ао]\sдогов\w+|достигли\sдогов\w+|согласовали"
    r"|подписал[аи]?\s(?:соглашение|меморандум|договор|протокол)|подписан\w*\s(?:соглашение|меморандум"
    r"|договор)|условлено|решено|принято\sрешение)(?![а-яё])",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?<![а-яё])(?:хран|помн|зна[ею]|цен[ия]|счита|прида|относ|дорож|уважа|оста[её]тся|явля|высоко|понима|был[аио]?)(?!\w*(?:им|ем)\b)"
)
_LAYS_DOWN = re.compile(
    r"(?<![а-яё])(?:документ|соглашение|меморандум|договор|план|декларация|протокол|дорожная\sкарта)\s(?:также\s)?(?:предусматрива|предполага|обязыва)[а-яё]+\s",
    re.IGNORECASE,
)
_PLEDGE = re.compile(
    rf"(?<![а-яё])(?P<who>[Мм]ы|[Яя]|(?:[А-ЯЁа-яё-]+\s){{0,3}}сторона|Госдума|Государственная\sДума"
    rf"|Совет\sФедерации|Россия|Китай|КНР|ВСНП|парламент|(?:[А-ЯЁ][а-яё-]+\s){{1,3}})\s?(?:также\s|всегда\s"
    rf"|и\s(?:далее|впредь)\s|со\sсвоей\sстороны\s)*(?:готов[аыо]?(?=\s(?:[а-яё]+\s){{0,4}}?[а-яё]+(?:ть|ться|ти|тись|чь)(?![а-яё])|\sк\s|\sна\s)|намерен[аыо]?|буд(?:ем|у|ет|ут)|обязу\w+"
    rf"|обещ\w+|постара\w+|сдела(?:ем|ет|ю)|продолж(?:им|ит|у)|обеспеч(?:им|ит|у)|направ(?:им|ит)|усил(?:им"
    rf"|ит)|окаж(?:ем|ет)|поддерж(?:им|ит)|планиру(?:ем|ет)|провед(?:ём|ем|ет|ёт)|примем|внес(?:ём|ем|ет"
    rf"|ёт)|ратифицируе[мт]|вынес(?:ем|ет)){_E}"
)
_FIRST_PLURAL = re.compile(
    (
        r"(?:^|[,;]\s|\sи\s)(?:и\s|также\s|обязательно\s|мы\s|до\s[\w\s]{3,20}\s|в\s[\w\s]{3,25}\s)*(?:готовы"
        r"|намерены|будем|сделаем|продолжим|обеспечим|направим|усилим|окажем|поддержим|проведём|проведем"
        r"|примем|внесём|внесем|передадим|подготовим|рассмотрим|ратифицируем|вынесем|пригласим|откроем"
        r"|создадим)(?![а-яё])"
    ),
    re.IGNORECASE,
)
_PLANNED = [
    r"состоится",
    r"состоятся",
    r"пройд[её]т",
    r"пройдут",
    r"запланирован\w*",
    r"планиру(?:ется|ются|ет|ют)",
    r"намечен\w*",
    r"будет\s(?:проведен|проведён|организован|подписан|создан|направлен|представлен)\w*",
    r"будут\s(?:проведены|организованы|подписаны|созданы|направлены|обсуждаться)",
    r"намерен[аыо]?",
    r"собира(?:ется|ются)(?=\s(?:[а-яё]+\s){0,3}[а-яё]+(?:ть|ться|ти))",
    r"предполагается",
    r"откроется",
    r"приед(?:ет|ут)",
    r"прибуд(?:ет|ут)",
    r"посет(?:ит|ят)",
    r"представ(?:ит|ят)",
    r"опублику(?:ет|ют)",
    r"подготов(?:ит|ят)",
    r"рассмотр(?:ит|ят)",
    r"проведут",
    r"создадут",
    r"запуст(?:ит|ят)",
    r"приступ(?:ит|ят)",
    r"обсуд(?:ит|ят)",
    r"передад(?:ут|им)",
    r"решено\s(?:провести|организовать|созвать)",
    r"буд(?:ет|ут)\sвнес[её]н\w*",
    r"ожидается(?=\s(?:во?|на|осенью|весной|летом|зимой)\s)",
    r"назначен\w*\sна",
    r"созовут",
    r"заступит",
    r"приедут",
    r"завершит\w*",
    r"вступит\sв\sсилу",
    r"соберутся",
    r"соберётся",
    r"продолжит\w*",
    r"начн[её]тся",
    r"начнутся",
    r"подпишут",
    r"подпишет",
    r"встретятся",
    r"примет\sучастие",
    r"посетит",
]
_NEXT = (
    r"(?:[Сс]ледующ|[Оо]чередн|[Бб]лижайш|[Оо]тветн)\w+\s(?:[а-яё-]+\s){0,3}?(?:примет|примут|жд[её]т|проведёт|проведет|соберёт|соберет)"
)
_PLAN = re.compile(rf"(?<![а-яё])(?:{by_letter(_PLANNED)}|{_NEXT}){_E}")
# a word of each of the others: most sentences hold none
_JOINS = re.compile(
    r"(?<![а-яё])(?:[дусрнгбпво])(?:оговор|словил|огласил|ешили|амерен|отовы|удут|одтвердили|ыразили|бяз|ланиру|риняли|ришли)"
)


_CONTRAST = re.compile(
    r",\s(?:однако|хотя|тогда как|в то время как)\s"
    r"|,\s(?:но\s|а\s)?(?:сроки|точн\w+|дата|даты|место|повестка|время)\s[^,]{0,24}?(?:не\s|будет|будут|пока|согласу|уточн|объяв|позже|предстоит)"
)


def find_commitments(
    layout: Layout, spoken: list[tuple[Attribution, Speaker]], reference: date | None, parties: tuple[str, ...]
) -> list[Commitment]:
    """All commitments, those in reported speech first."""
    clauses: list[Clause] = []
    for a, speaker in spoken:
        clauses.extend(_in_speech(layout, a, speaker, parties, reference))
    covered = Nearby([*((a.content, a.content) for a, _ in spoken), *((q.inner, q.inner) for q in layout.quotations)])
    for sentence in layout.sentences:
        if layout.text[sentence.span[1] - 1] == "?":
            continue  # a question announces nothing
        clauses.extend(_in_narration(layout, sentence.span, covered.at(*sentence.span), parties))
    clauses = [replace(c, span=_until_contrast(layout.text, c.span)) for c in clauses]
    return settled(layout.text, clauses, "ru", reference, least=8)


# "подписали соглашение, положившее начало обменам": what is told of a paper is no undertaking
_TOLD_OF = re.compile(r"[а-яё]+(?:вш|ющ|ящ|ущ|ащ)(?:ее|ий|ая|ие|его|ую)(?:ся)?\s")
# "устрийская сторона представит доклад" in what several say together: that side is bound
_ONE_SIDE = re.compile(
    r"(?P<who>(?:[А-ЯЁа-яё-]+\s){1,2}(?:сторона|делегация|палата)|(?:секретариат|председательство)(?:\s[а-яё]+)?)\s(?:[а-яё]+\s){0,2}?"
    r"(?:готова|намерена|обязуется|обязал[аo]сь|[а-яё]+(?:ит|ет|ёт|аст))(?![а-яё])"
)


def _until_contrast(text: str, span: Span) -> Span:
    """ "…, однако наблюдатели сомневаются": the other side of a contrast is no part of what is undertaken."""
    contrast = _CONTRAST.search(text[slice(*span)])
    return clean(text, span[0], span[0] + contrast.start()) if contrast and contrast.start() >= 12 else span


def _in_speech(layout: Layout, a: Attribution, speaker: Speaker, parties: tuple[str, ...], reference: date | None) -> list[Clause]:  # noqa: C901 - one rule after another, in the order in which they yield
    text, who = layout.text, (speaker.name,) if speaker.name else ()
    if speaker.claim != "official_claim":
        return []
    # "участники встречи" may be more than the two parties of a meeting
    both = who if speaker.name and speaker.name.lower().startswith("участник") and " " in speaker.name else parties or who
    if a.kind == "ask":
        return [Clause(a.content, "proposal", who, 0.82)]
    if a.kind == "agree":
        return [Clause(a.content, "joint", both if speaker.sides else who, 0.8)] if a.rule in {"infinitive", "that"} else []
    if a.kind == "pledge" and a.rule == "infinitive":
        nature = "plan" if a.lemma.startswith(("планиру", "собира")) else "pledge"
        return [Clause(a.content, "joint" if speaker.sides else nature, both if speaker.sides else who, 0.78)]
    if a.rule == "nominal":
        noun = text[a.cue[1] : a.content[0] + 1].lower()
        if "готовност" in noun or "намерени" in noun or "стремлени" in noun:
            return [Clause(a.content, "joint" if speaker.sides else "pledge", both if speaker.sides else who, 0.75)]
        if "необходимост" in noun:
            return [Clause(a.content, "proposal", who, 0.6)]
        return []
    if a.rule == "that" and a.lemma.startswith(("пообещ", "обещ", "обяз", "завер")) and not _STATE.search(text[slice(*a.content)]):
        return [Clause(a.content, "pledge", who, 0.72)]
    if (
        a.rule == "that"
        and re.search(r"надежд|рассчитыва|надеет", text[a.cue[0] : a.content[0]].lower())
        and re.search(rf"{_SIDES}|парламент", text[slice(*a.content)])
    ):
        return [Clause(a.content, "proposal", who, 0.5)]
    clauses = []
    for start, end in _pieces(text, a.content):
        piece = text[start:end]
        if speaker.sides and (side := _ONE_SIDE.match(piece)):
            clauses.append(Clause((start, end), "pledge", (side["who"],), 0.7))
        elif _ASKING.search(piece):
            clauses.append(Clause((start, end), "proposal", who, 0.74))
        elif joint := _JOINT.search(piece):
            clauses.append(
                Clause(
                    (start + joint.start("who"), end), "joint", parties or (who if joint["who"].lower() == "мы" else (joint["who"],)), 0.72
                )
            )
        elif (pledge := _PLEDGE.search(piece)) or _FIRST_PLURAL.search(piece):
            clauses.append(Clause((start + (pledge.start("who") if pledge else 0), end), "pledge", who, 0.72))
        elif _PLAN.search(piece):
            clauses.append(Clause((start, end), "plan", who, 0.6))
        elif re.search(r"(?<![а-яё])буд(?:ет|ут)\s[а-яё]+(?:ть|ться)", piece) and any(
            w.date or w.grain == "rhythm" for w in find_dates(text, "ru", reference, start, end)
        ):
            clauses.append(Clause((start, end), "plan", who, 0.55))
    return clauses


def _pieces(text: str, span: Span) -> list[Span]:
    pieces, at = [], span[0]
    for match in re.finditer(r";\s|,\sа\sтакже\sчто\s|\sи\sчто\s", text[span[0] : span[1]]):
        pieces.append(clean(text, at, span[0] + match.start()))
        at = span[0] + match.end()
    return [*pieces, clean(text, at, span[1])]


def _in_narration(layout: Layout, span: Span, covered: list[Span], parties: tuple[str, ...]) -> list[Clause]:
    text = layout.text

    def free(at: int) -> bool:
        return not any(s <= at < e for s, e in covered)

    def stop(at: int) -> int:
        cut = re.search(r";\s|,\s(?:котор\w+|а\sтакже\sотмет\w+|сообща\w+|заяв\w+)|\s[—–]\s", text[at : span[1]])
        return min([at + cut.start() if cut else span[1], *(s for s, _ in covered if s > at)])

    joint = _JOINT.search(text, *span) if _JOINS.search(text, *span) else None
    if joint and free(joint.start()):
        return [Clause(clean(text, joint.end("verb"), stop(joint.end())), "joint", parties or (joint["who"],), 0.76)]
    agreed = _AGREED.search(text, *span)
    if agreed and agreed.group().lower() in {"решено", "условлено"} and _PLAN.search(text, *span):
        agreed = None
    if agreed and free(agreed.start()):
        content = clean(text, _after_that(text, agreed.end()), stop(agreed.end()))
        if agreed.group().lower().startswith("подписа") and (len(text[slice(*content)].split()) < 4 or _TOLD_OF.match(text, *content)):
            return []  # "подписан меморандум о взаимопонимании" promises nothing by itself
        return [Clause(content, "joint", parties or _subject(text, span[0], agreed.start()), 0.68)]
    lays = _LAYS_DOWN.search(text, *span)
    if lays and free(lays.start()):
        return [Clause(clean(text, lays.end(), stop(lays.end())), "joint", parties, 0.66)]
    plan = _PLAN.search(text, *span)
    if plan and free(plan.start()):
        known = _IT_IS_KNOWN.match(text, *span)
        start = known.end() if known else span[0]
        start, plan = (start, _PLAN.search(text, start, span[1]) or plan) if known else (start, plan)
        return [Clause(clean(text, start, stop(plan.end())), "plan", _subject(text, start, max(start, plan.start())), 0.58)]
    return []


def _after_that(text: str, at: int) -> int:
    """Past "о том, что" behind an agreement."""
    that = re.match(r"\s?(?:о\sтом)?,\s(?:что|чтобы)\s", text[at : at + 20])
    return at + that.end() if that else at


_IT_IS_KNOWN = re.compile(
    r"(?:[А-ЯЁа-яё]+\s){0,2}?(?:[Ии]звестно|[Оо]жидается|[Пп]ланируется|[Пп]редполагается|[Нн]амечено|[Пп]редусмотрено),\sчто\s"
)
_ADJUNCT = re.compile(r"(?:[Пп]о|[Вв]о?|[Нн]а|[Сс]о?|[Пп]осле|[Зз]а|[Оо]|[Дд]ля|[Кк]|[Пп]ри)\s")


def _subject(text: str, start: int, end: int) -> tuple[str, ...]:
    phrase = re.split(r"[,:;]\s", text[start:end])[-1].strip(" ,")
    if _ADJUNCT.match(phrase):
        return ()  # "По итогам встречи решено …" names nobody
    known = table()["words"]["sides"]
    return (phrase,) if 0 < len(phrase) <= 90 or phrase.lower() in known else ()
