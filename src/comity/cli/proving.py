"""Proofs of one act, out of any record, for tools that know nothing of Comity. Pure: reads one record, writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from comity.cli.opening import one_of
from comity.errors import ComityError
from comity.record.cosignature import witness_verifier
from comity.record.envelope import Signature, to_dsse
from comity.record.layout import Reader
from comity.record.merkle import inclusion_proof
from comity.record.note import Note, Verifier
from comity.record.report import DecodedLog, Report
from comity.record.tiles import hash_levels, levels_of
from comity.record.tlogproof import LogProof
from comity.record.verify import verify_record


@dataclass(frozen=True, slots=True)
class Proven:
    """An entry's bytes, the proof that it stands in its log, and the keys that signed the checkpoint, as vkeys: the log's, then by
    party the witnesses'.
    """

    act: str
    origin: str
    index: int
    size: int
    entry: bytes
    proof: str
    log_vkey: str
    witness_vkeys: dict[str, str]


def prove(record: Reader, act: str, party: str) -> Proven:
    """The proof that *party* has logged *act* (the beginning of its id). Raises ComityError if its log holds no such entry."""
    report = verify_record(record, frozenset())
    logs = [log for log in report.logs if log.party == party and log.sound]
    if not logs:
        here = ", ".join(sorted({log.party for log in report.logs})) or "none"
        raise ComityError(
            "No whole log of that party is here; there are those of: {here}.", place=party, remedy="Run `comity verify`.", here=here
        )
    signed = {one.entry.payload_sha256: (log, one) for log in logs for one in log.entries if one.entry.payload_sha256}
    found = one_of(act, signed, "act signed by this party")
    log, entry = signed[found]
    proof = inclusion_proof(entry.index, log.checkpoint.size, hash_levels(levels_of([one.leaf for one in log.entries])))
    text = LogProof(entry.index, tuple(proof), log.note).to_str()
    own = [Verifier(log.origin, key) for root in log.roots for key in root.keys_for("snapshot").values()]
    vkey = next(one.vkey for one in own if any(one.matches(line) for line in Note.parse(log.note).signatures))
    return Proven(found, log.origin, entry.index, log.checkpoint.size, entry.entry.to_bytes(), text, vkey, _witnesses(report, log))


def _witnesses(report: Report, log: DecodedLog) -> dict[str, str]:
    roots = {one.party: one.roots for one in report.logs}
    lines = Note.parse(log.note).signatures
    found: dict[str, str] = {}
    for party in report.parties:
        for root in roots.get(party.id, ()):
            for key in root.keys_for("timestamp").values():
                verifier = witness_verifier(party.origin, key)
                if any(verifier.matches(line) for line in lines):
                    found[party.id] = verifier.vkey
    return found


def envelope(record: Reader, act: str) -> tuple[str, bytes]:
    """The act's id and its DSSE envelope with the signatures of all parties that have logged it. Raises ComityError if the act is
    not here.
    """
    report = verify_record(record, frozenset())
    found = one_of(act, report.statements, "act")
    signatures: dict[str, Signature] = {}
    for log in report.logs:
        for one in log.entries:
            if one.entry.payload_sha256 == found and one.signed_by:
                signatures.update({s.keyid: s for s in one.entry.signatures})
    if not signatures:
        raise ComityError("Nobody's signature under it is here.", place=found, remedy="Run `comity verify`.")
    return found, to_dsse(report.statements[found].to_bytes(), [signatures[keyid] for keyid in sorted(signatures)])
