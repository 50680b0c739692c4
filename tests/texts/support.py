"""Where tests of joint texts find their material."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from comity.texts.model import Provision, TextMeta, TextVersion
from comity.texts.structure import structure

SAMPLES = Path(__file__).parent / "samples"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "texts"
LANGUAGES = ("en", "ru", "zh-Hans")
NAMES = ("communique", "agreement", "declaration")
META = TextMeta(date="2026-11-12", slug="joint-communique", author="arvena-kelmor", languages=("zh-Hans", "ru", "en"))


def sample(name: str, language: str) -> str:
    return (SAMPLES / f"{name}.{language}.txt").read_text(encoding="utf-8")


@cache
def version(name: str, language: str) -> TextVersion:
    return structure(sample(name, language), language).version


def shared(folder: str) -> Path:
    path = SHARED / folder
    if not path.exists():
        pytest.skip(f"the shared material {folder} does not lie beside this checkout")
    return path


def small(text: str = "The Sides agree.", **more: object) -> TextVersion:
    return TextVersion("en", "A title", (Provision("para_1", text=text),), **more)
