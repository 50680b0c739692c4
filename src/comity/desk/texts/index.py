"""The list of texts: titles in all languages as equals, by mechanism."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from comity.desk.accounts.policy import why_not_draft
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import visible_mechanisms
from comity.desk.show import PartyShown, instant, languages_by_page, name_of, officer_of, one_side, parties_of, standing_of
from comity.desk.texts import queries
from comity.desk.texts.models import TextRow
from comity.desk.texts.words import KINDS, kind_label
from comity.terms.ids import handle

PER_PAGE = 30


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of ``texts/index.html``; ``?mechanism=``, ``?kind=`` and ``?stage=`` narrow it."""
    chosen = {key: request.GET.get(key, "") for key in ("mechanism", "kind", "stage")}
    found = queries.visible(request).filter(**{key: value for key, value in chosen.items() if value})
    pages = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    mechanisms = {m.id: m for m in visible_mechanisms(request)}
    later = set(queries.visible(request).filter(answers__in=[row.id for row in pages]).values_list("answers", flat=True))
    names = queries.meetings(request, {row.meeting for row in pages}, mechanisms)
    acts = ActRow.objects.in_bulk({row.act for row in pages})
    groups: dict[str, list[dict[str, Any]]] = {}
    officer = officer_of(request)
    for row in pages:
        parties = parties_of(mechanisms[row.mechanism]) if row.mechanism in mechanisms else []
        groups.setdefault(row.mechanism, []).append(_line(row, acts.get(row.act), parties, names, row.id in later))
    return {
        "groups": [{"name": _name(mechanisms, key), "id": key, "texts": lines} for key, lines in groups.items()],
        "page": pages,
        "query": "".join(f"{key}={value}&" for key, value in chosen.items() if value),
        "chosen": chosen,
        "kinds": [{"value": key, "label": label} for key, label in KINDS.items()],
        "refusal": str(why_not_draft(officer, settings.NODE.party)),
        "own": [
            {"url": f"{reverse('texts:put-forward')}?mechanism={m.id}", "label": name_of(m.names)}
            for m in queries.own(mechanisms.values())
            if not why_not_draft(officer, settings.NODE.party, m.id)
        ],
        "mechanisms": [{"value": m.id, "label": name_of(m.names)} for m in mechanisms.values()],
    }


def _name(mechanisms: dict[str, MechanismRow], key: str) -> str:
    return name_of(mechanisms[key].names) if key in mechanisms else handle(key)


def _line(row: TextRow, act: ActRow | None, parties: list[PartyShown], names: dict[str, str], answered: bool) -> dict[str, Any]:
    forward = row.stage == "forward"
    return {
        "url": reverse("texts:detail", args=[row.id]),
        "standing": one_side(row.proposer, parties) if forward or act is None else standing_of(act, parties),
        "forward": forward,
        "by": next((p.name for p in parties if p.id == row.proposer), row.proposer),
        "titles": [{"lang": lang, "text": row.titles[lang]} for lang in languages_by_page(row.titles)],
        "handle": handle(row.id),
        "kind": kind_label(row.kind),
        "meeting": names.get(row.meeting, ""),
        "meeting_url": reverse("meetings:detail", args=[row.meeting]) if row.meeting in names else "",
        "said": instant(row.said),
        "answered": answered,
        "open": 0 if answered else len(row.brackets),
    }
