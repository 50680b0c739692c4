"""What a verification at a click finds is told in the reader's language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from sqlalchemy import update

from comity.desk import projection
from comity.desk.record import ledgers
from comity.desk.record.models import ActRow
from comity.node import tables as t
from node.parliaments import Clock, Parliament, founded, introduce, parliament

pytestmark = pytest.mark.django_db
TOOLS = Path(__file__).parents[3] / "tools" / "messages.py"


@pytest.fixture(scope="module", autouse=True)
def messages_compiled() -> None:
    """The .mo files are not committed."""
    subprocess.run([sys.executable, TOOLS, "compile"], check=True, capture_output=True)


@pytest.fixture
def arvena(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parliament:
    """A node on whose disk a founding act was changed."""
    clock = Clock()
    arvena, kelmor = (parliament(tmp_path, party, clock=clock) for party in ("arvena", "kelmor"))
    introduce(arvena, kelmor)
    mechanism = founded(arvena, kelmor)
    monkeypatch.setattr(ledgers, "the_node", lambda: arvena.node)
    replica = arvena.node.replica(mechanism)
    position, changed = replica.ledger.changed_since(0)
    projection.project(replica, changed, position)
    with arvena.node.store.writing() as connection:
        payload = connection.execute(t.statements.select()).one().payload
        connection.execute(update(t.statements).values(payload=payload.replace(b"Kelmor", b"Kelmar")))
    return arvena


@pytest.mark.usefixtures("arvena")
@pytest.mark.parametrize(
    ("language", "kind", "said"),
    [
        ("ru", "Ошибка", "Байты не те, что обещает имя: они изменены. Следует запросить файл повторно."),
        ("zh-hans", "错误", "字节与其名称不符：内容遭改动。请重新索取该文件。"),
        ("en", "Error", "Not the bytes that its name promises: they were changed. Ask for the file again."),
    ],
)
def test_a_changed_act_is_found_and_told_in_the_readers_language(language: str, kind: str, said: str) -> None:
    mechanism = ActRow.objects.get().mechanism
    answer = Client().post(f"{reverse('record:verify', args=[mechanism])}?lang={language}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert said in page
    assert kind in page
    assert ("its name promises" in page) == (language == "en")
