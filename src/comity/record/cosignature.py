"""Timestamped cosignatures, kind 0x04: a witness says that at a time this was the largest consistent checkpoint it knew
(c2sp.org/tlog-cosignature).

The signed message does not name the cosigner, so a cosigner's key signs under one name only. A cosignature never enters a verdict on an
act.
"""

from __future__ import annotations

from collections.abc import Iterable

from comity.errors import BadSignature, Malformed
from comity.record.keys import PublicKey, SigningKey
from comity.record.note import COSIGNATURE, Note, NoteSignature, Verifier, check_key_name, cosigned_message, parse_line

MAX_TIME = 2**63 - 1


def witness_name(origin: str) -> str:
    """The key name of the witness run by the party whose log has *origin* (ADR 0001): ``<first component>/witness``."""
    return f"{origin.partition('/')[0]}/witness"


def witness_verifier(origin: str, key: PublicKey) -> Verifier:
    """The verifier of the cosignatures by the witness of the party whose log has *origin*."""
    return Verifier(witness_name(origin), key, COSIGNATURE)


def cosign(checkpoint_note_text: str, name: str, key: SigningKey, time_seconds: int) -> str:
    """The signature line, with its newline, of the witness *name* over the text of a signed checkpoint, at a POSIX time in seconds.

    Checks the form of the note only: what to cosign is decided before. Raises Malformed.
    """
    if not 0 < time_seconds <= MAX_TIME:
        raise Malformed("A time is a positive number of seconds below 2**63.", place="time")
    check_key_name(name, place="name")
    text = Note.parse(checkpoint_note_text, place="checkpoint").text
    signature = key.sign(cosigned_message(text, time_seconds))
    return NoteSignature(name, Verifier(name, key.public, COSIGNATURE).key_id, time_seconds.to_bytes(8, "big") + signature).to_line()


def cosigned_at(note: Note, verifier: Verifier, *, place: str = "checkpoint") -> int | None:
    """When the witness cosigned *note*, in POSIX seconds; None if it has not. Raises BadSignature if its line does not verify."""
    for line in note.signatures:
        if verifier.matches(line):
            if not verifier.check(note.text, line):
                raise BadSignature("The cosignature of {name} does not verify.", place=place, name=line.name)
            return _time(line)
    return None


def merge(note_text: str, lines: str | Iterable[str], witnesses: Iterable[Verifier] | None = None) -> str:
    """The note with cosignature *lines* added; of one witness the latest counts, cosignatures stand last, sorted by name and id.

    With *witnesses*, lines that are not by one of them or do not verify are left out: whoever answered must not push out a good one.
    Without, the caller has checked the lines. Other lines of *note_text*, the log's first of all, stay in their place. Raises Malformed for
    text that is no note.
    """
    note = Note.parse(note_text, place="checkpoint")
    added = _parse(lines)
    known = None if witnesses is None else {(one.name, one.key_id): one for one in witnesses if one.kind == COSIGNATURE}
    origin = note.text.partition("\n")[0]
    every = {(one.name, one.key_id) for one in [*note.signatures, *added] if one.name != origin}
    keys = every if known is None else known.keys()
    latest: dict[tuple[str, bytes], NoteSignature] = {}
    for line in [*note.signatures, *added]:
        key = (line.name, line.key_id)
        good = key in keys and (known is None or known[key].check(note.text, line))
        if good and (key not in latest or _time(line) > _time(latest[key])):
            latest[key] = line
    others = [one for one in note.signatures if (one.name, one.key_id) not in keys]
    return Note(note.text, (*others, *(latest[key] for key in sorted(latest)))).to_str()


def _time(line: NoteSignature) -> int:
    return int.from_bytes(line.signature[:8], "big")


def _parse(lines: str | Iterable[str]) -> list[NoteSignature]:
    many = lines.splitlines() if isinstance(lines, str) else [one.rstrip("\n") for one in lines]
    return [parse_line(line, place=f"cosignature {number}") for number, line in enumerate(many, 1)]
