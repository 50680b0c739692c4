"""What is reported as said in an English text, by surface rules.

Quotations are hidden first, so that a cue inside one is not taken for the reporter's. Then every cue verb is tried: a clause behind it
("said
that …", "said the houses …"), a quotation or colon, a clause before it ("…, he said"), a request ("urged X to …"), a noun phrase
("praised …").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from comity.press.attribution import Attribution, clean, drop_overlapping, prefer_inner, signed_and_tagged
from comity.press.model import Span
from comity.press.readers.english.according import according_to
from comity.press.readers.english.interviews import replies
from comity.press.readers.english.lexicon import any_verb, classes, cues_in, table
from comity.press.readers.english.quoted import beside_quotations, of_the_view
from comity.press.readers.english.speech import extend_quotes
from comity.press.readers.english.subjects import ADVERBS, apposition, subject_before
from comity.press.segment import Layout, trim
from comity.press.words import last_word, words_of

_NOUNISH = frozenset(table()["phrases"]["nounish"].split())
_MOST_CUES = 25
_THAT_ONLY = frozenset(
    {
        "hold",
        "view",
        "see",
        "find",
        "read",
        "feel",
        "hear",
        "learn",
        "regard",
        "decide",
        "determine",
        "want",
        "wish",
        "ask",
        "question",
        "charge",
        "relate",
        "continue",
        "observe",
        "address",
        "regret",
        "protest",
        "profess",
        "reassure",
        "put it",
        "reckon",
    }
)
_ALSO_AFTER = frozenset({"ask", "question", "continue", "observe", "feel", "relate", "charge", "put it", "reckon", "protest"})
_PARTICIPLES = frozenset({"held", "found", "seen", "known", "shown", "written", "read", "heard", "understood", "forecast"})
_DETERMINERS = (
    "the a an this that these those his her its their our my your of to for in on with by no any some such more new joint recent two three"
    " all each every other mutual official first as"
)
_BEFORE_NOUN = frozenset(_DETERMINERS.split())
_RECIPIENT = re.compile(
    r"(?:\s(?:reporters|journalists|lawmakers|deputies|members|parliament|parliamentarians|voters|supporters"
    r"|delegates|participants|(?:the\s)?[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,4}"
    r"|him|her|them|us|me|the\s\w+(?:\s\w+)?)(?=\s(?:that|in|on|at|during|after|before|,)|[,:]))?"
    r"(?:\s(?:in|on|at|during|after|before|following|upon|to|via|through|alongside|by|while|ahead of|with)"
    r"\s[^,:;“”\"]{2,70}?(?=\s(?:that)\s|,|:|\s[“\"]))?",
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|shall|do|does|did"
    r"|isn['’]t|aren['’]t|wasn['’]t|won['’]t|wouldn['’]t|can['’]t|don['’]t|doesn['’]t|didn['’]t|hasn['’]t"
    r"|haven['’]t|need|needs|remain|remains|remained|want|wants|continue|continues|deserve|\w{3,}ed"
    r"|\w{3,}s)\b"
)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|do|does|did|[a-z]+n['’]t|[a-z]{2,}(?:s|ed)|[a-z]+ing)\b"
)
_STOP_BARE = re.compile(
    r"\s(?:in|on|at|during|after|before|following|of|by|with|from|about|into|and|or|but|as|so|because|when|while|if|here|today|yesterday|,|\.)(?=\s|$)",
    re.IGNORECASE,
)
_NEXT_CUE_LEAD = re.compile(r"(?:,\s(?:and\s|while\s|but\s)?|\sand\s|\sbut\s|;\s(?:and\s)?|\swhile\s)" + ADVERBS + "$")


# "who asked not to be named", "requested anonymity": a condition of the source, nothing that it says
WITHHELD = re.compile(
    r"\s(?:not\sto\sbe\s(?:named|identified|quoted)|to\s(?:remain|stay|speak\son\scondition\sof)\s?(?:anonym\w+|unnamed)|(?:for\s)?anonymity"
    r"|that\s(?:his|her|their|its)\s(?:name|identity)|to\sbe\s(?:quoted\s)?anonym\w+)"
)


@dataclass(slots=True)
class _View:
    """One sentence with its quotations hidden; places are those of the whole text."""

    start: int
    end: int
    masked: str  # the whole text, quotations blotted out

    def left(self, at: int) -> str:
        return self.masked[self.start : at]

    def right(self, at: int) -> str:
        return self.masked[at : self.end]


def mask(layout: Layout) -> str:
    """The text with every closed quotation's inner part replaced by ``x``, length kept; one that nobody closed may hide too much."""
    chars = list(layout.text)
    for q in layout.quotations:
        if q.closed:
            for i in range(*q.inner):
                if not chars[i].isspace():
                    chars[i] = "x"
    return "".join(chars)


