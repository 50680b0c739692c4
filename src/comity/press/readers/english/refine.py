"""What an English attribution takes in too much or too little, told by the words at its edges, whoever found it: parser or surface rules.

A second "that" opens a second statement, a dateline belongs to nobody, "the readiness of the side to host" is not "the side".
"""

from __future__ import annotations

import re
from dataclasses import replace

from comity.press.attribution import Attribution, clean, cues_within
from comity.press.model import Span
from comity.press.nearby import Nearby
from comity.press.readers.english.lexicon import cues_in
from comity.press.segment import Layout
from comity.press.words import words_of

_INDIRECT = frozenset({"that", "parse-clause", "clause", "object", "ask", "infinitive", "nominal"})
_DECIDES = frozenset({"agree", "decide", "resolve"})


def refine(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """The same attributions with better edges; some become two, those that report an act and no words are left out."""
    out: list[Attribution] = []
    for a in _before_next_verb(layout, found):
        if _no_words(layout.text, a):
            continue
        a = _behind_dateline(layout, _whole_source(layout.text, a))
        if a.rule not in _INDIRECT or a.tail or a.cue[0] > a.content[0]:
            out.append(a)
            continue
        if a.rule == "infinitive" and a.lemma in _DECIDES and (a.lemma != "agree" or _several(layout.text, a.source)):
            a = replace(a, kind="agree")  # a decision that is reported, not words
        if a.lemma == "ask" and _ASKS_WHETHER.match(layout.text, *a.content):
            a = replace(a, kind="say")
        if layout.text.startswith("only that ", a.content[0]):
            a = replace(a, content=(a.content[0] + 10, a.content[1]))
        if layout.text.startswith("that ", a.content[0]) and a.lemma not in {"ask", "call for"}:
            a = replace(a, content=(a.content[0] + 5, a.content[1]))
        out.extend(_by_second_that(layout, _until_other(layout.text, _until_other_speaker(layout, _whole_clause(layout, a)))))
    return out


_WILL_BEFORE = ("will ", "shall ")
_WRITES_TO = re.compile(r"to\s(?:the|a|an|his|her|its|their|all|[A-Z])[\w’'-]*\s")
_SILENT = re.compile(r"to\s(?:say|comment|give|answer|be\s|discuss|elaborate|respond|name|confirm)\b")
_AS_MEMBER = re.compile(r"[^,;]{3,90}\s(?:as\s(?:an?|its|the|full)|to\s(?:the|its|full))\s")


_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|be)\s(?:also\s|further\s|then\s|\w+ly\s)?$")


def _no_words(text: str, a: Attribution) -> bool:
    """ "wrote to the board", "admitted the Senate as a member", "will propose": an act, or words that are still to come."""
    if (
        a.rule in {"ask", "infinitive", "that", "parse-clause"}
        and text[a.content[0] - 1] != '"'
        and _PASSIVE.search(text, a.cue[0] - 30, a.cue[0])
    ):
        return a.rule == "ask" or (a.lemma in _DECIDES | {"propose", "suggest", "recommend"})
    if a.rule == "infinitive" and a.lemma in {"decline", "refuse"}:
        return _SILENT.match(text, a.content[0]) is not None
    if a.rule not in {"clause", "parse-clause", "object", "ask"} or a.tail:
        return False
    if a.lemma == "write":
        return _WRITES_TO.match(text, a.content[0]) is not None
    if a.lemma == "admit" and a.rule == "object":
        return _AS_MEMBER.match(text, *a.content) is not None
    if a.rule == "object" and a.lemma in {"touch upon", "touch on", "discuss", "take note of"}:
        return True  # a subject of talk
    return a.rule in {"object", "ask"} and text[a.cue[0] - 6 : a.cue[0]].endswith(_WILL_BEFORE)


_ASKS_WHETHER = re.compile(r"(?:(?!\sto\s)[^,;:]){2,60}?\s(?:whether|if|about|why|how|when|what)\s")  # a question, not a request
_SEVERAL = re.compile(
    r"\b(?:[Aa]ssembly|[Cc]ommittee|[Cc]ommission|[Cc]ouncil|[Ss]ession|[Bb]ureau|[Cc]onference|[Ff]orum|[Gg]roup|[Dd]elegations|[Hh]eads|[Mm]embers|[Ss]ides"
    r"|[Pp]arties|[Ss]peakers|[Cc]hairs|[Tt]hey|[Bb]oth)\b"
)


def _several(text: str, source: Span | None) -> bool:
    return source is not None and _SEVERAL.search(text, *source) is not None


