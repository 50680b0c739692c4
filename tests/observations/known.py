"""A small case, a log and its keys for the tests of observations."""

from __future__ import annotations

from pathlib import Path

from comity.observations.log import ObservationLog
from comity.record.keys import SigningKey

CASES = Path(__file__).parents[2] / "src" / "comity" / "observations" / "cases"
LOG, SIGNER, STRANGER = (SigningKey.from_seed(bytes([n]) * 32) for n in (1, 2, 3))
ORIGIN = "harbour.example/0badcafe"

SMALL = """
schema: comity-case/1
case: lakes
record_note: Own words.
mechanism:
  names: {en: Committee on Lakes, ru: Комитет по озёрам}
  parties:
  - {id: a, names: {en: House of A}, sources: [wire]}
  - {id: b, names: {en: House of B}, sources: [wire]}
  established:
  - {date: 2005-06, event: set up, sources: [wire, gazette]}
sources:
- {id: wire, publisher: Lake Wire, address: "https://lakewire.example/1", language: en, reliability: agency, date: 2025-08-25}
- {id: gazette, publisher: Gazette, language: ru, reliability: mirror, address: "https://elsewhere.example/2"}
persons:
- id: ann
  names: {en: Ann Lee}
  role: chair
  body: x
  country: AA
  seen: ['2024']
  role_conflicts: [{role: deputy chair, sources: [gazette], conflict: true}]
  sources: [wire]
meetings:
- {id: m1, kind: committee meeting, series: main, ordinal: 1, dates: {start: 2025-08-25}, sources: [wire, gazette]}
commitments:
- {id: c1, date: 2025-08-25, who: [ann], nature: proposal, what: meet twice a year, area: institutional, made_at: m1, sources: [wire]}
follow_up:
- {id: f1, commitment: c1, finding: no_trace, what: nothing found, date: '2026', sources: [wire]}
statements:
- {id: s1, speaker: ann, date: 2025-08-25, gist: all is well, kind: official_claim, at: m1, quote: all is well, source: wire}
conflicts:
- id: k1
  conflict: true
  about: day of the first meeting
  claims:
  - {value: 2025-08-25, sources: [wire]}
  - {value: 2025-08-22, sources: [gazette]}
"""


def new_log(folder: Path) -> ObservationLog:
    log = ObservationLog(folder / "observations")
    log.create(ORIGIN, LOG, SIGNER)
    return log
