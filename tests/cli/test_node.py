"""``comity node``: made, introduced, checked, rebuilt; every refusal has its place and remedy and changes nothing."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import update

from cli.conftest import Comity, Made
from comity.node import tables as t
from comity.node.cards import read_card
from comity.node.home import Home
from comity.node.setup import own_card
from comity.node.store import Store
from comity.terms.ids import digest
from node.parliaments import Parliament, founding_body
from node.travelling import TEXTS, communique, convening, pair

INIT = ("node", "init", "--party", "arvena", "--host", "arvena.example", "--name", "en=National Assembly of Arvena")


def test_a_node_is_made_with_its_officers_and_prints_the_fingerprint_that_its_card_has(comity: Comity, tmp_path: Path) -> None:
    home = tmp_path / "arvena"
    made = json.loads(comity(*INIT, "--name", "zh-Hans=阿尔维纳国民议会", "--officers", 3, "--threshold", 2, "--json", home=home).stdout)
    assert len(made["officers"]) == 3
    card = comity("node", "card", home=home)
    assert read_card(card.stdout.encode()).fingerprint == made["root"]
    assert made["root"] in card.stderr
    assert comity("node", "card", "--out", tmp_path / "card", home=home).exit_code == 0
    assert (tmp_path / "card").read_text(encoding="utf-8") == card.stdout
    assert comity("node", "card", "--out", tmp_path / "card", home=home).exit_code == 1


def test_an_observer_has_a_node_but_no_card(comity: Comity, tmp_path: Path) -> None:
    assert comity("node", "init", "--host", "harbour.example", "--name", "en=Harbour Institute", home=tmp_path / "o").exit_code == 0
    refusal = comity("node", "card", home=tmp_path / "o")
    assert refusal.exit_code == 1
    assert "observer" in refusal.stderr


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        (("--party", "Arvena"), "card.party"),
        (("--party", "a/../b"), "card.party"),
        (("--host", "arvena example"), "card.host"),
        (("--host", "../arvena"), "card.host"),
        (("--name", "EN=Arvena"), "card.names"),
        (("--name", "en-us=Arvena"), "card.names"),
        (("--name", "en="), "card.names"),
        (("--address", "http://arvena.example"), "card.address"),
        (("--address", "ftp://arvena.example"), "card.address"),
        (("--zone", "Europe/Nowhere"), "--zone"),
        (("--zone", "../../etc/passwd"), "--zone"),
        (("--officers", "1", "--threshold", "2"), "threshold"),
    ],
)
def test_a_node_that_others_could_not_read_is_not_made(comity: Comity, tmp_path: Path, changed: tuple[str, ...], place: str) -> None:
    result = comity(*INIT, *changed, home=tmp_path / "new")
    assert result.exit_code == 1
    assert result.stderr.startswith(place)
    assert not (tmp_path / "new" / "node.json").exists()


def test_a_second_node_is_not_made_over_the_first(comity: Comity, tmp_path: Path) -> None:
    assert comity(*INIT, home=tmp_path / "a").exit_code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "a").rglob("*.pem")}
    result = comity(*INIT, home=tmp_path / "a")
    assert result.exit_code == 1
    assert "COMITY_HOME" in result.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "a").rglob("*.pem")} == before


@pytest.mark.parametrize(
    "command", [("digest",), ("peers",), ("refused",), ("fsck",), ("rebuild",), ("card",), ("pouch", "x.zip"), ("serve",)]
)
def test_without_a_node_every_command_says_how_to_make_one(comity: Comity, tmp_path: Path, command: tuple[str, ...]) -> None:
    result = comity("node", *command, home=tmp_path / "none")
    assert result.exit_code == 1
    assert "comity node init" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_peer_is_introduced_once_and_not_replaced_by_a_stranger_of_its_name(comity: Comity, made: Made, tmp_path: Path) -> None:
    home = tmp_path / "sorvell"
    comity("node", "init", "--party", "sorvell", "--host", "sorvell.example", "--name", "en=Diet of Sorvell", home=home)
    card = own_card(made.arvena.node)
    (tmp_path / "card").write_text(card.to_json(), encoding="utf-8")
    for _ in range(2):
        result = comity("node", "introduce", tmp_path / "card", home=home)
        assert result.exit_code == 0
        assert card.fingerprint in result.output
    (peer,) = json.loads(comity("node", "peers", "--json", home=home).stdout)
    assert (peer["party"], peer["address"], peer["reached"], peer["root"]) == ("arvena", None, None, card.fingerprint)
    assert "by pouch" in comity("node", "peers", home=home).output
    comity("node", "init", "--party", "arvena", "--host", "arvena.example", "--name", "en=Another", home=tmp_path / "stranger")
    comity("node", "card", "--out", tmp_path / "stranger.card", home=tmp_path / "stranger")
    result = comity("node", "introduce", tmp_path / "stranger.card", home=home)
    assert result.exit_code == 1
    assert "Another root was introduced under this name." in result.stderr
    assert len(json.loads(comity("node", "peers", "--json", home=home).stdout)) == 1


def _one_key_under_two_ids(card: dict[str, object]) -> None:
    root = json.loads(base64.b64decode(str(card["root"])))
    keys = root["signed"]["keys"]
    officer = root["signed"]["roles"]["targets"]["keyids"][0]
    keys["f" * 64] = keys[officer]
    root["signed"]["roles"]["targets"] = {"keyids": [officer, "f" * 64], "threshold": 2}
    card["root"] = base64.b64encode(json.dumps(root).encode()).decode()


def _wrong_language(card: dict[str, object]) -> None:
    card["names"] = [{"lang": "zh_Hans", "text": "阿尔维纳国民议会"}]


def _unknown_field(card: dict[str, object]) -> None:
    card["trustme"] = True


@pytest.mark.parametrize("damage", [_one_key_under_two_ids, _wrong_language, _unknown_field])
def test_a_damaged_card_is_refused(comity: Comity, made: Made, tmp_path: Path, damage: object) -> None:
    card = json.loads(own_card(made.arvena.node).to_json())
    assert callable(damage)
    damage(card)
    (tmp_path / "card").write_text(json.dumps(card), encoding="utf-8")
    home = made.root / "kelmor"
    before = comity("node", "peers", "--json", home=home).stdout
    result = comity("node", "introduce", tmp_path / "card", home=home)
    assert result.exit_code == 1
    assert result.stderr.strip()
    assert comity("node", "peers", "--json", home=home).stdout == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"null", b"[]", b"{" * 50_000, b" " * 300_000])
def test_what_is_no_card_is_refused(comity: Comity, made: Made, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "card").write_bytes(content)
    result = comity("node", "introduce", tmp_path / "card", home=made.root / "kelmor")
    assert result.exit_code == 1
    assert result.stderr.startswith("card")


# Working by pouch ----------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> tuple[Parliament, Parliament]:
    return pair(tmp_path)


def test_two_nodes_that_share_no_network_work_with_pouch_and_take(
    comity: Comity, two: tuple[Parliament, Parliament], tmp_path: Path
) -> None:
    arvena, kelmor = two
    homes = {"arvena": tmp_path / "arvena", "kelmor": tmp_path / "kelmor"}
    mechanism = arvena.say("mechanisms/found/1", "", founding_body(arvena, kelmor))
    trips = 0

    def carry(one: str, other: str) -> dict[str, object]:
        nonlocal trips
        trips += 1
        pouch = tmp_path / f"stick-{trips}.zip"
        packed = comity("node", "pouch", pouch, mechanism[:8], home=homes[one])
        assert packed.exit_code == 0, packed.output
        taken = comity("node", "take", pouch, "--json", home=homes[other])
        assert taken.exit_code == 0, taken.output
        said: dict[str, object] = json.loads(taken.stdout)
        return said

    assert carry("arvena", "kelmor")["entries"] == 1
    kelmor.countersign(mechanism, mechanism)
    carry("kelmor", "arvena")
    meeting = arvena.say("meetings/convene/1", mechanism, convening(mechanism))
    carry("arvena", "kelmor")
    kelmor.countersign(mechanism, meeting)
    carry("kelmor", "arvena")
    text = kelmor.say("texts/adopt/1", mechanism, communique(meeting), TEXTS)
    assert carry("kelmor", "arvena")["files"] == 3
    arvena.countersign(mechanism, text)
    carry("arvena", "kelmor")
    carry("kelmor", "arvena")
    carry("arvena", "kelmor")
    digests = {side: comity("node", "digest", mechanism[:8], home=home).stdout for side, home in homes.items()}
    assert digests["arvena"] == digests["kelmor"]
    for side in two:
        assert [side.node.replica(mechanism).standing(act).status for act in (mechanism, meeting, text)] == ["in_force"] * 3
    for home in homes.values():
        assert comity("node", "fsck", home=home).exit_code == 0
    trust = [part for side in two for part in ("--trust", own_card(side.node).fingerprint)]
    result = comity("verify", tmp_path / f"stick-{trips}.zip", *trust)
    assert result.exit_code == 0
    assert "3 in force; 3 proven" in result.output


def test_taking_twice_brings_nothing_new(comity: Comity, made: Made, tmp_path: Path) -> None:
    for _ in range(2):
        said = json.loads(comity("node", "take", made.pouch, "--json", home=made.root / "kelmor").stdout)
        assert (said["entries"], said["acts"], said["forks"], said["missing_files"]) == (0, 0, [], [])
        assert said["digest"] == made.kelmor.digest(made.mechanism)


def test_a_damaged_pouch_is_refused_listed_for_the_operator_and_changes_nothing(comity: Comity, made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(made.folder, folder)
    act = next((folder / "data" / "acts").iterdir())
    act.write_bytes(act.read_bytes()[:-1] + b" ")
    home = made.root / "kelmor"
    before = comity("node", "digest", home=home).stdout
    result = comity("node", "take", folder, home=home)
    assert result.exit_code == 1
    assert f"data/acts/{act.name}" in result.stderr
    assert "Traceback" not in result.output
    assert comity("node", "digest", home=home).stdout == before
    rows = json.loads(comity("node", "refused", "--json", home=home).stdout)
    assert (rows[0]["source"], rows[0]["place"]) == ("damaged", f"data/acts/{act.name}")
    assert rows[0]["remedy"]
    assert "damaged" in comity("node", "refused", home=home).stdout


def test_a_mechanism_of_strangers_is_refused(comity: Comity, made: Made, tmp_path: Path) -> None:
    comity(*INIT[:2], "--party", "sorvell", "--host", "sorvell.example", "--name", "en=Diet of Sorvell", home=tmp_path / "sorvell")
    result = comity("node", "take", made.pouch, home=tmp_path / "sorvell")
    assert result.exit_code == 1
    assert "introduction cards" in result.stderr
    assert comity("node", "digest", home=tmp_path / "sorvell").stdout == ""


def test_a_mechanism_is_named_by_the_beginning_of_its_id(comity: Comity, made: Made, tmp_path: Path) -> None:
    home = made.root / "arvena"
    assert comity("node", "digest", made.mechanism[:6], home=home).stdout.startswith(made.mechanism)
    for given in (made.mechanism[:5], "ffffffff"):
        result = comity("node", "pouch", tmp_path / "x.zip", given, home=home)
        assert result.exit_code == 1
        assert result.stderr.startswith(given)
    assert not (tmp_path / "x.zip").exists()


# Checking -------------------------------------------------------------------------------------------


@pytest.fixture
def copied(made: Made, tmp_path: Path) -> Path:
    """A copy of Arvena's node, to be damaged."""
    shutil.copytree(made.root / "arvena", tmp_path / "arvena")
    return tmp_path / "arvena"