_QUOTED = re.compile(r"\b(?:quoted|quotes|cited|cites)\s(?P<who>[^,;“”\"]{2,60}?)\sas\ssaying\s(?:that\s)?$")
_WHOM = re.compile(r"(?P<who>[^,;“”\"]{2,60}?)\sas\ssaying\s(?:that\s)?")
_PAPER = re.compile(
    r"(?P<who>\b(?:[Aa]n?|[Tt]he|[Tt]heir|[Ii]ts)\s(?:\w+\s){0,2}(?:statement|communiqué|declaration|document|report|readout|letter))"
    r"\s(?:issued|released|adopted|signed|published|sent)\s(?:after|at|by|following|before|during|to|on)\s(?:[\w’'-]+\s){0,4}$"
)


_HYPHENED = re.compile(r"(?:-\w+)+")


def _whole_source(text: str, a: Attribution) -> Attribution:
    """A tokeniser takes "co-chairs" apart: the source ends with the word."""
    if a.lemma in {"quote", "cite"} and (whom := _WHOM.match(text, *a.content)) is not None:
        return replace(a, source=whom.span("who"), content=(whom.end(), a.content[1]), rule="that", kind="say")
    if text[max(0, a.content[0] - 16) : a.content[0]].endswith((" as saying ", " as saying that ")):
        quoted = _QUOTED.search(text, max(0, a.content[0] - 110), a.content[0])
        if quoted is not None:  # "the paper quoted Dow as saying"
            return replace(a, source=quoted.span("who"))
    if a.source is not None and a.source[1] + 1 == a.cue[0]:
        paper = _PAPER.search(text, max(0, a.source[0] - 90), a.source[0])
        if paper is not None:  # "a statement issued after the talks said"
            return replace(a, source=paper.span("who"))
    if a.source is None or text[a.source[1] : a.source[1] + 1] != "-" or not text[a.source[1] - 1].isalpha():
        return a
    behind = _HYPHENED.match(text, a.source[1])
    return replace(a, source=(a.source[0], behind.end())) if behind is not None and behind.end() <= a.cue[0] else a


# "RAVIK, Kelmor, Oct 14 (Agency) — ", "TARN – "
_DATELINE = re.compile(r"[A-Z]{2}[A-Z’'-]*(?:[ ,][^—–\n“”\"]{0,70}?)?\s(?:[—–]|--?)\s")
_SUBJECT = re.compile(
    r"[^,;:“”\"]{2,100}?(?=,\s|\s(?:has|have|had|is|was|were|said|told|arrived|met|opened|held|[a-z]{3,}ed)\s)(?:,\s(?:[A-Z][\w’'-]+\s?){1,4}(?=,))?"
)


def _behind_dateline(layout: Layout, a: Attribution) -> Attribution:
    """A source or a content that the place and day at the head of a paragraph precede begins behind them."""
    content, source = a.content, a.source
    first = content[0] if source is None else min(content[0], source[0])
    if not layout.text[first : first + 2].isupper():
        return a
    head = _DATELINE.match(layout.text, first)
    if head is None or first != layout.paragraph_of(first)[0]:
        return a
    if content[0] < head.end() < content[1]:
        content = clean(layout.text, head.end(), content[1])
    if source is not None and source[0] < head.end():
        source = (head.end(), source[1])
        if source[1] <= source[0] + 2:
            subject = _SUBJECT.match(layout.text, head.end(), a.cue[0])
            source = subject.span() if subject is not None else None
    return replace(a, content=content, source=source)


_OF_WHOM = re.compile(
    r"\s(?:also\s)?(?P<noun>(?:(?:the|its|his|her|their)\s)(?:\w+\s)?(?:readiness|willingness|intention|determination|desire|commitment|wish)\sof\s)[^,;.]{3,60}\sto\s"
)
_GOES_ON = re.compile(r"\s(?:would|will|should|could|can|must|may|might)\s(?!not\s)")
_MODAL = re.compile(r"(?:would|will|should|could|can|must|may|might)\s")
_NOUN_PHRASE = re.compile(r"\s[^,;:“”\"]{2,80}\s")
_END = re.compile(r",\s(?:and|but|while|adding|saying|noting|which)\s|;\s|\s[—–]\s|\s[“\"]|$")


def _whole_clause(layout: Layout, a: Attribution) -> Attribution:
    """What a parser cut short: "promised | a note | would go up", "reaffirmed the readiness of | the side | to host"."""
    text = layout.text
    noun = _OF_WHOM.match(text, a.cue[1]) if a.rule in {"nominal", "object"} else None
    if noun is not None and noun.start("noun") <= a.content[0] < noun.end():
        end = max(a.content[1], _ends(layout, noun.end()))
        return replace(a, content=clean(text, noun.start("noun"), end), rule="nominal", kind="say")
    if _MODAL.match(text, a.content[0]) and a.rule == "parse-clause" and a.lemma not in {"tell", "assure", "remind", "inform", "warn"}:
        gap = _NOUN_PHRASE.fullmatch(text, a.cue[1], a.content[0])
        return a if gap is None else replace(a, content=(a.cue[1] + 1, a.content[1]))  # "promised | a copy | would be sent"
    if a.lemma in {"promise", "pledge", "guarantee", "say", "vow"} and _GOES_ON.match(text, a.content[1]):
        return replace(a, content=clean(text, a.content[0], _ends(layout, a.content[1])))
    return a


