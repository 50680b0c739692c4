"""Provisions that stand under different numbers in two languages, or in other pieces: paired by meaning, or by an officer who says so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from comity.desk.design.templatetags.design import own_name
from comity.desk.design.words import listed
from comity.desk.texts.models import Pairing
from comity.desk.texts.table import Margin
from comity.desk.texts.words import provision_label
from comity.texts.model import TextVersion
from comity.texts.render import Beads, Row, paired, rows


@dataclass(frozen=True, slots=True)
class Paired:
    """Per language, the beads of the lead language's provisions and its own; and what officers confirmed, by key."""

    lead: str
    beads: Mapping[str, Beads]
    confirmed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, thread: str, versions: Mapping[str, TextVersion]) -> Paired:
        lead = next(iter(versions), "")
        found = dict(_paired(tuple(versions.values())))
        if not thread or len(versions) < 2:
            return cls(lead, found)
        confirmed = {}
        for pairing in Pairing.objects.filter(thread=thread, langs__startswith=f"{lead} ")[:1000]:
            lang = pairing.langs.partition(" ")[2]
            one, other = (tuple(side) for side in pairing.eids)
            if lang in versions and _stand(one, versions[lead]) and _stand(other, versions[lang]):
                found[lang] = [*(b for b in found.get(lang, ()) if not _touch(b, (one, other))), (one, other)]
                confirmed[pairing.key] = pairing.by
        return cls(lead, found, confirmed)

    def note(self, margin: Margin, *, may: bool) -> None:
        """A note beside each bead: by meaning (auto), or confirmed and by whom; it can be confirmed as a whole, and that undone."""
        for lang, beads in self.beads.items():
            for lead, own in beads:
                key = pair_key(self.lead, lang, lead, own)
                by = self.confirmed.get(key, "")
                said = (
                    _("Confirmed by %(name)s.") % {"name": by}
                    if by
                    else _("Paired by meaning, not by number; nobody has confirmed it yet.")
                )
                sent = f"{self.lead} {lang} {','.join(lead)} {','.join(own)}"
                margin.add(
                    lead[0],
                    {
                        "id": f"p-{key}",
                        "title": _("Same provision, other number") if len(lead) == len(own) == 1 else _("Said in other pieces"),
                        "lines": [_line(lang, lead, own), said],
                        "kind": "info",
                        "pair": sent if may and not by else "",
                        "unpair": sent if may and by else "",
                    },
                )

    def offer(self, margin: Margin, versions: Mapping[str, TextVersion]) -> None:
        """Beside a provision that a language seems to lack: that it stands there together with its neighbour."""
        if self.lead not in versions or all(v.by_eid().keys() == versions[self.lead].by_eid().keys() for v in versions.values()):
            return
        laid = rows(versions, self.beads)
        for lang in versions:
            if lang == self.lead:
                continue
            for place, row in enumerate(laid):
                one, other = row.cells[self.lead], row.cells[lang]
                if (one is None) == (other is None) or row.together:
                    continue
                near = [
                    r for r in (*reversed(laid[:place]), *laid[place + 1 :]) if r.part == row.part and r.cells[self.lead] and r.cells[lang]
                ]
                if near:
                    bead = self._with(lang, near[0], row, before=laid.index(near[0]) < place)
                    sent = f"{self.lead} {lang} {','.join(bead[0])} {','.join(bead[1])}"
                    margin.add(
                        row.eid,
                        {
                            "id": f"j-{pair_key(self.lead, lang, *bead)}",
                            "title": _("Only in one of two languages"),
                            "lines": [_line(lang, *bead)],
                            "kind": "info",
                            "pair": sent,
                        },
                    )

    def _with(self, lang: str, near: Row, row: Row, *, before: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The bead of a neighbouring row with what ``row`` has in one of the two languages."""
        held = (near.cells[self.lead], near.cells[lang])
        ends = tuple((cell.eid,) for cell in held if cell)
        one, other = next((b for b in self.beads.get(lang, ()) if ends[0][0] in b[0]), (ends[0], ends[1]))
        more = tuple((cell.eid,) if cell else () for cell in (row.cells[self.lead], row.cells[lang]))
        return (one + more[0], other + more[1]) if before else (more[0] + one, more[1] + other)


def _stand(eids: Sequence[str], version: TextVersion) -> bool:
    return bool(eids) and all(eid in version.by_eid() for eid in eids)


def _touch(bead: tuple[Sequence[str], Sequence[str]], other: tuple[Sequence[str], Sequence[str]]) -> bool:
    return any(set(a) & set(b) for a, b in zip(bead, other, strict=True))


def _line(lang: str, lead: tuple[str, ...], own: tuple[str, ...]) -> str:
    """Where a language has what the lead language says."""
    there = listed(provision_label(eid) for eid in own)
    if len(lead) == 1:
        return _("%(language)s has it as %(provision)s.") % {"language": own_name(lang), "provision": there}
    here = listed(provision_label(eid) for eid in lead)
    return _("%(language)s has %(here)s as %(provision)s.") % {"language": own_name(lang), "here": here, "provision": there}


@lru_cache(maxsize=64)
def _paired(versions: tuple[TextVersion, ...]) -> dict[str, Beads]:
    return paired({version.language: version for version in versions})


def pair_key(lead: str, lang: str, lead_eids: Sequence[str], eids: Sequence[str]) -> str:
    """A stable name of a bead of provisions in two languages."""
    sides = [side[0] if len(side) == 1 else list(side) for side in (lead_eids, eids)]
    return hashlib.sha256(json.dumps([lead, lang, *sides]).encode()).hexdigest()[:16]


def confirm(thread: str, said: str, by: str) -> None:
    """Keep that an officer confirmed a bead, written as the note's form sends it; nothing happens for what is none."""
    if (bead := _read(said)) is not None:
        lead, lang, lead_eids, eids = bead
        held = {"langs": f"{lead} {lang}", "eids": [lead_eids, eids], "by": by}
        for former in Pairing.objects.filter(thread=thread, langs=held["langs"])[:1000]:
            if _touch((lead_eids, eids), former.eids):
                former.delete()
        Pairing.objects.update_or_create(thread=thread, key=pair_key(lead, lang, lead_eids, eids), defaults=held)


def undo(thread: str, said: str) -> None:
    """Take back that a bead was confirmed."""
    if (bead := _read(said)) is not None:
        Pairing.objects.filter(thread=thread, key=pair_key(*bead)).delete()


def _read(said: str) -> tuple[str, str, list[str], list[str]] | None:
    parts = said.split()
    if len(parts) != 4 or len(said) > 4000:
        return None
    lead, lang, lead_eids, eids = parts
    return lead[:20], lang[:20], lead_eids.split(","), eids.split(",")
