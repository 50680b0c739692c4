"""Under what version a reader's results are kept: it changes whenever what makes them does.

>>> reader_version().startswith(VERSION)
True
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from comity.press.model import VERSION

# modules that only write, count or score what was read
_NOT_READING = frozenset({"batch.py", "exports.py", "gold.py", "schema.py", "scorer.py", "sources.py", "triage.py"})


@cache
def reader_version(*packages: str, also: tuple[str, ...] = ()) -> str:
    """The version of the format, the installed ones of ``packages`` with theirs, and ten hex digits over all that decides on a reading:
    the rules and lexicons as they stand, and the versions of ``packages`` and of those in ``also`` (a package that is missing counts, too).
    """
    found = {name: _installed(name) for name in (*packages, *also)}
    whole = sha256(_rules().encode() + repr(sorted(found.items())).encode()).hexdigest()[:10]
    shown = "".join(f"+{name}-{found[name]}" for name in packages if found[name])
    return f"{VERSION}{shown}.{whole}"


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


@cache
def _rules() -> str:
    """SHA-256 over the modules and lexicons that read, by their paths."""
    whole = sha256()
    for path, file in sorted(_files(files("comity.press"), "")):
        whole.update(path.encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{path}{entry.name}/")
        elif entry.name.endswith((".py", ".toml", ".tsv")) and (path or entry.name not in _NOT_READING):
            yield f"{path}{entry.name}", entry
