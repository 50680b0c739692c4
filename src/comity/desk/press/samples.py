"""Sample articles of an invented agency about the invented committee, one per language: to see what reading one gives."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from django.urls import reverse

from comity.desk.accounts.models import page_language
from comity.desk.observations.shown import tag_of
from comity.desk.press.words import LANGUAGES

PUBLISHERS = {"en": "Lake Wire", "ru": "«Озёрный вестник»", "zh": "湖畔通讯社"}
DATES = {"en": "2026-11-18", "ru": "2026-11-19", "zh": "2026-11-20"}

TEXTS = {code: files("comity.desk.press").joinpath(f"articles/{code}.txt").read_text(encoding="utf-8") for code, _name in LANGUAGES}


def choices() -> list[dict[str, Any]]:
    """A sample in each language, as links that fill the box."""
    return [
        {"url": f"{reverse('press:paste')}?sample={code}", "label": name, "lang": tag_of(code), "title": TEXTS[code].partition("\n")[0]}
        for code, name in LANGUAGES
    ]


def typed(code: str) -> dict[str, str]:
    """A sample as the box would hold it; in the page's language if none is named."""
    code = code if code in TEXTS else page_language().split("-")[0]
    return {"article": TEXTS[code], "language": code, "date": DATES[code], "publisher": PUBLISHERS[code]}
