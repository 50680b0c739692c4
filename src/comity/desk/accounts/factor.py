"""The second factor, asked again at every signature: six digits of an authenticator app, or a passkey."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache

from comity.desk.accounts import passkey
from comity.errors import Refused

ATTEMPTS, WINDOW = 5, 300  # tries per user in so many seconds


def _secret(user: AbstractBaseUser) -> str | None:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return decrypt(found.data["secret"]) if found else None


def has_factor(user: AbstractBaseUser) -> bool:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def demand(user: AbstractBaseUser, code: str, purpose: str) -> None:
    """Accept ``code`` once for ``purpose`` (the id of the act to be signed); raises :class:`Refused`. Wrong codes are counted against the
    user.
    """
    if not has_factor(user):
        raise Refused("You have no second factor yet.", place="code", remedy="Set one up under your account.")
    tries = f"factor-tries-{user.pk}"
    cache.add(tries, 0, WINDOW)
    if cache.incr(tries) > ATTEMPTS:
        raise Refused("Too many wrong codes.", place="code", remedy="Wait five minutes.")
    if code.startswith("{"):
        passkey.accept(user, code, purpose)
        cache.delete(tries)
        return
    secret = _secret(user)
    if secret is None:
        raise Refused("You have no authenticator app.", place="code", remedy="Use your passkey, or set the app up under your account.")
    if not totp.validate_totp_code(secret, code.replace(" ", "")):
        raise Refused("The code is not right.", place="code", remedy="Type the six digits that your authenticator shows now.")
    if not cache.add(f"factor-used-{user.pk}-{purpose}-{code}", True, 120):
        raise Refused("This code was used already for this act.", place="code", remedy="Wait for the next one.")
    cache.delete(tries)


def enrol(user: AbstractBaseUser, secret: str) -> None:
    """Give a user a TOTP secret (base32)."""
    totp.TOTP.activate(user, secret)


def current_code(user: AbstractBaseUser) -> str:
    """The code of this moment: shown in demonstrations only."""
    secret = _secret(user)
    if secret is None:
        return ""
    counters = list(totp.yield_hotp_counters_from_time())
    counter = counters[len(counters) // 2]  # the others are the tolerance on either side
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))
