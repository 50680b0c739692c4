"""Small middleware: the chosen language, and errors that help."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from comity.desk.errors import not_found, refusal
from comity.errors import ComityError

_COOKIE_AGE = 365 * 24 * 60 * 60


class ChosenLanguage:
    """``?lang=ru`` on any page shows that page in Russian and remembers it; otherwise the cookie, then the browser's wish decides."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._codes = dict(settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("lang", "").lower()
        chosen = wanted if wanted in self._codes else None
        language = chosen or translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.to_locale(language).replace("_", "-"))
        if chosen:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=_COOKIE_AGE, samesite="Lax", httponly=True)
        return response


class SayWhatWentWrong:
    """A :class:`ComityError` that reaches the top becomes a page with its place and remedy, never a stack trace; what a request names and
    is not there, or may not be seen, is no page. A NUL in an address names nothing (and PostgreSQL takes none).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or any("\0" in value for _name, values in request.GET.lists() for value in values):
            return not_found(request, ValueError("NUL"))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ObjectDoesNotExist):
            return not_found(request, exception)
        return refusal(request, exception) if isinstance(exception, ComityError) else None
