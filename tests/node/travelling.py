"""Records of two invented parliaments as files, honest or not: what a person carries by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.node.stored_zip import PouchWriter
from comity.record.bag import write_bag
from comity.record.checkpoint import Checkpoint, sign_checkpoint
from comity.record.entry import Entry
from comity.record.envelope import Signature
from comity.record.layout import Reader, act_path, origin_folder
from comity.record.merkle import leaf_hash, root_of
from comity.record.tiles import decode_bundle, encode_bundle, entries_path
from comity.texts.akn import file_name, to_akn
from comity.texts.model import TextMeta
from comity.texts.structure import structure
from node.parliaments import Clock, Parliament, exchange, founded, introduce, parliament

DATE = "2026-11-20"
LANGUAGES = ("zh-Hans", "ru", "en")
_META = TextMeta(date="2027-03-02", slug="communique", author="arvena", languages=LANGUAGES)
_WORDS = {
    "en": "JOINT COMMUNIQUÉ\n\n1. The Parties shall exchange students.\n\n2. The Parties shall meet every year.\n",
    "zh-Hans": "联合公报\n\n1. 双方应交换学生。\n\n2. 双方应每年会晤。\n",
    "ru": "СОВМЕСТНОЕ КОММЮНИКЕ\n\n1. Стороны обмениваются студентами.\n\n2. Стороны встречаются ежегодно.\n",
}
TEXTS = {file_name(lang): to_akn(structure(text, lang).version, _META) for lang, text in _WORDS.items()}


def pair(folder: Path) -> tuple[Parliament, Parliament]:
    """Two parliaments that have exchanged cards and nothing else."""
    clock = Clock()
    two = parliament(folder, "arvena", clock=clock), parliament(folder, "kelmor", clock=clock)
    introduce(*two)
    return two


def convening(mechanism: str, ordinal: int = 1, previous: str | None = None) -> dict[str, Any]:
    """What convening a meeting says."""
    body: dict[str, Any] = {
        "series": f"{mechanism}#main",
        "ordinal": ordinal,
        "mode": "in_person",
        "first_day": "2027-03-01",
        "last_day": "2027-03-02",
        "places": [{"names": [{"lang": "en", "text": "Ostrel"}]}],
        "host": "arvena",
    }
    return body | ({"previous": previous} if previous else {})


def communique(meeting: str) -> dict[str, Any]:
    """What putting forward or adopting the text of :data:`TEXTS` says."""
    versions = [{"lang": lang, "status": "authentic", "file": file_name(lang)} for lang in LANGUAGES]
    return {"kind": "communique", "versions": versions, "meeting": meeting}


def worked(arvena: Parliament, kelmor: Parliament) -> str:
    """A mechanism with a meeting and an adopted text in force, all cosigned; returns its id."""
    mechanism = founded(arvena, kelmor)
    meeting = arvena.say("meetings/convene/1", mechanism, convening(mechanism))
    exchange(mechanism, arvena, kelmor)
    kelmor.countersign(mechanism, meeting)
    exchange(mechanism, arvena, kelmor)
    text = kelmor.say("texts/adopt/1", mechanism, communique(meeting), TEXTS)
    exchange(mechanism, arvena, kelmor)
    arvena.countersign(mechanism, text)
    exchange(mechanism, arvena, kelmor)
    return mechanism


def files_of(record: Reader) -> dict[str, bytes]:
    """A record in memory."""
    return {path: record.read(path) for path in record.paths()}


def pack(files: Mapping[str, bytes], pouch: Path) -> Path:
    """A pouch whose manifests fit whatever is in it: a sender's forgery, not damage on the way."""
    with pouch.open("wb") as out:
        writer = PouchWriter(out)
        write_bag(files, writer.add, DATE)
        writer.close()
    return pouch


def forged(by: Parliament, mechanism: str, entries: Sequence[bytes], payloads: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The record of a party that appends anything at all to its own log and signs it."""
    files = files_of(by.record(mechanism))
    origin = by.node.own_origin(mechanism)
    folder = origin_folder(origin)
    size = int(files[f"{folder}/checkpoint"].split(b"\n")[1])
    held = decode_bundle(files.pop(f"{folder}/{entries_path(0, size)}"), size, place=folder)
    grown = [*held, *entries]
    files = {path: data for path, data in files.items() if not path.startswith(f"{folder}/tile/0/")}
    files[f"{folder}/{entries_path(0, len(grown))}"] = encode_bundle(grown)
    checkpoint = Checkpoint(origin, len(grown), root_of([leaf_hash(one) for one in grown]))
    files[f"{folder}/checkpoint"] = sign_checkpoint(checkpoint, by.node.custody.key("log")).encode()
    return files | {act_path(act): data for act, data in (payloads or {}).items()}


def entry(by: Parliament, mechanism: str, act: str, signatures: Sequence[Signature]) -> bytes:
    """An entry of that party as of now, whatever it signs."""
    return Entry.make(act, tuple(signatures), tuple(by.node.replica(mechanism).ledger.seen_for(by.node.party))).to_bytes()
