"""The signing pages: a draft on its way to becoming an act, and an act that waits, stands, or has ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from comity.desk.accounts import factor
from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_sign
from comity.desk.errors import sentence
from comity.desk.mechanisms.models import AppointmentRow, MechanismRow
from comity.desk.node import the_node
from comity.desk.record import gathering, services
from comity.desk.record.gathering import Wanted
from comity.desk.record.models import ActRow, Draft
from comity.desk.record.reasons import why_not_now
from comity.desk.record.sheet import Sheet, sheet_of
from comity.desk.record.visible import visible_acts
from comity.desk.show import PartyShown, act_url, demonstration, officer_of, parties_of, standing_of, title_for, trail, type_label
from comity.errors import ComityError, Refused
from comity.terms.act import DECLINE, WITHDRAW, Act


@login_required
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """A draft: close it for signature, sign it, reopen it, discard it."""
    found = get_object_or_404(Draft, key=key)
    if found.done:
        return redirect("record:act", _told_on(found))
    officer = officer_of(request)
    if request.method == "POST" and officer is not None:
        return _after(request, lambda: _draft_action(request, officer, found), reverse("record:draft", args=[key]))
    return render(request, "record/draft.html", _draft_context(request, officer, found))


def _draft_action(request: HttpRequest, officer: Officer, found: Draft) -> str:
    action = request.POST.get("action", "")
    if action == "close":
        services.close_for_signature(officer, found)
    elif action == "reopen":
        services.reopen(officer, found)
    elif action == "discard":
        services.discard(officer, found)
        messages.success(request, _("The draft is gone. Nothing of it had left this node."))
        return reverse("record:outbox")
    elif action == "sign":
        _read_all(request, services.act_of(found))
        if services.sign_draft(officer, officer.user, found, request.POST.get("code", "")):
            messages.success(request, _signed(found.type))
            return act_url(_told_on(found))
        messages.success(request, _("Your signature is kept. The act waits for the others of your side."))
    return reverse("record:draft", args=[found.key])


def _signed(kind: str) -> str:
    """What a person is told whose signature made a draft an act."""
    said = {
        WITHDRAW: _("Withdrawn. It stays open until the others have seen it."),
        DECLINE: _("Declined. The other side is being told."),
    }
    return said.get(kind, _("Signed. The other side is being told."))


def _told_on(found: Draft) -> str:
    """The act on whose page it goes on: of a withdrawal or decline, the one it is about."""
    return str(found.body["act"]) if found.type in (WITHDRAW, DECLINE) else found.act


def act(request: HttpRequest, act_id: str) -> HttpResponse:
    """An act: exactly what it says, who has signed, what can be done about it."""
    row = visible_acts(request).filter(id=act_id).first()
    if row is None:
        raise Http404
    officer = officer_of(request)
    if request.method == "POST" and officer is not None:
        return _after(request, lambda: _act_action(request, officer, row), act_url(act_id))
    return render(request, "record/act.html", _act_context(request, officer, row))


def _act_action(request: HttpRequest, officer: Officer, row: ActRow) -> str:
    action, code = request.POST.get("action", ""), request.POST.get("code", "")
    node = the_node()
    if action == "sign":
        _read_all(request, node.replica(row.mechanism).act(row.id))
        signed = services.countersign(officer, officer.user, row, code)
        kept = _("Your signature is kept. The act waits for the others of your side.")
        messages.success(request, _("Signed for your side.") if signed else kept)
    elif action in ("decline", "withdraw"):
        begun = services.step_back(officer, row, DECLINE if action == "decline" else WITHDRAW)
        return reverse("record:draft", args=[begun.key])
    return act_url(row.id)


def _read_all(request: HttpRequest, said: Act | None) -> None:
    """Each language version has to be ticked as read."""
    wanted = {v["lang"] for v in said.body.get("versions", ())} if said else set()
    missing = wanted - set(request.POST.getlist("read"))
    if missing:
        raise Refused(
            "These versions are not marked as read: {languages}.",
            place="read",
            remedy="Read every version to its end and tick it.",
            languages=", ".join(sorted(missing)),
        )


def _after(request: HttpRequest, do: Callable[[], str], otherwise: str) -> HttpResponse:
    try:
        return redirect(do())
    except ComityError as error:
        messages.error(request, sentence(error))
        return redirect(otherwise)


# Contexts ----------------------------------------------------------------------------


def _draft_context(request: HttpRequest, officer: Officer | None, found: Draft) -> dict[str, Any]:
    mechanism = MechanismRow.objects.filter(id=found.mechanism).first()
    said = services.act_of(found)
    parties = _founding_parties(said) if mechanism is None else parties_of(mechanism)
    names = {p.id: p.name for p in parties}
    sheet = sheet_of(said, bytes(found.payload or b""), the_node().files, names) if said else None
    what = services.wanted(found) if said else None
    why = (
        why_not_now(officer, what)
        if what
        else [str(w) for w in [why_not_sign(officer, settings.NODE.party, found.type, found.mechanism)] if w]
    )
    edit = edit_url(found.type)
    return {
        "draft": found,
        "title": title_for(found.titles) or type_label(found.type),
        "kind": type_label(found.type),
        "sheet": sheet,
        "texts": _texts(sheet, signing=not why),
        "tasks": _tasks(request, officer, why, sheet),
        "barred": why,
        "edit_url": f"{edit}?draft={found.key}" if edit else "",
        "problem": "" if said else _trial(officer, found),
        "trail": trail((_("Outbox"), reverse("record:outbox")), type_label(found.type)),
        "code": factor.current_code(officer.user) if demonstration() and officer else "",
        "gathered": gathering.gathered(what) if what else None,
        "stepping_back": found.type in (WITHDRAW, DECLINE),
    }


def _trial(officer: Officer | None, found: Draft) -> str:
    """What would keep the draft from being closed for signature, said before the button is pressed."""
    from comity.terms.audience import Audience

    if not found.body:
        return _("It is not filled in yet. Go on editing: the form names what is missing.")
    try:
        the_node().compose(found.type, found.mechanism, found.body, files=found.files, audience=Audience("parties"))
    except ComityError as error:
        return sentence(error)
    return ""


def _founding_parties(said: Act | None) -> list[PartyShown]:
    return [PartyShown(p, p, i) for i, p in enumerate(said.signatories)] if said else []


def _act_context(request: HttpRequest, officer: Officer | None, row: ActRow) -> dict[str, Any]:
    node = the_node()
    replica = node.replica(row.mechanism)
    mechanism = MechanismRow.objects.get(id=row.mechanism)
    parties = parties_of(mechanism)
    said = replica.act(row.id)
    sheet = sheet_of(said, node.store.statement(row.id) or b"", node.files, {p.id: p.name for p in parties})
    own, ledger = settings.NODE.party, replica.ledger
    waits = row.status == "open" and own in row.missing
    payload = node.store.statement(row.id)
    what = Wanted(row.type, row.mechanism, payload) if waits and own and payload else None
    why = why_not_now(officer, what) if what else []
    with replica.lock:
        may_withdraw = bool(own) and row.status == "open" and not ledger.may_withdraw(own, row.id)
        may_decline = waits and bool(own) and not ledger.may_decline(own, row.id)
        status = ledger.standing(row.id)
    return {
        "act": row,
        "title": title_for(row.titles) or type_label(row.type),
        "kind": type_label(row.type),
        "mechanism": mechanism,
        "standing": standing_of(row, parties),
        "keys": _keys(row, parties),
        "sheet": sheet,
        "texts": _texts(sheet, signing=waits and not why),
        "not_understood": sentence(ComityError.from_json(row.not_understood)) if row.not_understood else "",
        "waits": waits and own != "",
        "barred": why,
        "tasks": _tasks(request, officer, why, sheet),
        "may_withdraw": may_withdraw and not why_not_sign(officer, own, WITHDRAW, row.mechanism),
        "may_decline": may_decline and not why_not_sign(officer, own, DECLINE, row.mechanism),
        "pending": status.pending_withdrawals,
        "lost": status.lost_withdrawals,
        "entries": _entries(row),
        "domain_url": domain_url(row),
        "trail": trail((_("Record"), reverse("record:detail", args=[row.mechanism])), f"{type_label(row.type)} {row.handle}"),
        "code": factor.current_code(officer.user) if demonstration() and officer else "",
        "gathered": gathering.gathered(what) if what and officer else None,
        "withdrawing": services.stepping_back(row, WITHDRAW) if officer else None,
        "declining": services.stepping_back(row, DECLINE) if officer else None,
    }


def edit_url(act_type: str) -> str:
    """The form on which drafts of this type are written: ``texts/put-forward/1`` has the address named ``texts:put-forward``. Empty if
    there is none."""
    try:
        return reverse(act_type.rpartition("/")[0].replace("/", ":"))
    except NoReverseMatch:
        return ""


def domain_url(row: ActRow) -> str:
    """The page of the object that an act is about, in its own room."""
    room = row.type.partition("/")[0]
    if row.name == "texts/approve-term":
        return reverse("language:term", args=[row.object])
    target = row.mechanism if room == "mechanisms" else row.object
    try:
        return reverse(f"{room}:detail", args=[target])
    except NoReverseMatch:
        return ""


def _entries(row: ActRow) -> list[dict[str, Any]]:
    """Where each signature lies: log, entry, and who has cosigned it."""
    from comity.desk.record.logs import places_of

    return places_of(row)


def _keys(row: ActRow, parties: Sequence[PartyShown]) -> list[dict[str, str]]:
    signers = {a.keyid: a for a in AppointmentRow.objects.filter(mechanism=row.mechanism).exclude(keyid="")}
    under = _keyids(row)
    shown = []
    for party in parties:
        if party.id not in row.signatories:
            shown.append({"name": party.name, "what": _("Its signature is not asked for"), "note": ""})
            continue
        signed = party.id in row.signed
        note = ""
        if signed:
            names = [str(a) for k, a in signers.items() if a.party == party.id and k in under]
            note = ", ".join(names)
        waiting = _("Not yet: waits for you") if party.id == settings.NODE.party else _("Not yet signed")
        shown.append({"name": party.name, "what": _("Signed") if signed else waiting, "note": note})
    return shown


def _keyids(row: ActRow) -> set[str]:
    from comity.desk.record.logs import keyids_of

    return keyids_of(row)


def _texts(sheet: Sheet | None, *, signing: bool) -> list[dict[str, Any]]:
    from django.utils.html import format_html

    shown = []
    for text in sheet.texts if sheet else ():
        item = dict(text)
        if signing:
            lang = text["lang"]
            item["control"] = format_html(
                '<label class="tick-read"><input type="checkbox" name="read" value="{}" form="sign" required> {}</label>',
                lang,
                _("I have read this version to its end."),
            )
        shown.append(item)
    return shown


def _tasks(request: HttpRequest, officer: Officer | None, barred: Sequence[Any], sheet: Sheet | None) -> list[dict[str, Any]]:
    """What still stands between this person and a signature."""
    if officer is None:
        return []
    tasks: list[dict[str, Any]] = [{"text": str(reason), "waiting": True} for reason in barred]
    if not barred:
        tasks.append({"text": _("You may sign for your side."), "done": True, "note": _key_said(officer.keyid)})
    tasks += [{"text": problem, "waiting": True} for problem in (sheet.unreadable if sheet else ())]
    if not factor.has_factor(officer.user):
        tasks.append({"text": _("Set up a second factor."), "url": reverse("mfa_index"), "number": len(tasks)})
    return tasks


def _key_said(keyid: str) -> str:
    said = _("Key %(key)s") % {"key": keyid[:8]}
    return f"{said} · {_('demonstration key')}" if demonstration() else said
