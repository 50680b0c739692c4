"""Mechanisms and appointments, mirrored from the record."""

from __future__ import annotations

from django.db import models


class MechanismRow(models.Model):
    """A mechanism as its founding act says it."""

    id = models.CharField(primary_key=True, max_length=64)
    names = models.JSONField()
    founded = models.CharField(max_length=10)
    parties = models.JSONField()  # in order: id, names, chambers, origin, root
    series = models.JSONField()  # key, names, first
    in_force = models.BooleanField(default=False)
    audience = models.CharField(max_length=10)

    def __str__(self) -> str:
        return str(self.names[0]["text"]) if self.names else self.id


class AppointmentRow(models.Model):
    """Who holds which office for which side, since when. ``holds`` is false once somebody followed in an office that one person holds."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    party = models.CharField(max_length=32)
    person = models.CharField(max_length=64)
    names = models.JSONField()
    titles = models.JSONField()
    office = models.CharField(max_length=30)
    since = models.CharField(max_length=10)
    until = models.CharField(max_length=10, blank=True)
    keyid = models.CharField(max_length=64, blank=True, db_index=True)
    act = models.CharField(max_length=64)
    holds = models.BooleanField(default=True)

    class Meta:
        ordering = ("party", "office", "since")
        indexes = [models.Index(fields=["mechanism", "party", "office"])]

    def __str__(self) -> str:
        return str(self.names[0]["text"])
