"""The minutes on their way: prefilled, put forward, commented on, adopted; who waits for whom, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.desk.accounts.models import Officer
from comity.desk.design.words import Standing, listed
from comity.desk.languages import of_names
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.meetings import phrases
from comity.desk.meetings.models import AgendaRow, DelegationRow, MeetingRow
from comity.desk.record.models import ActRow, Draft
from comity.desk.record.services import DraftContent, save_draft
from comity.desk.record.visible import open_to, visible_acts
from comity.desk.show import PartyShown, act_url, age, instant, name_of, one_side
from comity.desk.texts.models import CommentRow, TextRow
from comity.meetings.delegation import PRESENT
from comity.meetings.minutes import skeleton
from comity.texts.acts import PUT_FORWARD


@dataclass(slots=True)
class SideOfMinutes:
    """What one side has done about the minutes, newest last, as values of the design room."""

    party: PartyShown
    badge: Standing
    steps: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Minutes:
    """Where the minutes of a meeting stand. ``text`` is what is to be read now: the adopted one, else what was put forward last."""

    stage: str = ""  # "", forward, proposed, adopted
    sides: list[SideOfMinutes] = field(default_factory=list)
    waiting: str = ""
    text: TextRow | None = None
    adoption: ActRow | None = None


def minutes_of(request: HttpRequest, meeting: MeetingRow, parties: Sequence[PartyShown]) -> Minutes:
    """Everything that was said about the minutes of a meeting, as far as the reader may see it; four queries."""
    found = Minutes(sides=[SideOfMinutes(p, one_side(p.id, parties)) for p in parties])
    rows = list(open_to(request, TextRow.objects.filter(meeting=meeting.id, kind="minutes")).order_by("said", "id")[:100])
    acts = ActRow.objects.in_bulk([row.id for row in rows] + [row.act for row in rows])
    alive = [row for row in rows if (act := acts.get(row.id)) and act.status in ("open", "in_force")]
    forward = [row for row in alive if row.stage == "forward"]
    adopted = next((row for row in alive if row.stage == "adopted" and row.in_force), None)
    proposed = next((row for row in reversed(alive) if row.stage == "adopted" and not row.in_force), None)
    found.text = adopted or (forward[-1] if forward else proposed)
    by_side = {side.party.id: side for side in found.sides}
    for row in forward:
        answered = next((other for other in rows if other.id == row.answers), None)
        label = _("put the minutes forward")
        if answered is not None:
            label = _("put a new version forward") if answered.proposer == row.proposer else _("answered with an own version")
        _step(by_side, row.proposer, label, row.said, reverse("texts:detail", args=[row.id]))
    _comments(request, forward, by_side)
    final = adopted or proposed
    if final is not None:
        found.adoption = acts.get(final.id)
        for party in found.adoption.signed if found.adoption else ():
            _step(by_side, party, _("signed the adoption"), "", act_url(final.id))
    found.stage = "adopted" if adopted else "proposed" if proposed else "forward" if forward else ""
    found.waiting = _waiting(found, forward, parties)
    return found


def _step(sides: Mapping[str, SideOfMinutes], party: str, label: str, said: str, url: str) -> None:
    if party in sides:
        sides[party].steps.append({"text": label, "url": url, "note": instant(said) if said else ""})


def _comments(request: HttpRequest, forward: Sequence[TextRow], sides: Mapping[str, SideOfMinutes]) -> None:
    """How often each side has commented on what was put forward, with the way there."""
    counted: dict[str, list[CommentRow]] = {}
    visible = visible_acts(request).values("id")
    for comment in CommentRow.objects.filter(text__in=[row.id for row in forward], act__in=visible).order_by("said", "id")[:500]:
        counted.setdefault(comment.party, []).append(comment)
    for party, comments in counted.items():
        number = len(comments)
        label = ngettext("%(number)d comment", "%(number)d comments", number) % {"number": number}
        _step(sides, party, label, comments[-1].said, reverse("texts:detail", args=[comments[-1].text]))


def _waiting(found: Minutes, forward: Sequence[TextRow], parties: Sequence[PartyShown]) -> str:
    """Who waits for whom, with its age; empty if nobody does."""
    names = {p.id: p.name for p in parties}
    if found.stage == "proposed" and found.adoption:
        who = listed(names.get(p, p) for p in found.adoption.missing)
        return _("The adoption waits for the signature of %(who)s, for %(age)s.") % {"who": who, "age": since(found.adoption.said)}
    if found.stage == "forward":
        last = forward[-1]
        others = listed(name for party, name in names.items() if party != last.proposer)
        said = {"by": names.get(last.proposer, last.proposer), "who": others, "age": since(last.said)}
        return _("%(by)s waits for %(who)s to comment on the minutes or to adopt them, for %(age)s.") % said
    return ""


def since(said: str) -> str:
    """How long ago an act was said."""
    return age(max(0, int((timezone.now().astimezone(UTC) - datetime.fromisoformat(said)).total_seconds())))


def own_draft(meeting: MeetingRow) -> Draft | None:
    """Minutes of this meeting that somebody here is writing already."""
    drafts = Draft.objects.filter(type=PUT_FORWARD, mechanism=meeting.mechanism, done=False, payload=None)
    return drafts.filter(working__kind="minutes", working__meeting=meeting.id).order_by("-updated").first()


def begin(officer: Officer, mechanism: MechanismRow, meeting: MeetingRow) -> Draft:
    """The draft of the minutes: the one that is there, else a new one with a heading per item and who was present."""
    found = own_draft(meeting)
    if found is not None:
        return found
    working = {"mechanism": mechanism.id, "meeting": meeting.id, "kind": "minutes", "audience": "parties", "answers": "", "supersedes": ""}
    working |= {"date": _date(meeting)} | prefilled(mechanism, meeting)
    titles = {tag: phrases.of_meeting("minutes", meeting.ordinal, tag) for tag in of_names(mechanism.names)}
    return save_draft(officer, DraftContent(PUT_FORWARD, mechanism.id, {}, {}, titles=titles, working=working))


def _date(meeting: MeetingRow) -> str:
    return meeting.last_day if len(meeting.last_day) == 10 else timezone.localdate().isoformat()


def prefilled(mechanism: MechanismRow, meeting: MeetingRow) -> dict[str, Any]:
    """The fields of the text editor, per language: status, title and words."""
    agenda = AgendaRow.objects.filter(meeting=meeting.id, alive=True).order_by("-current", "-said").first()
    items = agenda.items if agenda else []
    rows = {row.party: row for row in DelegationRow.objects.filter(meeting=meeting.id, current=True)}
    langs = of_names(mechanism.names)
    fields: dict[str, Any] = {"langs": " ".join(langs)}
    for lang in langs:
        present = [_present(party, rows.get(party["id"]), lang) for party in mechanism.parties]
        titles = [item["titles"].get(lang) or next(iter(item["titles"].values()), item["key"]) for item in items]
        draft = skeleton(phrases.of_meeting("minutes", meeting.ordinal, lang), present, titles, phrases.phrase("gap", lang), lang)
        fields |= {f"status_{lang}": "authentic", f"title_{lang}": draft.title, f"text_{lang}": draft.words}
    return fields


def _present(party: Mapping[str, Any], row: DelegationRow | None, lang: str) -> str:
    """One line: who of a side was present, in the language of the minutes."""
    names = {n["lang"]: n["text"] for n in reversed(party["names"])}
    head = phrases.phrase("present", lang, names.get(lang) or name_of(party["names"]))
    came = [m for m in row.members if m["attendance"] == PRESENT] if row else []
    people = [_person(m, lang) for m in came]
    end = "。" if lang.startswith("zh") else "."
    return head + (phrases.listed(people, lang) if people else phrases.phrase("nobody", lang)) + end


def _person(member: Mapping[str, Any], lang: str) -> str:
    name = member["names"].get(lang) or next(iter(member["names"].values()), member["key"])
    title = member["titles"].get(lang, "")
    said = f"{name}（{title}）" if title and lang.startswith("zh") else f"{name} ({title})" if title else name
    return said + (phrases.phrase("remotely", lang) if member.get("remote") else "")


def stage_label(stage: str) -> str:
    return {
        "": _("not begun"),
        "forward": _("put forward, for comments"),
        "proposed": _("adoption proposed"),
        "adopted": _("adopted"),
    }.get(stage, stage)
