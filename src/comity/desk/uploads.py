"""Files that come with a form: kept whole at once under their SHA-256, so that the form may come back with errors without losing them."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from comity.desk.accounts.models import Officer
from comity.desk.record.services import put_file
from comity.errors import Unsayable

MOST = 20 * 1024 * 1024  # bytes of one file

type Held = list[tuple[str, str]]


def keep(officer: Officer, upload: UploadedFile[Any]) -> tuple[str, str]:
    """Store an uploaded file; its SHA-256 and a name that travels. Raises :class:`Unsayable` for one that is too large."""
    if (upload.size or 0) > MOST:
        raise Unsayable(
            "The file {name} is larger than {most} MB.",
            place="files",
            remedy="Give the part that proves it, or an address.",
            name=upload.name,
            most=MOST // 1024 // 1024,
        )
    return put_file(officer, upload.read()), plain_name(upload.name or "")


def held(said: object) -> Held:
    """SHA-256 and name of the files that a form's hidden field holds, one ``sha256/name`` per line."""
    pairs = [line.split("/", 1) for line in str(said or "").splitlines() if "/" in line]
    return [(sha, name) for sha, name in pairs if re.fullmatch(r"[0-9a-f]{64}", sha)]


def as_held(files: Held) -> str:
    return "\n".join(f"{sha}/{name}" for sha, name in files)


def plain_name(name: str) -> str:
    """A file's name without folders, spaces and signs that do not travel: letters, digits, dots, hyphens; at most 80 signs."""
    tidy = re.sub(r"[^\w.-]+", "-", name.replace("\\", "/").rsplit("/", 1)[-1]).strip("-.")
    stem, dot, ending = tidy.rpartition(".")
    return f"{stem[:70]}.{ending[:9]}" if dot and stem else tidy[:80] or "file"
