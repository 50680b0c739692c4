"""A parliament's node with keys, and officers of every kind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client, override_settings

from comity.desk.accounts import views
from comity.desk.accounts.models import Officer
from comity.node.home import Home, Settings
from comity.node.node import Node
from comity.node.setup import make_node

PASSWORD = "a long enough sentence"
TOOLS = Path(__file__).parents[3] / "tools" / "messages.py"


@pytest.fixture(scope="session", autouse=True)
def messages_compiled() -> None:
    """The .mo files are not committed."""
    subprocess.run([sys.executable, TOOLS, "compile"], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def quick_and_uncounted() -> Iterator[None]:
    """Passwords are hashed quickly, and no test sees the tries that another one has left in the cache."""
    cache.clear()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Node:
    """Arvena's node with two officers' keys in its first key root, one of which signs."""

    def now() -> datetime:
        return datetime.now(UTC)

    settings = Settings(host="arvena.example", party="arvena", names=[{"lang": "en", "text": "National Assembly of Arvena"}])
    make_node(tmp_path / "arvena", settings, officers=2, threshold=1, clock=now, entropy=os.urandom)
    made = Node(Home(tmp_path / "arvena"), clock=now, entropy=os.urandom)
    monkeypatch.setattr(views, "the_node", lambda: made)
    return made


@pytest.fixture
def person() -> Callable[..., Officer]:
    """Makes an officer with a password: ``person("mira", role="signatory")``."""

    def make(username: str, **about: object) -> Officer:
        user = User.objects.create_user(username, password=PASSWORD)
        names = [{"lang": "zh-Hans", "text": "米拉"}, {"lang": "ru", "text": "Мира"}, {"lang": "en", "text": username.capitalize()}]
        return Officer.objects.create(user=user, names=names, title=[{"lang": "en", "text": "Secretary"}], **about)

    return make


@pytest.fixture
def operator(person: Callable[..., Officer]) -> Officer:
    return person("oren", role="reader", operator=True)


@pytest.fixture
def enter() -> Callable[[Officer], Client]:
    """A browser in which this officer has signed in."""

    def sign_in(officer: Officer, language: str = "en") -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE=language)
        client.force_login(officer.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
