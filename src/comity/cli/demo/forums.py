"""What the demonstration says about forums: an invented assembly on every node, positions for its coming session, two that were judged by
its last; the real roll calls, if they lie beside the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.forums.titles import item_key

if TYPE_CHECKING:
    from comity.cli.demo.seed import Seeding

SESSIONS = 25  # the last of them in the autumn of 2025
SEED = 18
REAL = Path(__file__).parents[5] / "shared" / "data" / "unga"
WORDS = {
    "en": "The two delegations hold that inspection is welcome where it rests on the consent of the coastal state.",
    "ru": "Обе делегации исходят из того, что инспекция приветствуется, если она опирается на согласие прибрежного государства.",
    "zh-Hans": "两国代表团认为，检查应以沿岸国同意为前提，在此前提下予以欢迎。",
}
TITLES = {
    "Passage through the straits: code of conduct": {"ru": "Проход через проливы: кодекс поведения", "zh-Hans": "海峡通行：行为守则"},
    "Passage through the straits: inspection by third parties": {
        "ru": "Проход через проливы: инспекция третьими сторонами",
        "zh-Hans": "海峡通行：第三方检查",
    },
    "Mines left in sea lanes: duties of transit states": {
        "ru": "Мины на морских путях: обязанности государств транзита",
        "zh-Hans": "航道遗留水雷：过境国义务",
    },
    "Rights of island peoples: report of the secretariat": {
        "ru": "Права островных народов: доклад секретариата",
        "zh-Hans": "岛屿居民权利：秘书处报告",
    },
    "Tariffs on timber and grain: fund and its use": {
        "ru": "Тарифы на лес и зерно: фонд и его использование",
        "zh-Hans": "木材与谷物关税：基金及其使用",
    },
}
NAMES = {
    "unga": {"en": "United Nations General Assembly", "ru": "Генеральная Ассамблея Организации Объединённых Наций", "zh": "联合国大会"}
}


def add(seeding: Seeding) -> None:
    """Store the assembly on each node and say the positions."""
    titles = list(TITLES)
    serves = seeding.commitments[3]
    seeding.calendar.set(2025, 9, 1)
    for title in (titles[1], titles[4]):  # by the last session's roll calls one was kept, the other half
        _agree(seeding, "kelmor", title, SESSIONS, "", ("vote", "yes"))
    seeding.calendar.set(2026, 11, 20, 12)
    for who, title, line in (
        ("arvena", titles[0], "yes"),
        ("kelmor", titles[0], "yes"),
        ("arvena", titles[1], "abstain"),
        ("kelmor", titles[1], "open"),
        ("kelmor", titles[2], "consensus"),
        ("arvena", titles[3], "no"),
    ):
        _say(seeding, who, title, line)
    seeding.exchange()
    seeding.calendar.set(2026, 11, 21, 9)
    _agree(seeding, "arvena", titles[0], SESSIONS + 1, serves, ("co_sponsor", ""))
    body = {"item": _item(titles[1], SESSIONS + 1), "agreed": "vote", "vote": "abstain", "wording": _wording(), "serves": serves}
    seeding.say("kelmor", "aren", "forums/agree-position/1", body, {f"wording.{lang}.txt": w.encode() for lang, w in WORDS.items()})
    seeding.exchange()
    for side in seeding.sides.values():
        folder = side.node.home.folder / "forums"
        _assembly(folder)
        _ask(folder)


def _item(title: str, session: int) -> dict[str, Any]:
    names = [{"lang": "en", "text": title}, *({"lang": lang, "text": text} for lang, text in TITLES[title].items())]
    return {"forum": "demo", "session": session, "key": item_key(title), "names": names}


def _wording() -> list[dict[str, str]]:
    return [{"lang": lang, "file": f"wording.{lang}.txt"} for lang in WORDS]


def _say(seeding: Seeding, who: str, title: str, line: str) -> None:
    body = {"item": _item(title, SESSIONS + 1), "line": line, "owner": "Committee on foreign affairs", "wording": []}
    seeding.say(who, {"arvena": "tovan", "kelmor": "aren"}[who], "forums/position/1", body)


def _agree(seeding: Seeding, who: str, title: str, session: int, serves: str, agreed: tuple[str, str]) -> None:
    kind, vote = agreed
    body = {"item": _item(title, session), "agreed": kind, "wording": []} | ({"vote": vote} if vote else {})
    seeding.agree(who, "forums/agree-position/1", body | ({"serves": serves} if serves else {}))


def _assembly(folder: Path) -> None:
    """The invented assembly; needs numpy, which every installation has."""
    from comity.forums import store
    from comity.forums.invented import invented_assembly

    store.save(invented_assembly(seed=SEED, sessions=SESSIONS), None, folder)


def _ask(folder: Path) -> None:
    """Jobs that a desk begins when somebody first looks: ideal points of the assembly, and the real roll calls if they are here."""
    from comity.desk.forums import jobs

    jobs.ask(folder, {"kind": "points", "forum": "demo", "sweeps": 3000, "seed": 1, "back": "/forums/demo/points/"})
    if REAL.is_dir():
        said = "Coded votes of the General Assembly, sessions 1 to 72 (Voeten and others; CC0), from the folder beside the project."
        names: Mapping[str, str] = NAMES["unga"]
        jobs.ask(folder, {"kind": "import", "forum": "unga", "names": names, "attribution": said, "source": str(REAL)})


def settle() -> None:
    """Settings of a node of the demonstration, once its tables are there: the invented assembly is open to the public."""
    from comity.desk.forums.models import ForumSetting

    ForumSetting.objects.update_or_create(id="demo", defaults={"released": True})
