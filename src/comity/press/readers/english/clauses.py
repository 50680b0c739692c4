"""What a parsed English sentence says of its cues: where the clause ends that a verb brings in, and what its subject is."""

from __future__ import annotations

import re
from dataclasses import replace

from comity.press.attribution import Attribution, clean, direct_part
from comity.press.model import Span
from comity.press.readers.english.asides import source_behind
from comity.press.readers.english.lexicon import any_verb, classes, phrasal_heads, table
from comity.press.readers.english.statements import WITHHELD
from comity.press.readers.english.tree import Tree
from comity.press.segment import Layout

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


def from_parse(layout: Layout, tree: Tree, verbs: list[int], masked: str, done: set[Span]) -> list[Attribution]:
    """What the parser says of every cue among ``verbs`` that is not ``done``; ``masked`` is the text with its quotations hidden."""
    found = []
    for verb in verbs:
        at, end = tree.at[verb], tree.end[verb]
        if masked[at:end] != layout.text[at:end]:
            continue  # inside a quotation
        lemma, cue_end = _cue(tree, verb)
        if lemma is None or (at, cue_end) in done:
            continue
        got = _attribution(layout, tree, verb, lemma, (at, cue_end))
        if got is not None:
            found.append(got)
    return found


def _cue(tree: Tree, verb: int) -> tuple[str | None, int]:
    """The cue's base form and the end of its words: a phrasal verb takes its particle or preposition in."""
    forms, word = any_verb(), tree.lower(verb)
    if word in phrasal_heads() and verb + 1 < len(tree):
        phrase = f"{word} {tree.lower(verb + 1)}"
        if phrase in forms:
            return forms[phrase], tree.end[verb + 1]
    return forms.get(word), tree.end[verb]


def _attribution(layout: Layout, tree: Tree, verb: int, lemma: str, cue: Span) -> Attribution | None:  # noqa: C901 - one rule after another, in the order in which they yield
    kinds = classes()[lemma]
    dep, children = tree.dep, tree.children(verb)
    deps = {dep[c] for c in children}
    if lemma == "ask" and (layout.text[cue[0]].isupper() or any(tree.lower(c) == "about" for c in children)):
        return None
    if "auxpass" in deps and lemma in _NO_PASSIVE:
        return None
    if lemma in {"wish", "want"} and (dep[verb] == "relcl" or "neg" in deps):
        return None
    if (
        "ask" in kinds
        and dep[verb] == "xcomp"
        and tree.lower(tree.head(verb)) not in _SPEAKS_ON
        and any(dep[c] == "aux" and tree.lower(c) == "to" for c in children)
    ):
        return None  # "is scheduled to call on …"
    if WITHHELD.match(layout.text, cue[1]):
        return None
    if lemma == "welcome" and _RECEIVED.match(layout.text, cue[1]):
        return None
    if lemma in {"decline", "refuse"} and _REFUSED.match(layout.text, cue[1]):
        return None
    first, last = layout.paragraph_of(cue[0])
    source = source_behind(layout.text, cue) or _source(tree, verb)
    clauses = [c for c in children if dep[c] == "ccomp"]
    clause = next((c for c in clauses if c > verb), clauses[0] if clauses else None)
    claims = kinds & {"say", "think", "show"}

    def made(words: list[int], rule: str, kind: str) -> Attribution | None:
        words = [w for w in words if first <= tree.at[w] < last]
        if not words:
            return None
        start, end = tree.at[words[0]], tree.end[words[-1]]
        inside = next((q for q in layout.quotations_in(start, end + 1) if start < q.outer[0] and q.inner[0] < end <= q.inner[1]), None)
        if inside is not None and inside.closed:
            end = inside.outer[1]
        content = direct_part(layout, clean(layout.text, start, end), start)
        if content[1] - content[0] < 4:
            return None
        return Attribution(content, cue, source, lemma, kind, rule, tail=content[1] <= cue[0])

    if "ask" in kinds and not (clause is not None and _says_that(tree, clause)) and not claims - {"say"} and source is not None:
        asked = [w for w in tree.subtree(verb) if tree.at[w] >= cue[1] and not tree.punct[w]]
        if asked and any(c > verb and dep[c] in {"xcomp", "ccomp", "dobj", "prep", "pobj", "obj"} for c in children):
            return made(_trimmed(tree, verb, asked), "ask", "ask")
    if lemma in _EXPRESSES and source is not None:
        noun = next((c for c in children if c > verb and dep[c] in {"dobj", "obj"} and tree.lower(c) in _NOMINAL), None)
        inner = None
        if noun is not None:
            nouns = (*tree.children(noun), *children)
            inner = next((c for c in nouns if c > noun and dep[c] in {"acl", "ccomp", "relcl", "xcomp", "prep"}), None)
        if noun is not None and inner is not None:
            return made(_clause_words(tree, inner, noun)[1 if dep[inner] == "prep" else 0 :], "nominal", "say")
    if clause is not None and claims and (clause > verb or not _fronted_list(tree, clause)):
        words = _clause_words(tree, clause, verb)
        if words and (source is not None or clause > verb):
            return made(words, "parse-clause", _kind(kinds))
    if clause is not None and kinds & {"pledge", "agree", "ask", "stress"} and clause > verb and source is not None:
        words = _clause_words(tree, clause, verb)
        if words:
            return made(
                words,
                "parse-clause",
                "ask" if "ask" in kinds and lemma in {"propose", "suggest", "recommend", "demand", "request"} else _kind(kinds),
            )
    if dep[verb] == "parataxis" and claims and "auxpass" not in deps and not tree.word(verb).endswith("ing") and tree.head(verb) != verb:
        own = set(tree.subtree(verb))
        left = [w for w in tree.subtree(tree.head(verb)) if w not in own]
        if left and source is not None:
            return made(left, "parse-tail", _kind(kinds))
    xcomp = next((c for c in children if c > verb and dep[c] == "xcomp"), None)
    passive = "auxpass" in deps or (lemma == "decline" and dep[verb] == "relcl")
    if (
        xcomp is not None
        and not passive
        and kinds & {"pledge", "agree", "think"}
        and source is not None
        and any(tree.lower(c) == "to" for c in tree.children(xcomp))
    ):
        return made(_clause_words(tree, xcomp, verb), "infinitive", "pledge" if kinds & {"pledge", "agree"} else "think")
    if lemma in {"pledge", "promise"} and source is not None and not passive and any(c > verb and dep[c] == "dobj" for c in children):
        promised = [w for w in tree.subtree(verb) if w > verb and not tree.space[w] and not tree.punct[w]]
        return made(_trimmed(tree, verb, promised), "object", "pledge")
    if lemma in _NAMING and source is not None and dep[verb] not in {"amod", "acl"}:
        named = [w for w in tree.subtree(verb) if w > verb and not tree.space[w]]
        if named and not deps.isdisjoint({"dobj", "oprd", "ccomp", "xcomp"}):
            got = made(_trimmed(tree, verb, named), "object", "stress")
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


