"""``./run bench NAME``: figures beside their bound, measured in one run. Never a timed test."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def names() -> list[str]:
    """The benchmarks that are there: every module of this package with a ``main``."""
    here = Path(__file__).parent
    return sorted(p.stem for p in here.glob("*.py") if p.stem in ("desk", "texts", "forums", "press"))


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in names():
        print(f"usage: ./run bench {'|'.join(names())}", file=sys.stderr)
        return 2
    module = importlib.import_module(f"comity.bench.{sys.argv.pop(1)}")
    return int(module.main() or 0)


if __name__ == "__main__":
    sys.exit(main())
