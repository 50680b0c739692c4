"""The peers' side of the exchange. Every request is signed by a peer that was introduced; a peer sees the mechanisms it is a party of,
and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from comity.desk.node import gate, the_node, worker
from comity.errors import ComityError, Untrusted
from comity.node.auth import HEADER
from comity.node.cards import Card, kept_card
from comity.node.witnessing import answer_checkpoint

type PeerView = Callable[..., HttpResponse]

PER_MINUTE = 3000  # requests of one peer
MAX_BODY = 256 * 1024


def signed(view: PeerView) -> PeerView:
    """Admit only requests that a peer signed; hands the peer's card to the view."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if int(request.headers.get("Content-Length") or 0) > MAX_BODY:
            return _refused("The request is too large.", 413)
        try:
            host = gate().check(
                request.headers.get(HEADER, ""), request.method or "", request.get_full_path(), request.body, the_node().now()
            )
        except Untrusted as error:
            return _refused(str(error), 403)
        bucket = f"peer-rate-{host}-{the_node().now() // 60}"
        cache.add(bucket, 0, 120)
        if cache.incr(bucket) > PER_MINUTE:
            return _refused("Too many requests; ask again in a minute.", 429)
        return view(request, _card(host), *args, **kwargs)

    return csrf_exempt(wrapped)


def _card(host: str) -> Card:
    return next(kept_card(str(p["card"])) for p in the_node().store.peers() if p["host"] == host)


def _refused(message: str, status: int) -> HttpResponse:
    return HttpResponse(message + "\n", content_type="text/plain; charset=utf-8", status=status)


def _shares(mechanism: str, card: Card) -> bool:
    return card.fingerprint in the_node().replica(mechanism).ledger.first_roots()


@require_GET
@signed
def shared(request: HttpRequest, card: Card) -> HttpResponse:
    """The mechanisms that this peer is a party of, and a mark that changes whenever their records do."""
    node = the_node()
    mechanisms = [m for m in node.mechanisms() if _shares(m, card)]
    return JsonResponse({"mechanisms": mechanisms, "state": node.store.state_of(mechanisms)})


@require_POST
@signed
def wake(request: HttpRequest, card: Card) -> HttpResponse:
    """The peer has news; the worker asks for it."""
    worker().wake()
    return HttpResponse(status=202)


@require_GET
@signed
def record(request: HttpRequest, card: Card, mechanism: str, path: str) -> HttpResponse:
    """One path of a shared record's folder."""
    node = the_node()
    if mechanism not in node.mechanisms() or not _shares(mechanism, card):
        return _refused("There is nothing at this path.", 404)
    try:
        data = node.record(mechanism).read(path)
    except ComityError as error:
        return _refused(str(error), 404)
    return HttpResponse(data, content_type="application/octet-stream")


@require_POST
@signed
def add_checkpoint(request: HttpRequest, card: Card) -> HttpResponse:
    """C2SP tlog-witness: cosign a checkpoint of the peer's log, after checking consistency and having judged its entries."""
    status, body, headers = answer_checkpoint(the_node(), request.body)
    return HttpResponse(body, status=status, content_type=headers.pop("Content-Type", "text/plain; charset=utf-8"), headers=headers)


@require_GET
def public_shared(request: HttpRequest) -> HttpResponse:
    """The mechanisms of which part is public, and a mark that changes whenever their records or the day do."""
    node = the_node()
    today = node.clock().date()
    public = [m for m in node.mechanisms() if node.replica(m).act(m).audience.open_to_public(today)]
    return JsonResponse({"mechanisms": public, "state": node.store.state_of(public, today.isoformat())})


@require_GET
def public_record(request: HttpRequest, mechanism: str, path: str) -> HttpResponse:
    """One path of the public record: entries, checkpoints and tiles, and the acts that are public today."""
    node = the_node()
    if mechanism not in node.mechanisms():
        return _refused("There is no such record here.", 404)
    today = node.clock().date()
    founding = node.replica(mechanism).act(mechanism)
    if not founding.audience.open_to_public(today):
        return _refused("There is no such record here.", 404)
    try:
        data = node.record(mechanism, public_on=today).read(path)
    except ComityError as error:
        return _refused(str(error), 404)
    kind = "application/json" if path.endswith(".json") else "application/octet-stream"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": "attachment", "Access-Control-Allow-Origin": "*"})