def find_statements(layout: Layout) -> list[Attribution]:
    """All attributions, quotations and continued speech included; speakers are resolved elsewhere."""
    return drop_overlapping(prefer_inner(layout.text, extend_quotes(layout, find_raw(layout, mask(layout)))))


def find_raw(layout: Layout, masked: str, verbs: set[int] | None = None) -> list[Attribution]:
    """What every cue by itself opens, before quotations are cut into sentences; ``masked`` is the text with its quotations hidden.

    ``verbs`` are the places of the words that a parser takes for verbs: what another word opens is then of no use and not looked for.
    """
    found: list[Attribution] = []
    for sentence in layout.sentences:
        found.extend(_in_sentence(layout, _View(*sentence.span, masked), verbs))
    found.extend(according_to(layout, masked))
    found.extend(_announced(layout, masked))
    found.extend(beside_quotations(layout))
    found.extend(of_the_view(layout, masked))
    found.extend(signed_and_tagged(layout, found))
    return [*found, *replies(layout, found)]


def _announced(layout: Layout, masked: str) -> list[Attribution]:
    """``X said:`` at the end of a paragraph: the quotation that opens the next one is his."""
    found = []
    for before, after in pairwise(layout.paragraphs):
        quote = next((q for q in layout.quotations_in(after[0], after[0] + 2) if after[0] <= q.outer[0] <= after[0] + 1), None)
        if layout.text[before[1] - 1] != ":" or quote is None:
            continue
        start = max((s.span[0] for s in layout.sentences if before[0] <= s.span[0] < before[1]), default=before[0])
        cues = cues_in(words_of(layout.text), masked, max(start, before[1] - 120), before[1])
        if not cues:
            continue
        cue = cues[-1]
        source = subject_before(masked, start, cue[0], []) or (trim(masked, cue[1], before[1] - 1) if before[1] - 1 - cue[1] > 3 else None)
        content = clean(layout.text, *quote.inner)
        if source is not None and content[1] - content[0] > 3:
            found.append(Attribution(content, cue, source, any_verb()[masked[slice(*cue)].lower()], "say", "quote"))
    return found


def _in_sentence(layout: Layout, view: _View, verbs: set[int] | None) -> list[Attribution]:
    near = cues_in(words_of(layout.text), view.masked, view.start, view.end)
    last = max((cue[0] for cue in near if verbs is None or cue[0] in verbs), default=-1)
    if last < 0:
        return []
    cues = [cue for cue in near if _is_verb(view, *cue, view.masked[slice(*cue)])]
    if len(cues) > _MOST_CUES:
        return []  # a list or a table of words, not a sentence
    found: list[Attribution] = []
    for number, cue in enumerate(cues):
        if cue[0] > last:
            break
        got = _try(layout, view, cue, any_verb()[view.masked[slice(*cue)].lower()], cues[number + 1 : number + 9], found)
        if got is not None:
            found.append(got)
    return found


_NEAR = 60  # what stands before a verb and tells that it is none is no longer
_LISTED = re.compile(r"(?:,|\band|\bor)\s(?:\w+ly\s)?$")
_BE_BEFORE = re.compile(r"\b(?:is|was|are|were|been|be|being)\s(?:(?:\w+ly|now|still|also|then|not|already|again)\s)?$")
_IT_IS = re.compile(r"\b[Ii]t\s(?:is|was)\s(?:\w+ly\s)?$")
_THAT_BEHIND = re.compile(r"\s(?:that|as\ssaying)\b")
_SPEAKS_ON = re.compile(r"\b(?:went on|goes on|wants|wanted)\sto\s$")
_IMPERSONAL = frozenset({"announced", "reported", "noted", "stressed", "emphasized", "said"})


