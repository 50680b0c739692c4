"""Joint texts, mirrored from the record."""

from __future__ import annotations

from django.db import models


class TextRow(models.Model):
    """A text as it was put forward, adopted or last corrected."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    meeting = models.CharField(max_length=64, blank=True, db_index=True)
    kind = models.CharField(max_length=20)
    stage = models.CharField(max_length=12)  # forward, adopted
    versions = models.JSONField()  # lang, status, file name, sha256
    titles = models.JSONField(default=dict)  # language → title, read from the files
    answers = models.CharField(max_length=64, blank=True, db_index=True)
    proposer = models.CharField(max_length=32)
    said = models.CharField(max_length=30)  # of the act that created it
    act = models.CharField(max_length=64)  # the act whose files are the text now
    history = models.JSONField(default=list)  # acts that were in force for it, oldest first
    steps = models.JSONField(default=list)  # of each of them: act, type, said, versions, corrections (lang, eid)
    in_force = models.BooleanField(default=False)

    class Meta:
        ordering = ("-said", "id")

    def __str__(self) -> str:
        return str(next(iter(self.titles.values()), self.id))


class CommentRow(models.Model):
    """What one side said about a text, one of its provisions or one language of it."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    text = models.CharField(max_length=64, db_index=True)
    eid = models.CharField(max_length=200, blank=True)
    lang = models.CharField(max_length=20, blank=True)
    party = models.CharField(max_length=32)
    notes = models.JSONField(default=list)  # lang, text, sha256
    answers = models.CharField(max_length=64, blank=True, db_index=True)
    said = models.CharField(max_length=30)
    act = models.CharField(max_length=64)

    class Meta:
        ordering = ("said", "id")

    def __str__(self) -> str:
        return str(next((n["text"] for n in self.notes), self.id))
