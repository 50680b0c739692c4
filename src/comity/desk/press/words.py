"""The words of the press desk: kinds of proposals, states of sources, what a proposal says in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from comity.desk.accounts.models import page_language
from comity.desk.observations import words as observed
from comity.desk.press.models import Source
from comity.desk.show import day
from comity.errors import ComityError

LANGUAGES = (("en", "English"), ("ru", "Русский"), ("zh", "中文"))

# Said by the pure rooms that clean and read; a test holds them to what these rooms say.
SAID_BY_ENGINES = (
    gettext_noop("There is nothing to read."),
    gettext_noop("Paste the text of an article, or choose a file."),
    gettext_noop("No text was found in it."),
    gettext_noop("If it is a scan, copy its words by hand; else paste the article’s text."),
    gettext_noop("This is not text: it looks like a binary file."),
    gettext_noop("Give it as txt, html, pdf or docx."),
    gettext_noop("Half of a character stands in this text."),
    gettext_noop("Save it again as UTF-8."),
    gettext_noop("This is too large."),
    gettext_noop("Divide it: a file of at most {mebibytes} MiB, a text of at most {characters} characters."),
    gettext_noop("Byte {position} is not UTF-8."),
    gettext_noop("Save the text again as UTF-8."),
    gettext_noop("Web pages are read by a library that is not installed here."),
    gettext_noop("Paste the article’s text, or let the operator install the extra “press”."),
    gettext_noop("No article was found on this page."),
    gettext_noop("Paste the article’s text instead."),
    gettext_noop("This PDF is locked with a password."),
    gettext_noop("Save it without one, or paste its text."),
    gettext_noop("This PDF is broken."),
    gettext_noop("Save it again, or paste its text."),
    gettext_noop("This Word file cannot be read."),
    gettext_noop("Save it again as docx, or paste its text."),
    gettext_noop("This text is in none of English, Russian and Chinese."),
    gettext_noop("Say its language, or hand in another text."),
    gettext_noop("The date of an article is a whole day."),
    gettext_noop("Write it as 2026-11-18."),
    gettext_noop("This is not the address of a page."),
    gettext_noop("Write it with https:// in front, or leave it empty."),
    gettext_noop("This is none of the choices."),
    gettext_noop("Choose one that is offered."),
    gettext_noop("The line is a number from 0 to 1."),
    gettext_noop("Write e.g. 0.85."),
)


def kinds() -> dict[str, str]:
    """Each kind of proposal, by its key."""
    return {
        "meeting": pgettext("kind of proposal", "Meeting"),
        "person": pgettext("kind of proposal", "Person"),
        "statement": pgettext("kind of proposal", "Statement"),
        "commitment": pgettext("kind of proposal", "Commitment"),
        "finding": pgettext("kind of proposal", "What became of a pledge"),
    }


def marks() -> list[tuple[str, str, str]]:
    """The legend: letter, how its words are marked, the kind."""
    return [
        ("M", _("boxed"), pgettext("what a mark means", "meeting")),
        ("P", _("dotted line"), pgettext("what a mark means", "person")),
        ("S", _("shaded"), pgettext("what a mark means", "statement")),
        ("C", _("double line"), pgettext("what a mark means", "commitment")),
        ("F", _("wavy line"), pgettext("what a mark means", "what became of a pledge")),
    ]


def states() -> dict[str, str]:
    return {
        Source.NEW: pgettext("state of a source", "new"),
        Source.READING: _("being read"),
        Source.REVIEW: _("to review"),
        Source.DONE: pgettext("state of a source", "done"),
        Source.FAILED: _("could not be read"),
    }


def ways() -> dict[str, str]:
    """How a source came here."""
    return {"pasted": _("pasted"), "uploaded": _("uploaded"), "api": _("sent by a program")}


def meeting_kinds() -> dict[str, str]:
    return {
        "committee_session": _("committee session"),
        "talks": _("talks"),
        "visit": _("visit"),
        "assembly": _("assembly"),
        "other": _("another meeting"),
    }


def natures() -> dict[str, str]:
    return {
        "pledge": pgettext("nature of a commitment", "pledge"),
        "joint": pgettext("nature of a commitment", "joint"),
        "proposal": pgettext("nature of a commitment", "proposal"),
        "plan": pgettext("nature of a commitment", "plan"),
    }


def forms() -> dict[str, str]:
    return {"direct": _("in direct speech"), "indirect": _("in indirect speech"), "mixed": _("partly quoted")}


def claims() -> dict[str, str]:
    return observed.claims()


def findings() -> dict[str, str]:
    return {key: label for key, label in observed.findings().items() if key}


def headline(kind: str, said: Mapping[str, Any], lang: str) -> SafeString:
    """A proposal in one line: its kind, then what it says; words of the source are marked by their language."""
    head = format_html("<b>{}</b>", kinds()[kind])
    parts = {"meeting": _meeting, "person": _person, "statement": _statement, "commitment": _commitment, "finding": _finding}[kind](
        said, lang
    )
    rest = [part for part in parts if part]
    return mark_safe(head + colon() + mark_safe(comma().join(rest))) if rest else head  # noqa: S308 - of escaped parts


def colon() -> str:
    return "：" if page_language() == "zh-Hans" else ": "


def comma() -> str:
    return pgettext("between the parts of a line", ", ")


def quoted(text: object, lang: str) -> SafeString:
    """Words of a source between the marks of the page's language."""
    return format_html(pgettext("words between quotation marks", "“{}”"), foreign(text, lang))


def foreign(text: object, lang: str) -> SafeString:
    """Words of a source, escaped, with their language where the page has another."""
    here = page_language()
    if not text or here.split("-")[0] == lang:
        return format_html("{}", text or "")
    return format_html('<span lang="{}">{}</span>', "zh-Hans" if lang == "zh" else lang, text)


def _meeting(said: Mapping[str, Any], lang: str) -> list[str]:
    number = _("No. %(ordinal)s") % {"ordinal": said["ordinal"]} if said.get("ordinal") is not None else ""
    days = said_day(said.get("date"))
    if said.get("end_date") and said.get("end_date") != said.get("date"):
        days = _("%(first)s to %(last)s") % {"first": days, "last": said_day(said["end_date"])}
    kind = meeting_kinds().get(str(said.get("kind")), str(said.get("kind") or ""))
    strong = format_html("<b>{}</b>", number) if number else ""
    return [format_html("{}", kind), strong, foreign(said.get("place"), lang), format_html("{}", days)]


def _person(said: Mapping[str, Any], lang: str) -> list[str]:
    return [foreign(said.get(name), lang) for name in ("name", "role", "organisation")]


def _statement(said: Mapping[str, Any], lang: str) -> list[str]:
    if said.get("claim_kind") == "fact_reported" and not said.get("speaker"):
        return [format_html("{}", claims()["fact_reported"])]
    who = foreign(said.get("speaker"), lang) or format_html("{}", _("speaker not named"))
    return [format_html("{}", claims().get(str(said.get("claim_kind")), "")), who]


def _commitment(said: Mapping[str, Any], lang: str) -> list[str]:
    who = [foreign(name, lang) for name in said.get("who") or ()]
    return [format_html("{}", natures().get(str(said.get("nature")), "")), *who]


def _finding(said: Mapping[str, Any], lang: str) -> list[str]:
    return [format_html("{}", findings().get(str(said.get("finding")), ""))]


def said_day(text: object) -> str:
    """A partial date by the page's locale; what is none stays as it is."""
    try:
        return day(str(text or ""))
    except ComityError:
        return str(text)
