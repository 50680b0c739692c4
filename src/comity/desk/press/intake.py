"""Taking a source in: its text cleaned, its bytes kept under their hash, its language and mechanism guessed until somebody says them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comity.desk.accounts.models import Officer
from comity.desk.node import the_node
from comity.desk.press import about
from comity.desk.press.models import Source
from comity.desk.press.passages import TURNING
from comity.desk.press.policy import why_not_review
from comity.desk.record.models import Draft
from comity.errors import ComityError, Malformed, Refused
from comity.press.intake import LANGUAGES, digest, guess_language
from comity.press.sources import check_text, clean
from comity.press.triage import worth_reading
from comity.terms.dates import PartialDate

KEEP_REMOVED = timedelta(days=1)  # how long a removed source can be brought back


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody hands in: a text, or a file's bytes with its name; the rest as far as it is known."""

    text: str = ""
    data: bytes = b""
    name: str = ""
    address: str = ""
    publisher: str = ""
    title: str = ""
    date: str = ""
    language: str = ""
    case: str = ""
    how: str = "pasted"


def take_in(actor: Officer | None, handed: Handed) -> Source:
    """Keep a source and the bytes that came; it is read afterwards. Raises Refused for who may not, Malformed for what cannot be read."""
    if refusal := why_not_review(actor, settings.NODE.party):
        raise Refused(str(refusal), place="role")
    assert actor is not None
    if handed.data:
        cleaned = clean(handed.data, handed.name)
        text, kind, data = cleaned.text, cleaned.kind, handed.data
    elif not handed.text.strip():
        raise Malformed("There is nothing to read.", place="source", remedy="Paste the text of an article, or choose a file.")
    else:
        check_text(handed.text)
        cleaned, text, kind = None, handed.text.replace("\r\n", "\n"), "txt"
        data = handed.text.encode("utf-8")
    language = handed.language or guess_language(text) or ""
    if language not in LANGUAGES:
        raise Malformed(
            "This text is in none of English, Russian and Chinese.", place="language", remedy="Say its language, or hand in another text."
        )
    subjects = about.subjects()
    source = Source(
        case=handed.case if handed.case in subjects else about.likely(text, subjects),
        title=one_line(handed.title or (cleaned.title if cleaned else "") or _headline(text))[:300],
        publisher=one_line(handed.publisher or (cleaned.publisher if cleaned else ""))[:200],
        address=check_address(handed.address or (cleaned.address if cleaned else "")),
        language=language,
        guessed=not handed.language,
        date=check_date(handed.date or (cleaned.date if cleaned else "")),
        fetched=timezone.now(),
        how=handed.how,
        name=handed.name.rpartition("/")[2][-200:],
        kind=kind,
        original=the_node().files.put_bytes(data),
        size=len(data),
        text=text,
        digest=digest(text),
        worth=worth_reading(text, language),
        by=actor.user,
    )
    with transaction.atomic():
        source.save(force_insert=True)
        _forget_removed()
    return source


def one_line(text: str) -> str:
    """Words for a list: without line breaks, and without what turns the direction of writing."""
    return " ".join(TURNING.sub("", text).split())


def _headline(text: str) -> str:
    """The first line, if it is one; else its beginning."""
    line = next((one.strip() for one in text.splitlines() if one.strip()), "")
    return line if len(line) <= 140 else f"{line[:100].rstrip()}…"


def check_date(text: str) -> str:
    """A whole day, or nothing. Raises Malformed."""
    text = text.strip()
    if not text:
        return ""
    try:
        if len(text) == 10 and PartialDate(text).text == text:
            return text
    except ComityError:
        pass
    raise Malformed("The date of an article is a whole day.", place="date", remedy="Write it as 2026-11-18.")


def check_address(text: str) -> str:
    """An address of the web, or nothing. Raises Malformed. It is kept and shown; nothing is fetched from it."""
    text = text.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None and len(text) <= 1000
    except ValueError:
        fits = False
    if not fits:
        raise Malformed("This is not the address of a page.", place="address", remedy="Write it with https:// in front, or leave it empty.")
    return text


def _forget_removed() -> None:
    """What was removed more than a day ago goes for good, with bytes that no other source has."""
    gone = Source.objects.filter(removed__lt=timezone.now() - KEEP_REMOVED)
    originals = set(gone.values_list("original", flat=True))
    if not originals:
        return
    gone.delete()
    kept = set(Source.objects.filter(original__in=originals).values_list("original", flat=True))
    for original in originals - kept - _in_the_record(originals):
        the_node().files.remove(original)


def _in_the_record(digests: set[str]) -> set[str]:
    """Those of *digests* that an act or a draft also names: a file is one file, whoever uses it."""
    drafts = {sha for files in Draft.objects.values_list("files", flat=True) for sha in files.values()}
    return {sha for sha in digests if sha in drafts or the_node().store.uses_of(sha)}
