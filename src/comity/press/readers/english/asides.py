"""What the parser gets wrong in English and the surface tells: a source set into its sentence, an act behind what was said."""

from __future__ import annotations

import re
from dataclasses import replace

from comity.press.attribution import Attribution, clean
from comity.press.model import Span

_INVERTED = re.compile(
    r"\s(?P<who>(?:the|a|an)\s[^,;:.“”\"]{3,90}(?:,\s(?:[A-Z][\w’'-]+\s){1,2}[A-Z][\w’'-]+)?|(?:[A-Z][\w’'.-]+\s){1,3}[A-Z][\w’'-]+),\s[“\"a-z]"
)


def source_behind(text: str, cue: Span) -> Span | None:
    """ "Its revision, said the head of the delegation, Jane Dow, cannot wait": the source is set into the sentence, behind the cue."""
    if not text[max(0, cue[0] - 2) : cue[0]].startswith(",") or text[slice(*cue)] not in {
        "said",
        "says",
        "added",
        "noted",
        "argued",
        "stressed",
    }:
        return None
    match = _INVERTED.match(text, cue[1])
    return match.span("who") if match is not None else None


_ACT = re.compile(
    r",\sand\s(?:also\s|later\s|then\s)?(?:thanked|congratulated|greeted|met|visited|left|handed|presented|received|wished|laid|toured)\s(?=[A-Z]|the\s|his\s|her\s|their\s)"
)


def until_act(text: str, a: Attribution) -> Attribution:
    """ "announced that both would hold consultations, and thanked the Speaker": what the speaker did besides is not what was said."""
    if a.rule != "parse-clause" or a.cue[0] > a.content[0]:
        return a
    act = _ACT.search(text, *a.content)
    if act is None or not re.search(r"\b(?:will|would|shall|should|must|is|are|can|could)\b", text[a.content[0] : act.start()]):
        return a
    return replace(a, content=clean(text, a.content[0], act.start()))
