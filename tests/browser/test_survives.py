"""What may go wrong around a node: its server is killed, a peer is down, answers rubbish, or never answers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from browser import story
from browser.conftest import Sit
from browser.nodes import Nodes

QUICK = 5  # seconds: the pages' own bound is far lower, but the machine may be busy with other tests


def test_a_signature_that_was_acknowledged_is_there_after_the_server_is_killed(fresh: Nodes, sit: Sit) -> None:
    tovan = sit(fresh, "arvena", "ru", "tovan")
    draft = tovan.draft("/mechanisms/found/", story.founding())
    act = tovan.sign(draft)
    fresh.kill("arvena")
    fresh.start("arvena")
    again = sit(fresh, "arvena", "ru", "tovan")
    assert again.open(f"/desk/acts/{act}/").status == 200
    assert again.page.locator(".keys").count()
    again.open("/desk/outbox/")
    assert again.page.locator(f'section[aria-labelledby="h-wait"] a[href="/desk/acts/{act}/"]').count()
    assert not again.page.locator(f'a[href="{draft}"]').count(), "the draft has become the act"
    assert act in fresh.digests("arvena")
    assert fresh.comity("arvena", "node", "fsck").returncode == 0
    sit(fresh, "kelmor", "zh-hans", "aren").countersign(act)


@pytest.fixture(scope="module")
def kelmor_away(seeded: Nodes) -> Iterator[None]:
    """Kelmor's node is off while these tests run."""
    seeded.stop("kelmor")
    yield
    seeded.start("kelmor")


@contextmanager
def answering(port: int, answer: Callable[[socket.socket], None]) -> Iterator[None]:
    """Something at a peer's address that is no node."""
    with socket.create_server(("127.0.0.1", port)) as server:
        server.settimeout(0.2)
        over = threading.Event()

        def serve() -> None:
            held = []
            while not over.is_set():
                try:
                    caller, _ = server.accept()
                except TimeoutError:
                    continue
                held.append(caller)
                answer(caller)
            for caller in held:
                caller.close()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def rubbish(caller: socket.socket) -> None:
    caller.sendall(b"\x00\xff rubbish \r\n\r\n" * 50)
    caller.close()


def another_page(caller: socket.socket) -> None:
    body = b"<!doctype html><p>Welcome to the router"
    caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body))
    caller.close()


def silence(caller: socket.socket) -> None:
    """The call is taken, and nothing is ever said."""


@contextmanager
def nothing() -> Iterator[None]:
    yield


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "nothing answers at its address"),
        (rubbish, "cannot be reached"),
        (another_page, "not readable"),
        (silence, "did not answer in time"),
    ],
    ids=["down", "rubbish", "another page", "silence"],
)
def test_a_peer_that_is_down_or_answers_rubbish_or_nothing_never_holds_up_the_desk_and_is_shown_with_its_reason(
    seeded: Nodes, kelmor_away: None, sit: Sit, answer: Callable[[socket.socket], None] | None, reason: str
) -> None:
    seeded.stop("arvena")
    with answering(seeded.ports["kelmor"], answer) if answer else nothing():
        seeded.start("arvena")
        sela = sit(seeded, "arvena", "en", "sela")
        slowest = 0.0
        for path in ("/mechanisms/", "/meetings/", "/texts/", "/commitments/", "/desk/inbox/", "/desk/outbox/", "/desk/record/", "/node/"):
            begun = time.monotonic()
            assert sela.page.request.get(seeded.address("arvena") + path).status == 200
            slowest = max(slowest, time.monotonic() - begun)
        assert slowest < QUICK
        peer = 'tr:has(code:text-is("kelmor.example"))'
        for path in ("/desk/outbox/", "/node/"):
            sela.wait_for(path, f'{peer} td:has-text("{reason}")')
            assert sela.page.locator(f"{peer} td").first.inner_text(), "when it was last reached stands there too"


def test_what_is_signed_while_the_peer_is_away_arrives_when_it_is_back(fresh: Nodes, sit: Sit) -> None:
    fresh.stop("kelmor")
    tovan = sit(fresh, "arvena", "en", "tovan")
    mechanism = story.found(tovan, tovan)
    fresh.start("kelmor")
    sit(fresh, "kelmor", "ru", "aren").countersign(mechanism)
    tovan.wait_for("/mechanisms/", f'main a[href^="/mechanisms/{mechanism}"]')


def test_the_demonstrations_start_page_shows_a_node_that_does_not_answer(seeded: Nodes, kelmor_away: None, sit: Sit) -> None:
    anyone = sit(seeded, "harbour", "en")
    assert anyone.open("/").status == 200
    assert anyone.page.locator(".node").count() == 3
    assert anyone.page.locator(".node .personas").count() == 2
