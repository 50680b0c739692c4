"""How close two voters are: every measure is a function of the 3 × 3 table of their votes on the roll calls on which both voted.

Table: ``t[3a + b]`` counts roll calls with the first voter's vote a and the second's b (0 yes, 1 abstain, 2 no). With same = trace,
opposite = yes/no, partial = the rest, n = all:

==============  =====================================  ================================================================================
identical       same / n                               share of identical votes
linear          1 − mean |a − b| / 2                   Lijphart 1963; Voeten's agreement score: a partial difference counts half
s               2 · linear − 1                         Signorino and Ritter 1999, on the same distances
pi              1 − D_o / D_e, pooled margins          Scott's π with linear distances; Häge 2011
kappa           1 − D_o / D_e, each one's margins      Cohen's weighted κ; Häge 2011
coincidence     (same + partial / 2) / n               US Department of State, on *all* recorded votes on whole texts
sharp           same / (same + opposite)               US Department of State before 2014: abstentions left out
==============  =====================================  ================================================================================

Raw measures (the first three) are high wherever most votes are carried by nearly all; π and κ ask how much closer the two are than their
own habits would make them by chance. Show both. NaN where a measure is undefined (no common vote; no expected disagreement).
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from comity.forums.compiled import compiled
from comity.forums.model import Float


class Measure(IntEnum):
    IDENTICAL = 0
    LINEAR = 1
    S = 2
    PI = 3
    KAPPA = 4
    COINCIDENCE = 5
    SHARP = 6

    @property
    def word(self) -> str:
        return self.name.lower()

    @property
    def least(self) -> float:
        """The lower end of its range; the upper is 1."""
        return -1.0 if self in (Measure.S, Measure.PI, Measure.KAPPA) else 0.0

    @property
    def contested_only(self) -> bool:
        """Whether unanimous roll calls are left out, as the measure's authors do."""
        return self not in (Measure.COINCIDENCE, Measure.SHARP)


MEASURES = {m.word: m for m in Measure}
SAME, PARTIAL, OPPOSITE = (0, 4, 8), (1, 3, 5, 7), (2, 6)


@compiled
def measure(kind: int, t: Float) -> float:
    """The measure ``kind`` (a :class:`Measure`) of one table, float64 (9,)."""
    n = 0.0
    for k in range(9):
        n += t[k]
    if n <= 0.0:
        return np.nan
    same = t[0] + t[4] + t[8]
    opposite = t[2] + t[6]
    if kind == 0:
        return float(same / n)
    if kind == 6:
        return float(same / (same + opposite) if same + opposite > 0.0 else np.nan)
    linear = (same + 0.5 * (n - same - opposite)) / n
    if kind in (1, 5):
        return float(linear)
    if kind == 2:
        return float(2.0 * linear - 1.0)
    a0, a1, a2 = (t[0] + t[1] + t[2]) / n, (t[3] + t[4] + t[5]) / n, (t[6] + t[7] + t[8]) / n
    b0, b1, b2 = (t[0] + t[3] + t[6]) / n, (t[1] + t[4] + t[7]) / n, (t[2] + t[5] + t[8]) / n
    if kind == 3:
        a0, a1, a2 = (a0 + b0) / 2.0, (a1 + b1) / 2.0, (a2 + b2) / 2.0
        b0, b1, b2 = a0, a1, a2
    expected = 0.5 * (a0 * b1 + a1 * b0 + a1 * b2 + a2 * b1) + a0 * b2 + a2 * b0
    if expected <= 1e-15:
        return np.nan
    return float(1.0 - (1.0 - linear) / expected)
