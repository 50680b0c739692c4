"""The demonstration's record: ten years of a committee of two invented parliaments, said on two real nodes with their own keys.

Seeded so that each page has something to say: meetings with a convened and a proposed one, a trilingual communiqué with commitments, one
of them assessed differently by the two sides, one overdue, an open negotiation, something waiting on either side.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from comity.cli.demo import commitments, forums, language, mechanisms, meetings, texts, words
from comity.cli.demo.people import ARVENA, HARBOUR, HOUSES, KELMOR, House, listed
from comity.node.home import Home, Settings
from comity.node.node import Node
from comity.node.setup import make_node, own_card
from comity.terms.audience import PARTIES, PUBLIC, Audience
from comity.terms.ids import digest
from comity.texts.akn import file_name, to_akn
from comity.texts.model import TextMeta, provision_text
from comity.texts.structure import structure

LANGUAGES = ("zh-Hans", "ru", "en")


class Calendar:
    """The clock of the seeding: it stands where it is set and moves a minute at every look."""

    def __init__(self) -> None:
        self.at = datetime(2016, 11, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def set(self, year: int, month: int, day: int, hour: int = 9) -> None:
        self.at = datetime(year, month, day, hour, tzinfo=UTC)


@dataclass(slots=True)
class Side:
    """A parliament's node while it is seeded, with its officers' keys by persona."""

    house: House
    node: Node
    keys: dict[str, str]

    def sign(self, mechanism: str, payload: bytes, persona: str) -> str:
        signature = self.node.custody.sign_act(self.keys[persona], payload)
        return self.node.sign(mechanism, payload, [signature])


class Seeding:
    """Makes the three homes under ``folder`` and lets the two sides work."""

    def __init__(self, folder: Path, ports: Mapping[str, int]) -> None:
        self._folder, self._ports = folder, ports
        self.calendar = Calendar()
        self.sides: dict[str, Side] = {}
        self.mechanism = ""
        self.meetings: list[str] = []  # acts that convened meetings 1 to 4
        self.communique = ""  # the adopted communiqué of meeting 3
        self.proposed = ""  # the communiqué of meeting 4, as it was first put forward
        self.commitments: list[str] = []  # what was undertaken in it

    def run(self) -> dict[str, dict[str, str]]:
        """Do it all; returns per house the key ids of its personas."""
        for house in HOUSES:
            self._make(house)
        self._introduce()
        self._found()
        self._people()
        self._meetings()
        self._communique(self.meetings)
        self._open_business(self.meetings)
        for add in CHAPTERS:
            add(self)
        return {key: side.keys for key, side in self.sides.items()}

    def bare(self) -> dict[str, dict[str, str]]:
        """Only the nodes, as of today and introduced to each other, with nothing said yet. A house without a port is reached by pouch only.

        Returns per house the key ids of its personas.
        """
        self.calendar.at = datetime.now(UTC)
        for house in HOUSES:
            self._make(house)
        self._introduce()
        return {key: side.keys for key, side in self.sides.items()}

    # Nodes -------------------------------------------------------------------------

    def _make(self, house: House) -> None:
        settings = Settings(
            host=house.host,
            party=house.party,
            names=listed(house.names),
            chambers=[{"key": key, "names": listed(names)} for key, names in house.chambers],
            address=f"http://127.0.0.1:{self._ports[house.key]}" if house.key in self._ports else "",
            zone=house.zone,
            demonstration=True,
        )
        folder = self._folder / house.key
        signers = [p.key for p in house.personas if p.signs]
        keyids = make_node(
            folder, settings, officers=len(signers), threshold=1 if house.party else 0, clock=self.calendar, entropy=os.urandom
        )
        node = Node(Home(folder), clock=self.calendar, entropy=os.urandom)
        self.sides[house.key] = Side(house, node, dict(zip(signers, keyids, strict=True)))

    def _introduce(self) -> None:
        arvena, kelmor, harbour = (self.sides[h.key].node for h in (ARVENA, KELMOR, HARBOUR))
        arvena.introduce(own_card(kelmor))
        kelmor.introduce(own_card(arvena))
        harbour.introduce(own_card(arvena))
        harbour.introduce(own_card(kelmor))

    def exchange(self) -> None:
        """Each side reads the other's record until nothing is new."""
        arvena, kelmor = self.sides["arvena"].node, self.sides["kelmor"].node
        for _ in range(2):
            kelmor.receive(arvena.record(self.mechanism), source=arvena.host)
            if self.mechanism in kelmor.mechanisms():
                arvena.receive(kelmor.record(self.mechanism), source=kelmor.host)

    # Saying things --------------------------------------------------------------------

    def say(
        self,
        who: str,
        persona: str,
        kind: str,
        body: Mapping[str, Any],
        files: Mapping[str, bytes] | None = None,
        *,
        audience: str = PUBLIC,
    ) -> str:
        """One side says something alone, or proposes it."""
        side = self.sides[who]
        named = {name: side.node.files.put_bytes(data) for name, data in (files or {}).items()}
        payload = side.node.compose(kind, self.mechanism, body, files=named, audience=Audience(audience))
        return side.sign(self.mechanism, payload, persona)

    def agree(self, first: str, kind: str, body: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> str:
        """One side proposes, the other signs."""
        signers = {"arvena": "tovan", "kelmor": "aren"}
        second = "kelmor" if first == "arvena" else "arvena"
        act = self.say(first, signers[first], kind, body, files)
        self.exchange()
        payload = self.sides[second].node.store.statement(act)
        assert payload is not None
        self.sides[second].sign(self.mechanism, payload, signers[second])
        self.exchange()
        return act

    def _found(self) -> None:
        arvena, kelmor = self.sides["arvena"], self.sides["kelmor"]
        parties = []
        for side in (arvena, kelmor):
            parties.append(
                {
                    "id": side.house.party,
                    "origin": f"{side.house.host}/{os.urandom(4).hex()}",
                    "root": own_card(side.node).fingerprint,
                    "names": listed(side.house.names),
                    "chambers": [{"key": key, "names": listed(names)} for key, names in side.house.chambers],
                }
            )
        names = listed(words.MECHANISM) + [{"side": side, "lang": lang, "text": text} for side, lang, text in words.MECHANISM_BY_SIDE]
        body = {
            "names": names,
            "parties": parties,
            "series": [{"key": "main", "names": listed(words.SERIES), "first": 1}],
            "founded": "2016-11-20",
        }
        payload = arvena.node.compose("mechanisms/found/1", "", body, audience=Audience(PUBLIC))
        self.mechanism = arvena.node.found(payload, [arvena.node.custody.sign_act(arvena.keys["tovan"], payload)])
        self.exchange()
        kelmor.sign(self.mechanism, payload, "aren")
        self.exchange()

    def _people(self) -> None:
        offices = {"tovan": "presiding-co-chair", "aren": "presiding-co-chair", "sela": "secretary", "juno": "secretary"}
        for key, side in self.sides.items():
            for persona in side.house.personas:
                if persona.key in offices:
                    body = {
                        "person": persona.key,
                        "names": listed(persona.names),
                        "office": offices[persona.key],
                        "titles": listed(persona.title),
                        "from": "2016-11-20",
                        "keyid": side.keys[persona.key],
                    }
                    self.say(key, persona.key, "mechanisms/appoint/1", body)
        self.exchange()

    def _meetings(self) -> None:
        held = (
            (2017, 11, 6, "arvena", words.OSTREL, "in_person"),
            (2021, 5, 18, "kelmor", words.TALINDA, "online"),
            (2025, 11, 20, "arvena", words.OSTREL, "in_person"),
            (2026, 12, 8, "kelmor", words.TALINDA, "in_person"),
        )
        meetings = self.meetings
        for number, (year, month, day, host, place, mode) in enumerate(held, 1):
            self.calendar.set(year, max(1, month - 2), min(day, 25))
            when = f"{year}-{month:02d}-{day:02d}"
            zone = KELMOR.zone if host == "kelmor" else ARVENA.zone
            body: dict[str, Any] = {
                "series": f"{self.mechanism}#main",
                "ordinal": number,
                "mode": mode,
                "first_day": when,
                "last_day": when,
                "opens": {"at": f"{when}T10:00", "zone": zone},
                "places": [{"names": listed(place), "zone": zone}] if mode == "in_person" else [],
                "host": host,
            }
            if meetings:
                body["previous"] = meetings[-1]
            meetings.append(self.agree(host, "meetings/convene/1", body))

    def _text(self, text: Mapping[str, str], slug: str, date: str, author: str) -> dict[str, bytes]:
        meta = TextMeta(date=date, slug=slug, author=author, languages=LANGUAGES)
        return {file_name(lang): to_akn(structure(text[lang], lang).version, meta) for lang in LANGUAGES}

    def _body_of_text(self, meeting: str, **more: str) -> dict[str, Any]:
        versions = [{"lang": lang, "status": "authentic", "file": file_name(lang)} for lang in LANGUAGES]
        return {"kind": "communique", "versions": versions, "meeting": meeting, **more}

    def _communique(self, meetings: list[str]) -> None:
        self.calendar.set(2025, 11, 18)
        files = self._text(words.COMMUNIQUE_3, "communique-3", "2025-11-20", "kelmor")
        forward = self.say("kelmor", "juno", "texts/put-forward/1", self._body_of_text(meetings[2]), files)
        self.exchange()
        self.calendar.set(2025, 11, 20)
        self.communique = adopted = self.agree("arvena", "texts/adopt/1", self._body_of_text(meetings[2], answers=forward), files)
        by = (("joint", ["arvena", "kelmor"], "2026-09-30"), ("pledge", ["arvena"], "2026-06-30"), ("pledge", ["kelmor"], "2026-12-31"))
        made = self.commitments
        for (eid, quotes), (nature, who, due) in zip(words.COMMITMENTS_3[:3], by, strict=True):
            self.calendar.set(2025, 11, 24)
            body = self._undertaking(adopted, eid, quotes, nature, who, {"by": due}, ["law"])
            if len(who) == 2:
                made.append(self.agree(who[0], "commitments/undertake/1", body))
            else:
                made.append(self.say(who[0], {"arvena": "tovan", "kelmor": "aren"}[who[0]], "commitments/undertake/1", body))
                self.exchange()
        eid, quotes = words.COMMITMENTS_3[3]
        body = self._undertaking(adopted, eid, quotes, "joint", ["arvena", "kelmor"], {"none_stated": True}, ["forums", "water"])
        made.append(self.agree("kelmor", "commitments/undertake/1", body))
        self._follow_up(made)

    def _undertaking(
        self, text: str, eid: str, quotes: Mapping[str, str], nature: str, by: list[str], due: Mapping[str, Any], areas: list[str]
    ) -> dict[str, Any]:
        marks = []
        for lang in LANGUAGES:
            whole = provision_text(structure(words.COMMUNIQUE_3[lang], lang).version, eid)
            start = whole.index(quotes[lang])
            marks.append(
                {"lang": lang, "eid": eid, "start": start, "end": start + len(quotes[lang]), "sha256": digest(quotes[lang].encode())}
            )
        return {"text": text, "version": text, "marks": marks, "nature": nature, "by": by, "due": due, "areas": areas}

    def _follow_up(self, made: list[str]) -> None:
        self.calendar.set(2026, 9, 21)
        files = {"minutes.txt": words.EVIDENCE.encode(), "note.en.txt": words.NOTE_DONE.encode()}
        body: dict[str, Any] = {
            "commitment": made[0],
            "progress": "done",
            "when": "2026-09-17",
            "evidence": [{"file": "minutes.txt"}],
            "notes": [{"lang": "en", "file": "note.en.txt"}],
        }
        report = self.say("kelmor", "juno", "commitments/report/1", body, files)
        self.exchange()
        for who, persona, finding, note in (
            ("arvena", "tovan", "kept", words.NOTE_ARVENA_KEPT),
            ("kelmor", "aren", "partly", words.NOTE_KELMOR_PARTLY),
        ):
            body = {"commitment": made[0], "finding": finding, "reports": [report], "notes": [{"lang": "en", "file": "note.en.txt"}]}
            self.say(who, persona, "commitments/assess/1", body, {"note.en.txt": note.encode()})
        self.exchange()
        self.calendar.set(2026, 7, 14)
        body = {"commitment": made[1], "progress": "under_way", "when": "2026-07-14", "evidence": [], "notes": []}
        self.say("arvena", "sela", "commitments/report/1", body)
        self.exchange()

    def _open_business(self, meetings: list[str]) -> None:
        self.calendar.set(2026, 11, 18, 18)
        files = self._text(words.COMMUNIQUE_4, "communique-4", "2026-12-08", "kelmor")
        self.proposed = self.say("kelmor", "juno", "texts/put-forward/1", self._body_of_text(meetings[3]), files, audience=PARTIES)
        self.calendar.set(2026, 11, 19, 10)
        fifth = {
            "series": f"{self.mechanism}#main",
            "ordinal": 5,
            "previous": meetings[3],
            "mode": "in_person",
            "first_day": "2027-11",
            "last_day": "2027-11",
            "places": [{"names": listed(words.OSTREL), "zone": ARVENA.zone}],
            "host": "arvena",
        }
        self.say("kelmor", "aren", "meetings/convene/1", fifth)
        self.exchange()
        self.calendar.set(2026, 11, 20, 8)
        moved = {
            "series": f"{self.mechanism}#main",
            "ordinal": 4,
            "previous": meetings[2],
            "mode": "in_person",
            "first_day": "2026-12-08",
            "last_day": "2026-12-09",
            "opens": {"at": "2026-12-08T10:00", "zone": KELMOR.zone},
            "places": [{"names": listed(words.TALINDA), "zone": KELMOR.zone}],
            "host": "kelmor",
            "supersedes": meetings[3],
        }
        self.say("arvena", "tovan", "meetings/convene/1", moved)
        self.exchange()


# What further rooms have to say at the demonstration, each in a module of its own, in this order.
CHAPTERS: tuple[Callable[[Seeding], None], ...] = (mechanisms.add, commitments.add, meetings.add, texts.add, language.add, forums.add)
