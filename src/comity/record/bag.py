"""Bags: a folder with a manifest of every file in it, for the journey and for the archive (BagIt 1.0, RFC 8493).

Stricter than the RFC where it leaves a choice, so that every bag has one spelling and any changed byte is found, in the manifests too:
SHA-256 only, lower case; two spaces; LF; lines in the order of their paths; only ``%``, CR and LF are percent-encoded; every tag file but
``tagmanifest-sha256.txt`` is in the tag manifest; no ``fetch.txt``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from comity.errors import ComityError, Malformed, Unsafe
from comity.record.layout import Reader, chunks, safe_path
from comity.record.report import Finding, Severity

BAGIT = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAGMANIFEST = "tagmanifest-sha256.txt"
DATA = "data/"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_TAGS = (BAGIT, INFO, MANIFEST)
_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)", re.ASCII)
_INFO_LINE = re.compile(r"([A-Za-z][A-Za-z-]*): (\S(?:.*\S)?)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_OXUM = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", re.ASCII)

Content = bytes | Iterable[bytes]
Write = Callable[[str, Iterator[bytes]], None]


def write_bag(files: Mapping[str, Content], write: Write, bagging_date: str, info: Mapping[str, str] | None = None) -> None:
    """Write *files* (path below ``data/`` to bytes or pieces) as a bag, each by ``write(path, pieces)``, which must take all pieces.

    *bagging_date* is YYYY-MM-DD; *info* are further lines of ``bag-info.txt``, one line each. Raises Unsafe for a path that could climb,
    Malformed for a date or a line of another form; both before anything is written.
    """
    for path in files:
        safe_path(path, place=path)
    lines = {"Bagging-Date": bagging_date, **(info or {})}
    if not _DATE.fullmatch(bagging_date) or "Payload-Oxum" in lines:
        raise Malformed("A bagging date is YYYY-MM-DD, and the Oxum is counted here.", place=INFO)
    for key, value in lines.items():
        if not _INFO_LINE.fullmatch(f"{key}: {value}") or "\n" in value or "\r" in value:
            raise Malformed("A line of bag-info.txt is one label and one line of text.", place=INFO)
    digests, octets = {}, 0
    for path in sorted(files, key=str.encode):
        digest, size = _write_hashed(DATA + path, files[path], write)
        digests[DATA + path] = digest
        octets += size
    lines["Payload-Oxum"] = f"{octets}.{len(files)}"
    tags = {
        BAGIT: DECLARATION,
        INFO: "".join(f"{key}: {lines[key]}\n" for key in sorted(lines)).encode(),
        MANIFEST: _manifest(digests),
    }
    tag_digests = {path: _write_hashed(path, data, write)[0] for path, data in tags.items()}
    write(TAGMANIFEST, iter([_manifest(tag_digests)]))


def read_bag(reader: Reader) -> list[Finding]:
    """What is wrong with a bag: empty if every file is there, listed once, unchanged, and nothing else is there."""
    paths = sorted(reader.paths())
    findings: list[Finding] = []
    tags = {path: _small(reader, path, paths, findings) for path in (*_TAGS, TAGMANIFEST)}
    if tags[BAGIT] not in (None, DECLARATION):
        findings.append(_error(BAGIT, "Not the declaration of a BagIt 1.0 bag."))
    manifests = {}
    for name in (MANIFEST, TAGMANIFEST):
        data = tags[name]
        manifests[name] = {} if data is None else _parse_manifest(data, name, findings)
    sizes = _compare(reader, manifests[MANIFEST], [path for path in paths if path.startswith(DATA)], MANIFEST, findings)
    listed_tags = [path for path in paths if not path.startswith(DATA) and path != TAGMANIFEST]
    _compare(reader, manifests[TAGMANIFEST], listed_tags, TAGMANIFEST, findings)
    findings += [_error(path, "This file has no place in a bag of ours.") for path in listed_tags if path not in _TAGS]
    info = tags[INFO]
    if info is not None:
        findings += _check_info(info, sizes)
    return findings


def _write_hashed(path: str, content: Content, write: Write) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0

    def pieces() -> Iterator[bytes]:
        nonlocal size
        for piece in [content] if isinstance(content, bytes) else content:
            digest.update(piece)
            size += len(piece)
            yield piece

    remaining = pieces()
    write(path, remaining)
    if next(remaining, None) is not None:
        raise ComityError("The writer left some of the file unwritten.", place=path)
    return digest.hexdigest(), size


def _escape(path: str) -> str:
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _unescape(path: str) -> str:
    return path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[path]}  {_escape(path)}\n" for path in sorted(digests, key=str.encode)).encode()


def _error(place: str, message: str, remedy: str = "", **details: object) -> Finding:
    return Finding(place, Severity.ERROR, message, remedy or "Ask for the bag again.", details)


def _small(reader: Reader, path: str, paths: list[str], findings: list[Finding]) -> bytes | None:
    if path not in paths:
        findings.append(_error(path, "The bag lacks this file."))
        return None
    try:
        return reader.read(path)
    except ComityError as error:
        findings.append(Finding.of(error))
        return None


def _parse_manifest(data: bytes, name: str, findings: list[Finding]) -> dict[str, str]:
    digests: dict[str, str] = {}
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        findings.append(_error(name, "Not UTF-8."))
        return digests
    if text and not text.endswith("\n"):
        findings.append(_error(name, "The last line does not end."))
    last = b""
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else [], 1):
        place = f"{name}, line {number}"
        match = _LINE.fullmatch(line)
        path = _unescape(match[2]) if match else ""
        if match is None or _escape(path) != match[2]:
            findings.append(_error(place, "Not a SHA-256, two spaces and a path."))
            continue
        try:
            safe_path(path, place=place)
        except Unsafe as error:
            findings.append(Finding.of(error))
            continue
        if path.startswith(DATA) != (name == MANIFEST):
            findings.append(_error(place, "A path that this manifest does not list."))
        if path in digests:
            findings.append(_error(place, "{path} is listed twice.", path=path))
        elif path.encode() <= last:
            findings.append(_error(place, "The lines are not in the order of their paths."))
        last = path.encode()
        digests.setdefault(path, match[1])
    return digests


def _compare(reader: Reader, digests: Mapping[str, str], here: list[str], name: str, findings: list[Finding]) -> list[int]:
    """Compare the files that are *here* with a manifest; their sizes in octets."""
    sizes = []
    for path in sorted(digests.keys() - set(here)):
        findings.append(_error(path, "Listed in {name}, but missing.", name=name))
    for path in here:
        try:
            safe_path(path, place=path)
            digest, size = hashlib.sha256(), 0
            for piece in chunks(reader, path):
                digest.update(piece)
                size += len(piece)
        except ComityError as error:
            findings.append(Finding.of(error))
            continue
        sizes.append(size)
        if path not in digests:
            findings.append(_error(path, "Not listed in {name}.", name=name))
        elif digests[path] != digest.hexdigest():
            findings.append(_error(path, "Changed since the bag was packed, or its line in {name} was.", name=name))
    return sizes


def _check_info(data: bytes, sizes: list[int]) -> list[Finding]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return [_error(INFO, "Not UTF-8.")]
    matches = [_INFO_LINE.fullmatch(line) for line in text.removesuffix("\n").split("\n")]
    if not text.endswith("\n") or None in matches:
        return [_error(INFO, "Not lines of a label, a colon, a space and a text.")]
    pairs = [(match[1], match[2]) for match in matches if match]
    if len({key for key, _ in pairs}) != len(pairs):
        return [_error(INFO, "A label stands twice.")]
    info = dict(pairs)
    oxum = _OXUM.fullmatch(info.get("Payload-Oxum", ""))
    findings = []
    if oxum is None or (int(oxum[1]), int(oxum[2])) != (sum(sizes), len(sizes)):
        message = "The payload has {octets} octets in {files} files, not what Payload-Oxum says."
        findings.append(_error(INFO, message, octets=sum(sizes), files=len(sizes)))
    if not _DATE.fullmatch(info.get("Bagging-Date", "")):
        findings.append(_error(INFO, "No Bagging-Date of the form YYYY-MM-DD."))
    return findings
