"""Officers of Arvena, and browsers in which they have signed in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comity.desk.accounts.models import Officer

TOOLS = Path(__file__).parents[3] / "tools" / "messages.py"

type Make = Callable[..., Officer]
type Enter = Callable[..., Client]


@pytest.fixture(scope="session", autouse=True)
def messages_compiled() -> None:
    """The .mo files are not committed."""
    subprocess.run([sys.executable, TOOLS, "compile"], check=True, capture_output=True)


@pytest.fixture
def person(db: None) -> Make:
    """Makes an officer: ``person("tovan", "signatory", en="Tovan Brel")``."""

    def make(username: str, role: str = "secretary", *, operator: bool = False, **names: str) -> Officer:
        user = User.objects.create(username=username)
        listed = [{"lang": "zh-Hans" if lang == "zh" else lang, "text": text} for lang, text in names.items()]
        return Officer.objects.create(
            user=user,
            role=role,
            names=listed or [{"lang": "en", "text": username.capitalize()}],
            keyid="" if role in ("reader", "drafter") else "k" * 64,
            operator=operator,
        )

    return make


@pytest.fixture
def enter() -> Enter:
    """A browser in which this officer has signed in."""

    def sign_in(officer: Officer | None, language: str = "en") -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE=language)
        if officer is not None:
            client.force_login(officer.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
