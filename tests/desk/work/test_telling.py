"""Notifications: told once, to the right people, read and unread, and by mail once a day over a real connection."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.utils import timezone

from comity.desk.record.models import ActRow, Draft
from comity.desk.work import mail, telling
from comity.desk.work.models import Notice, Wishes
from comity.errors import ComityError
from desk import rows

from .conftest import Enter, Make

pytestmark = pytest.mark.django_db


class Relay(socketserver.StreamRequestHandler):
    """A mail server as small as RFC 5321 lets it be: it takes every mail and keeps it."""

    def handle(self) -> None:
        self.wfile.write(b"220 relay\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                data = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    data += part
                self.server.mails.append(data)
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def relay(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """The mails that a server on this machine took."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Relay) as server:
        server.mails = []
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("COMITY_MAIL", f"smtp://127.0.0.1:{server.server_address[1]}?from=comity@arvena.example&tls=no")
        yield server.mails
        server.shutdown()


def read(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def waiting_act(name: str = "meeting", kind: str = "meetings/convene/1") -> ActRow:
    state = {"status": "open", "signed": ["kelmor"], "missing": ["arvena"], "titles": {"en": "Meeting 5", "ru": "Заседание № 5"}}
    return rows.act(name, kind, by="kelmor", arrived=timezone.now(), **state)


def test_an_act_that_waits_is_told_once_to_those_who_may_sign_it(person: Make) -> None:
    rows.mechanism()
    waiting_act()
    tovan, sela, ilena = person("tovan", "signatory"), person("sela"), person("ilena", "drafter")
    now = timezone.now()
    assert telling.gather(now) == 1
    assert telling.gather(now) == 0
    assert Notice.objects.get(kind="sign").officer == tovan
    assert not Notice.objects.filter(officer__in=[sela, ilena]).exists()


def test_a_closed_draft_is_told_to_signatories_and_its_end_to_who_drafted_it(person: Make) -> None:
    rows.mechanism()
    tovan, ilena = person("tovan", "signatory"), person("ilena", "drafter")
    act = rows.act("meeting", "meetings/convene/1", status="open", signed=["arvena"], missing=["kelmor"])
    draft = Draft.objects.create(
        type="meetings/convene/1",
        mechanism=rows.an_id("mechanism"),
        author=ilena.user,
        act=act.id,
        payload=b"{}",
        titles={"en": "Meeting 5"},
    )
    telling.gather(timezone.now())
    assert Notice.objects.get(kind="draft").officer == tovan
    draft.done = True
    draft.save()
    act.status, act.missing = "in_force", []
    act.save()
    telling.gather(timezone.now())
    assert Notice.objects.get(kind="ended").officer == ilena


def test_a_commitment_is_reminded_of_before_it_is_due_and_when_it_is_overdue(person: Make) -> None:
    rows.mechanism()
    sela = person("sela")
    due = timezone.localdate() + timedelta(days=20)
    rows.commitment(due_by=due.isoformat())
    now = timezone.now()
    for later in (0, 1, 14, 21, 22):
        telling.gather(now + timedelta(days=later))
    keys = [key.rpartition("-")[2] for key in Notice.objects.filter(officer=sela, kind="due").order_by("id").values_list("key", flat=True)]
    assert keys == ["30", "7", "late"]


def test_what_an_officer_does_not_want_to_know_she_is_not_told(person: Make, enter: Enter) -> None:
    rows.mechanism()
    waiting_act()
    tovan = person("tovan", "signatory")
    client = enter(tovan)
    client.post("/work/notifications/settings/", {"kinds": ["mention"], "language": "en"})
    telling.gather(timezone.now())
    assert not Notice.objects.exists()


def test_opening_a_notification_reads_it_and_a_button_takes_that_back(person: Make, enter: Enter) -> None:
    rows.mechanism()
    act = waiting_act()
    client = enter(person("tovan", "signatory"))
    telling.gather(timezone.now())
    page = client.get("/work/notifications/").content.decode()
    row = Notice.objects.get()
    assert "Meeting 5" in page
    assert client.get(f"/work/notifications/{row.pk}/")["Location"] == f"/desk/acts/{act.id}/"
    row.refresh_from_db()
    assert row.read is not None
    client.post(f"/work/notifications/{row.pk}/")
    row.refresh_from_db()
    assert row.read is None
    client.post("/work/notifications/")
    assert not Notice.objects.filter(read=None).exists()


def test_nobody_opens_a_colleagues_notification(person: Make, enter: Enter) -> None:
    rows.mechanism()
    waiting_act()
    person("tovan", "signatory")
    telling.gather(timezone.now())
    assert enter(person("sela")).get(f"/work/notifications/{Notice.objects.get().pk}/").status_code == 404


# Mail --------------------------------------------------------------------------------------------


def test_who_asks_for_it_gets_what_is_unread_by_mail_in_her_language_and_each_thing_once(person: Make, relay: list[bytes]) -> None:
    rows.mechanism()
    waiting_act()
    tovan, other = person("tovan", "signatory"), person("other", "signatory")
    Wishes.objects.create(officer=tovan, mail="tovan@arvena.example", daily=True, language="ru")
    Wishes.objects.create(officer=other, mail="other@arvena.example", daily=False)
    telling.gather(timezone.now())
    assert mail.send_digests(timezone.now()) == 1
    assert mail.send_digests(timezone.now()) == 0, "what went is not sent again"
    (data,) = relay
    letter = read(data)
    said = letter.get_content()
    assert letter["To"] == "tovan@arvena.example"
    assert "Заседание № 5" in said
    assert "/work/notifications/" in said
    assert "signature" not in said, "everything is in the reader's language"


def test_a_mail_never_holds_the_words_of_a_remark(person: Make, enter: Enter, relay: list[bytes]) -> None:
    tovan = person("tovan", "signatory")
    Wishes.objects.create(officer=tovan, mail="tovan@arvena.example", daily=True)
    data = {"object": "ab" * 32, "path": "/", "title": "Meeting 4", "text": "@tovan the quiet reason"}
    enter(person("ilena", "drafter")).post("/work/remarks/", data)
    mail.send_digests(timezone.now())
    said = read(relay[0]).get_content()
    assert "Meeting 4" in said
    assert "quiet reason" not in said


def test_without_a_mail_server_nothing_is_sent_and_nothing_is_lost(person: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMITY_MAIL", raising=False)
    rows.mechanism()
    waiting_act()
    Wishes.objects.create(officer=person("tovan", "signatory"), mail="tovan@arvena.example", daily=True)
    telling.gather(timezone.now())
    assert mail.send_digests(timezone.now()) == 0
    assert Notice.objects.get().mailed is None


def test_a_server_that_is_away_is_named_and_the_mail_goes_later(person: Make, monkeypatch: pytest.MonkeyPatch, relay: list[bytes]) -> None:
    rows.mechanism()
    waiting_act()
    Wishes.objects.create(officer=person("tovan", "signatory"), mail="tovan@arvena.example", daily=True)
    telling.gather(timezone.now())
    with pytest.MonkeyPatch.context() as away:
        away.setenv("COMITY_MAIL", "smtp://127.0.0.1:1?from=comity@arvena.example&tls=no")
        with pytest.raises(ComityError, match=r"127\.0\.0\.1:1"):
            mail.send_digests(timezone.now())
    assert mail.send_digests(timezone.now()) == 1


@pytest.mark.parametrize("url", ["http://x", "smtp://x", "smtp://x?from=nobody", "smtp:", "rubbish"])
def test_a_setting_that_is_no_mail_server_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ComityError, match="smtp://"):
        mail.read_server(url)


def test_a_mail_server_is_read_from_one_address() -> None:
    found = mail.read_server("smtps://us%40er:p%3Ass@mail.example?from=comity@arvena.example")
    assert (found.host, found.port, found.user, found.password, found.tls) == ("mail.example", 465, "us@er", "p:ss", "whole")
