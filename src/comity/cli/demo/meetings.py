"""What was said around the demonstration's meetings: the third with agenda, delegations, minutes adopted after a comment, and closed; the
fourth with an agenda that Kelmor proposes and both delegations as expected.
"""

# ruff: noqa: E501  # paragraphs of the invented texts

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from comity.desk.meetings.phrases import of_meeting, phrase
from comity.meetings.agenda import agenda_text
from comity.meetings.delegation import delegation_text
from comity.terms.audience import PARTIES
from comity.texts.acts import COMMENT, PUT_FORWARD
from comity.texts.akn import file_name, to_akn
from comity.texts.model import TextMeta, TextVersion
from comity.texts.structure import structure

if TYPE_CHECKING:
    from comity.cli.demo.seed import Seeding

LANGUAGES: Final = ("zh-Hans", "ru", "en")
type Words = tuple[str, str, str]  # in the order of LANGUAGES

# key, kind, who presents, when it begins, how many minutes it takes, title
ITEMS_3: Final[tuple[tuple[str, str, str, str, int, Words], ...]] = (
    (
        "minutes",
        "minutes",
        "",
        "10:15",
        15,
        ("通过第二次会议记录", "Утверждение протокола второго заседания", "Approval of the minutes of the second meeting"),
    ),
    (
        "treaty",
        "report",
        "kelmor",
        "10:30",
        60,
        ("友好条约实施情况", "Выполнение договора о дружбе", "Implementation of the treaty of friendship"),
    ),
    ("seminar", "discussion", "arvena", "11:30", 45, ("法律工作者研讨会", "Семинар юристов", "Seminar of legal drafters")),
    ("waters", "discussion", "kelmor", "14:00", 60, ("边境水域管理", "Управление пограничными водами", "Management of border waters")),
    ("communique", "adoption", "", "15:30", 30, ("通过联合公报", "Принятие совместного коммюнике", "Adoption of the joint communiqué")),
    ("other", "other", "", "", 0, ("其他事项", "Разное", "Other business")),
)
ITEMS_4: Final[tuple[tuple[str, str, str, str, int, Words], ...]] = (
    (
        "minutes",
        "minutes",
        "",
        "10:15",
        15,
        ("通过第三次会议记录", "Утверждение протокола третьего заседания", "Approval of the minutes of the third meeting"),
    ),
    (
        "treaty",
        "report",
        "arvena",
        "10:30",
        60,
        ("友好条约实施情况", "Выполнение договора о дружбе", "Implementation of the treaty of friendship"),
    ),
    (
        "anniversary",
        "discussion",
        "kelmor",
        "11:30",
        45,
        ("委员会成立十周年纪念活动", "Десятилетие Комитета", "Tenth anniversary of the Committee"),
    ),
    (
        "drafters",
        "report",
        "kelmor",
        "14:00",
        30,
        ("法律工作者联合研讨会", "Совместный семинар юристов", "Joint seminar of legal drafters"),
    ),
    (
        "trainees",
        "discussion",
        "arvena",
        "14:30",
        45,
        ("互派立法实习人员", "Обмен стажёрами законодательных служб", "Exchange of trainees of the legislative services"),
    ),
    ("other", "other", "", "", 0, ("其他事项", "Разное", "Other business")),
)
PEOPLE: Final[Mapping[str, tuple[tuple[str, str, str, Words, Words], ...]]] = {
    "arvena": (
        ("tovan", "head", "", ("托万·布雷尔", "Тован Брел", "Tovan Brel"), ("共同主席", "сопредседатель", "co-chair")),
        ("oda", "member", "", ("奥达·林梅尔", "Ода Линмер", "Oda Linmer"), ("参议员", "сенатор", "senator")),
        ("petr", "member", "", ("佩特·桑", "Петр Санн", "Petr Sann"), ("众议员", "депутат", "deputy")),
        ("runa", "substitute", "oda", ("鲁娜·维克", "Руна Вик", "Runa Vik"), ("参议员", "сенатор", "senator")),
        (
            "sela",
            "staff",
            "",
            ("塞拉·霍恩", "Села Хорн", "Sela Horn"),
            ("代表团秘书", "секретарь делегации", "secretary of the delegation"),
        ),
    ),
    "kelmor": (
        ("aren", "head", "", ("阿伦·韦尔", "Арен Велл", "Aren Vell"), ("共同主席", "сопредседатель", "co-chair")),
        ("mira", "member", "", ("米拉·多斯特", "Мира Дост", "Mira Dost"), ("议员", "член Парламента", "member of Parliament")),
        ("koru", "member", "", ("科鲁·阿希姆", "Кору Ахим", "Koru Ahim"), ("议员", "член Парламента", "member of Parliament")),
        ("juno", "staff", "", ("朱诺·佩尔", "Юно Пелл", "Juno Pell"), ("代表团秘书", "секретарь делегации", "secretary of the delegation")),
    ),
}
CAME_3: Final = frozenset({"tovan", "petr", "runa", "sela", "aren", "mira", "juno"})
PARTIES_NAMED: Final[Mapping[str, Words]] = {
    "arvena": ("阿尔维纳国民议会", "Национальное собрание Арвены", "National Assembly of Arvena"),
    "kelmor": ("凯尔莫议会", "Парламент Кельмора", "Parliament of Kelmor"),
}
MINUTES_3: Final[Mapping[str, str]] = {
    "zh-Hans": """阿尔维纳国民议会出席人员：托万·布雷尔（共同主席）、佩特·桑（众议员）、鲁娜·维克（参议员）、塞拉·霍恩（代表团秘书）。

凯尔莫议会出席人员：阿伦·韦尔（共同主席）、米拉·多斯特（议员）、朱诺·佩尔（代表团秘书）。

一、通过第二次会议记录

委员会通过了第二次会议记录，未作修改。

二、友好条约实施情况

凯尔莫方面报告了条约实施情况。双方认为，关于议会交流的条款已经落实，关于法律信息交换的条款尚待落实。

凯尔莫方面将于2026年底前向本国议会提交书面报告。

三、法律工作者研讨会

双方商定研讨会每年举行一次，首次研讨会由凯尔莫方面主办。

四、边境水域管理

阿尔维纳方面介绍了边境水域管理法草案，并承诺提供完整译文。

五、通过联合公报

委员会通过了联合公报。

六、其他事项

第四次会议将在塔林达举行。
""",
    "ru": """Национальное собрание Арвены — присутствовали: Тован Брел (сопредседатель), Петр Санн (депутат), Руна Вик (сенатор), Села Хорн (секретарь делегации).

Парламент Кельмора — присутствовали: Арен Велл (сопредседатель), Мира Дост (член Парламента), Юно Пелл (секретарь делегации).

1. Утверждение протокола второго заседания

Комитет утвердил протокол второго заседания без изменений.

2. Выполнение договора о дружбе

Сторона Кельмора доложила о выполнении договора. Стороны отметили, что положения об обменах между парламентами выполнены, а положения об обмене правовой информацией ещё предстоит выполнить.

Сторона Кельмора до конца 2026 года представит письменный доклад своему парламенту.

3. Семинар юристов

Стороны договорились проводить семинар ежегодно; первый семинар проводит сторона Кельмора.

4. Управление пограничными водами

Сторона Арвены представила проект закона об управлении пограничными водами и обязалась предоставить его полный перевод.

5. Принятие совместного коммюнике

Комитет принял совместное коммюнике.

6. Разное

Четвёртое заседание состоится в Талинде.
""",
    "en": """Present for the National Assembly of Arvena: Tovan Brel (co-chair), Petr Sann (deputy), Runa Vik (senator), Sela Horn (secretary of the delegation).

Present for the Parliament of Kelmor: Aren Vell (co-chair), Mira Dost (member of Parliament), Juno Pell (secretary of the delegation).

1. Approval of the minutes of the second meeting

The Committee approved the minutes of the second meeting without changes.

2. Implementation of the treaty of friendship

The side of Kelmor reported on the implementation of the treaty. The sides noted that the provisions on exchanges between the parliaments are implemented, and that those on the exchange of legal information remain to be.

The side of Kelmor will lay a written report before its parliament by the end of 2026.

3. Seminar of legal drafters

The sides agreed to hold the seminar every year; the side of Kelmor holds the first one.

4. Management of border waters

The side of Arvena presented the draft law on the management of border waters and undertook to provide a complete translation.

5. Adoption of the joint communiqué

The Committee adopted the joint communiqué.

6. Other business

The fourth meeting will be held in Talinda.
""",
}
# Where Kelmor's own version, which Arvena had put forward first, read otherwise; its comment asks for the words that stand above.
FIRST_WORDING: Final = {
    "zh-Hans": ("首次研讨会由凯尔莫方面主办", "首次研讨会由双方共同主办"),
    "ru": ("первый семинар проводит сторона Кельмора", "первый семинар стороны проводят вместе"),
    "en": ("the side of Kelmor holds the first one", "the sides hold the first one together"),
}
COMMENT_3: Final = {
    "en": "The first seminar is held by us, in Talinda; please say so.",
    "ru": "Первый семинар проводим мы, в Талинде; просим указать это.",
    "zh-Hans": "首次研讨会由我方在塔林达主办，请予写明。",
}


