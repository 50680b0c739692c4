"""What every page's frame needs: the node, the person, the languages, the menu."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer, page_language
from comity.desk.observations.releasing import anything as anything_released
from comity.desk.show import name_of, officer_of
from comity.desk.work.finding import searches
from comity.desk.work.today import Waiting, waiting_for

_TAGS = {"zh-hans": ("zh-Hans", "中文"), "ru": ("ru", "Русский"), "en": ("en", "English")}


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the base layout (see the design room's README)."""
    officer = officer_of(request)
    node = settings.NODE
    waiting = waiting_for(officer) if officer is not None else None
    return {
        "demonstration": {"reset": _address("operate:reset")} if node.demonstration else False,
        "node": {"name": name_of(node.names) or node.host},
        "person": _person(officer),
        "sign_in": _address("account_login"),
        "languages": _languages(request),
        "nav": _menu(request, officer, waiting),
        "search": searches(request),
        "bell": {"url": _address("work:notices"), "count": waiting.unread} if waiting is not None else None,
        "foot_links": [
            {"url": _address("record:index"), "label": _("Verify")},
            {"url": _address("record:export"), "label": _("Download")},
            {"url": _address("operate:glossary"), "label": _("Glossary")},
            {"url": _address("operate:about"), "label": _("About")},
        ],
        "glossary": _address("operate:glossary"),
        "page_language": page_language(),
    }


def _person(officer: Officer | None) -> dict[str, str] | None:
    if officer is None:
        return None
    url = _address("accounts:index")
    return {"name": officer.name, "role": str(officer.get_role_display()), "url": url, "out": _address("account_logout")}


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    current = (translation.get_language() or "en").lower()
    shown = []
    for code, (tag, name) in _TAGS.items():
        query = request.GET.copy()
        query["lang"] = code
        shown.append({"code": tag, "name": name, "url": f"{request.path}?{urlencode(query)}", "current": current == code})
    return shown


def _menu(request: HttpRequest, officer: Officer | None, waiting: Waiting | None) -> list[dict[str, Any]]:
    """The rooms in a fixed order; each appears when it is there and this reader may go in."""
    inside = officer is not None
    items = [
        ("work:index", _("My work"), inside),
        ("mechanisms:index", _("Mechanisms"), True),
        ("meetings:index", _("Meetings"), True),
        ("texts:index", _("Texts"), True),
        ("commitments:index", _("Commitments"), True),
        ("forums:index", _("Forums"), True),
        ("press:index", _("Press"), inside),
        ("language:index", _("Language"), True),
        ("observations:index", _("Observed"), _observes(officer)),
        ("record:index", _("Record"), True),
        ("operate:index", _("Node"), officer is not None and officer.operator),
    ]
    shown = []
    for name, label, may in items:
        url = _address(name) if may else ""
        if url:
            count = waiting.mine if waiting is not None and name == "work:index" else 0
            shown.append({"url": url, "label": label, "count": count or "", "current": _here(request.path, url)})
    return shown


@cache
def _address(name: str) -> str:
    """The address of a page that stands in every frame: it is the same for everyone."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _here(path: str, url: str) -> bool:
    """Whether a page belongs to a room; inbox, outbox and drafts are parts of an officer's work, not of the record."""
    work = _address("work:index")
    if path.startswith(work):
        return url == work and not path.startswith(_address("work:search"))
    if path in (_address("record:inbox"), _address("record:outbox")) or path.startswith("/desk/drafts/"):
        return url == work
    return path.startswith(url)


def _observes(officer: Officer | None) -> bool:
    """Whether the menu leads to the observed record: on an observer's node always, on a party's if there is one, for its officers or if
    anything of it is released.
    """
    if not settings.NODE.party:
        return True
    return (settings.HOME.folder / "observations").is_dir() and (officer is not None or anything_released())
