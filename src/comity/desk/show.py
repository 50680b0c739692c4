"""From rows to what the design room's partials take: standings, names, dates, addresses. Shared by all pages; holds no rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from comity.desk.accounts.models import Officer, page_language
from comity.desk.design.seal import State
from comity.desk.design.words import Standing
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import ActRow
from comity.terms.dates import PartialDate
from comity.terms.ids import handle
from comity.terms.names import Name, best_name


def officer_of(request: HttpRequest) -> Officer | None:
    """The officer who is signed in, or None; looked up once in a request."""
    return getattr(request.user, "officer", None)


def name_of(raw: Sequence[Mapping[str, str]], *, side: str = "") -> str:
    """The name for the language of the page; ``side`` prefers that party's form."""
    names = [Name(n["text"], n["lang"], n.get("side", "")) for n in raw]
    return best_name(names, page_language(), side=side).text if names else ""


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party of a mechanism as pages show it. ``index`` is its place in the founding act, ``letter`` its short mark."""

    id: str
    name: str
    index: int

    @property
    def letter(self) -> str:
        return self.name[:1]


def parties_of(mechanism: MechanismRow) -> list[PartyShown]:
    """The parties in the order of the founding act, named for the page's language by their own form of their name."""
    return [PartyShown(p["id"], name_of(p["names"], side=p["id"]), i) for i, p in enumerate(mechanism.parties)]


def standing_of(act: ActRow, parties: Sequence[PartyShown]) -> Standing:
    """The seal of an act: one segment per party of the mechanism, filled for those whose signature is here."""
    order = [p.id for p in parties]
    signed = frozenset(order.index(p) for p in act.signed if p in order)
    states = {"declined": State.DECLINED, "withdrawn": State.WITHDRAWN, "overtaken": State.SUPERSEDED}
    state = states.get(act.status, State.OPEN)
    if act.in_force:
        state = State.DISPUTED if act.disputed else State.SUPERSEDED if act.superseded_by else State.OPEN
        if state is State.OPEN and len(act.signatories) == len(parties):
            state = State.IN_FORCE
    after = handle(act.superseded_by) if act.superseded_by else ""
    asked = frozenset(order.index(p) for p in act.signatories if p in order)
    return Standing(len(parties), signed, state, names=tuple(p.name for p in parties), after=after, asked=asked)


def one_side(party: str, parties: Sequence[PartyShown]) -> Standing:
    """The seal of what one side alone says."""
    own = frozenset(p.index for p in parties if p.id == party)
    return Standing(len(parties), own, State.OPEN, names=tuple(p.name for p in parties), asked=own)


def day(text: str, *, bound: bool = False) -> str:
    """A partial date by the page's locale; empty stays empty. ``bound``: it stands after "from", "since", "until" or "by", which in Russian
    asks for another case of a month that stands alone.
    """
    if not text:
        return ""
    date = PartialDate(text)
    if len(text) == 4:
        return pgettext("a year alone", "%(year)s") % {"year": text}
    if len(text) == 7:
        pattern = formats.get_format("YEAR_MONTH_FORMAT")
        said = formats.date_format(date.first, pattern.replace("F", "E") if bound else pattern)
        return said.lower() if page_language() == "ru" else said
    return formats.date_format(date.first, "DATE_FORMAT")


def instant(moment: datetime | int | str) -> str:
    """An instant in this node's zone, by the page's locale."""
    if isinstance(moment, int):
        moment = datetime.fromtimestamp(moment, UTC)
    elif isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def age(seconds: int) -> str:
    """How long something has waited, in the largest unit that is at least one."""
    days, hours, minutes = seconds // 86_400, seconds // 3600, seconds // 60
    if days:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if hours:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if minutes:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return _("less than a minute")


_TYPES: Mapping[str, Promise] = {
    "mechanisms/found": gettext_lazy("Founding of a mechanism"),
    "mechanisms/accede": gettext_lazy("Accession"),
    "mechanisms/leave": gettext_lazy("Leaving"),
    "mechanisms/appoint": gettext_lazy("Appointment"),
    "mechanisms/rotate-keys": gettext_lazy("Change of keys"),
    "mechanisms/succeed-log": gettext_lazy("Successor of a log"),
    "mechanisms/body": gettext_lazy("Body or working group"),
    "mechanisms/mandate": gettext_lazy("Mandate"),
    "mechanisms/plan": gettext_lazy("Plan of a year"),
    "mechanisms/series": gettext_lazy("Series of meetings"),
    "mechanisms/outcome": gettext_lazy("Outcome of a planned item"),
    "meetings/convene": gettext_lazy("Convening of a meeting"),
    "meetings/agenda": gettext_lazy("Agenda"),
    "meetings/delegation": gettext_lazy("Delegation"),
    "meetings/close": gettext_lazy("Closing of a meeting"),
    "texts/put-forward": gettext_lazy("Text put forward"),
    "texts/adopt": gettext_lazy("Adoption of a text"),
    "texts/comment": gettext_lazy("Comment on a text"),
    "texts/correct": gettext_lazy("Correction of a text"),
    "texts/approve-term": gettext_lazy("Approval of a term"),
    "commitments/undertake": gettext_lazy("Commitment"),
    "commitments/assign": gettext_lazy("Responsible body"),
    "commitments/report": gettext_lazy("Report"),
    "commitments/assess": gettext_lazy("Assessment"),
    "forums/position": gettext_lazy("Position of a side"),
    "forums/agree-position": gettext_lazy("Agreed position"),
    "acts/withdraw": gettext_lazy("Withdrawal"),
    "acts/decline": gettext_lazy("Declining"),
}


def type_label(act_type: str) -> str:
    """What an act of this type is called in lists."""
    label = _TYPES.get(act_type.rpartition("/")[0])
    return act_type if label is None else str(label)


def act_url(act_id: str) -> str:
    return reverse("record:act", args=[act_id])


def trail(*steps: tuple[str, str] | str) -> list[dict[str, str]]:
    """Breadcrumbs: ``(label, url)`` pairs, the last one a bare label."""
    return [{"label": s} if isinstance(s, str) else {"label": s[0], "url": s[1]} for s in steps]


def title_for(titles: Mapping[str, str]) -> str:
    """A title in the page's language, else in any; empty if there is none."""
    names = [Name(text, lang) for lang, text in titles.items() if text]
    return best_name(names, page_language()).text if names else ""


def languages_by_page(langs: Iterable[str]) -> list[str]:
    """Languages of a text in the fixed order in which pages set them as equals: zh, ru, en, then the rest."""
    order = {"zh": 0, "ru": 1, "en": 2}
    return sorted(langs, key=lambda tag: (order.get(tag.split("-")[0], 9), tag))


def demonstration() -> bool:
    return bool(settings.NODE.demonstration)
