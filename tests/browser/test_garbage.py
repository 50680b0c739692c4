"""Rubbish in any address or form of the desk is answered with a page that helps, never with a failure of the node."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from lxml import html

from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes

RUBBISH = (
    "", "0", "-1", "9" * 30, "a" * 64, "0" * 64, "\0x", "../../etc/passwd", "<script>", "2026-13-45", "\U0001f642", "null", "[]", "{}",
    "1e309", "NaN", "ru", "' OR 1=1--", "arvena", "x" * 5000, "١", "۱۲",
)  # fmt: skip
PAGES = 160
LEFT_OUT = re.compile(r"/node/(?:reset|enter)/|/account/|/static/|/logout")  # these end the visit or the demonstration

type Form = tuple[str, str, tuple[str, ...], dict[str, str]]
"""Where it goes, how, the names of its fields, and what they hold."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, messages: None) -> Iterator[Nodes]:
    """A demonstration of its own, since rubbish may also be taken for an order."""
    with Nodes.make(tmp_path_factory.mktemp("garbage") / "nodes", seeded=True) as nodes:
        yield nodes.start("arvena")


def kind(address: str) -> str:
    """Pages of one view and one set of parameters are alike."""
    parts = urlsplit(address)
    path = re.sub(r"[0-9a-f]{16,}|(?<=/)\d+(?=/)", "…", parts.path)
    return f"{path}?{'&'.join(sorted(name for name, _value in parse_qsl(parts.query, keep_blank_values=True)))}"


class Walk:
    """Goes from page to page, tries rubbish in each address, and notes the forms."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.ask, self.chance = desk, desk.page.request, random.Random(20)
        self.forms: dict[tuple[str, str, tuple[str, ...]], Form] = {}
        self.failed: list[str] = []

    def note(self, status: int, what: str) -> None:
        if status >= 500:
            self.failed.append(f"{status} {what[:400]}")

    def run(self) -> int:
        waiting, seen = ["/"], set[str]()
        while waiting and len(seen) < PAGES:
            address = waiting.pop(0).partition("#")[0]
            if kind(address) in seen or LEFT_OUT.search(address):
                continue
            seen.add(kind(address))
            answer = self.ask.get(self.desk.address + address)
            self.note(answer.status, f"GET {address}")
            if answer.headers.get("content-type", "").startswith("text/html"):
                waiting += self.read(address, answer.text())
            self.disturb(address)
        return len(seen)

    def read(self, address: str, page: str) -> list[str]:
        """The pages that this one leads to; its forms are noted."""
        document = html.document_fromstring(page)
        for form in document.forms:
            fields = {str(name): str(value or "") for name, value in form.form_values()}
            names = tuple(sorted({str(one.name) for one in form.inputs if one.name}))
            to = urljoin(address, form.action or address)
            if to.startswith("/") and not LEFT_OUT.search(to):
                self.forms.setdefault((kind(to), form.method, names), (to, form.method, names, fields))
        return [link for link in document.xpath("//a/@href") if link.startswith("/")]

    def disturb(self, address: str) -> None:
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query))
        for name in {*query, self.chance.choice(("page", "lang", "version", "draft", "mechanism", "text", "about", "session"))}:
            disturbed = f"{parts.path}?{urlencode(query | {name: self.chance.choice(RUBBISH)})}"
            self.note(self.ask.get(self.desk.address + disturbed).status, f"GET {disturbed}")

    def fill(self, form: Form, share: float) -> None:
        """Send a form in which about ``share`` of the fields hold rubbish and the rest what the page gave."""
        to, method, names, fields = form
        data: dict[str, str | float | bool] = {
            n: self.chance.choice(RUBBISH) if self.chance.random() < share else fields.get(n, "") for n in names
        }
        data["csrfmiddlewaretoken"] = fields.get("csrfmiddlewaretoken", "")
        if method.lower() == "post":
            status = self.ask.post(self.desk.address + to, form=data, headers={"Referer": self.desk.address + to}).status
        else:
            status = self.ask.get(self.desk.address + to, params=data).status
        self.note(status, f"{method} {to} {data}")


def test_rubbish_in_any_address_or_form_is_answered_and_never_makes_the_node_fail(own: Nodes, sit: Sit) -> None:
    walk = Walk(sit(own, "arvena", "en", "sela"))
    assert walk.run() == PAGES
    assert len(walk.forms) > 60
    for form in list(walk.forms.values()):
        for share in (0.3, 0.9):
            walk.fill(form, share)
    assert not walk.failed, "\n".join(walk.failed)
