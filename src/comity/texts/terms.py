"""The terminology register: one concept, its approved words in every language, and who approved them. In and out as CSV and TBX.

A concept's terms are `preferred`, `admitted` or `forbidden`. Both sides approve; an entry approved by one side is a proposal. TBX is ISO
30042:2019 (TBX-Core dialect, DCA style).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast

from lxml import etree

from comity.errors import Malformed
from comity.texts.imports.package import parse_xml
from comity.texts.model import TextVersion

Use = Literal["preferred", "admitted", "forbidden"]
USES: Final[tuple[Use, ...]] = ("preferred", "admitted", "forbidden")
_TBX: Final = "urn:iso:std:iso:30042:ed-2"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS: Final[Mapping[Use, str]] = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}


SENTENCES: Final = {
    "columns": "The columns concept, language and term are needed.",
    "columns remedy": "Use the columns {fields}.",
    "row": "Row {number}: a term without concept, language, word or known use.",
    "row remedy": "The use is one of {uses}.",
    "csv": "This is no CSV file.",
    "csv remedy": "Save the table as CSV again, in UTF-8.",
    "tbx": "There are no terms in it.",
    "tbx remedy": "Give a TBX file with conceptEntry elements.",
}
"""What may be wrong with a file of terms."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of one language for a concept."""

    language: str
    text: str
    use: Use = "preferred"


@dataclass(frozen=True, slots=True)
class Concept:
    """What the terms stand for. `approved` names the parties that approved it; `source` the provision that defines it; dates are ISO,
    empty for open."""

    id: str
    terms: tuple[Term, ...]
    definition: str = ""
    source: str = ""
    approved: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""

    def of(self, language: str, *uses: Use) -> list[str]:
        """The terms of one language (any script or region of it) with these uses, or approved ones if none is named."""
        base = language.split("-")[0]
        wanted = uses or ("preferred", "admitted")
        own = [term for term in self.terms if term.language.split("-")[0] == base and term.use in wanted]
        exact = [term.text for term in own if term.language == language]
        return exact or [term.text for term in own]


@dataclass(frozen=True, slots=True)
class Register:
    """All concepts of a mechanism."""

    concepts: tuple[Concept, ...] = ()

    def valid(self, day: str) -> Register:
        """The concepts that hold on an ISO date."""
        return Register(
            tuple(c for c in self.concepts if (not c.valid_from or c.valid_from <= day) and (not c.valid_to or day <= c.valid_to))
        )


_FIELDS: Final = ("concept", "language", "term", "use", "definition", "source", "approved", "valid_from", "valid_to")


def to_csv(register: Register) -> str:
    """One row per term, UTF-8, header first; what belongs to the concept is repeated."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_FIELDS)
    for concept in register.concepts:
        for term in concept.terms:
            row = (
                concept.id,
                term.language,
                term.text,
                term.use,
                concept.definition,
                concept.source,
                " ".join(concept.approved),
                concept.valid_from,
                concept.valid_to,
            )
            # A cell that begins like a formula would be run by a spreadsheet.
            writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell for cell in row])
    return out.getvalue()


def _rows(reader: csv.DictReader[str]) -> Iterator[dict[str | Any, str | Any]]:
    try:
        yield from reader
    except csv.Error as error:
        raise Malformed(SENTENCES["csv"], place="CSV", remedy=SENTENCES["csv remedy"]) from error


def from_csv(text: str) -> Register:
    """Read what `to_csv` writes; columns may stand in any order. Raises Malformed naming the row."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if not {"concept", "language", "term"} <= set(reader.fieldnames or ()):
        raise Malformed(
            SENTENCES["columns"],
            place="CSV, first row",
            remedy=SENTENCES["columns remedy"],
            fields=", ".join(_FIELDS),
        )
    found: dict[str, tuple[dict[str, str], list[Term]]] = {}
    for number, raw in enumerate(_rows(reader), 2):
        row = {key: (value or "").removeprefix("'") for key, value in raw.items() if key and not isinstance(value, list)}
        use = row.get("use") or "preferred"
        if use not in USES or not row["concept"] or not row["term"] or not row["language"]:
            raise Malformed(
                SENTENCES["row"],
                place=f"CSV, row {number}",
                remedy=SENTENCES["row remedy"],
                number=number,
                uses=", ".join(USES),
            )
        found.setdefault(row["concept"], (row, []))[1].append(Term(row["language"], row["term"], cast(Use, use)))
    return Register(
        tuple(
            Concept(
                key,
                tuple(terms),
                row.get("definition", ""),
                row.get("source", ""),
                tuple(row.get("approved", "").split()),
                row.get("valid_from", ""),
                row.get("valid_to", ""),
            )
            for key, (row, terms) in found.items()
        )
    )


def _tbx(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_TBX}}}{tag}", attributes)
    element.text = text
    return element


def to_tbx(register: Register, title: str = "Terminology register") -> bytes:
    """The register as TBX-Core (ISO 30042:2019)."""
    root: etree._Element = etree.Element(f"{{{_TBX}}}tbx", {"type": "TBX-Core", "style": "dca"}, nsmap=cast("dict[str, str]", {None: _TBX}))
    root.set(_XML_LANG, "en")
    head = _tbx(_tbx(root, "tbxHeader"), "fileDesc")
    _tbx(_tbx(head, "titleStmt"), "title", title)
    _tbx(_tbx(head, "sourceDesc"), "p", title)
    body = _tbx(_tbx(root, "text"), "body")
    for concept in register.concepts:
        entry = _tbx(body, "conceptEntry", id=concept.id)
        if concept.definition:
            _tbx(entry, "descrip", concept.definition, type="definition")
        for name, value in (
            ("source", concept.source),
            ("approved", " ".join(concept.approved)),
            ("validFrom", concept.valid_from),
            ("validTo", concept.valid_to),
        ):
            if value:
                _tbx(entry, "note", f"{name}: {value}")
        for language in dict.fromkeys(term.language for term in concept.terms):
            section = _tbx(entry, "langSec")
            section.set(_XML_LANG, language)
            for term in concept.terms:
                if term.language == language:
                    own = _tbx(section, "termSec")
                    _tbx(own, "term", term.text)
                    _tbx(own, "termNote", _STATUS[term.use], type="administrativeStatus")
    out: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return out


