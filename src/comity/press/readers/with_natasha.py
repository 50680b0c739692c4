"""``rules+natasha``: the Russian rules with Natasha's name tagger (Slovnet) for persons that no list knows.

Only the tagger is used, straight from the model files that the ``natasha`` package ships (MIT): its own morphology needs a retired
setuptools module.
Case endings are undone by pymorphy3 if it is there, else by the rules' own tables.
"""

from __future__ import annotations

import importlib
import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

from comity.press.model import Span
from comity.press.readers.base import Found
from comity.press.readers.russian import assemble
from comity.press.registry import Registry
from comity.press.segment import Layout
from comity.press.versions import reader_version

_CHUNK = 8_000


class NatashaReader:
    """Russian by rules and a name tagger. Raises ImportError if Natasha is not installed."""

    name = "rules+natasha"
    languages = frozenset({"ru"})

    def __init__(self) -> None:
        spec = importlib.util.find_spec("natasha")
        if spec is None or not spec.submodule_search_locations:
            raise ImportError("natasha is missing")
        ner, navec = importlib.import_module("slovnet").NER, importlib.import_module("navec").Navec
        data = Path(next(iter(spec.submodule_search_locations))) / "data"
        models = [data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar", data / "model" / "slovnet_ner_news_v1.tar"]
        if not all(path.is_file() for path in models):
            raise ImportError("natasha's model files are missing")
        self._ner: Any = ner.load(models[1])
        self._ner.navec(navec.load(models[0]))
        self._morph = _morph()
        self.version = reader_version("natasha", "pymorphy3", also=("pymorphy3-dicts-ru", "slovnet", "navec", "razdel", "numpy"))

    def find(self, layout: Layout, language: str, registry: Registry, reference: date | None) -> Found:
        """Read Russian with the tagger's persons."""
        return assemble(layout, registry, reference, persons=self.persons(layout))

    def persons(self, layout: Layout) -> list[tuple[Span, str]]:
        """Spans of persons, each with its nominative."""
        found = []
        for start, end in _pieces(layout):
            for span in self._ner(layout.text[start:end]).spans:
                if span.type == "PER":
                    at = (start + span.start, start + span.stop)
                    found.append((at, self._nominative(layout.text[at[0] : at[1]])))
        return found

    def _nominative(self, words: str) -> str:
        """All words of a name in the nominative, agreeing in gender where the given name tells it."""
        if self._morph is None:
            return words
        parts = words.split()
        gender = None
        for part in parts:
            name = next((p for p in self._morph.parse(part) if "Name" in p.tag), None)
            if name is not None:
                gender = str(name.tag.gender)
                break
        out = []
        for part in parts:
            parses = [
                p
                for p in self._morph.parse(part)
                if ({"Name", "Surn", "Patr"} & set(p.tag.grammemes)) and (gender is None or p.tag.gender in (None, gender))
            ]
            base = parses[0].inflect({"nomn", "sing"}) if parses else None
            out.append(_cased(base.word, part) if base is not None else part)
        return " ".join(out)


def _cased(word: str, like: str) -> str:
    return "-".join(w.capitalize() for w in word.split("-")) if like[:1].isupper() else word


def _pieces(layout: Layout) -> list[Span]:
    """Paragraphs, joined up to a length that the tagger takes in one go."""
    pieces: list[Span] = []
    for start, end in layout.paragraphs:
        if pieces and end - pieces[-1][0] < _CHUNK:
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.extend((at, min(at + _CHUNK, end)) for at in range(start, end, _CHUNK))
    return pieces


def _morph() -> Any:
    try:
        return importlib.import_module("pymorphy3").MorphAnalyzer()
    except ImportError:
        return None
