"""An officer at a desk: what a person does in a browser. Fields are found by name, never by words, so that it works in every language."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import FilePayload, Locator, Page, Response

from browser.nodes import pause

WITHIN = 30  # seconds until the other node has what was said here
HEX = r"[0-9a-f]{64}"


@dataclass
class Desk:
    """A page of one person on one node. ``language`` is the person's; ``enter`` signs her in, empty for somebody without an account."""

    page: Page
    address: str
    language: str
    enter: str = ""

    def __post_init__(self) -> None:
        if self.enter:
            self.page.goto(self.enter)
        self.open("/")

    def open(self, path: str) -> Response:
        """Go to a page of this node in this person's language."""
        parts = urlsplit(path)
        joint = "&" if parts.query else "?"
        answer = self.page.goto(f"{self.address}{path}{joint}lang={self.language}")
        assert answer is not None
        return answer

    def path(self) -> str:
        return urlsplit(self.page.url).path

    def press(self, button: Locator) -> None:
        """Press what leads to another page, and wait for that page: for its very document, since an address may change without one."""
        button.wait_for()
        self.page.locator("html").evaluate("page => page.dataset.left = ''")
        button.click()
        self.page.locator("html:not([data-left])").wait_for(state="attached")
        self.page.wait_for_load_state()

    # Forms ----------------------------------------------------------------------------

    def fill(self, values: Mapping[str, str | list[str] | bool]) -> None:
        """Fill the fields of the form of an act by their names: text, one choice, several choices or a single box."""
        for name, value in values.items():
            fields = self.page.locator(f'#act [name="{name}"]')
            kind = fields.first.evaluate("f => f.tagName === 'INPUT' ? f.type : f.tagName.toLowerCase()")
            if kind == "select":
                fields.select_option(str(value))
            elif kind == "radio":
                self.page.locator(f'#act [name="{name}"][value="{value}"]').check()
            elif kind == "checkbox" and isinstance(value, bool):
                fields.first.set_checked(value)
            elif kind == "checkbox":
                for box in fields.all():
                    box.set_checked(box.get_attribute("value") in value)  # type: ignore[operator]  # several boxes are filled by a list
            else:
                fields.fill(str(value))

    def attach(self, name: str, file: FilePayload) -> None:
        self.page.locator(f'#act [name="{name}"]').set_input_files(file)

    def draft(
        self, form: str, values: Mapping[str, str | list[str] | bool], *, public: bool = True, file: FilePayload | None = None
    ) -> str:
        """Fill in a form, go on to signing and close the draft for signature; returns the draft's path."""
        self.open(form)
        self.fill(values)
        if file:
            self.attach("uploads", file)
        self.fill({"audience": "public" if public else "parties"})
        self.press(self.page.locator('#act button[name="continue"]'))
        assert self.path().startswith("/desk/drafts/"), self.page.locator("main").inner_text()
        self.press(self.page.locator('button[name="action"][value="close"]'))
        assert self.page.locator("#sign").count(), self.page.locator("main").inner_text()
        return self.path()

    # Signing --------------------------------------------------------------------------

    def sign(self, path: str) -> str:
        """Read every version, type the second factor, sign; returns the id of the act."""
        self.open(path)
        for box in self.page.locator('input[name="read"]').all():
            box.check()
        code = self.page.locator("#code-hint b").inner_text()
        self.page.locator("#code").fill(code)
        self.press(self.page.locator('#sign button[name="action"][value="sign"]'))
        said = re.fullmatch(rf"/desk/acts/({HEX})/", self.path())
        assert said, self.page.locator("main").inner_text()
        assert self.page.locator(".standing").count(), self.page.locator("main").inner_text()
        assert not self.page.locator("#sign").count(), "nothing is left to sign"
        return said.group(1)

    def countersign(self, act: str) -> str:
        """Find what waits in the inbox, and sign it."""
        self.wait_for("/desk/inbox/", f'section[aria-labelledby="h-wait"] a[href="/desk/acts/{act}/"]')
        link = self.page.locator(f'section[aria-labelledby="h-wait"] a[href="/desk/acts/{act}/"]')
        self.press(link)
        return self.sign(self.path())

    def wait_for(self, path: str, selector: str) -> None:
        """Look at a page again and again until it shows something that comes from the other node."""
        limit = time.monotonic() + WITHIN
        while True:
            self.open(path)
            if self.page.locator(selector).count():
                return
            assert time.monotonic() < limit, f"{selector} did not come to {path}:\n{self.page.locator('main').inner_text()}"
            pause()

    # What stands where ----------------------------------------------------------------

    def only(self, path: str, room: str) -> str:
        """The id of the only thing of a room that a page links to."""
        self.open(path)
        hrefs = [str(a.get_attribute("href")) for a in self.page.locator(f'main a[href^="/{room}/"]').all()]
        found = {match.group(1) for href in hrefs if (match := re.match(rf"/{room}/([0-9a-f]{{64}}[^/]*)/", href))}
        assert len(found) == 1, hrefs
        return found.pop()

    def download(self, path: str, into: Path) -> Path:
        """Click on the link to a file of this node and keep what comes."""
        link = self.page.locator(f'main a[href^="{path}"]')
        assert link.count(), self.page.locator("main").inner_html()
        with self.page.expect_download() as coming:
            link.first.click()
        into.mkdir(parents=True, exist_ok=True)
        kept = into / coming.value.suggested_filename
        coming.value.save_as(kept)
        return kept

    def bring(self, pouch: Path) -> None:
        """Upload a pouch on the export page."""
        self.open("/desk/export/")
        self.page.locator('input[name="pouch"]').set_input_files(pouch)
        self.press(self.page.locator('form[action="/desk/import/"] button[type="submit"]'))
