"""The same path with no network between the nodes: every step is carried as a pouch, downloaded here and uploaded there."""

from __future__ import annotations

import re
from pathlib import Path

from browser import story
from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes


class Bag:
    """Somebody who goes from one node to the other with a memory stick."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.walks = folder, 0

    def carry(self, mechanism: str, source: Desk, target: Desk) -> Path:
        """The record as *source*'s node has it, brought to *target*'s."""
        self.walks += 1
        source.open("/desk/export/")
        pouch = source.download(f"/desk/export/{mechanism}.zip", self.folder / str(self.walks))
        target.bring(pouch)
        assert target.path() == f"/desk/record/{mechanism}/", target.page.locator("main").inner_text()
        return pouch


def test_the_whole_path_goes_by_pouch_when_the_network_is_closed(apart: Nodes, sit: Sit, tmp_path: Path) -> None:
    tovan, aren = sit(apart, "arvena", "ru", "tovan"), sit(apart, "kelmor", "zh-hans", "aren")
    bag = Bag(tmp_path)

    mechanism = story.found(tovan, tovan)
    bag.carry(mechanism, tovan, aren)
    aren.countersign(mechanism)
    meeting = story.convene(aren, aren, mechanism)
    forward = story.put_forward(aren, aren, mechanism, "")
    bag.carry(mechanism, aren, tovan)
    tovan.countersign(meeting)

    text = story.adopt(tovan, tovan, forward)
    bag.carry(mechanism, tovan, aren)
    aren.countersign(text)
    bag.carry(mechanism, aren, tovan)
    joint = story.undertake(tovan, tovan, text, "art_2", "joint", ["arvena", "kelmor"], "2026-12-31")
    bag.carry(mechanism, tovan, aren)
    aren.countersign(joint)
    story.assess(aren, aren, joint, "partly", **{"note_zh-Hans": "明年的日期尚未商定。"})
    bag.carry(mechanism, aren, tovan)
    story.assess(tovan, tovan, joint, "kept", note_ru="Семинар состоялся в срок.")

    # Cosignatures travel too: what each has judged of the other's log is in the next pouch.
    bag.carry(mechanism, tovan, aren)
    bag.carry(mechanism, aren, tovan)
    last = bag.carry(mechanism, tovan, aren)
    assert apart.digests("arvena") == apart.digests("kelmor")
    for person in (tovan, aren):
        person.open("/commitments/")
        assert person.page.locator("main .neq").count()
        assert person.page.locator(f'main a[href="/commitments/{joint}/"]').count()

    said = apart.verify(last)
    assert said.returncode == 0, said.stdout + said.stderr
    counted = re.search(r"acts: (\d+) in force; (\d+) proven", said.stdout)
    assert counted, said.stdout
    assert counted[1] == counted[2], "every act in force lies under checkpoints that both have cosigned"

    changed, place = story.with_one_byte_changed(last, within="/files/")
    said = apart.verify(changed)
    assert said.returncode == 1
    assert place in said.stdout or place.removeprefix("data/") in said.stdout, said.stdout


def test_a_second_mechanism_travels_too_twice_or_late_without_harm_and_a_damaged_pouch_changes_nothing(
    apart: Nodes, sit: Sit, tmp_path: Path
) -> None:
    tovan, aren = sit(apart, "arvena", "en", "tovan"), sit(apart, "kelmor", "en", "aren")
    mechanism = story.found(tovan, tovan)
    bag = Bag(tmp_path)
    early = bag.carry(mechanism, tovan, aren)
    aren.countersign(mechanism)
    whole = bag.carry(mechanism, aren, tovan)
    before = apart.digests("arvena")

    for pouch in (early, whole):
        tovan.bring(pouch)
    changed, _place = story.with_one_byte_changed(whole, within="/acts/")
    tovan.bring(changed)
    assert tovan.path() == "/desk/export/", "it is said where it was brought"
    assert tovan.page.locator(".banner--error").count(), tovan.page.locator("main").inner_text()
    assert apart.digests("arvena") == before
