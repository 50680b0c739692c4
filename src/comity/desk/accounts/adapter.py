"""How allauth is fitted to a node: accounts by invitation only, second factors encrypted at rest."""

from __future__ import annotations

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest


class ByInvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by the operator, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class EncryptedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The secrets of second factors lie in the database under the node's own secret."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(bytes.fromhex(settings.SECRET_KEY)))