def test_fsck_finds_a_whole_node_whole(comity: Comity, copied: Path) -> None:
    said = json.loads(comity("node", "fsck", "--json", home=copied).stdout)
    assert said["ok"] is True
    assert said["checked"] == {
        "acts": 3,
        "key roots": 2,
        "files": 3,
        "entries": 6,
        "checkpoints": said["checked"]["checkpoints"],
        "introduction cards": 1,
        "own key roots": 1,
    }


def _change(home: Path, table: object, column: str, old: bytes, new: bytes) -> None:
    store = Store(Home(home).database_url())
    with store.writing() as connection:
        for row in connection.execute(table.select()).mappings():
            value = row[column]
            data = value.encode() if isinstance(value, str) else value
            if old in data:
                changed = data.replace(old, new)
                where = table.c[column] == value
                connection.execute(update(table).where(where).values({column: changed.decode() if isinstance(value, str) else changed}))
                return
    raise AssertionError(old)


@pytest.mark.parametrize(
    ("table", "column", "old", "new", "place"),
    [
        (t.statements, "payload", b"2027-03-02", b"2027-03-03", "acts/"),
        (t.roots, "data", b'"expires"', b'"expired"', "roots/"),
        (t.entries, "data", b'"v":1', b'"v":2', "arvena.example/00000000, entry 0"),
        (t.checkpoints, "note", b"\n1\n", b"\n2\n", "checkpoint 1"),
    ],
)
def test_fsck_names_the_place_of_a_changed_byte(
    comity: Comity, copied: Path, table: object, column: str, old: bytes, new: bytes, place: str
) -> None:
    _change(copied, table, column, old, new)
    result = comity("node", "fsck", home=copied)
    assert result.exit_code == 1, result.output
    assert place in result.output
    assert "things do not hold" in result.output


