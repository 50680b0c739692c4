"""Releasing a signature by a passkey (WebAuthn): what the authenticator signs names the act that is to be signed.

The challenge is the SHA-256 of a fixed text, the act's id and 32 random bytes. It lies in the session until it is answered, once.
"""

from __future__ import annotations

import ipaddress
import json
import os
from hashlib import sha256
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.forms import ValidationError
from django.http import HttpRequest
from fido2.webauthn import UserVerificationRequirement

from comity.errors import Refused

_KEPT = "comity.release"
_MOST = 20  # pages with a button that one session remembers


def has_passkey(user: AbstractBaseUser) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists())


def usable(request: HttpRequest) -> bool:
    """Browsers know passkeys only for names, not for numbers: a page at 127.0.0.1 offers none."""
    try:
        ipaddress.ip_address(request.get_host().rpartition(":")[0].strip("[]") or request.get_host())
    except ValueError:
        return True
    return False


def options(request: HttpRequest, user: AbstractBaseUser, purpose: str) -> dict[str, Any] | None:
    """What the browser needs to ask for a passkey for ``purpose`` (an act's id); None if this user or page has none."""
    if not has_passkey(user) or not usable(request):
        return None
    challenge = sha256(b"comity release\0" + purpose.encode() + os.urandom(32)).digest()
    verification = UserVerificationRequirement(getattr(settings, "MFA_WEBAUTHN_USER_VERIFICATION", "preferred"))
    asked, state = webauthn.get_server().authenticate_begin(webauthn.get_credentials(user), verification, challenge=challenge)
    kept = dict(list(request.session.get(_KEPT, {}).items())[1 - _MOST :])
    request.session[_KEPT] = kept | {purpose: state}
    return dict(asked)


def accept(user: AbstractBaseUser, answer: str, purpose: str) -> None:
    """Accept what an authenticator has answered for ``purpose``, once. Raises :class:`Refused`."""
    session = context.request.session
    kept = dict(session.get(_KEPT, {}))
    state = kept.pop(purpose, None)
    session[_KEPT] = kept
    if state is None:
        raise Refused("This passkey was asked for another act, or was used already.", place="code", remedy="Load the page again.")
    try:
        response = webauthn.parse_authentication_response(json.loads(answer))
        webauthn.get_server().authenticate_complete(state, webauthn.get_credentials(user), response)
    except (ValueError, KeyError, TypeError, ValidationError):
        raise Refused("This passkey was not accepted.", place="code", remedy="Use one that is registered with your account.") from None
