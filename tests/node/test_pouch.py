"""Pouches are taken in any order and any number of times; what does not hold is refused, listed, and changes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from comity.errors import ComityError
from comity.ledger.verification import verify
from comity.node.carriers import ZipReader, receive_pouch, write_folder, write_pouch
from comity.node.home import Home
from comity.node.node import Node
from comity.node.setup import own_card
from comity.record.checkpoint import parse_checkpoint, sign_checkpoint
from comity.record.envelope import Signature, sign
from comity.record.keys import SigningKey
from comity.record.layout import file_path
from comity.terms.ids import digest
from node.parliaments import Clock, Parliament, exchange, founded, founding_body, parliament
from node.travelling import DATE, TEXTS, communique, convening, entry, files_of, forged, pack, pair

type Two = tuple[Parliament, Parliament]


@pytest.fixture
def fresh(tmp_path: Path) -> Two:
    return pair(tmp_path)


# Taking in ---------------------------------------------------------------------------------------


def test_two_nodes_work_by_pouch_only_through_a_whole_cycle(fresh: Two, tmp_path: Path) -> None:
    arvena, kelmor = fresh
    count = iter(range(100))

    def carry(mechanism: str, one: Parliament, other: Parliament) -> None:
        pouch = tmp_path / f"{next(count)}.zip"
        write_pouch(one.record(mechanism), pouch, DATE)
        receive_pouch(other.node, pouch)

    mechanism = arvena.say("mechanisms/found/1", "", founding_body(arvena, kelmor))
    carry(mechanism, arvena, kelmor)
    kelmor.countersign(mechanism, mechanism)
    carry(mechanism, kelmor, arvena)
    meeting = arvena.say("meetings/convene/1", mechanism, convening(mechanism))
    carry(mechanism, arvena, kelmor)
    kelmor.countersign(mechanism, meeting)
    carry(mechanism, kelmor, arvena)
    text = arvena.say("texts/adopt/1", mechanism, communique(meeting), TEXTS)
    carry(mechanism, arvena, kelmor)
    kelmor.countersign(mechanism, text)
    carry(mechanism, kelmor, arvena)
    carry(mechanism, arvena, kelmor)
    carry(mechanism, kelmor, arvena)
    for side in fresh:
        replica = side.node.replica(mechanism)
        assert [replica.standing(act).status for act in (mechanism, meeting, text)] == ["in_force"] * 3
        assert all(side.node.files.has(digest(data)) for data in TEXTS.values())
        assert side.node.store.refusals() == []
    assert arvena.digest(mechanism) == kelmor.digest(mechanism)
    write_pouch(arvena.record(mechanism), tmp_path / "last.zip", DATE)
    verdict = verify(ZipReader(tmp_path / "last.zip"), frozenset(own_card(one.node).fingerprint for one in fresh))
    assert verdict.ok
    assert verdict.proven == 3


@pytest.fixture(scope="module")
def ages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, list[Path], str]:
    """Pouches of both sides at many moments of one history: folder, mechanism, pouches, and the digest that all give together."""
    folder = tmp_path_factory.mktemp("ages")
    arvena, kelmor = pair(folder)
    pouches: list[Path] = []

    def both() -> None:
        for side in (arvena, kelmor):
            pouches.append(folder / f"{len(pouches)}.zip")
            write_pouch(side.record(mechanism), pouches[-1], DATE)

    mechanism = founded(arvena, kelmor)
    both()
    previous = None
    for ordinal in (1, 2, 3):
        meeting = arvena.say("meetings/convene/1", mechanism, convening(mechanism, ordinal, previous))
        both()
        exchange(mechanism, arvena, kelmor)
        kelmor.countersign(mechanism, meeting)
        text = kelmor.say("texts/adopt/1", mechanism, communique(meeting), TEXTS)
        both()
        exchange(mechanism, arvena, kelmor)
        kelmor.sign(mechanism, kelmor.node.withdrawal(mechanism, text))
        both()
        exchange(mechanism, arvena, kelmor)
        previous = meeting
    both()
    assert arvena.digest(mechanism) == kelmor.digest(mechanism)
    return folder, mechanism, pouches, arvena.digest(mechanism)


@pytest.mark.parametrize("seed", range(5))
def test_pouches_of_any_age_in_any_order_and_repeated_give_one_state(
    ages: tuple[Path, str, list[Path], str], tmp_path: Path, seed: int
) -> None:
    _, mechanism, pouches, expected = ages
    observer = _reader_of(ages, tmp_path)
    order = [*pouches, *random.Random(seed).choices(pouches, k=5)]
    random.Random(seed).shuffle(order)
    for pouch in order:
        receive_pouch(observer.node, pouch)
    assert observer.digest(mechanism) == expected
    assert receive_pouch(observer.node, order[0]).entries == 0


def _reader_of(ages: tuple[Path, str, list[Path], str], folder: Path) -> Parliament:
    """A third node that signs nothing here and to which both were introduced."""
    third = parliament(folder, "sorvell", clock=Clock())
    for name in ("arvena", "kelmor"):
        third.node.introduce(own_card(Node(Home(ages[0] / name), clock=Clock(), entropy=bytes)))
    return third


def test_a_bare_record_without_its_bag_is_taken_in_too(fresh: Two, tmp_path: Path) -> None:
    arvena, kelmor = fresh
    mechanism = arvena.say("mechanisms/found/1", "", founding_body(arvena, kelmor))
    write_folder(arvena.record(mechanism), tmp_path / "out", DATE)
    assert receive_pouch(kelmor.node, tmp_path / "out" / "data").entries == 1


# Refusing ------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(fresh: Two, tmp_path: Path) -> tuple[Parliament, Parliament, str, Path]:
    """Kelmor has something new for Arvena in a folder."""
    arvena, kelmor = fresh
    mechanism = founded(arvena, kelmor)
    kelmor.say("meetings/convene/1", mechanism, convening(mechanism))
    write_folder(kelmor.record(mechanism), tmp_path / "pouch", DATE)
    return arvena, kelmor, mechanism, tmp_path / "pouch"


def _remove(folder: Path) -> str:
    path = next((folder / "data" / "acts").iterdir())
    path.unlink()
    return str(path.relative_to(folder))


def _add(folder: Path) -> str:
    (folder / "data" / "files").mkdir()
    (folder / "data" / "files" / ("a" * 64)).write_bytes(b"extra")
    return f"data/files/{'a' * 64}"


def _change(folder: Path) -> str:
    path = next((folder / "data" / "acts").iterdir())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return str(path.relative_to(folder))


def _hide(folder: Path) -> str:
    (folder / ".hidden").write_bytes(b"")
    return ".hidden"


def _without_manifest(folder: Path) -> str:
    (folder / "manifest-sha256.txt").unlink()
    return "manifest-sha256.txt"


def _fetch(folder: Path) -> str:
    (folder / "fetch.txt").write_text("https://kelmor.example/x 5 data/x\n")
    return "fetch.txt"


def _climbing_line(folder: Path) -> str:
    manifest = folder / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text() + "0" * 64 + "  data/../../x\n")
    return "manifest-sha256.txt"


def _link_inside(folder: Path) -> str:
    (folder / "data" / "extra").symlink_to("/etc/hostname")
    return "data/extra"


@pytest.mark.parametrize("damage", [_remove, _add, _change, _hide, _without_manifest, _fetch, _climbing_line, _link_inside])
def test_a_bag_that_is_not_whole_is_refused_listed_and_changes_nothing(
    waiting: tuple[Parliament, Parliament, str, Path], damage: Callable[[Path], str]
) -> None:
    arvena, _, mechanism, folder = waiting
    place = damage(folder)
    before = arvena.digest(mechanism), arvena.node.store.last_seq()
    with pytest.raises(ComityError):
        receive_pouch(arvena.node, folder)
    assert (arvena.digest(mechanism), arvena.node.store.last_seq()) == before
    listed = arvena.node.store.refusals()
    assert any(str(row["place"]).startswith(place) for row in listed)
    assert all(row["source"] == "pouch" and row["remedy"] for row in listed)


def _break_utf8(files: dict[str, bytes]) -> None:
    files["comity.json"] = files["comity.json"].replace(b"comity-record", b"comity\xffrecord")


def _break_canonical(files: dict[str, bytes]) -> None:
    files["comity.json"] = files["comity.json"].replace(b":", b": ", 1)


def _duplicate_name(files: dict[str, bytes]) -> None:
    files["comity.json"] = b'{"format":"comity-record/1",' + files["comity.json"][1:]


def _climb(files: dict[str, bytes]) -> None:
    files["comity.json"] = files["comity.json"].replace(b"kelmor.example/", b"../../kelmor/")


def _other_act(files: dict[str, bytes]) -> None:
    path = _new_act(files)
    files[path] = files[path].replace(b'"ordinal":1', b'"ordinal":2')


def _spaced_act(files: dict[str, bytes]) -> None:
    path = _new_act(files)
    files[path] = files[path].replace(b'"ordinal":1', b'"ordinal": 1')


def _new_act(files: dict[str, bytes]) -> str:
    return next(path for path, data in files.items() if path.startswith("acts/") and b"meetings/convene" in data)


def _unknown_log_key(files: dict[str, bytes]) -> None:
    path = _kelmors(files)
    files[path] = sign_checkpoint(parse_checkpoint(files[path])[0], SigningKey.from_seed(b"s" * 32)).encode()


def _wrong_party(files: dict[str, bytes]) -> None:
    other = next(path for path in files if path.endswith("/checkpoint") and "arvena" in path)
    files[_kelmors(files)] = files[other]


def _kelmors(files: dict[str, bytes]) -> str:
    return next(path for path in files if path.endswith("/checkpoint") and "kelmor" in path)


def _other_entry(files: dict[str, bytes]) -> None:
    path = next(path for path in files if "kelmor" in path and "/entries/" in path)
    files[path] = files[path].replace(b'"v":1', b'"v":2')


def _cut_entries(files: dict[str, bytes]) -> None:
    path = next(path for path in files if "kelmor" in path and "/entries/" in path)
    files[path] = files[path][:-3]


@pytest.mark.parametrize(
    "forge",
    [
        _break_utf8,
        _break_canonical,
        _duplicate_name,
        _climb,
        _other_act,
        _spaced_act,
        _unknown_log_key,
        _wrong_party,
        _other_entry,
        _cut_entries,
    ],
)
def test_a_forgery_with_fitting_manifests_is_refused_listed_and_changes_nothing(
    waiting: tuple[Parliament, Parliament, str, Path], tmp_path: Path, forge: Callable[[dict[str, bytes]], None]
) -> None:
    arvena, kelmor, mechanism, _ = waiting
    files = files_of(kelmor.record(mechanism))
    whole = dict(files)
    forge(files)
    assert files != whole
    before = arvena.digest(mechanism)
    with suppress(ComityError):
        receive_pouch(arvena.node, pack(files, tmp_path / "forged.zip"))
    assert arvena.node.store.refusals()[0]["place"]
    meeting = _new_act(whole).removeprefix("acts/").removesuffix(".json")
    assert meeting not in arvena.node.replica(mechanism).ledger.acts()
    assert arvena.digest(mechanism) == before


def test_what_a_forged_pouch_kept_back_comes_with_the_next_honest_one(
    waiting: tuple[Parliament, Parliament, str, Path], tmp_path: Path
) -> None:
    arvena, kelmor, mechanism, folder = waiting
    files = files_of(kelmor.record(mechanism))
    _other_act(files)
    receive_pouch(arvena.node, pack(files, tmp_path / "forged.zip"))
    receive_pouch(arvena.node, folder)
    assert arvena.digest(mechanism) == kelmor.digest(mechanism)


@pytest.mark.parametrize("fault", ["unsigned", "unknown key", "another's key", "twice", "other bytes"])
def test_an_act_that_its_party_logged_without_a_valid_signature_is_kept_as_a_breach_and_has_no_effect(
    fresh: Two, tmp_path: Path, fault: str
) -> None:
    arvena, kelmor = fresh
    mechanism = founded(arvena, kelmor)
    payload = kelmor.node.compose("meetings/convene/1", mechanism, convening(mechanism))
    good = kelmor.node.custody.sign_act(kelmor.officers[0], payload)
    signatures = {
        "unsigned": [],
        "unknown key": sign(payload, [SigningKey.from_seed(b"u" * 32)]),
        "another's key": [arvena.node.custody.sign_act(arvena.officers[0], payload)],
        "twice": [good, Signature("f" * 64, good.sig)],
        "other bytes": [kelmor.node.custody.sign_act(kelmor.officers[0], payload + b" ")],
    }[fault]
    act = digest(payload)
    files = forged(kelmor, mechanism, [_entry(kelmor, mechanism, act, signatures)], {act: payload})
    receive_pouch(arvena.node, pack(files, tmp_path / "forged.zip"))
    ledger = arvena.node.replica(mechanism).ledger
    assert act not in ledger.acts() or ledger.standing(act).signed_by == ()
    assert [breach.party for breach in ledger.breaches()] == ["kelmor"]
    assert ledger.standing(mechanism).status == "in_force"


def _entry(by: Parliament, mechanism: str, act: str, signatures: list[Signature]) -> bytes:
    if signatures:
        return entry(by, mechanism, act, signatures)
    signed = entry(by, mechanism, act, [Signature("e" * 64, b"\1" * 64)])
    start, end = signed.index(b"[", signed.index(b'"signatures"')), signed.index(b"]", signed.index(b'"signatures"'))
    return signed[: start + 1] + signed[end:]


def test_an_oversized_file_is_left_out_and_listed_while_the_record_is_taken(fresh: Two, tmp_path: Path) -> None:
    arvena, kelmor = fresh
    mechanism = founded(arvena, kelmor)
    meeting = kelmor.say("meetings/convene/1", mechanism, convening(mechanism))
    exchange(mechanism, arvena, kelmor)
    arvena.countersign(mechanism, meeting)
    exchange(mechanism, arvena, kelmor)
    arvena.node.files.cap = 10
    kelmor.say("texts/put-forward/1", mechanism, communique(meeting), TEXTS)
    write_pouch(kelmor.record(mechanism), tmp_path / "out.zip", DATE)
    got = receive_pouch(arvena.node, tmp_path / "out.zip")
    assert sorted(got.missing_files) == sorted(digest(data) for data in TEXTS.values())
    assert {str(row["source"]) for row in arvena.node.store.refusals()} == {file_path(digest(data)) for data in TEXTS.values()}
    assert arvena.digest(mechanism) == kelmor.digest(mechanism)
