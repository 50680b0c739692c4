"""One-time links by which an invited person, or one who has lost her password, sets a password.

A link is signed with the node's secret, good for 72 hours, and tied to the password that stands when it is made: once a password is set, or
a newer link is made, it is dead.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import signing

from comity.errors import Refused

HOURS = 72
_SALT = "comity.accounts.invitation"


def _state(user: User) -> str:
    return sha256(user.password.encode()).hexdigest()[:32]


def make_token(user: User) -> str:
    """Forget the user's password and second factors, and return the token of a new link."""
    user.set_unusable_password()  # with new random characters, so that older links die too
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    return signing.dumps({"user": user.pk, "state": _state(user)}, salt=_SALT)


def user_of(token: str) -> User:
    """Whose link this is. Raises :class:`Refused` if it is false, too old or used."""
    try:
        said: Any = signing.loads(token, salt=_SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        said = {}
    user = User.objects.filter(pk=said.get("user"), is_active=True).first()
    if user is None or _state(user) != said.get("state"):
        raise Refused(
            "This link is too old, was used already, or was replaced by a newer one.",
            place="link",
            remedy="Ask the operator of this node for a new one.",
        )
    return user
