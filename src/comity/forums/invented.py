"""An invented assembly from a seed, for demonstrations and tests: states, items that come back every session, and votes drawn from the
ordinal model.

Nothing in it is real, and ``forum.invented`` says so wherever its numbers are shown. The truth behind it (ideal points, item parameters)
is returned by
:func:`invented_truth`, so that estimators can be judged by it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from comity.forums.model import Float, Forum, Int8, Option, Origin, RollCalls, Stage, Topic, Totals, VoteEvent, Voter

NAMES = {"en": "Assembly of the Inner Sea (invented)", "ru": "Ассамблея Внутреннего моря (вымышленная)", "zh": "内海大会（虚构）"}

_KNOWN = (
    ("ARV", {"en": "Arvena", "ru": "Арвена", "zh": "阿尔维纳"}),
    ("KEL", {"en": "Kelmor", "ru": "Кельмор", "zh": "凯尔莫"}),
    ("SOR", {"en": "Sorvell", "ru": "Сорвелл", "zh": "索维尔"}),
)
_HEADS = (
    ("Tal", "Тал", "塔尔"),
    ("Ve", "Ве", "维"),
    ("Om", "Ом", "奥姆"),
    ("Ri", "Ри", "里"),
    ("Dan", "Дан", "丹"),
    ("Lu", "Лу", "卢"),
    ("Gar", "Гар", "加尔"),
)
_TAILS = (
    ("mora", "мора", "莫拉"),
    ("sten", "стен", "斯滕"),
    ("dia", "дия", "迪亚"),
    ("vik", "вик", "维克"),
    ("run", "рун", "伦"),
    ("nesk", "неск", "内斯克"),
    ("pol", "поль", "波尔"),
)
TOPICS = {
    "co": {"en": "straits and transit", "ru": "проливы и транзит", "zh": "海峡与过境"},
    "hr": {"en": "rights of island peoples", "ru": "права островных народов", "zh": "岛屿居民权利"},
    "ec": {"en": "tariffs and trade", "ru": "тарифы и торговля", "zh": "关税与贸易"},
    "di": {"en": "sea mines", "ru": "морские мины", "zh": "水雷"},
    "nu": {"en": "fission arms", "ru": "ядерное оружие", "zh": "裂变武器"},
    "me": {"en": "delta refugees", "ru": "беженцы дельты", "zh": "三角洲难民"},
}
"""The topics of the invented assembly, by language."""

_SUBJECTS = (
    ("co", "Passage through the straits"),
    ("hr", "Rights of island peoples"),
    ("ec", "Tariffs on timber and grain"),
    ("di", "Mines left in sea lanes"),
    ("nu", "Zones free of fission arms"),
    ("me", "Relief for the delta refugees"),
)
_ASPECTS = (
    "report of the secretariat",
    "code of conduct",
    "fund and its use",
    "inspection by third parties",
    "exchange of observers",
    "duties of transit states",
    "remembrance and archives",
    "technical standards",
    "training of officials",
    "calendar of conferences",
)


@dataclass(frozen=True)
class Truth:
    """``theta``: float64 (sessions, states), NaN where not a member; ``beta``, ``low``, ``high``: (events,): slope and cutpoints of each
    roll call.
    """

    theta: Float
    beta: Float
    low: Float
    high: Float


def invented_assembly(*, seed: int = 7, sessions: int = 24, states: int = 40, items: int = 36) -> RollCalls:
    """An assembly of ``states`` with ``items`` agenda items, about three in four of which are voted on in each of ``sessions`` sessions."""
    return _invent(seed, sessions, states, items)[0]


def invented_truth(*, seed: int = 7, sessions: int = 24, states: int = 40, items: int = 36) -> tuple[RollCalls, Truth]:
    """The same assembly, with what it was drawn from."""
    return _invent(seed, sessions, states, items)


def state_names(state: str) -> dict[str, str]:
    """The name of an invented state in English, Russian and Chinese."""
    return {k: n for k, n in _states(3 + len(_HEADS) * len(_TAILS))}[state]


def _states(count: int) -> list[tuple[str, dict[str, str]]]:
    known = list(_KNOWN)
    for number in range(count - len(known)):
        head, tail = _HEADS[number % len(_HEADS)], _TAILS[(number // len(_HEADS) + number) % len(_TAILS)]
        known.append(
            (f"{head[0]}{tail[0]}"[:4].upper() + str(number), {k: a + b for k, a, b in zip(("en", "ru", "zh"), head, tail, strict=True)})
        )
    return known[:count]


def _invent(seed: int, sessions: int, states: int, items: int) -> tuple[RollCalls, Truth]:
    states = min(states, 3 + len(_HEADS) * len(_TAILS))
    random = np.random.default_rng(np.random.PCG64(seed))
    theta = _paths(random, sessions, states)
    beta = np.where(random.random(items) < 0.85, 1.0, -0.3) * random.gamma(6.0, 0.25, items)
    first_cut = random.normal(0.9, 0.7, items)
    width = random.gamma(3.0, 0.25, items)
    events: list[VoteEvent] = []
    cells: list[Int8] = []
    drawn: list[tuple[float, float, float]] = []
    last: dict[int, str] = {}
    for session in range(sessions):
        for item in range(items):
            if random.random() > 0.75:
                continue
            slope, low = beta[item] + random.normal(0, 0.08), first_cut[item] + random.normal(0, 0.1)
            votes = _cast(random, theta[session], slope, low, low + width[item])
            events.append(_event(session, item, votes, last, random))
            cells.append(votes)
            drawn.append((slope, low, low + width[item]))
    voters = tuple(Voter(k, k, k, "", names["en"]) for k, names in _states(states))
    options = np.stack(cells)
    forum = Forum("demo", NAMES, invented=True, attribution=f"Invented; drawn from seed {seed}.")
    origin = hashlib.sha256(f"invented {seed} {sessions} {states} {items}".encode()).hexdigest()
    slopes, lows, highs = (np.array(p) for p in zip(*drawn, strict=True))
    return RollCalls(forum, tuple(events), voters, options, origin), Truth(theta, slopes, lows, highs)


def _paths(random: np.random.Generator, sessions: int, states: int) -> Float:
    """Ideal points that start in three blocs and drift; Arvena and Kelmor draw closer; every ninth state joins late."""
    blocs = np.array([-0.8, -0.5, 1.4])
    start = np.where(np.arange(states) < 3, blocs[np.arange(states) % 3], blocs[random.integers(0, 3, states)])
    steps = random.normal(0, 0.12, (sessions, states))
    theta = start + random.normal(0, 0.25, states) + np.cumsum(steps, axis=0)
    theta[:, 1] = theta[:, 0] + np.linspace(0.9, 0.1, sessions)
    late = np.arange(states) % 9 == 8
    theta[: sessions // 3, late] = np.nan
    return np.asarray(theta)


def _cast(random: np.random.Generator, theta: Float, slope: float, low: float, high: float) -> Int8:
    latent = slope * np.nan_to_num(theta) + random.normal(size=theta.shape)
    votes = np.where(latent < low, Option.YES, np.where(latent < high, Option.ABSTAIN, Option.NO))
    votes = np.where(random.random(theta.shape) < 0.05, Option.ABSENT, votes)
    return np.where(np.isnan(theta), Option.NOT_MEMBER, votes).astype(np.int8)


def _event(session: int, item: int, votes: Int8, last: dict[int, str], random: np.random.Generator) -> VoteEvent:
    topic, subject = _SUBJECTS[item % len(_SUBJECTS)]
    aspect = _ASPECTS[(item // len(_SUBJECTS)) % len(_ASPECTS)]
    counts = [int((votes == o).sum()) for o in (Option.YES, Option.NO, Option.ABSTAIN, Option.ABSENT)]
    counts.append(int((votes != Option.NOT_MEMBER).sum()))
    key = f"D{session + 1:02}-{item + 1:03}"
    day = int(random.integers(1, 29))
    event = VoteEvent(
        id=key,
        session=session + 1,
        date=f"{2001 + session}-{9 + item % 4:02}-{day:02}",
        title=f"{subject}: {aspect}",
        symbol=f"IS/{session + 1}/{item + 1}",
        agenda=subject,
        stage=Stage.PLENARY,
        totals=Totals(*counts),
        topics=(Topic(topic, Origin.OFFICIAL),),
        same_item_as=(last[item],) if item in last else (),
        item=subject,
    )
    last[item] = key
    return event
