"""What stands in the way of adopting a text: said beside the button that is not enabled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from comity.texts.checks.finding import Finding, blocking
from comity.texts.checks.residue import open_brackets
from comity.texts.model import TextVersion


def hindrances(versions: Mapping[str, TextVersion], authentic: Sequence[str], findings: Iterable[Finding]) -> list[str]:
    """Reasons why a text cannot be adopted yet, in plain words; empty if it can.

    An authentic language is missing or is not marked authentic, a bracket is open (which cannot be waived), an error is neither mended
    nor waived.
    """
    out = []
    for language in authentic:
        version = versions.get(language)
        if version is None:
            out.append(f"There is no version in {language}, which is to be authentic.")
        elif version.status != "authentic":
            out.append(f"The version in {language} is marked {version.status}, not authentic.")
    for language, version in versions.items():
        opened = [provision.eid for provision in version.walk() if open_brackets(provision.text)]
        if opened:
            out.append(f"Brackets are open in {language}: {', '.join(opened)}.")
    errors = [item for item in blocking(findings) if item.code != "BRACKET"]
    out += [f"{item.code} at {item.eid}: {item.message}" for item in errors]
    return out