def _says_that(tree: Tree, clause: int) -> bool:
    return any(tree.dep[c] == "mark" and tree.lower(c) == "that" for c in tree.children(clause))


def _fronted_list(tree: Tree, clause: int) -> bool:
    return tree.tag[clause][:2] not in {"VB", "MD"} and not any(tree.dep[c] in {"nsubj", "nsubjpass", "aux"} for c in tree.children(clause))


def _clause_words(tree: Tree, clause: int, verb: int) -> list[int]:
    """The clause's subtree on its own side of the cue, without "that" at its head."""
    before = clause < verb
    side = [w for w in tree.subtree(clause) if (w < verb) == before]
    if before:
        # the subject of the cue may hang in the subtree of a fronted clause
        subject = {w for c in tree.children(verb) if tree.dep[c] in {"nsubj", "nsubjpass"} for w in tree.subtree(c)}
        side = [w for w in side if w not in subject]
    while side and (tree.punct[side[0]] or (tree.dep[side[0]] == "mark" and tree.lower(side[0]) == "that")):
        if tree.word(side[0]) in '“"‘(':
            break
        side.pop(0)
    while side and (tree.space[side[-1]] or tree.dep[side[-1]] == "cc"):
        side.pop()
    return [w for w in side if not tree.space[w]]


def _trimmed(tree: Tree, verb: int, words: list[int]) -> list[int]:
    """Without a second cue that is coordinated with this one."""
    cut = [
        c
        for c in tree.children(verb)
        if c > verb and (tree.dep[c] in {"conj", "cc"} or (tree.dep[c] == "advcl" and tree.lower(c) in any_verb()))
    ]
    stop = min((min(tree.subtree(c)) for c in cut), default=None)
    kept = [w for w in words if stop is None or w < stop]
    return kept or words


_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


def _source(tree: Tree, verb: int, depth: int = 0) -> Span | None:
    """The cue's subject, through coordination ("and added"), participles ("…, adding that") and relative clauses ("who said")."""
    if depth > 3:
        return None
    dep, children, head = tree.dep, tree.children(verb), tree.head(verb)
    subject = next((c for c in children if dep[c] in _SUBJECT), None)
    if subject is not None:
        if dep[verb] == "relcl" and tree.lower(subject) in {"who", "which", "that"}:
            return _np(tree, head, without=verb)
        if dep[subject] == "nsubjpass":
            if tree.lower(subject) == "it":
                return None
            agent = next((c for c in children if dep[c] == "agent"), None)
            if agent is None and tree.lower(verb) in {"told", "informed", "reminded", "assured"}:
                return None
            if agent is not None:
                noun = next((c for c in tree.children(agent) if dep[c] == "pobj"), None)
                return _np(tree, noun) if noun is not None else None
        return _np(tree, subject)
    if dep[verb] in {"conj", "advcl", "xcomp", "dep"} and head != verb:
        return _source(tree, head, depth + 1)
    if dep[verb] == "pcomp" and tree.head(head) != verb:
        return _source(tree, tree.head(head), depth + 1)  # "opened by saying"
    if dep[verb] in {"acl", "relcl"}:
        return _np(tree, head, without=verb)
    return None


def _np(tree: Tree, head: int, without: int | None = None) -> Span | None:
    words = [w for w in tree.subtree(head) if not tree.space[w]]
    if without is not None:
        skip = set(tree.subtree(without))
        words = [w for w in words if w not in skip]
    if any(w > head and tree.dep[w] == "relcl" for w in words):
        words = [w for w in words if w <= head or not _in_relative_clause(tree, w, head)]
    return (tree.at[words[0]], tree.end[words[-1]]) if words else None


def _in_relative_clause(tree: Tree, word: int, head: int) -> bool:
    """Whether a word behind ``head`` belongs to a relative clause about it."""
    while True:
        if word > head and tree.dep[word] == "relcl" and tree.under(word, head):
            return True
        if tree.head(word) == word:
            return False
        word = tree.head(word)
