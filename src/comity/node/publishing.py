"""The record's folder, made from the store: what peers pull, what the public reads, what goes into an export or a pouch. One set of paths
for all.

A party of the mechanism is given everything; the public only acts that are public by today, with their files. Entries hold no names and
go to both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from comity.errors import ComityError
from comity.node.files import FileStore
from comity.node.replica import Branch, Replica
from comity.node.store import Store
from comity.record.canonical import canonical
from comity.record.layout import COMITY_JSON, FORMAT, act_path, checkpoint_path, file_path, meaning, origin_folder, root_path
from comity.record.tiles import Tile, encode_bundle, tiles_of
from comity.terms.act import Act


class RecordReader:
    """A :class:`comity.record.layout.Reader` over one mechanism of this node."""

    def __init__(self, replica: Replica, store: Store, files: FileStore, *, today: date | None) -> None:
        """``today`` decides what is public; None means that a party reads."""
        self._replica, self._store, self._files, self._today = replica, store, files, today

    # What may be shown ---------------------------------------------------------

    def _shown(self, act: Act) -> bool:
        return self._today is None or act.founding or act.audience.open_to_public(self._today)

    def _acts(self) -> Iterator[Act]:
        for act_id in self._replica.ledger.acts():
            act = self._replica.act(act_id)
            if self._shown(act):
                yield act

    def _named_files(self) -> set[str]:
        return {sha for act in self._acts() for name, sha in act.files.items() if not _is_root(act, name)}

    # Logs ------------------------------------------------------------------------

    def _logs(self) -> dict[tuple[str, str], Branch]:
        """(origin, fork) → branch. The branch that arrived first has no fork mark."""
        return {
            (origin, branch.root.hex()[:8] if number else ""): branch
            for origin, branches in self._replica.logs.items()
            for number, branch in enumerate(branches)
        }

    def _checkpoint(self, origin: str, branch: Branch) -> bytes:
        note = self._store.note(origin, branch.size, branch.root.hex())
        if note is None:
            raise ComityError("This log has no checkpoint here.", place=origin, remedy="Ask again when the exchange is through.")
        return note.encode()

    # The Reader interface -----------------------------------------------------------

    def read(self, path: str) -> bytes:
        """The bytes at ``path``; raises :class:`ComityError` if there are none for this reader."""
        if path == "forks.json":
            return json.dumps(self._forks()).encode()
        what = meaning(path)
        data: bytes | None = None
        if what is not None:
            with self._replica.lock:
                match what.kind:
                    case "comity":
                        data = self._index()
                    case "acts":
                        data = self._act(what.sha256)
                    case "files":
                        data = self._file(what.sha256)
                    case "roots":
                        data = self._store.roots_of(self._replica.mechanism).get(what.sha256)
                    case _:
                        data = self._log((what.origin, what.fork), what.tile)
        if data is None:
            raise ComityError("There is nothing at this path.", place=path)
        return data

    def paths(self) -> list[str]:
        """All paths of the folder, sorted."""
        with self._replica.lock:
            found = [COMITY_JSON]
            found += [act_path(act.id) for act in self._acts()]
            found += [file_path(sha) for sha in self._named_files() if self._files.has(sha)]
            found += [root_path(root) for root in self._store.roots_of(self._replica.mechanism)]
            for (origin, fork), branch in self._logs().items():
                folder = origin_folder(origin, fork)
                found += [f"{folder}/checkpoint", *(f"{folder}/{tile.path}" for tile in tiles_of(branch.size))]
        return sorted(found)

    def _forks(self) -> list[str]:
        with self._replica.lock:
            return [checkpoint_path(origin, fork) for origin, fork in sorted(self._logs()) if fork]

    def _index(self) -> bytes:
        origins = self._replica.ledger.origins()
        logs = [{"origin": origin, "party": origins[origin]} for origin, fork in sorted(self._logs()) if not fork]
        return canonical({"format": FORMAT, "logs": logs, "mechanism": self._replica.mechanism})

    def _log(self, key: tuple[str, str], tile: Tile | None) -> bytes | None:
        branch = self._logs().get(key)
        if branch is None:
            return None
        if tile is None:
            return self._checkpoint(key[0], branch)
        start, end = tile.index * 256, tile.index * 256 + tile.width
        if tile.level is None:
            return encode_bundle(self._replica.entries(key[0], branch, start, end)) if end <= branch.size else None
        levels = branch.levels()
        if tile.level >= len(levels) or end > len(levels[tile.level]):
            return None
        return b"".join(levels[tile.level][start:end])

    def _act(self, act_id: str) -> bytes | None:
        if act_id not in self._replica.ledger.acts():
            return None
        return self._store.statement(act_id) if self._shown(self._replica.act(act_id)) else None

    def _file(self, sha: str) -> bytes | None:
        if not self._files.has(sha):
            return None
        known = self._replica.ledger.acts()
        named = (self._replica.act(act_id) for act_id in self._store.uses_of(sha) if act_id in known)
        return self._files.read(sha) if any(self._shown(act) for act in named) else None


def _is_root(act: Act, name: str) -> bool:
    return act.type.startswith("mechanisms/rotate-keys/") and name.startswith("root.")
