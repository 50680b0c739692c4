"""One's own account, and what the operator does about the others'."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.desk.accounts import factor, keys, people
from comity.desk.accounts.models import Officer
from comity.errors import Refused
from comity.node.node import Node

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("node")]
Make = Callable[..., Officer]
Enter = Callable[..., Client]
INVITED = {"username": "sana", "role": "drafter", "name_en": "Sana Vell", "office_ru": "Секретарь"}


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (answer.status_code, answer.get("Location"), answer.content.decode()[:2000])
    return answer.content.decode()


def rooted(node: Node) -> list[str]:
    """Key ids of the first key root's officers."""
    return [key.keyid for key in keys.keys_of(node, []).shown]


def test_the_account_page_says_what_the_role_allows_and_why_not(person: Make, enter: Enter) -> None:
    said = page(enter(person("mira", role="drafter")), "/account/me/")
    assert "No key in custody signs for you." in said
    assert "Only the operator of this node can do this." in said
    assert "nothing can be signed without it" in said
    assert '<span lang="zh-Hans">米拉</span>' in said


def test_a_signatory_with_a_key_in_the_root_may_sign_what_binds(person: Make, enter: Enter, node: Node) -> None:
    mira = person("mira", role="signatory", keyid=rooted(node)[0])
    factor.enrol(mira.user, generate_totp_secret())
    said = page(enter(mira), "/account/me/")
    assert "may sign" in said
    assert said.count('<div class="tasks__note">') == 1, "only running the node is barred"


def test_the_account_page_needs_a_sign_in() -> None:
    assert Client().get("/account/me/")["Location"].startswith("/account/login/")


@pytest.mark.parametrize("address", ["/account/people/", "/account/people/1/"])
def test_only_the_operator_sees_the_accounts(person: Make, enter: Enter, address: str) -> None:
    page(enter(person("mira", role="signatory")), address, 403)
    assert Client().get(address)["Location"].startswith("/account/login/")


def test_an_invitation_makes_an_account_without_a_password_and_shows_its_link_once(operator: Officer, enter: Enter) -> None:
    client = enter(operator)
    answer = client.post("/account/people/", INVITED)
    assert answer.status_code == 200
    assert "no-cache" in answer["Cache-Control"]
    sana = Officer.objects.get(user__username="sana")
    assert (sana.role, sana.operator, sana.keyid, sana.names) == ("drafter", False, "", [{"lang": "en", "text": "Sana Vell"}])
    assert not sana.user.has_usable_password()
    link = re.search(r'value="http://testserver(/account/welcome/[^"]+)"', answer.content.decode())
    assert link is not None
    page(Client(), link[1])
    assert "/account/welcome/" not in page(client, f"/account/people/{sana.pk}/")
    assert "no password yet" in page(client, "/account/people/")


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [({"username": "OREN"}, "This name is taken"), ({"name_en": ""}, "at least one language"), ({"username": "a b"}, "valid username")],
)
def test_a_wrong_invitation_makes_no_account(operator: Officer, enter: Enter, changed: dict[str, str], complaint: str) -> None:
    answer = enter(operator).post("/account/people/", INVITED | changed)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert User.objects.count() == 1


def test_the_operator_changes_a_role(operator: Officer, enter: Enter, person: Make) -> None:
    mira = person("mira")
    enter(operator).post(f"/account/people/{mira.pk}/", {"action": "role", "role": "secretary"})
    mira.refresh_from_db()
    assert (mira.role, mira.operator) == ("secretary", False)


def test_the_operator_renames_a_person(operator: Officer, enter: Enter, person: Make) -> None:
    mira = person("mira")
    enter(operator).post(f"/account/people/{mira.pk}/", {"action": "names", "name_ru": "Мира Ольм", "office_en": "Clerk"})
    mira.refresh_from_db()
    assert mira.names == [{"lang": "ru", "text": "Мира Ольм"}]
    assert mira.title == [{"lang": "en", "text": "Clerk"}]


