"""Keys, membership and logs of a mechanism: the page that shows them, and the forms that change them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comity.desk.accounts.models import Officer
from comity.desk.accounts.policy import why_not_operate
from comity.desk.choices import offer
from comity.desk.forms import ActForm
from comity.desk.mechanisms.editing import MechanismForm, OfMechanism
from comity.desk.mechanisms.founding import Candidate, candidates
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.mechanisms.shown import why_not_act
from comity.desk.node import the_node
from comity.desk.record import gathering
from comity.desk.record.models import Draft
from comity.desk.record.services import DraftContent
from comity.desk.show import act_url, day, name_of, officer_of, one_side, parties_of, title_for, type_label
from comity.errors import Refused, Unsayable
from comity.mechanisms.acts import ACCEDE, LEAVE, ROTATE_KEYS, SUCCEED_LOG
from comity.node.governing import (
    RootChange,
    keep_root,
    latest_root,
    next_root,
    offer_root,
    published_root,
    root_keys_here,
    succession,
    waiting_root,
)
from comity.node.setup import ROOT_VALID
from comity.record.root import KeyRoot

ROOT_MOST = 256 * 1024


def page(request: HttpRequest, row: MechanismRow) -> dict[str, Any]:
    """The context of ``mechanisms/governance.html``: every party's keys, who joined and left, whose logs, and what can be changed."""
    parties, node = parties_of(row), the_node()
    here = row.id in node.mechanisms()
    ledger = node.replica(row.id).ledger if here else None
    forks = ledger.forks() if ledger else {}
    origins = ledger.origins() if ledger else {}
    joined = {p["id"]: p.get("joined", "") for p in row.parties}
    barred = why_not_act(request, row, settings.NODE.party)
    officer = officer_of(request)
    shown = []
    for party in parties:
        roots = ledger.roots_of(party.id) if ledger else []
        shown.append(
            {
                "party": party,
                "badge": one_side(party.id, parties),
                "roots": [_root(root) for root in reversed(roots)],
                "first": roots[0].fingerprint if roots else "",
                "joined": {"text": _("by accession"), "url": act_url(joined[party.id])} if joined[party.id] else None,
                "left": {"text": _("left"), "url": act_url(row.left[party.id])} if party.id in row.left else None,
                "logs": [{"origin": origin, "forked": origin in forks} for origin, whose in origins.items() if whose == party.id],
            }
        )
    return {
        "row": row,
        "parties": shown,
        "officer": officer,
        "barred": barred,
        "forked": bool(forks),
        "actions": _actions(row, bool(forks), str(barred)),
        "gathering": _gathering(row) if officer else [],
    }


def _root(root: KeyRoot) -> dict[str, Any]:
    officers = len(root.officers)
    return {
        "version": root.version,
        "fingerprint": root.fingerprint,
        "expires": "" if root.demonstration else day(root.expires.date().isoformat()),
        "officers": ngettext("%(n)d officer’s key", "%(n)d officers’ keys", officers) % {"n": officers},
        "threshold": ngettext("%(n)d has to sign", "%(n)d have to sign", root.threshold("targets")) % {"n": root.threshold("targets")},
        "keyids": list(root.officers),
        "log": next(iter(root.keys_for("snapshot"))),
    }


def _actions(row: MechanismRow, forked: bool, barred: str) -> list[dict[str, str]]:
    query = f"?mechanism={row.id}"
    whole = _("No log has forked; there is nothing to succeed.")
    found = [
        ("mechanisms:rotate-keys", _("Change the keys of our side"), _("An officer comes or goes, or a key is lost."), barred),
        ("mechanisms:accede", _("Let another parliament join"), _("All parties and the newcomer sign."), barred),
        ("mechanisms:leave", _("Leave the mechanism"), _("Our side alone signs. What was in force stays."), barred),
        (
            "mechanisms:succeed-log",
            _("Open a successor log"),
            _("After a log has forked: all parties sign."),
            barred or ("" if forked else whole),
        ),
    ]
    return [
        {"id": name.partition(":")[2], "url": reverse(name) + query, "label": label, "about": about, "barred": str(why)}
        for name, label, about, why in found
    ]


def _gathering(row: MechanismRow) -> list[dict[str, str]]:
    """Closed drafts of this mechanism, if its acts need several signatures of this side."""
    drafts = Draft.objects.filter(mechanism=row.id, done=False).exclude(payload=None) if gathering.several(row.id) else []
    return [{"url": reverse("record:draft", args=[d.key]), "label": title_for(d.titles) or type_label(d.type)} for d in drafts]


class Governing(OfMechanism):
    """What the forms of governance share: they say first what follows, and are seen by whom the founding act is seen."""

    def initial(self) -> dict[str, Any]:
        return {"mechanism": self.mechanism.id, "audience": self.mechanism.audience}

    def kept(self) -> dict[str, Any]:
        return {}

    def titled(self, title: str) -> dict[str, Any]:
        back = (_("Keys and membership"), reverse("mechanisms:governance", args=[self.mechanism.id]))
        return {"title": title, "name": name_of(self.mechanism.names), "trail": self.trail_with(back, title)}


