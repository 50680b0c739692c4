"""What every page's frame needs: the node, the person, the languages, the menu."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer, page_language
from comity.desk.record.models import ActRow
from comity.desk.show import name_of, officer_of

_TAGS = {"zh-hans": ("zh-Hans", "中文"), "ru": ("ru", "Русский"), "en": ("en", "English")}


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the base layout (see the design room's README)."""
    officer = officer_of(request)
    node = settings.NODE
    return {
        "demonstration": {"reset": reverse("operate:reset")} if node.demonstration else False,
        "node": {"name": name_of(node.names) or node.host},
        "person": _person(officer),
        "sign_in": reverse("account_login"),
        "languages": _languages(request),
        "nav": _menu(request, officer),
        "foot_links": [
            {"url": reverse("record:index"), "label": _("Verify")},
            {"url": reverse("record:export"), "label": _("Download")},
            {"url": reverse("operate:about"), "label": _("About")},
        ],
        "page_language": page_language(),
    }


def _person(officer: Officer | None) -> dict[str, str] | None:
    if officer is None:
        return None
    url = reverse("accounts:index")
    return {"name": officer.name, "role": str(officer.get_role_display()), "url": url, "out": reverse("account_logout")}


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    current = (translation.get_language() or "en").lower()
    shown = []
    for code, (tag, name) in _TAGS.items():
        query = request.GET.copy()
        query["lang"] = code
        shown.append({"code": tag, "name": name, "url": f"{request.path}?{urlencode(query)}", "current": current == code})
    return shown


def _menu(request: HttpRequest, officer: Officer | None) -> list[dict[str, Any]]:
    items = [
        ("mechanisms:index", _("Mechanisms"), 0),
        ("meetings:index", _("Meetings"), 0),
        ("texts:index", _("Texts"), 0),
        ("commitments:index", _("Commitments"), 0),
    ]
    if officer is not None and settings.NODE.party:
        items.append(("record:inbox", _("Inbox"), _waiting()))
        items.append(("record:outbox", _("Outbox"), 0))
    if _observes(officer):
        items.append(("observations:index", _("Observed"), 0))
    items.append(("record:index", _("Record"), 0))
    if officer is not None and officer.operator:
        items.append(("operate:index", _("Node"), 0))
    shown = []
    for name, label, count in items:
        url = reverse(name)
        shown.append(
            {
                "url": url,
                "label": label,
                "count": count or "",
                "current": request.path == url or (url != "/" and request.path.startswith(url)),
            }
        )
    return shown


def _observes(officer: Officer | None) -> bool:
    """Whether the menu leads to the observed record: on an observer's node always, on a party's for its officers if there is one."""
    return not settings.NODE.party or (officer is not None and (settings.HOME.folder / "observations").is_dir())


def _waiting() -> int:
    """Open acts that wait for this party's signature."""
    party = settings.NODE.party
    return sum(
        1 for missing in ActRow.objects.filter(status="open").exclude(signed=[]).values_list("missing", flat=True) if party in missing
    )
