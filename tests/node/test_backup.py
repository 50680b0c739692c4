"""A node in one file: taken while it runs, put back somewhere else, and what happens when it is cut off or damaged."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.errors import BadProof, ComityError, Malformed, Refused, Unsafe
from comity.node import backup
from comity.node.home import Home
from comity.node.node import Node
from node.parliaments import Clock, Parliament, entropy
from node.parliaments import founded as found

PHRASE = "a sentence nobody guesses"
SOURCE = Path(__file__).parents[2] / "src"


def make(parliament: Parliament, target: Path, database: str = "") -> backup.Backup:
    node = parliament.node
    return backup.make(node.home, target, PHRASE, clock=Clock(), entropy=os.urandom, database=database)


def put_back(source: Path, folder: Path, phrase: str = PHRASE, **more: str) -> backup.Backup:
    return backup.restore(source, folder, phrase, clock=Clock(), entropy=os.urandom, **more)


def digests(node: Node) -> dict[str, str]:
    return {mechanism: node.replica(mechanism).ledger.digest() for mechanism in node.mechanisms()}


@pytest.fixture
def founded(two: tuple[Parliament, Parliament]) -> tuple[Parliament, Parliament, str]:
    arvena, kelmor = two
    return arvena, kelmor, found(arvena, kelmor)


def test_a_restored_node_gives_the_same_digest_and_signs_with_its_old_keys(
    founded: tuple[Parliament, Parliament, str], tmp_path: Path, database: Callable[[str], str]
) -> None:
    arvena, _, mechanism = founded
    made = make(arvena, tmp_path / "arvena.backup", arvena.node.settings.database)
    assert made.digests == digests(arvena.node)
    url = database("restored")
    put_back(tmp_path / "arvena.backup", tmp_path / "again", database=url)
    again = Node(Home(tmp_path / "again"), clock=Clock(), entropy=entropy("again"))
    assert digests(again) == digests(arvena.node)
    assert again.own_origin(mechanism) == arvena.node.own_origin(mechanism)
    assert again.custody.sign_act(arvena.officers[0], b"{}") == arvena.node.custody.sign_act(arvena.officers[0], b"{}")
    for path in arvena.node.files.folder.glob("??/*"):
        assert again.files.read(path.name) == path.read_bytes()


def test_keys_and_secret_lie_in_the_file_encrypted_only(founded: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena = founded[0]
    make(arvena, tmp_path / "one", arvena.node.settings.database)
    data = (tmp_path / "one").read_bytes()
    assert arvena.node.home.secret().hex().encode() not in data
    assert arvena.node.home.secret() not in data
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in data
    assert b"BEGIN PRIVATE KEY" not in data
    with pytest.raises(Refused, match="not the passphrase"):
        put_back(tmp_path / "one", tmp_path / "again", "some other sentence")
    assert not (tmp_path / "again").exists()


def test_the_copy_is_of_one_moment_while_the_node_goes_on_signing(founded: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena, _, mechanism = founded
    if arvena.node.settings.database:
        pytest.skip("pg_dump's snapshot is PostgreSQL's own")
    stop = threading.Event()
    said: list[str] = []

    def go_on() -> None:
        while not stop.is_set():
            said.append(appoint(arvena, mechanism, len(said)))

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        made = [make(arvena, tmp_path / f"{n}.backup") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    assert said
    for n, one in enumerate(made):
        put_back(tmp_path / f"{n}.backup", tmp_path / f"again-{n}")
        assert digests(Node(Home(tmp_path / f"again-{n}"), clock=Clock(), entropy=entropy("x"))) == one.digests
    assert one.digests != digests(arvena.node) or len(said) == 0


def appoint(parliament: Parliament, mechanism: str, number: int) -> str:
    names = [{"lang": "en", "text": f"Person {number}"}]
    body = {"person": f"p-{number}", "names": names, "office": "member", "titles": names, "from": "2026-11-20"}
    return parliament.say("mechanisms/appoint/1", mechanism, body)


def test_what_was_signed_after_the_backup_comes_back_from_the_peer(founded: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena, kelmor, mechanism = founded
    if arvena.node.settings.database:
        pytest.skip("once is enough")
    make(arvena, tmp_path / "one")
    appoint(arvena, mechanism, 1)
    kelmor.node.receive(arvena.node.record(mechanism), source="arvena")
    put_back(tmp_path / "one", tmp_path / "again")
    again = Node(Home(tmp_path / "again"), clock=Clock(), entropy=entropy("again"))
    again.receive(kelmor.node.record(mechanism), source="kelmor")
    assert digests(again) == digests(kelmor.node) == digests(arvena.node)


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from comity.node import backup
from comity.node.home import Home
home, target, phrase, at, what = sys.argv[1:]
seen = []
def tick(name):
    seen.append(name)
    if len(seen) == int(at):
        os.kill(os.getpid(), signal.SIGKILL)
common = dict(clock=lambda: datetime.now(UTC), entropy=os.urandom, tick=tick)
if what == "make":
    backup.make(Home(Path(home)), Path(target), phrase, **common)
else:
    backup.restore(Path(home), Path(target), phrase, **common)
"""