def from_tbx(data: bytes) -> Register:
    """Read TBX-Core, and the older `martif` form with `termEntry`, `langSet` and `tig`. Raises Malformed."""
    root = parse_xml(data, "TBX file")
    uses: dict[str, Use] = {status: use for use, status in _STATUS.items()} | {"supersededTerm-admn-sts": "forbidden"}
    concepts: list[Concept] = []
    for entry in (node for node in root.iter() if _local(node) in {"conceptEntry", "termEntry"}):
        terms = []
        for section in (node for node in entry if _local(node) in {"langSec", "langSet"}):
            language = str(section.get(_XML_LANG, "")).strip()
            for own in (node for node in section if _local(node) in {"termSec", "tig", "ntig"}):
                words = next((node for node in own.iter() if _local(node) == "term"), None)
                status = next((node.text for node in own.iter() if node.get("type") == "administrativeStatus"), "") or ""
                if words is not None and language and (text := " ".join("".join(map(str, words.itertext())).split())):
                    terms.append(Term(language, text, uses.get(status, "preferred")))
        notes = dict((node.text or "").split(": ", 1) for node in entry if _local(node) == "note" and ": " in (node.text or ""))
        definition = next((node.text or "" for node in entry.iter() if node.get("type") == "definition"), "")
        identity = str(entry.get("id") or f"c{len(concepts) + 1}")
        if terms:
            approved = tuple(notes.get("approved", "").split())
            concepts.append(
                Concept(
                    identity,
                    tuple(terms),
                    definition,
                    notes.get("source", ""),
                    approved,
                    notes.get("validFrom", ""),
                    notes.get("validTo", ""),
                )
            )
    if not concepts:
        raise Malformed(SENTENCES["tbx"], place="TBX file", remedy=SENTENCES["tbx remedy"])
    return Register(tuple(concepts))


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


_DEFINED: Final[dict[str, re.Pattern[str]]] = {
    "en": re.compile(
        r"hereinafter(?: referred to as)?:?\s+(?:the\s+)?[\"“](?P<t>[^\"”]{2,60})[\"”]"
        r"|[\"“](?P<u>[^\"”]{2,60})[\"”]\s+means"
    ),
    "ru": re.compile(
        r"(?:далее|в дальнейшем)\s*(?:именуем\w+|—|–|-|:)*\s*(?:в дальнейшем\s*)?[«\"](?P<t>[^»\"]{2,60})[»\"]"
        r"|[«\"](?P<u>[^»\"]{2,60})[»\"]\s+(?:означает|—)"
    ),
    "zh": re.compile(
        r"(?:以下简称|以下稱|下称|简称)[“「](?P<t>[^”」]{1,20})[”」]"
        r"|[“「](?P<u>[^”」]{1,20})[”」](?:是指|系指|指|者)|[称稱][“「](?P<v>[^”」]{1,20})[”」]者"
    ),
    "fr": re.compile(
        r"(?:ci-après(?: dénommée?s?)?)\s+«\s?(?P<t>[^»]{2,60}?)\s?»"
        r"|«\s?(?P<u>[^»]{2,60}?)\s?»\s+(?:désigne|s’entend)"
    ),
    "es": re.compile(
        r"(?:en adelante(?: denominad[oa]s?)?)\s*,?\s*[“«\"](?P<t>[^”»\"]{2,60})[”»\"]"
        r"|[“«\"](?P<u>[^”»\"]{2,60})[”»\"]\s+(?:significa|se entiende)"
    ),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept proposed from texts: where it is defined, and its words per language."""

    eid: str
    terms: Mapping[str, str] = field(default_factory=dict)


def candidates(versions: Mapping[str, TextVersion]) -> list[Candidate]:
    """Terms that the texts themselves define ("hereinafter the “Committee”", "以下简称“委员会”"), paired by provision and order."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for language, version in versions.items():
        pattern = _DEFINED.get(language.split("-")[0])
        if pattern is None:
            continue
        for provision in version.walk():
            for place, match in enumerate(pattern.finditer(provision.text)):
                text = next(group for group in match.groups() if group)
                found.setdefault((provision.eid, place), {})[language] = text
    return [Candidate(eid, terms) for (eid, _), terms in found.items()]


def frequent(texts: Iterable[str], *, size: tuple[int, int] = (2, 6), least: int = 3) -> Sequence[tuple[str, int]]:
    """Chinese character sequences that recur at least `least` times and are not part of a longer one that recurs as often; most frequent
    first."""
    counts: Counter[str] = Counter()
    for text in texts:
        for run in re.findall(r"[\u4e00-\u9fff]+", text):
            for length in range(size[0], size[1] + 1):
                counts.update(run[start : start + length] for start in range(len(run) - length + 1))
    kept = {sequence: count for sequence, count in counts.items() if count >= least}
    longer = {other[1:]: count for other, count in kept.items()} | {other[:-1]: count for other, count in kept.items()}
    return sorted(((s, c) for s, c in kept.items() if longer.get(s, 0) < c), key=lambda item: (-item[1] * len(item[0]), item[0]))
