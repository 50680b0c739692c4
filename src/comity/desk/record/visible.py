"""Which acts a reader may see: officers of this node all, the public what is public today. The one place for this rule."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from comity.desk.mechanisms.models import MechanismRow
from comity.desk.node import the_node
from comity.desk.record.models import ActRow


def insider(request: HttpRequest) -> bool:
    """Whether an officer of this node is signed in."""
    return request.user.is_authenticated and hasattr(request.user, "officer")


def visible_acts(request: HttpRequest) -> QuerySet[ActRow]:
    """Acts that this reader may see."""
    if insider(request):
        return ActRow.objects.all()
    today = the_node().clock().date().isoformat()
    public = MechanismRow.objects.filter(audience="public").values("id")
    return ActRow.objects.filter(Q(public_from="") | Q(public_from__lte=today), audience="public", mechanism__in=public)


def visible_mechanisms(request: HttpRequest) -> QuerySet[MechanismRow]:
    """Mechanisms that this reader may see."""
    return MechanismRow.objects.all() if insider(request) else MechanismRow.objects.filter(audience="public")
