"""A negotiation as its versions: what was put forward, adopted and corrected in turn; this side's drafts; who waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.design.words import listed
from comity.desk.record.models import ActRow, Draft
from comity.desk.record.visible import insider
from comity.desk.show import PartyShown, act_url, instant
from comity.desk.texts import queries
from comity.desk.texts.models import TextRow
from comity.texts.acts import ADOPT, PUT_FORWARD

MOST = 200  # versions of one negotiation that are listed


@dataclass(frozen=True, slots=True)
class Stage:
    """One version: of an act, or of a draft (whose words are read elsewhere). ``key`` names it in addresses."""

    key: str
    text: str
    type: str
    by: str
    said: str
    versions: tuple[Mapping[str, str], ...]
    corrections: tuple[Mapping[str, str], ...] = ()
    open: int = 0

    @property
    def act(self) -> str:
        return self.key


def thread_id(row: TextRow) -> str:
    return row.thread or row.id


def texts_of(request: HttpRequest, thread: str) -> list[TextRow]:
    """The texts of a negotiation that this reader may see, oldest first."""
    return list(queries.visible(request).filter(thread=thread).order_by("said", "id")[:MOST])


def stages(request: HttpRequest, texts: Iterable[TextRow], acts: Mapping[str, ActRow]) -> list[Stage]:
    """Every version of these texts that this reader may see, oldest first."""
    found = []
    for row in texts:
        for step in row.steps:
            if step["act"] in acts or insider(request) or step["act"] == row.act:
                now = step["act"] == row.act
                found.append(
                    Stage(
                        key=step["act"],
                        text=row.id,
                        type=step["type"],
                        by=row.proposer,
                        said=step["said"],
                        versions=tuple(step["versions"]),
                        corrections=tuple(step["corrections"]),
                        open=len(row.brackets) if now else 0,
                    )
                )
    return sorted(found, key=lambda stage: (stage.said, stage.key))


def label(stage: Stage, number: int, parties: Sequence[PartyShown]) -> str:
    """What a version is called in lists: its number, who said it, when."""
    name = next((p.name for p in parties if p.id == stage.by), stage.by)
    return _("%(number)d · %(what)s · %(when)s") % {"number": number, "what": what(stage, name, number), "when": instant(stage.said)}


def what(stage: Stage, name: str, number: int) -> str:
    if stage.type.startswith("texts/put-forward"):
        return _("put forward by %(party)s") % {"party": name}
    if stage.type.startswith("texts/correct"):
        return _("corrected")
    return _("adopted")


def drafts(request: HttpRequest, texts: Sequence[TextRow]) -> list[Draft]:
    """This side's drafts that answer a text of the negotiation; none for anyone but officers."""
    if not insider(request) or not texts:
        return []
    ids = [row.id for row in texts]
    return list(Draft.objects.filter(type__in=(PUT_FORWARD, ADOPT), done=False, working__answers__in=ids).order_by("-updated")[:20])


def waiting(texts: Sequence[TextRow], acts: Mapping[str, ActRow], parties: Sequence[PartyShown]) -> list[dict[str, Any]]:
    """Who waits for whom in this negotiation, and since when, as a fact: whoever spoke last waits for the others. None once adopted."""
    last = texts[-1] if texts else None
    if last is None or (last.stage == "adopted" and last.in_force):
        return []
    act = acts.get(last.act)
    signed = set(act.signed) if act is not None and last.stage == "adopted" else {last.proposer}
    named = {True: [p.name for p in parties if p.id in signed], False: [p.name for p in parties if p.id not in signed]}
    if not named[True] or not named[False]:
        return []
    said = _("%(who)s waits for %(others)s") % {"who": listed(named[True]), "others": listed(named[False])}
    return [
        {
            "label": _("Waiting"),
            "value": {"text": said, "url": act_url(last.act), "note": _("since %(when)s") % {"when": instant(last.said)}},
        }
    ]


def word_url(text: str, lang: str, new: str, old: str = "") -> str:
    """Where a version is downloaded as a Word file: with tracked changes against ``old`` if one is given."""
    query = f"?lang={lang}&new={new}" + (f"&old={old}" if old else "")
    return reverse("texts:word", args=[text]) + query
