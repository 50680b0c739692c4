"""Who sees sources and proposals: officers of this node, nobody else, on every path."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from comity.desk.accounts.models import Officer
from comity.desk.press.models import Source
from comity.desk.record.visible import insider
from comity.desk.show import officer_of


def sources(request: HttpRequest) -> QuerySet[Source]:
    """The sources that this reader may see."""
    return Source.objects.filter(removed=None) if insider(request) else Source.objects.none()


def source_or_404(request: HttpRequest, key: str, *, removed: bool = False) -> Source:
    """The source of that key; one that the reader may not see is not there."""
    rows = Source.objects.all() if removed and insider(request) else sources(request)
    found = rows.select_related("by").filter(pk=key).first()
    if found is None:
        raise Http404(key)
    return found


def entering(request: HttpRequest) -> Officer | HttpResponse:
    """The officer who is signed in, or the way to sign in."""
    return officer_of(request) or redirect_to_login(request.get_full_path())
