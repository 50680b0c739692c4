"""Files of meetings: calendars, single papers, all papers, extracts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from comity.desk.mechanisms.queries import mechanism_or_404
from comity.desk.meetings import extracts, papering
from comity.desk.meetings.calendars import calendar_file, public_feed
from comity.desk.meetings.queries import meeting_or_404
from comity.desk.show import parties_of
from comity.errors import Unsayable
from comity.meetings.minutes import Extract
from comity.texts.akn import read_akn


def calendar(request: HttpRequest, meeting: str) -> HttpResponse:
    row = meeting_or_404(request, meeting)
    data = calendar_file(row, mechanism_or_404(request, row.mechanism))
    if data is None:
        raise Http404(meeting)
    return _file(data, f"meeting-{row.ordinal}.ics", "text/calendar; charset=utf-8")


def feed(request: HttpRequest, mechanism: str) -> HttpResponse:
    """The public meetings of a mechanism; the same for everybody, because calendar programs do not sign in."""
    data = public_feed(mechanism_or_404(request, mechanism))
    return HttpResponse(data, content_type="text/calendar; charset=utf-8")


def paper(request: HttpRequest, meeting: str, name: str) -> HttpResponse:
    found = next((p for p in _papers(request, meeting) if p.name == name), None)
    if found is None:
        raise Http404(name)
    return _file(found.make(), name.replace("/", "-"), found.media)


def zipped(request: HttpRequest, meeting: str) -> StreamingHttpResponse:
    row = meeting_or_404(request, meeting)
    named = {"Content-Disposition": f'attachment; filename="meeting-{row.ordinal}-papers.zip"'}
    return StreamingHttpResponse(papering.zipped(_papers(request, meeting)), content_type="application/zip", headers=named)


def extract_file(request: HttpRequest, meeting: str, number: int, lang: str) -> HttpResponse:
    made = _extract(request, meeting, number, lang)
    return _file(made.data, made.name, papering.AKN)


def extract_word(request: HttpRequest, meeting: str, number: int, lang: str) -> HttpResponse:
    made = _extract(request, meeting, number, lang)
    return _file(papering.word(read_akn(made.data), made.sha256), made.name.replace(".akn.xml", ".docx"), papering.WORD)


def _papers(request: HttpRequest, meeting: str) -> list[papering.Paper]:
    row = meeting_or_404(request, meeting)
    mechanism = mechanism_or_404(request, row.mechanism)
    return papering.papers(request, row, parties_of(mechanism), calendar_file(row, mechanism))


def _extract(request: HttpRequest, meeting: str, number: int, lang: str) -> Extract:
    minutes = extracts.adopted_minutes(request, meeting_or_404(request, meeting))
    if minutes is None:
        raise Http404(_("There are no adopted minutes."))
    try:
        return extracts.made(minutes, number, lang)
    except Unsayable as error:
        raise Http404(str(error)) from error


def _file(data: bytes, name: str, media: str) -> HttpResponse:
    return HttpResponse(data, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