def _is_verb(view: _View, start: int, end: int, word: str) -> bool:
    lower = word.lower()
    if word[0].isupper() and view.left(start).strip(' “"«—–-'):
        return False
    left = view.masked[max(view.start, start - _NEAR) : start]
    if lower == any_verb()[lower] and _LISTED.search(left):
        return False  # "to expand ties and support trade": an infinitive in a list
    before = last_word(left)
    if before in _BEFORE_NOUN and (lower in _NOUNISH or before not in {"to", "that"}):
        return False
    if (
        (lower.endswith("ed") or lower in _PARTICIPLES)
        and _BE_BEFORE.search(left)
        and not (_THAT_BEHIND.match(view.masked, end, view.end) and not _IT_IS.search(left))
    ):
        return lower in _IMPERSONAL and _IT_IS.search(left) is not None
    return before not in {"to", "not"} or _SPEAKS_ON.search(left) is not None


def _kinds(lemma: str) -> frozenset[str]:
    return classes().get(lemma, frozenset())


_ASKED_ABOUT = re.compile(r"\s(?:about|whether|if|why|how|what|when|where)\b")
_THAT_OR_NOT = re.compile(r"\s(?:that\s)?(?=\S)")
_WHERE_ASKED = re.compile(r"\s(?:in|at|during|by)\s")
_THAT = re.compile(r"(?:,\s\w+,)?,?\s(?:also\s)?that\s")
_QUOTE = re.compile(r"[,:]?\s?(?:that\s)?[“\"„«]")
_COLON = re.compile(r"(?:\sonly)?:\s")
_AS = re.compile(r"As\s(?=\S)")
_TO_COMMA = re.compile(r"(?:\s(?!that\b)[\w-]+){0,4},\s")
_GOES_ON = re.compile(r",\s[a-z]")
_SET_IN = re.compile(r",\s(?!adding|noting|saying|while|and|but)[a-z]+\s")
_TO_BE = re.compile(r"\sto\s(?:be|comment|give)\b")
_TO_DO = re.compile(r"\s(?:to|on)\s(?=\w)")
_MORE = re.compile(r"\s\S")
_OBJECT = re.compile(r"\s(?:the|that|his|her|its|their|a|an|[a-z]+)\s")
_NO_OBJECT = re.compile(r"\s(?:by|in|on|at|to|for|with|as|and|or|of)\s")
_ASIDE = re.compile(r",\s(?:[\w’'.-]+\s){1,4}$")
_VOICES = frozenset({"express", "voice", "reaffirm", "reiterate", "confirm", "convey", "have"})


@cache
def _nominal() -> re.Pattern[str]:
    """ "expressed the hope that", "voiced his readiness to"."""
    nouns = "|".join(table()["phrases"]["nominal"])
    return re.compile(rf"\s(?:the\s|his\s|her\s|its\s|their\s|a\s)?(?:\w+\s)?(?:{nouns})\s(?:that|of|to|for|in|about|over|with)\s")


