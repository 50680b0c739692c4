"""Reading in one process apart, so that a language model never lies in the server's memory and a crash of one never ends the server.

The process is started when a source is to be read, keeps its model for the next one, and ends by itself when nothing was asked for some
minutes. One that takes too long is killed. Whoever asks waits; one question is asked at a time.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from comity import errors
from comity.errors import ComityError, Refused
from comity.press.model import Reading
from comity.press.registry import Registry

IDLE = 300.0  # seconds without a question after which the process ends
WITHIN = 100.0  # seconds within which it answers; below the patience with which another worker takes a source over
MOST_ANSWER = 64_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Which:
    """The reader that a source would be read by, and notes on it."""

    name: str
    version: str
    notes: tuple[str, ...]


class _WentHome(Exception):
    """The process ended of idleness between two questions."""


class Apart:
    """The process and the way to it. Every method raises ComityError, with what to do next, and leaves no process behind that hangs."""

    def __init__(self, command: list[str] | None = None, *, idle: float = IDLE, within: float = WITHIN) -> None:
        self._command = command or [sys.executable, "-m", "comity.press.child", "--idle", str(idle)]
        self._within = within
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, if one runs."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def which(self, language: str, name: str | None) -> Which:
        """The reader of that name, or the best that is installed for a language; loaded, so that its version is known."""
        told = self._ask({"ask": "reader", "language": language, "name": name})
        return Which(told["name"], told["version"], tuple(told["notes"]))

    def read(self, text: str, language: str, registry: Registry, day: date | None, reader: str) -> Reading:
        """What the reader of that name finds in a text."""
        question = {"ask": "read", "text": text, "language": language, "reader": reader}
        return Reading.from_json(self._ask(question | {"date": day.isoformat() if day else "", "registry": _plain(registry)})["reading"])

    def end(self) -> None:
        """End the process, if one runs."""
        with self._lock:
            self._end()

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        line = json.dumps(question, ensure_ascii=False).encode() + b"\n"
        with self._lock:
            told = None
            for _ in range(2):  # once more if it ended of idleness just as it was asked
                with contextlib.suppress(_WentHome):
                    told = self._exchange(line)
                    break
        if told is None:
            raise Refused(
                "The reader broke down over this text, and was ended.",
                place="reader",
                remedy="Read it again; if it breaks down again, hand the text over in parts.",
            )
        if "error" in told:
            kind, said = told["error"]
            found = getattr(errors, kind, ComityError)
            raise found.from_json(said)
        return told

    def _exchange(self, line: bytes) -> dict[str, Any] | None:
        """The answer, or ``None`` if the process broke down over it. Raises _WentHome if it ended in order without having read it."""
        child = self._started()
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(line)
            child.stdin.flush()
            found: dict[str, Any] = json.loads(self._line(child.stdout.fileno()))
        except (BrokenPipeError, EOFError, ValueError) as error:
            ended = self._ended(child)
            if ended and not isinstance(error, ValueError):
                raise _WentHome from None
            return None
        except BaseException:
            self._end()
            raise
        return found

    def _line(self, pipe: int) -> bytes:
        """One line. Raises EOFError if the process ended, Refused if it took too long or told too much."""
        until, parts, size = time.monotonic() + self._within, [], 0
        with selectors.DefaultSelector() as ready:
            ready.register(pipe, selectors.EVENT_READ)
            while size <= MOST_ANSWER:
                if not ready.select(max(0.0, until - time.monotonic())):
                    raise Refused(
                        "The reader took longer than {seconds} seconds over this text, and was ended.",
                        place="reader",
                        remedy="Hand the text over in parts, or leave out its tables and lists.",
                        seconds=round(self._within),
                    )
                block = os.read(pipe, 1 << 16)
                if not block:
                    raise EOFError
                parts.append(block)
                size += len(block)
                if block.endswith(b"\n"):
                    return b"".join(parts)
        raise EOFError

    def _ended(self, child: subprocess.Popen[bytes]) -> bool:
        """Whether a process that gave no answer has ended in order; it is gone afterwards in any case."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(5)
        in_order = child.returncode == 0
        self._end()
        return in_order

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_NUM_THREADS": "1"}
            self._child = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def _plain(registry: Registry) -> dict[str, Any]:
    """A registry in the form that :meth:`Registry.from_json` reads."""
    found: dict[str, Any] = {}
    for kind in ("persons", "bodies", "meetings", "commitments"):
        found[kind] = [_names_plain(asdict(one, dict_factory=dict)) for one in getattr(registry, kind)]
    return found


def _names_plain(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        key: [{"text": one["text"], "lang": one["lang"]} for one in value] if key in ("names", "series", "texts") else value
        for key, value in entry.items()
    }


THE = Apart()
