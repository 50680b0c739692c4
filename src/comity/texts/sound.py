"""What a text may contain to be signed: characters that everybody sees alike, ids that name what they stand on, sizes that a page can show.

A signature covers bytes, a signatory reads glyphs. So nothing invisible or reordering is let through: control characters, zero-width
spaces, bidirectional overrides, private-use characters, and spellings that Unicode normalisation would change. (Unicode TR 36 and TR 55.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from comity.errors import Malformed, Unsafe
from comity.texts.brackets import brackets, has_brackets, parts, written
from comity.texts.model import CONCLUSION_KINDS, KINDS, PREAMBLE_KIND, STATUSES, Provision, TextMeta, TextVersion, last_segment

MAX_BYTES: Final = 8_000_000
MAX_DEPTH: Final = 32
MAX_PROVISIONS: Final = 20_000
MAX_TEXT: Final = 100_000

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_EID: Final = re.compile(r"[a-z]+_[0-9a-z]+(-[0-9a-z]+)*(__[a-z]+_[0-9a-z]+(-[0-9a-z]+)*)*")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_JOINERS: Final = "\u200c\u200d"
"""Zero-width (non-)joiner: spelling in Persian and Indic scripts, so allowed."""


def unseen(text: str) -> list[tuple[int, str]]:
    """Offsets and names of the characters that may not stand in a text: invisible, reordering, private or unassigned ones."""
    bad = []
    for offset, char in enumerate(text):
        category = unicodedata.category(char)
        if category in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or (category == "Cf" and char not in _JOINERS):
            bad.append((offset, f"U+{ord(char):04X} {unicodedata.name(char, 'control character').lower()}"))
    return bad


def check_text(text: str, place: str) -> None:
    """Refuse a text that would not be read as it is stored.

    Raises Malformed naming the first bad character, space at an end, or a spelling that is not in Unicode form NFC.
    """
    if bad := unseen(text):
        offset, name = bad[0]
        raise Malformed(
            "Character {number} is {name}, which a reader cannot see.",
            place=place,
            remedy="Remove it; importing a text does this and says so.",
            number=offset + 1,
            name=name,
        )
    if text != text.strip():
        raise Malformed("There is space before or after the words.", place=place, remedy="Remove it.")
    if not unicodedata.is_normalized("NFC", text):
        raise Malformed("The spelling is not in Unicode form NFC.", place=place, remedy="Normalise the text to NFC before it is signed.")
    if len(text) > MAX_TEXT:
        raise Unsafe(
            "{size} characters in one provision; at most {most} are read.",
            place=place,
            remedy="Divide it into provisions.",
            size=len(text),
            most=MAX_TEXT,
        )


def check_language(tag: str, place: str) -> None:
    """Refuse what is not a BCP 47 tag of language, script and region in their usual case (`zh-Hans`, `ru`, `pt-BR`)."""
    if not _LANGUAGE.fullmatch(tag):
        raise Malformed("{tag} is not a language tag.", place=place, remedy="Write it as in zh-Hans, ru or pt-BR.", tag=tag)


def _parts(version: TextVersion) -> Iterator[tuple[Provision, str, int, frozenset[str]]]:
    """Each provision with its parent's eId, its depth and the kinds that may stand there."""
    groups = (
        (version.preamble, frozenset({PREAMBLE_KIND}), False),
        (version.provisions, frozenset(KINDS), True),
        (version.conclusions, frozenset(CONCLUSION_KINDS), False),
    )
    for tops, kinds, nested in groups:
        stack = [(top, "", 1) for top in reversed(tops)]
        while stack:
            provision, parent, depth = stack.pop()
            yield provision, parent, depth, kinds
            if provision.children and not nested:
                raise Malformed(
                    "Provisions of the preamble and the conclusions have no children.",
                    place=provision.eid,
                    remedy="Put them one after another.",
                )
            stack += [(child, provision.eid, depth + 1) for child in reversed(provision.children)]