def _try(layout: Layout, view: _View, cue: Span, lemma: str, later: list[Span], before: list[Attribution]) -> Attribution | None:  # noqa: C901 - one rule after another, in the order in which they yield
    text, kinds = layout.text, _kinds(lemma)
    right = view.right(cue[1])
    claims = kinds & {"say", "think", "show"}
    source = subject_before(view.masked, view.start, cue[0], before)
    end = _content_end(view, cue, later)

    def made(start: int, stop: int, kind: str, rule: str, src: Span | None, *, tail: bool = False) -> Attribution | None:
        content = clean(text, start, stop)
        return Attribution(content, cue, src, lemma, kind, rule, tail=tail) if content[1] - content[0] > 3 else None

    if WITHHELD.match(right):
        return None
    if lemma == "ask" and view.masked[cue[0]].isupper():
        return None  # "Asked whether …": the question of somebody else
    if lemma == "ask" and _ASKED_ABOUT.match(right):
        kinds -= {"ask"}
    if lemma in {"call for"} or (kinds & {"ask"} and right[:1].isspace() and source):
        asked = _THAT_OR_NOT.match(right)
        if asked and not _WHERE_ASKED.match(right) and not right.strip().startswith((".", ",")):
            return made(cue[1] + asked.end(), end, "ask", "ask", source)
    recipient = _RECIPIENT.match(right)
    skip = recipient.end() if recipient else 0
    for gap in dict.fromkeys((0, skip)) if cue[1] + skip < end else (0,):
        rest = right[gap:]
        if (that := _THAT.match(rest)) and kinds and source:
            return made(cue[1] + gap + that.end(), end, _first(kinds), "that", source)
        if (quote := _QUOTE.match(rest)) and source and claims:
            return made(cue[1] + gap + quote.end() - 1, end, _first(kinds), "quote", source)
        if (colon := _COLON.match(rest)) and source and claims:
            return made(cue[1] + gap + colon.end(), view.end, _first(kinds), "colon", source)
    noted = _AS.match(view.masked, view.start, cue[0])
    if noted and claims and (comma := _TO_COMMA.match(right)):
        return made(cue[1] + comma.end(), view.end, _first(kinds), "as-noted", (noted.end(), cue[0] - 1))
    aside = _ASIDE.search(view.left(cue[0])) if right[:1] == "," else None
    if view.masked[cue[1] - 3 : cue[1]] != "ing" and (
        (claims and aside and _GOES_ON.match(right) and source is None) or (claims and aside and _SET_IN.match(right) and source)
    ):
        return made(view.start, view.end, _first(kinds), "tail", source or (view.start + aside.start() + 2, cue[0] - 1), tail=True)
    tail = _tail(layout, view, cue, right, claims) if lemma not in _THAT_ONLY - _ALSO_AFTER else None
    if tail is not None:
        return Attribution(tail[0], cue, tail[1], lemma, _first(kinds), "tail", tail=True)
    if source is None:
        return None
    if lemma in _VOICES and (nominal := _nominal().match(right)):
        return made(cue[1] + nominal.end(), end, "say", "nominal", source)
    if kinds & {"pledge", "agree"} and not (lemma == "decline" and _TO_BE.match(right)) and (infinitive := _TO_DO.match(right)):
        return made(cue[1] + 1 + (0 if right.startswith(" to") else 3), end, "pledge", "infinitive", source) if infinitive else None
    if claims and lemma not in _THAT_ONLY and not _STOP_BARE.match(right) and _MORE.match(right) and _FINITE.search(right[: end - cue[1]]):
        return made(cue[1], end, _first(kinds), "clause", source)
    if kinds & {"stress"} and _OBJECT.match(right) and not _NO_OBJECT.match(right):
        return made(cue[1], end, "stress", "object", source)
    if kinds & {"stress"} and right[1:2] in _MARKS and right[:1] == " ":
        return made(cue[1] + 1, end, "stress", "object", source)
    return None


_MARKS = frozenset('“«„"')


def _first(kinds: frozenset[str]) -> str:
    return next((k for k in ("say", "show", "think", "ask", "pledge", "agree", "stress") if k in kinds), "say")


_CONTRAST = re.compile(r",?\s(?:while|whereas)\s(?=[^;:]{3,110}$)")
_NEW_SUBJECT = re.compile(r"(?:,\s(?:and|while|but|whereas)\s|;\s|\swhile\s)(?:(?:[\w.’'-]+)\s){1,6}$")
_NEW_APPOSED = re.compile(r";\s[A-Z][\w’'-]+(?:\s[\w’'-]+){0,3},\s[^,;:]{3,80},\s$")


