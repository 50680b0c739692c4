"""Mechanisms, their people, bodies, series, mandates and year plans, mirrored from the record."""

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
    left = models.JSONField(default=dict)  # party → the act by which it left

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
    body = models.CharField(max_length=64, blank=True, db_index=True)  # the body whose office it is; empty: the whole mechanism

    class Meta:
        ordering = ("party", "office", "since")
        indexes = [models.Index(fields=["mechanism", "party", "office"])]

    def __str__(self) -> str:
        return str(self.names[0]["text"])


class BodyRow(models.Model):
    """A working group or another body. ``act`` says it as it stands now."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    key = models.CharField(max_length=64)
    names = models.JSONField()
    kind = models.CharField(max_length=20)
    parent = models.CharField(max_length=64, blank=True)
    since = models.CharField(max_length=10)
    until = models.CharField(max_length=10, blank=True)
    act = models.CharField(max_length=64)
    in_force = models.BooleanField(default=False)

    class Meta:
        ordering = ("since", "id")

    def __str__(self) -> str:
        return self.key


class SeriesRow(models.Model):
    """A series of meetings with its lineage; ``id`` is how meetings name it."""

    id = models.CharField(primary_key=True, max_length=130)
    mechanism = models.CharField(max_length=64, db_index=True)
    key = models.CharField(max_length=64)
    names = models.JSONField()
    first = models.PositiveIntegerField()
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    body = models.CharField(max_length=64, blank=True)
    predecessors = models.JSONField(default=list)  # series, or names, from, until, held
    counted_from = models.JSONField(default=dict)  # names, on
    act = models.CharField(max_length=64)
    in_force = models.BooleanField(default=False)

    class Meta:
        ordering = ("since", "id")

    def __str__(self) -> str:
        return self.key


class MandateRow(models.Model):
    """Points that the mechanism is to implement, in the words of their source."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20)
    names = models.JSONField()
    date = models.CharField(max_length=10)
    source = models.JSONField()  # address, file with sha256, or text
    points = models.JSONField()  # key, place, quotes: lang, text, sha256
    act = models.CharField(max_length=64)
    in_force = models.BooleanField(default=False)

    class Meta:
        ordering = ("-date", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.date}"


class PlanRow(models.Model):
    """The plan of one year."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    year = models.PositiveIntegerField()
    anniversary = models.PositiveIntegerField(null=True)
    act = models.CharField(max_length=64)
    in_force = models.BooleanField(default=False)

    class Meta:
        ordering = ("-year", "id")

    def __str__(self) -> str:
        return str(self.year)


class PlanItemRow(models.Model):
    """One thing that was pledged for a year, and what became of it; ``outcome`` is empty as long as nobody has said."""

    id = models.CharField(primary_key=True, max_length=130)
    mechanism = models.CharField(max_length=64, db_index=True)
    plan = models.CharField(max_length=64, db_index=True)
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    names = models.JSONField()
    when = models.CharField(max_length=10)
    whose = models.JSONField()
    mandate = models.CharField(max_length=130, blank=True)
    listed = models.CharField(max_length=64)  # the act of the plan that lists it first
    outcome = models.CharField(max_length=10, blank=True)
    outcome_when = models.CharField(max_length=10, blank=True)
    outcome_act = models.CharField(max_length=64, blank=True)
    meeting = models.CharField(max_length=64, blank=True)
    reasons = models.JSONField(default=list)  # lang, text

    class Meta:
        ordering = ("plan", "place")

    def __str__(self) -> str:
        return self.key


class GatheredSignature(models.Model):
    """An officer's signature over the bytes of an act that needs several of this side; kept here until there are enough. Not mirrored."""

    act = models.CharField(max_length=64, db_index=True)
    keyid = models.CharField(max_length=64)
    signature = models.JSONField()
    officer = models.ForeignKey("accounts.Officer", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "keyid"], name="one_signature_per_key")]

    def __str__(self) -> str:
        return f"{self.act[:8]} {self.keyid[:8]}"
