"""The observer's log as anybody may read and check it: its very files, read only, one by one or together as a ZIP."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.record.visible import insider
from comity.desk.show import trail
from comity.observations.log import ObservationLog
from comity.record.note import Verifier

_PATHS = re.compile(r"observer\.json|log/checkpoint|log/tile/[\w./]+|fragments/[0-9a-f]{2}/[0-9a-f]{64}")


def _log(request: HttpRequest) -> ObservationLog:
    """An observer publishes his log; a party keeps its own to its officers."""
    log = ObservationLog(Path(settings.HOME.folder) / "observations")
    if not log.exists or (settings.NODE.party and not insider(request)):
        raise Http404
    return log


def page(request: HttpRequest) -> HttpResponse:
    """Whose log it is, how long, its root and keys, and how to check it."""
    opened = _log(request).open()
    who = opened.identity
    facts: list[dict[str, Any]] = [
        {"label": _("Log"), "value": {"code": who.origin}},
        {"label": _("Entries"), "value": str(opened.checkpoint.size)},
        {"label": _("Root"), "value": {"code": opened.checkpoint.root.hex()}},
        {"label": _("Key of the log"), "value": {"code": Verifier(who.origin, who.log).vkey}},
        {"label": _("Key of the observer"), "value": {"code": who.signer.raw.hex()}},
    ]
    context = {
        "facts": facts,
        "files": _names(_log(request))[:2],
        "trail": trail((_("Observed"), reverse("observations:index")), _("The log")),
    }
    return render(request, "observations/log.html", context)


def _names(log: ObservationLog) -> list[str]:
    found = (path.relative_to(log.folder).as_posix() for path in sorted(log.folder.rglob("*")) if path.is_file())
    return sorted((name for name in found if _PATHS.fullmatch(name)), key=lambda name: (name.count("/"), name))


def file(request: HttpRequest, path: str) -> FileResponse:
    """One file of the log."""
    log = _log(request)
    if _PATHS.fullmatch(path) is None or ".." in path or not (log.folder / path).is_file():
        raise Http404(path)
    kind = "application/json" if path.startswith(("observer", "fragments")) else "application/octet-stream"
    kind = "text/plain; charset=utf-8" if path == "log/checkpoint" else kind
    return FileResponse((log.folder / path).open("rb"), content_type=kind)


def archive(request: HttpRequest) -> HttpResponse:
    """The whole log, whose checkpoint is read first: what it covers is there."""
    log = _log(request)
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        checkpoint = (log.folder / "log" / "checkpoint").read_bytes()
        out.writestr("log/checkpoint", checkpoint)
        for name in _names(log):
            if name != "log/checkpoint":
                out.write(log.folder / name, name)
    name = f"{settings.NODE.host}-observations.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(held.getvalue(), content_type="application/zip", headers=headers)
