"""``comity verify`` says what holds and what does not, names every changed byte's place, and needs neither Django nor a network."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import Comity, Made
from comity.cli.say import safe
from comity.node.setup import own_card
from comity.node.stored_zip import read_members
from node.travelling import files_of, pack

KINDS = [
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
    "data/comity.json",
    "data/acts/*",
    "data/files/*",
    "data/roots/*",
    "data/logs/*/checkpoint",
    "data/logs/*/tile/0/*/*",
    "data/logs/*/tile/entries/*/*",
]


@pytest.mark.parametrize("carrier", ["folder", "pouch"])
def test_a_whole_record_holds_and_is_told_in_plain_words(made: Made, comity: Comity, carrier: str) -> None:
    result = comity("verify", getattr(made, carrier), *made.trust)
    assert result.exit_code == 0, result.output
    assert "Everything holds." in result.output
    assert "party arvena: first key root" in result.output
    assert "(trusted, demonstration keys)" in result.output
    assert "3 in force; 3 proven" in result.output
    assert "rules checked for 6 of 6 entries" in result.output
    assert "cosigned by arvena (2026-11-20" in result.output


def test_trust_is_a_fingerprint_a_root_or_a_card(made: Made, comity: Comity, tmp_path: Path) -> None:
    card = tmp_path / "arvena.card"
    card.write_text(own_card(made.arvena.node).to_json(), encoding="utf-8")
    root = made.root / "kelmor" / "roots" / "root.1.json"
    for kelmor in (root, own_card(made.kelmor.node).fingerprint.upper()):
        assert comity("verify", made.pouch, "--trust", card, "--trust", kelmor).exit_code == 0


def test_without_trust_the_fingerprints_are_shown_and_nothing_vouches_for_them(made: Made, comity: Comity) -> None:
    result = comity("verify", made.pouch)
    assert result.exit_code == 1
    for one in (made.arvena, made.kelmor):
        assert f"{own_card(one.node).fingerprint} (NOT VOUCHED FOR, demonstration keys)" in result.output
    assert "Nothing vouches for these key roots" in result.output
    assert "Everything holds" not in result.output


def test_trusting_one_side_or_a_stranger_does_not_hold(made: Made, comity: Comity) -> None:
    assert comity("verify", made.pouch, *made.trust[:2]).exit_code == 1
    result = comity("verify", made.pouch, *made.trust[:2], "--trust", "ab" * 32)
    assert result.exit_code == 1
    assert "The first key root of kelmor is not one of those you trust." in result.output
    assert f"You trust {'ab' * 32}, but the record names no party with this key root." in result.output


@pytest.mark.parametrize("given", ["abc", "/nowhere/root.1.json", "zz" * 32])
def test_trust_that_cannot_be_understood_is_a_mistake_in_the_command(made: Made, comity: Comity, given: str) -> None:
    result = comity("verify", made.pouch, "--trust", given)
    assert result.exit_code == 2
    assert "fingerprint as printed in the founding minutes" in result.output.replace("\n", " ")


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[" * 100_000, b'{"format":"comity-card/1"}', b"x" * 300_000])
def test_a_file_that_is_neither_root_nor_card_is_a_mistake_in_the_command(
    made: Made, comity: Comity, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "trust").write_bytes(content)
    result = comity("verify", made.pouch, "--trust", tmp_path / "trust")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_path_that_is_not_there_is_a_mistake_in_the_command(comity: Comity) -> None:
    assert comity("verify", "/nowhere/at/all").exit_code == 2


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_record_is_refused_with_place_and_remedy(comity: Comity, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "out.zip").write_bytes(content)
    for path in (tmp_path / "out.zip", tmp_path):
        result = comity("verify", path, "--trust", "ab" * 32)
        assert result.exit_code == 1
        assert "out.zip" in result.output or "comity.json" in result.output


def test_json_says_the_same_to_a_program(made: Made, comity: Comity) -> None:
    result = comity("verify", made.folder, *made.trust, "--json")
    said = json.loads(result.stdout)
    assert said["ok"] is True
    assert [party["trusted"] for party in said["parties"]] == [True, True]
    assert {log["party"]: log["size"] for log in said["logs"]} == {"arvena": 3, "kelmor": 3}
    assert all(set(log["cosigned"]) == {"arvena", "kelmor"} for log in said["logs"])
    assert (said["acts"], said["proven"], said["judged"], said["entries"]) == ({"in_force": 3}, 3, 6, 6)
    without = json.loads(comity("verify", made.folder, "--json").stdout)
    assert without["ok"] is False
    assert all(set(finding) == {"severity", "place", "message", "remedy"} for finding in without["findings"])


@pytest.mark.parametrize("kind", KINDS)
def test_one_changed_byte_in_any_kind_of_file_is_found_and_its_place_named(made: Made, comity: Comity, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "out"
    shutil.copytree(made.folder, folder)
    chance = random.Random(kind)
    paths = sorted(folder.glob(kind))
    assert paths
    for _ in range(4):
        path = chance.choice(paths)
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        result = comity("verify", folder, *made.trust)
        assert result.exit_code == 1, (path, at)
        assert str(path.relative_to(folder)) in result.output, (path, at, result.output)
        assert "Traceback" not in result.output
        path.write_bytes(whole)
    assert comity("verify", folder, *made.trust).exit_code == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["missing", "empty", "longer"])
def test_a_file_that_is_missing_or_of_another_length_is_named(made: Made, comity: Comity, tmp_path: Path, kind: str, how: str) -> None:
    folder = tmp_path / "out"
    shutil.copytree(made.folder, folder)
    path = sorted(folder.glob(kind))[0]
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "empty" else path.read_bytes() + b"\n")
    result = comity("verify", folder, *made.trust)
    assert result.exit_code == 1
    assert str(path.relative_to(folder)) in result.output


@pytest.mark.parametrize("seed", range(40))
def test_one_changed_byte_anywhere_in_a_pouch_is_found_and_its_place_named(made: Made, comity: Comity, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = made.pouch.read_bytes()
    members = read_members(made.pouch.open("rb"), place="out.zip")
    at = chance.randrange(len(whole))
    pouch = tmp_path / "out.zip"
    pouch.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
    result = comity("verify", pouch, *made.trust)
    assert result.exit_code == 1, at
    inside = [member.path for member in members.values() if member.content <= at < member.end]
    assert (inside[0] if inside else "out.zip") in result.output, (at, result.output)


@pytest.mark.parametrize("kind", ["acts/*", "files/*", "roots/*", "logs/*/tile/0/*/*", "logs/*/tile/entries/*/*"])
def test_the_signatures_find_a_change_that_no_manifest_covers(made: Made, comity: Comity, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "bare"
    shutil.copytree(made.folder / "data", folder)
    chance = random.Random(kind)
    for path in sorted(folder.glob(kind))[:3]:
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        result = comity("verify", folder, *made.trust)
        assert result.exit_code == 1
        named = str(path.relative_to(folder)).split("/tile/")[0]
        assert named in result.output
        path.write_bytes(whole)


def test_a_repacked_record_with_another_act_is_found_though_its_manifests_fit(made: Made, comity: Comity, tmp_path: Path) -> None:
    files = files_of(made.arvena.record(made.mechanism))
    act = next(path for path, data in files.items() if path.startswith("acts/") and b"meetings/convene" in data)
    files[act] = files[act].replace(b"2027-03-02", b"2027-03-03")
    result = comity("verify", pack(files, tmp_path / "forged.zip"), *made.trust)
    assert result.exit_code == 1
    assert f"{act}: Not the bytes that its name promises" in result.output


def test_what_is_withheld_from_the_public_is_counted_not_hidden(made: Made, comity: Comity, tmp_path: Path) -> None:
    files = files_of(made.arvena.record(made.mechanism))
    act = next(path for path, data in files.items() if path.startswith("acts/") and b"texts/adopt" in data)
    del files[act]
    result = comity("verify", pack(files, tmp_path / "public.zip"), *made.trust)
    assert result.exit_code == 0
    assert "of 6 entries" in result.output
    assert "withheld" in result.output


def test_names_of_files_cannot_steer_the_terminal(made: Made, comity: Comity, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(made.folder, folder)
    (folder / "data" / "a\x1b[2J\nEverything holds.").write_bytes(b"")
    result = comity("verify", folder, *made.trust)
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "\nEverything holds." not in result.output
    assert safe("a\u202eb\x9b") == "a\\u202eb\\u009b"


def test_verifying_loads_neither_django_nor_a_database_and_opens_no_socket(made: Made) -> None:
    code = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "sqlalchemy", "httpx2", "granian", "allauth", "psycopg"}:
            raise ImportError(name + " is blocked")

def watch(event, args):
    if event.startswith("socket."):
        raise OSError(event + " is blocked")

sys.meta_path.insert(0, Blocked())
sys.addaudithook(watch)
from comity.cli.main import main
main()
"""
    source = str(Path(__file__).parents[2] / "src")
    command = [sys.executable, "-c", code, "verify", str(made.pouch), *made.trust]
    out = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": source, "COMITY_HOME": "nowhere"}, check=False
    )
    assert out.returncode == 0, out.stderr
    assert "Everything holds." in out.stdout
