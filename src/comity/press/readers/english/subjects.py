"""The subject of an English cue: the noun phrase left of it, through appositions and across a conjunction."""

from __future__ import annotations

import re

from comity.press.attribution import Attribution
from comity.press.model import Span

ADVERBS = (
    r"(?:(?<![\w-])(?:also|then|later|earlier|further|furthermore|again|once again|additionally|already|even|just"
    r"|recently|repeatedly|previously|[a-z]\w+ly)\s)*"
)
AUX = r"(?:(?<![\w-])(?:has|have|had|is|was|are|were|been|being|did|does|do|will|would|be)\s(?:also\s|since\s|not\s|long\s|\w+ly\s)?)*"
_NP_STOP = re.compile(
    (
        r"(?:^|[,;:“”\"«»()]\s?|\s[-–—]\s|\b(?:but|while|whereas|because|although|though|when|which|who|that"
        r"|if|as|since|where|after|before|then|however|and\sthat|so)\s)"
    ),
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:(?:[Ii]n|[Oo]n|[Aa]t|[Dd]uring|[Aa]fter|[Ff]ollowing|[Ee]arlier|[Ll]ater|[Tt]oday|[Yy]esterday"
    r"|[Mm]eanwhile|[Tt]oo|[Aa]nd|[Bb]ut|[Ss]till|[Yy]et)\s)"
)


_NEAR = 90  # auxiliaries and adverbs before a verb are no longer
_HELPERS = re.compile(rf"(?:{AUX}{ADVERBS}{AUX})$")
# the words that AUX and ADVERBS may end with: looked for before the pattern is
_ENDINGS = (
    "also then later earlier further furthermore again additionally already even just recently repeatedly previously ly"
    " has have had is was are were been being did does do will would be since not long"
)
_LAST_HELPERS = tuple(_ENDINGS.split())


def subject_before(masked: str, start: int, cue: int, before: list[Attribution]) -> Span | None:
    """The noun phrase that is the cue's subject, left of it; for a second cue ("and added") that of the first."""
    left = masked[start:cue]
    near = max(0, len(left) - _NEAR)
    helped = left[-1:].isspace() and left[:-1].endswith(_LAST_HELPERS)
    core = left[:near] + _HELPERS.sub("", left[near:]) if helped else left
    if before and (re.search(r"(?:,|\band|\bbut|;)\s*(?:then\s|also\s)?$", core) or re.search(r",\s$", left)):
        lead = re.search(r"(?:,\s*(?:and|but)?|\band|\bbut|;)\s*(?:then\s|also\s)?$", core)
        if lead and not apposition(core, lead.start()):
            return before[-1].source
    if (shared := _shared_subject(masked, start, cue)) is not None:
        return shared
    trimmed = core.rstrip()
    if not trimmed:
        return None
    end = start + len(trimmed)
    if trimmed.endswith(","):
        at = apposition(core, len(trimmed) - 1)
        if at is None:
            return None
        if (age := _AGE.search(core, 0, at)) is not None:
            at = age.start()
        np = _noun_phrase(masked, start, start + at)
        return (np[0], end - 1) if np else None
    return _noun_phrase(masked, start, end)


def apposition(core: str, comma: int) -> int | None:
    """For "X, speaker of Y," the place of the comma behind X."""
    first = core.rfind(", ", 0, comma)
    while first > 0:
        inner = core[first + 2 : comma].strip()
        if (
            inner
            and len(inner) < 160
            and not re.search(r"\b(?:is|are|was|were|has|have|had|will|would|said)\b", re.sub(r"^who\s(?:is|was|has)\b", "", inner))
        ):
            head = core[:first].rstrip()
            if (
                re.search(r"[A-Z][\w’'.-]*$|\)$", head)
                or re.match(r"(?:who|a|an|the)\s", inner)
                or (_OFFICE_FIRST.search(head) and _NAMED.match(inner))
            ):
                return first
        first = core.rfind(", ", 0, first)
    return None


# "Her counterpart, Speaker Jane Dow, …": the apposition is the name itself
_OFFICE_FIRST = re.compile(
    r"(?:^|[,;:.]\s|\b(?:and|but|while)\s)(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]he|[A-Z][\w-]+['’]s)\s(?:[\w’'-]+\s){0,5}[a-z][\w-]+$"
)
_NAMED = re.compile(r"(?:[A-Z][\w’'.-]+\s){1,5}[A-Z][\w’'.-]+$")
_VERB_PHRASE = re.compile(
    r"\s(?:also\s|jointly\s|then\s)?(?!(?:held|said)\sby)(?:(?:has|have|had)\s(?:also\s)?)?(?:[a-z]{2,}ed|held|met|took|made|gave|had|began|spoke|sent|saw|paid|led|left|came)\s"
)


def _shared_subject(masked: str, start: int, cue: int) -> Span | None:
    """ "The sides signed a memorandum after the meeting and agreed …": the subject stands before the first of the two verbs."""
    piece = masked[start:cue]
    if not piece.endswith(("and ", "also ", "then ", "jointly ", "further ")) or not re.search(
        r",?\sand\s(?:also\s|then\s|jointly\s|further\s)?$", piece
    ):
        return None
    clause = max((m.end() for m in re.finditer(r"[;:]\s", piece)), default=0)
    lead = re.match(r"(?:[A-Z][a-z]+(?:ing|\s)[^,]{2,70},\s)?(?=\w)", piece[clause:])
    at = clause + (lead.end() if lead and re.match(r"(?:In|On|At|During|After|Following|Earlier|[A-Z]\w+ing)\b", piece[clause:]) else 0)
    verb = _VERB_PHRASE.search(piece, at)
    subject = piece[at : verb.start()] if verb else ""
    if not subject or len(subject.split()) > 12 or re.search(r"[,;:“”\"]|\b(?:that|which|who|when|if|where)\b", subject):
        return None
    return (start + at, start + at + len(subject)) if re.match(r"[A-Z]|the\s|they\s|both\s", subject) else None


_AGE = re.compile(r",\s\d{2}$")  # "Oskanen, 61, who was a minister, …"
_NO_WORD = re.compile(r"\W*")
_BRACKET = re.compile(r"\([^()]{1,40}\)")


def _noun_phrase(masked: str, start: int, end: int) -> Span | None:
    piece = masked[start:end]
    if "(" in piece:
        piece = _BRACKET.sub(lambda m: "_" * len(m.group()), piece)
    stops = [m.end() for m in _NP_STOP.finditer(piece) if m.end() < len(piece)]
    at = start + (stops[-1] if stops else 0)
    at = _NO_WORD.match(masked, at, end).end()  # type: ignore[union-attr]  # it matches anywhere
    if (behind := re.match(r"(?:where|whereas|and|while)\s", masked[at:end])) is not None:
        at += behind.end()
    phrase = masked[at:end]
    while lead := _LEAD_IN.match(phrase):
        # "In Beijing Volodin said": the subject is the last capitalised run
        tail = re.search(
            (
                r"((?:[Tt]he\s|[Aa]\s|[Hh]is\s|[Hh]er\s)?[A-Z][\w’'.-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'.-]*)*"
                r"|\b(?:he|she|they|it)|the\s[\w\s]{3,40})$"
            ),
            phrase[lead.end() :],
        )
        if tail is None:
            return None
        at += lead.end() + tail.start()
        phrase = masked[at:end]
        if lead.group().lower().strip() in {"in", "on", "at", "during", "after", "following"}:
            break
    words = phrase.split()
    if not words or len(words) > 22 or not re.match(r"\w", phrase):
        return None
    if re.fullmatch(r"(?:there|what|also|not|to|is|was|and|or)", phrase.strip().lower()):
        return None
    return at, end
