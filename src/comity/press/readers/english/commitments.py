"""Pledges, joint undertakings, proposals and plans in an English text.

The nature follows from who is bound: "we will" binds the speaker (pledge), "both sides agreed to" binds both (joint), "should" and
"called for" ask
(proposal), "will be held" announces (plan). A prediction about somebody else binds nobody and is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from functools import lru_cache

from comity.press.attribution import Attribution, clean
from comity.press.clauses import Clause, settled
from comity.press.dates import find_dates
from comity.press.model import Commitment, Span
from comity.press.nearby import Nearby
from comity.press.readers.base import Speaker
from comity.press.readers.english.coordination import split_coordinated
from comity.press.readers.english.impersonal import asks_in_clause, clause_start, only_tells, unclaimed
from comity.press.segment import Layout
from comity.press.words import words_of

_SIDES = (
    r"(?:(?:the\s|that\s)?(?:two|both)\s(?:sides|parties|countries|parliaments|houses|legislatures|nations"
    r"|delegations|committees|chambers|leaders|governments|speakers|peoples|states)|(?:the\s)?(?:parties"
    r"|sides|co-chairs|delegations|participants|interlocutors|members|parliamentarians|lawmakers"
    r"|legislatures|legislative bodies|parliaments)(?:\s(?:of|from)\s[\w\s’'-]{3,50}?)?|[A-Z]\w+ and "
    r"[A-Z]\w+)"
)
_OWN = (
    r"(?:we|I|it|they|he|she|our\s(?:\w+\s){1,4}?|(?:the\s)?(?:[A-Z][\w’'-]+\s){1,6}?(?:side\s)?|(?:the\s)?\w+\sside\s|[Mm]y\s\w+\s"
    r"|(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur)\s(?:own\s)?(?:country|government|parliament|house|chamber|committee|delegation|office|side"
    r"|assembly|party|ministry|group|colleagues)\s)"
)
_READY = (
    r"(?:is|are|am|was|were|stands?|remains?|['’]re|['’]m)\s(?:also\s|always\s|fully\s|now\s)?(?:ready"
    r"|willing|prepared|committed|determined|keen|resolved)\s(?:to|for)\s(?!the\s\w+(?:\.|$))"
)
_READY_ONLY = (
    r"(?:is|are|am|was|were|stands?|remains?|['’]re|['’]m)\s(?:also\s|always\s|fully\s|now\s)?(?:ready"
    r"|willing|prepared|committed|determined|keen|resolved)\s(?:to|for)"
)
_ASKING = re.compile(
    (
        rf"\b(?:should|must|need(?:s)?\sto|ought\sto|have\sto|has\sto)\b(?!\shave\sbeen)|\b(?:it\s(?:is|was)"
        rf"|it['’]s)\s(?:\w+\s)?(?:necessary|important|essential|vital|time|crucial|advisable"
        rf"|imperative)\s(?:to|that|for)\b|\blet\sus\b|\b(?:hopes?|hoped"
        rf"|expects?)\s(?:that\s)?{_SIDES}\s(?:will|would|can|could)\b|\bwould\slike\s(?:the|both|to\ssee)\b"
    ),
    re.IGNORECASE,
)
_JOINT_WILL = re.compile(
    (
        rf"(?:^|[,;:]\s|\b(?:that|and|as)\s)(?P<who>{_SIDES})\s(?:also\s|have\s|had\s|then\s|jointly\s)*(?:will"
        rf"|shall|would|agreed|agree|pledged|decided|resolved|undertook|undertake|committed|intend(?:ed)?"
        rf"|plan(?:ned)?|reaffirmed|confirmed|vowed|expressed|reached|are\s(?:ready|willing|determined"
        rf"|committed|prepared)|were\sready)\b"
    ),
    re.IGNORECASE,
)
_PLEDGE_WILL = re.compile(
    rf"(?:^|[,;:]\s|\b(?:that|and|but|as)\s)(?P<who>{_OWN})\s?(?:also\s|always\s|further\s"
    rf"|therefore\s)*(?:will|shall|would|['’]ll|intends?|plans?|pledges?|promises?|undertakes?|vows?|(?:had"
    rf"|has|have)\sagreed\sto|stands?\sready|{_READY_ONLY})\b"
)
_WILL = re.compile(
    r"\b(?:will|shall)\s(?:also\s|jointly\s|soon\s)?(?!be\b|have\b|not\b|see\b|cost\b|last\b|mean\b|mark\b|total\b|benefit\b|affect\b|need\b|remain\b|become\b"
    r"|depend\b|probably\b|propose\b|suggest\b|recommend\b|demand\b|seek\b|likely\b|take\splace|give\b|make\b|bring\b|get\b)[a-z]+\b"
)
_AGREED = re.compile(
    r"\b(?:have\s|has\s|had\s)?(?:also\s)?(?P<verb>agreed|accepted|pledged|decided|vowed|promised"
    r"|committed(?:\sthemselves|\sitself)?|undertook|undertaken|resolved|consented|offered"
    r"|reached\s(?:an?\s)?(?:\w+\s)?(?:consensus|agreement|understanding|deal)|signed\s(?:an?\s"
    r"|the\s)?(?:[\w-]+\s){0,3}?(?:agreement|memorandum|accord|deal|pact|contract|treaty|protocol)"
    r"|expressed\s(?:their\s|its\s|his\s|her\s|the\s)?(?:readiness|willingness|commitment|intention"
    r"|determination)|(?:reaffirmed|reiterated|renewed|restated)\s(?:their\s|its\s|his\s|her\s|the\s)?(?:readiness|willingness|commitment"
    r"|intention|determination|resolve))\s(?:on\s|in\sprinciple\s)?(?P<to>to|that|on|upon|for|in|an?"
    r"|the)\s"
)
# a communiqué speaks in the present: "The two sides undertake to …"
_AGREES = re.compile(
    r"(?P<verb>\b(?:agrees?|undertakes?|intends?|pledges?|resolves?|commits?(?:\sthemselves|\sitself)?|reaffirms?\s(?:their|its)\s(?:commitment|readiness"
    r"|intention|determination)))\s(?P<to>to|that|on)\s"
)
_IS_READY = re.compile(rf"\b{_READY}")
_PLAN = re.compile(
    r"\b(?:(?:will|shall)\s(?:also\s)?(?:be\s(?:held|hosted|convened|organi[sz]ed|opened|launched|signed|presented"
    r"|discussed|established|set\sup|published|submitted|sent|continued|completed|finali[sz]ed|adopted|ratified|considered|approved|created|drafted|prepared|issued|released|delivered|extended"
    r"|expanded|renewed|resumed|inaugurated|unveiled|drawn\sup|put\sto\sa\svote|carried\sout)|take\splace|host|convene|meet"
    r"|visit|open|start|begin|hold|travel|send|receive|provide|supply|launch|sign|submit|publish)|(?:is"
    r"|are|was|were)\s(?:scheduled|due|set|expected|planned|slated)\s(?:to|for)|plans?\sto|intends?\sto"
    r"|planned\sto|intended\sto|aims?\sto)\b"
)
_ABSTRACT = re.compile(
    (
        r"\b(?:cooperation|relations|visit|meeting|talks|this|which|it|that|move|partnership|ties|trade"
        r"|agreement|document|decision|result|results|step|mechanism|committee['’]s work|exchange|exchanges"
        r"|there)$"
    ),
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:will|would|shall|['’]ll|is\sto|are\sto)\b(?!\s(?:not|have|never))")


def find_commitments(
    layout: Layout, spoken: list[tuple[Attribution, Speaker]], reference: date | None, parties: tuple[str, ...]
) -> list[Commitment]:
    """All commitments of the text, those in reported speech first; ``parties`` stand for "both sides"."""
    clauses: list[Clause] = []
    for a, speaker in spoken:
        clauses.extend(_in_speech(layout, a, speaker, parties, reference))
    contents, cues = Nearby((a.content, a.content) for a, _ in spoken), Nearby((a.cue, a.cue) for a, _ in spoken)
    hints = words_of(layout.text).having(_hints)
    for sentence in layout.sentences:
        start, end = sentence.span
        hinted = bisect_left(hints, start) < bisect_left(hints, end) and _HINT.search(layout.text, start, end) is not None
        covered = contents.at(start, end) + [q.inner for q in layout.quotations_in(start, end)]
        told = _in_narration(layout, sentence.span, covered, cues.at(start, end), parties) if hinted else []
        clauses.extend(told or unclaimed(layout.text, sentence.span, reference, covered))
    pieces = [
        replace(clause, span=span)
        for clause in clauses
        if not (clause.nature in {"pledge", "plan"} and _THREAT.search(layout.text[slice(*clause.span)][:160]))  # a threat is no commitment
        for span in split_coordinated(layout.text, clause.span)
    ]
    return settled(layout.text, pieces, "en", reference, least=8)


def _in_speech(layout: Layout, a: Attribution, speaker: Speaker, parties: tuple[str, ...], reference: date | None) -> list[Clause]:
    if speaker.claim == "analyst_claim":
        return []
    who = (speaker.name,) if speaker.name else ()
    by_cue = _by_cue(layout, a, speaker, who, parties)
    if by_cue is not None:
        return by_cue
    found = []
    for span in _pieces(layout.text, a.content):
        clause = _by_modal(layout.text, span, speaker, who, parties, reference)
        if clause is not None:
            found.append(clause)
    return found


def _by_cue(layout: Layout, a: Attribution, speaker: Speaker, who: tuple[str, ...], parties: tuple[str, ...]) -> list[Clause] | None:
    """What the cue itself says about its content ("urged", "pledged to", "expressed readiness to"); ``None`` if the content must tell."""
    text = layout.text
    several = _both(text[slice(*a.source)] if a.source else "") or (parties if speaker.sides and parties else who)
    if a.kind == "ask" and not only_tells(text, a):
        return [Clause(a.content, "proposal", who, 0.82)]
    if a.kind == "pledge" or a.rule == "infinitive":
        if a.lemma in {"refuse", "threaten", "decline"} or a.kind == "think":
            return []
        agreed = a.lemma in {"agree", "agree on", "decide", "concur", "undertake", "commit", "pledge", "resolve"} and _by_several(
            text[slice(*(speaker.span or a.source or (0, 0)))], a.lemma
        )
        nature = "joint" if speaker.sides or agreed else "plan" if a.lemma in {"plan", "intend", "aim"} else "pledge"
        return [Clause(a.content, nature, several, 0.8)]
    if a.rule == "nominal":
        whose = _WHOSE.match(text, a.content[0])
        noun = text[a.cue[1] : whose.end() if whose else a.content[0]]
        if re.search(r"\b(?:readiness|willingness|commitment|determination|resolve|intention)\b", noun):
            if text[a.content[0] : a.content[0] + 3] != "to " and re.search(r"\bto\s$", noun):  # "their commitment to the roadmap"
                return []
            return [Clause(a.content, "joint" if speaker.sides else "pledge", several, 0.75)]
        return [Clause(a.content, "proposal", who, 0.55)] if re.search(r"\bhope\b", noun) else []
    if (bound := _decided(text, a, speaker)) is not None:
        return [Clause(a.content, bound, several, 0.78)]
    if a.lemma in _ASSURES and _FUTURE.search(text[slice(*a.content)]):
        return [Clause(a.content, "pledge", who, 0.78)]
    if a.lemma in {"pledge", "promise", "vow"}:
        return [Clause(a.content, "joint" if speaker.sides else "pledge", who, 0.8)]
    if asks_in_clause(text, a):
        return [Clause(a.content, "proposal", who, 0.8)]
    if a.kind == "stress" or a.rule == "object":
        needs = re.search(r"\bneed\s(?:to|for|of)\s", text[slice(*a.content)])
        return [Clause((a.content[0] + needs.start(), a.content[1]), "proposal", who, 0.5)] if needs else []
    return None


def _decided(text: str, a: Attribution, speaker: Speaker) -> str | None:
    """The nature of what several agreed or decided "that": a plan if it says that they or others will gather."""
    if a.lemma not in {"agree", "decide", "resolve", "agree on"} or a.rule not in {"that", "parse-clause", "clause"}:
        return None
    if not speaker.sides and not _by_several(text[slice(*(speaker.span or a.source or (0, 0)))], a.lemma):
        return None
    return "plan" if _GATHERS.search(text, *a.content) else "joint"


_WHOSE = re.compile(r"(?:the|its|their|his|her)\s(?:\w+\s)?(?:readiness|willingness|intention|determination|commitment)\sof\s")
_ASSURES = {"assure", "guarantee", "promise", "undertake", "swear", "give an assurance", "give assurances", "give an undertaking"}
_ASSURES |= {"give his word", "give her word", "give their word"}
_GATHERS = re.compile(r"\b(?:would|will|should)\s(?:next\s|again\s)?(?:take\splace|be\sheld|be\sconvened|convene|meet|sit)\b")


def _by_modal(
    text: str, span: Span, speaker: Speaker, who: tuple[str, ...], parties: tuple[str, ...], reference: date | None
) -> Clause | None:
    """What the content says: "agreed to", "should", "both sides will", "we will", "is ready to", "will be held"."""
    start, end = span
    piece = text[start:end]
    if _is_past(piece) or re.match(r"(?:but\s|and\s)?(?:nobody|no\sone|somebody|someone)\b", piece, re.IGNORECASE):
        return None
    agreed = _AGREED.search(piece)
    if agreed and not re.search(r"\b(?:not|never|to)\s$", piece[: agreed.start()]):
        several = _by_several(piece[: agreed.start()], agreed["verb"])
        at = start + (agreed.start("to") if agreed["to"] in {"to", "a", "an", "the"} else agreed.end())
        bound = (parties or who) if several else who or _subject(text, start, start + agreed.start())
        return Clause(clean(text, at, end), "joint" if several else "pledge", bound, 0.66)
    if speaker.claim == "media_claim":
        return None  # an outlet reports undertakings, it makes none
    if _ASKING.search(piece):
        return Clause(span, "proposal", who, 0.75)
    if joint := _JOINT_WILL.search(piece):
        if _MEETS.match(piece, joint.end()):
            return Clause((start + joint.start("who"), end), "plan", who, 0.66)
        return Clause(
            (start + joint.start("who"), end), "joint", _both(joint["who"]) or parties or (_named_sides(joint["who"]) or who), 0.7
        )
    pledge = _PLEDGE_WILL.search(piece)
    if pledge and re.match(r"\s?(?:also\s)?plans?\b", piece[pledge.end("who") :]):
        return Clause((start + pledge.start("who"), end), "plan", who, 0.66)
    if pledge and (pledge["who"].strip() == "it" or not _ABSTRACT.search(pledge["who"].strip())):
        return Clause((start + pledge.start("who"), end), "pledge", who, 0.72)
    if ready := _IS_READY.search(piece):
        return Clause(span, "pledge", who, 0.6 if piece[: ready.start()].strip() else 0.5)
    if _FUTURE.search(piece) and any(w.date or w.due for w in find_dates(text, "en", reference, start, end)):
        return Clause(span, "plan", who, 0.55)
    plan = _PLAN.search(piece)
    if plan and (
        not _ABSTRACT.search(piece[: plan.start()].strip() or "it") or re.match(r"(?:will|shall)\s(?:be\sheld|take\splace)", plan.group())
    ):
        return Clause(span, "plan", who, 0.6)
    return None


def _named_sides(who: str) -> tuple[str, ...]:
    """Sides that say whose they are: "the parliaments of Russia and China"."""
    return (who.strip(),) if re.search(r"\s(?:of|from)\s[A-Z]", who) else ()


def _both(who: str) -> tuple[str, ...]:
    """ "Russia and China" by their names."""
    pair = re.fullmatch(r"([A-Z]\w+) and ([A-Z]\w+)", who.strip())
    return (pair[1], pair[2]) if pair else ()


def _pieces(text: str, span: Span) -> list[Span]:
    """A content cut at semicolons and where "and" opens a clause with its own subject."""
    pieces, at = [], span[0]
    for match in re.finditer(
        r";\s|\sand\sthat\s|,\sand\s(?=(?:that\s)?(?:we|the\stwo|both|our|the\ssides|[A-Z]\w+)\s(?:\w+\s){0,4}?(?:will|should|must|is|are|would)\b)",
        text[span[0] : span[1]],
    ):
        pieces.append(clean(text, at, span[0] + match.start()))
        at = span[0] + match.end()
    return [*pieces, clean(text, at, span[1])]


def _is_past(piece: str) -> bool:
    return bool(re.search(r"\bshould have\b|\bwould have\b|\bif\s\w+\s(?:was|were|had)\b", piece))


def _in_narration(layout: Layout, span: Span, covered: list[Span], cues: list[Span], parties: tuple[str, ...]) -> list[Clause]:
    text = layout.text
    if (mark := _LISTED.match(text, *span)) is not None:
        span = (mark.end(), span[1])
    clauses: list[Clause] = []

    def free(at: int) -> bool:
        return not any(s <= at < e for s, e in covered)

    for match in (*_AGREED.finditer(text, *span), *_AGREES.finditer(text, *span)):
        if not free(match.start()) or any(cue[0] <= match.start("verb") < cue[1] for cue in cues):
            continue
        if re.search(r"\b(?:not|never|to|refused|hardly)\s$", text[max(span[0], match.start() - 10) : match.start()]):
            continue
        if re.match(r"(?:the\s)?(?:importance|significance|value)\b", text[match.start("to") : match.end() + 20].removeprefix("on ")):
            continue
        start = match.start("to") if match["to"] in {"to", "a", "an", "the"} else match.end()
        if match["to"] == "in":
            start = match.start()
        who = _subject(text, span[0], match.start())
        impersonal = (
            re.search(r"\b[Ii]t\s(?:was|is|has\sbeen|had\sbeen)\s(?:also\s|further\s)?$", text[span[0] : match.start()]) is not None
        )
        who = () if impersonal else _both(who[0]) if who and _both(who[0]) else who
        joint = impersonal or _by_several(text[span[0] : match.start()], match["verb"])
        clauses.append(
            Clause(
                clean(text, start, _clause_end(text, match.end(), span[1], covered)),
                "joint" if joint else "pledge",
                (who if len(who) > 1 else parties) if joint and parties else who,
                0.72,
            )
        )
    if clauses:
        return clauses
    ready = _IS_READY.search(text, *span)
    if ready and free(ready.start()):
        return [
            Clause(
                clean(text, ready.end() - 3, _clause_end(text, ready.end(), span[1], covered)),
                "pledge",
                _subject(text, span[0], ready.start()),
                0.6,
            )
        ]
    plan = _PLAN.search(text, *span)
    if plan is None and (will := _WILL.search(text, *span)) and not _ABSTRACT.search(text[span[0] : will.start()].strip()):
        plan = will
    return [_announced(text, span, plan, covered, parties)] if plan and free(plan.start()) else []


def _announced(text: str, span: Span, plan: re.Match[str], covered: list[Span], parties: tuple[str, ...]) -> Clause:
    """ "will be held", "shall submit": a plan, unless a side binds itself or both do."""
    words = plan.group().lower()
    who = _subject(text, span[0], plan.start())
    start = clause_start(text, span[0], plan.start())
    if re.match(r"(?:is|are|was|were)\s", words) and len(text[start : plan.start()].split()) <= _SHORT:
        start = plan.start()
    joint = bool(who) and _BOTH_SIDES.match(who[0]) is not None and not _MEETS.search(words)
    binds = words.startswith("shall") and not re.match(r"shall\s(?:be\s(?:held|convened)|take\splace)", words)
    nature = "joint" if joint else "pledge" if binds else "plan"
    return Clause(clean(text, start, _clause_end(text, plan.end(), span[1], covered)), nature, parties if joint and parties else who, 0.58)


_SHORT = 6  # words of a subject that a plan's clause does without
_MEETS = re.compile(r"\s?(?:also\s|again\s)?\b(?:hold|meet|convene|discuss|gather|sit)\b")  # no bond
_LISTED = re.compile(r"\(?(?:[a-z]|\d{1,2})[).]\s")  # "(a)", "3." before a clause
_HINT = re.compile(  # one cheap pass before the patterns themselves, over sentences in which a word may hold it
    r"agree|accept|pledge|decid|vow|promis|commit|undert|resolv|consent|offer|reach|sign|express|reaffirm|intend|ready|willing|prepared|determined|keen"
    r"|will|shall|schedul|due|set|expect|plan|slated|aim"
)


@lru_cache(maxsize=4096)
def _hints(word: str) -> bool:
    return _HINT.search(word) is not None


_THREAT = re.compile(
    r"\b(?:will|would|shall|does|do|did|has|have|had|vowed|promised|pledged)\snot\b|\bnot\sto\b|\bnever\b"
    r"|\b(?:boycott|blockade|impose|prohibit|deny|ban|expel|withdraw|retaliate|strike|attack|bomb|invade"
    r"|punish|resign|sue|arrest|execute|curfew|martial\slaw|embargo|refuse|reject|suspend|sever|veto)\b"
)
_BOTH_SIDES = re.compile(r"(?:the\s)?(?:two|both)\s\w+|(?:the\s)?(?:sides|parties|co-chairs)\b", re.IGNORECASE)
_SEVERAL = re.compile(
    rf"\b(?:{_SIDES})|\s(?:and|&)\s[A-Z]|\b(?:[Tt]hey|[Cc]ommittees?|[Cc]ommission|[Aa]ssembly|[Cc]ouncil|[Ss]ession|[Pp]lenary|[Bb]ureau|[Cc]onference|[Ff]orum"
    rf"|sides|leaders|ministers|presidents|chairs|delegations|officials|members|countries|parliaments"
    rf"|speakers|governments|group|pair|co-chairs|interlocutors|participants)\b|\b[Tt]he\stwo\b"
)


def _by_several(subject: str, verb: str) -> bool:
    """Whether an agreement is reported of all sides: "the sides agreed", not "the president agreed"."""
    return bool(_SEVERAL.search(subject)) or verb.startswith(("reached", "signed"))


def _clause_end(text: str, at: int, end: int, covered: list[Span]) -> int:
    stop = re.search(
        r";\s|,\s(?:which|who|while|but|although|adding|saying|according|with)\b|\sas\s(?:the|both|they|it)\s\w+\s|\s[-–—]\s", text[at:end]
    )
    return min(at + stop.start() if stop else end, *(s for s, _ in covered if s > at), end)


def _subject(text: str, start: int, end: int) -> tuple[str, ...]:
    phrase = re.sub(r"(?:\s(?:also|have|has|had|jointly|is|are|was|were))+\s*$", "", text[start:end]).strip(" ,")
    phrase = re.split(r"\b(?:which|that|who|where)\s|[:;]\s", phrase)[-1]
    phrase = re.sub(r"^(?:During|At|After|Under|In|On|Following)\s[^,]{3,60},\s|\s(?:on\s\w+day|today)$", "", phrase)
    phrase = re.split(r"[,:;]\s", phrase)[-1] if len(phrase) > 80 else phrase
    phrase = re.sub(r"^(?:The|In|On|At|After|During)\s", "", phrase) if phrase.startswith("The ") else phrase
    return (phrase,) if 0 < len(phrase) <= 90 else ()
