"""Run the README's own commands: every line that starts with ``$ `` in a ``console`` block, in order, in one scratch folder.

A block whose first line is ``# not run here: <why>`` is left out. A command that exits non-zero fails, unless its line ends in ``# fails``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def commands(text: str) -> list[str]:
    found: list[str] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        if not block.startswith("# not run here:"):
            found += [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return found


def main() -> int:
    listed = commands((ROOT / "README.md").read_text(encoding="utf-8"))
    if not listed:
        print("README shows no command that can be run.")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        for command in listed:
            fails = command.endswith("# fails")
            print(f"$ {command}", flush=True)
            line = command.removesuffix("# fails").replace("./run", str(ROOT / "run"))
            env = {**os.environ, "COMITY_HOME": f"{scratch}/node"}
            done = subprocess.run(["sh", "-c", line], cwd=scratch, env=env, capture_output=True, text=True, check=False)
            if bool(done.returncode) != fails:
                print(done.stdout[-3000:], done.stderr[-3000:])
                print(f"exited with {done.returncode}")
                return 1
    print(f"{len(listed)} commands did what README says.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
