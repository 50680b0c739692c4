"""Agreed language and terms, mirrored from the record; and what is this node's own: candidates, comparisons of laws, vectors.

:class:`ClauseRow` and :class:`TermRow` are functions of the record and can be rebuilt. :class:`CandidateRow` and :class:`Comparison` never
leave the node. :class:`VectorRow` is a cache: a vector is kept by what it is of and by the model that made it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ClauseRow(models.Model):
    """One provision of one version of a text in one language, with the token string by which it is found."""

    id = models.BigAutoField(primary_key=True)  # made from act, provision and language, so that a rebuild gives the same
    ref = models.CharField(max_length=270, db_index=True)  # act and provision, the same in every language
    mechanism = models.CharField(max_length=64, db_index=True)
    text = models.CharField(max_length=64, db_index=True)  # the object: the text as it was first put forward or adopted
    act = models.CharField(max_length=64, db_index=True)
    eid = models.CharField(max_length=200)
    lang = models.CharField(max_length=20)
    words = models.TextField()
    tokens = models.TextField()
    hash = models.CharField(max_length=64, db_index=True)
    date = models.CharField(max_length=10)  # of the saying
    meeting = models.CharField(max_length=64, blank=True)
    side = models.CharField(max_length=32, blank=True)  # empty: said by all
    place = models.IntegerField()  # of the provision in its text

    class Meta:
        ordering = ("date", "ref", "lang")
        indexes = [models.Index(fields=["mechanism", "side"])]

    def __str__(self) -> str:
        return f"{self.ref} {self.lang}"


class TermRow(models.Model):
    """A concept and its terms, as one side proposes them or all have approved them."""

    id = models.CharField(primary_key=True, max_length=64)
    mechanism = models.CharField(max_length=64, db_index=True)
    key = models.CharField(max_length=80, db_index=True)
    terms = models.JSONField()  # lang, text, use
    definitions = models.JSONField(default=list)  # lang, text, sha256
    source = models.JSONField(null=True)  # text, eid
    valid_from = models.CharField(max_length=10, blank=True)
    valid_to = models.CharField(max_length=10, blank=True)
    proposer = models.CharField(max_length=32)
    said = models.CharField(max_length=30)
    act = models.CharField(max_length=64, db_index=True)
    in_force = models.BooleanField(default=False)
    find = models.TextField(blank=True)  # what the search of the page looks through

    class Meta:
        ordering = ("key", "said", "id")

    def __str__(self) -> str:
        return str(self.key)


class CandidateRow(models.Model):
    """A concept that a text defines or a file brought, before anybody proposes it. This node's own."""

    mechanism = models.CharField(max_length=64, db_index=True)
    key = models.CharField(max_length=80)
    terms = models.JSONField()
    definition = models.TextField(blank=True)
    source = models.JSONField(null=True)
    dismissed = models.BooleanField(default=False)
    added = models.DateTimeField(auto_now_add=True)
    find = models.TextField(blank=True)

    class Meta:
        ordering = ("key", "pk")
        constraints = [models.UniqueConstraint(fields=["mechanism", "key"], name="one_candidate_of_a_key")]

    def __str__(self) -> str:
        return str(self.key)


class Comparison(models.Model):
    """Two laws, or two dated versions of one, with the matches that were proposed and what people confirmed. This node's own."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)  # laws, versions
    left = models.JSONField()  # name, lang, title, units: [eid, number, words]
    right = models.JSONField()
    matches = models.JSONField()  # source, target, similarity, kind, verdict ("", yes, no), by
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made",)

    def __str__(self) -> str:
        return str(self.name)


class VectorRow(models.Model):
    """What a passage means, as numbers of one model."""

    hash = models.CharField(primary_key=True, max_length=64)
    model = models.CharField(max_length=64)
    vector = models.BinaryField()

    def __str__(self) -> str:
        return str(self.hash)