def test_fsck_finds_a_changed_file_and_a_missing_entry(comity: Comity, copied: Path) -> None:
    sha = digest(next(iter(TEXTS.values())))
    path = copied / "files" / sha[:2] / sha
    path.write_bytes(path.read_bytes()[:-1])
    assert f"files/{sha}" in comity("node", "fsck", home=copied).output
    with Store(Home(copied).database_url()).writing() as connection:
        connection.execute(t.entries.delete().where(t.entries.c.origin == "kelmor.example/00000001", t.entries.c.position == 1))
    assert "kelmor.example/00000001, entry 1: An entry before it is missing." in comity("node", "fsck", home=copied).output


def test_rebuild_gives_the_same_state_and_recheck_mends_a_kept_verdict(comity: Comity, copied: Path, made: Made) -> None:
    before = comity("node", "digest", home=copied).stdout.split()[1]
    for options in ((), ("--recheck",)):
        result = comity("node", "rebuild", *options, home=copied)
        assert result.exit_code == 0, result.output
        assert before in result.output
    store = Store(Home(copied).database_url())
    with store.writing() as connection:
        connection.execute(update(t.entries).where(t.entries.c.seq == store.last_seq()).values(verdict='["bad-signature", {}]'))
    assert comity("node", "digest", home=copied).stdout.split()[1] != before
    result = comity("node", "rebuild", "--recheck", home=copied)
    assert result.exit_code == 1
    assert before in result.output
    assert comity("node", "digest", home=copied).stdout.split()[1] == before


