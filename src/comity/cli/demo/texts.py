"""The demonstration's negotiation: the communiqué of the fourth meeting in its third version, with two open brackets, comments
of both sides, one finding that is an error and one that was set aside with a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from comity.terms.audience import PARTIES
from comity.texts.acts import COMMENT, PUT_FORWARD
from comity.texts.akn import file_name, to_akn
from comity.texts.brackets import open_points
from comity.texts.checks import check
from comity.texts.model import TextMeta, TextVersion
from comity.texts.structure import structure

if TYPE_CHECKING:
    from comity.cli.demo.seed import Seeding

SECOND: Final = {
    "zh-Hans": """第四次会议联合公报（草案）

合作委员会第四次会议将于2026年12月8日在凯尔莫首府塔林达举行。

第一条
双方将总结友好条约实施情况，并确定周年纪念活动计划。

第二条
双方商定自2027年起每年互派立法实习人员。

第三条
防洪联合工作组由两国轮流主办，[@arvena: 每年举行两次会议]。

第四条
一方提出的比较法资料请求，另一方应在六十日内答复。

第五条
各方每年可邀请另一方至多三名青年议员到其图书馆和研究部门考察。

本公报于2026年12月8日订于塔林达，一式两份，每份均用中文、俄文和英文写成，三种文本同等作准。
""",
    "ru": """Совместное коммюнике четвёртого заседания (проект)

Четвёртое заседание Комитета по сотрудничеству состоится 8 декабря 2026 года в Талинде, столице Кельмора.

Статья 1
Стороны подведут итоги выполнения договора о дружбе и утвердят план юбилейных мероприятий.

Статья 2
Стороны договорились с 2027 года ежегодно обмениваться стажёрами законодательных служб.

Статья 3
Совместная рабочая группа по защите от паводков собирается поочерёдно в двух странах [@arvena: два раза в год].

Статья 4
На запрос одной стороны о сравнительно-правовых сведениях другая сторона даёт ответ в течение шестидесяти дней.

Статья 5
Каждая сторона вправе ежегодно приглашать до трёх молодых депутатов другой стороны в свою библиотеку и исследовательскую службу.

Совершено в Талинде 8 декабря 2026 года в двух экземплярах, на китайском, русском и английском языках; тексты имеют одинаковую силу.
""",
    "en": """Joint Communiqué of the Fourth Meeting (draft)

The fourth meeting of the Committee for Cooperation will be held on 8 December 2026 in Talinda, the capital of Kelmor.

Article 1
The sides will take stock of the implementation of the treaty of friendship and adopt the plan of the anniversary year.

Article 2
The sides agreed to exchange trainees of their legislative services every year from 2027.

Article 3
A joint working group on flood protection shall meet in turn in the two countries [@arvena: twice a year].

Article 4
A request by one side for information on comparative law shall be answered by the other within sixty days.

Article 5
Each side may invite each year up to three young members of the other to its library and research service.