def _content_end(view: _View, cue: Span, later: list[Span]) -> int:
    """Where the content of a cue ends: at the next cue that the same or another speaker governs, else with the sentence."""
    for start, _ in later:
        gap = view.masked[cue[1] : start]
        if len(gap) < 12:
            continue
        if apposed := _NEW_APPOSED.search(gap):
            return cue[1] + apposed.start()
        if lead := _NEXT_CUE_LEAD.search(gap):
            return cue[1] + lead.start()
        contrast = _CONTRAST.search(gap)
        if contrast and _is_new_subject(gap[contrast.end() :]):
            return cue[1] + contrast.start()
        subject = _NEW_SUBJECT.search(gap)
        named = subject and re.search(r"\b(?:he|she|they|[A-Z]\w+|sides?)\b", subject.group())
        if subject and named and not _FINITE.search(subject.group().partition(" ")[2]):
            return cue[1] + subject.start()
    return view.end


def _is_new_subject(words: str) -> bool:
    """Whether words before a cue name somebody and hold no verb of their own."""
    return re.search(r"[A-Z]\w+|\b(?:he|she|they)\b", words) is not None and not _FINITE.search(re.sub(r"[A-Z]\w+", "", words))


_LEADS_IN = re.compile(r"(?:[A-Z][a-z]+ing|In|On|At|During|After|Following|For|Before|Upon|By)\s")
_STATES = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|do|does|did|[a-z]+(?:ed|es))\b|n['’]t\b|[“”\"«»]"
)


def _tail(layout: Layout, view: _View, cue: Span, right: str, claims: frozenset[str]) -> tuple[Span, Span | None] | None:
    """``CONTENT, S said`` and ``CONTENT, said S``: the content stands before, set off by a comma or a quotation mark."""
    if not claims or view.masked[cue[1] - 3 : cue[1]] == "ing":
        return None
    left = view.left(cue[0])
    marks = [m.start() for m in re.finditer(r"[,?!][”\"’»]?\s|[”\"»],?\s(?:[-–—]\s)?", left)]
    comma = max(marks, default=-1)
    if comma <= 0 or (_LEADS_IN.match(left) and not _STATES.search(left, 0, comma)):
        return None  # "Opening the session, the Marshal said …"
    if left.rstrip().endswith(","):
        at = apposition(left, len(left.rstrip()) - 1)
        if at is not None:
            before = [m for m in marks if m < at - 1]
            subject = subject_before(view.masked, view.start, cue[0], [])
            if subject is None or not before or subject[0] - view.start <= before[-1]:
                return None
            return _left_content(layout, view, view.start + before[-1]), subject
    between = left[comma:].lstrip(',?!”"’» -–—')
    if len(between.split()) > 9 and not re.search(r",\s", between):
        return None
    closes = re.match(
        (
            rf"\s?(?:[.,;:]|$|[“\"]|(?:in|on|at|during|after|before|to|as|when|while|of|following|later|earlier"
            rf"|today|yesterday|\w+day|reporters|journalists|{ADVERBS}adding)\b)"
        ),
        right,
    )
    inverted = (
        not between.strip()
        and re.match(r"\s(?:the\s|a\s|an\s)?[\w’'.-]+", right)
        and not re.match(r"\s(?:his|her|its|their|our|that|to|for|from|by|with)\s", right)
        and (re.search(r"[“”\"»«]", left[comma - 2 :]) or _PREDICATE.search(left[:comma]))
    )
    if inverted:
        name = re.match(r"\s([^,;:“”\".]{2,120}(?:\.(?=\s[A-Z][a-z]+)[^,;:“”\".]{2,60})?)(?:,\s[^“”\".]{3,110}?(?=[.,]|$))?", right)
        source = (cue[1] + 1, cue[1] + name.end()) if name else None
        return _left_content(layout, view, view.start + comma), source
    if closes is None or not re.search(r"\w", between):
        return None
    if not re.search(r"[“”\"»«']", left[: comma + 2]) and not _PREDICATE.search(left[:comma]):
        return None
    source = subject_before(view.masked, view.start, cue[0], [])
    if source is None:
        return None
    # an apposition between the commas belongs to the source: "…, X, speaker of Y, said"
    earlier = [m.start() for m in re.finditer(r"[,?!][”\"’»]?\s|[”\"»]\s", left) if m.start() < source[0] - view.start]
    return (_left_content(layout, view, view.start + earlier[-1]), source) if earlier else None


def _left_content(layout: Layout, view: _View, comma: int) -> Span:
    return clean(layout.text, view.start, comma + 1)
