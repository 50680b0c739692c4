"""Two officers of one side under one act: each reads every language, each signs the same bytes, and nothing leaves before both have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from comity.desk.accounts import factor
from comity.desk.accounts.models import Officer
from comity.desk.mechanisms.models import GatheredSignature
from comity.desk.record.models import Draft
from comity.mechanisms.acts import ROTATE_KEYS
from comity.terms.act import DECLINE, WITHDRAW
from desk import rows
from desk.mechanisms.test_record import APPOINT, CONVENE, Pair, pair  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db


@dataclass
class Signatory:
    """A signatory at Arvena's desk, with a key of her own."""

    officer: Officer
    client: Client

    def sees(self, path: str) -> str:
        return self.client.get(path).content.decode()

    def sign(self, path: str, *read: str) -> Any:
        typed = {"action": "sign", "code": factor.current_code(self.officer.user), "read": list(read)}
        return self.client.post(path, typed, follow=True)


def signatory(name: str, keyid: str, secret: str) -> Signatory:
    officer = rows.officer("signatory")
    officer.user.first_name = name
    officer.user.save()
    officer.keyid, officer.operator = keyid, True
    officer.save()
    factor.enrol(officer.user, secret)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(officer.user)
    return Signatory(officer, client)


@pytest.fixture
def both(pair: Pair) -> tuple[Signatory, Signatory]:  # noqa: F811  # pytest hands the fixture over by its name
    """Two signatories of Arvena, of whom both have to sign from now on."""
    node = pair.arvena.node
    old, new = pair.arvena.officers[0], node.custody.create_officer(node.entropy)
    first, second = signatory("Ilena", old, "JBSWY3DPEHPK3PXP"), signatory("Aren", new, "KRSXG5CTMVRXEZLU")
    pair.client = first.client
    keys = {"officers": [old, new], "threshold": "2"}
    said = pair.client.post(
        f"/mechanisms/rotate-keys/?mechanism={pair.mechanism}", keys | {"audience": "public", "continue": "1", "page": "1" * 16}
    )
    assert said.status_code == 302
    rotation = Draft.objects.get(type=ROTATE_KEYS)
    payload = node.compose(rotation.type, rotation.mechanism, rotation.body, files=rotation.files)
    pair.arvena.sign(pair.mechanism, payload)
    pair.kelmor.node.receive(pair.arvena.record(pair.mechanism), source="arvena")
    rotation.delete()
    pair.mirror()
    return first, second


def prepared(pair: Pair, form: str, typed: dict[str, Any]) -> Draft:  # noqa: F811  # pytest hands the fixture over by its name
    """A draft, closed for signature."""
    page = f"{Draft.objects.count() + 7:016x}"
    typed = {"audience": "public"} | typed | {"continue": "1", "page": page}
    assert pair.client.post(f"{form}?mechanism={pair.mechanism}", typed).status_code == 302
    draft = Draft.objects.latest("updated")
    pair.client.post(f"/desk/drafts/{draft.key}/", {"action": "close"})
    draft.refresh_from_db()
    assert draft.act
    return draft


def test_an_act_leaves_when_the_second_officer_has_signed(pair: Pair, both: tuple[Signatory, Signatory]) -> None:  # noqa: F811  # pytest hands the fixture over by its name
    first, second = both
    draft = prepared(pair, "/mechanisms/appoint/", APPOINT)
    path, replica = f"/desk/drafts/{draft.key}/", pair.arvena.node.replica(pair.mechanism)
    assert "0 of 2 signatures of this side are here" in first.sees(path)
    assert "Your signature is kept." in first.sign(path).content.decode()
    assert pair.arvena.node.store.statement(draft.act) is None, "nothing has left"
    shown = first.sees(path)
    assert "1 of 2 signatures of this side are here" in shown
    assert "You have signed; the others still have to." in shown
    assert 'value="sign"' not in shown, "she cannot sign twice"
    assert 'value="sign"' in second.sees(path)
    assert ["Read and sign the draft" in one.sees(reverse("work:index")) for one in both] == [False, True], "it waits for the second alone"
    second.sign(path)
    assert replica.standing(draft.act).status == "in_force"
    assert not GatheredSignature.objects.exists()
    draft.refresh_from_db()
    assert draft.done


