"""The gallery: every component with invented content, for those who build pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override

from comity.desk.design import sample, sample_work
from comity.desk.design.seal import State
from comity.desk.design.templatetags.design import OWN_NAMES
from comity.desk.design.words import Standing

PAGES = ("pieces", "work", "text")
CODES = {"zh": "zh-hans", "ru": "ru", "en": "en"}


def gallery(request: HttpRequest, page: str = "pieces") -> HttpResponse:
    """One of the three pages of the gallery, in the language of ``?lang=`` or the reader's. Only in a demonstration or while developing."""
    if not (settings.DEBUG or getattr(getattr(settings, "NODE", None), "demonstration", False)):
        raise Http404
    if page not in PAGES:
        raise Http404
    chosen = request.GET.get("lang", (get_language() or "en").split("-")[0])
    if chosen not in CODES:
        raise BadRequest("lang is one of zh, ru, en")
    with override(CODES[chosen]):
        return render(request, f"design/gallery_{page}.html", context(page, chosen))


def context(page: str, language: str) -> dict[str, Any]:
    """The frame and the samples of one page, in the active language."""
    languages = [{"code": code, "name": OWN_NAMES[key], "url": f"?lang={key}", "current": key == language} for key, code in CODES.items()]
    pages = [{"url": f"/design/{'' if name == 'pieces' else name + '/'}?lang={language}", "label": name} for name in PAGES]
    found: dict[str, Any] = {
        **sample.frame(),
        "languages": languages,
        "pages": pages,
        "p": sample.pieces(),
        "observed": Standing(2, state=State.OBSERVED),
        "open": sample.pair(State.OPEN, 0),
    }
    if page == "pieces":
        found |= {"standings": sample.standings(), "form": sample.SampleForm(), "names": sample.names()}
    elif page == "text":
        found |= {"t": sample_work.text()}
    else:
        options = [{"value": "", "label": sample.say("由文本判断", "Определить по тексту", "Find out from the text")}]
        options += [{"value": code, "label": name, "lang": code} for code, name in OWN_NAMES.items()]
        found |= {"chart": sample.chart(), "signing": sample_work.signing(), "b": sample_work.board(), "options": options}
    return found
