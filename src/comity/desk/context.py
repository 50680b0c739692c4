"""What every page's frame needs: the node, the person, the languages, the menu."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer, page_language
from comity.desk.show import name_of, officer_of
from comity.desk.work.finding import searches
from comity.desk.work.models import Notice
from comity.desk.work.today import waiting_for

_TAGS = {"zh-hans": ("zh-Hans", "中文"), "ru": ("ru", "Русский"), "en": ("en", "English")}


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the base layout (see the design room's README)."""
    officer = officer_of(request)
    node = settings.NODE
    waiting = waiting_for(officer) if officer is not None else 0
    return {
        "demonstration": {"reset": reverse("operate:reset")} if node.demonstration else False,
        "node": {"name": name_of(node.names) or node.host},
        "person": _person(officer),
        "sign_in": reverse("account_login"),
        "languages": _languages(request),
        "nav": _menu(request, officer, waiting),
        "search": searches(request),
        "bell": _bell(officer),
        "foot_links": [
            {"url": reverse("record:index"), "label": _("Verify")},
            {"url": reverse("record:export"), "label": _("Download")},
            {"url": reverse("operate:glossary"), "label": _("Glossary")},
            {"url": reverse("operate:about"), "label": _("About")},
        ],
        "glossary": reverse("operate:glossary"),
        "page_language": page_language(),
    }


def _bell(officer: Officer | None) -> dict[str, Any] | None:
    """The way to the notifications, with how many are unread."""
    if officer is None:
        return None
    return {"url": reverse("work:notices"), "count": Notice.objects.filter(officer=officer, read=None).count()}


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


def _menu(request: HttpRequest, officer: Officer | None, waiting: int) -> list[dict[str, Any]]:
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
            count = waiting if name == "work:index" else 0
            shown.append({"url": url, "label": label, "count": count or "", "current": _here(request.path, url)})
    return shown


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _here(path: str, url: str) -> bool:
    """Whether a page belongs to a room; inbox, outbox and drafts are parts of an officer's work, not of the record."""
    work = reverse("work:index")
    if path.startswith(work):
        return url == work and not path.startswith(reverse("work:search"))
    if path in (reverse("record:inbox"), reverse("record:outbox")) or path.startswith("/desk/drafts/"):
        return url == work
    return path.startswith(url)


def _observes(officer: Officer | None) -> bool:
    """Whether the menu leads to the observed record: on an observer's node always, on a party's for its officers if there is one."""
    return not settings.NODE.party or (officer is not None and (settings.HOME.folder / "observations").is_dir())
