"""What is refused is told in the reader's language, with the names it is about."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from comity.desk.errors import sentence
from comity.errors import Refused
from comity.ledger.reasons import SENTENCES, Code, Reason
from comity.terms.ids import digest

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