def check_version(version: TextVersion) -> None:
    """Refuse a version that may not be signed; says nothing if it may.

    Raises Malformed or Unsafe with the provision's eId as place.
    """
    check_language(version.language, "language")
    if version.status not in STATUSES:
        raise Malformed(
            "{status} is not a status.", place="status", remedy="Use one of {allowed}.", status=version.status, allowed=", ".join(STATUSES)
        )
    if not version.provisions:
        raise Malformed("The text has no provisions.", place=f"{version.language} text", remedy="Give it at least one paragraph.")
    check_text(version.title, "title")
    check_text(version.subtitle, "subtitle")
    seen: set[str] = set()
    for provision, parent, depth, kinds in _parts(version):
        place = f"{version.language} text, {provision.eid or 'provision without eId'}"
        if not _EID.fullmatch(provision.eid):
            raise Malformed("This is not an eId.", place=place, remedy="Write it as in art_2__para_1__point_a.")
        if last_segment(provision.eid)[0] not in kinds:
            raise Malformed(
                "A provision of this kind cannot stand here.", place=place, remedy="Here stand: {kinds}.", kinds=", ".join(sorted(kinds))
            )
        if provision.eid in seen:
            raise Malformed("Two provisions have this eId.", place=place, remedy="Number them apart.")
        seen.add(provision.eid)
        if parent and "__" in provision.eid and provision.eid.rsplit("__", 1)[0] != parent:
            raise Malformed(
                "It stands under {parent}, but its eId names another parent.",
                place=place,
                remedy="Structure the text again.",
                parent=parent,
            )
        if depth > MAX_DEPTH or len(seen) > MAX_PROVISIONS:
            raise Unsafe(
                "More than {levels} levels or {provisions} provisions.",
                place=place,
                remedy="Divide the text, or check that its numbering was read rightly.",
                levels=MAX_DEPTH,
                provisions=MAX_PROVISIONS,
            )
        for text, name in ((provision.num, "number"), (provision.heading, "heading"), (provision.text, "text")):
            check_text(text, f"{place}, {name}")
        _check_brackets(provision, place)


def _check_brackets(provision: Provision, place: str) -> None:
    """Refuse brackets by side that do not stand in the words of a provision, or whose alternatives have space at their ends."""
    for text, name in ((provision.num, "number"), (provision.heading, "heading")):
        if has_brackets(text):
            raise Malformed(
                "A bracket by side stands in the words of a provision, not in its number or heading.",
                place=f"{place}, {name}",
                remedy="Move it into the words, or write square brackets without sides.",
            )
    if has_brackets(provision.text):
        if written(parts(provision.text, place)) != provision.text:
            raise Malformed("A bracket by side is not written in its usual form.", place=place, remedy="Save the provision again.")
        for bracket in brackets(provision.text, place):
            for one in bracket.alternatives:
                check_text(one.text, place)


def check_meta(meta: TextMeta) -> None:
    """Refuse metadata that cannot stand in an Akoma Ntoso URI. Raises Malformed."""
    wrong = (
        ("date", bool(_DATE.fullmatch(meta.date)), "Write the date as 2026-11-12."),
        ("slug", bool(_SLUG.fullmatch(meta.slug)), "Use lower-case Latin letters, digits and single hyphens."),
        ("country", bool(re.fullmatch(r"[a-z]{2}", meta.country)), "Use a two-letter code in lower case, xx where no state owns the text."),
        ("version", bool(re.fullmatch(r"[1-9][0-9]{0,5}", meta.version)), "Use a number from 1."),
        ("author", bool(_SLUG.fullmatch(meta.author)), "Use a short id of lower-case Latin letters, digits and single hyphens."),
        ("languages", bool(meta.languages) and len(set(meta.languages)) == len(meta.languages), "Name each authentic language once."),
    )
    for field, good, remedy in wrong:
        if not good:
            raise Malformed("{value} cannot be used.", place=f"metadata, {field}", remedy=remedy, value=repr(getattr(meta, field)))
    for tag in meta.languages:
        check_language(tag, "metadata, languages")
