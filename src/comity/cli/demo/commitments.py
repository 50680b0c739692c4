"""The demonstration's responsible bodies, the points that its commitments implement, and a report entered for another body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from comity.cli.demo.mechanisms import Proposal, agree_on
from comity.cli.demo.people import Names, listed

if TYPE_CHECKING:
    from comity.cli.demo.seed import Seeding

# Commitment in its order → the point of the summit's declaration that it implements.
IMPLEMENTS = ("drafters", "waters", "treaty", "forums")

# (commitment, side, signer, names); the third has nobody on either side, the fourth only one.
RESPONSIBLE: tuple[tuple[int, str, str, Names], ...] = (
    (
        0,
        "arvena",
        "sela",
        (("zh-Hans", "众议院法律局"), ("ru", "Правовое управление Палаты депутатов"), ("en", "Law Office of the House of Deputies")),
    ),
    (
        0,
        "kelmor",
        "juno",
        (("zh-Hans", "议会立法局"), ("ru", "Законодательное управление Парламента"), ("en", "Legislative Office of the Parliament")),
    ),
    (
        1,
        "arvena",
        "sela",
        (("zh-Hans", "参议院环境委员会"), ("ru", "Комитет Сената по окружающей среде"), ("en", "Senate Committee on the Environment")),
    ),
    (
        3,
        "arvena",
        "sela",
        (("zh-Hans", "参议院外事委员会"), ("ru", "Комитет Сената по международным делам"), ("en", "Senate Committee on Foreign Affairs")),
    ),
)
NOTE_TRANSLATION = "Three of five chapters are translated; the terms of the last two are with the experts."


def add(seeding: Seeding) -> None:
    """Who sees to what, which points are implemented, and how the translation stands in October."""
    node = seeding.sides["arvena"].node
    record = node.replica(seeding.mechanism)
    mandate = next((act for act in record.ledger.acts() if record.act(act).type == "mechanisms/mandate/1"), None)
    if mandate is not None:
        _implement(seeding, mandate)
    for number, side, signer, names in RESPONSIBLE:
        seeding.calendar.set(2026, 2, 2, 9 + number)
        body: Mapping[str, Any] = {"commitment": seeding.commitments[number], "names": listed(names)}
        seeding.say(side, signer, "commitments/assign/1", body)
    _report(seeding)


def _implement(seeding: Seeding, mandate: str) -> None:
    """The commitments as they were undertaken, each with the point that it implements; said by those who are bound."""
    record = seeding.sides["arvena"].node.replica(seeding.mechanism)
    joint: list[Proposal] = []
    for number, point in enumerate(IMPLEMENTS):
        said = record.act(seeding.commitments[number])
        body = dict(said.body) | {"mandates": [f"{mandate}#{point}"], "supersedes": said.id}
        body |= {"attributes": ["timeline"]} if number < 2 else {}
        if len(said.signatories) > 1:
            joint.append(((2026, 1, 12 + number), "commitments/undertake/1", body, {}))
        else:
            seeding.calendar.set(2026, 1, 12 + number)
            side = said.signatories[0]
            seeding.say(side, {"arvena": "tovan", "kelmor": "aren"}[side], "commitments/undertake/1", body)
    agree_on(seeding, "arvena", joint)


def _report(seeding: Seeding) -> None:
    """A secretary enters a report for the committee whose work it is."""
    node = seeding.sides["arvena"].node
    record = node.replica(seeding.mechanism)
    own = (record.act(act) for act in record.ledger.acts())
    mine = next((a.id for a in own if a.type == "mechanisms/appoint/1" and a.body.get("person") == "sela"), "")
    seeding.calendar.set(2026, 10, 5)
    behalf: dict[str, Any] = {"names": listed(RESPONSIBLE[2][3])}
    behalf |= {"entered_by": mine} if mine else {}
    body = {
        "commitment": seeding.commitments[1],
        "progress": "under_way",
        "when": "2026-10-01",
        "evidence": [{"address": "https://senate.arvena.example/environment/translation"}],
        "notes": [{"lang": "en", "file": "note.en.txt"}],
        "on_behalf": behalf,
    }
    seeding.say("arvena", "sela", "commitments/report/1", body, {"note.en.txt": NOTE_TRANSLATION.encode()})
    seeding.exchange()
