"""What a source is about: the mechanisms that this node observes or keeps a record of, and the one that a text most likely speaks of.

An observed mechanism is known by its case's name. One of the record has the case that is named after its parties; it is opened when the
first observation of it is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from comity.desk.mechanisms.models import MechanismRow
from comity.desk.observations.state import observed
from comity.desk.show import name_of
from comity.observations.merge import Case

_WORD = re.compile(r"[A-Za-zА-Яа-яЁё]{4,}|[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Subject:
    """A mechanism that a source may be about. ``case`` is observed, ``record`` is the mirrored founding; one of them at least is there."""

    id: str
    case: Case | None = None
    record: MechanismRow | None = None

    @property
    def name(self) -> str:
        """For the language of the page."""
        if self.record is not None:
            return name_of(self.record.names)
        assert self.case is not None
        return name_of(tagged(self.case.mechanism.get("names", {}))) or self.id

    def party_names(self) -> list[list[str]]:
        """Per party, its names in all languages."""
        if self.record is not None:
            return [[n["text"] for n in party["names"]] for party in self.record.parties]
        assert self.case is not None
        parties = [party.get("party", {}).get("names", {}) for party in self.case.all("parties")]
        return [list(map(str, names.values())) for names in parties if names]

    def names(self) -> list[str]:
        """The mechanism's own names."""
        record = [str(n["text"]) for n in self.record.names] if self.record is not None else []
        case = [str(text) for text in self.case.mechanism.get("names", {}).values()] if self.case is not None else []
        return [*record, *case]


def tagged(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Names of a case, by language, in the form in which rows hold theirs."""
    return [{"lang": "zh-Hans" if lang == "zh" else lang, "text": str(text)} for lang, text in names.items()]


def subjects() -> dict[str, Subject]:
    """Everything that a source may be about, by the name of its case."""
    cases = observed()
    found = {case_name(row, taken): Subject(case_name(row, taken), record=row) for row, taken in _numbered(MechanismRow.objects.all())}
    for id, case in cases.items():
        known = found.get(id)
        found[id] = Subject(id, case, known.record if known else None)
    return found


def _numbered(rows: Iterable[MechanismRow]) -> list[tuple[MechanismRow, bool]]:
    """Mechanisms with whether an earlier one has the same parties."""
    seen: set[str] = set()
    out = []
    for row in sorted(rows, key=lambda r: (r.founded, r.id)):
        name = case_name(row, False)
        out.append((row, name in seen))
        seen.add(name)
    return out


def case_name(row: MechanismRow, taken: bool = False) -> str:
    """The case of a mechanism of the record: its parties' ids, with the head of its own where another has the same parties."""
    name = "-".join(str(party["id"]) for party in row.parties)[:50]
    return f"{name}-{row.id[:6]}" if taken else name


def likely(text: str, candidates: Mapping[str, Subject]) -> str:
    """The subject that *text* names itself, or all parties of, the one that is named most; empty if there is none."""
    words = tokens(text)
    scored = [(score, id) for id, one in candidates.items() if (score := _score(one, words)) > 0]
    return max(scored, default=(0, ""))[1]


def _score(one: Subject, words: frozenset[str]) -> float:
    parties = [max((_covered(name, words) for name in names), default=0.0) for names in one.party_names()]
    own = max((_covered(name, words) for name in one.names()), default=0.0)
    if own < 0.75 and (not parties or min(parties) < 0.5):
        return 0.0
    return own + (sum(parties) / len(parties) if parties else 0.0)


def _covered(name: str, words: frozenset[str]) -> float:
    """The share of a name's words that stand in the text."""
    own = _tokens_in_order(name)
    return sum(word in words for word in own) / len(own) if own else 0.0


def tokens(text: str) -> frozenset[str]:
    """Words cut to five letters, so that endings fall away; Chinese by pairs of characters."""
    return frozenset(_tokens_in_order(text))


def _tokens_in_order(text: str) -> Sequence[str]:
    words = [w.lower()[:5] for w in _WORD.findall(text)]
    han = [w for w in words if len(w) == 1]
    return [*(w for w in words if len(w) > 1), *(a + b for a, b in pairwise(han))]
