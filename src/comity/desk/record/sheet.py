"""What a signing page shows, read from the very bytes that are signed: texts, facts, fingerprint. The same for a draft and for an act."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.commitments.words import finding_label, nature_label, progress_label
from comity.desk.forums.words import signed_field, signed_value
from comity.desk.mechanisms import words as work
from comity.desk.mechanisms.shown import office_label
from comity.desk.meetings import words as meetings
from comity.desk.show import act_url, languages_by_page, type_label
from comity.desk.texts.words import kind_label, provision_label
from comity.errors import ComityError
from comity.node.files import FileStore
from comity.record.canonical import parse_canonical
from comity.terms.act import Act
from comity.terms.ids import is_digest
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
    languages = {v["file"]: v["lang"] for v in act.body.get("versions", ())}
    languages |= {n["file"]: n["lang"] for n in (*act.body.get("notes", ()), *act.body.get("wording", ()))}
    for name, sha in act.files.items():
        sheet.files.append({"label": name, "value": {"code": sha, "url": reverse("record:file", args=[sha])}})
    for name in sorted(languages, key=lambda n: languages_by_page(languages.values()).index(languages[n])):
        try:
            data = files.read(act.files[name])
            sheet.texts.append(_text(name, languages[name], data))
        except (ComityError, KeyError) as error:
            sheet.unreadable.append(f"{name}: {error}")
    for lang, quoted in work.quoted_files(act).items() if act.type.startswith("mechanisms/") else ():
        try:
            words = [files.read(act.files[name]).decode("utf-8", "replace")[:SHOWN_TEXT] for name in quoted]
            sheet.texts.append({"lang": lang, "paragraphs": [line for text in words for line in text.splitlines()]})
        except (ComityError, KeyError) as error:
            sheet.unreadable.append(f"{lang}: {error}")
    sheet.facts = [{"label": _("Says"), "lines": [{"text": type_label(act.type)}, {"code": act.type}]}, *_facts(act, names)]
    return sheet


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


def _facts(act: Act, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Every field of the body, in words where there are words, with the signed value beside them, so that nothing signed is unshown."""
    for key, value in act.body.items():
        if key not in ("versions", "notes", "wording"):
            lines = list(_lines(key, value, names))
            if lines:
                yield {"label": _label(key), "lines": lines}
    for version in act.body.get("versions", ()):
        yield {"label": _("Language version"), "value": f"{version['lang']} · {status_label(version['status'])}"}


def _lines(key: str, value: Any, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    if isinstance(value, Mapping):
        if "text" in value and "lang" in value:
            side = str(value.get("side", ""))
            yield {"text": str(value["text"]), "lang": str(value["lang"]), "note": names.get(side, side)}
            return
        for inner_key, inner in value.items():
            for line in _lines(inner_key, inner, names):
                yield line if "lang" in line else {"text": f"{_label(inner_key)}: {line.get('text', '')}", "code": line.get("code", "")}
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _lines(key, item, names)
    else:
        yield _value(key, value, names)


def _value(key: str, value: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """One signed value: its word or name, and the value itself if that differs."""
    text = _("yes") if value is True else str(value)
    if word := signed_value(key, text) or work.signed_value(key, text) or meetings.signed_value(key, text):
        return {"text": word, "code": text}
    if key in _LABELLED:
        return {"text": str(_LABELLED[key](text)), "code": text}
    if text in names:
        return {"text": names[text], "code": text}
    if key in (
        "act",
        "answers",
        "commitment",
        "meeting",
        "minutes",
        "previous",
        "reports",
        "serves",
        "supersedes",
        "text",
        "texts",
        "version",
    ) and is_digest(text):
        return {"code": text, "url": act_url(text)}
    return {"code": text} if len(text) >= 32 else {"text": text}


_LABELLED: Mapping[str, Callable[[str], Any]] = {
    "mode": meetings.mode_label,
    "kind": kind_label,
    "nature": nature_label,
    "progress": progress_label,
    "finding": finding_label,
    "eid": provision_label,
    "office": office_label,
}


def status_label(status: str) -> str:
    """The status of a language version, in words."""
    return {
        "authentic": _("authentic"),
        "official_translation": _("official translation"),
        "unofficial": _("unofficial translation"),
        "machine": _("machine translation"),
    }.get(status, status)


def _label(key: str) -> str:
    labels = {
        "names": _("Names"),
        "parties": _("Parties"),
        "series": _("Series"),
        "founded": _("Founded"),
        "ordinal": _("Number"),
        "previous": _("Meeting before it"),
        "mode": _("Form"),
        "first_day": _("First day"),
        "last_day": _("Last day"),
        "opens": _("Opens"),
        "places": _("Places"),
        "host": _("Host"),
        "supersedes": _("Replaces"),
        "kind": _("Kind"),
        "meeting": _("Meeting"),
        "answers": _("Answers"),
        "text": _("Text"),
        "corrections": _("Corrected places"),
        "version": _("Version quoted"),
        "marks": _("Words marked"),
        "nature": _("Nature"),
        "by": _("Bound"),
        "due": _("Due"),
        "areas": _("Areas"),
        "commitment": _("Commitment"),
        "progress": _("Progress"),
        "when": _("When"),
        "evidence": _("Evidence"),
        "finding": _("Finding"),
        "reports": _("Reports considered"),
        "person": _("Person"),
        "office": _("Office"),
        "titles": _("Titles"),
        "from": _("From"),
        "until": _("Until"),
        "keyid": _("Key"),
        "act": _("Act"),
        "party": _("Party"),
        "id": _("Short name"),
        "origin": _("Log"),
        "root": _("Key root"),
        "chambers": _("Chambers"),
        "lang": _("Language"),
        "eid": _("Provision"),
        "zone": _("Time zone"),
        "at": _("Local time"),
        "file": _("File"),
        "address": _("Address"),
    }
    return labels.get(key) or signed_field(key) or work.signed_field(key) or meetings.signed_field(key) or key
