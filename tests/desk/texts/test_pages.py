"""The pages about texts, as readers and officers see them."""

from __future__ import annotations

import pytest
from django.test import Client

from desk import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(rows.officer().user)
    return client


def test_a_text_stands_in_all_its_languages_with_its_marks(signed_in: Client) -> None:
    rows.mechanism()
    row = rows.text()
    rows.commitment()
    page = signed_in.get(f"/texts/{row.id}/").content.decode()
    for title in rows.TITLES.values():
        assert title in page
    for words in rows.QUOTES.values():
        assert f'<mark class="commit">{words}</mark>' in page  # exactly the words, in every language
