"""What can be carried away, and what is carried in: statements, envelopes, proofs, files, exports, pouches."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts.policy import why_not_operate
from comity.desk.errors import sentence
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.node import the_node
from comity.desk.record.models import ActRow, Draft
from comity.desk.record.visible import insider, visible_acts, visible_mechanisms
from comity.desk.show import name_of, officer_of, trail
from comity.errors import ComityError
from comity.node.carriers import receive_pouch, write_pouch
from comity.record.entry import Entry
from comity.record.envelope import Signature, to_dsse
from comity.record.merkle import inclusion_proof
from comity.record.tiles import hash_levels
from comity.record.tlogproof import LogProof

POUCH_CAP = 500 * 1024 * 1024


def _row(request: HttpRequest, act_id: str) -> ActRow:
    row = visible_acts(request).filter(id=act_id).first()
    if row is None:
        raise Http404
    return row


def _attachment(data: bytes, name: str, kind: str = "application/json") -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def statement(request: HttpRequest, act_id: str) -> HttpResponse:
    """The very bytes of an act."""
    row = _row(request, act_id)
    return _attachment(the_node().store.statement(row.id) or b"", f"{row.id}.json")


def envelope(request: HttpRequest, act_id: str) -> HttpResponse:
    """An act with all signatures that are here, as a DSSE envelope for other tools."""
    row = _row(request, act_id)
    node = the_node()
    signatures: dict[str, Signature] = {}
    for stored in node.store.entries_about(row.id):
        if not stored.verdict:
            signatures |= {s.keyid: s for s in Entry.from_bytes(stored.data, place=stored.origin).signatures}
    payload = node.store.statement(row.id) or b""
    return _attachment(to_dsse(payload, [signatures[k] for k in sorted(signatures)]), f"{row.id}.dsse.json")


def proof(request: HttpRequest, act_id: str, party: str) -> HttpResponse:
    """The proof that a party's log holds its signature (C2SP tlog-proof), checkable offline."""
    row = _row(request, act_id)
    node = the_node()
    replica = node.replica(row.mechanism)
    with replica.lock:
        for stored in node.store.entries_about(row.id):
            if replica.ledger.origins().get(stored.origin) == party:
                branch = replica.logs[stored.origin][0]
                note = node.store.note(stored.origin, branch.size, branch.root.hex())
                path = inclusion_proof(stored.position, branch.size, hash_levels(branch.levels()))
                text = LogProof(stored.position, tuple(path), note or "").to_str()
                return _attachment(text.encode(), f"{row.id}.{party}.tlog-proof", "text/plain; charset=utf-8")
    raise Http404


def file(request: HttpRequest, sha256: str) -> FileResponse:
    """A file that an act names, or a draft for officers; always as a download, never rendered."""
    node = the_node()
    for use in node.store.uses_of(sha256):
        row = visible_acts(request).filter(id=use).first()
        if row is not None and node.files.has(sha256):
            names = [n for n, sha in node.replica(row.mechanism).act(row.id).files.items() if sha == sha256]
            return _download(sha256, names[0])
    if insider(request) and node.files.has(sha256):
        for draft in Draft.objects.filter(done=False):
            for name, sha in draft.files.items():
                if sha == sha256:
                    return _download(sha256, name)
    raise Http404


def _download(sha256: str, name: str) -> FileResponse:
    response = FileResponse(the_node().files.open(sha256), as_attachment=True, filename=name, content_type="application/octet-stream")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def export(request: HttpRequest) -> HttpResponse:
    """What can be taken away, and where a pouch is brought in."""
    mechanisms = [
        {"id": m.id, "name": name_of(m.names), "url": reverse("record:download", args=[m.id])} for m in visible_mechanisms(request)
    ]
    officer = officer_of(request)
    return render(
        request,
        "record/export.html",
        {
            "mechanisms": mechanisms,
            "may_import": insider(request),
            "operator": not why_not_operate(officer),
            "trail": trail((_("Record"), reverse("record:index")), _("Download")),
        },
    )


def download(request: HttpRequest, mechanism: str) -> FileResponse:
    """A record as a pouch: all of it for an officer, the public part for anyone else."""
    found = visible_mechanisms(request).filter(id=mechanism).first()
    if found is None:
        raise Http404
    node = the_node()
    today = node.clock().date()
    reader = node.record(found.id, public_on=None if insider(request) else today)
    name = f"comity-{found.id[:8]}-{today.isoformat()}.zip"
    with tempfile.TemporaryDirectory() as scratch:
        write_pouch(reader, Path(scratch) / name, today.isoformat())
        opened = (Path(scratch) / name).open("rb")  # stays readable after the folder has gone; the response closes it
    return FileResponse(opened, as_attachment=True, filename=name, content_type="application/zip")


def receive(request: HttpRequest) -> HttpResponse:
    """Bring in a pouch that came by hand."""
    upload = request.FILES.get("pouch")
    if request.method != "POST" or not insider(request) or upload is None:
        return redirect("record:export")
    if (upload.size or 0) > POUCH_CAP:
        messages.error(request, _("The pouch is larger than this node takes."))
        return redirect("record:export")
    with tempfile.NamedTemporaryFile(suffix=".zip") as scratch:
        for chunk in upload.chunks():
            scratch.write(chunk)
        scratch.flush()
        try:
            received = receive_pouch(the_node(), Path(scratch.name))
        except ComityError as error:
            messages.error(request, sentence(error))
            return redirect("record:export")
    words = ngettext("The pouch brought %(n)d new entry.", "The pouch brought %(n)d new entries.", received.entries)
    messages.success(request, words % {"n": received.entries})
    if MechanismRow.objects.filter(id=received.mechanism).exists():
        return redirect("record:detail", received.mechanism)
    return redirect("record:index")
