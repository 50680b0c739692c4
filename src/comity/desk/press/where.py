"""From a fragment of the observed record back to the words that it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.observations import shown as observed
from comity.desk.observations.state import visible
from comity.desk.press.models import Proposal, Word
from comity.desk.record.visible import insider
from comity.desk.show import trail
from comity.observations.log import ObservationLog
from comity.observations.model import Fragment


def proposal_of(request: HttpRequest, fragment: str) -> Proposal | None:
    """The proposal that a fragment was accepted from, for an officer of this node."""
    if not insider(request):
        return None
    word = Word.objects.select_related("proposal__source").filter(pk=fragment, proposal__source__removed=None).first()
    return word.proposal if word else None


def urls(fragments: Iterable[str]) -> dict[str, str]:
    """Where the words of these fragments are shown, for those that were read from a source here. One query."""
    found = Word.objects.filter(pk__in=list(fragments)).values_list("fragment", flat=True)
    return {fragment: reverse("press:words", args=[fragment]) for fragment in found}


def words(request: HttpRequest, fragment: str) -> dict[str, Any]:
    """The words that a fragment itself keeps, with a little around them: what a reader sees who may not see the source."""
    one = _fragment(fragment)
    case = visible(request).get(one.case) if one else None
    kind, id = one.about.split("/")[1:] if one else ("", "")
    thing = case.one(kind, id) if case else None
    if one is None or case is None or thing is None or not one.selector or not _stands(thing.claims, fragment):
        raise Http404(fragment)
    source = case.one("sources", one.source)
    lang = str(source.get("source", {}).get("language", "")) if source else ""
    return {
        "selector": one.selector,
        "lang": observed.tag_of(lang),
        "source": observed.source(case, one.source),
        "source_url": observed.url(case, "sources", one.source) if source else "",
        "thing_url": observed.url(case, kind, id),
        "read": one.read,
        "standing": observed.standing(len(case.all("parties"))),
        "trail": trail((_("Observed"), reverse("observations:index")), _("Words of a source")),
    }


def _stands(claims: dict[str, Any], fragment: str) -> bool:
    return any(fragment in version.fragments for versions in claims.values() for version in versions)


def _fragment(id: str) -> Fragment | None:
    log = ObservationLog(settings.HOME.folder / "observations")
    return next((one for one in log.open().fragments if one.id == id), None) if log.exists else None
