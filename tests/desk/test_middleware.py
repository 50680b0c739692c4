"""What reaches the top of the desk: a page that helps, never a stack trace."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from comity.desk.mechanisms.models import MechanismRow
from comity.desk.middleware import SayWhatWentWrong
from desk import rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/meetings/?mechanism=%00", "/mechanisms/%00/", f"/texts/{'0' * 64}/"])
def test_what_is_not_there_is_a_page_that_says_so(client: Client, path: str) -> None:
    client.force_login(rows.officer().user)
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<main" in answer.content.decode()


def test_a_row_that_a_view_asks_for_and_is_not_there_is_no_page(rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    request = rf.get("/")
    request.user = AnonymousUser()
    answer = SayWhatWentWrong(view).process_exception(request, MechanismRow.DoesNotExist())
    assert answer is not None
    assert answer.status_code == 404
    assert SayWhatWentWrong(view).process_exception(request, ValueError()) is None
