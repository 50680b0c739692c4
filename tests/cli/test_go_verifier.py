"""The Go listing of docs/verify.md, built with Debian's packages, verifies an exported record and refuses a changed byte."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.conftest import Comity, Made

DOCUMENT = Path(__file__).parents[2] / "docs" / "verify.md"
GOPATH = Path("/usr/share/gocode")


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("go") is None or not (GOPATH / "src/golang.org/x/mod/sumdb").is_dir():
        pytest.skip("needs Debian's golang-go and golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    (listing,) = re.findall(r"```go\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    (folder / "verify.go").write_text(listing)
    env = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(folder / "cache")}
    subprocess.run(["go", "build", "-o", "verify", "verify.go"], cwd=folder, env=env, check=True)
    return folder / "verify"


@pytest.mark.parametrize("party", ["arvena", "kelmor"])
def test_the_listing_proves_every_act_and_finds_changes(made: Made, comity: Comity, verifier: Path, tmp_path: Path, party: str) -> None:
    for act in made.arvena.node.replica(made.mechanism).ledger.acts():
        said = json.loads(comity("record", "proof", act, "--party", party, "--from", made.pouch, "--out", tmp_path, "--json").stdout)
        entry, proof = Path(said["entry"]), Path(said["proof"])
        keys = [said["log_vkey"], *said["witness_vkeys"].values()]

        def run(entry: Path, proof: Path, keys: list[str] = keys) -> str:
            return subprocess.run([verifier, *keys, entry, proof], capture_output=True, text=True, check=False).stdout

        assert run(entry, proof).startswith(f"OK: entry {said['index']} of {said['size']} in {said['origin']}")
        changed = tmp_path / "changed"
        changed.write_bytes(entry.read_bytes().replace(b'"v":1', b'"v":2'))
        assert run(changed, proof).startswith("FAIL")
        text = proof.read_text()
        for other in (
            text.replace(f"index {said['index']}", f"index {said['index'] + 1}", 1),
            text.replace(f"\n{said['size']}\n", f"\n{said['size'] + 1}\n", 1),
            "".join(line for line in text.splitlines(keepends=True) if "arvena.example/witness" not in line),
        ):
            assert other != text
            changed.write_text(other)
            assert run(entry, changed).startswith("FAIL")
