"""A record in memory for the room of words: every act is in force, the last writer of a cell is its head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from comity.desk.language import project
from comity.terms.act import Act
from comity.terms.audience import Audience
from comity.terms.ids import digest
from comity.texts.akn import file_name, to_akn
from comity.texts.term_acts import APPROVE_TERM
from desk import rows


@dataclass(eq=False)
class Record:
    """What projecting reads of a mechanism."""

    mechanism: str = field(default_factory=lambda: rows.an_id("mechanism"))
    acts: dict[str, Act] = field(default_factory=dict)
    cells: dict[str, list[str]] = field(default_factory=dict)
    stored: dict[str, bytes] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)

    def say(
        self,
        name: str,
        kind: str,
        body: Mapping[str, Any],
        files: Mapping[str, bytes] | None = None,
        *,
        about: str = "",
        by: str = "arvena",
        said: str = "2026-11-12",
    ) -> str:
        act_id = rows.an_id(name)
        self.stored |= {digest(data): data for data in (files or {}).values()}
        cell = f"{about or act_id}/state"
        self.acts[act_id] = Act(
            id=act_id,
            type=kind,
            mechanism=self.mechanism,
            membership=self.mechanism,
            proposer=by,
            signatories=("arvena", "kelmor"),
            basis={cell: frozenset()},
            relies={},
            refs=frozenset(),
            body=body,
            audience=Audience("public"),
            said=f"{said}T10:00:00+03:00",
            files={file: digest(data) for file, data in (files or {}).items()},
        )
        self.cells.setdefault(cell, []).append(act_id)
        return act_id

    def text(self, name: str, words: Mapping[str, str] | None = None, *, forward: str = "", said: str = "2026-11-12") -> str:
        """A text of the sample words, or others, put forward by a side or adopted; with its clauses, its row and its act's row."""
        files = {file_name(lang): to_akn(rows.version(lang, (words or {}).get(lang, "")), rows.META) for lang in rows.LANGUAGES}
        versions = [{"lang": lang, "status": "authentic", "file": file_name(lang)} for lang in rows.LANGUAGES]
        kind = "texts/put-forward/1" if forward else "texts/adopt/1"
        found = self.say(name, kind, {"kind": "communique", "versions": versions}, files, by=forward or "arvena", said=said)
        project.project(self, found)  # type: ignore[arg-type]  # only what this room reads of a view
        held = [{**v, "sha256": digest(files[v["file"]])} for v in versions]
        rows.text(name, stage="forward" if forward else "adopted", by=forward or "arvena", versions=held)
        return found

    def term(self, name: str, key: str, words: Mapping[str, str], *, in_force: bool = True, **more: Any) -> str:
        terms = [{"lang": lang, "text": text, "use": "preferred"} for lang, text in words.items()]
        found = self.say(name, APPROVE_TERM, {"key": key, "terms": terms, **more})
        if not in_force:
            self.status[found] = "open"
        project.project(self, found)
        open_act = {} if in_force else {"status": "open", "signed": ["arvena"], "missing": ["kelmor"]}
        rows.act(name, APPROVE_TERM, **open_act)
        return found

    def act(self, act_id: str) -> Act:
        return self.acts[act_id]

    def standing(self, act_id: str) -> Any:
        return SimpleNamespace(status=self.status.get(act_id, "in_force"))

    def heads(self, cell: str) -> frozenset[str]:
        return frozenset([one for one in self.cells.get(cell, []) if self.standing(one).status == "in_force"][-1:])

    def writers(self, cell: str) -> tuple[str, ...]:
        return tuple(self.cells.get(cell, []))

    def misunderstanding(self, act_id: str) -> None:
        return None

    def file(self, sha256: str) -> bytes | None:
        return self.stored.get(sha256)
