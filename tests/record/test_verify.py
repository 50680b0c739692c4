"""A whole record: untouched it verifies in silence; whatever is changed, missing or contradictory is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import Unsafe
from comity.record.canonical import canonical
from comity.record.entry import Entry
from comity.record.envelope import sign
from comity.record.layout import MemoryReader, act_path, origin_folder, root_path
from comity.record.merkle import leaf_hash, root_of
from comity.record.report import Report, Severity
from comity.record.tiles import append_bundles, append_tiles
from comity.record.verify import verify_record
from record.maker import Record, Side, key, sha256, small_record, unreadable

RECORD = small_record()
BAG = RECORD.bag()
FOLDER = RECORD.folder()


def verify(files: dict[str, bytes], record: Record = RECORD) -> Report:
    return verify_record(MemoryReader(files), record.trusted)


def said(report: Report, severity: Severity = Severity.ERROR) -> str:
    return "\n".join(str(one) for one in report.findings if one.severity is severity)


def flipped(files: dict[str, bytes], path: str, position: int, mask: int = 1) -> dict[str, bytes]:
    data = bytearray(files[path])
    data[position] ^= mask
    return files | {path: bytes(data)}


@pytest.mark.parametrize("files", [FOLDER, BAG], ids=["folder", "bag"])
def test_an_untouched_record_verifies_without_a_finding(files: dict[str, bytes]) -> None:
    report = verify(files)
    assert report.findings == ()
    assert report.ok
    assert report.mechanism == RECORD.mechanism
    assert [(one.party, one.cosigned_by, len(one.entries), one.sound) for one in report.logs] == [
        ("arvena", ("arvena", "kelmor"), 5, True),
        ("kelmor", ("arvena", "kelmor"), 4, True),
    ]
    assert report.counts["entries"] == 9
    assert report.counts["receipts"] == 1
    assert report.counts["acts"] == 5
    assert report.counts["signatures"] == 16
    assert report.counts["cosignatures"] == 4
    assert report.counts["subject files absent"] == 0


def test_what_was_decoded_can_be_replayed() -> None:
    report = verify(FOLDER)
    arvena = report.logs[0]
    assert [one.root.version for one in arvena.entries] == [1, 1, 1, 1, 2]
    assert [one.version for one in arvena.roots] == [1, 2]
    for number, one in enumerate(arvena.entries):
        assert one.index == number
        assert one.entry.to_bytes() == RECORD.sides[0].entries[number]
        assert one.leaf == leaf_hash(RECORD.sides[0].entries[number])
        assert one.entry.is_receipt or (one.statement is not None and len(one.signed_by) == 2)
    assert [(one.id, one.origin) for one in report.parties] == [(side.id, side.origin) for side in RECORD.sides]


# Every byte of the payload's manifest is tested with the bags.
LARGE = ("data/acts/", "data/roots/", "data/logs/", "manifest-")
SMALL = sorted(path for path in BAG if not path.startswith(LARGE) or path.endswith("/checkpoint"))


@pytest.mark.parametrize("path", SMALL)
def test_every_changed_byte_of_a_small_file_of_a_bag_is_found_and_its_file_named(path: str) -> None:
    for position in range(len(BAG[path])):
        errors = verify(flipped(BAG, path, position, 1 << position % 8)).errors
        assert any(path in one.place or path in one.message for one in errors), (path, position)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(sorted(BAG)), st.floats(0, 1, exclude_max=True), st.integers(0, 7))
def test_any_changed_bit_anywhere_in_a_bag_is_found_and_its_file_named(path: str, where: float, bit: int) -> None:
    errors = verify(flipped(BAG, path, int(where * len(BAG[path])), 1 << bit)).errors
    assert any(path in one.place or path in one.message for one in errors)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(sorted(FOLDER)), st.floats(0, 1, exclude_max=True), st.integers(0, 7))
def test_any_changed_bit_in_a_bare_folder_is_found_too(path: str, where: float, bit: int) -> None:
    """Only a cosignature is not covered by another signature: a broken one is as good as a missing one."""
    report = verify(flipped(FOLDER, path, int(where * len(FOLDER[path])), 1 << bit))
    assert report.findings
    assert not report.ok or path.endswith("/checkpoint")


def test_each_file_kind_was_among_those_changed() -> None:
    kinds = {path.removeprefix("data/").split("/")[0] for path in BAG}
    assert kinds >= {"comity.json", "acts", "files", "roots", "logs", "bagit.txt", "bag-info.txt", "manifest-sha256.txt"}


def test_a_changed_entry_is_named_by_its_number() -> None:
    kelmor = RECORD.sides[1]
    path = f"{origin_folder(kelmor.origin)}/tile/entries/000.p/4"
    start = 0
    for number, entry in enumerate(kelmor.entries):
        start += 2
        report = verify(flipped(FOLDER, path, start + len(entry) // 2))
        assert f"{path}, entry {number}: Not the entry that the log's root covers." in said(report)
        start += len(entry)


def test_a_changed_entry_of_a_long_log_is_named_by_its_number() -> None:
    record = Record([Side("arvena"), Side("kelmor", tag="77aa0102")])
    record.found()
    for _ in range(270):
        record.sides[0].append(None, record.others(record.sides[0]))
    files = record.folder()
    assert verify(files, record).findings == ()
    path = f"{origin_folder(record.sides[0].origin)}/tile/entries/001.p/15"
    report = verify(flipped(files, path, len(files[path]) - 5), record)
    assert f"{path}, entry 270" in said(report)
    tile = f"{origin_folder(record.sides[0].origin)}/tile/1/000.p/1"
    assert tile in said(verify(flipped(files, tile, 31), record))


def test_a_changed_statement_is_named_by_its_file_and_costs_no_other() -> None:
    path = act_path(sorted(RECORD.acts)[1])
    report = verify(flipped(FOLDER, path, 200))
    assert path in said(report)
    assert report.counts["acts"] == 4


def test_an_act_that_was_exchanged_for_another_leaves_its_entry_without_it() -> None:
    old = sorted(RECORD.acts)[1]
    forged = FOLDER[act_path(old)].replace(b'"salt":"', b'"salt":"00')
    files = {path: data for path, data in FOLDER.items() if path != act_path(old)} | {act_path(sha256(forged)): forged}
    report = verify(files)
    assert "not here" in said(report, Severity.WARNING)
    assert f"{act_path(sha256(forged))}: Nothing in the record refers to this file." in said(report, Severity.WARNING)


def test_acts_withheld_from_an_outsider_are_counted_and_no_error() -> None:
    withheld = next(act for act in RECORD.acts if act != RECORD.mechanism and len(verify({**FOLDER}).statements[act].subject) == 2)
    report = verify({path: data for path, data in FOLDER.items() if path != act_path(withheld)})
    assert report.ok
    assert report.counts["acts withheld"] == 2


def test_subject_files_that_were_redacted_are_counted_and_no_error() -> None:
    report = verify({path: data for path, data in FOLDER.items() if not path.startswith("files/")})
    assert report.findings == ()
    assert report.counts["subject files absent"] == 3


def test_roots_that_were_not_agreed_on_are_refused() -> None:
    for trusted in (frozenset[str](), frozenset({sha256(RECORD.sides[0].first_root)}), frozenset({"0" * 64})):
        report = verify_record(MemoryReader(FOLDER), trusted)
        assert "The first key root of kelmor is not one of those you trust" in said(report)


def without(path: str, files: dict[str, bytes] = FOLDER) -> dict[str, bytes]:
    assert path in files
    return {name: data for name, data in files.items() if name != path}


ARVENA, KELMOR = (origin_folder(side.origin) for side in RECORD.sides)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("comity.json", "The file is missing"),
        (act_path(RECORD.mechanism), "The founding act is not here"),
        (root_path(sha256(RECORD.sides[0].first_root)), "The first key root of arvena is not here"),
        (root_path(sha256(RECORD.roots[2])), "The new key root is not here"),
        (f"{ARVENA}/checkpoint", "The file is missing"),
        (f"{ARVENA}/tile/0/000.p/5", "The file is missing"),
        (f"{ARVENA}/tile/entries/000.p/5", "The file is missing"),
    ],
)
def test_a_missing_file_is_named(path: str, words: str) -> None:
    report = verify(without(path))
    assert words in said(report)
    assert path in said(report)


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("more.txt", Severity.WARNING),
        ("acts/" + "0" * 64, Severity.WARNING),
        (f"{ARVENA}/tile/0/0", Severity.WARNING),
        (f"{ARVENA}/tile/0/001", Severity.WARNING),
        ("../up", Severity.ERROR),
        ("acts/.." + "0" * 64, Severity.ERROR),
        ("files/" + "0" * 64, Severity.ERROR),
        ("logs/kelmor.example+00000000/checkpoint", Severity.ERROR),
    ],
)
def test_a_file_that_does_not_belong_is_named(path: str, severity: Severity) -> None:
    assert path.removesuffix("/checkpoint") in said(verify(FOLDER | {path: b"x"}), severity)


def test_an_act_and_a_file_that_nothing_refers_to_are_named() -> None:
    stray = b"nobody's"
    files = FOLDER | {f"files/{sha256(stray)}": stray}
    assert f"files/{sha256(stray)}" in said(verify(files), Severity.WARNING)


def test_older_partial_tiles_may_stay_but_must_be_right() -> None:
    kelmor = RECORD.sides[1]
    older = append_tiles(0, [leaf_hash(one) for one in kelmor.entries[:2]], unreadable) | append_bundles(0, kelmor.entries[:2], unreadable)
    files = FOLDER | {f"{KELMOR}/{path}": data for path, data in older.items()}
    assert verify(files).findings == ()
    for path in older:
        assert f"{KELMOR}/{path}" in said(verify(flipped(files, f"{KELMOR}/{path}", 20)))


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\x00", lambda data: b"", lambda data: data[32:]])
@pytest.mark.parametrize("path", [f"{KELMOR}/tile/0/000.p/4", f"{KELMOR}/tile/entries/000.p/4"])
def test_a_truncated_tile_or_bundle_is_named(path: str, change: Any) -> None:
    assert path in said(verify(FOLDER | {path: change(FOLDER[path])}))


def index(**changes: Any) -> dict[str, bytes]:
    value = json.loads(FOLDER["comity.json"])
    return FOLDER | {"comity.json": canonical(value | changes)}


@pytest.mark.parametrize(
    "files",
    [
        index(format="comity-record/2"),
        index(mechanism="0" * 64),
        index(mechanism=7),
        index(logs=[]),
        index(logs=[{"origin": RECORD.sides[0].origin, "party": "arvena"}]),
        index(logs=[{"origin": one.origin, "party": "arvena"} for one in RECORD.sides]),
        index(logs=[*json.loads(FOLDER["comity.json"])["logs"], {"origin": "sorvell.example/00000000", "party": "sorvell"}]),
        index(logs=[{"origin": "../up/00000000", "party": "arvena"}]),
        FOLDER | {"comity.json": b"{}"},
        FOLDER | {"comity.json": FOLDER["comity.json"] + b"\n"},
        {},
        {"comity.json": FOLDER["comity.json"]},
    ],
    ids=range(12),
)
def test_an_index_that_does_not_fit_the_record_is_an_error(files: dict[str, bytes]) -> None:
    assert not verify(files).ok


def test_a_checkpoint_without_its_cosignatures_is_shown_as_not_proven() -> None:
    files = FOLDER | {f"{KELMOR}/checkpoint": RECORD.sides[1].checkpoint().encode()}
    report = verify(files)
    assert report.ok
    assert "Not cosigned by the witness of arvena" in said(report, Severity.WARNING)
    assert report.logs[1].cosigned_by == ()


def test_a_shorter_checkpoint_than_peers_have_seen_is_a_warning() -> None:
    record = small_record()
    kelmor = record.sides[1]
    kelmor.entries = kelmor.entries[:2]
    report = verify(record.folder(), record)
    assert "It has seen 3 entries of kelmor.example/77aa0102, more than are here" in said(report, Severity.WARNING)


def test_a_record_extended_by_somebody_without_the_log_key_is_refused() -> None:
    record = small_record()
    forger = record.sides[1]
    forger.role = lambda role: key(f"forged {role}")
    forger.append(None, record.others(forger))
    report = verify(record.folder(), record)
    assert f"{KELMOR}/checkpoint: Not signed by any of the keys it needs" in said(report)
    assert not report.logs[1].sound


def test_an_act_signed_by_too_few_or_by_others_is_refused_by_its_entry() -> None:
    for officers in ([key("kelmor officer 0 of 1")], [key("kelmor officer 0 of 1"), key("stranger")]):
        record = small_record()
        kelmor = record.sides[1]
        act = record.act("commitments/report/1", [kelmor], {"n": 1})
        kelmor.entries.append(Entry.make(sha256(act), tuple(sign(act, officers)), ()).to_bytes())
        report = verify(record.folder(), record)
        assert f"{KELMOR}/tile/entries/000.p/5, entry 4.signatures" in said(report)
        assert report.logs[1].entries[4].signed_by == frozenset()


def test_after_a_change_of_keys_the_old_officers_sign_no_more() -> None:
    record = small_record()
    arvena = record.sides[0]
    arvena.version = 1
    record.alone(arvena, "commitments/report/1", {"n": 1})
    assert "entry 5.signatures[0]: Signed by the unknown key" in said(verify(record.folder(), record))


def test_a_change_of_keys_that_the_root_key_did_not_sign_is_refused() -> None:
    record = small_record()
    kelmor = record.sides[1]
    honest = kelmor.role
    kelmor.role = lambda role: key("thief") if role == "root" else honest(role)
    record.rotate(kelmor)
    assert "Root version 2 is signed by 0 of the 1 root keys of version 1" in said(verify(record.folder(), record))


def test_a_change_of_one_partys_keys_by_another_is_refused() -> None:
    record = small_record()
    arvena, kelmor = record.sides
    record.joint("mechanisms/rotate-keys/1", {"version": 3}, {"root.3.json": arvena.root(3)})
    assert "A change of keys is one root, by its party alone" in said(verify(record.folder(), record))
    assert kelmor.version == 1


def test_a_log_that_begins_with_another_act_is_refused() -> None:
    record = Record([Side("arvena"), Side("kelmor", tag="77aa0102")])
    record.found()
    record.sides[1].entries.clear()
    record.joint("texts/adopt/1", {"n": 1})
    assert "entry 0: Entry 0 does not sign the act that opens this log" in said(verify(record.folder(), record))


def test_a_note_seen_of_an_unknown_log_or_under_another_key_is_refused() -> None:
    stranger = Side("sorvell")
    record = small_record()
    record.sides[0].append(None, [stranger.checkpoint()])
    assert "seen[0]: It has seen sorvell.example/5f0c91ab, which is no log of this record" in said(verify(record.folder(), record))
    record = small_record()
    forged = Side("kelmor", tag="77aa0102")
    forged.role = lambda role: key(f"forged {role}")
    record.sides[0].append(None, [forged.checkpoint()])
    assert "seen[0]: Not signed by any of the keys" in said(verify(record.folder(), record))


def forked_record() -> tuple[Record, Side]:
    """Kelmor shows Arvena one fourth entry, and the world another."""
    record = small_record()
    arvena, kelmor = record.sides
    branch = Side(kelmor.id, kelmor.tag, entries=kelmor.entries[:3])
    branch.append(None, [arvena.checkpoint()])
    arvena.append(None, [branch.checkpoint()])
    return record, branch


def test_a_fork_is_named_with_the_log_that_forked() -> None:
    record, _ = forked_record()
    assert "seen[0]: A fork: kelmor.example/77aa0102 has signed this checkpoint of 4 entries" in said(verify(record.folder(), record))


def test_a_record_that_holds_both_branches_shows_both() -> None:
    record, branch = forked_record()
    root = verify_root(branch)
    report = verify(record.folder() | record.log_files(branch, root[:8]), record)
    assert report.ok, said(report)
    assert "kelmor has forked its log" in said(report, Severity.WARNING)
    assert [(one.party, one.fork) for one in report.logs] == [("arvena", ""), ("kelmor", ""), ("kelmor", root[:8])]
    assert not verify(record.folder() | record.log_files(branch, "00000000"), record).ok


def verify_root(side: Side) -> str:
    return root_of(leaf_hash(one) for one in side.entries).hex()


def joined(vouched: bool) -> Record:
    """Sorvell accedes; unless *vouched*, Kelmor never signs."""
    record = small_record()
    sorvell = Side("sorvell", tag="0a0b0c0d")
    act = record.act("mechanisms/accede/1", [*record.sides, sorvell], {"party": sorvell.introduction})
    for side in record.sides if vouched else record.sides[:1]:
        side.append(act, record.others(side))
    record.sides.append(sorvell)
    record.roots.append(sorvell.first_root)
    sorvell.append(act, record.others(sorvell))
    return record


def test_a_newcomer_is_known_by_the_accession_that_all_signed() -> None:
    record = joined(vouched=True)
    report = verify_record(MemoryReader(record.folder()), RECORD.trusted)
    assert report.findings == ()
    assert [one.party for one in report.logs] == ["arvena", "kelmor", "sorvell"]
    assert report.logs[2].cosigned_by == ("arvena", "kelmor", "sorvell")


def test_a_newcomer_that_not_all_signed_for_is_unknown() -> None:
    report = verify_record(MemoryReader(joined(vouched=False).folder()), RECORD.trusted)
    assert "logs/sorvell.example+0a0b0c0d: No act that all others signed introduces this log" in said(report)


def test_a_successor_log_goes_on_under_the_partys_latest_keys() -> None:
    record = small_record()
    arvena, kelmor = record.sides
    new = Side(arvena.id, tag="0badcafe", version=2)
    head = {"size": len(arvena.entries), "root": verify_root(arvena)}
    body = {"party": "arvena", "old": arvena.origin, "heads": [head, head], "origin": new.origin}
    act = record.act("mechanisms/succeed-log/1", [arvena, kelmor], body)
    kelmor.append(act, record.others(kelmor))
    record.sides.append(new)
    new.append(act, record.others(new))
    report = verify(record.folder(), record)
    assert report.findings == ()
    assert {(one.party, one.origin) for one in report.logs} == {(one.id, one.origin) for one in record.sides}
    assert all(one.root.version == 2 for one in report.logs[-1].entries)


def test_a_reader_that_fails_is_a_finding_and_no_crash() -> None:
    class Torn(MemoryReader):
        def read(self, path: str) -> bytes:
            if path in torn:
                raise Unsafe("The disk says no.", place=path)
            return super().read(path)

    for path in FOLDER:
        torn = {path}
        assert path in said(verify_record(Torn(FOLDER), RECORD.trusted))


def test_findings_say_place_severity_and_remedy() -> None:
    text = said(verify(without(f"{ARVENA}/checkpoint")))
    assert text.startswith("error: ")
    assert "Ask for it again." in text