def test_every_signer_ticks_every_language(pair: Pair, both: tuple[Signatory, Signatory]) -> None:  # noqa: F811  # pytest hands the fixture over by its name
    text = {"kind": "statement", "date": "2026-11-20", "langs": "en ru", "mechanism": pair.mechanism}
    words = {"title_en": "Water", "text_en": "They meet.", "title_ru": "Вода", "text_ru": "Они встретятся."}
    draft = prepared(pair, "/texts/put-forward/", text | words | {"status_en": "authentic", "status_ru": "authentic"})
    path = f"/desk/drafts/{draft.key}/"
    for one in both:
        assert one.sees(path).count('name="read"') == 2
        assert "These versions are not marked as read: ru." in one.sign(path, "en").content.decode()
        one.sign(path, "en", "ru")
    assert pair.arvena.node.replica(pair.mechanism).standing(draft.act).status == "in_force"


@pytest.mark.parametrize(("action", "kind", "left"), [("decline", DECLINE, "declined"), ("withdraw", WITHDRAW, "open")])
def test_stepping_back_needs_as_many_signatures(
    pair: Pair,  # noqa: F811  # pytest hands the fixture over by its name
    both: tuple[Signatory, Signatory],
    action: str,
    kind: str,
    left: str,
) -> None:
    first, second = both
    replica = pair.arvena.node.replica(pair.mechanism)
    draft = prepared(pair, "/meetings/convene/", CONVENE)
    act = draft.act
    if action == "withdraw":
        first.sign(f"/desk/drafts/{draft.key}/")
        second.sign(f"/desk/drafts/{draft.key}/")
    else:
        pair.kelmor.node.receive(pair.arvena.record(pair.mechanism), source="arvena")
        act = pair.kelmor.say(draft.type, pair.mechanism, draft.body)
        pair.arvena.node.receive(pair.kelmor.record(pair.mechanism), source="kelmor")
    pair.mirror()
    answer = first.client.post(f"/desk/acts/{act}/", {"action": action})
    stepping = Draft.objects.get(type=kind)
    assert answer["Location"] == f"/desk/drafts/{stepping.key}/"
    first.sign(answer["Location"])
    assert not replica.standing(act).pending_withdrawals
    assert replica.standing(act).status == "open"
    assert "It is prepared and not signed yet." in second.sees(f"/desk/acts/{act}/")
    said = second.sign(answer["Location"])
    assert said.redirect_chain[-1][0] == f"/desk/acts/{act}/"
    standing = replica.standing(act)
    assert standing.status == left
    assert bool(standing.pending_withdrawals) == (action == "withdraw")


def test_reopening_lets_go_of_what_was_gathered_for_the_old_bytes(pair: Pair, both: tuple[Signatory, Signatory]) -> None:  # noqa: F811  # pytest hands the fixture over by its name
    first, second = both
    draft = prepared(pair, "/mechanisms/appoint/", APPOINT)
    path = f"/desk/drafts/{draft.key}/"
    first.sign(path)
    assert "lets the signatures go" in second.sees(path)
    second.client.post(path, {"action": "reopen"})
    assert not GatheredSignature.objects.exists()


def test_a_key_outside_the_root_is_told_so_before_it_signs(pair: Pair, both: tuple[Signatory, Signatory]) -> None:  # noqa: F811  # pytest hands the fixture over by its name
    node = pair.arvena.node
    third = signatory("Orla", node.custody.create_officer(node.entropy), "MFRGGZDFMZTWQ2LK")
    draft = prepared(pair, "/mechanisms/appoint/", APPOINT)
    shown = third.sees(f"/desk/drafts/{draft.key}/")
    assert "Your key is not in the key root that is in force here." in shown
    assert "Your key is not in the key root" in third.sign(f"/desk/drafts/{draft.key}/").content.decode()
    assert not GatheredSignature.objects.exists()