# Keys ------------------------------------------------------------------------------------


class KeysForm(MechanismForm):
    """Which officers' keys the next root names, and how many have to sign; nothing to fill in if it is prepared already."""

    PLACES: ClassVar[Mapping[str, str]] = {"threshold": "threshold", "officers": "officers", "root": "signed"}
    officers = forms.MultipleChoiceField(
        label=gettext_lazy("Keys that sign from now on"), widget=forms.CheckboxSelectMultiple, required=False
    )
    threshold = forms.IntegerField(
        label=gettext_lazy("How many of them have to sign an act"),
        min_value=1,
        max_value=20,
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-short", "min": 1}),
    )
    signed = forms.FileField(
        label=gettext_lazy("The root, signed elsewhere"), required=False, help_text=gettext_lazy("If the root key is kept offline.")
    )

    def __init__(
        self, *data: Any, keys: Sequence[tuple[str, str]] = (), prepared: bool = False, offline: bool = False, **named: Any
    ) -> None:
        super().__init__(*data, **named)
        offer(self, "officers", list(keys))
        if prepared:
            del self.fields["officers"], self.fields["threshold"]
        if prepared or not offline:
            del self.fields["signed"]


class KeysPage(Governing):
    """Preparing the next key root, and the act that publishes it."""

    type = ROTATE_KEYS
    template = "mechanisms/rotate_keys.html"
    form_class = KeysForm

    def __init__(self, request: HttpRequest, officer: Officer, draft: Draft | None) -> None:
        super().__init__(request, officer, draft)
        self.node = the_node()
        self.current = published_root(self.node, self.mechanism.id)
        self.waiting = waiting_root(self.node, self.mechanism.id)
        self.latest = latest_root(self.node)
        self.offline = not root_keys_here(self.node, self.latest)
        if self.waiting is None and (refusal := why_not_operate(officer)):
            raise Refused(str(refusal), place="role")

    def holders(self) -> dict[str, str]:
        return {o.keyid: o.name for o in Officer.objects.select_related("user").exclude(keyid="")}

    def known(self) -> list[str]:
        """Keys that the next root may name: those of the last one, and those in custody."""
        custody = sorted(path.stem.removeprefix("officer-") for path in self.node.home.keys.glob("officer-*.pem"))
        return list(dict.fromkeys([*self.latest.officers, *custody]))

    def form(self, *data: Any, **named: Any) -> ActForm:
        holders = self.holders()
        keys = [(key, f"{holders.get(key) or _('nobody’s')} ({key[:16]}…)") for key in self.known()]
        return KeysForm(*data, keys=keys, prepared=self.waiting is not None, offline=self.offline, **named)

    def initial(self) -> dict[str, Any]:
        held = self.holders()
        wanted = [key for key in self.known() if key in held]
        return super().initial() | {"officers": wanted or list(self.latest.officers), "threshold": self.latest.threshold("targets")}

    def content(self, form: ActForm) -> DraftContent:
        said = form.cleaned_data
        root = self.waiting
        if root is None:
            if said.get("signed"):
                data = said["signed"].read(ROOT_MOST + 1)
            else:
                data = next_root(self.node, said["officers"], said["threshold"] or 1, expires=timezone.now() + ROOT_VALID)
            root = keep_root(self.node, data)
        files = offer_root(self.node, self.mechanism.id, root)
        body = {"version": root.version}
        names = {"en": f"Key root {root.version}", "zh-Hans": f"密钥根第{root.version}版", "ru": f"Корень ключей, версия {root.version}"}
        return self.draft_of(form, body, names, files)

    def context(self, form: ActForm) -> dict[str, Any]:
        holders = self.holders()
        change = RootChange(self.current, self.waiting) if self.waiting else None

        def lines(keys: Sequence[str]) -> list[dict[str, str]]:
            return [{"name": holders.get(key) or _("nobody’s"), "keyid": key} for key in keys]

        return self.titled(_("Change the keys of our side")) | {
            "current": _root(self.current),
            "new": _root(self.waiting) if self.waiting else None,
            "change": {"enter": lines(change.enter), "leave": lines(change.leave), "stay": lines(change.stay)} if change else None,
            "offline": self.offline,
            "several": self.current.threshold("targets") > 1,
            "next_version": self.latest.version + 1,
        }


def to_sign_elsewhere(officer: Officer | None, officers: Sequence[str], threshold: str) -> tuple[str, bytes]:
    """The next root as a file for the machine that keeps the root key; only an operator gets it."""
    if refusal := why_not_operate(officer):
        raise Refused(str(refusal), place="role")
    node = the_node()
    data = next_root(node, officers, int(threshold) if threshold.isdigit() else 0, expires=timezone.now() + ROOT_VALID)
    return f"root.{latest_root(node).version + 1}.json", data


# Membership --------------------------------------------------------------------------------


class UnderstoodForm(MechanismForm):
    """A form whose one question is whether what follows was read."""

    understood = forms.BooleanField(label=gettext_lazy("I have read what follows from it."))


