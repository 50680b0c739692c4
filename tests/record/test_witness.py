"""What a witness answers, case by case as c2sp.org/tlog-witness says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from comity.errors import Malformed
from comity.record.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint, sign_checkpoint
from comity.record.cosignature import cosign, merge, witness_name
from comity.record.merkle import EMPTY_ROOT, consistency_proof, leaf_hash, root_of
from comity.record.note import Note, sign_note
from comity.record.tiles import hash_levels, levels_of
from comity.record.witness import Decision, LogState, Request, decide
from record.maker import Side, key

SIDE = Side("arvena")
for _ in range(12):
    SIDE.append(f"act {len(SIDE.entries)}".encode())
LEAVES = [leaf_hash(one) for one in SIDE.entries]
SOURCE = hash_levels(levels_of(LEAVES))


def checkpoint(size: int) -> Checkpoint:
    return parse_checkpoint(SIDE.checkpoint(size))[0]


def request(old: int, new: int) -> Request:
    return Request(old, tuple(consistency_proof(old, new, SOURCE)), SIDE.checkpoint(new))


def ask(body: bytes | Request, cosigned: int | None = 5, judged: int = 12, **changes: object) -> Decision:
    latest = None if cosigned is None else checkpoint(cosigned)
    state = LogState([SIDE.role("log").public], latest, judged, lambda size: root_of(LEAVES[:size]))
    state = dataclasses.replace(state, **changes)
    return decide(body if isinstance(body, bytes) else body.to_bytes(), lambda origin: state if origin == SIDE.origin else None)


def signed(cp: Checkpoint) -> str:
    return sign_checkpoint(cp, SIDE.role("log"))


FORKED = signed(Checkpoint(SIDE.origin, 5, b"f" * 32))
GREASED = Note(
    Note.parse(SIDE.checkpoint(9)).text,
    (sign_note("x\n", "grease.example", key("grease")), *Note.parse(SIDE.checkpoint(9)).signatures),
).to_str()
STRANGERS = signed(Checkpoint("unknown.example/00000000", 9, b"r" * 32))
BY_ANOTHER_KEY = sign_checkpoint(checkpoint(9), key("another"))
BODY = request(5, 9).to_bytes()


@pytest.mark.parametrize(
    ("body", "cosigned", "judged", "status"),
    [
        (request(5, 9), 5, 12, 200),
        (request(5, 5), 5, 12, 200),
        (request(0, 9), None, 12, 200),
        (request(0, 0), None, 12, 200),
        (request(0, 9), 0, 12, 200),
        (dataclasses.replace(request(5, 9), note=GREASED), 5, 12, 200),
        (dataclasses.replace(request(5, 9), note=STRANGERS), 5, 12, 404),
        (dataclasses.replace(request(5, 9), note=BY_ANOTHER_KEY), 5, 12, 403),
        (dataclasses.replace(request(5, 9), old=10), 5, 12, 400),
        (request(4, 9), 5, 12, 409),
        (request(0, 9), 5, 12, 409),
        (request(6, 9), 5, 12, 409),
        (request(5, 9), None, 12, 409),
        (Request(5, (), FORKED), 5, 12, 409),
        (dataclasses.replace(request(5, 9), proof=()), 5, 12, 422),
        (dataclasses.replace(request(5, 9), proof=(bytes(32),) * 4), 5, 12, 422),
        (dataclasses.replace(request(0, 9), proof=(bytes(32),)), None, 12, 422),
        (dataclasses.replace(request(5, 5), proof=(bytes(32),)), 5, 12, 422),
        (Request(0, (), signed(Checkpoint(SIDE.origin, 0, b"r" * 32))), None, 12, 422),
        (request(5, 9), 5, 8, 503),
        (request(0, 9), None, 0, 503),
        (b"", 5, 12, 400),
        (b"\xff", 5, 12, 400),
        (BODY.replace(b"old 5", b"old 05"), 5, 12, 400),
        (BODY.replace(b"old 5", b"old  5"), 5, 12, 400),
        (BODY.replace(b"old 5", b"5"), 5, 12, 400),
        (BODY.replace(b"old 5", b"old -5"), 5, 12, 400),
        (BODY.replace(b"old 5\n", b"old 5\nshort\n"), 5, 12, 400),
        (BODY.replace(b"\n", b"\r\n"), 5, 12, 400),
        (BODY[:-1], 5, 12, 400),
        (b"\n" + BODY, 5, 12, 400),
        (Request(5, (bytes(32),) * 64, SIDE.checkpoint(9)).to_bytes(), 5, 12, 400),
        (BODY + b"x" * 300_000, 5, 12, 400),
    ],
    ids=range(33),
)
def test_each_request_gets_the_status_that_the_specification_says(
    body: bytes | Request, cosigned: int | None, judged: int, status: int
) -> None:
    decision = ask(body, cosigned, judged)
    assert decision.status == status
    assert decision.status == 200 or decision.body.endswith("\n")


def test_a_conflict_answers_with_the_size_that_was_cosigned_last() -> None:
    decision = ask(request(4, 9))
    assert (decision.body, decision.content_type) == ("5\n", "text/x.tlog.size")
    assert not decision.fork


def test_not_judged_so_far_says_when_to_come_again() -> None:
    assert int(ask(request(5, 9), judged=8).headers["Retry-After"]) > 0


def test_what_is_to_be_stored_carries_the_logs_signature_only() -> None:
    decision = ask(dataclasses.replace(request(5, 9), note=GREASED))
    assert decision.checkpoint == checkpoint(9)
    assert decision.note == SIDE.checkpoint(9)
    line = cosign(decision.note, witness_name(SIDE.origin), SIDE.role("witness"), 7)
    assert decision.answered(line).body == line
    assert open_checkpoint(merge(decision.note, line), SIDE.origin, SIDE.role("log").public).size == 9


@pytest.mark.parametrize(
    ("body", "judged_root"),
    [
        (Request(5, (), FORKED), lambda size: root_of(LEAVES[:size])),
        (request(5, 9), lambda size: b"o" * 32),
    ],
    ids=["one size, two roots", "another tree was judged"],
)
def test_a_fork_is_marked_so_that_the_evidence_is_kept(body: Request, judged_root: Callable[[int], bytes]) -> None:
    decision = ask(body, judged_root=judged_root)
    assert (decision.status, decision.fork) == (409, True)
    assert decision.note == body.note


def test_a_request_reads_back() -> None:
    assert Request.parse(BODY) == request(5, 9)
    with pytest.raises(Malformed):
        Request.parse(BODY[:20])


def test_the_first_cosignature_needs_no_proof_but_must_have_been_judged() -> None:
    assert ask(Request(0, (), signed(Checkpoint(SIDE.origin, 0, EMPTY_ROOT))), None, 0).status == 200
    assert ask(request(0, 3), None, 2).status == 503
