"""From observed things to what the design room's partials take: names, sources, people, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.accounts.models import page_language
from comity.desk.design.line import Source
from comity.desk.design.seal import State
from comity.desk.design.words import Standing
from comity.desk.observations import words
from comity.desk.show import day, languages_by_page
from comity.errors import ComityError
from comity.observations.links import why_not_linked
from comity.observations.merge import Case, Thing

_HAN, _CYRILLIC, _ARABIC = re.compile("[\u4e00-\u9fff]"), re.compile("[Ѐ-ӿ]"), re.compile("[\u0600-\u06ff]")

# A source has one list page; a thing's page shows the rest.
CHIPS = 4


def standing(parties: int = 2) -> Standing:
    """The dotted ring: nobody has signed."""
    return Standing(max(parties, 1), state=State.OBSERVED)


def tag_of(lang: str) -> str:
    """Case files write ``zh`` for simplified Chinese."""
    return "zh-Hans" if lang == "zh" else lang


def named(names: Mapping[str, str]) -> dict[str, str]:
    """The name for the reader, with its language where it is not the page's: own language, English, else the first there is."""
    here = page_language()
    by_tag = {tag_of(lang): text for lang, text in names.items()}
    for tag in (here, "en", *by_tag):
        if tag in by_tag:
            return {"text": by_tag[tag], "lang": "" if tag == here else tag}
    return {"text": "", "lang": ""}


def equal_names(names: Mapping[str, str]) -> list[dict[str, str]]:
    """One name per language as equals."""
    by_tag = {tag_of(lang): text for lang, text in names.items()}
    return [{"lang": tag, "text": by_tag[tag]} for tag in languages_by_page(by_tag)]


def language_of(text: str, hint: str = "") -> str:
    """The language of a few words by their script, empty if it is the page's."""
    if _HAN.search(text):
        found = hint if hint.startswith("zh-") else "zh-Hans"
    elif _CYRILLIC.search(text):
        found = "ru"
    elif _ARABIC.search(text):
        found = "ar"
    else:
        found = "en"
    return "" if found == page_language() else found


def case_names(case: Case) -> Mapping[str, str]:
    """The names of a case's mechanism by language; its id where no name of it may be shown."""
    names: Mapping[str, str] = case.mechanism.get("names", {})
    return names or {"en": case.id}


def names_of(thing: Thing) -> Mapping[str, str]:
    """Somebody's names by language; where only further forms of a name are seen, the first of each language."""
    inside = (versions[0].value.get("names", {}) for versions in thing.claims.values() if isinstance(versions[0].value, dict))
    names: Mapping[str, str] = thing.get("names") or next(inside, {})
    return names or {str(v.value.get("lang", "")): str(v.value.get("form", "")) for v in reversed(thing.versions("name"))}


def when(text: object, *, bound: bool = False) -> str:
    """A partial date by the page's locale (``bound``: see :func:`day`); what is no date stays as it is written."""
    try:
        return day(str(text or ""), bound=bound)
    except ComityError:
        return str(text)


def span(dates: Mapping[str, Any]) -> str:
    """The days of a meeting; says so if no date is given."""
    first, last = str(dates.get("start") or ""), str(dates.get("end") or "")
    if not first:
        return _("date not given")
    return _("%(first)s to %(last)s") % {"first": when(first), "last": when(last)} if last and last != first else when(first)


def url(case: Case, kind: str, id: str) -> str:
    return reverse("observations:thing", args=[case.id, kind, id])


def list_url(case: Case, which: str, /, **query: str) -> str:
    asked = urlencode({key: value for key, value in query.items() if value})
    return reverse("observations:list", args=[case.id, which]) + (f"?{asked}" if asked else "")


def source(case: Case, id: str) -> Source:
    """A source as a chip: its publisher's own name, linked only where the address is plainly the publisher's."""
    thing = case.one("sources", id)
    about: Mapping[str, Any] = thing.get("source", {}) if thing else {}
    name = str(about.get("publisher") or id)
    why = why_not_linked(about)
    address = "" if why else str(about.get("address"))
    return Source(name, address, language_of(name, str(about.get("language", ""))), words.not_linked(why))


def sources(case: Case, ids: Iterable[str], most: int = 0) -> list[Source]:
    """Chips; of several from one publisher and address state only the first."""
    chips = list(dict.fromkeys(source(case, id) for id in ids))
    return chips[:most] if most else chips


def person(case: Case, id: str) -> dict[str, str]:
    """Somebody who is named: a person, a party, a body, or the words that are printed."""
    for kind in ("persons", "parties", "bodies"):
        thing = case.one(kind, id)
        if thing is None:
            continue
        found = named(names_of(thing))
        return found | {"url": url(case, "persons", id)} if kind == "persons" else found
    return words.own_words(id)


def people(case: Case, ids: Iterable[str]) -> list[dict[str, str]]:
    return [person(case, str(id)) for id in ids]


def meeting_title(case: Case, thing: Thing) -> str:
    """What a meeting is called: its number and place, or its kind."""
    value = thing.get("meeting", {})
    where = words.place(value)
    kind = words.meeting_kind(str(value.get("kind", "")))["text"]
    kind = kind[:1].upper() + kind[1:]
    named_so = _("%(kind)s No. %(ordinal)s") % {"kind": kind, "ordinal": value["ordinal"]} if "ordinal" in value else kind
    return _("%(meeting)s, %(place)s") % {"meeting": named_so, "place": where} if where else named_so


def meeting_link(case: Case, id: str) -> dict[str, str] | str:
    thing = case.one("meetings", id)
    return {"text": meeting_title(case, thing), "url": url(case, "meetings", id)} if thing else ""
