"""Error pages: what happened, where, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from comity.desk.design.words import between_sentences
from comity.errors import ComityError
from comity.ledger.reasons import Reason


def sentence(error: ComityError) -> str:
    """An error in the reader's language: what is wrong and what to do next. Its gaps are filled after translating."""
    said = [_filled(_(text), error) for text in (error.template, error.remedy_template) if text]
    return between_sentences().join(said)


def _filled(text: str, error: ComityError) -> str:
    return text.format(**{name: _said(value) for name, value in error.details.items()}) if error.details else text


def _said(value: object) -> object:
    """A detail that is a sentence of its own is said in the reader's language too."""
    error = value.refused() if isinstance(value, Reason) else value
    return sentence(error) if isinstance(error, ComityError) else value


def refusal(request: HttpRequest, error: ComityError, *, status: int = 409) -> HttpResponse:
    """A page for an error of ours; nothing was changed."""
    context = {"title": _("This could not be done"), "message": sentence(error), "place": error.place}
    return render(request, "error.html", context, status=status)


def _page(request: HttpRequest, title: str, remedy: str, status: int) -> HttpResponse:
    return render(request, "error.html", {"title": title, "remedy": remedy}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, _("There is no such page"), _("Check the address, or start from the list of mechanisms."), 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, _("Your role does not allow this"), _("Ask the secretary of your delegation, or sign in as someone else."), 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, _("The form was too old"), _("Go back, load the page again and repeat what you did. Nothing was changed."), 403)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request, _("Something failed on this node"), _("Nothing was half done. Try again; if it fails again, tell the operator."), 500
    )
