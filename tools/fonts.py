"""Cut the fonts that papers are set in: `python tools/fonts.py FOLDER` reads the packages that `npm pack` fetched and were unpacked there.

    npm pack @expo-google-fonts/noto-serif@0.4.2 @expo-google-fonts/noto-serif-sc@0.4.3     (TrueType files, SIL Open Font License)
    for each: mkdir NAME; tar xzf NAME.tgz -C NAME --strip-components=1     with NAME `noto-serif` and `noto-serif-sc`

Needs fontTools (`pip install fonttools`), which is used here and nowhere else. Latin, Greek and Cyrillic letters come from Noto Serif, Han
from Noto Serif SC: all of GB 2312 in the regular weight, its first level (the 3,755 usual characters) in the bold one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

OUT: Final = Path(__file__).parents[1] / "src" / "comity" / "papers" / "fonts"
LETTERS: Final = [
    *range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2B0, 0x300), *range(0x300, 0x370), *range(0x370, 0x400), *range(0x400, 0x530),
    *range(0x1E00, 0x1F00), *range(0x2000, 0x2070), *range(0x2070, 0x20A0), *range(0x20A0, 0x20C1), *range(0x2100, 0x2150),
    *range(0x2150, 0x2190), *range(0x2190, 0x2200), *range(0x2200, 0x2300), *range(0x25A0, 0x2600), 0xFFFD,
]  # fmt: skip


def gb2312(rows: range) -> list[int]:
    """The code points of some rows of GB 2312 (1–9 signs, 16–55 first level, 56–87 second level)."""
    found = []
    for row in rows:
        for cell in range(1, 95):
            try:
                found.append(ord(bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


SIGNS: Final = [
    *gb2312(range(1, 10)),
    *range(0x3000, 0x3020),
    *range(0xFF01, 0xFF5F),
    0x00B7,
    0x2014,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
    0x2026,
]
FULL: Final = [*SIGNS, *gb2312(range(16, 88))]
USUAL: Final = [*SIGNS, *gb2312(range(16, 56))]
PLAN: Final = (
    ("noto-serif", "400Regular/NotoSerif_400Regular.ttf", "NotoSerif-Regular.ttf", LETTERS),
    ("noto-serif", "700Bold/NotoSerif_700Bold.ttf", "NotoSerif-Bold.ttf", LETTERS),
    ("noto-serif", "400Regular_Italic/NotoSerif_400Regular_Italic.ttf", "NotoSerif-Italic.ttf", LETTERS),
    ("noto-serif-sc", "400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", FULL),
    ("noto-serif-sc", "700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf", USUAL),
)


def cut(source: Path, target: Path, points: list[int]) -> None:
    """Write the subset of a font that has these code points, without hinting, its timestamps kept."""
    from fontTools import subset  # type: ignore[import-not-found]  # ships no types

    options = subset.Options(hinting=False, recalc_timestamp=False, notdef_outline=True, name_IDs=["*"], layout_features=["*"])
    options.drop_tables += ["vhea", "vmtx", "VORG", "DSIG", "STAT"]
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "palt", "chws", "halt", "frac", "lnum", "tnum", "case"]
    font = subset.load_font(source, options)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=points)
    worker.subset(font)
    subset.save_font(font, target, options)


def main(folder: Path) -> None:
    OUT.mkdir(exist_ok=True)
    for package, name, target, points in PLAN:
        cut(folder / package / name, OUT / target, points)
        print(f"{target}: {(OUT / target).stat().st_size:,} bytes")
    print("All together:", f"{sum(path.stat().st_size for path in OUT.glob('*.ttf')):,}", "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
