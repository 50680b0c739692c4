"""A draft in preparation: what its page says before it can be closed for signature."""

from __future__ import annotations

import pytest
from django.test import Client

from comity.desk.record.services import DraftContent, save_draft
from desk import rows

pytestmark = pytest.mark.django_db


def test_a_draft_that_is_not_filled_in_says_so_once_and_leads_back_to_its_form(client: Client) -> None:
    rows.mechanism()
    officer = rows.officer("drafter")
    client.force_login(officer.user)
    draft = save_draft(officer, DraftContent("commitments/report/1", rows.an_id("mechanism"), {}, {}, "Report"))
    page = client.get(f"/desk/drafts/{draft.key}/?lang=en").content.decode()
    assert page.count("It is not filled in yet") == 1
    assert f"draft={draft.key}" in page
    assert 'value="close"' not in page
