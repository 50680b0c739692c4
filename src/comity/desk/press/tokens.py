"""Tokens of officers' programs: made once, shown once, kept as a hash, revocable."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer
from comity.desk.press.models import Token
from comity.desk.press.policy import why_not_review
from comity.desk.show import instant, trail
from comity.errors import Refused

MOST = 20  # tokens of one officer
PREFIX = "comity-press-"


def make(officer: Officer, note: str) -> str:
    """A new token of this officer; it is not kept and cannot be shown again. Raises Refused."""
    if refusal := why_not_review(officer, settings.NODE.party):
        raise Refused(str(refusal), place="role")
    if officer.press_tokens.count() >= MOST:
        raise Refused("There are twenty tokens already.", place="token", remedy="Revoke one that is no longer used.")
    token = PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(digest=_digest(token), officer=officer, note=note.strip()[:100])
    return token


def officer_of(token: str) -> Officer | None:
    """Whose token it is; None for one that is unknown or revoked, or whose officer has left."""
    row = Token.objects.select_related("officer__user").filter(pk=_digest(token), officer__user__is_active=True).first()
    if row is None:
        return None
    Token.objects.filter(pk=row.pk).update(used=timezone.now())
    return row.officer


def revoke(officer: Officer, digest: str) -> None:
    """Make a token of this officer useless."""
    officer.press_tokens.filter(pk=digest).delete()


def page(officer: Officer, fresh: str) -> dict[str, Any]:
    """The page of an officer's tokens."""
    return {
        "fresh": fresh,
        "tokens": [
            {
                "digest": row.digest,
                "note": row.note or row.digest[:8],
                "made": instant(row.made),
                "used": instant(row.used) if row.used else _("never"),
            }
            for row in officer.press_tokens.order_by("-made")
        ],
        "barred": why_not_review(officer, settings.NODE.party),
        "address": (settings.NODE.address or "http://127.0.0.1") + "/api/press/sources",
        "described": reverse("press-openapi"),
        "trail": trail((_("Press"), reverse("press:index")), _("Sending by a program")),
    }


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
