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
    bound = models.CharField(max_length=2000)  # the same between bars, for filtering: |arvena|kelmor|
    due_from = models.CharField(max_length=10, blank=True)
    due_by = models.CharField(max_length=10, blank=True)
    due_last = models.DateField(null=True, db_index=True)  # the last day on which it is not late; null if none is stated
    areas = models.JSONField(default=list)
    said = models.CharField(max_length=30)
    act = models.CharField(max_length=64)
    in_force = models.BooleanField(default=False)
    reported = models.BooleanField(default=False)  # some side has reported
    closed = models.BooleanField(default=False)  # see project.py; what is closed cannot be overdue
    agreed = models.CharField(max_length=12, blank=True)  # the finding, if every side assesses and all say the same
    differs = models.BooleanField(default=False)  # sides that assess say different things
    mandates = models.JSONField(default=list)  # points that it implements: <mandate>#<key>
    pointed = models.TextField(default="", blank=True)  # the same between bars, for filtering
    attributes = models.JSONField(default=list)
    unassigned = models.CharField(max_length=2000, default="", blank=True)  # bound, and no responsible body named: |arvena|

    class Meta:
        ordering = ("-said", "id")

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
    said = models.CharField(max_length=30)
    current = models.BooleanField(default=True)  # the last one of its side
    on_behalf = models.JSONField(default=dict)  # names, body, entered_by

    def __str__(self) -> str:
        return f"{self.party}: {self.progress}"


class AssessmentRow(models.Model):
    """One side's assessment; the other side's stands beside it."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    commitment = models.CharField(max_length=64, db_index=True)
    party = models.CharField(max_length=32)
    finding = models.CharField(max_length=12)
    reports = models.JSONField(default=list)  # ids of the reports that were considered
    notes = models.JSONField()
    said = models.CharField(max_length=30)
    current = models.BooleanField(default=True)
    on_behalf = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.party}: {self.finding}"


class AssignmentRow(models.Model):
    """Who on one side sees to a commitment: names, a body of the mechanism, or a person by the appointment."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    commitment = models.CharField(max_length=64, db_index=True)
    party = models.CharField(max_length=32)
    names = models.JSONField(default=list)
    body = models.CharField(max_length=64, blank=True)
    appointment = models.CharField(max_length=64, blank=True)
    said = models.CharField(max_length=30)
    current = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.party}: {self.commitment[:8]}"
