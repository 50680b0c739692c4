"""The words of the observed record in the reader's language: natures, findings, kinds of claims, reliabilities, kinds of meetings, places.

A case's vocabulary is open where it describes (reliability, kinds of meetings, places): what is not in the tables is shown as it is
written, marked as English.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.desk.accounts.models import page_language

_HAN, _CYRILLIC = re.compile("[\u4e00-\u9fff]"), re.compile("[Ѐ-ӿ]")


def own_words(text: str) -> dict[str, str]:
    """Words of the observer's own, as a value that says its language where the page has another: English, unless their letters are of
    another; what a source says is kept in its own.
    """
    said = text[:1].upper() + text[1:]
    lang = "zh-Hans" if _HAN.search(said) else "ru" if _CYRILLIC.search(said) else "en"
    return {"text": said, "lang": "" if page_language() == lang else lang}


def marked(text: str) -> str:
    """The same as markup, for partials that take no language."""
    said = own_words(text)
    return format_html('<span lang="{}">{}</span>', said["lang"], said["text"]) if said["lang"] else said["text"]


def natures() -> dict[str, tuple[str, str]]:
    """Each nature with what it means."""
    return {
        "joint": (_("Joint"), _("reported as agreed by all")),
        "pledge": (_("Pledge"), _("speaker binds own side")),
        "plan": (_("Plan"), _("announced event or rhythm")),
        "agenda_topic": (_("Agenda topic"), _("listed for discussion only")),
        "proposal": (_("Proposal"), _("speaker asks both or the other side")),
        "duty": (_("Duty"), _("laid down in the founding text")),
    }


def findings() -> dict[str, str]:
    """Each finding; empty: nobody has followed up."""
    return {
        "kept": _("kept"),
        "kept_late": _("kept late"),
        "changed": _("changed"),
        "partly": _("partly kept"),
        "repeated": _("asked for again"),
        "no_trace": _("no trace"),
        "": _("not followed up"),
    }


def claims() -> dict[str, str]:
    return {
        "official_claim": _("official’s claim"),
        "fact_reported": _("fact reported"),
        "analyst_claim": _("analyst’s claim"),
        "media_claim": _("media’s claim"),
    }


def kinds() -> dict[str, str]:
    """The lists of a case, in the order in which pages offer them."""
    return {
        "meetings": _("Meetings"),
        "commitments": _("Commitments"),
        "follow_up": _("What was found"),
        "statements": _("Statements"),
        "conflicts": _("Where sources disagree"),
        "persons": _("People"),
        "texts": _("Texts"),
        "sources": _("Sources"),
    }


def reliability(text: str) -> str:
    labels = {
        "official": _("official"),
        "official person": _("official, a person’s own site"),
        "official record": _("official record"),
        "official media": _("official media"),
        "official document": _("official document"),
        "official document copy": _("copy of an official document"),
        "official text reprinted": _("official text, reprinted"),
        "summary of official text": _("summary of an official text"),
        "state media": _("state media"),
        "state media copy": _("copy of state media"),
        "state media mirror": _("mirror of state media"),
        "state agency": _("state news agency"),
        "agency": _("news agency"),
        "press agency": _("press agency"),
        "press": _("press"),
        "aggregator": _("aggregator"),
        "blog": _("blog"),
        "scraper": _("scraper"),
        "copy": pgettext("reliability of a source", "copy"),
        "mirror": pgettext("reliability of a source", "mirror"),
        "unlocated": _("not located"),
        "member's page": _("a member’s own page"),
        "organisation": _("organisation"),
        "association": _("association"),
        "private transcript": _("private transcript"),
    }
    return labels.get(text, text)


def not_linked(why: str) -> str:
    """Why an address is kept and not linked."""
    labels = {
        "no address": _("no address"),
        "mirror": _("mirror, not linked"),
        "copy": _("copy, not linked"),
        "scraper": _("scraped copy, not linked"),
        "other domain": _("another’s domain, not linked"),
    }
    return labels.get(why, "")


def language(tag: str) -> str:
    labels = {
        "en": _("English"),
        "ru": _("Russian"),
        "zh": _("Chinese"),
        "zh-Hant": _("Chinese, traditional"),
        "de": _("German"),
        "it": _("Italian"),
        "ar": _("Arabic"),
    }
    return labels.get(tag, tag)


def meeting_kind(text: str) -> dict[str, str]:
    labels = {
        "committee meeting": _("committee meeting"),
        "committee meeting (planned)": _("committee meeting, planned"),
        "plenary meeting": _("plenary meeting"),
        "working group": _("working group meeting"),
        "meeting": _("meeting"),
        "talks": _("talks"),
        "signing ceremony and talks": _("signing ceremony and talks"),
        "round table of legislatures": _("round table of legislatures"),
        "talks of presiding officers": _("talks of presiding officers"),
        "talks at a world conference of speakers": _("talks at a world conference of speakers"),
        "reception of a delegation": _("reception of a delegation"),
        "working visit": _("working visit"),
        "official visit": _("official visit"),
        "Partnership Council (executive level)": _("Partnership Council, executive level"),
        "EU-UK summit (executive level)": _("EU–UK summit, executive level"),
    }
    found = labels.get(text)
    return {"text": found, "lang": ""} if found else own_words(text)


def place(meeting: dict[str, Any]) -> str:
    """Where a meeting was held, or that it was online; empty if nothing is said."""
    if meeting.get("mode") == "online":
        return _("online")
    city = str((meeting.get("place") or {}).get("city") or "")
    labels = {
        "Beijing": _("Beijing"),
        "Moscow": _("Moscow"),
        "Harbin": _("Harbin"),
        "Geneva": _("Geneva"),
        "London": _("London"),
        "Brussels": _("Brussels"),
        "Strasbourg": _("Strasbourg"),
    }
    return labels.get(city, city)


def anniversary(what: str) -> str:
    labels = {
        "diplomatic relations": _("diplomatic relations"),
        "the treaty": _("the treaty"),
        "Victory": _("the Victory"),
    }
    return labels.get(what, what)
