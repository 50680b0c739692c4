"""The README's pictures: real pages of a fresh demonstration, taken with Debian's chromium and written to ``docs/pictures``.

    tools/pictures.py        takes all of them anew, about a minute

Each stays under 200 kB, because only what fits one screen is taken.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The tests know how to make nodes and sit at them.
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from playwright.sync_api import Browser  # noqa: E402  # after what it needs is set

from browser.conftest import seats  # noqa: E402  # after what it needs is set
from browser.nodes import Nodes  # noqa: E402  # after what it needs is set
from browser.sites import Seen, look_around  # noqa: E402  # after what it needs is set
from chromium import chromium  # noqa: E402  # after what it needs is set

FOLDER = ROOT / "docs" / "pictures"
MOST = 200_000  # bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """One page on one screen. ``house`` and ``persona`` say whose desk it is; ``to`` is scrolled to the top of the screen."""

    name: str
    house: str
    persona: str
    language: str
    path: str
    width: int = 1280
    height: int = 860
    to: str = ""


def pictures(seen: Seen) -> list[Picture]:
    """What is shown, on pages that the walk through the demonstration has found."""
    mechanism = f"/mechanisms/{seen.mechanism}/"
    return [
        Picture("start", "harbour", "", "en", "/"),
        Picture("work", "arvena", "sela", "en", "/work/"),
        Picture("negotiation", "arvena", "sela", "en", f"/texts/{seen.negotiated}/", height=680, to="main .heads"),
        Picture("press", "arvena", "sela", "en", f"/press/{seen.article}/"),
        Picture("forum", "arvena", "sela", "en", "/forums/demo/pair/?a=ARV&b=KEL"),
        Picture("mechanism", "arvena", "sela", "en", mechanism),
        Picture("text", "arvena", "sela", "en", f"/texts/{seen.adopted}/", height=680, to="main .heads"),
        Picture("signing", "arvena", "tovan", "en", seen.closed, height=720),
        Picture("commitments", "arvena", "sela", "en", "/commitments/", to="table.board"),
        Picture("mechanism-zh", "arvena", "sela", "zh-hans", mechanism),
        Picture("signing-ru", "arvena", "tovan", "ru", seen.closed, height=720),
        Picture("commitments-360", "kelmor", "juno", "en", "/commitments/", width=360, height=780, to="table.board"),
    ]


def take(browser: Browser, nodes: Nodes) -> None:
    """Take every picture. Raises ValueError if one is too large."""
    with seats(browser) as sit:
        for picture in pictures(look_around(nodes, sit)):
            desk = sit(nodes, picture.house, picture.language, picture.persona, width=picture.width)
            desk.page.set_viewport_size({"width": picture.width, "height": picture.height})
            desk.open(picture.path)
            desk.page.evaluate("document.fonts.ready.then(() => true)")
            if picture.to:
                desk.page.locator(picture.to).first.evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - 16)")
            data = desk.page.screenshot()
            if len(data) > MOST:
                raise ValueError(f"{picture.name}: {len(data)} bytes; take less of the page")
            (FOLDER / f"{picture.name}.png").write_bytes(data)
            print(f"{picture.name}.png {len(data) // 1000} kB")


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        Nodes.make(Path(scratch) / "nodes", seeded=True) as nodes,
        chromium() as browser,
    ):
        nodes.start("arvena", "kelmor", "harbour")
        if browser is None:
            raise SystemExit("There is no Chromium on this machine.")
        take(browser, nodes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
