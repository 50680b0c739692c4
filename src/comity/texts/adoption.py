"""What stands in the way of adopting a text: said beside the button that is not enabled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.errors import Unsayable
from comity.texts.checks.finding import Finding, blocking
from comity.texts.checks.residue import open_brackets
from comity.texts.model import TextVersion


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One reason: in words, with the provision it is about ("" for the text as a whole) and, if a check says it, the finding."""

    eid: str
    reason: Unsayable
    finding: Finding | None = None

    def __str__(self) -> str:
        return f"{self.finding.code} at {self.eid}: {self.reason.message}" if self.finding else self.reason.message


def hindrances(versions: Mapping[str, TextVersion], authentic: Sequence[str], findings: Iterable[Finding]) -> list[Hindrance]:
    """Reasons why a text cannot be adopted yet; empty if it can.

    An authentic language is missing or is not marked authentic, a bracket is open (which cannot be waived), an error is neither mended
    nor waived.
    """
    out = []
    for language in authentic:
        version = versions.get(language)
        if version is None:
            said = Unsayable("There is no version in {language}, which is to be authentic.", place="body.versions", language=language)
            out.append(Hindrance("", said))
        elif version.status != "authentic":
            said = Unsayable("The version in {language} is not authentic.", place="body.versions", language=language)
            out.append(Hindrance("", said))
    opened: dict[str, list[str]] = {}
    for language, version in versions.items():
        for provision in version.walk():
            if open_brackets(provision.text):
                opened.setdefault(provision.eid, []).append(language)
    for eid, languages in opened.items():
        said = Unsayable("Brackets are open in {languages}.", place=f"text, {eid}", languages=", ".join(languages))
        out.append(Hindrance(eid, said))
    for item in blocking(findings):
        if item.code != "BRACKET":
            out.append(Hindrance(item.eid, Unsayable(item.template, place=f"text, {item.eid}", **item.details), item))
    return out
