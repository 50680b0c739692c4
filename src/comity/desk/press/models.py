"""Sources and what was read from them. This side's own working material: it mirrors no record and never leaves the node; what a person
accepts becomes an observation in the node's log.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models

LINE = 0.85  # the confidence below which nothing is accepted in bulk, unless a source's own line is moved


def _key() -> str:
    return secrets.token_hex(8)


class Source(models.Model):
    """An article, kept whole: its text, in which spans count code points, and the hash of the bytes that came."""

    NEW, READING, REVIEW, DONE, FAILED = "new", "reading", "review", "done", "failed"

    key = models.CharField(primary_key=True, max_length=16, default=_key)
    case = models.CharField(max_length=64, blank=True, db_index=True)  # the observed mechanism that it is about
    title = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=8)
    guessed = models.BooleanField(default=False)  # the language was guessed
    date = models.CharField(max_length=10, blank=True)  # of publication: what "on Monday" is reckoned from
    fetched = models.DateTimeField()
    how = models.CharField(max_length=8)  # pasted, uploaded, api
    name = models.CharField(max_length=200, blank=True)  # of the file
    kind = models.CharField(max_length=4)  # txt, html, pdf, docx
    original = models.CharField(max_length=64)  # SHA-256 of the bytes as they came, which lie among the node's files
    size = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of the text
    worth = models.BooleanField(default=True)  # triage: names a parliament, and something that it does
    state = models.CharField(max_length=8, default=NEW, db_index=True)
    claimed = models.DateTimeField(null=True)  # when a worker began to read it
    reader = models.CharField(max_length=40, blank=True)
    reader_version = models.CharField(max_length=80, blank=True)
    reading = models.JSONField(null=True)
    trouble = models.TextField(blank=True)
    entry = models.CharField(max_length=64, blank=True)  # the fragment that says what source it is, while anything of it is accepted
    line = models.FloatField(default=LINE)
    keystrokes = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added = models.DateTimeField(auto_now_add=True)
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-added", "key")

    def __str__(self) -> str:
        return self.title or self.key


class Proposal(models.Model):
    """One thing that the reader believes the source says, and what a person made of it."""

    OPEN, ACCEPTED, REJECTED = "open", "accepted", "rejected"

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="proposals")
    label = models.CharField(max_length=6)  # M1, P2, …
    kind = models.CharField(max_length=10)  # meeting, person, statement, commitment, finding
    place = models.CharField(max_length=24)  # in the reading: meetings/0
    spans = models.JSONField()  # half-open pairs of code points; the first is what stands for it
    start = models.PositiveIntegerField()
    confidence = models.FloatField()
    value = models.JSONField()
    edited = models.JSONField(null=True)  # what a person put in its place
    state = models.CharField(max_length=8, default=OPEN)
    about = models.CharField(max_length=200, blank=True)  # the observed thing that it became part of
    fragments = models.JSONField(default=list)  # their ids
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided = models.DateTimeField(null=True)

    class Meta:
        ordering = ("start", "id")
        constraints = [models.UniqueConstraint(fields=["source", "label"], name="press_one_label")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.label}"

    @property
    def said(self) -> dict[str, Any]:
        """What it says as it stands now."""
        said: dict[str, Any] = self.edited if self.edited is not None else self.value
        return said


class Word(models.Model):
    """Where the words of a fragment stand: from an observed page back to its source."""

    fragment = models.CharField(primary_key=True, max_length=64)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="words")


class CachedReading(models.Model):
    """A reading that was made already: the same text, read the same way against the same registry, is not read again."""

    key = models.CharField(primary_key=True, max_length=64)
    digest = models.CharField(max_length=64, db_index=True)
    reader = models.CharField(max_length=40)
    reader_version = models.CharField(max_length=80)
    reading = models.JSONField()
    made = models.DateTimeField(auto_now_add=True)


class Token(models.Model):
    """What a program of an officer sends sources with. Only its hash is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.CASCADE, related_name="press_tokens")
    note = models.CharField(max_length=100, blank=True)
    made = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True)
