"""Words that count and measure, per language: scale words, units and currencies, numerals, fractions. Patterns are regular expressions."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_T: Final = Decimal(1000)
SCALES: Final[dict[str, tuple[tuple[str, Decimal], ...]]] = {
    "en": ((r"trillions?", _T**4), (r"billions?|bn", _T**3), (r"millions?|mln", _T**2), (r"thousands?", _T)),
    "ru": ((r"трлн|триллион\w*", _T**4), (r"млрд|миллиард\w*", _T**3), (r"млн|миллион\w*", _T**2), (r"тыс\.?|тысяч\w*", _T)),
    "fr": ((r"billions?", _T**4), (r"milliards?", _T**3), (r"millions?", _T**2), (r"mille", _T)),
    "es": ((r"billón|billones", _T**4), (r"mil\s+millones|millardos?", _T**3), (r"millón|millones", _T**2), (r"mil", _T)),
    "zh": ((r"万亿|兆", _T**4), (r"亿|億", Decimal(10) ** 8), (r"千万", Decimal(10) ** 7), (r"百万", _T**2), (r"万|萬", Decimal(10) ** 4)),
}
UNITS: Final[dict[str, dict[str, str]]] = {
    "percent": {
        "en": r"%|per\s?cent\b|percent\b",
        "ru": r"%|процент\w*",
        "fr": r"%|pour\s?cent\b",
        "es": r"%|por\s?ciento\b",
        "zh": r"%|％",
    },
    "USD": {"en": r"(?:US\s|United States\s)?dollars?\b", "ru": r"долл\w*", "fr": r"dollars?\b", "es": r"dólares\b|dólar\b", "zh": r"美元"},
    "EUR": {"en": r"euros?\b", "ru": r"евро\b", "fr": r"euros?\b", "es": r"euros?\b", "zh": r"欧元"},
    "CNY": {"en": r"yuan\b|renminbi\b", "ru": r"юан\w+", "fr": r"yuans?\b", "es": r"yuan(?:es)?\b", "zh": r"元(?:人民币)?"},
    "RUB": {"en": r"roubles?\b|rubles?\b", "ru": r"рубл\w+", "fr": r"roubles?\b", "es": r"rublos?\b", "zh": r"卢布"},
    "year": {"en": r"years?\b", "ru": r"лет\b|год(?:а|ов|ы)?\b", "fr": r"ans?\b|années?\b", "es": r"años?\b", "zh": r"年(?!度|级)|周年"},
    "month": {"en": r"months?\b", "ru": r"месяц\w*", "fr": r"mois\b", "es": r"mes(?:es)?\b", "zh": r"个月"},
    "week": {"en": r"weeks?\b", "ru": r"недел\w+", "fr": r"semaines?\b", "es": r"semanas?\b", "zh": r"周(?!年)|个?星期"},
    "day": {
        "en": r"(?:calendar\s)?days?\b",
        "ru": r"(?:календарн\w+\s)?(?:дн\w+|сут\w+)",
        "fr": r"jours?\b",
        "es": r"días?\b",
        "zh": r"天|日",
    },
    "hour": {"en": r"hours?\b", "ru": r"час\w*", "fr": r"heures?\b", "es": r"horas?\b", "zh": r"小时"},
    "km": {
        "en": r"km\b|kilomet(?:re|er)s?\b",
        "ru": r"км\b|километр\w*",
        "fr": r"km\b|kilomètres?\b",
        "es": r"km\b|kilómetros?\b",
        "zh": r"公里|千米",
    },
    "tonne": {"en": r"(?:metric\s)?ton(?:ne)?s?\b", "ru": r"тонн\w*|т\b", "fr": r"tonnes?\b", "es": r"toneladas?\b", "zh": r"吨"},
    "hectare": {"en": r"hectares?\b|ha\b", "ru": r"гектар\w*|га\b", "fr": r"hectares?\b|ha\b", "es": r"hectáreas?\b|ha\b", "zh": r"公顷"},
}
CURRENCIES: Final = frozenset({"USD", "EUR", "CNY", "RUB"})
SIGNS: Final = {"$": "USD", "€": "EUR", "¥": "CNY", "￥": "CNY", "₽": "RUB"}

WORDS: Final[dict[str, dict[str, int]]] = {
    "en": {
        **{
            word: value
            for value, word in enumerate(
                [
                    "two",
                    "three",
                    "four",
                    "five",
                    "six",
                    "seven",
                    "eight",
                    "nine",
                    "ten",
                    "eleven",
                    "twelve",
                    "thirteen",
                    "fourteen",
                    "fifteen",
                ],
                2,
            )
        },
        **{
            "sixteen": 16,
            "seventeen": 17,
            "eighteen": 18,
            "nineteen": 19,
            "twenty": 20,
            "thirty": 30,
            "forty": 40,
            "fifty": 50,
            "sixty": 60,
        },
        **{"seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "hundreds": 100},
    },
    "fr": {
        **{
            word: value
            for value, word in enumerate(
                [
                    "deux",
                    "trois",
                    "quatre",
                    "cinq",
                    "six",
                    "sept",
                    "huit",
                    "neuf",
                    "dix",
                    "onze",
                    "douze",
                    "treize",
                    "quatorze",
                    "quinze",
                    "seize",
                ],
                2,
            )
        },
        **{
            "quatorze": 14,
            "quinze": 15,
            "seize": 16,
            "vingt": 20,
            "trente": 30,
            "quarante": 40,
            "cinquante": 50,
            "soixante": 60,
            "cent": 100,
        },
    },
    "es": {
        **{
            word: value
            for value, word in enumerate(
                ["dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece", "catorce", "quince"],
                2,
            )
        },
        **{"veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "cien": 100, "ciento": 100},
    },
}
RUSSIAN: Final = (
    (r"дв(?:а|е|ух|ум|умя)", 2),
    (r"тр(?:и|[её]х|[её]м|емя)", 3),
    (r"четыр(?:е|[её]х|[её]м|ьмя)", 4),
    (r"пят(?:ь|и|ью)", 5),
    (r"шест(?:ь|и|ью)", 6),
    (r"сем(?:ь|и|ью)", 7),
    (r"вос(?:емь|ьми|емью)", 8),
    (r"девят(?:ь|и|ью)", 9),
    (r"десят(?:ь|и|ью)", 10),
    (r"одиннадцат(?:ь|и|ью)", 11),
    (r"двенадцат(?:ь|и|ью)", 12),
    (r"тринадцат(?:ь|и|ью)", 13),
    (r"четырнадцат(?:ь|и|ью)", 14),
    (r"пятнадцат(?:ь|и|ью)", 15),
    (r"шестнадцат(?:ь|и|ью)", 16),
    (r"семнадцат(?:ь|и|ью)", 17),
    (r"восемнадцат(?:ь|и|ью)", 18),
    (r"девятнадцат(?:ь|и|ью)", 19),
    (r"двадцат(?:ь|и|ью)", 20),
    (r"тридцат(?:ь|и|ью)", 30),
    (r"сорока?", 40),
    (r"пят(?:ьдесят|идесяти)", 50),
    (r"шест(?:ьдесят|идесяти)", 60),
    (r"сем(?:ьдесят|идесяти)", 70),
    (r"восем(?:ьдесят)|восьмидесяти", 80),
    (r"девяност[оа]", 90),
    (r"ст[оа]", 100),
)
FRACTIONS: Final[dict[str, tuple[tuple[str, Decimal], ...]]] = {
    "en": (
        (r"two[\s-]thirds", Decimal(2) / 3),
        (r"(?:one|a)[\s-]third", Decimal(1) / 3),
        (r"three[\s-](?:quarters|fourths)", Decimal("0.75")),
        (r"half|halve", Decimal("0.5")),
    ),
    "ru": (
        (r"дв(?:е|ух|умя) трет\w+", Decimal(2) / 3),
        (r"одн\w+ треть?\w*", Decimal(1) / 3),
        (r"тр\w+ четверт\w+", Decimal("0.75")),
        (r"(?:на)?половин\w+|вдвое", Decimal("0.5")),
    ),
    "fr": ((r"deux tiers", Decimal(2) / 3), (r"un tiers", Decimal(1) / 3), (r"trois quarts", Decimal("0.75")), (r"moitié", Decimal("0.5"))),
    "es": (
        (r"dos tercios|dos terceras partes", Decimal(2) / 3),
        (r"un tercio", Decimal(1) / 3),
        (r"tres cuartos", Decimal("0.75")),
        (r"mitad", Decimal("0.5")),
    ),
    "zh": ((r"一半|减半", Decimal("0.5")),),
}

COMPOUNDS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "ru": tuple(
        (rf"{stem}(?:-)?(?:летн|летию|летия|летие|дневн|месячн|недельн|часов|кратн|процентн)\w*", value)
        for stem, value in (
            ("двух", 2),
            ("тр[её]х", 3),
            ("четыр[её]х", 4),
            ("пяти", 5),
            ("шести", 6),
            ("семи", 7),
            ("восьми", 8),
            ("девяти", 9),
            ("десяти", 10),
            ("двенадцати", 12),
            ("пятнадцати", 15),
            ("двадцати", 20),
            ("тридцати", 30),
            ("сорока", 40),
            ("пятидесяти", 50),
            ("ста|сто", 100),
        )
    ),
    "en": (
        (r"decades?|decennial", 10),
        (r"biennial|biannual|twice|double[sd]?", 2),
        (r"triennial|triple[sd]?", 3),
        (r"quinquennial", 5),
        (r"centur(?:y|ies)", 100),
    ),
    "fr": ((r"décenn\w+", 10), (r"bienn\w+|bisannuel\w*|doubler?", 2), (r"trienn\w+|tripler?", 3), (r"quinquenn\w+", 5)),
    "es": ((r"decen\w+|década\w*", 10), (r"biena\w+|duplicar", 2), (r"triena\w+|triplicar", 3), (r"quinquena\w+", 5)),
}
"""Numbers that hide in other words, as "десятилетний" and "décennal"."""
