"""Search by meaning, across languages, where the encoder is installed: loaded once per process, at the first use; every passage's vector is
kept by the hash of its words, so that it is made once.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import Final

import numpy as np
from django.db import close_old_connections, connection
from django.db.models import Q, QuerySet

from comity.desk.language.models import ClauseRow, VectorRow
from comity.terms.ids import digest
from comity.texts.encoders import LANGUAGES, UniversalEncoder, bundled_encoder

AT_A_TIME: Final = 64
_lock = threading.Lock()
_running = threading.Event()


def encoder() -> UniversalEncoder | None:
    """The encoder, or None where it is not installed."""
    with _lock:
        return bundled_encoder()


def missing(rows: QuerySet[ClauseRow], model: str) -> QuerySet[ClauseRow]:
    """Clauses in a language of the encoder whose vectors are not made yet."""
    known = VectorRow.objects.filter(model=model).values("hash")
    speaks = Q()
    for base in sorted(LANGUAGES):
        speaks |= Q(lang=base) | Q(lang__startswith=f"{base}-")
    return rows.filter(speaks).exclude(hash__in=known)


def make(rows: QuerySet[ClauseRow], most: int) -> int:
    """Make at most so many vectors that are missing; says how many."""
    found = encoder()
    if found is None:
        return 0
    made = 0
    while made < most:
        batch = dict(missing(rows, found.digest).order_by("hash").values_list("hash", "words")[: min(AT_A_TIME, most - made)])
        if not batch:
            break
        vectors = found.encode(list(batch.values())).astype(np.float16)
        VectorRow.objects.bulk_create(
            [VectorRow(hash=key, model=found.digest, vector=vector.tobytes()) for key, vector in zip(batch, vectors, strict=True)],
            update_conflicts=True,
            unique_fields=["hash"],
            update_fields=["model", "vector"],
        )
        made += len(batch)
    return made


def make_in_background() -> None:
    """Make all vectors that are missing, in a thread of its own; one at a time. Without an encoder, nothing."""
    if encoder() is None or _running.is_set() or connection.in_atomic_block:
        return
    _running.set()

    def work() -> None:
        try:
            while make(ClauseRow.objects.all(), 1024):
                pass
        finally:
            _running.clear()
            close_old_connections()

    threading.Thread(target=work, daemon=True, name="vectors").start()


@cache
def _phrase(text: str) -> np.ndarray:
    found = encoder()
    assert found is not None
    vector: np.ndarray = found.encode([text])[0]
    return vector


class _Held:
    """All vectors of a model in memory, read again when there are more."""

    def __init__(self) -> None:
        self.stamp: tuple[str, int] = ("", -1)
        self.keys: list[str] = []
        self.rows: np.ndarray = np.zeros((0, 512), dtype=np.float16)

    def read(self, model: str) -> None:
        stamp = (model, VectorRow.objects.filter(model=model).count())
        if stamp == self.stamp:
            return
        pairs = list(VectorRow.objects.filter(model=model).order_by("hash").values_list("hash", "vector"))
        self.keys = [key for key, _ in pairs]
        self.rows = np.stack([np.frombuffer(bytes(v), dtype=np.float16) for _, v in pairs]) if pairs else self.rows[:0]
        self.stamp = stamp


_held = _Held()


def near(phrase: str, rows: QuerySet[ClauseRow], *, limit: int = 20, least: float = 0.5) -> list[tuple[str, float]]:
    """References whose words in any language mean nearly the same, nearest first, with their likeness; nothing without an encoder."""
    found = encoder()
    if found is None:
        return []
    with _lock:
        _held.read(found.digest)
        keys, matrix = _held.keys, _held.rows
    if not keys:
        return []
    vector = _phrase(phrase)
    scores = np.concatenate([matrix[at : at + 8192].astype(np.float32) @ vector for at in range(0, len(keys), 8192)])
    best = [int(at) for at in np.argsort(-scores)[: 4 * limit] if scores[at] >= least]
    score = {keys[at]: float(scores[at]) for at in best}
    out: dict[str, float] = {}
    for ref, key in rows.filter(hash__in=list(score)).values_list("ref", "hash"):
        out[ref] = max(out.get(ref, 0.0), score[key])
    return sorted(out.items(), key=lambda item: (-item[1], item[0]))[:limit]


def hash_of(text: str) -> str:
    """The key of a passage's vector."""
    return digest(text.encode())
