"""What the desk serves is its own: no foreign address, no restricted font, no style in the markup, enough contrast."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "src" / "comity" / "desk" / "design"
STATIC = ROOM / "static" / "design"
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
SHEETS = sorted(STATIC.glob("*.css"))


def test_no_style_sheet_asks_another_host() -> None:
    for sheet in SHEETS:
        assert not re.search(r"https?://|@import", sheet.read_text(encoding="utf-8")), sheet.name


def test_the_compiled_components_carry_no_restricted_font_and_no_crown() -> None:
    compiled = (STATIC / "govuk.css").read_text(encoding="utf-8").lower()
    assert not re.search(r"gds|transport|crown|url\(", compiled)
    assert compiled.count("var(--font-sans)") > 20


def test_every_font_slice_that_is_named_is_there_and_none_is_left_over() -> None:
    named = set(re.findall(r'url\("fonts/([^"]+)"\)', (STATIC / "fonts.css").read_text(encoding="utf-8")))
    assert named == {path.name for path in (STATIC / "fonts").glob("*.woff2")}


def test_the_fonts_cover_what_a_page_is_written_in() -> None:
    sheet = (STATIC / "fonts.css").read_text(encoding="utf-8")
    for family, needed in {
        "Noto Sans": "Aя№",
        "Noto Serif": "Aя№",
        "Noto Sans SC": "议会，“",
        "Noto Serif SC": "议会，“",
        "Noto Sans Mono": "Aя",
    }.items():
        ranges = " ".join(re.findall(rf'font-family:"{family}";[^}}]*unicode-range:([^}}]*)', sheet))
        spans = [(int(low, 16), int(high or low, 16)) for low, high in re.findall(r"[Uu]\+([0-9a-fA-F]+)(?:-([0-9a-fA-F]+))?", ranges)]
        for letter in needed:
            assert any(low <= ord(letter) <= high for low, high in spans), f"{family} lacks {letter}"


def test_the_fonts_come_with_their_licences_and_do_not_weigh_too_much() -> None:
    assert len(list((STATIC / "fonts").glob("OFL-*.txt"))) == 5
    assert all("Open Font License" in path.read_text(encoding="utf-8") for path in (STATIC / "fonts").glob("OFL-*.txt"))
    assert sum(path.stat().st_size for path in (STATIC / "fonts").iterdir()) < 15_000_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_styles_or_scripts_in_the_markup(path: Path) -> None:
    assert not re.search(r"\sstyle=|<style|<script(?! src=)|\son[a-z]+=|javascript:", path.read_text(encoding="utf-8"))


def test_the_readme_tells_how_to_use_every_partial() -> None:
    told = set(re.findall(r"`([a-z_]+)`", (ROOM / "README.md").read_text(encoding="utf-8")))
    partials = {path.stem for path in TEMPLATES if not path.stem.startswith(("base", "gallery", "brand", "field_about"))}
    assert partials <= told


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "wash", 4.5),
        ("ink-2", "wash", 4.5),
        ("accent", "accent-wash", 4.5),
        ("accent-2", "wash", 4.5),
        ("stop", "wash", 4.5),
        ("care", "care-wash", 4.5),
        ("line-2", "wash", 3.0),
        ("paper", "accent", 4.5),
    ],
)
def test_every_ink_is_read_on_its_ground(ink: str, ground: str, least: float) -> None:
    tokens = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", (STATIC / "tokens.css").read_text(encoding="utf-8").split("@media print")[0]))
    light, dark = sorted((luminance(tokens[ink]), luminance(tokens[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least
