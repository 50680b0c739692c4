"""Remarks inside one side: written, changed, taken out, and all of it undone. They are rows of this node and nothing else.

A remark stands on an object (an act's id, or a draft's key), perhaps at a provision of it. ``@name`` speaks to a colleague: the name for
signing in, as the field completes it, or her full name in any language.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from comity.desk.accounts.models import Officer
from comity.desk.record.models import ActRow, Draft
from comity.desk.work.indexing import language_of
from comity.desk.work.models import Kind, Notice, Remark
from comity.desk.work.telling import tell
from comity.errors import Refused

LONGEST = 10_000  # characters
UNDO = timedelta(days=1)  # for so long a remark that was taken out can be put back


def colleagues() -> list[Officer]:
    """Everyone who can be spoken to here."""
    return list(Officer.objects.select_related("user").filter(user__is_active=True).order_by("user__username"))


def mentioned_in(text: str, people: Iterable[Officer]) -> list[tuple[int, int, Officer]]:
    """Who is spoken to, and where: the longest known name that follows an ``@``. A name may be followed by anything that is no Latin
    letter or digit, so that "@tovan请看" speaks to Tovan.
    """
    names = {officer.user.get_username().lower(): officer for officer in people}
    for officer in list(names.values()):
        names |= {name["text"].lower(): officer for name in officer.names}
    known = sorted(names, key=len, reverse=True)
    low, found = text.lower(), []
    at = low.find("@")
    while at >= 0:
        name = next((n for n in known if low.startswith(n, at + 1) and not _goes_on(low, at + 1 + len(n), n)), "")
        if name:
            found.append((at, at + 1 + len(name), names[name]))
        at = low.find("@", at + 1)
    return found


def _goes_on(text: str, at: int, name: str) -> bool:
    """Whether the name is only the beginning of a longer word of its own script."""
    if at >= len(text) or not text[at].isalnum():
        return False
    return text[at].isascii() == name[-1].isascii() and not "\u3400" <= text[at] <= "\u9fff"


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused("There is nothing in this remark.", place="text", remedy="Write something.")
    if len(text) > LONGEST:
        raise Refused("A remark has at most {most} characters.", place="text", remedy="Divide it.", most=LONGEST)
    return text


@transaction.atomic
def add(actor: Officer, obj: str, text: str, *, path: str, title: str, now: datetime, eid: str = "") -> Remark:
    """Say something about an object to one's own side. Raises :class:`Refused` for an empty or too long one."""
    remark = Remark.objects.create(object=obj, eid=eid, path=path, title=title[:300], author=actor, text=_checked(text), said=now)
    _speak(remark, now)
    others = Officer.objects.filter(remarks__object=obj, remarks__deleted=None).exclude(pk=actor.pk).distinct()
    drafter = Officer.objects.filter(user__draft__key=obj).exclude(pk=actor.pk)
    spoken_to = set(remark.mentioned.values_list("pk", flat=True))
    for officer in {*others, *drafter}:
        if officer.pk not in spoken_to:
            _notice(remark, officer, Kind.REMARK, now)
    return remark


def _speak(remark: Remark, now: datetime) -> None:
    people = {officer for _, _, officer in mentioned_in(remark.text, colleagues()) if officer.pk != remark.author_id}
    fresh = people - set(remark.mentioned.all())
    remark.mentioned.set(people)
    for officer in fresh:
        _notice(remark, officer, Kind.MENTION, now)


def _notice(remark: Remark, officer: Officer, kind: Kind, now: datetime) -> None:
    author = remark.author
    data = {"names": author.names if author else [], "words": remark.text[:200], "lang": language_of(remark.text)}
    path = f"{remark.path}#remark-{remark.pk}"
    tell(officer, kind, f"{kind}-{remark.pk}", path, titles=_titles(remark), data=data, now=now)


def _titles(remark: Remark) -> dict[str, str]:
    """What the remark is about, in every language that it has a name in."""
    model: type[ActRow] | type[Draft] = Draft if len(remark.object) == 16 else ActRow
    found = model._default_manager.filter(pk=remark.object).values_list("titles", flat=True).first()
    return dict(found or {"": remark.title})


def _own(actor: Officer, remark: Remark) -> None:
    if remark.author_id != actor.pk:
        raise Refused("Only who wrote a remark can change it.", place="remark", remedy="Write one of your own.")


@transaction.atomic
def change(actor: Officer, remark: Remark, text: str, *, now: datetime) -> None:
    """Write it anew; the wording before can be put back."""
    _own(actor, remark)
    text = _checked(text)
    if text != remark.text:
        remark.before, remark.text, remark.edited = remark.text, text, now
        remark.save()
        _speak(remark, now)


@transaction.atomic
def take_out(actor: Officer, remark: Remark, *, now: datetime) -> None:
    """Take it out; for a day its author can put it back. Nobody is told of it any more."""
    _own(actor, remark)
    remark.deleted = now
    remark.save()
    Notice.objects.filter(key__in=[f"{kind}-{remark.pk}" for kind in (Kind.MENTION, Kind.REMARK)], read=None).delete()


@transaction.atomic
def undo(actor: Officer, remark: Remark, *, now: datetime) -> None:
    """Put back what was taken out, or the wording before the last change."""
    _own(actor, remark)
    if remark.deleted:
        if now - remark.deleted > UNDO:
            raise Refused("It was taken out too long ago.", place="remark", remedy="Write it again.")
        remark.deleted = None
        for officer in remark.mentioned.all():
            _notice(remark, officer, Kind.MENTION, now)
    elif remark.before:
        remark.text, remark.before, remark.edited = remark.before, "", None
    remark.save()


def purge(now: datetime) -> int:
    """Delete for good what was taken out more than a day ago; returns how many."""
    old = Remark.objects.filter(deleted__lt=now - UNDO)
    count = old.count()
    for remark in old:
        remark.delete()
    return count
