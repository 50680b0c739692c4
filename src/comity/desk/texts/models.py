"""Joint texts and comments, mirrored from the record; and what only this node keeps while a text is negotiated."""

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
    thread = models.CharField(max_length=64, blank=True, db_index=True)  # the first text of the negotiation that this one is part of
    brackets = models.JSONField(default=list)  # open ones: eid, number, sides, langs
    waivers = models.JSONField(default=list)  # findings set aside: code, eid, finding, by, reasons (lang, text, sha256)

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


class Waiver(models.Model):
    """A check's finding that an officer of this side set aside, with the reason: private until the text is put forward or adopted."""

    thread = models.CharField(max_length=64)  # the negotiation, or the draft that nothing precedes
    finding = models.CharField(max_length=16)
    code = models.CharField(max_length=12)
    eid = models.CharField(max_length=200)
    lang = models.CharField(max_length=20)  # of the reason
    reason = models.TextField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "finding"], name="one_waiver_of_a_finding")]

    def __str__(self) -> str:
        return f"{self.code} {self.eid}"


class Pairing(models.Model):
    """Provisions of two languages under different numbers that an officer confirmed to be one and the same: private to this node."""

    thread = models.CharField(max_length=64)
    langs = models.CharField(max_length=50)  # the two languages
    eids = models.JSONField()  # those of the first language, those of the second
    key = models.CharField(max_length=16)  # of languages and eIds
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "key"], name="one_pairing_of_provisions")]

    def __str__(self) -> str:
        return f"{self.langs} {self.eids}"


class Proposal(models.Model):
    """A tracked change or a comment of a Word file that came back, and what became of it in the draft: private to this node."""

    draft = models.CharField(max_length=16, db_index=True)
    file = models.CharField(max_length=200)
    lang = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)  # change, comment
    eid = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    date = models.CharField(max_length=40, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    before = models.TextField(blank=True)  # the whole words of the language before it was accepted, for undoing
    after = models.TextField(blank=True)  # and after: undone only while they still stand
    state = models.CharField(max_length=10, default="open")  # open, accepted, refused
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.eid}"
