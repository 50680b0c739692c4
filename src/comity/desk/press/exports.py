"""A source's reading in other people's formats, and its text and bytes: always as a file to keep, never as a page."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import reverse

from comity.desk.node import the_node
from comity.desk.press.models import Source
from comity.press.exports import plover, web_annotations
from comity.press.model import Reading

FORMATS = {
    "reading": ("reading.json", "application/json"),
    "annotations": ("annotations.jsonld", "application/ld+json"),
    "plover": ("plover.json", "application/json"),
    "text": ("txt", "text/plain; charset=utf-8"),
}


def export(source: Source, form: str) -> HttpResponse:
    """One of :data:`FORMATS`. Raises Http404 for another, or for a reading that is not there yet."""
    if form not in FORMATS or (source.reading is None and form != "text"):
        raise Http404(form)
    ending, kind = FORMATS[form]
    return _file(_content(source, form), f"{source.key}.{ending}", kind)


def original(source: Source) -> HttpResponse:
    """The bytes as they came. A browser is told to keep them, not to look at them."""
    return _file(the_node().files.read(source.original), source.name or f"{source.key}.{source.kind}", "application/octet-stream")


def address(source: Source) -> str:
    """What annotations name as their target: the address that the source came from, else its digest."""
    return source.address or f"urn:sha256:{source.digest}"


def _content(source: Source, form: str) -> bytes:
    if form == "text":
        return source.text.encode("utf-8")
    assert source.reading is not None
    if form == "reading":
        return _json(source.reading)
    reading = Reading.from_json(source.reading)
    if form == "annotations":
        page = web_annotations(reading, source.text, source=address(source))
        decided = {row.place: row for row in source.proposals.all()}
        for item in page["items"]:
            kind, _colon, number = str(item["id"]).rpartition(":")
            row = decided.get(f"{kind.rpartition(':')[2]}/{number}")
            if row is not None:
                item["comity:state"] = row.state
                item["comity:page"] = f"{reverse('press:source', args=[source.key])}#t-{row.label}"
        return _json(page)
    return _json(plover(reading, source.text, source=address(source), date=source.date or None))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=kind, headers=headers)
