"""The signed form of a text: one Akoma Ntoso 3 file per language, in one canonical serialisation.

Only a small subset is written and read, so that a signing page can show all of it: a `statement` (as AKN4UN does for resolutions) with
identification, title, recitals, numbered or unnumbered provisions of plain text, and the closing formula with signatures. No inline
markup but brackets by side, no attributes beyond ids and language, no DTD, no entities, no comments. `from_akn` accepts exactly the bytes
that `to_akn` writes, nothing looser: what two sides signed is then the same text, not merely a similar one. Files from elsewhere come in
through `texts.imports`.

A bracket by side (`texts.brackets`) is the standard's generic `inline` with the name `bracket`, whose `eId` ends in `__inline_N` with its
number; its alternatives are `inline` with the name `alternative`, whose `refersTo` names the sides, each a `TLCOrganization` of the
`references`. Any reader of Akoma Ntoso shows all alternatives; none takes one for agreed.

Bytes: Canonical XML 1.0 (UTF-8, no declaration), one element of structure per line.
Sources: OASIS Akoma Ntoso 1.0 part 2 (schema) and Naming Convention 1.0; `wId` is not used, since no renumbering is recorded in a first
version.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from comity.errors import Malformed, Unsafe
from comity.texts import brackets, model, sound
from comity.texts.model import KINDS, Provision, Status, TextMeta, TextVersion
from comity.texts.naming import expression_uri, file_name, work_uri

AKN: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
COMITY: Final = "urn:comity:text:1"
_NAMESPACES: Final[dict[str | None, str]] = {None: AKN}
_EXTRA: Final = f"{{{COMITY}}}text"


@dataclass(frozen=True, slots=True)
class AknDocument:
    """What one file says: which text it is, and its words in one language."""

    meta: TextMeta
    version: TextVersion


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{AKN}}}{tag}", attributes)
    element.tail = "\n"
    return element


def _inline(parent: etree._Element, tag: str, text: str, **attributes: str) -> None:
    _sub(parent, tag, **attributes).text = text


def _open(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    element = _sub(parent, tag, **attributes)
    element.text = "\n"
    return element


def _words(parent: etree._Element, tag: str, text: str, eid: str, **attributes: str) -> None:
    """An element of words, in which brackets by side are inline elements."""
    element = _sub(parent, tag, **attributes)
    if not brackets.has_brackets(text):
        element.text = text
        return
    last: etree._Element | None = None
    for part in brackets.parts(text, eid):
        if isinstance(part, str):
            if last is None:
                element.text = part
            else:
                last.tail = part
            continue
        last = etree.SubElement(element, f"{{{AKN}}}inline", {"name": "bracket", "eId": f"{eid}__inline_{part.number}"})
        for one in part.alternatives:
            sides = " ".join(f"#{side}" for side in one.sides)
            etree.SubElement(last, f"{{{AKN}}}inline", {"name": "alternative", "refersTo": sides}).text = one.text


def _write_sides(head: etree._Element, version: TextVersion) -> None:
    """The sides that want something in a bracket, in alphabetical order: what `refersTo` leads to."""
    sides = sorted({side for point in brackets.open_points([version]) for own in point.sides for side in own})
    if sides:
        references = _open(head, "references", source="#comity")
        for side in sides:
            _sub(references, "TLCOrganization", eId=side, href=f"/akn/ontology/organization/xx/{side}", showAs=side)


def _write_meta(document: etree._Element, version: TextVersion, meta: TextMeta) -> None:
    head = _open(document, "meta")
    identification = _open(head, "identification", source="#comity")
    expression = expression_uri(meta, version.language)
    for level, uri, this in (
        ("FRBRWork", work_uri(meta), f"{work_uri(meta)}/!main"),
        ("FRBRExpression", expression, f"{expression}/!main"),
        ("FRBRManifestation", f"{expression}.akn.xml", f"{expression}/!main.akn.xml"),
    ):
        node = _open(identification, level)
        _sub(node, "FRBRthis", value=this)
        _sub(node, "FRBRuri", value=uri)
        _sub(node, "FRBRdate", date=meta.date, name="document")
        _sub(node, "FRBRauthor", href=f"#{meta.author}")
        if level == "FRBRWork":
            _sub(node, "FRBRcountry", value=meta.country)
        if level == "FRBRExpression":
            _sub(node, "FRBRversionNumber", value=meta.version)
            _sub(node, "FRBRauthoritative", value="true" if version.status == "authentic" else "false")
            _sub(node, "FRBRlanguage", language=version.language)
    _write_sides(head, version)
    own = _open(head, "proprietary", source="#comity")
    extra = etree.SubElement(own, _EXTRA, {"languages": " ".join(meta.languages), "status": version.status}, nsmap={"c": COMITY})
    extra.tail = "\n"


def _write_provision(parent: etree._Element, provision: Provision) -> None:
    tag = KINDS[provision.kind]
    element = _open(parent, tag, eId=provision.eid, **({"name": provision.kind} if tag == "hcontainer" else {}))
    if provision.num:
        _inline(element, "num", provision.num)
    if provision.heading:
        _inline(element, "heading", provision.heading)
    if provision.text:
        wrapper = "intro" if provision.children else "content"
        _words(_open(element, wrapper, eId=f"{provision.eid}__{wrapper}"), "p", provision.text, provision.eid)
    for child in provision.children:
        _write_provision(element, child)


def to_akn(version: TextVersion, meta: TextMeta) -> bytes:
    """The canonical bytes of one language version: what is hashed, signed and shown.

    Raises Malformed or Unsafe, with the provision as place, for a version that may not be signed (see `texts.sound`).
    """
    sound.check_version(version)
    sound.check_meta(meta)
    root: etree._Element = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap=_NAMESPACES)  # type: ignore[arg-type]  # the stubs know no None
    root.text = "\n"
    document = _open(root, "statement", name="statement")
    _write_meta(document, version, meta)
    if version.title or version.subtitle:
        preface = _open(document, "preface")
        if version.title:
            paragraph = _sub(preface, "p")
            etree.SubElement(paragraph, f"{{{AKN}}}docTitle").text = version.title
        if version.subtitle:
            _inline(preface, "p", version.subtitle)
    if version.preamble:
        recitals = _open(_open(document, "preamble"), "recitals", eId="recs")
        for recital in version.preamble:
            element = _open(recitals, "recital", eId=recital.eid)
            for tag, text in (("num", recital.num), ("heading", recital.heading)):
                if text:
                    _inline(element, tag, text)
            _words(element, "p", recital.text, recital.eid)
    body = _open(document, "mainBody")
    for provision in version.provisions:
        _write_provision(body, provision)
    if version.conclusions:
        conclusions = _open(document, "conclusions")
        for line in version.conclusions:
            _words(conclusions, "block", line.text, line.eid, eId=line.eid, name=line.kind)
    out: bytes = etree.tostring(root, method="c14n", exclusive=False, with_comments=False)
    return out


def from_akn(data: bytes) -> TextVersion:
    """The text of a signed file. See `read_akn`."""
    return read_akn(data).version


def read_akn(data: bytes) -> AknDocument:
    """Read a file in the signed form; `to_akn` of the result gives the same bytes.

    Raises Malformed (not XML, outside the subset, not canonical) or Unsafe (too large or too deep), naming the line or element and the
    remedy.
    """
    if len(data) > sound.MAX_BYTES:
        raise Unsafe(
            "The file has {size} bytes; at most {most} are read.",
            place="Akoma Ntoso file",
            remedy="Divide the text.",
            size=len(data),
            most=sound.MAX_BYTES,
        )
    for token, what in ((b"<!", "a DTD, comment or CDATA section"), (b"<?", "an XML declaration or processing instruction")):
        if (at := data.find(token)) >= 0:
            raise Malformed(
                "It holds {what}, which the signed form does not have.",
                place=f"line {data.count(b'\n', 0, at) + 1}",
                remedy="Import the text and write it again.",
                what=what,
            )
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_blank_text=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Malformed(
            "This is not well-formed XML: {why}.",
            place=f"line {error.lineno}",
            remedy="Ask for the file again, or import the text anew.",
            why=error.msg,
        ) from error
    document = _Reader().document(root)
    canonical = to_akn(document.version, document.meta)
    if canonical != data:
        pairs = zip(canonical.split(b"\n"), data.split(b"\n"), strict=False)
        line = next((number for number, (ours, theirs) in enumerate(pairs, 1) if ours != theirs), canonical.count(b"\n") + 1)
        raise Malformed(
            "The file is not in the canonical serialisation.",
            place=f"line {line}",
            remedy="Import the text and write it again; what is signed must be these exact bytes.",
        )
    return document


class _Reader:
    """Walks the tree; whatever it does not expect is refused where it stands."""

    def document(self, root: etree._Element) -> AknDocument:
        self._expect(root, "akomaNtoso")
        found = self._children(root, "statement")
        if len(found) != 1:
            raise self._refusal(root, "it holds one statement, and nothing else")
        statement = found[0]
        parts = self._children(statement, "meta", "preface", "preamble", "mainBody", "conclusions")
        named = {self._name(part): part for part in parts}
        if len(named) != len(parts) or "meta" not in named or "mainBody" not in named:
            raise self._refusal(statement, "a part is missing or stands twice")
        meta, language, status = self._meta(named["meta"])
        title, subtitle = self._preface(named.get("preface"))
        version = TextVersion(
            language=language,
            title=title,
            subtitle=subtitle,
            status=status,
            preamble=self._preamble(named.get("preamble")),
            provisions=tuple(self._provision(child, 1) for child in self._children(named["mainBody"], *set(KINDS.values()))),
            conclusions=self._conclusions(named.get("conclusions")),
        )
        return AknDocument(meta, version)

    def _meta(self, head: etree._Element) -> tuple[TextMeta, str, Status]:
        identification, *_sides, own = self._children(head, "identification", "references", "proprietary")
        if len(_sides) > 1 or self._name(own) != "proprietary":
            raise self._refusal(head, "it holds the identification, the sides of its brackets, and the languages")
        levels = self._children(identification, "FRBRWork", "FRBRExpression", "FRBRManifestation", count=3)
        values = {}
        for level in levels[:2]:
            for item in self._children(level):
                values[f"{self._name(level)}/{self._name(item)}"] = {str(key): str(value) for key, value in item.attrib.items()}
        extra = own.find(_EXTRA)
        if extra is None:
            raise self._refusal(own, "the languages and the status are missing")
        try:
            uri = values["FRBRWork/FRBRuri"]["value"]
            meta = TextMeta(
                date=values["FRBRWork/FRBRdate"]["date"],
                slug=uri.rsplit("/", 1)[-1],
                author=values["FRBRWork/FRBRauthor"]["href"].removeprefix("#"),
                languages=tuple(str(extra.get("languages", "")).split()),
                country=values["FRBRWork/FRBRcountry"]["value"],
                version=values["FRBRExpression/FRBRversionNumber"]["value"],
            )
            language = values["FRBRExpression/FRBRlanguage"]["language"]
        except KeyError as error:
            raise self._refusal(identification, f"{error.args[0]} is missing") from error
        status = next((known for known in model.STATUSES if known == extra.get("status")), None)
        if status is None:
            raise self._refusal(own, f"the status is none of {', '.join(model.STATUSES)}")
        sound.check_meta(meta)
        return meta, language, status

    def _preface(self, preface: etree._Element | None) -> tuple[str, str]:
        if preface is None:
            return "", ""
        title = subtitle = ""
        for paragraph in self._children(preface, "p"):
            inner = self._children(paragraph, "docTitle")
            if inner:
                title = self._text(inner[0])
            else:
                subtitle = self._text(paragraph)
        return title, subtitle

    def _preamble(self, preamble: etree._Element | None) -> tuple[Provision, ...]:
        if preamble is None:
            return ()
        (recitals,) = self._children(preamble, "recitals", count=1)
        found = []
        for recital in self._children(recitals, "recital"):
            parts = {
                self._name(part): (self._said if self._name(part) == "p" else self._text)(part)
                for part in self._children(recital, "num", "heading", "p")
            }
            found.append(Provision(self._eid(recital), parts.get("num", ""), parts.get("heading", ""), parts.get("p", "")))
        return tuple(found)

    def _conclusions(self, conclusions: etree._Element | None) -> tuple[Provision, ...]:
        if conclusions is None:
            return ()
        return tuple(Provision(self._eid(block), text=self._said(block)) for block in self._children(conclusions, "block"))

    def _provision(self, element: etree._Element, depth: int) -> Provision:
        if depth > sound.MAX_DEPTH:
            raise Unsafe("More than {most} levels.", place=self._place(element), remedy="Divide the text.", most=sound.MAX_DEPTH)
        eid = self._eid(element)
        if KINDS.get(model.last_segment(eid)[0]) != self._name(element):
            raise self._refusal(element, f"the eId {eid} is not that of a {self._name(element)}")
        num = heading = text = ""
        children = []
        for part in self._children(element, "num", "heading", "intro", "content", *set(KINDS.values())):
            match self._name(part):
                case "num":
                    num = self._text(part)
                case "heading":
                    heading = self._text(part)
                case "intro" | "content":
                    (paragraph,) = self._children(part, "p", count=1)
                    text = self._said(paragraph)
                case _:
                    children.append(self._provision(part, depth + 1))
        return Provision(eid, num, heading, text, tuple(children))

    def _children(self, element: etree._Element, *names: str, count: int | None = None) -> list[etree._Element]:
        """Child elements, all of them of the names given (any if none is given); `count` of them if given. Words between them are
        refused."""
        children = list(element)
        if children and any((text or "").strip() for text in (element.text, *(child.tail for child in children))):
            raise self._refusal(element, "it has words between its elements")
        for child in children:
            if names and self._name(child) not in names:
                raise self._refusal(child, f"it cannot stand in {self._name(element)}")
        if count is not None and len(children) != count:
            raise self._refusal(element, f"it has {len(children)} elements where {count} belong")
        return children

    def _text(self, element: etree._Element) -> str:
        if len(element):
            raise self._refusal(element[0], "words are plain text in the signed form")
        return element.text or ""

    def _said(self, element: etree._Element) -> str:
        """Words with brackets by side. Whether each eId and reference is the right one is settled by writing them again."""
        if not len(element):
            return element.text or ""
        found: list[brackets.Part] = [element.text] if element.text else []
        for inline in element:
            self._expect(inline, "inline")
            number = str(inline.get("eId", "")).rpartition("__inline_")[2]
            alternatives = []
            for one in self._children(inline, "inline"):
                sides = tuple(side.removeprefix("#") for side in str(one.get("refersTo", "")).split())
                alternatives.append(brackets.Alternative(sides, self._text(one)))
            if not number.isdecimal() or not alternatives:
                raise self._refusal(inline, "a bracket has a number and alternatives")
            found.append(brackets.Bracket(int(number), tuple(alternatives)))
            if inline.tail:
                found.append(inline.tail)
        return brackets.written(found)

    def _eid(self, element: etree._Element) -> str:
        eid = element.get("eId")
        if not eid:
            raise self._refusal(element, "it has no eId")
        return str(eid)

    def _expect(self, element: etree._Element, name: str) -> None:
        if self._name(element) != name:
            raise self._refusal(element, f"{name} was expected")

    @staticmethod
    def _name(element: etree._Element) -> str:
        tag = element.tag
        return tag.removeprefix(f"{{{AKN}}}") if isinstance(tag, str) else "entity"

    def _place(self, element: etree._Element) -> str:
        return f"line {element.sourceline}, {self._name(element)}"

    def _refusal(self, element: etree._Element, reason: str) -> Malformed:
        return Malformed(
            "This is outside the form that is signed: {reason}.",
            place=self._place(element),
            remedy="Import the text and write it again, or correct this element.",
            reason=reason,
        )


__all__ = ["AKN", "COMITY", "AknDocument", "expression_uri", "file_name", "from_akn", "read_akn", "to_akn", "work_uri"]
