"""An act's body in words: every field that is signed, with its word where there is one and the signed value beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from comity.desk.commitments.words import finding_label, nature_label, progress_label
from comity.desk.forums import words as forums
from comity.desk.mechanisms import words as mechanisms
from comity.desk.mechanisms.shown import office_label
from comity.desk.meetings import words as meetings
from comity.desk.show import act_url
from comity.desk.texts import words as texts
from comity.terms.act import Act
from comity.terms.ids import is_digest

# Whose words are looked at first, by the domain of the act's type; the others follow, for fields that several domains share.
_ROOMS = {"forums": forums, "mechanisms": mechanisms, "commitments": mechanisms, "meetings": meetings, "texts": texts}
_LABELLED: Mapping[str, Callable[[str], Any]] = {
    "mode": meetings.mode_label,
    "nature": nature_label,
    "progress": progress_label,
    "finding": finding_label,
    "eid": texts.provision_label,
    "office": office_label,
}
_ACTS = frozenset(
    ("act", "answers", "commitment", "meeting", "minutes", "previous", "reports", "serves", "supersedes", "text", "texts", "version")
)


class Body:
    """The fields of one act's body; ``names`` are the parties' by id."""

    def __init__(self, act: Act, names: Mapping[str, str]) -> None:
        domain = act.type.partition("/")[0]
        self._body, self._names = act.body, names
        self._rooms = sorted(_ROOMS.values(), key=lambda room: room is not _ROOMS.get(domain))

    def facts(self) -> Iterator[dict[str, Any]]:
        """Labels and lines, for a list of facts. Of what stands in files, the words are shown as texts; here only the rest."""
        for key, value in self._body.items():
            if key != "versions" and (lines := list(self._lines(key, value))):
                yield {"label": self._label(key), "lines": lines}
        for version in self._body.get("versions", ()):
            yield {"label": _("Language version"), "value": f"{version['lang']} · {status_label(version['status'])}"}

    def _lines(self, key: str, value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, Mapping):
            if "text" in value and "lang" in value:
                yield self._words(value)
            elif set(value) == {"lang", "file"}:
                yield {"text": f"{value['lang']} · {value['file']}"}
            else:
                for inner_key, inner in value.items():
                    for line in self._lines(inner_key, inner):
                        yield line if "lang" in line else {**line, "text": f"{self._label(inner_key)}: {line.get('text', '')}"}
        elif isinstance(value, list | tuple):
            for number, item in enumerate(value, 1):
                lines = list(self._lines(key, item))
                if isinstance(item, Mapping) and len(lines) > 1 and not any("lang" in line for line in lines):
                    yield from _one_line(number, lines)
                else:
                    yield from lines
        else:
            yield self._value(key, value)

    def _words(self, value: Mapping[str, Any]) -> dict[str, Any]:
        side, use = str(value.get("side", "")), str(value.get("use", ""))
        note = self._names.get(side, side) or (str(self._word("use", use) or use))
        return {"text": str(value["text"]), "lang": str(value["lang"]), "note": note}

    def _value(self, key: str, value: Any) -> dict[str, Any]:
        """One signed value: its word or name, and the value itself if that differs."""
        text = _("yes") if value is True else str(value)
        if word := self._word(key, text):
            return {"text": word, "code": text}
        if text in self._names:
            return {"text": self._names[text], "code": text}
        if key in _ACTS and is_digest(text):
            return {"code": text, "url": act_url(text)}
        return {"code": text} if len(text) >= 32 else {"text": text}

    def _word(self, key: str, text: str) -> str | None:
        own = self._rooms[0].signed_value(key, text)
        if own is None and key in _LABELLED and not is_digest(text):
            own = str(_LABELLED[key](text))
        return own or next((word for room in self._rooms[1:] if (word := room.signed_value(key, text))), None)

    def _label(self, key: str) -> str:
        own = self._rooms[0].signed_field(key)
        return own or _common(key) or next((word for room in self._rooms[1:] if (word := room.signed_field(key))), key)


def _one_line(number: int, lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What one of several says, on a line of its own; ids follow on theirs."""
    short = [line for line in lines if "url" not in line and len(str(line.get("code", ""))) < 32]
    yield {"text": f"{number}. " + "; ".join(str(line.get("text") or line.get("code")) for line in short)}
    yield from (line for line in lines if line not in short)


def status_label(status: str) -> str:
    """The status of a language version, in words."""
    return {
        "authentic": _("authentic"),
        "official_translation": _("official translation"),
        "unofficial": _("unofficial translation"),
        "machine": _("machine translation"),
    }.get(status, status)


def _common(key: str) -> str | None:
    """What a field is called that means the same in several domains."""
    return {
        "names": _("Names"),
        "notes": _("Words of its own"),
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
    }.get(key)
