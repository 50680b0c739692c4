"""The operator's page: what the node waits for, backups, background work; and who gets to see it."""

from __future__ import annotations

import smtplib
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comity.desk.accounts.models import Officer
from comity.desk.operate import background, state
from comity.desk.operate.models import Job
from comity.errors import ComityError, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter() -> Callable[..., Client]:
    def sign_in(username: str, *, operator: bool, language: str = "en") -> Client:
        user = User.objects.create(username=username)
        Officer.objects.create(user=user, role="reader", names=[{"lang": "en", "text": username}], operator=operator)
        client = Client(HTTP_ACCEPT_LANGUAGE=language)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def run_all() -> None:
    """Do what was asked for, in this thread."""
    while not background._queue.empty():
        background.do(*background._queue.get())


def test_a_backup_is_made_in_the_background_and_downloaded_by_the_operator_only(enter: Callable[..., Client], tmp_path: Any) -> None:
    oren = enter("oren", operator=True)
    assert oren.post("/node/", {"passphrase": "a sentence nobody guesses"}).status_code == 302
    assert Job.objects.get(kind="backup").ended is None
    run_all()
    job = Job.objects.get(kind="backup")
    assert job.trouble == ""
    page = oren.get("/node/").content.decode()
    assert job.outcome["file"] in page
    data = b"".join(oren.get(f"/node/backups/{job.outcome['file']}"))
    assert "comity-backup.json" in zipfile.ZipFile(BytesIO(data)).namelist()
    assert enter("ilena", operator=False).get(f"/node/backups/{job.outcome['file']}").status_code == 403
    assert Client().get(f"/node/backups/{job.outcome['file']}").status_code == 302
    assert oren.get("/node/backups/..%2Fsecret").status_code == 404
    assert oren.get("/node/backups/secret").status_code == 404
    for path in state.folder().iterdir():
        path.unlink()


def test_a_short_passphrase_is_refused_at_once(enter: Callable[..., Client]) -> None:
    oren = enter("oren", operator=True)
    page = oren.post("/node/", {"passphrase": "short"}, follow=True).content.decode()
    assert "too short" in page
    assert not Job.objects.exists()


@pytest.mark.parametrize("failure", [Refused("There is no paper left.", remedy="Buy some."), RuntimeError("a stack of details")])
def test_work_that_fails_says_why_in_words(enter: Callable[..., Client], failure: Exception) -> None:
    def fails(progress: background.Progress) -> dict[str, Any]:
        progress(3, 7)
        raise failure

    background.ask("press", fails)
    run_all()
    page = enter("oren", operator=True).get("/node/").content.decode()
    assert "RuntimeError" not in page
    assert "a stack of details" not in page
    assert ("There is no paper left." in page) == isinstance(failure, ComityError)


def test_mail_is_sent_once_a_day_and_after_a_failure_again_in_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    from comity.desk.work import mail

    sent: list[Any] = []
    failing = [True]

    def send(now: Any, **_: Any) -> int:
        if failing[0]:
            raise ComityError("The mail server did not take the mail: {why}.", why=smtplib.SMTPException("busy"))
        sent.append(now)
        return 1

    monkeypatch.setattr(mail, "send_digests", send)
    monkeypatch.setattr(mail, "server", lambda: object())
    morning = timezone.localtime().replace(hour=8, minute=0)
    background.clockwork(morning - timedelta(hours=2))
    assert not Job.objects.filter(kind="mail").exists(), "not before seven"
    background.clockwork(morning)
    background.clockwork(morning + timedelta(minutes=10))
    assert Job.objects.filter(kind="mail").count() == 1
    failing[0] = False
    background.clockwork(morning + timedelta(minutes=70))
    background.clockwork(morning + timedelta(hours=5))
    assert len(sent) == 1
    background.clockwork(morning + timedelta(days=1))
    assert len(sent) == 2


def test_the_page_is_for_operators(enter: Callable[..., Client]) -> None:
    assert enter("ilena", operator=False).get("/node/").status_code == 403
    for language in ("zh-hans", "ru", "en"):
        assert enter(f"oren-{language}", operator=True, language=language).get("/node/").status_code == 200


def test_the_page_about_comity_leads_to_the_operators_page_only_who_may_open_it(enter: Callable[..., Client]) -> None:
    for name, operator in (("ilena", True), ("dara", False)):
        client = enter(name, operator=operator)
        page = client.get("/node/about/?lang=en").content.decode()
        assert ('href="/node/"><code>' in page) == operator
        assert client.get("/node/").status_code == (200 if operator else 403)