@pytest.mark.parametrize("action", [{"action": "role", "role": "signatory"}, {"action": "key", "keyid": "new"}, {"action": "disable"}])
def test_an_operator_gives_herself_nothing(operator: Officer, enter: Enter, action: dict[str, str]) -> None:
    client = enter(operator)
    client.post(f"/account/people/{operator.pk}/", action)
    operator.refresh_from_db()
    assert (operator.role, operator.keyid, operator.user.is_active) == ("reader", "", True)
    assert "Another operator has to change your own role" in page(client, f"/account/people/{operator.pk}/")


def test_a_key_of_the_root_is_given_and_taken_back(operator: Officer, enter: Enter, person: Make, node: Node) -> None:
    mira = person("mira", role="signatory")
    keyid = rooted(node)[0]
    client = enter(operator)
    client.post(f"/account/people/{mira.pk}/", {"action": "key", "keyid": keyid})
    mira.refresh_from_db()
    assert mira.keyid == keyid
    assert "may sign" in page(client, f"/account/people/{mira.pk}/")
    client.post(f"/account/people/{mira.pk}/", {"action": "key", "keyid": ""})
    mira.refresh_from_db()
    assert mira.keyid == ""


def test_a_new_key_is_said_to_sign_nothing_before_a_new_root(operator: Officer, enter: Enter, person: Make, node: Node) -> None:
    mira = person("mira", role="signatory")
    client = enter(operator)
    client.post(f"/account/people/{mira.pk}/", {"action": "key", "keyid": "new"})
    mira.refresh_from_db()
    assert mira.keyid not in rooted(node)[:2]
    assert node.custody.has(f"officer-{mira.keyid}")
    assert "signs nothing yet: not in the key root" in page(client, "/account/people/")


def test_one_key_is_one_persons(operator: Officer, person: Make, node: Node) -> None:
    keyid = rooted(node)[0]
    person("mira", keyid=keyid)
    with pytest.raises(Refused, match="Someone else has this key"):
        people.give_key(operator, person("sana"), node, os.urandom, keyid=keyid)


def test_a_key_that_is_not_here_cannot_be_given(operator: Officer, person: Make, node: Node) -> None:
    with pytest.raises(Refused, match="no such key"):
        people.give_key(operator, person("sana"), node, os.urandom, keyid="ab" * 32)


def test_a_disabled_account_is_signed_out_at_once_and_can_come_back(operator: Officer, enter: Enter, person: Make) -> None:
    mira = person("mira")
    hers, client = enter(mira), enter(operator)
    page(hers, "/account/me/")
    client.post(f"/account/people/{mira.pk}/", {"action": "disable"})
    assert hers.get("/account/me/").status_code == 302
    client.post(f"/account/people/{mira.pk}/", {"action": "enable"})
    mira.user.refresh_from_db()
    assert mira.user.is_active


def test_a_new_link_forgets_the_password_and_the_second_factor(operator: Officer, enter: Enter, person: Make) -> None:
    mira = person("mira")
    factor.enrol(mira.user, generate_totp_secret())
    answer = enter(operator).post(f"/account/people/{mira.pk}/", {"action": "link"})
    assert "/account/welcome/" in answer.content.decode()
    mira.user.refresh_from_db()
    assert not mira.user.has_usable_password()
    assert not factor.has_factor(mira.user)


def test_nobody_but_an_operator_changes_accounts_whoever_calls(person: Make, node: Node) -> None:
    mira, sana = person("mira", role="signatory"), person("sana")
    for change in (
        lambda: people.invite(mira, "eve", names=[], title=[], role="signatory"),
        lambda: people.rename(mira, sana, names=[], title=[]),
        lambda: people.change_role(mira, sana, "signatory", operator=True),
        lambda: people.give_key(mira, sana, node, os.urandom, keyid="new"),
        lambda: people.set_active(mira, sana, False),
        lambda: people.relink(mira, sana),
    ):
        with pytest.raises(Refused, match="Only the operator"):
            change()
    assert User.objects.count() == 2


def test_the_list_asks_no_more_of_the_database_for_more_officers(operator: Officer, enter: Enter, person: Make) -> None:
    client = enter(operator)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, "/account/people/")
    for number in range(12):
        person(f"officer{number}")
    with CaptureQueriesContext(connection) as many:
        page(client, "/account/people/")
    assert len(many) == len(few)
