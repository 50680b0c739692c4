"""What English tells of plans and proposals without a modal verb of the speaker's own, often without saying whose words they are.

"Governments were urged to …", "it was proposed that …", "the session opens on Thursday", "a trip is pencilled in for May".
"""

from __future__ import annotations

import re
from datetime import date

from comity.press.attribution import Attribution, clean
from comity.press.clauses import Clause
from comity.press.dates import find_dates
from comity.press.model import Span

_PROPOSED = re.compile(
    r"\b(?:(?:is|are|was|were|been)\s(?:also\s|further\s|then\s|\w+ly\s)?(?:asked|urged|requested|encouraged|instructed|tasked|called\s(?:up)?on"
    r"|advised|recommended|proposed|suggested)\s(?P<to>(?:to|that)\s)|(?:will|shall)\s(?:also\s)?(?:propose|suggest|recommend|demand|seek)\s)"
    r"(?!comment|say|leave|answer|explain|respond|be\s(?:named|quoted|identified))"
)
_PROPOSED_WORDS = (
    "asked",
    "urged",
    "requested",
    "encouraged",
    "instructed",
    "tasked",
    "called",
    "advised",
    "recommend",
    "propose",
    "suggest",
)
_COMING = re.compile(
    r"\b(?:(?:opens|begins|starts|convenes|resumes|closes|gets\sunder\sway|takes\splace|meets|sits)\s(?!with\b)(?!\w+\s(?:year|month)\b)"
    r"|(?:is|are)\s(?:also\s)?to\s(?!blame|say|be\s(?:seen|found|expected|hoped))[a-z]+\b"
    r"|(?P<fixed>(?:is|are|was|were)\s(?:provisionally\s|tentatively\s|now\s)?(?:pencill?ed\sin|earmarked|fixed|booked)\s(?:for|on)\s"
    r"|(?:is|are)\s(?:next\s|now\s|also\s)?(?:due|expected|planned|scheduled)\s(?:in|on|at|back)\s))"
)
_COMING_WORDS = (
    *(
        "opens",
        "begins",
        "starts",
        "convenes",
        "resumes",
        "closes",
        "meets",
        "sits",
        "under way",
        "takes place",
        "is to ",
        "are to ",
        "also to ",
    ),
    *("pencil", "earmarked", "fixed", "booked", "due", "expected", "planned", "scheduled"),
)
_DAY = re.compile(r"\b(?:tomorrow|next\s(?:week|month|year|spring|summer|autumn|\w+day))\b|\bon\s(?:[A-Z]\w+day)\b")
_EVERY = re.compile(r"\b(?:every|each|once\sa|twice\sa|usually|normally|always)\b")


def unclaimed(text: str, span: Span, reference: date | None, covered: list[Span]) -> list[Clause]:
    """The proposals in the passive and the coming events of one sentence; nothing in what is ``covered``."""
    sentence = text[slice(*span)]
    if any(word in sentence for word in _PROPOSED_WORDS) or " demand " in sentence or " seek " in sentence:
        match = _PROPOSED.search(text, *span)
        if match is not None and not _inside(match.start(), covered):
            start = match.start("to") if match["to"] == "to " else match.end()
            return [Clause(clean(text, start, _end(text, match.end(), span[1])), "proposal", (), 0.6)]
    if any(word in sentence for word in _COMING_WORDS):
        match = _COMING.search(text, *span)
        if (
            match is not None
            and not _inside(match.start(), covered)
            and not _EVERY.search(sentence)
            and (match["fixed"] or _ahead(text, (match.start(), span[1]), reference))
        ):
            start = clause_start(text, span[0], match.start())
            return [Clause(clean(text, start, _end(text, match.end(), span[1])), "plan", (), 0.58)]
    return []


def _inside(at: int, covered: list[Span]) -> bool:
    return any(s <= at < e for s, e in covered)


def _ahead(text: str, span: Span, reference: date | None) -> bool:
    """Whether a day, month or season after the text's own day is named."""
    if _DAY.search(text, *span):
        return True
    day = reference.isoformat() if reference is not None else "9999"
    return any(w.due or (w.date and w.date > day[: len(w.date)]) for w in find_dates(text, "en", reference, *span))


_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while)\s|\s(?:and|while)\s(?=(?:a|an|the)\s)|\sunder\swhich\s")
_LEAD = re.compile(r"Under\s(?:the|its|this|their)\s[^,]{3,60},\s")


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause of the verb at ``at`` begins: behind a mark or conjunction, and "Under the deal,"."""
    if (lead := _LEAD.match(text, start, at)) is not None:
        start = lead.end()
    return max((m.end() for m in _CLAUSE.finditer(text, start, at) if len(text[m.end() : at].split()) >= 1), default=start)


_STOP = re.compile(r";\s|,\s(?:which|who|while|but|although|adding|saying|according)\b|\s[-–—]\s")


def _end(text: str, at: int, end: int) -> int:
    stop = _STOP.search(text, at, end)
    return stop.start() if stop is not None else end


_SUBJUNCTIVE = re.compile(r"(?<!\bto)(?<!will)(?<!would)(?<!should)(?<!can)(?<!could)(?<!must)(?<!may)\sbe\s")
_TELLS = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|did|could|may|might|can)\b")
_WANTED = re.compile(r"(?!to\b)[^,;]{2,60}\sto\s[a-z]")


def only_tells(text: str, a: Attribution) -> bool:
    """Whether "suggested that trade had suffered" puts a view forward and asks for nothing."""
    content = text[slice(*a.content)]
    return a.lemma == "suggest" and _TELLS.search(content) is not None and not _SUBJUNCTIVE.search(content) and " should " not in content


def asks_in_clause(text: str, a: Attribution) -> bool:
    """ "suggested that both houses monitor it", "insisted that it be changed", "wants it to meet": a clause that asks."""
    content = text[slice(*a.content)]
    if a.lemma in {"propose", "recommend"}:
        return a.rule in {"that", "parse-clause", "clause"}
    if a.lemma in {"suggest", "insist", "demand"} and a.rule in {"that", "parse-clause", "clause"}:
        bare = a.lemma == "suggest" and not _TELLS.search(content) and not re.match(r"(?:[\w’'-]+\s){1,4}?[a-z]+ed\b", content)
        return bare or _SUBJUNCTIVE.search(content) is not None
    return a.lemma == "want" and _WANTED.match(content) is not None
