"""The position sheets that a mechanism has, for pages of other rooms."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.forums import library
from comity.desk.forums.models import SheetItem
from comity.desk.forums.sheets import visible
from comity.desk.record.visible import insider

SHEETS = 6  # so many are named


def sheets_of(request: HttpRequest, mechanism: str) -> list[dict[str, str]]:
    """The position sheets of a mechanism that this reader may see, the latest session first: each with its address and its name."""
    found = set(visible(request).filter(mechanism=mechanism).values_list("forum", "session").distinct())
    if insider(request):
        found |= set(SheetItem.objects.filter(mechanism=mechanism).values_list("forum", "session").distinct())
    forums = {f.id: f for f in library.visible(request)} if found else {}
    return [
        {
            "url": reverse("forums:sheet", args=[mechanism, forum, session]),
            "label": _("%(forum)s: position sheet, session %(session)d") % {"forum": forums[forum].name, "session": session},
        }
        for forum, session in sorted(found, key=lambda one: (-one[1], one[0]))
        if forum in forums
    ][:SHEETS]
