"""What a witness answers to ``add-checkpoint`` (c2sp.org/tlog-witness), decided without doing anything.

1. Unknown origin 404; no signature by a trusted key 403; a body that is no request, or an old size above the new one, 400.
2. The old size is that of the latest checkpoint cosigned here, else 409 with that size; one size with two roots is 409 too, and a fork.
3. A proof that does not hold is 422, and so is an empty tree with a root that is not of one.
4. A witness cosigns only what it has judged: 503 with Retry-After until it has judged that far; 409 if what it judged has another root, a
   fork.
5. The caller stores ``Decision.note`` in the same transaction in which ``LogState.latest`` was read, and only then signs and answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from comity.errors import BadProof, BadSignature, ComityError, Malformed
from comity.record.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint, parse_size
from comity.record.encoding import b64decode, b64encode
from comity.record.keys import PublicKey
from comity.record.merkle import EMPTY_ROOT, verify_consistency
from comity.record.note import MAX_NOTE_BYTES, Note

MAX_PROOF = 63
SIZE_TYPE = "text/x.tlog.size"
RETRY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Request:
    """A request read: the size that the client believes was cosigned last, the consistency proof from there, and the signed checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    def to_bytes(self) -> bytes:
        """The body of the POST."""
        lines = [f"old {self.old}", *(b64encode(one) for one in self.proof)]
        return ("\n".join(lines) + "\n\n" + self.note).encode()

    @classmethod
    def parse(cls, body: bytes, *, place: str = "request") -> Request:
        """Raises Malformed unless *body* is an old size, at most 63 hashes, an empty line and a checkpoint."""
        if len(body) > MAX_NOTE_BYTES:
            raise Malformed("A request that is too large.", place=place)
        try:
            head, parting, note = body.decode("utf-8").partition("\n\n")
        except UnicodeDecodeError:
            raise Malformed("Not UTF-8.", place=place) from None
        lines = head.split("\n")
        if not parting or not lines[0].startswith("old ") or len(lines) > MAX_PROOF + 1:
            raise Malformed(
                "A request is an old size, at most {limit} hashes, an empty line and a checkpoint.", place=place, limit=MAX_PROOF
            )
        old = parse_size(lines[0][4:], place=f"{place}, old size")
        proof = tuple(b64decode(one, place=f"{place}, hash {number}", length=32) for number, one in enumerate(lines[1:], 1))
        parse_checkpoint(note, place=f"{place}, checkpoint")
        return cls(old, proof, note)


@dataclass(frozen=True, slots=True)
class LogState:
    """What the witness holds of one log: its keys, the latest checkpoint it cosigned, how far its node has judged, the root of what it
    judged.
    """

    keys: Iterable[PublicKey]
    latest: Checkpoint | None
    judged_size: int
    judged_root: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer. With status 200, *checkpoint* and *note* (the log's signature only) are to be stored before *body* gets its cosignature
    lines.

    *fork* says that the request, in *note*, contradicts what is held: keep both as evidence.
    """

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    checkpoint: Checkpoint | None = None
    note: str = ""
    fork: bool = False

    def answered(self, lines: str) -> Decision:
        """The decision with the cosignature *lines* as its body."""
        return replace(self, body=lines)


def decide(body: bytes, lookup: Callable[[str], LogState | None]) -> Decision:
    """The answer to the request *body*; *lookup* gives the state of a log by its origin, or None for an unknown one. Never raises."""
    try:
        request = Request.parse(body)
        cp, note = parse_checkpoint(request.note)
    except ComityError as error:
        return Decision(400, f"{error}\n")
    state = lookup(cp.origin)
    if state is None:
        return Decision(404, f"The log {cp.origin} is not known here.\n")
    keys = list(state.keys)
    try:
        open_checkpoint(request.note, cp.origin, keys)
    except BadProof as error:
        return Decision(422, f"{error}\n")
    except ComityError as error:
        return Decision(403, f"{error}\n")
    return _decide_signed(request, cp, _log_lines_only(note, cp), state)


def _decide_signed(request: Request, cp: Checkpoint, note: str, state: LogState) -> Decision:
    if request.old > cp.size:
        return Decision(400, "The old size is above the checkpoint's.\n")
    latest = state.latest
    cosigned = latest.size if latest else 0
    if request.old != cosigned:
        return _conflict(cosigned)
    if latest is not None and latest.size == cp.size and latest.root != cp.root:
        return replace(_conflict(cosigned), checkpoint=cp, note=note, fork=True)
    try:
        _check_proof(request, cp, latest)
    except (BadProof, BadSignature) as error:
        return Decision(422, f"{error}\n", checkpoint=cp, note=note)
    if cp.size > state.judged_size:
        text = f"Judged up to {state.judged_size}.\n"
        return Decision(503, text, headers={"Retry-After": str(RETRY_SECONDS)}, checkpoint=cp, note=note)
    if state.judged_root(cp.size) != cp.root:
        return replace(_conflict(cosigned), checkpoint=cp, note=note, fork=True)
    return Decision(200, checkpoint=cp, note=note)


def _check_proof(request: Request, cp: Checkpoint, latest: Checkpoint | None) -> None:
    if request.old == 0:
        # Nothing is proven from an empty tree: whatever comes first is what later checkpoints must continue.
        if request.proof or (latest is not None and latest.root != EMPTY_ROOT):
            raise BadProof("From an old size of 0 there is no proof.", place="request")
        return
    assert latest is not None
    verify_consistency(request.old, cp.size, request.proof, latest.root, cp.root, place="request")


def _conflict(size: int) -> Decision:
    return Decision(409, f"{size}\n", SIZE_TYPE)


def _log_lines_only(note: Note, cp: Checkpoint) -> str:
    return Note(note.text, tuple(one for one in note.signatures if one.name == cp.origin)).to_str()
