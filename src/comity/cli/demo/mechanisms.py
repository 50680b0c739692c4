"""The demonstration's working groups with their co-chairs, a lineage, a summit's mandate, and the plan of the tenth anniversary year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from comity.cli.demo.people import Names, listed

if TYPE_CHECKING:
    from comity.cli.demo.seed import Seeding

WATERS: Names = (
    ("zh-Hans", "边境水域工作组"),
    ("ru", "Рабочая группа по пограничным водам"),
    ("en", "Working Group on Border Waters"),
)
DRAFTING: Names = (
    ("zh-Hans", "立法技术工作组"),
    ("ru", "Рабочая группа по законодательной технике"),
    ("en", "Working Group on Legal Drafting"),
)
CONTACTS: Names = (
    ("zh-Hans", "议会联络小组会晤"),
    ("ru", "Встречи парламентской контактной группы"),
    ("en", "Meetings of the Parliamentary Contact Group"),
)
WATERS_MEETINGS: Names = (
    ("zh-Hans", "边境水域工作组会议"),
    ("ru", "Заседания рабочей группы по пограничным водам"),
    ("en", "Meetings of the Working Group on Border Waters"),
)
SUMMIT: Names = (
    ("zh-Hans", "两国元首关于睦邻合作的联合声明"),
    ("ru", "Совместная декларация глав двух государств о добрососедском сотрудничестве"),
    ("en", "Joint Declaration of the Two Heads of State on Neighbourly Cooperation"),
)

# (side, signer, key, names, the other side's form of the name, office, working group or none, from, until)
PEOPLE: tuple[tuple[str, str, str, Names, Names, str, str, str, str], ...] = (
    (
        "arvena", "sela", "maro-lente",
        (("zh-Hans", "马罗·伦特"), ("ru", "Маро Ленте"), ("en", "Maro Lente")), (("ru", "Маро Лент"),),
        "working-co-chair", "waters", "2018-03-01", "",
    ),
    (
        "kelmor", "juno", "tesh-orin",
        (("zh-Hans", "特什·奥林"), ("ru", "Теш Орин"), ("en", "Tesh Orin")), (("en", "Tesch Orin"),),
        "working-co-chair", "waters", "2018-03-01", "2023-09-30",
    ),
    (
        "kelmor", "juno", "vala-kemm",
        (("zh-Hans", "瓦拉·凯姆"), ("ru", "Вала Кемм"), ("en", "Vala Kemm")), (),
        "working-co-chair", "waters", "2023-10-01", "",
    ),
    (
        "arvena", "sela", "ilsa-dorn",
        (("zh-Hans", "伊尔莎·多恩"), ("ru", "Илса Дорн"), ("en", "Ilsa Dorn")), (),
        "working-co-chair", "drafting", "2021-06-01", "",
    ),
    (
        "kelmor", "juno", "beren-tak",
        (("zh-Hans", "贝伦·塔克"), ("ru", "Берен Так"), ("en", "Beren Tak")), (),
        "working-co-chair", "drafting", "2021-06-01", "",
    ),
    (
        "arvena", "sela", "orla-vint",
        (("zh-Hans", "奥拉·文特"), ("ru", "Орла Винт"), ("en", "Orla Vint")), (),
        "working-co-chair", "", "2019-01-15", "",
    ),
    (
        "kelmor", "juno", "sorin-hale",
        (("zh-Hans", "索林·黑尔"), ("ru", "Сорин Хале"), ("en", "Sorin Hale")), (("ru", "Сорин Гале"),),
        "working-co-chair", "", "2020-02-01", "",
    ),
)  # fmt: skip

# (key, where it stands, words); what no commitment implements: points 4 and 6
POINTS: tuple[tuple[str, str, Names], ...] = (
    (
        "drafters", "§ 7",
        (
            ("zh-Hans", "两国元首支持两国议会开展立法工作者经验交流。"),
            ("ru", "Главы государств поддерживают обмен опытом между разработчиками законов двух парламентов."),
            ("en", "The Heads of State support an exchange of experience between the legal drafters of the two parliaments."),
        ),
    ),
    (
        "waters", "§ 9",
        (
            ("zh-Hans", "双方将就边境水域管理相互提供法律文本。"),
            ("ru", "Стороны будут предоставлять друг другу тексты законов об управлении пограничными водами."),
            ("en", "The sides will provide each other with the texts of their laws on the management of border waters."),
        ),
    ),
    (
        "treaty", "§ 11",
        (
            ("zh-Hans", "两国元首请两国议会关注友好条约的实施情况。"),
            ("ru", "Главы государств просят парламенты следить за выполнением договора о дружбе."),
            ("en", "The Heads of State ask the parliaments to follow the implementation of the treaty of friendship."),
        ),
    ),
    (
        "youth", "§ 13",
        (
            ("zh-Hans", "双方鼓励青年议员定期互访。"),
            ("ru", "Стороны поощряют регулярные взаимные поездки молодых депутатов."),
            ("en", "The sides encourage regular visits of young deputies to each other."),
        ),
    ),
    (
        "forums", "§ 14",
        (
            ("zh-Hans", "两国议会将在多边论坛上协调立场。"),
            ("ru", "Парламенты будут согласовывать позиции на многосторонних форумах."),
            ("en", "The parliaments will align their positions in multilateral forums."),
        ),
    ),
    (
        "archives", "§ 16",
        (
            ("zh-Hans", "双方将研究相互开放议会档案的可能性。"),
            ("ru", "Стороны изучат возможность взаимного открытия парламентских архивов."),
            ("en", "The sides will study the possibility of opening their parliamentary archives to each other."),
        ),
    ),
)  # fmt: skip

# (key, kind, names, when, whose, point of the mandate or none)
ITEMS: tuple[tuple[str, str, Names, str, tuple[str, ...], str], ...] = (
    (
        "fourth-meeting", "meeting",
        (("zh-Hans", "在塔林达举行第四次会议"), ("ru", "Четвёртое заседание в Талинде"), ("en", "Fourth meeting, in Talinda")),
        "2026-10", ("arvena", "kelmor"), "",
    ),
    (
        "seminar", "training",
        (
            ("zh-Hans", "首次法律工作者联合研讨会"),
            ("ru", "Первый совместный семинар юристов"),
            ("en", "First joint seminar of legal drafters"),
        ),
        "2026-09", ("arvena", "kelmor"), "drafters",
    ),
    (
        "young-deputies", "visit",
        (("zh-Hans", "青年议员访问奥斯特雷尔"), ("ru", "Визит молодых депутатов в Острель"), ("en", "Visit of young deputies to Ostrel")),
        "2026-05", ("arvena", "kelmor"), "youth",
    ),
    (
        "exhibition", "exhibition",
        (("zh-Hans", "“文献中的十年”展览"), ("ru", "Выставка «Десять лет в документах»"), ("en", "Exhibition “Ten Years in Documents”")),
        "2026-11", ("arvena",), "",
    ),
    (
        "hearing", "hearing",
        (
            ("zh-Hans", "边境水域联合听证会"),
            ("ru", "Совместные слушания по пограничным водам"),
            ("en", "Joint hearing on border waters"),
        ),
        "2026-06", ("arvena", "kelmor"), "waters",
    ),
    (
        "collection", "publication",
        (
            ("zh-Hans", "出版十年联合文件汇编"),
            ("ru", "Издание сборника совместных документов за десять лет"),
            ("en", "Collection of the joint texts of ten years"),
        ),
        "2026-11", ("kelmor",), "",
    ),
)  # fmt: skip

MOVED_MEETING: Names = (
    ("zh-Hans", "凯尔莫议会10月举行预算审议，双方商定推迟至12月。"),
    ("ru", "В октябре Парламент Кельмора рассматривает бюджет; стороны договорились перенести заседание на декабрь."),
    ("en", "The Parliament of Kelmor debates its budget in October; the sides agreed to move the meeting to December."),
)
MOVED_HEARING: Names = (
    ("zh-Hans", "等待译文完成后举行。"),
    ("ru", "Слушания состоятся после завершения перевода закона."),
    ("en", "It will follow once the translation of the law is complete."),
)
DROPPED_EXHIBITION: Names = (
    ("zh-Hans", "展厅正在修缮，展品将收入文件汇编。"),
    ("ru", "Зал закрыт на ремонт; экспонаты войдут в сборник документов."),
    ("en", "The hall is under repair; what was to be shown goes into the collection of texts."),
)


type Proposal = tuple[tuple[int, int, int], str, dict[str, Any], dict[str, bytes]]  # day, type, body, files


def agree_on(seeding: Seeding, first: str, proposals: Sequence[Proposal]) -> list[str]:
    """One side proposes several acts, each on its day; the other signs them all at once. Returns their ids."""
    signers = {"arvena": "tovan", "kelmor": "aren"}
    second = "kelmor" if first == "arvena" else "arvena"
    acts = []
    for day, kind, body, files in proposals:
        seeding.calendar.set(*day)
        acts.append(seeding.say(first, signers[first], kind, body, files))
    seeding.exchange()
    for act in acts:
        payload = seeding.sides[second].node.store.statement(act)
        assert payload is not None
        seeding.sides[second].sign(seeding.mechanism, payload, signers[second])
    seeding.exchange()
    return acts


def add(seeding: Seeding) -> None:
    """Say it all, in the order of the years."""
    before = {"names": listed(CONTACTS), "from": "2006-09-20", "until": "2016-11-20", "held": 8}
    lineage: dict[str, Any] = {"about": f"{seeding.mechanism}#main", "from": "2016-11-20", "predecessors": [before]}
    waters = {"key": "waters", "names": listed(WATERS), "kind": "working-group", "from": "2018-03-01"}
    drafting = {"key": "drafting", "names": listed(DRAFTING), "kind": "working-group", "from": "2021-06-01"}
    _, *made = agree_on(
        seeding,
        "arvena",
        [
            ((2017, 1, 16), "mechanisms/series/1", lineage, {}),
            ((2018, 3, 1), "mechanisms/body/1", waters, {}),
            ((2021, 6, 1), "mechanisms/body/1", drafting, {}),
        ],
    )
    groups = dict(zip(("waters", "drafting"), made, strict=True))
    _people(seeding, groups)
    series = {"series": [{"key": "waters", "names": listed(WATERS_MEETINGS), "first": 1}], "body": groups["waters"], "from": "2024-03-12"}
    mandate, files = _mandate()
    _, summit = agree_on(
        seeding,
        "kelmor",
        [
            ((2024, 3, 12), "mechanisms/series/1", series | {"predecessors": []}, {}),
            ((2024, 6, 20), "mechanisms/mandate/1", mandate, files),
        ],
    )
    _year(seeding, summit)


def _people(seeding: Seeding, groups: dict[str, str]) -> None:
    for side, signer, key, names, theirs, office, group, since, until in PEOPLE:
        seeding.calendar.set(int(since[:4]), int(since[5:7]), int(since[8:]), 11)
        other = "kelmor" if side == "arvena" else "arvena"
        body: dict[str, Any] = {
            "person": key,
            "names": listed(names) + [n | {"side": other} for n in listed(theirs)],
            "office": office,
            "titles": [],
            "from": since,
        }
        body |= {"until": until} if until else {}
        seeding.say(side, signer, "mechanisms/appoint/1", body | ({"body": groups[group]} if group else {}))


def _mandate() -> tuple[dict[str, Any], dict[str, bytes]]:
    files = {f"point-{key}.{lang}.txt": text.encode() for key, _place, words in POINTS for lang, text in words}
    points = [
        {"key": key, "place": place, "quotes": [{"lang": lang, "file": f"point-{key}.{lang}.txt"} for lang, _text in words]}
        for key, place, words in POINTS
    ]
    source = {"address": "https://summit.example/2024/declaration"}
    return {"kind": "summit", "names": listed(SUMMIT), "date": "2024-05-16", "source": source, "points": points}, files


def _year(seeding: Seeding, mandate: str) -> None:
    items = [
        {"key": key, "kind": kind, "names": listed(names), "when": when, "whose": list(whose)}
        | ({"mandate": f"{mandate}#{point}"} if point else {})
        for key, kind, names, when, whose, point in ITEMS
    ]
    year = {"year": 2026, "anniversary": 10, "items": items}
    (plan,) = agree_on(seeding, "kelmor", [((2025, 12, 4), "mechanisms/plan/1", year, {})])
    outcomes: list[Proposal] = []
    for month, item, outcome, when, why in (
        (5, "young-deputies", "held", "2026-05-12", ()),
        (6, "hearing", "moved", "2027-02", MOVED_HEARING),
        (9, "seminar", "held", "2026-09-17", ()),
        (10, "fourth-meeting", "moved", "2026-12-08", MOVED_MEETING),
    ):
        meeting = {"meeting": seeding.meetings[3]} if item == "fourth-meeting" else {}
        outcomes.append(((2026, month, 20), *_outcome(plan, item, outcome, why, when=when, **meeting)))
    agree_on(seeding, "arvena", outcomes)
    seeding.calendar.set(2026, 11, 10)
    seeding.say("arvena", "tovan", *_outcome(plan, "exhibition", "dropped", DROPPED_EXHIBITION))
    seeding.exchange()


def _outcome(plan: str, item: str, outcome: str, why: Names, **more: str) -> tuple[str, dict[str, Any], dict[str, bytes]]:
    reasons = [{"lang": lang, "file": f"reason.{lang}.txt"} for lang, _text in why]
    files = {f"reason.{lang}.txt": text.encode() for lang, text in why}
    return "mechanisms/outcome/1", {"plan": plan, "item": item, "outcome": outcome, "reasons": reasons, **more}, files
