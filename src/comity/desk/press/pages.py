"""The contexts of the press desk's pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts.models import Officer
from comity.desk.errors import sentence
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.observations import releasing
from comity.desk.observations import shown as observed
from comity.desk.observations.state import visible
from comity.desk.press import conflicts, proposals, samples, shown, words
from comity.desk.press.about import Subject, subjects
from comity.desk.press.fragments import source_id
from comity.desk.press.models import Proposal, Source
from comity.desk.press.passages import paragraphs
from comity.desk.press.policy import why_not_review
from comity.desk.press.visible import counted, sources
from comity.desk.show import day, instant, officer_of, trail
from comity.errors import ComityError

PER_PAGE = 25


def box(typed: dict[str, str] | None = None, *, case: str = "", error: str = "") -> dict[str, Any]:
    """What the box for an article is drawn from (``design/paste.html``)."""
    typed = typed or {}
    chosen = typed.get("language", "")
    languages = [{"value": "", "label": _("as the text shows"), "checked": not chosen}]
    languages += [
        {"value": code, "label": name, "lang": observed.tag_of(code), "checked": code == chosen} for code, name in words.LANGUAGES
    ]
    return {
        "action": reverse("press:paste") + (f"?about={case}" if case else ""),
        "languages": languages,
        "value": typed.get("article", ""),
        "date": typed.get("date", ""),
        "error": error,
        "sample": reverse("press:paste") + "?sample=1" + (f"&about={case}" if case else ""),
    }


def paste(request: HttpRequest, officer: Officer, typed: dict[str, str] | None = None, error: str = "") -> dict[str, Any]:
    """The page of the box."""
    if typed is None and "sample" in request.GET:
        typed = samples.typed(request.GET.get("sample", ""))
    return {
        "box": box(typed, case=request.GET.get("about", ""), error=error),
        "barred": why_not_review(officer, settings.NODE.party),
        "typed": typed or {},
        "samples": samples.choices(),
        "trail": trail((_("Press"), reverse("press:index")), _("Paste an article")),
    }


def section(request: HttpRequest, case: str, row: MechanismRow | None) -> dict[str, Any]:
    """The press's side of a mechanism's page. ``row`` for a page of the record, ``case`` for an observed one."""
    officer = officer_of(request)
    if row is not None:
        case = next((one.id for one in subjects().values() if one.record is not None and one.record.id == row.id), "")
    seen = visible(request).get(case)
    waiting = sources(request).filter(case=case, state=Source.REVIEW).defer("text", "reading").order_by("-added")[:5] if officer else []
    return {
        "officer": officer,
        "of_record": row is not None,
        "seen": reverse("observations:detail", args=[case]) if seen is not None and row is not None else "",
        "seen_of": observed.standing(len(seen.all("parties"))) if seen is not None else None,
        "waiting": [{"url": reverse("press:source", args=[one.key]), "title": one.title or one.key} for one in waiting],
        "box": box(case=case),
        "box_barred": why_not_review(officer, settings.NODE.party),
    }


# The list --------------------------------------------------------------------------------------


def index(request: HttpRequest, officer: Officer) -> dict[str, Any]:
    """The list of sources, narrowed by state, mechanism, language and triage."""
    mine = sources(request)
    asked = {name: request.GET.get(name, "") for name in ("state", "about", "language", "worth", "q")}
    rows = counted(mine)
    for name, field in (("state", "state"), ("about", "case"), ("language", "language")):
        if asked[name]:
            rows = rows.filter(**{field: asked[name]})
    if asked["worth"]:
        rows = rows.filter(worth=asked["worth"] == "yes")
    if asked["q"]:
        rows = rows.filter(Q(title__icontains=asked["q"]) | Q(publisher__icontains=asked["q"]) | Q(text__icontains=asked["q"]))
    known = subjects()
    rows = rows.order_by("-added", "key")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "table": _table(list(page), known),
        "filters": _filters(asked, known),
        "asked": asked,
        "any": mine.exists(),
        "box": box(),
        "samples": samples.choices(),
        "barred": why_not_review(officer, settings.NODE.party),
        "standing": observed.standing(),
        "trail": trail(_("Press")),
    }


def _filters(asked: dict[str, str], known: dict[str, Subject]) -> list[dict[str, Any]]:
    worth = {"yes": _("worth reading"), "no": _("hardly worth reading")}
    choices = (
        ("state", _("State"), words.states()),
        ("about", _("Which mechanism"), {id: one.name for id, one in known.items()}),
        ("language", _("Language"), dict(words.LANGUAGES)),
        ("worth", _("Triage"), worth),
    )
    return [
        {
            "name": name,
            "label": label,
            "options": [{"value": "", "label": _("all"), "checked": not asked[name]}]
            + [{"value": value, "label": said, "checked": asked[name] == value} for value, said in options.items()],
        }
        for name, label, options in choices
    ]


def _table(rows: list[Source], known: dict[str, Subject]) -> dict[str, Any]:
    labels = [_("Source"), _("Which mechanism"), _("Language"), _("Date"), _("State"), _("Effort")]
    made = []
    for row in rows:
        name = row.title or row.key
        here = observed.language_of(name)
        about = known[row.case].name if row.case in known else _("not said yet")
        triage = "" if row.worth else _("hardly worth reading")
        cells: list[dict[str, Any]] = [
            {"text": name, "url": reverse("press:source", args=[row.key]), "lang": here, "note": row.publisher},
            {"text": about},
            {"text": dict(words.LANGUAGES).get(row.language, row.language), "lang": observed.tag_of(row.language)},
            {"text": day(row.date) if row.date else _("not said"), "nowrap": True},
            {"text": _state(row), "note": triage},
            {"text": effort(row) if row.keystrokes else "–"},
        ]
        made.append({"id": f"s-{row.key}", "cells": [cell | {"label": label} for label, cell in zip(labels, cells, strict=True)]})
    return {"columns": labels, "rows": made}


def _state(row: Any) -> str:
    said = words.states()[row.state]
    if row.state == Source.REVIEW:
        return ngettext("%(n)d to review", "%(n)d to review", row.waiting) % {"n": row.waiting}
    if row.state == Source.DONE and row.accepted:
        return f"{said}{words.comma()}" + ngettext("%(n)d accepted", "%(n)d accepted", row.accepted) % {"n": row.accepted}
    return said


def effort(source: Source) -> str:
    """Keystrokes and time that a source's review took."""
    keys = ngettext("%(n)d keystroke", "%(n)d keystrokes", source.keystrokes) % {"n": source.keystrokes}
    minutes, seconds = divmod(source.seconds, 60)
    return f"{keys}{words.comma()}" + _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": seconds}


