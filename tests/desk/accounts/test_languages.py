"""What is refused is told in the reader's language, with the names it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from comity.desk.accounts.models import Officer
from comity.desk.errors import sentence
from comity.desk.operate import views as operate
from comity.desk.record import views as lists
from comity.errors import ComityError, PeerTrouble, Refused, Unsayable
from comity.ledger.reasons import SENTENCES, Code, Reason
from comity.node.carriers import receive_pouch, write_pouch
from comity.node.exchange import Exchange
from comity.node.node import Node
from comity.node.setup import own_card
from comity.record.report import Finding, Severity
from comity.terms.ids import digest
from node.parliaments import Clock, founding_body, introduce, parliament

ACT = digest(b"an act")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", f"У этой стороны есть действующая подпись под актом {ACT}, который с этим несовместим."),
        ("zh-hans", f"该方对相冲突的文书{ACT}的签署仍有效。"),
        ("en", f"This party has a live signature under {ACT}, which clashes."),
    ],
)
def test_a_refusal_of_the_ledger_comes_in_the_readers_language_with_its_names(language: str, said: str) -> None:
    with translation.override(language):
        assert sentence(Reason.of(Code.CLASH, act=ACT).refused()) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "Не отмечены как прочитанные версии: ru. Каждую версию следует прочитать до конца и отметить."),
        ("zh-hans", "下列语言文本未勾选为已读：ru。请通读每种语言文本并逐一勾选。"),
    ],
)
def test_what_to_do_next_is_translated_too(language: str, said: str) -> None:
    error = Refused(
        "These versions are not marked as read: {languages}.", remedy="Read every version to its end and tick it.", languages="ru"
    )
    with translation.override(language):
        assert sentence(error) == said


@pytest.mark.parametrize("language", ["ru", "zh-hans"])
@pytest.mark.parametrize("code", list(Code))
def test_no_reason_of_the_ledger_is_left_in_english(code: Code, language: str) -> None:
    about = dict.fromkeys(("act", "cell", "origin", "why"), "arvena.example/5f0c91ab")
    if code is Code.NOT_UNDERSTOOD:
        about = {"why": Unsayable("This act founds no mechanism.").to_json()}
    with translation.override(language):
        said = sentence(Reason.of(code, **about).refused())
    assert said != SENTENCES[code].format(**about)
    assert "{" not in said


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("zh-hans", "登录"), ("ru", "Войти"), ("en", "Sign in")])
def test_the_login_page_speaks_each_language(language: str, heading: str) -> None:
    said = Client().get(f"/account/login/?lang={language}").content.decode()
    assert f"<h1>{heading}</h1>" in said


@pytest.mark.django_db
def test_a_dead_link_is_explained_in_russian() -> None:
    answer = Client().get("/account/welcome/x/?lang=ru")
    assert answer.status_code == 409
    assert "За новой ссылкой следует обратиться к администратору узла." in answer.content.decode()


def stranger_refused(node: Node, folder: Path) -> None:
    """A pouch whose founding act is signed by a parliament that nobody introduced here, and one that was cut off."""
    clock = Clock()
    kelmor, sorvell = (parliament(folder, party, clock=clock) for party in ("kelmor", "sorvell"))
    introduce(kelmor, sorvell)
    mechanism = kelmor.say("mechanisms/found/1", "", founding_body(kelmor, sorvell))
    whole = folder / "kelmor.zip"
    write_pouch(kelmor.record(mechanism), whole, "2026-11-20")
    (folder / "short.zip").write_bytes(whole.read_bytes()[:-40])
    for name in ("kelmor.zip", "short.zip"):
        with pytest.raises(ComityError):
            receive_pouch(node, folder / name)


OPERATOR = {
    "ru": (
        "подписывает с корнем ключей, который здесь никто не представил",
        "Следует лично обменяться карточками с этим парламентом и принять это ещё раз.",
        "Архив zip кончается не там, где должен: обрезан, изменён или за ним что-то следует. Следует запросить вализу повторно.",
    ),
    "zh-hans": (
        "从未在此介绍。请与该议会当面交换名片，然后重新接收。",
        "zip 未在应有之处结束：遭截断、改动或尾部附有内容。请重新索取邮袋。",
    ),
    "en": ("signs with a key root that nobody has introduced here", "Ask for the pouch again."),
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", list(OPERATOR))
def test_the_operator_reads_in_her_language_why_a_pouch_was_refused(
    language: str, node: Node, operator: Officer, enter: Callable[..., Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for views in (operate, lists):
        monkeypatch.setattr(views, "the_node", lambda: node)
    stranger_refused(node, tmp_path)
    said = enter(operator).get(f"/node/?lang={language}").content.decode()
    for sentence_ in OPERATOR[language]:
        assert sentence_ in said
    if language != "en":
        assert "introduced here" not in said
        assert "pouch again" not in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "Ответ другой стороны: 503. Запрос будет повторён позже."),
        ("zh-hans", "对方应答：503。稍后再次询问。"),
        ("en", "The other side answered 503. It is asked again later."),
    ],
)
def test_a_peers_trouble_is_told_in_the_readers_language(
    language: str, said: str, node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "the_node", lambda: node)
    kelmor = parliament(tmp_path, "kelmor", clock=Clock()).node
    node.introduce(replace(own_card(kelmor), address="https://kelmor.example"))
    assert Exchange(node, lambda _card: Ailing()).round(at_once=True) == 0
    with translation.override(language):
        assert [peer["trouble"] for peer in lists.peers_shown()] == [said]


class Ailing:
    """A peer whose server is not well."""

    def get(self, path: str) -> bytes:
        raise PeerTrouble("The other side answered {status}.", place=path, remedy="It is asked again later.", status=503)

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "Нарушение стороны kelmor: Эта сторона уже подписала акт. Строка не имеет силы."),
        ("zh-hans", "kelmor 违规：该方已签署此文书。该条目不生效力。"),
    ],
)
def test_a_finding_says_the_breach_within_it_in_the_same_language(language: str, said: str) -> None:
    details = {"party": "kelmor", "why": Reason.of(Code.ALREADY_SIGNED)}
    found = Finding("kelmor.example, entry 3", Severity.WARNING, "A breach by {party}: {why} The entry has no effect.", "", details)
    with translation.override(language):
        assert sentence(found.error) == said
    assert found.message == "A breach by kelmor: This party has signed the act already. The entry has no effect."
