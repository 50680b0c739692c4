"""What a reader may see, the one place for this rule: officers of this node all; anyone else a row if the act that it says, and the
founding act of its mechanism, are open to the public today.
"""

from __future__ import annotations

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import ActRow
from comity.terms.audience import PUBLIC


def insider(request: HttpRequest) -> bool:
    """Whether an officer of this node is signed in."""
    return request.user.is_authenticated and hasattr(request.user, "officer")


def public_acts() -> QuerySet[ActRow]:
    """Acts that are open to anyone today. A partial date sorts before every day in it, so texts compare as dates do."""
    return ActRow.objects.filter(audience=PUBLIC, public_from__lte=timezone.localdate().isoformat())


def public_mechanisms() -> QuerySet[MechanismRow]:
    """Mechanisms whose founding is open to anyone today."""
    return MechanismRow.objects.filter(id__in=public_acts().values("id"))


def visible_acts(request: HttpRequest) -> QuerySet[ActRow]:
    """Acts that this reader may see."""
    return ActRow.objects.all() if insider(request) else public_acts().filter(mechanism__in=public_acts().values("id"))


def visible_mechanisms(request: HttpRequest) -> QuerySet[MechanismRow]:
    """Mechanisms that this reader may see."""
    return MechanismRow.objects.all() if insider(request) else public_mechanisms()


def open_to[M: Model](request: HttpRequest, rows: QuerySet[M]) -> QuerySet[M]:
    """Those of ``rows`` (with columns ``act`` and ``mechanism``) that this reader may see."""
    if insider(request):
        return rows
    acts = public_acts().values("id")
    return rows.filter(act__in=acts, mechanism__in=acts)
