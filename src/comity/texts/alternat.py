"""The alternat: each side's copy of a text names itself first and is signed by it on the left. Everything else is word for word the same.

Where parties are listed ("the National Assembly of Arvena and the Parliament of Kelmor"), their names change places as they stand, in
whatever case they are inflected; the signature block is put in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from comity.errors import Unsayable
from comity.texts.closing import is_signatory
from comity.texts.model import Provision, TextVersion
from comity.texts.tokens import find_phrase

_JOINTS: Final = frozenset(
    {
        "and",
        "и",
        "和",
        "与",
        "與",
        "及",
        "、",
        ",",
        "，",
        "et",
        "y",
        "e",
        "and the",
        "et le",
        "et la",
        "et l’",
        "y el",
        "y la",
        "and of the",
    }
)


@dataclass(frozen=True, slots=True)
class PartyNames:
    """A party's id and its names per language (full and short forms), as they stand in the text."""

    party: str
    names: Mapping[str, tuple[str, ...]]

    def of(self, language: str) -> tuple[str, ...]:
        """Its names in a language, the longest first."""
        own = self.names.get(language) or self.names.get(language.split("-")[0], ())
        return tuple(sorted(own, key=len, reverse=True))


def _mentions(text: str, language: str, parties: Sequence[PartyNames]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for party in parties:
        for name in party.of(language):
            for start, end in find_phrase(name, text, language):
                if not any(start < b and a < end for a, b, _ in found):
                    found.append((start, end, party.party))
    return sorted(found)


def _lists(text: str, language: str, parties: Sequence[PartyNames]) -> list[list[tuple[int, int, str]]]:
    """Runs of different parties that are joined by a comma or an "and"."""
    runs: list[list[tuple[int, int, str]]] = []
    for mention in _mentions(text, language, parties):
        joint = text[runs[-1][-1][1] : mention[0]].strip().lower() if runs else ""
        if runs and joint in _JOINTS and mention[2] not in {item[2] for item in runs[-1]}:
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [run for run in runs if len(run) > 1]


def ordered(parties: Sequence[PartyNames], first: str) -> list[PartyNames]:
    """The parties with `first` in front. Raises Unsayable if it is none of them."""
    own = [party for party in parties if party.party == first]
    if not own:
        names = ", ".join(party.party for party in parties)
        raise Unsayable("{party} is no party to this text.", place="alternat", remedy="Choose one of {names}.", party=first, names=names)
    return own + [party for party in parties if party.party != first]


def _reordered(text: str, language: str, parties: Sequence[PartyNames], order: Sequence[str]) -> str:
    for run in reversed(_lists(text, language, parties)):
        words = {party: text[start:end] for start, end, party in run}
        wanted = sorted(words, key=order.index)
        for (start, end, _), party in zip(reversed(run), reversed(wanted), strict=True):
            text = text[:start] + words[party] + text[end:]
    return text


def _signer(text: str, language: str, parties: Sequence[PartyNames]) -> str:
    return next((party for _, _, party in _mentions(text, language, parties)), "")


def signature_blocks(version: TextVersion, parties: Sequence[PartyNames]) -> list[list[Provision]]:
    """The signature block by who signs: a line that names a party, and the lines under it (name, office) up to the next party. Without
    names of parties, a line that says for whom begins a block."""
    blocks: list[list[Provision]] = []
    for item in version.conclusions:
        if item.kind != "sig":
            continue
        opens = _signer(item.text, version.language, parties) if parties else is_signatory(item.text)
        if opens or not blocks:
            blocks.append([item])
        else:
            blocks[-1].append(item)
    return blocks


def alternat(version: TextVersion, parties: Sequence[PartyNames], first: str) -> TextVersion:
    """The copy of the party `first`. Applying it for the party that stands first already changes nothing.

    Raises Unsayable if `first` is no party.
    """
    order = [party.party for party in ordered(parties, first)]

    def turned(provision: Provision) -> Provision:
        text, heading = (_reordered(part, version.language, parties, order) for part in (provision.text, provision.heading))
        return replace(provision, text=text, heading=heading, children=tuple(turned(child) for child in provision.children))

    def rank(block: list[Provision]) -> int:
        signer = _signer(block[0].text, version.language, parties)
        return order.index(signer) if signer else -1

    texts = [item.text for block in sorted(signature_blocks(version, parties), key=rank) for item in block]
    signatures = [item for item in version.conclusions if item.kind == "sig"]
    conclusions = [turned(item) for item in version.conclusions if item.kind != "sig"]
    conclusions += [replace(item, text=text) for item, text in zip(signatures, texts, strict=True)]
    return replace(
        version,
        title=_reordered(version.title, version.language, parties, order),
        subtitle=_reordered(version.subtitle, version.language, parties, order),
        preamble=tuple(turned(item) for item in version.preamble),
        provisions=tuple(turned(item) for item in version.provisions),
        conclusions=tuple(conclusions),
    )


def same_but_for_order(one: TextVersion, other: TextVersion, parties: Sequence[PartyNames]) -> bool:
    """Whether two copies differ in nothing but the alternat."""
    first = parties[0].party
    return alternat(one, parties, first) == alternat(other, parties, first)
