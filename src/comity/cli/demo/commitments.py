"""The demonstration's responsible bodies, the points that its commitments implement, and a report entered for another body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

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
        for number, point in enumerate(IMPLEMENTS):
            seeding.calendar.set(2026, 1, 12 + number)
            _implement(seeding, seeding.commitments[number], f"{mandate}#{point}", timeline=number < 2)
    for number, side, signer, names in RESPONSIBLE:
        seeding.calendar.set(2026, 2, 2, 9 + number)
        body: Mapping[str, Any] = {"commitment": seeding.commitments[number], "names": listed(names)}
        seeding.say(side, signer, "commitments/assign/1", body)
    seeding.exchange()
    _report(seeding)


def _implement(seeding: Seeding, commitment: str, point: str, *, timeline: bool) -> None:
    """The commitment as it was undertaken, and the point that it implements."""
    said = seeding.sides["arvena"].node.replica(seeding.mechanism).act(commitment)
    body = dict(said.body) | {"mandates": [point], "supersedes": commitment} | ({"attributes": ["timeline"]} if timeline else {})
    first, signers = said.signatories[0], {"arvena": "tovan", "kelmor": "aren"}
    if len(said.signatories) > 1:
        seeding.agree(first, "commitments/undertake/1", body)
    else:
        seeding.say(first, signers[first], "commitments/undertake/1", body)
        seeding.exchange()


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
