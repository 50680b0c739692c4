"""The record itself: logs, checkpoints, cosignatures, entries, and a verification at a click."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from comity.desk.errors import sentence
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.node import the_node
from comity.desk.record.logs import entries_page, logs_of
from comity.desk.record.models import ActRow
from comity.desk.record.visible import insider, visible_acts, visible_mechanisms
from comity.desk.show import act_url, instant, name_of, parties_of, standing_of, trail, type_label
from comity.errors import ComityError
from comity.ledger.verification import verify as verify_everything
from comity.record.report import Severity

PER_PAGE = 50
SEVERITIES = {Severity.ERROR: gettext_lazy("Error"), Severity.WARNING: gettext_lazy("Warning"), Severity.NOTICE: gettext_lazy("Notice")}


def _mechanism(request: HttpRequest, mechanism: str) -> MechanismRow:
    found = visible_mechanisms(request).filter(id=mechanism).first()
    if found is None:
        raise Http404
    return found


def index(request: HttpRequest) -> HttpResponse:
    """The records that this node holds."""
    shown = [{"id": m.id, "name": name_of(m.names), "logs": logs_of(the_node().replica(m.id))} for m in visible_mechanisms(request)]
    return render(request, "record/index.html", {"records": shown, "trail": trail(_("Record"))})


def detail(request: HttpRequest, mechanism: str) -> HttpResponse:
    """One record: its logs with their cosignatures, its acts, its breaches, its digest."""
    found = _mechanism(request, mechanism)
    replica = the_node().replica(found.id)
    parties = parties_of(found)
    names = {p.id: p.name for p in parties}
    page = Paginator(visible_acts(request).filter(mechanism=found.id), PER_PAGE).get_page(request.GET.get("page"))
    with replica.lock:
        breaches = [
            {"party": names.get(b.party, b.party), "place": f"{b.origin}, {b.size - 1}", "why": sentence(b.reason.refused())}
            for b in replica.ledger.breaches()
        ]
        waiting = [
            {"place": f"{w.origin}, {w.index}", "why": sentence(ComityError(w.template, **w.details))} for w in replica.ledger.waiting()
        ]
        digest = replica.digest()
        practice = frozenset(p.id for p in parties if any(root.demonstration for root in replica.ledger.roots_of(p.id)))
    logs = logs_of(replica)
    context = {
        "mechanism": found,
        "name": name_of(found.names),
        "logs": [_log(log, names, practice) for log in logs],
        "page": page,
        "acts": [act_line(row, parties) for row in page.object_list],
        "breaches": breaches,
        "waiting": waiting,
        "digest": digest,
        "trail": trail((_("Record"), reverse("record:index")), name_of(found.names)),
        "shown": _("Record seen at %(sizes)s.") % {"sizes": ", ".join(f"{log.party} {log.size}" for log in logs)},
    }
    return render(request, "record/detail.html", context)


def _log(log: Any, names: dict[str, str], practice: frozenset[str]) -> dict[str, Any]:
    cosigned = [f"{names.get(party, party)} · {instant(at)}" for party, at in log.cosigned.items()]
    missing = [name for party, name in names.items() if party not in log.cosigned]
    party = names.get(log.party, log.party)
    return {"log": log, "party": party, "cosigned": cosigned, "missing": missing, "demonstration": log.party in practice}


def act_line(row: ActRow, parties: Any) -> dict[str, Any]:
    """An act in a list."""
    from comity.desk.show import title_for

    return {
        "url": act_url(row.id),
        "handle": row.handle,
        "title": title_for(row.titles) or type_label(row.type),
        "kind": type_label(row.type),
        "standing": standing_of(row, parties),
        "proposer": next((p.name for p in parties if p.id == row.proposer), row.proposer),
        "said": instant(row.said),
        "row": row,
    }


def entries(request: HttpRequest, mechanism: str) -> HttpResponse:
    """The entries of one log, newest first, a page at a time."""
    found = _mechanism(request, mechanism)
    replica = the_node().replica(found.id)
    origin = request.GET.get("log", "")
    if origin not in replica.logs:
        raise Http404
    size = replica.logs[origin][0].size
    page = Paginator(range(size - 1, -1, -1), PER_PAGE).get_page(request.GET.get("page"))
    positions = list(page.object_list)
    read = dict(entries_page(replica, origin, min(positions, default=0), PER_PAGE))
    acts = visible_acts(request).in_bulk([e.payload_sha256 for e in read.values() if e and e.payload_sha256])
    rows = [_entry(position, read.get(position), acts) for position in positions]
    party = replica.ledger.origins().get(origin, "")
    context = {
        "mechanism": found,
        "origin": origin,
        "party": next((p.name for p in parties_of(found) if p.id == party), party),
        "rows": rows,
        "page": page,
        "insider": insider(request),
        "trail": trail((_("Record"), reverse("record:index")), (name_of(found.names), reverse("record:detail", args=[found.id])), origin),
    }
    return render(request, "record/entries.html", context)


def _entry(position: int, entry: Any, acts: dict[Any, ActRow]) -> dict[str, Any]:
    if entry is None:
        return {"position": position, "what": _("unreadable"), "seen": 0}
    if entry.is_receipt:
        return {"position": position, "what": _("receipt"), "seen": len(entry.seen)}
    row = acts.get(entry.payload_sha256)
    what = type_label(row.type) if row else _("an act that is not public")
    return {
        "position": position,
        "what": what,
        "url": act_url(row.id) if row else "",
        "sha256": entry.payload_sha256,
        "keys": [s.keyid[:8] for s in entry.signatures],
        "seen": len(entry.seen),
    }


@require_POST
def verify(request: HttpRequest, mechanism: str) -> HttpResponse:
    """Verify the record that this node holds, byte by byte, as `comity verify` does with an export."""
    found = _mechanism(request, mechanism)
    node = the_node()
    today = None if insider(request) else node.clock().date()
    verdict = verify_everything(node.record(found.id, public_on=today), frozenset(p["root"] for p in found.parties))
    parties = {p.id: p.name for p in parties_of(found)}
    logs = [
        {
            "party": parties.get(log.party, log.party),
            "origin": log.origin,
            "size": log.checkpoint.size,
            "cosigned": [parties.get(p, p) for p in log.cosigned_by],
            "sound": log.sound,
        }
        for log in verdict.report.logs
    ]
    context = {
        "mechanism": found,
        "verdict": verdict,
        "logs": logs,
        "findings": [{"place": f.place, "kind": SEVERITIES[f.severity], "said": sentence(f.error)} for f in verdict.findings],
        "trail": trail(
            (_("Record"), reverse("record:index")), (name_of(found.names), reverse("record:detail", args=[found.id])), _("Verification")
        ),
    }
    return render(request, "record/verify.html", context)