Done at Talinda on 8 December 2026 in two copies, each in Chinese, Russian and English, all three texts being equally authentic.
""",
}

# What Kelmor's answer changes, in each language: words of the second version and what stands in their place.
THIRD: Final = {
    "zh-Hans": (
        ("[@arvena: 每年举行两次会议]", "[@arvena: 每年举行两次会议 | @kelmor: 每年至少举行四次会议]"),
        ("至多三名", "[@arvena: 至多三名 | @kelmor: 至多五名]"),
        ("确定周年纪念活动计划", "确定友好条约周年纪念活动计划"),
        ("第四条\n一方", "第四条\n凡一方"),
    ),
    "ru": (
        ("[@arvena: два раза в год]", "[@arvena: два раза в год | @kelmor: не реже четырёх раз в год]"),
        ("до трёх", "[@arvena: до трёх | @kelmor: до пяти]"),
        ("план юбилейных мероприятий", "план мероприятий к юбилею договора"),
        ("шестидесяти дней", "тридцати дней"),
        ("вправе ежегодно приглашать", "может ежегодно, но не в ущерб своей работе, приглашать"),
    ),
    "en": (
        ("[@arvena: twice a year]", "[@arvena: twice a year | @kelmor: at least four times a year]"),
        ("up to three", "[@arvena: up to three | @kelmor: up to five]"),
        ("the plan of the anniversary year", "the plan for the anniversary of the treaty"),
    ),
}

REASON: Final = {
    "en": "“Without prejudice to its work” is implied in the other languages; both secretariats checked it.",
    "ru": "Слова «не в ущерб своей работе» в других языках подразумеваются; секретариаты сверили.",
}

COMMENT_ARVENA: Final = {
    "zh-Hans": "每年两次会议可以充分准备，四次则不能。",
    "ru": "Два заседания в год можно хорошо подготовить, четыре — нет.",
    "en": "Two meetings a year can be prepared well, four cannot.",
}
ANSWER_KELMOR: Final = {
    "ru": "Два из четырёх могли бы пройти по видеосвязи.",
    "en": "Two of the four could be held by video.",
}


def add(seeding: Seeding) -> None:
    """Say the second and the third version and what both sides remarked on it."""
    meta = TextMeta(date="2026-12-08", slug="communique-4", author="arvena-kelmor", languages=tuple(SECOND))
    second = {lang: structure(words, lang).version for lang, words in SECOND.items()}
    seeding.calendar.set(2026, 11, 20, 14)
    first = _forward(seeding, "arvena", "sela", second, meta, seeding.proposed)
    seeding.calendar.set(2026, 11, 22, 18)
    third = {}
    for lang, words in SECOND.items():
        for old, new in THIRD[lang]:
            assert words.count(old) == 1, old
            words = words.replace(old, new)
        third[lang] = structure(words, lang).version
    last = _forward(seeding, "kelmor", "juno", third, meta, first, waive="NEG")
    seeding.calendar.set(2026, 11, 23, 9)
    asked = _comment(seeding, "arvena", "sela", {"text": last, "eid": "art_3"}, COMMENT_ARVENA)
    seeding.calendar.set(2026, 11, 23, 15)
    _comment(seeding, "kelmor", "juno", {"text": last, "eid": "art_3", "answers": asked}, ANSWER_KELMOR)


def _forward(
    seeding: Seeding, who: str, persona: str, versions: dict[str, TextVersion], meta: TextMeta, answers: str, waive: str = ""
) -> str:
    files = {file_name(lang): to_akn(version, meta) for lang, version in versions.items()}
    body: dict[str, Any] = {
        "kind": "communique",
        "versions": [{"lang": lang, "status": "authentic", "file": file_name(lang)} for lang in versions],
        "meeting": seeding.meetings[3],
        "answers": answers,
    }
    brackets = [
        {
            "eid": p.eid,
            "number": p.number,
            "sides": list(dict.fromkeys(side for own in p.sides for side in own)),
            "langs": list(p.languages),
        }
        for p in open_points(versions.values())
    ]
    body |= {"brackets": brackets} if brackets else {}
    waivers = []
    for number, item in enumerate((f for f in check(versions) if f.code == waive), 1):
        reasons = [{"lang": lang, "file": f"reason.{number}.{lang}.txt"} for lang in REASON]
        files |= {f"reason.{number}.{lang}.txt": words.encode() for lang, words in REASON.items()}
        waivers.append({"code": item.code, "eid": item.eid, "finding": item.key, "by": who, "reasons": reasons})
    body |= {"waivers": waivers} if waivers else {}
    act = seeding.say(who, persona, PUT_FORWARD, body, files, audience=PARTIES)
    seeding.exchange()
    return act


def _comment(seeding: Seeding, who: str, persona: str, about: dict[str, str], words: dict[str, str]) -> str:
    files = {f"comment.{lang}.txt": said.encode() for lang, said in words.items()}
    notes = [{"lang": lang, "file": f"comment.{lang}.txt"} for lang in words]
    act = seeding.say(who, persona, COMMENT, about | {"notes": notes}, files, audience=PARTIES)
    seeding.exchange()
    return act
