"""Meetings, mirrored from the record."""

from __future__ import annotations

from django.db import models


class MeetingRow(models.Model):
    """A meeting as its last convening in force says it; until one is, as it was proposed."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    series = models.CharField(max_length=130)
    ordinal = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)  # the meeting before it, as its convening names it
    mode = models.CharField(max_length=12)
    first_day = models.CharField(max_length=10)
    last_day = models.CharField(max_length=10)
    opens = models.JSONField(null=True)
    places = models.JSONField()
    host = models.CharField(max_length=32, blank=True)
    act = models.CharField(max_length=64)  # the act that says so now
    in_force = models.BooleanField(default=False)
    notes = models.JSONField(default=list)  # why another side hosts than the one whose turn it is: lang, text, sha256
    closed = models.CharField(max_length=64, blank=True)  # the act in force that closed it

    class Meta:
        ordering = ("series", "ordinal")
        indexes = [models.Index(fields=["series", "ordinal"]), models.Index(fields=["mechanism", "first_day"])]

    def __str__(self) -> str:
        return f"{self.series}/{self.ordinal}"


class AgendaRow(models.Model):
    """An agenda of a meeting, agreed or proposed. Titles are read from the files, so they go when a file is redacted."""

    id = models.CharField(primary_key=True, max_length=64)  # the act that says it
    mechanism = models.CharField(max_length=64, db_index=True)
    meeting = models.CharField(max_length=64, db_index=True)
    items = models.JSONField()  # in order: key, kind, party, body, starts, length, titles (language → title)
    versions = models.JSONField()  # lang, status, file name, sha256
    proposer = models.CharField(max_length=32)
    said = models.CharField(max_length=30)
    act = models.CharField(max_length=64)
    current = models.BooleanField(default=False)  # in force, and not replaced
    alive = models.BooleanField(default=False)  # open or current

    class Meta:
        ordering = ("-said", "id")

    def __str__(self) -> str:
        return f"agenda {self.id[:8]}"


class DelegationRow(models.Model):
    """One side's delegation to a meeting, as that side said it last, or earlier."""

    id = models.CharField(primary_key=True, max_length=64)  # the act that says it
    mechanism = models.CharField(max_length=64, db_index=True)
    meeting = models.CharField(max_length=64, db_index=True)
    party = models.CharField(max_length=32)
    members = models.JSONField()  # in rank order: key, role, attendance, remote, for, names and titles (language → words)
    versions = models.JSONField()
    said = models.CharField(max_length=30)
    act = models.CharField(max_length=64)
    current = models.BooleanField(default=False)

    class Meta:
        ordering = ("-said", "id")

    def __str__(self) -> str:
        return f"{self.party} {self.id[:8]}"
