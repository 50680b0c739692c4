"""Estimates kept beside the roll calls they were made from, each with its settings, so that pages show them without estimating again.

``<folder>/<forum>/<digest>/estimates/<rules>.<method>.json``. They lie in the folder of one import: a new import leaves them behind, and
they go with it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.forums import store
from comity.forums.idealpoints.estimate import GIBBS, PREVIEW, Estimate


@dataclass(frozen=True)
class Snapshot:
    """``about``: settings, input digest, R-hat; ``rows``: one for each member-session (see :meth:`Estimate.rows`)."""

    about: dict[str, Any]
    rows: list[dict[str, Any]]

    @property
    def preview(self) -> bool:
        return bool(self.about["method"] == PREVIEW)


def keep(found: Estimate, folder: Path, forum: str) -> Path:
    """Write the estimate beside the roll calls in use; an older one by the same rules and method is replaced."""
    home = store.in_use(folder, forum) / "estimates"
    home.mkdir(exist_ok=True)
    path = home / f"{found.settings.rules}.{found.settings.method.split()[0]}.json"
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps({"about": found.about(), "rows": found.rows()}, ensure_ascii=False), encoding="utf-8")
    os.replace(draft, path)
    return path


def kept(folder: Path, forum: str, rules: str) -> Snapshot | None:
    """The estimate by ``rules`` for the roll calls in use: the sampled one if there is one, else the preview, else nothing."""
    home = store.in_use(folder, forum) / "estimates"
    for method in (GIBBS, PREVIEW.split()[0]):
        path = home / f"{rules}.{method}.json"
        if path.is_file():
            raw = json.loads(path.read_text(encoding="utf-8"))
            return Snapshot(raw["about"], raw["rows"])
    return None
