"""``comity record``: exports, proofs and envelopes that tools of other people read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from securesystemslib.dsse import Envelope
from securesystemslib.signer import Key, SSlibKey  # type: ignore[attr-defined]  # not in its __all__

from cli.conftest import Comity, Made
from comity.errors import ComityError
from comity.record.note import Verifier
from comity.record.root import KeyRoot
from comity.record.tlogproof import LogProof


def test_an_export_is_a_folder_that_verifies(made: Made, comity: Comity, tmp_path: Path) -> None:
    result = comity("record", "export", made.mechanism[:10], tmp_path / "out", home=made.root / "arvena")
    assert result.exit_code == 0, result.output
    assert comity("verify", tmp_path / "out", *made.trust).exit_code == 0
    again = comity("record", "export", made.mechanism[:10], tmp_path / "out", home=made.root / "arvena")
    assert again.exit_code == 1
    assert "already" in again.stderr


def test_a_public_export_verifies_too(made: Made, comity: Comity, tmp_path: Path) -> None:
    result = comity("record", "export", made.mechanism, tmp_path / "out", "--public", home=made.root / "kelmor")
    assert result.exit_code == 0, result.output
    assert comity("verify", tmp_path / "out", *made.trust).exit_code == 0


@pytest.mark.parametrize("source", ["node", "folder", "pouch"])
@pytest.mark.parametrize("party", ["arvena", "kelmor"])
def test_a_proof_holds_under_the_printed_keys_and_not_for_another_entry(
    made: Made, comity: Comity, tmp_path: Path, party: str, source: str
) -> None:
    act = made.arvena.node.replica(made.mechanism).ledger.acts()
    for one in act:
        options = [] if source == "node" else ["--from", getattr(made, source)]
        home = made.root / "arvena" if source == "node" else None
        result = comity("record", "proof", one[:12], "--party", party, "--out", tmp_path / "proof", "--json", *options, home=home)
        said = json.loads(result.stdout)
        entry, text = Path(said["entry"]).read_bytes(), Path(said["proof"]).read_text()
        assert one.encode() in entry
        log = Verifier.from_vkey(said["log_vkey"])
        witnesses = [Verifier.from_vkey(vkey) for vkey in said["witness_vkeys"].values()]
        assert sorted(said["witness_vkeys"]) == ["arvena", "kelmor"]
        cp = LogProof.parse(text).verify(entry, said["origin"], log.key, witnesses)
        assert (cp.size, LogProof.parse(text).index) == (said["size"], said["index"])
        with pytest.raises(ComityError):
            LogProof.parse(text).verify(entry + b" ", said["origin"], log.key, witnesses)


def test_the_keys_for_other_verifiers_are_printed(made: Made, comity: Comity, tmp_path: Path) -> None:
    result = comity("record", "proof", made.mechanism[:8], "--party", "kelmor", "--out", tmp_path, home=made.root / "arvena")
    assert "Log key of kelmor:\n  kelmor.example/00000001+" in result.output
    assert "Witness key of arvena:\n  arvena.example/witness+" in result.output


@pytest.mark.parametrize(("act", "party"), [("ffffffff", "arvena"), ("abc", "arvena"), ("", "nobody")])
def test_what_is_not_there_cannot_be_proven(made: Made, comity: Comity, tmp_path: Path, act: str, party: str) -> None:
    given = act or made.mechanism
    result = comity("record", "proof", given, "--party", party, "--out", tmp_path / "proof", home=made.root / "arvena")
    assert result.exit_code == 1
    assert result.stderr.startswith(act or party)
    assert not (tmp_path / "proof").exists()


def test_another_implementation_verifies_the_envelope_of_both_parties(made: Made, comity: Comity) -> None:
    result = comity("record", "dsse", made.mechanism[:8], "--from", made.pouch)
    envelope = Envelope.from_dict(json.loads(result.stdout))
    keys: list[Key] = []
    for side in (made.arvena, made.kelmor):
        root = KeyRoot.from_bytes(side.node.home.own_roots()[0])
        keys += [_tuf(keyid, key.raw) for keyid, key in root.officers.items()]
    assert len(envelope.verify(keys, 2)) == 2
    assert json.loads(envelope.payload)["predicateType"] == "urn:comity:act:mechanisms/found/1"


def _tuf(keyid: str, raw: bytes) -> SSlibKey:
    return SSlibKey(keyid, "ed25519", "ed25519", {"public": raw.hex()})