# One source ------------------------------------------------------------------------------------


def source(request: HttpRequest, officer: Officer, row: Source, *, on: str = "", told: str = "") -> dict[str, Any]:
    """The review page of one source."""
    known = subjects()
    subject = known.get(row.case)
    rows = list(row.proposals.all())
    met = conflicts.met(row, subject)
    listed = shown.proposals(row, rows, subject, met, on or request.GET.get("on", ""))
    numbers = {state: sum(one.state == state for one in rows) for state in (Proposal.OPEN, Proposal.ACCEPTED, Proposal.REJECTED)}
    edited = sum(one.edited is not None for one in rows if one.state == Proposal.ACCEPTED)
    against = conflicts.contradicted(met)
    above = [one for one in rows if one.state == Proposal.OPEN and one.confidence >= row.line]
    return {
        "source": row,
        "lang": observed.tag_of(row.language),
        "paragraphs": paragraphs(row.text, shown.marked(rows), row.title),
        "proposals": listed,
        "selected": next((one.row.label for one in listed if one.on), ""),
        "numbers": numbers,
        "edited": edited,
        "effort": effort(row),
        "last": max(((one.decided, one.label) for one in rows if one.decided), default=(None, ""))[1],
        "bulk": [one.label for one in above if one.place not in against],
        "held": [one.label for one in above if one.place in against],
        "legend": words.marks(),
        "facts": _facts(row),
        "notes": _notes(row),
        "trouble": _trouble(row),
        "about": [{"value": id, "label": one.name, "checked": id == row.case} for id, one in known.items()],
        "tongues": [
            {"value": code, "label": name, "lang": observed.tag_of(code), "checked": code == row.language} for code, name in words.LANGUAGES
        ],
        "subject": subject,
        "line_url": _line_url(subject),
        "reading": row.state in (Source.NEW, Source.READING),
        "narrated": proposals.narrated(row),
        "twins": [
            {"url": reverse("press:source", args=[one.key]), "added": instant(one.added)}
            for one in sources(request).filter(digest=row.digest).exclude(pk=row.pk).only("key", "added")[:3]
        ],
        "long": len(row.text) > 100_000,
        "barred": why_not_review(officer, settings.NODE.party),
        "standing": observed.standing(len(subject.party_names()) or 2 if subject else 2),
        "party": settings.NODE.party,
        "told": told,
        "sees": releasing.sees(officer, row.case, source_id(row.key), press=row.key) if row.case else None,
        "exports": _exports(row),
        "trail": trail((_("Press"), reverse("press:index")), row.title or row.key),
    }


def _line_url(subject: Subject | None) -> str:
    return reverse("observations:detail", args=[subject.id]) if subject and subject.case else ""


def _facts(row: Source) -> str:
    parts = [row.publisher, dict(words.LANGUAGES).get(row.language, ""), day(row.date) if row.date else _("no date")]
    came = words.ways()[row.how]
    parts.append(_("%(way)s by %(person)s, %(when)s") % {"way": came, "person": _who(row), "when": instant(row.fetched)})
    return " · ".join(part for part in parts if part)


def _who(row: Source) -> str:
    officer = Officer.objects.filter(user=row.by).first() if row.by_id else None
    return officer.name if officer else "–"


def _trouble(row: Source) -> str:
    """What the reader refused, in the language of the page."""
    return sentence(ComityError.from_json(row.trouble)) if row.state == Source.FAILED and row.trouble.startswith("[") else row.trouble


def _notes(row: Source) -> list[str]:
    """What to know of the reading: by which reader, and what was missing for a better one."""
    if row.reading is None:
        return []
    said = [_("Read by %(reader)s %(version)s.") % {"reader": row.reader, "version": row.reader_version}]
    if row.reader == "rules" and any("not installed" in str(note) for note in row.reading.get("notes", ())):
        said.append(_("The language model for a finer reading is not installed here, so it was read by rules alone."))
    if row.guessed:
        said.append(_("The language was guessed from its letters."))
    if not row.date:
        said.append(_("Without its date, “on Monday” cannot be reckoned."))
    return said


def _exports(row: Source) -> list[dict[str, str]]:
    names = (("reading", _("Reading, JSON")), ("annotations", _("W3C Web Annotations")), ("plover", "PLOVER"), ("text", _("its text")))
    return [{"url": reverse("press:export", args=[row.key, name]), "label": label} for name, label in names]
