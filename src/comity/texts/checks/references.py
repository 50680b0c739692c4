"""REF: references that lead to different provisions, or to none."""

from __future__ import annotations

from collections import Counter

from comity.texts.checks.finding import Finding, finding
from comity.texts.checks.pair import Pair
from comity.texts.model import TextVersion
from comity.texts.resolution import Resolved


def check_targets(version: TextVersion, found: dict[str, list[Resolved]]) -> list[Finding]:
    """References inside one version that lead nowhere."""
    out = []
    for eid, references in found.items():
        for item in references:
            if not item.exists:
                span = [(item.reference.start, item.reference.end)]
                out.append(
                    finding(
                        "REF",
                        eid,
                        "“{words}” leads to {target}, which is not in the text." if item.target else "“{words}” leads to nothing.",
                        {version.language: span},
                        words=item.reference.text,
                        target=item.target,
                    )
                )
    return out


def check_references(pair: Pair, left: list[Resolved], right: list[Resolved]) -> list[Finding]:
    """References of one provision that mean different provisions in two languages; those to other instruments count by their numbers."""

    def means(item: Resolved) -> str:
        path = "/".join(f"{kind}_{number.split('|')[0]}" for kind, number in item.reference.path)
        return f"other instrument, {path}" if item.reference.external else item.target

    ours, theirs = Counter(map(means, left)), Counter(map(means, right))
    more, less = sorted(ours - theirs), sorted(theirs - ours)
    if not more and not less:
        return []
    # The same target named twice in one language and once in the other is style, not error.
    more, less = [one for one in more if one not in theirs], [one for one in less if one not in ours]
    if not more and not less:
        return []
    spans = pair.spans(
        [(item.reference.start, item.reference.end) for item in left if means(item) in more],
        [(item.reference.start, item.reference.end) for item in right if means(item) in less],
    )
    one, other = ", ".join(more) or "–", ", ".join(less) or "–"
    return [finding("REF", pair.eid, "References differ: {eids} / {other_eids}.", spans, eids=one, other_eids=other)]
