"""Notifications come with the rows of what they tell: in one transaction with them, and once, whatever is read anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from comity.desk import projection
from comity.desk.record.models import ActRow, Draft
from comity.desk.work import telling
from comity.desk.work.models import Notice
from comity.meetings.acts import CONVENE
from comity.node.replica import Replica
from desk import rows
from node.parliaments import exchange, founded
from node.travelling import convening, pair

from .conftest import Enter, Make

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(tmp_path: Path) -> tuple[Replica, str]:
    """Arvena's replica, and a meeting that Kelmor has proposed."""
    arvena, kelmor = pair(tmp_path)
    mechanism = founded(arvena, kelmor)
    act = kelmor.say(CONVENE, mechanism, convening(mechanism), {})
    exchange(mechanism, arvena, kelmor)
    return arvena.node.replica(mechanism), act


def whole(replica: Replica) -> None:
    position, changed = replica.ledger.changed_since(0)
    projection.project(replica, changed, position)


def test_what_waits_for_a_signature_is_told_as_soon_as_it_is_in_the_tables(
    proposed: tuple[Replica, str], person: Make, enter: Enter
) -> None:
    replica, act = proposed
    tovan, sela = person("tovan", "signatory"), person("sela")
    whole(replica)
    assert [(n.officer, n.kind, n.path) for n in Notice.objects.all()] == [(tovan, "sign", f"/desk/acts/{act}/")]
    assert enter(tovan).get("/mechanisms/").context["bell"]["count"] == 1
    assert enter(sela).get("/mechanisms/").context["bell"]["count"] == 0


def test_a_projection_that_breaks_off_tells_nothing_and_the_next_one_tells_once(
    proposed: tuple[Replica, str], person: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica, _ = proposed
    person("tovan", "signatory")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(projection.Cursor.objects, "update_or_create", killed)
        with pytest.raises(KeyboardInterrupt):
            whole(replica)
    assert not ActRow.objects.exists()
    assert not Notice.objects.exists()
    whole(replica)
    assert Notice.objects.count() == 1


def test_a_rebuild_and_the_clock_tell_nothing_a_second_time(proposed: tuple[Replica, str], person: Make) -> None:
    replica, _ = proposed
    tovan = person("tovan", "signatory")
    whole(replica)
    Notice.objects.filter(officer=tovan).update(read=timezone.now())
    projection.clear()
    whole(replica)
    assert telling.gather(timezone.now()) == 0
    assert not Notice.objects.filter(read=None).exists()


def test_so_many_acts_at_once_that_they_are_no_news_are_left_to_the_clock(
    proposed: tuple[Replica, str], person: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("tovan", "signatory")
    monkeypatch.setattr(projection, "NEWS", 1)
    whole(proposed[0])
    assert not Notice.objects.exists()
    assert telling.gather(timezone.now()) == 1


def test_a_draft_is_told_to_signatories_as_it_is_closed_and_not_before(person: Make) -> None:
    rows.mechanism()
    tovan, ilena = person("tovan", "signatory"), person("ilena", "drafter")
    draft = Draft.objects.create(type=CONVENE, mechanism=rows.an_id("mechanism"), author=ilena.user, titles={"en": "Meeting 5"})
    assert not Notice.objects.exists()
    draft.act, draft.payload = rows.an_id("act"), b"{}"
    draft.save()
    draft.save()
    assert [(n.officer, n.kind) for n in Notice.objects.all()] == [(tovan, "draft")]
