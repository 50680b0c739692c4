"""The whole path over the network: two parliaments, three languages, from founding to two assessments, and a stranger who verifies it."""

from __future__ import annotations

import time
from pathlib import Path

from browser import story
from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes, pause

ALIKE_WITHIN = 30  # seconds


def alike(nodes: Nodes, mechanism: str) -> bool:
    """Whether both nodes come to one state, once everything has arrived."""
    limit = time.monotonic() + ALIKE_WITHIN
    while time.monotonic() < limit:
        ours, theirs = nodes.digests("arvena"), nodes.digests("kelmor")
        if mechanism in ours and ours[mechanism] == theirs.get(mechanism):
            return True
        pause()
    return False


def test_two_parliaments_go_from_founding_to_two_assessments_and_a_stranger_verifies_it(fresh: Nodes, sit: Sit, tmp_path: Path) -> None:
    ilena, tovan = sit(fresh, "arvena", "ru", "ilena"), sit(fresh, "arvena", "en", "tovan")
    dara, aren = sit(fresh, "kelmor", "en", "dara"), sit(fresh, "kelmor", "zh-hans", "aren")

    mechanism = story.found(ilena, tovan)
    aren.countersign(mechanism)
    meeting = story.convene(dara, aren, mechanism)
    tovan.countersign(meeting)
    ilena.wait_for(f"/meetings/?mechanism={mechanism}", f'main a[href^="/meetings/{meeting}"]')

    forward = story.put_forward(ilena, tovan, mechanism, meeting)
    dara.wait_for("/texts/", f'main a[href^="/texts/{forward}"]')
    text = story.adopt(dara, aren, forward)
    tovan.countersign(text)
    assert files_of(tovan, text) == files_of(aren, forward), "byte for byte"

    joint = story.undertake(ilena, tovan, text, "art_2", "joint", ["arvena", "kelmor"], "2026-12-31")
    aren.countersign(joint)
    ours = story.undertake(ilena, tovan, text, "art_3", "pledge", ["arvena"], "2027-06-30")
    theirs = story.undertake(dara, aren, text, "art_4", "pledge", ["kelmor"], "2027-12-31")

    reported = story.report(dara, aren, joint)
    story.assess(dara, aren, joint, "partly", note_en="The first seminar was held; no date is agreed for the next.")
    tovan.wait_for(f"/commitments/{joint}/", f'main a[href="/desk/acts/{reported}/"]')
    story.assess(ilena, tovan, joint, "kept", note_ru="Семинар состоялся в срок.")

    assert alike(fresh, mechanism)
    for person in (ilena, aren):
        person.wait_for("/commitments/", "main .neq")
        for commitment in (joint, ours, theirs):
            assert person.page.locator(f'main a[href="/commitments/{commitment}/"]').count()

    anyone = sit(fresh, "kelmor", "zh-hans")
    anyone.open("/desk/export/")
    public = anyone.download(f"/desk/export/{mechanism}.zip", tmp_path / "public")
    dara.open("/desk/export/")
    full = dara.download(f"/desk/export/{mechanism}.zip", tmp_path / "full")
    for pouch in (public, full):
        said = fresh.verify(pouch)
        assert said.returncode == 0, said.stdout + said.stderr
        assert "Everything holds." in said.stdout

    changed, place = story.with_one_byte_changed(full, within="/acts/")
    said = fresh.verify(changed)
    assert said.returncode == 1
    assert place.removeprefix("data/") in said.stdout or place in said.stdout, said.stdout


def files_of(desk: Desk, text: str) -> dict[str, bytes]:
    """Language version → the bytes that this node hands out for it."""
    desk.open(f"/texts/{text}/")
    found = {}
    for link in desk.page.locator("main a[download]").all():
        answer = desk.page.request.get(desk.address + str(link.get_attribute("href")))
        assert answer.ok
        found[str(link.get_attribute("download"))] = answer.body()
    assert len(found) == 3
    return found
