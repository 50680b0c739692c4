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

    class Meta:
        ordering = ("series", "ordinal")
        indexes = [models.Index(fields=["series", "ordinal"]), models.Index(fields=["mechanism", "first_day"])]

    def __str__(self) -> str:
        return f"{self.series}/{self.ordinal}"
