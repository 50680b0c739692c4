"""What English reports without a verb of the lexicon: a quotation and whoever stands beside it, a view that somebody is said to be of."""

from __future__ import annotations

import re

from comity.press.attribution import Attribution, clean
from comity.press.readers.english.lexicon import any_verb
from comity.press.segment import Layout

_NAME = r"(?:[A-Z][\w’'.-]+\s){0,3}[A-Z][\w’'-]+"
_VERB = r"[a-z]{3,}ed|[a-z]{3,}s|[a-z]+ (?:out|back|in|up|on)|began|sang|spat|shot back|broke in|went on"
_BEHIND = re.compile(
    rf"\s(?:(?P<cue>{_VERB})\s(?P<who>(?:the\s[\w’'-]+\s)?{_NAME}|he|she|they)(?=[.,;]|\s(?:in|on|at|to|after|during|when|as|with)\b)"
    rf"|(?P<who2>{_NAME}|[Hh]e|[Ss]he|[Tt]hey)\s(?P<cue2>{_VERB})(?=[.,;]|\s(?:in|on|at|to|after|during|when|as|with)\b))"
)


def beside_quotations(layout: Layout) -> list[Attribution]:
    """ "…," snapped Jane Dow: a closed quotation that ends in a comma, and who stands behind it, whatever the verb."""
    found = []
    for q in layout.quotations:
        if not q.closed or q.inner[1] - q.inner[0] < 10 or layout.text[q.inner[1] - 1] not in ",?!":
            continue
        match = _BEHIND.match(layout.text, q.outer[1])
        if match is None:
            continue
        cue = match.span("cue") if match["cue"] else match.span("cue2")
        word = layout.of(cue)
        if word in any_verb() or layout.text[q.inner[0]].islower() or len(layout.of(q.inner).split()) < 3:
            continue
        source = match.span("who") if match["who"] else match.span("who2")
        found.append(Attribution(clean(layout.text, *q.inner), cue, source, word, "say", "tail", tail=True))
    return found


_OF_THE_VIEW = re.compile(
    r"(?P<who>(?:[Tt]he\s(?:[\w’'-]+\s){0,4}|(?:[A-Z][\w’'.-]+\s){1,4}|[Hh]e\s|[Ss]he\s|[Tt]hey\s))"
    r"(?P<cue>(?:is|are|was|were|remains?|remained)\s(?:also\s|still\s|firmly\s)?of\sthe\s(?:view|opinion|belief))\sthat\s"
)


def of_the_view(layout: Layout, masked: str) -> list[Attribution]:
    """ "Jane Dow was of the opinion that …"."""
    if " of the view " not in masked and " of the opinion " not in masked and " of the belief " not in masked:
        return []
    found = []
    for match in _OF_THE_VIEW.finditer(masked):
        end = next((s.span[1] for s in layout.sentences_within(match.end(), match.end() + 1)), match.end())
        who = (match.start("who"), match.end("who") - 1)
        found.append(Attribution(clean(layout.text, match.end(), end), match.span("cue"), who, "think", "think", "according"))
    return found
