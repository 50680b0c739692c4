"""A change of an approved term stands beside it while it waits for a signature."""

from __future__ import annotations

import pytest
from django.test import Client

from comity.desk.language.models import TermRow
from desk.mechanisms.test_record import Pair, pair  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db

TERM = {"key": "border-waters", "preferred_en": "border waters", "preferred_ru": "пограничные воды"}


def test_an_approved_term_shows_its_pending_change_with_both_wordings(pair: Pair) -> None:  # noqa: F811  # pytest hands the fixture over by its name
    first = pair.say("/texts/approve-term/", TERM | {"mechanism": pair.mechanism})
    changed = {"preferred_en": "boundary waters", "supersedes": first}
    act = pair.say("/texts/approve-term/", TERM | {"mechanism": pair.mechanism} | changed, joint=False)
    row = TermRow.objects.get()
    assert row.in_force
    assert "border waters" in [t["text"] for t in row.terms]
    for page in ("/language/terms/", f"/language/terms/{first}/"):
        said = Client(HTTP_ACCEPT_LANGUAGE="en").get(page).content.decode()
        assert "border waters" in said
        assert "boundary waters" in said, page
        assert "National Assembly of Arvena proposes a change since" in said
        assert "it waits for Parliament of Kelmor" in said
        assert f"/desk/acts/{act}/" in said
    pair.kelmor.countersign(pair.mechanism, act)
    pair.arvena.node.receive(pair.kelmor.record(pair.mechanism), source="kelmor")
    pair.mirror()
    said = pair.client.get("/language/terms/").content.decode()
    assert "boundary waters" in said
    assert "proposes a change" not in said
