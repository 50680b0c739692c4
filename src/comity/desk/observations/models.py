"""Which sources a party's node has released. The node's own table: it mirrors no record, and no exchange path reads it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Release(models.Model):
    """What this node's log held of one source of one case was released to anyone, from a day on, until it is taken back."""

    case = models.CharField(max_length=64)
    source = models.CharField(max_length=96)  # its id in the case
    entries = models.PositiveIntegerField()  # of the log when it was released: what is accepted later is not released by it
    public_from = models.CharField(max_length=10, blank=True)  # a partial date; empty: at once
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    released = models.DateTimeField()
    taken_back = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("released", "id")
        indexes = [models.Index(fields=["case", "source"], name="observations_of_source")]

    def __str__(self) -> str:
        return f"{self.case}/{self.source}"