def _ends(layout: Layout, at: int) -> int:
    """Where the clause around ``at`` ends, at the latest with its sentence."""
    sentence = next((s for s in layout.sentences_within(at, at + 1)), None)
    stop = sentence.span[1] if sentence is not None else layout.paragraph_of(at)[1]
    match = _END.search(layout.text, at, stop)
    return match.start() if match is not None else stop


_OTHER = re.compile(r",\sand\s(?=(?:a|an|the|another)\s(?:[\w-]+\s){1,6}?(?:is|are|was|were|has|have|will)\s)")


def _until_other(text: str, a: Attribution) -> Attribution:
    """ "asked it to send engineers, and a return trip is planned": what has a subject of its own is not asked for."""
    if a.rule not in {"ask", "infinitive"}:
        return a
    other = _OTHER.search(text, *a.content)
    return a if other is None else replace(a, content=clean(text, a.content[0], other.start()))


_AND = re.compile(r"\sand\s(?:also\s|then\s)?$")
_NOW = re.compile(r"\b(?:will|is|are|has|have|can|must|shall)\b")
_THEN = re.compile(r"\b(?:would|was|were|had|could)\b")


def _before_next_verb(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """ "underlined that A will send data and expressed thanks": behind a present tense, a past one is the speaker's next."""
    text = layout.text
    long = [
        a
        for a in found
        if a.rule in {"parse-clause", "that", "clause"} and " and " in text[slice(*a.content)] and text[a.cue[1] - 2 : a.cue[1]] == "ed"
    ]
    cut: dict[Span, Attribution] = {}
    next_to: dict[Span, Span | None] = {}
    cues = Nearby((b.cue, b) for b in (found if long else ()) if not b.tail)
    for a in long:
        for b in cues_within(a, cues):
            if b.kind not in {"say", "ask", "pledge", "stress"}:
                continue
            lead = _AND.search(text, a.content[0], b.cue[0]) if text[slice(*b.cue)].partition(" ")[0].endswith("ed") else None
            if lead is None or layout.quotations_in(lead.start(), lead.end()):
                continue
            head = text[a.content[0] : lead.start()]
            if _NOW.search(head) and not _THEN.search(head):
                cut[a.content] = replace(a, content=clean(text, a.content[0], lead.start()))
                next_to[b.cue] = a.source
                break
    if not cut:
        return found
    return [replace(a, source=next_to[a.cue]) if a.cue in next_to else cut.get(a.content, a) for a in found]


_OTHER_SPEAKS = re.compile(r";\s(?=(?P<who>(?:[A-Z][\w’'-]+\s){0,3}[A-Z][\w’'-]+(?:,\s[^,;]{3,60},)?|he|she)\s)")


def _until_other_speaker(layout: Layout, a: Attribution) -> Attribution:
    """ "said A; Dow, a lawyer, spoke of B": what is behind the semicolon somebody else says."""
    for match in _OTHER_SPEAKS.finditer(layout.text, *a.content) if layout.text.find(";", *a.content) >= 0 else ():
        at = match.end("who") + 1
        cues = cues_in(words_of(layout.text), layout.text, at, at + 30)
        if cues and cues[0][0] == at and not layout.quotations_in(match.start(), match.end()):
            return replace(a, content=clean(layout.text, a.content[0], match.start()))
    return a


_THAT_AGAIN = re.compile(
    r",?\sand\s(?:also\s)?that\s(?!(?:is|was|will|would|has|had|can|could|should|may|might|means|meant|does|did|alone)\b)"
)


def _by_second_that(layout: Layout, a: Attribution) -> list[Attribution]:
    """ "told us that A and that B" are two statements."""
    text = layout.text
    if a.rule == "ask" or " that " not in text[a.cue[1] - 1 : a.content[0] + 5] or text.find(" and that ", *a.content) < 0:
        return [a]
    parts: list[Attribution] = []
    at, end = a.content
    for match in _THAT_AGAIN.finditer(text, at, end):
        if (
            len(text[at : match.start()].split()) < 4
            or len(text[match.end() : end].split()) < 4
            or layout.quotations_in(match.start(), match.end())
        ):
            continue
        parts.append(replace(a, content=clean(text, at, match.start()), continued=a.continued or bool(parts)))
        at = match.end()
    parts.append(replace(a, content=clean(text, at, end), continued=a.continued or bool(parts)))
    return parts
