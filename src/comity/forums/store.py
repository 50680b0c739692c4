"""Imported forums on disk: ``<folder>/<forum>/<digest>-<n>/`` with ``current`` naming the one in use. A new import replaces the old in one
step or not at all.

    events.jsonl    one roll call a line          options.npy   int8 (events, voters)
    voters.json     columns of the matrix         weights.npy   float32, only if delegations weigh differently
    forum.json      the forum, digests            report.json   what the import found
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from comity.errors import Malformed, Unsafe
from comity.forums.importers.report import ImportReport
from comity.forums.model import Forum, Mode, Option, Origin, RollCalls, Stage, Topic, Totals, VoteEvent, Voter

_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")


def _home(folder: Path, forum: str) -> Path:
    """The forum's folder. :raises Unsafe: for a name that could lead elsewhere."""
    if _NAME.fullmatch(forum) is None:
        raise Unsafe("A forum has no name like this.", place="forum", remedy="Use small letters, digits and hyphens, such as unga.")
    return folder / forum


def forums_in(folder: Path) -> list[str]:
    """The forums that have been imported into ``folder``."""
    return sorted(p.parent.name for p in folder.glob("*/current")) if folder.is_dir() else []


def save(calls: RollCalls, report: ImportReport | None, folder: Path) -> Path:
    """Write and switch over; returns the new folder. If anything fails before the switch, what was there stays in use.

    Estimates of the very same votes are carried over; those of other votes go with them.
    """
    home = _home(folder, calls.forum.id)
    home.mkdir(parents=True, exist_ok=True)
    before = in_use(folder, calls.forum.id) if (home / "current").is_file() else None
    draft = Path(tempfile.mkdtemp(prefix=".part-", dir=home))
    try:
        _write(calls, report, draft)
        if before and (before / "estimates").is_dir() and _about(before)["digest"] == calls.digest:
            shutil.copytree(before / "estimates", draft / "estimates")
        new = next(p for n in itertools.count(1) if not (p := home / f"{calls.digest[:16]}-{n}").exists())
        draft.rename(new)
        pointer = home / ".current.part"
        pointer.write_text(new.name, encoding="ascii")
        os.replace(pointer, home / "current")
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if before:
        shutil.rmtree(before, ignore_errors=True)
    return new


def _write(calls: RollCalls, report: ImportReport | None, folder: Path) -> None:
    lines = [json.dumps(asdict(e), ensure_ascii=False, separators=(",", ":")) + "\n" for e in calls.events]
    events = "".join(lines).encode()
    (folder / "events.jsonl").write_bytes(events)
    np.save(folder / "options.npy", calls.options)
    if calls.weights is not None:
        np.save(folder / "weights.npy", calls.weights)
    digests = {"origin_sha256": calls.origin_sha256, "digest": calls.digest, "events_sha256": hashlib.sha256(events).hexdigest()}
    about = asdict(calls.forum) | digests | {"format": "comity-forum/1", "extent": _extent(calls)}
    (folder / "voters.json").write_text(json.dumps([asdict(v) for v in calls.voters], ensure_ascii=False, indent=0), encoding="utf-8")
    (folder / "report.json").write_text(json.dumps(report.to_json() if report else None, ensure_ascii=False), encoding="utf-8")
    (folder / "forum.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")


def _extent(calls: RollCalls) -> dict[str, Any]:
    """How much there is, for lists that do not load it."""
    sessions, dates = calls.sessions, [e.date for e in calls.events]
    return {
        "events": len(calls.events),
        "voters": len(calls.voters),
        "votes": int(((calls.options >= Option.YES) & (calls.options <= Option.NO)).sum()),
        "first_session": int(sessions.min()) if len(sessions) else 0,
        "last_session": int(sessions.max()) if len(sessions) else 0,
        "first_day": min(dates, default=""),
        "last_day": max(dates, default=""),
    }


def in_use(folder: Path, forum: str) -> Path:
    """The folder of the import in use. :raises Malformed: if this forum was never imported."""
    pointer = _home(folder, forum) / "current"
    if not pointer.is_file():
        known = ", ".join(forums_in(folder)) or "none"
        raise Malformed(
            "No roll calls of {forum} are here (imported: {known}).",
            place=str(folder),
            remedy="Import them: comity forums import --forum {forum} FILE_OR_FOLDER.",
            forum=forum,
            known=known,
        )
    return pointer.parent / pointer.read_text(encoding="ascii").strip()


def _about(home: Path) -> dict[str, Any]:
    about: dict[str, Any] = json.loads((home / "forum.json").read_text(encoding="utf-8"))
    return about


def about(folder: Path, forum: str) -> dict[str, Any]:
    """What is written down about the import in use, without its votes: names, digests, extent. :raises Malformed: if there is none."""
    return _about(in_use(folder, forum))


def forget(folder: Path, forum: str) -> None:
    """Remove a forum with everything that was estimated from it. :raises Malformed: if it was never imported."""
    in_use(folder, forum)
    shutil.rmtree(_home(folder, forum))


def load(folder: Path, forum: str) -> RollCalls:
    """The roll calls in use. :raises Malformed: if this forum was never imported, or its files were changed."""
    home = in_use(folder, forum)
    about = _about(home)
    stored = (home / "events.jsonl").read_bytes()
    events = tuple(_event(json.loads(line)) for line in stored.splitlines())
    voters = tuple(Voter(**v) for v in json.loads((home / "voters.json").read_text(encoding="utf-8")))
    weights = np.load(home / "weights.npy") if (home / "weights.npy").is_file() else None
    described = Forum(about["id"], about["names"], about["invented"], about["attribution"])
    calls = RollCalls(described, events, voters, np.load(home / "options.npy"), about["origin_sha256"], weights)
    if calls.digest != about["digest"] or hashlib.sha256(stored).hexdigest() != about["events_sha256"]:
        raise Malformed("These files are not what was imported.", place=str(home), remedy="Import the source file again.")
    return calls


def load_report(folder: Path, forum: str) -> dict[str, Any] | None:
    """What the import in use found, as JSON; ``None`` for an invented assembly."""
    report: dict[str, Any] | None = json.loads((in_use(folder, forum) / "report.json").read_text(encoding="utf-8"))
    return report


def _event(raw: dict[str, Any]) -> VoteEvent:
    raw["stage"], raw["mode"] = Stage(raw["stage"]), Mode(raw["mode"])
    raw["totals"] = Totals(**raw["totals"])
    raw["topics"] = tuple(Topic(t["code"], Origin(t["origin"])) for t in raw["topics"])
    raw["same_item_as"] = tuple(raw["same_item_as"])
    return VoteEvent(**raw)
