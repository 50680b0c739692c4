"""Background work of this node, as its operator sees it."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """One piece of background work: how far it is, how it ended. ``trouble`` is an error as errors are kept (``ComityError.to_json``)."""

    kind = models.CharField(max_length=20)
    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # 0: not known
    outcome = models.JSONField(default=dict)
    trouble = models.TextField(blank=True)

    class Meta:
        ordering = ("-started", "-id")

    def __str__(self) -> str:
        return f"{self.kind} {self.started}"
