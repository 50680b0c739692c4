"""What officers of one node keep to themselves, and the index of words that search looks through.

Only :class:`SearchRow` mirrors anything: its rows without ``own`` are a function of the record and are made again with the other tables.
Everything else here is typed by people of this side. It is in no log, no export and no pouch.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.desk.accounts.models import Officer
from comity.desk.record.models import Draft


class SearchRow(models.Model):
    """One passage in one language. ``words`` is its token string (``texts.search.token_string``), over which both engines index."""

    ref = models.CharField(max_length=200)  # the object, or what of it: <id>, <id>#<eid>, a draft's key, <case>/<kind>/<id>
    kind = models.CharField(max_length=16)
    lang = models.CharField(max_length=35, blank=True)
    title = models.TextField(blank=True)  # in the same language, if it is not the text itself
    text = models.TextField()
    words = models.TextField()
    path = models.CharField(max_length=300)
    mechanism = models.CharField(max_length=64, blank=True)
    about = models.CharField(max_length=64, db_index=True)  # the object whose rows are written together
    act = models.CharField(max_length=64, blank=True)  # who may see this act sees the row
    also = models.CharField(max_length=64, blank=True)  # and this one, if there is one
    besides = models.CharField(max_length=64, blank=True)  # and this one
    own = models.BooleanField(default=False)  # this side's own: for officers of this node only
    said = models.CharField(max_length=30, blank=True)

    class Meta:
        indexes = [models.Index(fields=["mechanism"]), models.Index(fields=["kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} {self.lang}"


class IndexedUpTo(models.Model):
    """Up to which stamp something that is not in the tables was indexed: the log of observations."""

    name = models.CharField(primary_key=True, max_length=40)
    stamp = models.CharField(max_length=64)


class Visit(models.Model):
    """When an officer last looked at her work. A visit ends with half an hour of silence; ``since`` is the end of the one before."""

    officer = models.OneToOneField(Officer, primary_key=True, on_delete=models.CASCADE, related_name="visit")
    seen = models.DateTimeField()
    since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.officer_id} {self.seen}"


class Remark(models.Model):
    """What one officer says to the others of her side about an object. ``before`` is the wording before the last change, ``deleted`` the
    moment of taking it out: both can be undone by their author.
    """

    object = models.CharField(max_length=64, db_index=True)  # an act's id, or a draft's key
    eid = models.CharField(max_length=120, blank=True)
    path = models.CharField(max_length=300)  # the page on which it stands
    title = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="remarks")
    text = models.TextField()
    before = models.TextField(blank=True)
    said = models.DateTimeField()
    edited = models.DateTimeField(null=True)
    deleted = models.DateTimeField(null=True)
    mentioned = models.ManyToManyField(Officer, related_name="mentions")

    class Meta:
        ordering = ("said", "id")

    def __str__(self) -> str:
        return f"{self.object[:12]}: {self.text[:40]}"


class OnBehalf(models.Model):
    """For whom a draft was typed. Who typed it is the draft's author."""

    draft = models.OneToOneField(Draft, primary_key=True, on_delete=models.CASCADE, related_name="on_behalf")
    principal = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    entered_by = models.ForeignKey(Officer, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.draft_id} for {self.principal}"


class Kind(models.TextChoices):
    """What a notification is about."""

    MENTION = "mention", _("Someone mentions you")
    REMARK = "remark", _("A remark on your draft, or after one of yours")
    SIGN = "sign", _("An act waits for your side’s signature")
    DRAFT = "draft", _("A draft is closed and waits for your signature")
    ENDED = "ended", _("What you drafted is in force, or was declined")
    TEXT = "text", _("The other side puts a text forward")
    DUE = "due", _("A commitment of your side is due, or overdue")
    MEETING = "meeting", _("A meeting is near")


class Notice(models.Model):
    """One thing that one officer is told. Its sentence is made when it is read, in the reader's language, from ``data``."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=160)  # the same thing is told once
    kind = models.CharField(max_length=12, choices=Kind.choices)
    path = models.CharField(max_length=300)
    titles = models.JSONField(default=dict)  # language → what it is about
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    read = models.DateTimeField(null=True)
    mailed = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="told_once")]
        indexes = [models.Index(fields=["officer", "read"])]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.key}"


class Wishes(models.Model):
    """How an officer wants to be told. Without a row: everything on the page, nothing by mail."""

    officer = models.OneToOneField(Officer, primary_key=True, on_delete=models.CASCADE, related_name="wishes")
    quiet = models.JSONField(default=list)  # kinds that are not told
    mail = models.EmailField(blank=True)
    daily = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="en")
    mailed = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.officer_id} {self.mail}"