class LeavePage(Governing):
    """Leaving a mechanism: an act of this side alone."""

    type = LEAVE
    template = "mechanisms/leave.html"
    form_class = UnderstoodForm

    def content(self, form: ActForm) -> DraftContent:
        return self.draft_of(form, {"party": settings.NODE.party}, {n["lang"]: n["text"] for n in settings.NODE.names})

    def context(self, form: ActForm) -> dict[str, Any]:
        return self.titled(_("Leave the mechanism"))


class AccedeForm(MechanismForm):
    """Which introduced parliament joins."""

    PLACES: ClassVar[Mapping[str, str]] = {"body.party": "newcomer"}
    newcomer = forms.ChoiceField(label=gettext_lazy("The parliament that joins"), widget=forms.RadioSelect)

    def __init__(self, *data: Any, newcomers: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*data, **named)
        offer(self, "newcomer", list(newcomers))


class AccedePage(Governing):
    """Letting another parliament join: an act of all parties and the newcomer, which carries its card."""

    type = ACCEDE
    template = "mechanisms/accede.html"
    form_class = AccedeForm

    def __init__(self, request: HttpRequest, officer: Officer, draft: Draft | None) -> None:
        super().__init__(request, officer, draft)
        there = {p["id"] for p in self.mechanism.parties} | {p["root"] for p in self.mechanism.parties if "root" in p}
        self.candidates: list[Candidate] = [c for c in candidates() if not c.own and c.id not in there and c.root not in there]

    def form(self, *data: Any, **named: Any) -> ActForm:
        return AccedeForm(*data, newcomers=[(c.root, f"{c.label} ({c.host})") for c in self.candidates], **named)

    def kept(self) -> dict[str, Any]:
        """The origin of the newcomer's log, chosen once: it must not change once the others have read it."""
        held = dict(self.draft.working.get("origins", {})) if self.draft else {}
        return {"origins": {c.root: held.get(c.root) or f"{c.host}/{secrets.token_hex(4)}" for c in self.candidates}}

    def content(self, form: ActForm) -> DraftContent:
        chosen = next((c for c in self.candidates if c.root == form.cleaned_data["newcomer"]), None)
        if chosen is None:
            raise Unsayable("Choose who joins.", place="body.party", remedy="Introduce its node first if it is not listed.")
        origins = self.kept()["origins"]
        party = {"id": chosen.id, "origin": origins[chosen.root], "root": chosen.root, "names": chosen.names, "chambers": chosen.chambers}
        content = self.draft_of(form, {"party": party}, {n["lang"]: n["text"] for n in chosen.names if not n.get("side")})
        return DraftContent(
            content.type,
            content.mechanism,
            content.body,
            content.files,
            content.audience,
            content.public_from,
            content.titles,
            {"origins": origins},
        )

    def context(self, form: ActForm) -> dict[str, Any]:
        return self.titled(_("Let another parliament join")) | {
            "candidates": self.candidates,
            "peers": reverse("operate:index"),
            "current": [p.name for p in self.parties],
        }


# Logs ----------------------------------------------------------------------------------------


class SucceedForm(MechanismForm):
    """Which forked log gets a successor."""

    PLACES: ClassVar[Mapping[str, str]] = {"body": "log"}
    log = forms.ChoiceField(label=gettext_lazy("The log that has forked"), widget=forms.RadioSelect)

    def __init__(self, *data: Any, logs: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*data, **named)
        offer(self, "log", list(logs))


class SucceedPage(Governing):
    """Opening a successor to a forked log: an act of all parties that names all its heads."""

    type = SUCCEED_LOG
    template = "mechanisms/succeed_log.html"
    form_class = SucceedForm

    def __init__(self, request: HttpRequest, officer: Officer, draft: Draft | None) -> None:
        super().__init__(request, officer, draft)
        self.ledger = the_node().replica(self.mechanism.id).ledger
        self.forks = self.ledger.forks()
        if not self.forks:
            raise Refused("This log has not forked.", place="log", remedy="Only a log with two contradicting heads needs a successor.")

    def form(self, *data: Any, **named: Any) -> ActForm:
        origins, names = self.ledger.origins(), {p.id: p.name for p in self.parties}
        return SucceedForm(*data, logs=[(origin, f"{names.get(origins.get(origin, ''), '')} ({origin})") for origin in self.forks], **named)

    def content(self, form: ActForm) -> DraftContent:
        old = form.cleaned_data["log"]
        new = f"{old.partition('/')[0]}/{secrets.token_hex(4)}"
        body = succession(the_node(), self.mechanism.id, old, new)
        return self.draft_of(form, body, {"en": f"Successor of {old}", "zh-Hans": f"{old}的后继日志", "ru": f"Преемник журнала {old}"})

    def context(self, form: ActForm) -> dict[str, Any]:
        heads = [
            {"origin": origin, "heads": [{"size": size, "root": root.hex()} for size, root in sorted(tips)]}
            for origin, tips in self.forks.items()
        ]
        return self.titled(_("Open a successor log")) | {"forks": heads}
