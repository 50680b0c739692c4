"""Sources sent by programs: ``POST /api/press/sources`` with an officer's token. What comes waits on the press desk like anything pasted.

A request says who it is by its token alone, never by a cookie, so it needs no form token. Nothing is fetched from the addresses it names.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from comity.desk.accounts.models import Officer
from comity.desk.node import the_node
from comity.desk.press import reading, tokens
from comity.desk.press.intake import Handed, take_in
from comity.desk.press.models import Proposal, Source
from comity.errors import ComityError, Malformed, Refused
from comity.press.sources import MOST_BYTES

PER_MINUTE = 60  # requests with one token
WITHOUT = 30  # requests of one address without a token that is known
MAX_BODY = 2 * MOST_BYTES

type View = Callable[..., HttpResponse]
_TEXTS = ("text", "name", "address", "publisher", "title", "date", "language", "about")


def with_token(view: View) -> View:
    """Admit requests with a token that is known, at most :data:`PER_MINUTE` of each; hands its officer to the view."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        officer = tokens.officer_of(token.strip()) if kind.lower() == "bearer" and token else None
        who = f"officer-{officer.pk}" if officer else f"address-{request.META.get('REMOTE_ADDR', '')}"
        if _often(who, PER_MINUTE if officer else WITHOUT):
            return _error("Too many requests.", "Ask again in a minute.", 429, headers={"Retry-After": "60"})
        if officer is None:
            return _error("A token is needed.", "Make one on the press desk.", 401, headers={"WWW-Authenticate": "Bearer"})
        if int(request.headers.get("Content-Length") or 0) > MAX_BODY:
            return _error("The request is too large.", "Send at most 8 MiB.", 413)
        try:
            return view(request, officer, *args, **kwargs)
        except RequestDataTooBig:
            return _error("The request is too large.", "Send a large source as a file.", 413)
        except Refused as error:
            return _error(error.message, error.remedy, 403, place=error.place)
        except ComityError as error:
            return _error(error.message, error.remedy, 422, place=error.place)

    return wrapped


def _often(who: str, most: int) -> bool:
    bucket = f"press-rate-{who}-{the_node().now() // 60}"
    cache.add(bucket, 0, 120)
    return cache.incr(bucket) > most


def _error(message: str, remedy: str, status: int, *, place: str = "", headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse({"error": message, "remedy": remedy, "place": place}, status=status, headers=headers)


@require_http_methods(["POST"])
@with_token
def sources(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Take a source in: JSON with ``text`` or ``file`` (base64), or a form with ``file``."""
    source = take_in(officer, _handed(request))
    reading.soon(source)
    return JsonResponse(_said(source), status=201, headers={"Location": reverse("press-source", args=[source.key])})


@require_GET
@with_token
def source(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """How far a source is, and its reading."""
    row = Source.objects.filter(pk=key, removed=None).first()
    if row is None:
        return _error("There is no such source here.", "Check its key.", 404)
    open_ones = row.proposals.filter(state=Proposal.OPEN).count()
    return JsonResponse(_said(row) | {"to_review": open_ones, "reading": row.reading})


def _said(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "page": reverse("press:source", args=[source.key]),
        "state": source.state,
        "language": source.language,
        "about": source.case,
        "date": source.date,
        "worth_reading": source.worth,
        "sha256": source.original,
        "text_sha256": source.digest,
    }


def _handed(request: HttpRequest) -> Handed:
    if request.content_type == "application/json":
        return _from_json(request.body)
    file = request.FILES.get("file")
    given = {name: str(request.POST.get(name, "")) for name in _TEXTS}
    data = file.read(MOST_BYTES + 1) if file else b""
    return _of(given | ({"name": file.name or ""} if file else {}), data)


def _from_json(body: bytes) -> Handed:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("This is not JSON.", place="body", remedy="Send an object with text, or with file in base64.") from None
    if not isinstance(value, dict) or not all(isinstance(inner, str) for inner in value.values()):
        raise Malformed("An object of texts is expected.", place="body", remedy="See the OpenAPI description.")
    if unknown := sorted(value.keys() - {*_TEXTS, "file"}):
        raise Malformed("This field is not known: {unknown}.", place="body", remedy="Leave it out.", unknown=", ".join(unknown)[:200])
    try:
        data = base64.b64decode(value.get("file", ""), validate=True)
    except binascii.Error:
        raise Malformed("This is not base64.", place="file", remedy="Encode the file's bytes in base64.") from None
    return _of({name: value.get(name, "") for name in _TEXTS}, data)


def _of(given: dict[str, str], data: bytes) -> Handed:
    more = {name: given[name] for name in ("name", "address", "publisher", "title", "date", "language")}
    return Handed(given["text"], data, **more, case=given["about"], how="api")


# OpenAPI ---------------------------------------------------------------------------------------


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of these addresses, OpenAPI 3.1."""
    return JsonResponse(description(), headers={"Access-Control-Allow-Origin": "*"})


def description() -> dict[str, Any]:
    """OpenAPI 3.1 of the press desk's addresses."""
    text = {"type": "string"}
    fields: dict[str, Any] = {
        "text": {**text, "description": "the article; or else file"},
        "file": {**text, "contentEncoding": "base64", "description": "the bytes of a txt, html, pdf or docx file, at most 8 MiB"},
        "name": {**text, "description": "of the file"},
        "address": {**text, "format": "uri"},
        "publisher": text,
        "title": text,
        "date": {**text, "format": "date", "description": "day of publication, from which “on Monday” is reckoned"},
        "language": {"enum": ["en", "ru", "zh"], "description": "guessed if it is left out"},
        "about": {**text, "description": "the observed mechanism; guessed if it is left out"},
    }
    said = {
        **{name: text for name in ("key", "page", "about", "date", "sha256", "text_sha256")},
        "state": {"enum": ["new", "reading", "review", "done", "failed"]},
        "language": fields["language"],
        "worth_reading": {"type": "boolean"},
    }
    error = {"type": "object", "properties": {name: text for name in ("error", "remedy", "place")}}
    whole = {**said, "to_review": {"type": "integer"}, "reading": {"description": "comity-reading/1, or null"}}

    def answer(what: str, properties: dict[str, Any] | None = None) -> dict[str, Any]:
        schema = {"type": "object", "properties": properties} if properties else {"$ref": "#/components/schemas/Error"}
        return {"description": what, "content": {"application/json": {"schema": schema}}}

    refusals = {
        "401": answer("no token that is known"),
        "403": answer("the officer may not"),
        "413": answer("too large"),
        "422": answer("what was sent cannot be read; place and remedy say why"),
        "429": answer(f"more than {PER_MINUTE} requests in a minute"),
    }
    form = {name: schema for name, schema in fields.items() if name != "file"} | {"file": {"type": "string", "format": "binary"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Comity: press desk", "version": "1", "description": "Sources for review. Nothing enters a record unseen."},
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}, "schemas": {"Error": error}},
        "security": [{"token": []}],
        "paths": {
            "/api/press/sources": {
                "post": {
                    "summary": "Send a source",
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/json": {"schema": {"type": "object", "properties": fields, "additionalProperties": False}},
                            "multipart/form-data": {"schema": {"type": "object", "properties": form}},
                        },
                    },
                    "responses": {"201": answer("kept, and read in the background", said), **refusals},
                }
            },
            "/api/press/sources/{key}": {
                "get": {
                    "summary": "How far a source is, and its reading",
                    "parameters": [{"name": "key", "in": "path", "required": True, "schema": text}],
                    "responses": {"200": answer("the source", whole), "404": answer("no such source"), **refusals},
                }
            },
        },
    }
