"""Commitments with each side's reports and assessments, mirrored from the record."""

from __future__ import annotations

from django.db import models


class CommitmentRow(models.Model):
    """A commitment with its exact words in every authentic language."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    text = models.CharField(max_length=64, db_index=True)
    version = models.CharField(max_length=64)
    marks = models.JSONField()
    quotes = models.JSONField()  # language → words, read from the files
    eid = models.CharField(max_length=120)
    nature = models.CharField(max_length=14)
    by = models.JSONField()
    due_from = models.CharField(max_length=10, blank=True)
    due_by = models.CharField(max_length=10, blank=True)
    areas = models.JSONField(default=list)
    act = models.CharField(max_length=64)
    in_force = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(next(iter(self.quotes.values()), self.id))


class ReportRow(models.Model):
    """One side's report, with its evidence."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    commitment = models.CharField(max_length=64, db_index=True)
    party = models.CharField(max_length=32)
    progress = models.CharField(max_length=12)
    when = models.CharField(max_length=10)
    evidence = models.JSONField()  # file name and sha256, or address
    notes = models.JSONField()  # lang, text, sha256
    current = models.BooleanField(default=True)  # the last one of its side

    def __str__(self) -> str:
        return f"{self.party}: {self.progress}"


class AssessmentRow(models.Model):
    """One side's assessment; the other side's stands beside it."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    commitment = models.CharField(max_length=64, db_index=True)
    party = models.CharField(max_length=32)
    finding = models.CharField(max_length=12)
    notes = models.JSONField()
    said = models.CharField(max_length=30)
    current = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.party}: {self.finding}"