def add(seeding: Seeding) -> None:
    """Say it all, in the order of the calendar."""
    third, fourth = seeding.meetings[2], seeding.meetings[3]
    seeding.calendar.set(2025, 10, 20)
    agenda = _agenda(third, 3, ITEMS_3, "2025-11-20", "Europe/Helsinki")
    seeding.agree("arvena", "meetings/agenda/1", *agenda)
    seeding.calendar.set(2025, 11, 21)
    for party, persona in (("arvena", "sela"), ("kelmor", "juno")):
        body, files = _delegation(third, 3, party, "2025-11-20", CAME_3)
        seeding.say(party, persona, "meetings/delegation/1", body, files, audience=PARTIES)
    seeding.exchange()
    minutes = _minutes(seeding, third)
    seeding.calendar.set(2025, 12, 10)
    seeding.agree("kelmor", "meetings/close/1", {"meeting": third, "minutes": minutes, "texts": [seeding.communique]})
    _fourth(seeding, fourth)


def _minutes(seeding: Seeding, meeting: str) -> str:
    """Arvena puts the minutes forward, Kelmor comments, Arvena puts them forward again, both adopt; returns the adopted text."""
    meta = TextMeta("2025-11-20", "joint-minutes-3", "arvena-kelmor", LANGUAGES)

    def files(first: bool) -> dict[str, bytes]:
        return {file_name(lang): to_akn(_minutes_text(lang, first=first), meta) for lang in LANGUAGES}

    body: dict[str, Any] = {"kind": "minutes", "versions": _versions(), "meeting": meeting}
    seeding.calendar.set(2025, 11, 25)
    draft = seeding.say("arvena", "sela", PUT_FORWARD, body, files(True), audience=PARTIES)
    seeding.exchange()
    seeding.calendar.set(2025, 11, 28)
    notes = [{"lang": lang, "file": f"comment.{lang}.txt"} for lang in COMMENT_3]
    said = {f"comment.{lang}.txt": words.encode() for lang, words in COMMENT_3.items()}
    seeding.say("kelmor", "juno", COMMENT, {"text": draft, "eid": "sec_3__para_1", "notes": notes}, said, audience=PARTIES)
    seeding.exchange()
    seeding.calendar.set(2025, 12, 1)
    again = seeding.say("arvena", "sela", PUT_FORWARD, body | {"answers": draft}, files(False), audience=PARTIES)
    seeding.exchange()
    seeding.calendar.set(2025, 12, 4)
    return seeding.agree("kelmor", "texts/adopt/1", body | {"answers": again}, files(False))


