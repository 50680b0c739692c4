"""How three languages speak of meetings: patterns for the engine in :mod:`comity.press.meetings`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.press.numbers import ORDINAL


@dataclass(frozen=True, slots=True)
class Words:
    """One language's patterns. ``numbered`` has groups ``ord`` and ``noun``; ``bare`` maps a kind to patterns of meetings without a
    number."""

    language: str
    numbered: tuple[re.Pattern[str], ...]
    bare: tuple[tuple[str, re.Pattern[str]], ...]
    chair: tuple[re.Pattern[str], ...]
    anniversary: tuple[re.Pattern[str], ...]
    assembly: re.Pattern[str]
    future: re.Pattern[str]
    online: re.Pattern[str]
    chair_hint: re.Pattern[str]  # without it no pattern of ``chair`` can match
    next_one: re.Pattern[str]  # the meeting that is to follow; group ``noun``
    encounter: re.Pattern[str]  # nouns of ``next_one`` that mean talks, not a session
    # words of which one must stand in the sentence for a pattern to match, by kind of ``bare``, "numbered" and "next"
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # the same for languages with endings: parts of words, in lower case
    stems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def may_hold(self, what: str, small: str, found: frozenset[str]) -> bool:
        """Whether a pattern of a kind may match a sentence: its text in lower case, or its words, hold what it cannot do without."""
        if self.stems:
            return any(stem in small for stem in self.stems[what])
        return not self.needs or not found.isdisjoint(self.needs[what])


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_EN_NOUN = (
    r"(?P<noun>(?:plenary |regular |annual |joint |ordinary |general )*(?:meeting|session|sitting|plenary"
    r"|round[ -]?table|round(?: of (?:talks|consultations|dialogue))?|conference|forum|assembly|talks|summit|consultations"
    r"|dialogue|seminar|congress))"
)
_EN_HELD = (
    r"\b(?:opened(?!\s(?:an?|the)\s)|opens|held|takes\splace|took\splace|met|meets|began|begins|ended|ends|closed|concluded"
    r"|wound\sup|wrapped\sup|gathered|convened"
    r"|will\s(?:be\sheld|take\splace|open|meet|convene)|is\s(?:due|scheduled|to\sbe\sheld|to\sopen|under\sway)|got\sunder\sway)\b"
)
_RU_NOUN = (
    r"(?P<noun>(?:пленарн\w+ |очередн\w+ |совместн\w+ |ежегодн\w+ |общ\w+ )*(?:заседани[еяюий]+м?"
    r"|сесси[яиюей]+|встреч[аиуеой]+|раунд\w*|конференци[яиюей]+|форум\w*|ассамбле[яиюей]+|переговор\w*"
    r"|саммит\w*|консультаци\w+|«?кругл\w+ стол\w*»?))"
)
_ZH_NOUN = r"(?P<noun>(?:全体|例行|年度|联合|视频|定期)*(?:圆桌会议?|会议|全会|会晤|大会|论坛|对话|磋商|会谈|峰会|年会|届会|全体会))"

WORDS = {
    "en": Words(
        "en",
        (
            re.compile(
                rf"(?<![\w-])(?P<ord>{ORDINAL['en']})\s(?!anniversary|deputy|vice|lady|minister|reading"
                rf"|such)(?:(?!anniversary|quarter|half"
                rf"|century|time|day|phase|place|year|deputy|vice|secretary|said|told|noted|that|who"
                rf"|which)[\w’'–-]+\s){{0,7}}?{_EN_NOUN}\b(?P<of>\s(?:of|between)\s(?:the\s)?)?",
                re.IGNORECASE,
            ),
            re.compile(
                rf"\b(?:met|meets|meeting|convened|convenes|gathered|assembled|sat)\s(?:[\w-]+\s){{0,9}}?for\s(?:the"
                rf"|a)\s(?P<ord>{ORDINAL['en']})\s(?P<noun>time)\b",
                re.IGNORECASE,
            ),
        ),
        (
            (
                "talks",
                re.compile(
                    r"\b(?:held|hold|holds|holding|had)\s(?:[\w-]+\s){0,4}?(?:talks|an?\s(?:[\w-]+\s){0,2}?meeting|meetings"
                    r"|consultations"
                    r"|negotiations|working\s(?:lunch|dinner|breakfast))\b"
                    r"|\bwill\s(?:also\s)?meet\s(?:with\s)?(?:members|representatives|the\s(?:chair"
                    r"|speaker|president))\b"
                    r"|\bdelegation\swill\s(?:also\s)?meet\b|\b(?:sat\sdown|sits\sdown|conferred)\swith\b|\bwill\smeet\s(?:in"
                    r"|on|at)\b|\bmet\s(?:by\svideo|via\svideo|online|virtually|on\s(?-i:[A-Z\d])|at\sthe|for\stalks|face\sto\sface)"
                    r"|\bhosted\s(?:(?:his|her|their)\s(?:[\w-]+\s){0,3}?counterpart|a\sdelegation|talks)"
                    r"|\bdialogue\b[^.;]{0,60}?\b(?:resumed|took\splace|was\sheld)\b"
                    r"|\b(?:consultations|negotiations)\s(?:of|between)\s(?:the\s)?(?:[\w’-]+\s){0,4}?(?:committees"
                    r"|commissions|chairs|parliaments|delegations)(?=[^.;]{0,40}\b(?:held|took\splace))"
                    r"|\bmet\s(?:with\b|in\b|here\b|(?-i:[A-Z])|(?:his|her|their)\s(?:[\w-]+\s){0,3}?(?:counterpart|colleague"
                    r"|host|opposite)|the\s(?:chair|speaker|president|head|deputy"
                    r"|delegation))|\b(?:talks|meeting)\s(?:between|with)\b|\bduring\s(?:the|their|his|her)\s(?:talks"
                    r"|meeting)\b|\bspoke\s(?:by\s|via\s|over\s)?(?:[\w-]+\s){0,4}?with\b|\b(?:video|phone"
                    r"|telephone)\s(?:call|conversation)\b|\breceived\sby\s(?:the\s)?(?:deputy\s|vice-)?(?:speaker"
                    r"|chair(?:man|woman)?)\b|\bwelcomed\s(?-i:[A-Z])\w+\s(?:at|in)\b|\bwelcomed\s(?:a"
                    r"|the)\s(?:[\w-]+\s){0,3}?delegation"
                    r"|\breceived\s(?:on\s[\w\s]{3,16}\s)?(?:(?:a|the)\s(?:[\w-]+\s){0,2}?(?:delegation|group)|(?-i:[A-Z])\w+)",
                    re.IGNORECASE,
                ),
            ),
            (
                "visit",
                re.compile(
                    r"\b(?:paid|pays|paying|pay|made|makes|began|begins|started|arrived\s(?:in|on)|on|wrapped up|concluded"
                    r"|completed|will pay|during)\s(?:[\w-]+\s){0,5}?(?:visit)\b|\b(?:is|are|was|were"
                    r"|been)\svisiting\s(?-i:[A-Z])\w+|\bdelegation\s(?:will\sbe|is|was)\sin\s(?-i:[A-Z])\w+|\b(?:will|to)\s(?:host"
                    r"|receive)\sa\s(?:[\w-]+\s)?delegation"
                    r"|(?<!to\s)(?<!the\s)(?<!their\s)\bvisit(?:ed|s)?\s(?:to\s)?(?:(?-i:[A-Z])\w+"
                    r"|the\s(?:(?-i:[A-Z])\w+\s)?(?:[Cc]ity|[Tt]own|[Pp]ort|[Cc]apital|[Rr]egion|[Pp]arliament|headquarters)\b)"
                    r"|\barrived in\s(?-i:[A-Z])\w+|\breturn\s(?:visit|trip)\s(?:by|to)\b|\bvisit\sof\s(?:the"
                    r"|a)\s(?:[\w-]+\s)?delegation",
                    re.IGNORECASE,
                ),
            ),
            (
                "assembly",
                re.compile(
                    r"(?:(?<!Bureau\sof\sthe\s)(?<!Committee\sof\sthe\s)(?<!Council\sof\sthe\s)"
                    r"(?<!National\s)(?<!State\s)(?<!Federal\s)\b(?:General\s|Parliamentary\s)?(?:Assembly"
                    r"|World Conference of Speakers"
                    r"|Parliamentary Forum)|\b(?:conference|meeting|forum|summit)\sof\s(?:the\s)?(?:[Ss]peakers"
                    r"|[Pp]residents\sof\s[Pp]arliament)|\bsession\sof\sthe\s(?:(?!National|State|Federal"
                    r"|Legislative)[A-Z]\w+\s){0,3}(?:Assembly|Forum|Conference)"
                    r"|\b(?:trilateral|bilateral|joint|regional|international|annual)\s(?:conference|forum|summit|seminar|symposium))\b"
                    rf"(?=[^.;]{{0,150}}?{_EN_HELD})|\b[Rr]ound[ -]?table\b(?=\s[“\"]|[^.;]{{0,60}}?{_EN_HELD})"
                ),
            ),
            (
                "committee_session",
                re.compile(
                    r"\b(?:committee|commission|group|delegations?|bureau|council|presidium)\b.{0,80}?\b(?:met(?!\s(?:its|the|his|their|all)\b)|meets|sat(?=\sin\b)|convened"
                    r"|held its|opened its"
                    r"|holds its)\b(?=.{0,40}\b(?:meeting|session|in\b|on\b))|\b(?:meeting|session|sitting)\s(?:of"
                    r"|between)\s(?:the|their|its)\s(?:\w+[\s-]){0,8}?(?:committee|commission|group)s?\b"
                    r"|\b(?:committees?|commissions?|groups?|councils?|bureaus?|chambers|houses|parliaments)\s(?:will|(?:is"
                    r"|are)\s(?:due\s)?to)"
                    r"\s(?:jointly\s)?(?:meet|sit\stogether|convene)\b|\bhold\sa\s(?:first\s)?joint\s(?:sitting"
                    r"|session)\b(?!\sof\s(?:the\s)?(?:cabinet|government)\b)"
                    r"|\b(?:meeting|session|sitting)\sheld\s(?:on|in|at)\b",
                    re.IGNORECASE,
                ),
            ),
        ),
        (
            re.compile(
                r"\b(?:co-)?(?:chaired|presided over(?:\sjointly)?|hosted|(?<!delegation )(?<!Parliament )(?<!group )led|opened"
                r"|moderated|(?<!delegation )headed|conducted)\s(?:jointly\s)?by\s(?P<who>[^.;“”\"]{3,160})",
                re.IGNORECASE,
            ),
            re.compile(
                r"under the (?:co-)?chair(?:man)?ship of\s(?:H\.E\.\s)?(?:(?:Mr|Ms|Mrs|Dr)\.\s)?(?P<who>[^.;“”\"]{3,160})", re.IGNORECASE
            ),
            re.compile(r"\b(?:[Mm]oderators?|[Cc]o-chairs|[Cc]hairs?):\s(?P<who>[^.;“”\"]{3,160})"),
            re.compile(
                r"(?:^|(?<=[.\n]\s)|(?<=\n))Co-chairs\s(?P<who>(?:[A-Z][\w’'-]*\s(?:de\s|von\s"
                r"|van\s)?){1,4}and\s(?:[A-Z][\w’'-]*\s?(?:de\s|von\s|van\s)?){1,4})"
            ),
            re.compile(
                r"(?<=[^.;“”\"]{3})\s(?:jointly\s)?(?:co-)?(?:chaired|co-chair|presided over|hosted|moderated|co-hosted)\b",
                re.IGNORECASE,
            ),
        ),
        (
            re.compile(
                (
                    rf"(?P<n>{ORDINAL['en']})\s(?:founding\s)?anniversary(?:\s(?:year\s)?(?:of"
                    rf"|since)\s(?:the\s)?(?P<of>[^,.;:“”\"()]{{3,90}}))?"
                ),
                re.IGNORECASE,
            ),
            re.compile(
                (
                    r"(?<![\w-])(?P<n>\d{1,3})\syears\s(?:since|of|after|ago)\s(?:the\s)?(?P<of>(?:founding|establish|sign"
                    r"|setting|creation|diplomatic|victory|adoption|found)[^,.;:“”\"()]{0,80})"
                ),
                re.IGNORECASE,
            ),
            re.compile(
                (
                    rf"(?P<n>{ORDINAL['en']})\syear\s(?:of|since)\s(?:the\s)?(?P<of>(?:founding|establish|committee"
                    rf"|creation|mechanism|China|diplomatic)[^,.;:“”\"()]{{0,80}})"
                ),
                re.IGNORECASE,
            ),
        ),
        re.compile(r"\b(?:assembly|forum|conference|congress|summit|round[ -]?table|seminar)\b", re.IGNORECASE),
        re.compile(r"\b(?:will|would|is to|are to|is due|is scheduled|next|planned|upcoming|expected|hopes?|proposed)\b", re.IGNORECASE),
        re.compile(r"\b(?:online|virtual|virtually|by video|via video|videoconference|video link|video conference)\b", re.IGNORECASE),
        re.compile(r"chair|presid|host|led\b|opened|moderat|headed|conducted", re.IGNORECASE),
        re.compile(
            r"(?:\b(?:the|their|its|a)|['’]s)\s(?:next|following|previous|preceding|last)\s(?:[\w-]+\s){0,2}?"
            r"(?P<noun>meeting|session|round[ -]?table|round of talks|round|consultations|talks|assembly|forum|conference|summit"
            r"|sitting|plenary|gathering)\b(?!\sof\s(?:the\s)?(?:parliament|cabinet|government)\b)"
            r"|\b(?:will|would|(?:is|are)\s(?:(?:due|scheduled|expected|set)\s)?to)\s(?:next\s(?:meet|convene|gather)|(?:meet"
            r"|convene|gather)\s(?:again|next)|reconvene)\b",
            re.IGNORECASE,
        ),
        re.compile(r"talks|consultations", re.IGNORECASE),
        {
            "numbered": _set(
                "meeting session sitting plenary round conference forum assembly talks summit consultations dialogue seminar"
                " congress roundtable time"
            ),
            "next": _set("next following again reconvene previous preceding last"),
            "talks": _set(
                "talks meeting meetings consultations negotiations met spoke call conversation delegation delegations received"
                " sat sits meet conferred hosted dialogue welcomed lunch dinner breakfast"
            ),
            "visit": _set("visit visits visited delegation arrived return visiting"),
            "assembly": _set("assembly conference forum meeting summit seminar symposium round roundtable"),
            "committee_session": _set(
                "committee commission group committees commissions groups delegation delegations meeting council presidium councils"
                " bureau bureaus"
                " chambers houses parliaments sitting session"
            ),
        },
    ),
    "ru": Words(
        "ru",
        (
            re.compile(rf"(?<![\w-])(?P<ord>{ORDINAL['ru']})\s(?!годовщин|лет)(?:[а-яё-]+\s){{0,3}}?{_RU_NOUN}(?![а-яё])", re.IGNORECASE),
            re.compile(
                rf"(?<![\w-])во?\s(?P<ord>{ORDINAL['ru']})\s(?P<noun>раз)\s(?:собра|встрет"
                rf"|созва)[а-яё]+(?![а-яё])",
                re.IGNORECASE,
            ),
        ),
        (
            (
                "talks",
                re.compile(
                    (
                        r"(?<![а-яё])(?:пров[её]л[аи]?|проводит|состоялись|прошли|провели)\s(?:[а-яё-]+\s){0,5}?(?:видео)?(?:переговоры"
                        r"|встречу|встреча|консультации|беседу)|встрет(?:ятся|ится)\s|состоявш\w+\s[^.;]{0,40}?встреч"
                        r"|телефонн\w+\s(?:разговор|бесед)|говорил[аи]?\sпо\sтелефону|совещани[ея]\s(?:сопредседател|спикер|глав"
                        r"|председател)|диалог[а-яё]*\s[^.;]{0,50}?(?:возобнови|прош[её]л|состоя)|встрети(?:лся|лась"
                        r"|лись)\s(?:[\wё-]+\s){0,4}?со?\s|в ходе "
                        r"(?:встречи|переговоров|беседы)|на встрече"
                        r"(?:,\s(?:прошедш|состоявш)\w+| с)|(?:состоялась|прошла)\s(?:[а-яё-]+\s){0,2}?(?:встреча"
                        r"|беседа)|принял[аи]?\s(?:во?\s[а-яё-]+\s)?(?:(?:[а-яё]+\s)?(?:делегаци|групп)|глав[уы]\s|председател|спикер)"
                        r"|(?:консультации|переговоры|встречу|беседу)\sпров[её]л[аи]?(?![а-яё])|бесед[аыу]\sс[о]?\s"
                        r"|(?<![а-яё])переговорил[аи]?\s"
                        r"|(?:переговоры|встреча|консультации)\sсо?\s(?:председател|спикер|глав|делегаци)"
                        r"|по итогам (?:[а-яё]+ )?(?:переговоров|встречи|беседы)\s"
                        r"|консультаци[йияю]+\s(?:[а-яё]+\s){0,3}?(?:комитетов|комиссий)"
                    ),
                    re.IGNORECASE,
                ),
            ),
            (
                "visit",
                re.compile(
                    r"(?:официальн\w+|рабоч\w+|государственн\w+|дружеск\w+)?\s?(?<![а-яё])визит(?:а|у|ом|е)?\s(?:в"
                    r"|во)\s[А-ЯЁ]|(?:с|находится с|прибы\w+ с)\s(?:официальн\w+\s|рабоч\w+\s)?визитом|прибыл[аи]?\s(?:в"
                    r"|во)\s[А-ЯЁ]|посе(?:тил[аи]?|тят|тит|щает|щают)\s[А-ЯЁ]|визитом\sпосетил|посетивш\w+|[Оо]тветн\w+\sвизит"
                    r"|(?:[Пп]ребывани"
                    r"|[Вв]изит)[а-яё]?\sделегации|в (?:ходе"
                    r"|рамках)\s(?:[а-яё]+\s){0,2}?визита"
                ),
            ),
            (
                "assembly",
                re.compile(
                    r"(?<![а-яё])(?:Ассамбле\w+|Парламентск\w+ форум\w*|[Кк]онференци\w+ спикеров)(?=.{0,80}(?:прош|состоя|откры"
                    r"|проход|пройд|заверш|нач[аё]|закры))"
                    r"|(?:состоя|прош|пройд|откры|заверш)[а-яё]+\s(?:[а-яё-]+\s){0,2}?(?:«?кругл\w+\sстол|форум|конференци"
                    r"|ассамбле|саммит)[а-яё]*"
                    r"|«?[Кк]ругл\w+\sстол\w*»?(?=\sна\sтему|[^.]{0,60}(?:прош|состоя|откры|проход|пройд|заверш))"
                ),
            ),
            (
                "committee_session",
                re.compile(
                    r"(?<![а-яё])(?:заседани[еяюи]\w*|сесси[яиюей]+)\s(?:[А-Яа-яё-]+\s){0,4}?(?:комисси|(?:под)?комитет|групп"
                    r"|совет|собрани|ассамбле"
                    r"|форум)[а-яё]*|совместн\w+\sзаседани[еяюи]\w*"
                    r"|(?:(?:комисси|комитет|групп|совет|бюро)[а-яё]*,?(?:\s[а-яё-]+){0,4}"
                    r"|(?<![а-яё])мы,?(?:[^.;]{0,70},)?)\s(?:собра(?:лась|лся|лись|лось)|собиравш\w+|заседал[аи]?)(?![а-яё])",
                    re.IGNORECASE,
                ),
            ),
        ),
        (
            re.compile(
                (
                    r"(?<![а-яё])(?:под председательством|председательств\w+|сопредседательств\w+"
                    r"|(?:провели|провёл|провел|провела)(?!\s(?:[а-яё-]+\s){0,2}(?:переговор|встреч|бесед|консультац))|вели"
                    r"|вел[аи]?|вёл|ведут|ведёт|ведет|возглавляют"
                    r"|открыл[аи]?|возглавил[аи]?|(?:сопредседатели|модератор[аы]?|ведущие)(?:\s—|:)|(?:принимать гостей"
                    r"|вести (?:заседание|встречу)) будет|под руководством|прош\w+ под)\s(?P<who>[^.;«»]{3,160})"
                ),
                re.IGNORECASE,
            ),
        ),
        (
            re.compile(r"(?P<n>\d{1,3})-?(?:ти)?лети[еяюи]м?\s?(?:со дня\s|с момента\s)?(?P<of>[^,.;:«»()]{3,90})?", re.IGNORECASE),
            re.compile(
                r"(?P<n>\d{1,3})-?(?:й|я|ю|ой|ей)?\sгодовщин\w+\s?(?:со дня\s|с момента\s)?(?P<of>[^,.;:«»()]{3,90})?", re.IGNORECASE
            ),
            re.compile(
                (
                    r"(?<!\d)(?P<n>\d{1,3})\sлет\s(?:назад|со дня|с момента|с)\s(?P<of>(?:создан|образован|основан"
                    r"|установл|подписан|учрежд|побед|окончан)[^,.;:«»()]{3,80})"
                ),
                re.IGNORECASE,
            ),
        ),
        re.compile(r"ассамбле|форум|конференц|саммит|кругл\w+ стол|семинар", re.IGNORECASE),
        re.compile(
            (
                r"(?<![а-яё])(?:будет|будут|состоится|состоятся|пройд\w+|запланирован\w*|следующ\w+|планиру\w+"
                r"|предстоящ\w+|намечен\w*|ожидает\w*|прим[еу]т|проведут|решено провести)(?![а-яё])"
            ),
            re.IGNORECASE,
        ),
        re.compile(r"онлайн|видео|дистанционн", re.IGNORECASE),
        re.compile(
            r"председательств|сопредседател|модератор|принимать|пров[её]л|вели|в[её]л|вед|вел|открыл|возглав|руководств"
            r"|прош",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?<![а-яё])(?:следующ|очередн|предыдущ)[а-яё]+\s(?P<noun>заседани[еяюи]|сесси[яюи]|раунд\w*|встреч[ауие]|переговоры"
            r"|консультации"
            r"|форум|конференци[яюи]|кругл\w+ стол\w*|(?:планируется|намечен[аоы]?|пройд[её]т|пройдут|прим[еу]т|состоится|решено"
            r"|запланирован[аоы]?)(?![а-яё]))"
            r"(?:\s(?:[а-яё-]+\s){0,2}?(?:комиссии|комитета|группы|совета))?(?![а-яё])",
            re.IGNORECASE,
        ),
        re.compile(r"встреч|переговор|консультац|следующие", re.IGNORECASE),
        stems={
            "numbered": (
                *("заседани", "сесси", "встреч", "раунд", "конференци", "форум", "ассамбле", "переговор", "саммит", "консультаци"),
                *("стол", "раз "),
            ),
            "next": ("следующ", "очередн", "предыдущ"),
            "talks": ("переговор", "встре", "консультац", "бесед", "принял", "диалог", "совещани", "телефон"),
            "visit": ("визит", "прибы", "посе", "пребывани"),
            "assembly": ("ассамбле", "форум", "конференц", "стол", "саммит"),
            "committee_session": ("заседа", "сесси", "собра", "собира"),
        },
    ),
    "zh": Words(
        "zh",
        (re.compile(rf"(?P<ord>{ORDINAL['zh']})\s?(?:次|届|轮)(?P<mid>[\u4e00-\u9fff“”—–-]{{0,18}}?){_ZH_NOUN}"),),
        (
            (
                "talks",
                re.compile(
                    r"(?:举行|进行)(?:了)?(?:[\u4e00-\u9fff]{0,3})(?:会谈|会晤|磋商)|会见(?:了|到访|来访|来华|正在)?|会谈时|会见时|同[\u4e00-\u9fff·]{2,20}会谈"
                    r"|集体会见|同[\u4e00-\u9fff·]{2,24}见面|同[\u4e00-\u9fff·]{2,20}通了?电话|在[\u4e00-\u9fff]{2,10}?(?:会晤|会面|见面)|(?:委员会|议会|两国"
                    r"|双方)[\u4e00-\u9fff]{0,6}?(?:磋商|对话)(?=[^，。；]{0,20}(?:举行|恢复|进行))"
                ),
            ),
            (
                "visit",
                re.compile(
                    r"(?:对[\u4e00-\u9fff]{2,8}(?:进行|开始)?(?:正式|国事|友好|工作|正式友好)*访问|(?:正式|国事|友好"
                    r"|工作)(?:友好)?访问[\u4e00-\u9fff]{0,6}|抵达[\u4e00-\u9fff]{2,6}(?:开始|，开始|进行)|率团访问|访问了[\u4e00-\u9fff]{2,6}"
                    r"|进行了?为期[\u4e00-\u9fff\d]{1,4}天的[\u4e00-\u9fff]{0,6}访问|(?<=日)访问[\u4e00-\u9fff]{2,6}|访问期间|应邀访问"
                    r"|前往[\u4e00-\u9fff]{2,6}?(?:参观)?访问|代表团访[\u4e00-\u9fff]{1,4}(?:日程|活动安排))"
                ),
            ),
            (
                "assembly",
                re.compile(
                    r"(?:议联大会|各国议会联盟大会|世界议长大会|议会论坛|议长会议)(?=[\u4e00-\u9fff\d，在于]{0,20}(?:举行|召开|开幕|闭幕))|圆桌会议?"
                ),
            ),
            (
                "committee_session",
                re.compile(
                    r"(?:委员会|工作组|小组)[\u4e00-\u9fff]{0,8}?(?:全体)?会议|(?:举行|召开)联席会议|(?:预备|筹备|闭门|特别)会议(?=[^，。；]{0,20}(?:举行|召开))"
                    r"|委员会[^，。；]{0,14}开会|(?:主席团|执委会|理事会)[^，。；]{0,14}(?:开会|召开会议)"
                ),
            ),
        ),
        (
            re.compile(r"(?P<who>[\u4e00-\u9fff·、和与]{3,80})(?:共同主持|主持了?|分别主持)"),
            re.compile(r"由(?P<who>[\u4e00-\u9fff·、和与]{3,60})(?:共同)?主持"),
        ),
        (
            re.compile(r"(?P<of>[\u4e00-\u9fff《》·“”]{0,24}?)(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,4})\s?周年"),
            re.compile(r"(?P<of>[\u4e00-\u9fff]{2,20}?)第?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,4})个?年头"),
        ),
        re.compile(r"大会|论坛|峰会|年会|圆桌会|议长会议"),
        re.compile(r"将(?:于|在|举行|召开|前往)|拟|定于|计划|即将|下一?[次届]|明年|期待"),
        re.compile(r"视频|线上"),
        re.compile(r"主持"),
        re.compile(r"(?:下|上)一?(?:次|届|轮)(?:[\u4e00-\u9fff]{0,8}?)(?P<noun>会议|会晤|会谈|磋商|论坛|对话)"),
        re.compile(r"会晤|会谈|磋商|对话"),
    ),
}
