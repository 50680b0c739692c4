"""From what is typed or uploaded to the bytes that are signed, and back. Only values in, values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from comity.errors import Unsafe, Unsayable
from comity.texts.akn import AknDocument, file_name, to_akn
from comity.texts.clean import Warned, tidy
from comity.texts.imports import structure_file
from comity.texts.model import Provision, Status, TextMeta, TextVersion
from comity.texts.render import rows
from comity.texts.sound import MAX_BYTES
from comity.texts.structure import structure

# A line that every language's reader takes for a title, so that the first lines of the words themselves are never mistaken for one.
_STANDIN: Final = {"zh": "标题", "ru": "Заголовок"}


@dataclass(frozen=True, slots=True)
class Typed:
    """One language version as typed: title and words, one paragraph per line."""

    language: str
    status: Status
    title: str
    words: str

    @property
    def empty(self) -> bool:
        return not self.title.strip() and not self.words.strip()


@lru_cache(maxsize=256)
def read_version(typed: Typed) -> tuple[TextVersion, tuple[Warned, ...]]:
    """Provisions of what was typed, read once. The title is the typed one; what looks like one above the words is a subtitle.

    Raises Malformed or Unsafe as ``texts.structure`` does.
    """
    standin = _STANDIN.get(typed.language.split("-")[0], "Title")
    found = structure(f"{standin}\n\n{typed.words}", typed.language, status=typed.status)
    version = found.version
    above = version.title.removeprefix(standin).strip() if version.title.startswith(standin) else ""
    subtitle = " ".join(part for part in (above, version.subtitle) if part)
    return replace(version, title=tidy(typed.title), subtitle=subtitle), found.warnings


def plain(version: TextVersion) -> str:
    """A version's words as they are typed: one paragraph per line, so that reading them again gives the same provisions."""
    lines = [version.subtitle] if version.subtitle else []
    for provision in version.walk():
        if provision.heading:
            lines += [" ".join(part for part in (provision.num, provision.heading) if part), *([provision.text] if provision.text else [])]
        elif provision.num and not provision.text:
            lines.append(provision.num)
        else:
            lines.append(" ".join(part for part in (provision.num, provision.text) if part))
    return "\n\n".join(lines)


def read_upload(name: str, data: bytes, language: str, status: Status) -> tuple[str, str, tuple[Warned, ...]]:
    """Title, words and warnings of an uploaded file (txt, docx, html, xml), for the editor to show before anything is kept.

    Raises Malformed or Unsafe with the file as place.
    """
    if len(data) > MAX_BYTES:
        raise Unsafe(
            "The file has {size} bytes; at most {most} are read.",
            place=name,
            remedy="Remove pictures from it, or divide the text.",
            size=len(data),
            most=MAX_BYTES,
        )
    found = structure_file(name, data, language, status=status)
    return found.version.title, plain(found.version), found.warnings


def meta_of(date: str, kind: str, number: str, parties: Sequence[str], languages: Sequence[str]) -> TextMeta:
    """What identifies the work: the same for every language, made from the kind, the meeting's number and the parties."""
    return TextMeta(
        date=date,
        slug="-".join(part for part in (f"joint-{kind}", number) if part),
        author="-".join(parties),
        languages=tuple(languages),
    )


def write_files(versions: Sequence[TextVersion], meta: TextMeta) -> dict[str, bytes]:
    """File name → canonical bytes, one file per language. Raises Malformed or Unsafe naming language and provision."""
    return {file_name(version.language): to_akn(version, meta) for version in versions}


def differences(versions: Mapping[str, TextVersion]) -> list[tuple[str, tuple[str, ...]]]:
    """Provisions that do not stand in every language: eId and the languages in which it is missing."""
    return [(row.eid, row.missing) for row in rows(versions) if row.missing]


def with_words(version: TextVersion, wording: Mapping[str, str]) -> TextVersion:
    """The version with other words in some provisions (eId → words)."""

    def over(provision: Provision) -> Provision:
        text = wording.get(provision.eid, provision.text)
        return replace(provision, text=text, children=tuple(over(child) for child in provision.children))

    return replace(
        version,
        preamble=tuple(over(p) for p in version.preamble),
        provisions=tuple(over(p) for p in version.provisions),
        conclusions=tuple(over(p) for p in version.conclusions),
    )


def retyped(typed: Typed, wording: Mapping[str, str]) -> Typed:
    """What is typed, with other words in some provisions.

    Raises Unsayable if reading it again would not give the same provisions with these words: then it is the whole text that changes.
    """
    before = read_version(typed)[0]
    wanted = {eid: tidy(words) for eid, words in wording.items()}
    changed = replace(typed, words=plain(with_words(before, wanted)))
    after = read_version(changed)[0].by_eid()
    if list(after) != list(before.by_eid()) or any(eid not in after or after[eid].text != words for eid, words in wanted.items()):
        raise Unsayable(
            "These words would be read as other provisions: they begin like a number or a heading, or are empty.",
            place=f"{typed.language} text",
            remedy="Change the whole text instead.",
        )
    return changed


def corrected(document: AknDocument, wording: Mapping[str, str]) -> bytes:
    """The file of a version with other words in some provisions (eId → words), as the next version of the text.

    Raises Malformed if what comes out may not be signed.
    """
    changed = with_words(document.version, wording)
    return to_akn(changed, replace(document.meta, version=str(int(document.meta.version) + 1)))
