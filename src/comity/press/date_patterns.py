"""How three languages write dates: patterns by kind, in the order in which they are tried (see :mod:`comity.press.dates`)."""

from __future__ import annotations

from comity.press.words import NUMBER

EN_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
RU_MONTHS = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
EN_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
RU_DAYS = ["понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень"]

_EN_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_RU_MONTH = (
    r"(?P<month>январ[яьюе]|феврал[яьюе]|март[ауе]?|апрел[яьюе]|ма[йяюе]|июн[яьюе]|июл[яьюе]|август[ауе]?"
    r"|сентябр[яьюе]|октябр[яьюе]|ноябр[яьюе]|декабр[яьюе])(?![а-яё])"
)
_RANGE = r"(?:\s*[-–—]\s*|\s+(?:to|and|по|и)\s+)"
_EN_YEAR = r"(?P<year>(?:19|20)\d\d)"

PATTERNS: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)\b"),
        (
            "day",
            (
                rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_RANGE}(?P<day2>\d{{1,2}})(?:st|nd|rd"
                rf"|th)?)?\s+(?:of\s+)?{_EN_MONTH}(?:,?\s+{_EN_YEAR}\b)?"
            ),
        ),
        (
            "day",
            (
                rf"\b{_EN_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:{_RANGE}(?P<day2>\d{{1,2}})(?:st|nd|rd"
                rf"|th)?\b(?!\d))?(?:,?\s+{_EN_YEAR}\b)?"
            ),
        ),
        ("month", rf"\b{_EN_MONTH},?(?:\s+of)?\s+(?:{_EN_YEAR}\b|(?P<rely>next|last|this)\s+year\b)"),
        (
            "weekday",
            r"\b(?:(?P<which>last|next|this|coming|past)\s+)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b",
        ),
        ("relday", r"\b(?P<rel>today|yesterday|tomorrow|tonight)\b"),
        ("endof", r"\bend of (?:the |this |next )?(?P<unit>year|month|week)\b"),
        ("endofyear", rf"\b(?:end|close) of {_EN_YEAR}\b"),
        (
            "season",
            rf"\b(?:(?P<which>next|this|last|the coming)\s+)?(?P<season>spring|summer|autumn|fall|winter)(?:\s+(?:of\s+)?{_EN_YEAR})\b",
        ),
        ("season", r"\b(?:(?P<which>next|this|last|the coming)\s+)(?P<season>spring|summer|autumn|winter)\b"),
        (
            "season",
            (
                r"(?:(?<=\bby )|(?<=\bby the )|(?<=\bbefore )|(?<=\bbefore the )|(?<=\bin the )|(?<=\bin ))"
                r"(?P<season>spring|summer|autumn|winter)\b"
            ),
        ),
        (
            "quarter",
            rf"\b(?P<q>first|second|third|fourth)\s+(?P<part>quarter|half)\s+of\s+"
            rf"(?:{_EN_YEAR}|(?P<rely>this|next|last|the coming) year)\b",
        ),
        ("relunit", r"\b(?P<which>next|last|this|the coming|the same)\s+(?P<unit>year|month|week)\b"),
        (
            "within",
            (
                r"\b(?:within|in)\s+(?:the\s+next\s+)?(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine"
                r"|ten|twelve)\s+(?P<unit>year|month|week|day)s?\b(?!\s+ago)"
            ),
        ),
        ("yearrange", r"\b(?P<year>(?:19|20)\d\d)\s*[-–—]\s*(?P<year2>(?:19|20)\d\d)\b"),
        (
            "rhythm",
            (
                r"\b(?:every|each)\s+(?:other\s+|two\s+|three\s+|four\s+|six\s+)?(?:year|month|week|quarter)s?\b"
                r"|\b(?:at least\s+)?(?:once|twice|(?:two|three|four|six|\d+)\s+times)\s+(?:a|per|each"
                r"|every)\s+(?:year|month|quarter)\b|\b(?:annually|monthly|quarterly|yearly)\b"
            ),
        ),
        (
            "monthonly",
            r"(?<=\b[Ii]n )(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d)",
        ),
        (
            "monthonly",
            r"(?<=\bof )(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d)",
        ),
        (
            "monthonly",
            r"(?<=\bby )(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d)",
        ),
        (
            "monthonly",
            (
                r"(?<=\b(?:until|since|early|later|after) )(?P<month>January|February|March|April|May|June|July|August"
                r"|September|October|November|December)\b(?!\s+\d)"
            ).replace("(?<=\\b(?:until|since|early|later|after) )", r"\b(?:until|since|early|late|mid|before|after|this|next|last)[ -]"),
        ),
        (
            "year",
            (
                r"(?:(?<=\b[Ii]n )|(?<=\bby )|(?<=\bfor )|(?<=\bof )|(?<=\buntil )|(?<=\bsince )|(?<=\bbefore )"
                r"|(?<=\bduring ))(?P<year>(?:19|20)\d\d)\b(?![-–/]\d)"
            ),
        ),
    ],
    "ru": [
        ("iso", r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?!\d)"),
        ("dotted", r"(?<!\d)(?P<day>\d{1,2})\.(?P<m>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)"),
        (
            "day",
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:{_RANGE}(?P<day2>\d{{1,2}}))?\s+{_RU_MONTH}(?:\s+(?P<year>(?:19|20)\d\d)(?:\s*(?:года"
            rf"|г\.?))?)?",
        ),
        (
            "month",
            rf"(?<![а-яё]){_RU_MONTH}\s+(?:(?P<year>(?:19|20)\d\d)(?:\s*(?:года|году|г\.?))?|(?P<rely>следующего|будущего"
            rf"|прошлого|этого)\s+года)",
        ),
        (
            "weekday",
            (
                r"(?P<which>прошл\w+\s+|следующ\w+\s+|эт\w+\s+|минувш\w+\s+)?(?<![а-яё])(?P<weekday>понедельник(?:а"
                r"|у)?|вторник(?:а|у)?|сред[уыае]|четверг(?:а|у)?|пятниц[уыае]|суббот[уыае]|воскресень[еяю])(?![а-яё])"
            ),
        ),
        (
            "relday",
            r"(?<![а-яё])(?P<rel>[Сс]егодня|[Вв]чера|[Зз]автра|[Нн]акануне(?!\s(?:визит|заседани|встреч|сесси|переговор"
            r"|выбор)))(?![а-яё])",
        ),
        ("endof", r"кон(?:ца|це|цу)\s+(?:этого\s+|текущего\s+|следующего\s+)?(?P<unit>года|месяца|недели)"),
        ("endofyear", r"кон(?:ца|це|цу)\s+(?P<year>(?:19|20)\d\d)(?:\s*(?:года|г\.?))?"),
        ("season", r"(?P<season>весной|летом|осенью|зимой)(?:\s+(?P<year>(?:19|20)\d\d)(?:\s*(?:года|г\.?))?)?"),
        ("season", r"(?:(?<=\bдо )|(?<=\bк ))(?P<season>лета|лету|осени|весны|весне|зимы|зиме)(?![а-яё])"),
        (
            "quarter",
            (
                r"(?P<q>перв\w+|втор\w+|трет\w+|четв[её]рт\w+)\s+(?P<part>квартал\w*|полугоди\w+)\s+(?P<year>(?:19"
                r"|20)\d\d)(?:\s*(?:года|г\.?))?"
            ),
        ),
        (
            "relunit",
            (
                r"(?P<which>следующ\w+|будущ\w+|прошл\w+|эт\w+|текущ\w+|нынешн\w+|минувш\w+)\s+(?P<unit>год[ауе]?"
                r"|месяц[ауе]?|недел[юеия])(?![а-яё])"
            ),
        ),
        (
            "within",
            (
                r"(?:в течение|за|через)\s+(?:(?P<n>\d{1,3}|одного|двух|трёх|трех|четырёх|четырех|пяти|шести|два|три"
                r"|четыре|пять|шесть)\s+)?(?P<unit>лет|года|месяц\w*|недел\w+|дн\w+)"
            ),
        ),
        ("yearrange", r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[-–—]\s*(?P<year2>(?:19|20)\d\d)(?:\s*(?:годах|годов|годы|гг\.?))?"),
        (
            "rhythm",
            (
                r"(?<![а-яё])(?:[Ее]жегодно|[Ее]жемесячно|[Ее]жеквартально|кажд(?:ый|ые|ого|ую)\s+(?:два\s+"
                r"|три\s+)?(?:год|года|месяц|месяца|квартал|неделю)|(?:не\s+(?:реже|менее)\s+)?(?:одного\s+раза|раз"
                r"|дважды|(?:двух|трёх|трех|четырёх|четырех|два|три|четыре|\d+)\s+раза?)\s+в\s+(?:год|месяц|квартал"
                r"|два\s+года))"
            ),
        ),
        (
            "monthonly",
            (
                r"(?:(?<=[Вв] )|(?<=до )|(?<=к )|(?<=конца )|(?<=начале )|(?<=конце )|(?<=середине "
                r"))(?P<month>январ[яюе]|феврал[яюе]|март[ауе]|апрел[яюе]|ма[яюе]|июн[яюе]|июл[яюе]|август[ауе]"
                r"|сентябр[яюе]|октябр[яюе]|ноябр[яюе]|декабр[яюе])(?![а-яё])"
            ),
        ),
        ("year", r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:году|года|год|г\.)(?![а-яё])"),
    ],
    "zh": [
        ("iso", r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?!\d)"),
        (
            "day",
            (
                r"(?:(?P<year>\d{4}|[一二〇零九八七六五四三]{4})\s?年\s?|(?P<rely>今年|去年|明年|同年)\s?)?(?P<month>\d{1,2}|十[一二]?"
                r"|[一二三四五六七八九])\s?月\s?(?P<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?"
                r"|[一二三四五六七八九])\s?[日号](?:\s?[至到—–-]+\s?(?:(?P<month2>\d{1,2})\s?月\s?)?(?P<day2>\d{1,2})\s?[日号])?"
            ),
        ),
        ("day", r"(?:(?P<year>\d{4})\s?年\s?)?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[至到—–-]+\s?(?P<day2>\d{1,2})\s?[日号]"),
        ("dayonly", r"(?<![\d月])(?P<day>\d{1,2})\s?[日号](?:\s?[至到—–-]+\s?(?P<day2>\d{1,2})\s?[日号])?(?![本元常])"),
        (
            "month",
            r"(?:(?P<year>\d{4}|[一二〇零九八七六五四三]{4})\s?年\s?|(?P<rely>今年|去年|明年)\s?)(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])\s?月(?:份|底|初)?",
        ),
        ("weekday", r"(?P<which>上|下|本|这)?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?![\d年届次个])"),
        ("relday", r"(?P<rel>今天|今日|昨天|昨日|明天|明日|当天|当日)"),
        ("endofyear", r"(?P<year>\d{4})\s?年(?:底|年底|内)(?:前)?"),
        ("endof", r"(?P<unit>年底|(?<![一二两三四五六七八九十\d])年内|(?<![\d一二三四五六七八九十])月底|本月底|今年底)(?:前|以前|之前)?"),
        ("quarter", r"(?P<rely>今|明|去)年(?P<q>第?[一二三四]|上|下)(?P<part>季度|半年)"),
        ("quarter", r"(?P<year>\d{4})\s?年(?P<q>第?[一二三四]|上|下)(?P<part>季度|半年)"),
        ("season", r"(?P<year>\d{4})\s?年(?P<season>春|夏|秋|冬)[季天]"),
        ("season", r"(?P<which>今|明|去)年(?P<season>春|夏|秋|冬)(?:季|天)?"),
        ("season", r"(?P<season>春|夏|秋|冬)(?:季|天)(?=前|之前|以前)"),
        ("relunit", r"(?P<which>明|今|去|本|下|上)(?P<unit>年度|年|个?月|周)(?![一二三四五六日天\d])"),
        ("within", r"(?P<n>\d{1,2}|[一二两三四五六七八九十]+)(?P<unit>年|个月|周|天)(?:之内|以内|内)"),
        ("yearrange", r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年?\s?[-–—至到]+\s?(?P<year2>(?:19|20)\d\d)\s?年"),
        (
            "rhythm",
            r"每(?:两|三|隔一)?(?:年|个?月|季度|周)(?:至少)?(?:[一二两三四\d]+次)?|一年(?:至少)?[一二两三四\d]+次|定期(?!交流机制|会晤机制|对话机制|会议)",
        ),
        (
            "monthonly",
            r"(?<![\d年])(?P<month>\d{1,2}|十[一二]|[一二三四五六七八九十](?=月[份底初中上下]))\s?月(?:份|底|初|中旬|上旬|下旬)?(?![\d日])",
        ),
        ("year", r"(?<!\d)(?P<year>(?:19|20)\d\d|二[〇零][〇零一二三四五六七八九]{2})\s?年(?!代)"),
    ],
}

# words without which a kind of date cannot be there: looked for before its pattern runs over the text
HINTS: dict[str, dict[str, tuple[str, ...]]] = {
    "ru": {
        "season": ("весн", "лет", "осен", "зим"),
        "quarter": ("квартал", "полугоди"),
        "endof": ("кон",),
        "endofyear": ("кон",),
        "relday": ("сегодня", "вчера", "завтра", "накануне"),
        "within": ("в течение", "за", "через"),
        "rhythm": ("ежегодно", "ежемесячно", "ежеквартально", "кажд", "раз", "дважды"),
        "dotted": ("20", "19"),
        "iso": ("-0", "-1"),
        "year": ("19", "20"),
        "yearrange": ("19", "20"),
    },
    "zh": {"season": ("春", "夏", "秋", "冬"), "quarter": ("季度", "半年"), "rhythm": ("每", "次", "定期"), "iso": ("-0", "-1")},
}

_MONTH_WORDS = frozenset([*EN_MONTHS, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"])
_SEASON_WORDS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_WHICH = frozenset({"last", "next", "this", "the", "coming", "past"})
_NUMBER = frozenset({NUMBER})
# English: the words (or :data:`~comity.press.words.NUMBER`) with one of which each pattern of the table begins, in its order
OPENERS: list[frozenset[str]] = [
    _NUMBER,
    _NUMBER,
    _MONTH_WORDS,
    _MONTH_WORDS,
    frozenset(EN_DAYS) | _WHICH,
    frozenset({"today", "yesterday", "tomorrow", "tonight"}),
    frozenset({"end"}),
    frozenset({"end", "close"}),
    _SEASON_WORDS | _WHICH,
    _WHICH,
    _SEASON_WORDS,
    frozenset({"first", "second", "third", "fourth"}),
    _WHICH,
    frozenset({"within", "in"}),
    _NUMBER,
    frozenset({"every", "each", "at", "once", "twice", "two", "three", "four", "six", "annually", "monthly", "quarterly", "yearly"})
    | _NUMBER,
    frozenset(EN_MONTHS),
    frozenset(EN_MONTHS),
    frozenset(EN_MONTHS),
    frozenset({"until", "since", "early", "late", "mid", "before", "after", "this", "next", "last"}),
    _NUMBER,
]
