"""The forums that have been imported here: what is written down about each, who may see it, and its settings. Loads no roll calls."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer, page_language
from comity.desk.accounts.policy import Why
from comity.desk.forums.models import ForumSetting
from comity.desk.record.visible import insider
from comity.terms.names import Name, best_name

UNGA = {"en": "United Nations General Assembly", "ru": "Генеральная Ассамблея Организации Объединённых Наций", "zh": "联合国大会"}
RESERVED = frozenset({"import", "jobs", "sheet", "position", "agree-position", "unga-file"})


@dataclass(frozen=True, slots=True)
class Held:
    """A forum that is here. ``extent``: events, voters, votes, first and last session and day."""

    id: str
    names: Mapping[str, str]
    invented: bool
    attribution: str
    digest: str
    folder: Path
    extent: Mapping[str, Any]
    released: bool

    @property
    def name(self) -> str:
        return named(self.names)

    @property
    def size(self) -> dict[str, str]:
        """How many roll calls and voters, as the page's language writes numbers."""
        from comity.desk.forums.figure import count

        return {key: count(int(self.extent.get(key, 0))) for key in ("events", "voters")}

    @property
    def official(self) -> bool:
        """Whether it is the General Assembly, whose states and topics have names here."""
        return self.id == "unga"


def named(names: Mapping[str, str]) -> str:
    """A name in the page's language, else in any."""
    return best_name([Name(text, lang) for lang, text in names.items()], page_language()).text if names else ""


def home() -> Path:
    """Where this node keeps its forums."""
    return Path(settings.HOME.folder) / "forums"


def held() -> list[Held]:
    """All forums here."""
    folders = sorted(p.parent.name for p in home().glob("*/current")) if home().is_dir() else []
    released = set(ForumSetting.objects.filter(released=True).values_list("id", flat=True)) if folders else set()
    return [one for name in folders if (one := _one(name, name in released)) is not None]


def _one(forum: str, released: bool) -> Held | None:
    import json

    place = home() / forum
    try:
        folder = place / (place / "current").read_text(encoding="ascii").strip()
        about = json.loads((folder / "forum.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Held(
        about["id"], about["names"], about["invented"], about["attribution"], about["digest"], folder, about.get("extent", {}), released
    )


def visible(request: HttpRequest) -> list[Held]:
    """Officers of this node see all forums; anyone else those that the operator has released."""
    return [f for f in held() if f.released or insider(request)]


def forum_or_404(request: HttpRequest, forum: str) -> Held:
    found = next((f for f in visible(request) if f.id == forum), None)
    if found is None:
        raise Http404(forum)
    return found


def why_not_import(officer: Officer | None) -> Why:
    """Why this person may not bring roll calls to this node; empty if she may."""
    if officer is None:
        return _("Sign in to import roll calls.")
    if officer.role == "reader" and not officer.operator:
        return _("A reader cannot import roll calls. Ask the secretary of your delegation.")
    return why_no_engine()


@functools.cache
def _missing() -> tuple[str, ...]:
    return tuple(name for name in ("numpy", "numba", "pyarrow") if find_spec(name) is None)


def why_no_engine() -> Why:
    """Why nothing can be reckoned on this node; empty if it can. Looked at again as long as something is missing."""
    if _missing():
        _missing.cache_clear()
    if not _missing():
        return ""
    return _("The libraries that count votes are not installed here (missing: %(names)s). Install them: pip install 'comity[forums]'.") % {
        "names": ", ".join(_missing())
    }