def killed(source: Path, target: Path, at: int, what: str) -> None:
    command = [sys.executable, "-c", KILLED, str(source), str(target), PHRASE, str(at), what]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(SOURCE)}, check=False)
    assert done.returncode == -signal.SIGKILL


def test_a_kill_in_the_middle_leaves_no_half_file_and_no_half_folder(founded: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena = founded[0]
    if arvena.node.settings.database:
        pytest.skip("once is enough")
    target, folder = tmp_path / "one.backup", tmp_path / "again"
    for at in (1, 4):
        killed(arvena.node.home.folder, target, at, "make")
        assert not target.exists()
    made = make(arvena, target)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".one")], "what was left is cleared away"
    for at in (1, len(made.parts) - 2):
        killed(target, folder, at, "restore")
        assert not folder.exists()
    put_back(target, folder)
    assert digests(Node(Home(folder), clock=Clock(), entropy=entropy("x"))) == made.digests
    assert not (tmp_path / ".again.restoring").exists()


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


def test_a_changed_missing_or_smuggled_part_is_named_and_nothing_is_restored(
    founded: tuple[Parliament, Parliament, str], tmp_path: Path
) -> None:
    arvena = founded[0]
    if arvena.node.settings.database:
        pytest.skip("once is enough")
    make(arvena, tmp_path / "one")
    key = next(name for name in zipfile.ZipFile(tmp_path / "one").namelist() if name.startswith("keys/"))

    def smuggled(name: str, data: bytes) -> bytes:
        if name != backup.MANIFEST:
            return data
        said = json.loads(data)
        said["parts"]["keys/../../evil.pem"] = said["parts"][key]
        return json.dumps(said).encode()

    cases: tuple[tuple[Callable[[str, bytes], bytes | None], type[ComityError], str], ...] = (
        (lambda n, d: d[:-1] + b"x" if n == key else d, BadProof, key),
        (lambda n, d: None if n == key else d, Malformed, key),
        (lambda n, d: None if n == backup.MANIFEST else d, Malformed, backup.MANIFEST),
        (lambda n, d: d.replace(b"comity-backup/1", b"comity-backup/9") if n == backup.MANIFEST else d, Malformed, backup.MANIFEST),
        (smuggled, Unsafe, "keys/../../evil.pem"),
    )
    for number, (change, kind, place) in enumerate(cases):
        with pytest.raises(kind) as refused:
            put_back(rewritten(tmp_path / "one", tmp_path / f"bad-{number}", change), tmp_path / "again")
        assert refused.value.place == place
        assert not (tmp_path / "again").exists()
    assert not (tmp_path.parent / "evil.pem").exists()
    (tmp_path / "noise").write_bytes(os.urandom(500))
    with pytest.raises(Malformed):
        put_back(tmp_path / "noise", tmp_path / "again")


def test_nothing_is_overwritten_and_a_short_passphrase_is_refused(founded: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena = founded[0]
    (tmp_path / "there").write_text("mine")
    with pytest.raises(Refused, match="already"):
        make(arvena, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"
    with pytest.raises(Refused, match="too short"):
        backup.make(arvena.node.home, tmp_path / "new", "short", clock=Clock(), entropy=os.urandom)
    make(arvena, tmp_path / "one", arvena.node.settings.database)
    with pytest.raises(Refused, match="something in this folder"):
        put_back(tmp_path / "one", arvena.node.home.folder)


def test_sessions_are_not_in_it(founded: tuple[Parliament, Parliament, str], tmp_path: Path) -> None:
    arvena = founded[0]
    if arvena.node.settings.database:
        pytest.skip("pg_dump leaves them out by an option")
    with arvena.node.store.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE django_session (session_key TEXT, session_data TEXT)")
        connection.exec_driver_sql("INSERT INTO django_session VALUES ('stolen-cookie-77', 'x')")
    make(arvena, tmp_path / "one")
    with zipfile.ZipFile(tmp_path / "one") as opened:
        (tmp_path / "copy.db").write_bytes(opened.read("node.db"))
    import sqlite3

    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
