"""Write ``docs/acts.md`` from the domains' vocabularies, or check that it is up to date (``--check``)."""

from __future__ import annotations

import sys
from pathlib import Path

from comity.ledger.vocabulary import TYPES

TARGET = Path(__file__).resolve().parent.parent / "docs" / "acts.md"

HEAD = """# What may be said

Generated from the `acts.py` of every domain by `tools/documents.py`; do not edit. Cells: `<object>/<facet>`, with `@<party>` if that
party alone owns them; `self` is the object that the act creates. Everything but the founding act also names its mechanism and the act by
which its signatories are the parties.

| Type | Says | Signed by | Writes | Relies on | Refers to |
|---|---|---|---|---|---|
"""


def text() -> str:
    rows = [f"| `{k.name}` | {k.says} | {k.signers} | {_code(k.writes)} | {_code(k.relies)} | {k.refers} |" for k in TYPES.values()]
    return HEAD + "\n".join(rows) + "\n"


def _code(words: str) -> str:
    return words.replace("<", "&lt;").replace(">", "&gt;").replace("|", "\\|")


def main() -> int:
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text():
            print("docs/acts.md is not up to date; run tools/documents.py.")
            return 1
        return 0
    TARGET.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
