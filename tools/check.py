"""The whole gate: format, lint, types, import directions, messages, documents, tests, browser tests, the README's own commands.

Each step is a command that can be run by itself; the first that fails ends the check with its name.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable

PYTEST = [PYTHON, "-m", "pytest"]
# Everything but the rooms that set up Django, each in its own way, and so in processes of their own.
ROOMS = sorted(p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and p.name not in ("browser", "design", "desk", "__pycache__"))

STEPS: list[tuple[str, list[str]]] = [
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "src", "tests", "tools"]),
    ("lint", [str(BIN / "ruff"), "check", "--quiet", "src", "tests", "tools"]),
    ("types", [str(BIN / "mypy"), "src/comity", "tools"]),
    ("import directions", [str(BIN / "lint-imports"), "--no-cache"]),
    ("messages in three languages", [PYTHON, "tools/messages.py", "check", "--errors"]),
    ("generated documents", [PYTHON, "tools/documents.py", "--check"]),
    ("tests", [*PYTEST, "-n", "2", "--dist", "loadfile", *(f"tests/{room}" for room in ROOMS)]),
    ("tests of the design", [*PYTEST, "-n", "2", "tests/design"]),
    ("tests of the desk", [*PYTEST, "-n", "2", "--dist", "loadfile", "tests/desk"]),
    ("tests of the desk on PostgreSQL", [PYTHON, "tests/postgres.py", *PYTEST, "-n", "2", "--dist", "loadfile", "tests/desk"]),
    ("browser tests", [*PYTEST, "tests/browser"]),
    ("README's commands", [PYTHON, "tools/readme.py"]),
]


def main() -> int:
    begun = time.monotonic()
    subprocess.run([PYTHON, "tools/messages.py", "compile"], cwd=ROOT, check=True)
    for name, command in STEPS:
        print(f"── {name}", flush=True)
        step = time.monotonic()
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            print(f"── {name}: failed", flush=True)
            return 1
        print(f"── {name}: fine, {time.monotonic() - step:.0f} s", flush=True)
    print(f"── everything is fine, {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
