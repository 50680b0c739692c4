"""One committee from its founding to what became of its pledges: each step as a person takes it at a desk.

The steps know nothing of how acts travel: over the network, or in somebody's bag.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from playwright.sync_api import FilePayload

from browser.desk import Desk
from comity.cli.demo import words

TAGS = ("zh-Hans", "ru", "en")
MEETING = {
    "series": "main",
    "first_day": "2026-09-14",
    "last_day": "2026-09-15",
    "opens_at": "10:00",
    "opens_zone": "Asia/Almaty",
    "mode": "in_person",
    "host": "kelmor",
    "place0_zh": "塔林达",
    "place0_ru": "Талинда",
    "place0_en": "Talinda",
}
EVIDENCE = FilePayload(name="minutes of the seminar.txt", mimeType="text/plain", buffer=words.EVIDENCE.encode())
PROVISIONS = dict(words.COMMITMENTS_3)


def founding() -> dict[str, str]:
    """The fields of the founding form."""
    return {f"name_{lang[:2]}": text for lang, text in words.MECHANISM} | {"founded": "2026-09-01"}


def found(drafter: Desk, signatory: Desk) -> str:
    """One side's founding act: drafted, then signed. Returns its id, which is the mechanism's."""
    named = {
        f"name_{key}": text for key, tag in (("zh", "zh-Hans"), ("ru", "ru"), ("en", "en")) for lang, text in words.MECHANISM if lang == tag
    }
    return signatory.sign(drafter.draft("/mechanisms/found/", named | {"founded": "2026-09-01"}))


def convene(drafter: Desk, signatory: Desk, mechanism: str) -> str:
    return signatory.sign(drafter.draft(f"/meetings/convene/?mechanism={mechanism}&series=main", MEETING))


def put_forward(drafter: Desk, signatory: Desk, mechanism: str, meeting: str) -> str:
    """A text in three languages, typed into the editor."""
    values = {"kind": "communique", "meeting": meeting, "date": "2026-09-15"}
    for lang in TAGS:
        title, _, rest = words.COMMUNIQUE_3[lang].partition("\n")
        values |= {f"status_{lang}": "authentic", f"title_{lang}": title, f"text_{lang}": rest.strip()}
    return signatory.sign(drafter.draft(f"/texts/put-forward/?mechanism={mechanism}", values))


def adopt(drafter: Desk, signatory: Desk, text: str) -> str:
    """What was put forward, byte for byte."""
    return signatory.sign(drafter.draft(f"/texts/adopt/?text={text}", {}))


def undertake(drafter: Desk, signatory: Desk, text: str, eid: str, nature: str, by: list[str], due: str) -> str:
    """Words of a provision marked as a commitment, in every language."""
    quotes = PROVISIONS[eid]
    values = {f"words_{lang}": quotes[lang] for lang in TAGS}
    return signatory.sign(
        drafter.draft(f"/commitments/undertake/?text={text}&eid={eid}", {**values, "nature": nature, "by": by, "due": "by", "due_by": due})
    )


def report(drafter: Desk, signatory: Desk, commitment: str) -> str:
    """Done, with a file that proves it."""
    values = {"progress": "done", "when": "2026-09-17", "note_en": words.NOTE_DONE}
    return signatory.sign(drafter.draft(f"/commitments/report/?commitment={commitment}", values, file=EVIDENCE))


def assess(drafter: Desk, signatory: Desk, commitment: str, finding: str, **notes: str) -> str:
    return signatory.sign(drafter.draft(f"/commitments/assess/?commitment={commitment}", {"finding": finding, **notes}))


def with_one_byte_changed(pouch: Path, *, within: str) -> tuple[Path, str]:
    """A copy of a pouch in which one byte of a file is another; ``within`` is the folder that the file is in.

    Returns the copy and the path of the changed file in it.
    """
    with zipfile.ZipFile(pouch) as opened:
        member = next(m for m in opened.infolist() if within in m.filename and m.file_size > 40)
    data = bytearray(pouch.read_bytes())
    head = member.header_offset
    start = head + 30 + int.from_bytes(data[head + 26 : head + 28], "little") + int.from_bytes(data[head + 28 : head + 30], "little")
    data[start + 20] ^= 0x01
    changed = pouch.with_name(f"changed-{pouch.name}")
    changed.write_bytes(data)
    return changed, member.filename


def sketch(drafter: Desk, **values: str) -> str:
    """A founding act that somebody has begun to write; returns the draft's path."""
    drafter.open("/mechanisms/found/")
    drafter.fill(founding() | values)
    drafter.press(drafter.page.locator('#act button[name="keep"]:not([tabindex])'))
    key = re.search(r"draft=([^&]+)", drafter.page.url)
    assert key, drafter.page.url
    return f"/desk/drafts/{key[1]}/"
