"""Provisions that stand under different numbers in two languages: paired by meaning, until an officer confirms that they are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from comity.desk.design.templatetags.design import own_name
from comity.desk.texts.models import Pairing
from comity.desk.texts.table import Margin
from comity.desk.texts.words import provision_label
from comity.texts.model import TextVersion
from comity.texts.render import paired


@dataclass(frozen=True, slots=True)
class Paired:
    """Per language, its eIds under which the lead language's provisions stand; and what officers confirmed, by key."""

    lead: str
    pairs: Mapping[str, Mapping[str, str]]
    confirmed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, thread: str, versions: Mapping[str, TextVersion]) -> Paired:
        found = _paired(tuple(versions.values()))
        known = {p.key: p.by for p in Pairing.objects.filter(thread=thread)[:1000]} if found and thread else {}
        return cls(next(iter(versions), ""), found, known)

    def note(self, margin: Margin, *, may: bool) -> None:
        """A note beside each pair: by meaning (auto), or confirmed and by whom."""
        for lang, pairs in self.pairs.items():
            for own, lead in pairs.items():
                key = pair_key(self.lead, lang, lead, own)
                by = self.confirmed.get(key, "")
                line = _("%(language)s has it as %(provision)s.") % {"language": own_name(lang), "provision": provision_label(own)}
                said = (
                    _("Confirmed by %(name)s.") % {"name": by}
                    if by
                    else _("Paired by meaning, not by number; nobody has confirmed it yet.")
                )
                margin.add(
                    lead,
                    {
                        "id": f"p-{key}",
                        "title": _("Same provision, other number"),
                        "lines": [line, said],
                        "kind": "info",
                        "pair": "" if by or not may else f"{self.lead} {lang} {lead} {own}",
                    },
                )


@lru_cache(maxsize=64)
def _paired(versions: tuple[TextVersion, ...]) -> dict[str, dict[str, str]]:
    return paired({version.language: version for version in versions})


def pair_key(lead: str, lang: str, lead_eid: str, eid: str) -> str:
    """A stable name of a pair of provisions in two languages."""
    return hashlib.sha256(json.dumps([lead, lang, lead_eid, eid]).encode()).hexdigest()[:16]


def confirm(thread: str, said: str, by: str) -> None:
    """Keep that an officer confirmed a pair, written as the note's form sends it; nothing happens for what is not a pair."""
    parts = said.split()
    if len(parts) == 4:
        lead, lang, lead_eid, eid = parts
        held = {"langs": f"{lead} {lang}", "eids": [[lead_eid], [eid]], "by": by}
        Pairing.objects.update_or_create(thread=thread, key=pair_key(lead, lang, lead_eid, eid), defaults=held)