def test_rebuild_makes_the_desks_tables_again(copied: Path) -> None:
    """In a process of its own, because Django's settings belong to one node."""
    code = """
from comity.cli import desk_tables
from comity.cli.main import main
desk_tables.set_up()
desk_tables.migrate()
assert desk_tables.there(), "no migration makes the desk's tables"
from comity.desk.record.models import Cursor
from comity.desk.node import catch_up
catch_up()
assert Cursor.objects.count() == 1
Cursor.objects.all().delete()
main(["node", "rebuild"], standalone_mode=False)
assert Cursor.objects.count() == 1
"""
    out = _python(code, copied)
    assert out.returncode == 0, out.stderr
    assert "tables were made again" in out.stdout


def _python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    source = str(Path(__file__).parents[2] / "src")
    env = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "COMITY"))}
    env |= {"PYTHONPATH": source, "COMITY_HOME": str(home)}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)


# Network and server -----------------------------------------------------------------------------------


def test_one_round_with_a_peer_that_is_down_says_so_and_ends(comity: Comity, copied: Path, made: Made, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    card = json.loads(own_card(made.kelmor.node).to_json()) | {"address": f"http://127.0.0.1:{port}"}
    (tmp_path / "card").write_text(json.dumps(card), encoding="utf-8")
    assert comity("node", "introduce", tmp_path / "card", home=copied).exit_code == 0
    result = comity("node", "exchange", "--once", home=copied)
    assert result.exit_code == 1
    assert "kelmor.example" in result.stderr
    assert "cannot be reached" in json.loads(comity("node", "peers", "--json", home=copied).stdout)[0]["trouble"]


def test_a_busy_port_is_named(comity: Comity, copied: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = comity("node", "serve", "--port", port, home=copied)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"127.0.0.1:{port}")
    assert "--port" in result.stderr
