"""What this node keeps about forums, beside the imported files: settings and the sheet's own items (never sent anywhere), and positions,
which mirror the record.
"""

from __future__ import annotations

from django.db import models


class ForumSetting(models.Model):
    """Whether the operator has opened a forum's pages to the public."""

    id = models.CharField(primary_key=True, max_length=32)
    released = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.id


class Seat(models.Model):
    """Which seat of a forum votes for which party of a mechanism."""

    forum = models.CharField(max_length=32)
    mechanism = models.CharField(max_length=64)
    party = models.CharField(max_length=32)
    code = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forum", "mechanism", "party"], name="one_seat_for_each_party")]

    def __str__(self) -> str:
        return f"{self.party}: {self.code}"


class SheetItem(models.Model):
    """An item that this side has put on a sheet; the other side sees it once something is said about it."""

    mechanism = models.CharField(max_length=64)
    forum = models.CharField(max_length=32)
    session = models.PositiveIntegerField()
    key = models.CharField(max_length=16)
    title = models.CharField(max_length=300)
    lang = models.CharField(max_length=20, default="en")
    symbol = models.CharField(max_length=80, blank=True)
    date = models.CharField(max_length=10, blank=True)  # when it is expected, YYYY[-MM[-DD]]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mechanism", "forum", "session", "key"], name="an_item_stands_once_on_a_sheet")]
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class PositionRow(models.Model):
    """One act about a position, mirrored from the record. ``party`` is empty for what all have agreed or are asked to agree."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64)
    forum = models.CharField(max_length=32)
    session = models.PositiveIntegerField()
    key = models.CharField(max_length=16)
    party = models.CharField(max_length=32, blank=True)
    names = models.JSONField()
    symbol = models.CharField(max_length=80, blank=True)
    line = models.CharField(max_length=20, blank=True)  # of one side
    agreed = models.CharField(max_length=20, blank=True)  # of all
    vote = models.CharField(max_length=10, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    wording = models.JSONField(default=list)  # lang, text, sha256
    serves = models.CharField(max_length=64, blank=True, db_index=True)
    said = models.CharField(max_length=30)
    status = models.CharField(max_length=20)
    current = models.BooleanField(default=False)  # in force, and nothing said after it

    class Meta:
        ordering = ("-said", "id")
        indexes = [models.Index(fields=["mechanism", "forum", "session"])]

    def __str__(self) -> str:
        return f"{self.party or 'all'}: {self.line or self.agreed}"
