"""What a signing page shows, read from the very bytes that are signed: texts, facts, fingerprint. The same for a draft and for an act."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.record.signed import Body
from comity.desk.show import languages_by_page, type_label
from comity.errors import ComityError
from comity.node.files import FileStore
from comity.record.canonical import parse_canonical
from comity.terms.act import Act
from comity.texts.akn import from_akn

SHOWN_TEXT = 200_000  # characters of a plain file


@dataclass(slots=True)
class Sheet:
    """The parts of a signing page that come from the bytes."""

    act: Act
    texts: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    raw: str = ""
    unreadable: list[str] = field(default_factory=list)

    @property
    def languages(self) -> list[str]:
        """Languages that have to be read before signing."""
        return [t["lang"] for t in self.texts]

    @property
    def all_authentic(self) -> bool:
        return bool(self.act.body.get("versions")) and all(v["status"] == "authentic" for v in self.act.body["versions"])


def sheet_of(act: Act, payload: bytes, files: FileStore, names: Mapping[str, str]) -> Sheet:
    """Render an act's bytes; ``names`` are the parties' by id. A file that is missing or is not what it should be is named, never
    skipped.
    """
    sheet = Sheet(act, raw=json.dumps(parse_canonical(payload, place="act"), ensure_ascii=False, indent=2))
    for name, sha in act.files.items():
        sheet.files.append({"label": name, "value": {"code": sha, "url": reverse("record:file", args=[sha])}})
    worded = _worded(act.body)
    for lang in languages_by_page(worded):
        whole: dict[str, Any] = {"lang": lang, "paragraphs": []}
        for name in worded[lang]:
            try:
                text = _text(name, lang, files.read(act.files[name]))
            except (ComityError, KeyError) as error:
                sheet.unreadable.append(f"{name}: {error}")
                continue
            whole.setdefault("head", text.get("head", ""))
            whole["paragraphs"] += text["paragraphs"]
        if whole["paragraphs"] or whole.get("head"):
            sheet.texts.append(whole)
    sheet.facts = [{"label": _("Says"), "lines": [{"text": type_label(act.type)}, {"code": act.type}]}, *Body(act, names).facts()]
    return sheet


def _worded(body: Any) -> dict[str, list[str]]:
    """The files of words that a body names, wherever it does, by language and in their order: language versions, notes, reasons, quotes."""
    found: dict[str, list[str]] = {}
    if isinstance(body, Mapping):
        if isinstance(body.get("lang"), str) and isinstance(body.get("file"), str):
            found.setdefault(body["lang"], []).append(body["file"])
        body = sorted(body.items(), key=lambda item: item[0] != "versions")
        body = [value for _key, value in body]
    if isinstance(body, list | tuple):
        for inner in body:
            for lang, names in _worded(inner).items():
                kept = found.setdefault(lang, [])
                kept += [name for name in names if name not in kept]
    return found


def _text(name: str, lang: str, data: bytes) -> dict[str, Any]:
    if not name.endswith(".xml"):
        paragraphs = data.decode("utf-8", "replace")[:SHOWN_TEXT].splitlines()
        return {"lang": lang, "paragraphs": paragraphs}
    version = from_akn(data)
    paragraphs = []
    for provision in version.walk():
        words = " ".join(part for part in (provision.num, provision.heading, provision.text) if part)
        if words:
            paragraphs.append(words)
    return {"lang": lang, "head": version.title, "paragraphs": paragraphs}
