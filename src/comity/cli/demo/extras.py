"""Heavy extras (language models, numerical engines): installed after the first page is there, visibly; nothing waits for them."""

from __future__ import annotations

import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import click

LOCK = Path(__file__).parents[4] / "requirements-extras.lock"


def install_in_background() -> None:
    """Fetch what the engines need, unless it is there. Without a network the desk works without them, and the next start tries again."""
    stamp = Path(sys.prefix) / f".extras-{sha256(LOCK.read_bytes()).hexdigest()[:16]}" if LOCK.exists() else None
    if stamp is not None and not stamp.exists():
        threading.Thread(target=_install, args=(stamp,), daemon=True).start()


def _install(stamp: Path) -> None:
    click.echo("  Meanwhile the engines' libraries are being installed (press readers, roll calls, alignment) …")
    command = [sys.executable, "-m", "uv", "pip", "install", "--python", sys.executable, "--require-hashes", "-r", str(LOCK)]
    done = subprocess.run(command, check=False)
    if done.returncode == 0:
        stamp.touch()
        click.echo("  … the engines' libraries are there.")
    else:
        click.echo("  … they could not be installed now. Everything on the desk works without them; the next start tries again.")
