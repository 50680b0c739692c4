"""Acts as the desk lists them, and drafts in preparation.

:class:`ActRow` mirrors the record: it can be dropped and rebuilt with the same rows. :class:`Draft` is this side's own and never leaves
the node.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models

from comity.terms.ids import handle


class ActRow(models.Model):
    """One act and where it stands."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    type = models.CharField(max_length=60)
    object = models.CharField(max_length=64, db_index=True)  # the object it creates or changes
    proposer = models.CharField(max_length=32)
    signatories = models.JSONField()
    signed = models.JSONField()  # parties whose valid signature is here, in the order of the founding act
    missing = models.JSONField()
    status = models.CharField(max_length=20, db_index=True)  # open, in_force, declined, withdrawn, overtaken
    pending_withdrawal = models.BooleanField(default=False)
    disputed = models.BooleanField(default=False)
    superseded_by = models.CharField(max_length=64, blank=True)
    not_understood = models.TextField(blank=True)  # why not, as errors are kept
    audience = models.CharField(max_length=10)
    public_from = models.CharField(max_length=10, blank=True)
    said = models.CharField(max_length=30)
    titles = models.JSONField(default=dict)  # language → what the lists call it
    arrived = models.DateTimeField()  # on this node, for display only

    class Meta:
        ordering = ("-arrived", "id")
        indexes = [models.Index(fields=["mechanism", "status"]), models.Index(fields=["object", "type"])]

    def __str__(self) -> str:
        return f"{self.type} {self.handle}"

    @property
    def handle(self) -> str:
        return handle(self.id)

    @property
    def name(self) -> str:
        """The type without its version, e.g. ``texts/adopt``."""
        return self.type.rpartition("/")[0]

    @property
    def in_force(self) -> bool:
        return self.status == "in_force"


class Cursor(models.Model):
    """How far the tables mirror a mechanism: the place in the store up to which they do (rule 14)."""

    mechanism = models.CharField(primary_key=True, max_length=64)
    position = models.BigIntegerField(default=0)


def _key() -> str:
    return secrets.token_hex(8)


class Draft(models.Model):
    """An act in preparation. ``payload`` is set when it was closed for signature: from then on its bytes stand."""

    key = models.CharField(primary_key=True, max_length=16, default=_key)
    type = models.CharField(max_length=60)
    mechanism = models.CharField(max_length=64, blank=True, db_index=True)
    body = models.JSONField(default=dict)
    files = models.JSONField(default=dict)  # name → SHA-256
    audience = models.JSONField(default=dict)
    titles = models.JSONField(default=dict)
    working = models.JSONField(default=dict)  # what the form holds, as typed
    payload = models.BinaryField(null=True)
    act = models.CharField(max_length=64, blank=True, db_index=True)  # the act's id once closed for signature
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    revision = models.PositiveIntegerField(default=1)
    updated = models.DateTimeField(auto_now=True)
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ("-updated",)

    def __str__(self) -> str:
        return f"{self.type} {self.key}"
