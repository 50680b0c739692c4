"""Two wordings of one provision, as the checks of words see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.texts.checks.finding import Span


@dataclass(frozen=True, slots=True)
class Side:
    """One wording: its language, the eId it stands under, and its text."""

    language: str
    eid: str
    text: str

    @property
    def base(self) -> str:
        """The language without script and region."""
        return self.language.split("-")[0]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same provision in two languages."""

    eid: str
    left: Side
    right: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both wordings."""
        return self.left, self.right

    def spans(self, left: list[Span], right: list[Span]) -> Mapping[str, list[Span]]:
        """Spans by language, for a finding."""
        return {self.left.language: left, self.right.language: right}
