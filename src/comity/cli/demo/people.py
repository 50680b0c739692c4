"""The invented people and parliaments of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass, field

type Names = tuple[tuple[str, str], ...]  # (language, text)


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to sign in as. ``signs``: whether a key in custody signs for this person."""

    key: str
    role: str
    names: Names
    title: Names
    signs: bool = False
    operator: bool = False


@dataclass(frozen=True, slots=True)
class House:
    """A node of the demonstration. ``party`` is empty for the observer."""

    key: str
    host: str
    party: str
    port: int
    zone: str
    names: Names
    chambers: tuple[tuple[str, Names], ...] = ()
    personas: tuple[Persona, ...] = field(default_factory=tuple)


ARVENA = House(
    key="arvena",
    host="arvena.example",
    party="arvena",
    port=8401,
    zone="Europe/Helsinki",
    names=(("en", "National Assembly of Arvena"), ("zh-Hans", "阿尔维纳国民议会"), ("ru", "Национальное собрание Арвены")),
    chambers=(
        ("senate", (("en", "Senate"), ("zh-Hans", "参议院"), ("ru", "Сенат"))),
        ("house", (("en", "House of Deputies"), ("zh-Hans", "众议院"), ("ru", "Палата депутатов"))),
    ),
    personas=(
        Persona(
            "ilena",
            "drafter",
            (("en", "Ilena Maret"), ("zh-Hans", "伊莱娜·马雷特"), ("ru", "Илена Марет")),
            (("en", "committee officer"), ("zh-Hans", "委员会官员"), ("ru", "сотрудник секретариата комитета")),
        ),
        Persona(
            "sela",
            "secretary",
            (("en", "Sela Horn"), ("zh-Hans", "塞拉·霍恩"), ("ru", "Села Хорн")),
            (("en", "secretary of the delegation"), ("zh-Hans", "代表团秘书"), ("ru", "секретарь делегации")),
            signs=True,
            operator=True,
        ),
        Persona(
            "tovan",
            "signatory",
            (("en", "Tovan Brel"), ("zh-Hans", "托万·布雷尔"), ("ru", "Тован Брел")),
            (("en", "co-chair"), ("zh-Hans", "共同主席"), ("ru", "сопредседатель")),
            signs=True,
        ),
    ),
)

KELMOR = House(
    key="kelmor",
    host="kelmor.example",
    party="kelmor",
    port=8402,
    zone="Asia/Almaty",
    names=(("en", "Parliament of Kelmor"), ("zh-Hans", "凯尔莫议会"), ("ru", "Парламент Кельмора")),
    personas=(
        Persona(
            "dara",
            "drafter",
            (("en", "Dara Ostin"), ("zh-Hans", "达拉·奥斯廷"), ("ru", "Дара Остин")),
            (("en", "adviser, external relations"), ("zh-Hans", "外事顾问"), ("ru", "советник управления внешних связей")),
        ),
        Persona(
            "juno",
            "secretary",
            (("en", "Juno Pell"), ("zh-Hans", "朱诺·佩尔"), ("ru", "Юно Пелл")),
            (("en", "secretary of the delegation"), ("zh-Hans", "代表团秘书"), ("ru", "секретарь делегации")),
            signs=True,
            operator=True,
        ),
        Persona(
            "aren",
            "signatory",
            (("en", "Aren Vell"), ("zh-Hans", "阿伦·韦尔"), ("ru", "Арен Велл")),
            (("en", "secretary general"), ("zh-Hans", "秘书长"), ("ru", "генеральный секретарь")),
            signs=True,
        ),
    ),
)

HARBOUR = House(
    key="harbour",
    host="harbour.example",
    party="",
    port=8400,
    zone="UTC",
    names=(("en", "Harbour Institute"), ("zh-Hans", "海港研究所"), ("ru", "Институт «Гавань»")),
    personas=(
        Persona(
            "mika",
            "reader",
            (("en", "Mika Toll"), ("zh-Hans", "米卡·托尔"), ("ru", "Мика Толл")),
            (("en", "observer"), ("zh-Hans", "观察员"), ("ru", "наблюдатель")),
            operator=True,
        ),
    ),
)

HOUSES = (ARVENA, KELMOR, HARBOUR)


def listed(names: Names) -> list[dict[str, str]]:
    """Names in the form in which settings and acts hold them."""
    return [{"lang": lang, "text": text} for lang, text in names]
