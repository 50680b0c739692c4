"""Programs send sources with an officer's token, and nothing else."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings as Changed

from comity.api import press
from comity.desk.accounts.models import Officer
from comity.desk.press import tokens
from comity.desk.press.models import Source, Token
from desk.press.conftest import ARTICLE, CASE
from desk.rows import mechanism, officer

pytestmark = pytest.mark.django_db
ADDRESS = "/api/press/sources"


@pytest.fixture(autouse=True)
def at_once(settings: Changed, tmp_path: Path) -> None:
    settings.PRESS_READS_AT_ONCE, settings.PRESS_READER = True, "rules"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}}
    cache.clear()


@pytest.fixture
def ilena(db: None) -> Officer:
    mechanism()
    return officer("drafter")


@pytest.fixture
def token(ilena: Officer) -> str:
    return tokens.make(ilena, "the agency's feed")


def send(client: Client, token: str, value: object) -> tuple[int, dict[str, object]]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = client.post(ADDRESS, json.dumps(value), content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def test_a_text_is_taken_in_in_the_officers_name_and_waits_for_review(token: str, ilena: Officer) -> None:
    client = Client(enforce_csrf_checks=True)
    status, said = send(client, token, {"text": ARTICLE, "publisher": "Lake Wire", "date": "2026-11-18"})
    source = Source.objects.get()
    assert status == 201
    assert (source.by, source.how, source.case) == (ilena.user, "api", CASE)
    assert said["key"] == source.key
    answer = client.get(f"{ADDRESS}/{source.key}", headers={"Authorization": f"Bearer {token}"})
    assert answer.json()["state"] == "review"
    assert answer.json()["to_review"] == 7
    assert answer.json()["reading"]["schema"] == "comity-reading/1"


def test_a_file_comes_in_base64_or_in_a_form(token: str, client: Client) -> None:
    data = base64.b64encode(ARTICLE.encode("utf-16")).decode()
    assert send(client, token, {"file": data, "name": "a.txt"})[0] == 201
    form = {"file": SimpleUploadedFile("a.txt", ARTICLE.encode()), "publisher": "Lake Wire"}
    answer = client.post(ADDRESS, form, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 201
    assert list(Source.objects.values_list("name", flat=True)) == ["a.txt", "a.txt"]


def test_without_a_token_nothing_is_taken_in_not_even_from_somebody_who_is_signed_in(client: Client, ilena: Officer, token: str) -> None:
    client.force_login(ilena.user)
    for wrong in ("", "x", token[:-1], token.upper()):
        status, said = send(client, wrong, {"text": ARTICLE})
        assert status == 401
        assert said["remedy"]
    assert not Source.objects.exists()


def test_a_token_that_was_revoked_or_whose_officer_has_left_opens_nothing(client: Client, ilena: Officer, token: str) -> None:
    ilena.user.is_active = False
    ilena.user.save()
    assert send(client, token, {"text": ARTICLE})[0] == 401
    ilena.user.is_active = True
    ilena.user.save()
    tokens.revoke(ilena, Token.objects.get().digest)
    assert send(client, token, {"text": ARTICLE})[0] == 401


def test_a_token_is_shown_once_and_kept_as_a_hash(client: Client, ilena: Officer) -> None:
    client.force_login(ilena.user)
    page = client.post("/press/tokens/", {"note": "feed"}).content.decode()
    assert tokens.PREFIX in page
    assert tokens.PREFIX not in client.get("/press/tokens/").content.decode()
    assert not Token.objects.get().digest.startswith(tokens.PREFIX)


def test_a_reader_has_no_token(client: Client, ilena: Officer) -> None:
    client.force_login(officer("reader").user)
    assert client.post("/press/tokens/", {}).status_code == 409
    assert not Token.objects.exists()


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ({}, 422),
        ({"text": ""}, 422),
        ([], 422),
        ({"text": 5}, 422),
        ({"text": ARTICLE, "sign": "yes"}, 422),
        ({"file": "not base64!"}, 422),
        ({"text": ARTICLE, "date": "soon"}, 422),
        ({"text": ARTICLE, "language": "fr"}, 422),
        ({"text": "x" * 1_100_000}, 422),
        ({"text": "x" * 6_000_000}, 413),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_remedy(client: Client, token: str, value: object, status: int) -> None:
    found, said = send(client, token, value)
    assert found == status
    assert said["error"]
    assert said["remedy"]
    assert not Source.objects.exists()


def test_too_many_requests_of_one_token_are_turned_away(client: Client, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "PER_MINUTE", 2)
    answers = [send(client, token, {})[0] for _ in range(3)]
    assert answers == [422, 422, 429]


def test_the_description_tells_every_field_and_answer(client: Client) -> None:
    described = client.get("/api/press/openapi.json").json()
    post = described["paths"]["/api/press/sources"]["post"]
    fields = post["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert set(fields) == {*press._TEXTS, "file"}
    assert {"201", "401", "403", "413", "422", "429"} == set(post["responses"])