def _minutes_text(lang: str, *, first: bool) -> TextVersion:
    words = MINUTES_3[lang].replace(*FIRST_WORDING[lang]) if first else MINUTES_3[lang]
    return structure(f"{of_meeting('minutes', 3, lang)}\n\n{words}", lang).version


def _fourth(seeding: Seeding, meeting: str) -> None:
    seeding.calendar.set(2026, 11, 20, 9)
    for party, persona in (("kelmor", "juno"), ("arvena", "sela")):
        body, files = _delegation(meeting, 4, party, "2026-12-08", frozenset())
        seeding.say(party, persona, "meetings/delegation/1", body, files, audience=PARTIES)
    seeding.exchange()
    seeding.calendar.set(2026, 11, 21, 8)
    body, files = _agenda(meeting, 4, ITEMS_4, "2026-12-08", "Asia/Almaty")
    seeding.say("kelmor", "aren", "meetings/agenda/1", body, files, audience=PARTIES)
    seeding.exchange()


def _versions() -> list[dict[str, str]]:
    return [{"lang": lang, "status": "authentic", "file": file_name(lang)} for lang in LANGUAGES]


def _agenda(
    meeting: str, number: int, items: Sequence[tuple[str, str, str, str, int, Words]], day: str, zone: str
) -> tuple[dict[str, Any], dict[str, bytes]]:
    meta = TextMeta(day, f"joint-agenda-{number}", "arvena-kelmor", LANGUAGES)
    said = []
    for key, kind, party, clock, minutes, _title in items:
        item: dict[str, Any] = {"key": key, "kind": kind} | ({"party": party} if party else {})
        item |= {"starts": {"at": f"{day}T{clock}", "zone": zone}} if clock else {}
        said.append(item | ({"length": minutes} if minutes else {}))
    files = {
        file_name(lang): to_akn(agenda_text(of_meeting("agenda", number, lang), [item[5][n] for item in items], lang), meta)
        for n, lang in enumerate(LANGUAGES)
    }
    return {"meeting": meeting, "items": said, "versions": _versions()}, files


def _delegation(meeting: str, number: int, party: str, day: str, came: frozenset[str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    meta = TextMeta(day, f"delegation-{party}-{number}", "arvena-kelmor", LANGUAGES)
    people = PEOPLE[party]
    members = [
        {"key": key, "role": role, "attendance": "present" if key in came else "expected"} | ({"for": instead} if instead else {})
        for key, role, instead, _name, _title in people
    ]
    files = {
        file_name(lang): to_akn(
            delegation_text(phrase("delegation", lang, PARTIES_NAMED[party][n]), [(p[3][n], p[4][n]) for p in people], lang), meta
        )
        for n, lang in enumerate(LANGUAGES)
    }
    return {"meeting": meeting, "members": members, "versions": _versions()}, files
