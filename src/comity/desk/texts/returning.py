"""A Word file that came back: its tracked changes and comments as proposals on a draft, taken over one by one, and undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer
from comity.desk.design.templatetags.design import own_name
from comity.desk.errors import sentence
from comity.desk.show import name_of, title_for, trail
from comity.desk.texts import composing, queries, thread, working
from comity.desk.texts.changes import redlined
from comity.desk.texts.models import Proposal
from comity.desk.texts.words import provision_label
from comity.desk.texts.working import Work
from comity.errors import ComityError, Malformed, Refused, Unsafe, Unsayable
from comity.texts.clean import script_share, tidy
from comity.texts.imports.package import MAX_FILE, Package
from comity.texts.imports.word import docx_lines
from comity.texts.model import Provision, TextVersion
from comity.texts.returned import proposals

MOST = 2000  # proposals of one file


def receive(request: HttpRequest, work: Work, lang: str, name: str, data: bytes) -> int:
    """Read a returned file into proposals; returns how many. Raises Malformed or Unsafe, with the file as place, and keeps nothing then."""
    if lang not in work.versions:
        raise Malformed("Say which language the file is in.", place="lang", remedy="Choose one of the languages of the draft.")
    if len(data) > MAX_FILE:
        raise Unsafe("The file is larger than {most} bytes.", place=name, remedy="Remove pictures from it.", most=MAX_FILE)
    package = Package(data)
    lines, _warned = docx_lines(package)
    words = "".join(lines)
    if words.strip() and script_share(words, lang) < 0.5:
        raise Malformed(
            "Most of this file is not written in the script of {language}.",
            place=name,
            remedy="Choose the language that the file is in.",
            language=own_name(lang),
        )
    found = proposals(data, work.versions[lang])
    known = _places(request, work, lang)
    if len(found) > MOST:
        raise Unsafe("The file proposes more than {most} changes.", place=name, remedy="Send it in parts.", most=MOST)
    Proposal.objects.bulk_create(
        Proposal(
            draft=work.draft.key,
            file=name[:200],
            lang=lang,
            kind=one.kind,
            eid=one.eid or known.get(one.old, ""),
            author=one.author[:200],
            date=one.date[:40],
            old=one.old,
            new=one.new,
        )
        for one in found
    )
    return len(found)


def _places(request: HttpRequest, work: Work, lang: str) -> dict[str, str]:
    """Lines of earlier versions and their provisions: the file may have been sent out before the draft was changed."""
    source = work.source
    found: dict[str, str] = {}
    for text in thread.texts_of(request, work.thread) if source else ():
        for version in text.versions:
            document = queries.document(version["sha256"]) if version["lang"] == lang else None
            if document is not None:
                found |= {_line(p): p.eid for p in document.version.walk() if p.text}
    return found


def _line(provision: Provision) -> str:
    return " ".join(" ".join(part for part in (provision.num, provision.text) if part).split())


def why_not(version: TextVersion | None, one: Proposal) -> str:
    """Why a proposal cannot be taken over by itself; empty if it can."""
    if one.kind == "comment":
        return _("A comment changes no words.")
    if version is None or not one.old:
        return _("It is a new paragraph: put it into the whole text.")
    if tidy(one.old) == version.title:
        return "" if one.new else _("The title cannot be emptied.")
    provision = version.by_eid().get(one.eid)
    if provision is None or _line(provision) != one.old:
        return _("The draft has other words there now.")
    if provision.heading:
        return _("It changes a heading: change it in the whole text.")
    if not one.new:
        return _("It deletes the provision: delete it in the whole text.")
    if provision.num and not one.new.startswith(provision.num):
        return _("It changes the number: change it in the whole text.")
    return ""


def accept(officer: Officer, work: Work, one: Proposal) -> None:
    """Take a proposal into the draft. Raises Refused with the reason if it cannot be taken by itself."""
    version = work.versions.get(one.lang)
    if one.state != "open" or (reason := why_not(version, one)):
        raise Refused(reason if one.state == "open" else _("This was decided already."), place=one.eid or "title")
    assert version is not None
    typed = work.typed[one.lang]
    if tidy(one.old) == version.title:
        changed = {one.lang: replace(typed, title=one.new)}
    else:
        num = version.by_eid()[one.eid].num
        changed = work.with_words(one.eid, {one.lang: one.new[len(num) :].strip()})
    one.before, one.after = _held(typed), _held(changed.get(one.lang, typed))
    working.keep(officer, work, changed, _("a proposal from a Word file"))
    _decide(officer, one, "accepted")


def undo(officer: Officer, work: Work, one: Proposal) -> None:
    """Open a proposal again; if it was accepted, what stood before comes back. Raises Refused if the language was changed since."""
    if one.state == "accepted":
        typed = work.typed.get(one.lang)
        if typed is None or _held(typed) != one.after:
            raise Refused(
                "The words were changed since; what stood before cannot come back by itself.",
                place=one.eid or "title",
                remedy="Edit the provision.",
            )
        title, _sep, words = one.before.partition("\n")
        working.keep(officer, work, {one.lang: composing.Typed(typed.language, typed.status, title, words)}, _("undoing a proposal"))
    _decide(officer, one, "open")


def refuse(officer: Officer, one: Proposal) -> None:
    """Set a proposal aside; the draft stays as it is."""
    _decide(officer, one, "refused")


def _held(typed: composing.Typed) -> str:
    return f"{' '.join(typed.title.split())}\n{typed.words}"


def _decide(officer: Officer, one: Proposal, state: str) -> None:
    one.state, one.by = state, name_of(officer.names)[:200]
    one.save()


def page(work: Work, error: ComityError | None = None) -> dict[str, Any]:
    """The context of ``texts/returned.html``."""
    mechanism = working.mechanism_of(work.draft)
    title = title_for({lang: t.title for lang, t in work.typed.items()})
    found = [_shown(one, work.versions) for one in Proposal.objects.filter(draft=work.draft.key)[:MOST]]
    states = {"open": _("open"), "accepted": _("taken over"), "refused": _("set aside")}
    for one in found:
        one["said"] = states[one["state"]]
    return {
        "draft": work.draft,
        "title": _("Returned Word files"),
        "text_title": title,
        "proposals": found,
        "languages_here": [{"value": lang, "label": own_name(lang)} for lang in work.versions],
        "failed": error is not None,
        "failures": [{"text": f"{error.place}: {sentence(error)}" if error.place else sentence(error), "url": "#f-file"}] if error else [],
        "trail": trail(
            (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
            (_("Draft"), f"{reverse('texts:work')}?draft={work.draft.key}"),
            _("Returned Word files"),
        ),
    }


def _shown(one: Proposal, versions: Mapping[str, TextVersion]) -> dict[str, Any]:
    moment = parse_datetime(one.date) if one.date else None
    when = ""
    if moment is not None:
        aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        when = formats.date_format(timezone.localtime(aware), "DATETIME_FORMAT")
    version = versions.get(one.lang)
    is_title = version is not None and tidy(one.old) == version.title
    return {
        "id": one.pk,
        "state": one.state,
        "kind": one.kind,
        "place": provision_label(one.eid) if one.eid else _("Title") if is_title else _("no provision found"),
        "eid": one.eid,
        "lang": one.lang,
        "line": redlined(one.old, one.new) if one.kind == "change" else "",
        "old": one.old,
        "new": one.new,
        "author": one.author,
        "when": when,
        "file": one.file,
        "by": one.by,
        "barred": why_not(version, one) if one.state == "open" else "",
    }


def find(draft: str, key: str) -> Proposal:
    """A proposal on this draft; raises Unsayable if there is none."""
    found = Proposal.objects.filter(draft=draft, pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise Unsayable("There is no such proposal.", place="proposal", remedy="Load the page again.")
    return found
