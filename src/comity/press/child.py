"""The readers as a process of their own: ``python -m comity.press.child`` answers one question a line until nobody asks any more.

A language model stays loaded in this process and in no other; it ends when its standard input does, or after ``--idle`` seconds without
a question. Questions and answers are JSON, one a line:

    {"ask": "reader", "language": "ru", "name": null}             which reader it would be
    {"name": "rules+natasha", "version": "…", "notes": []}
    {"ask": "read", "text": "…", "language": "ru", "date": "2026-11-18", "reader": "rules+natasha", "registry": {…}}
    {"reading": {…}}
    {"error": ["Malformed", "…"]}                                 what :meth:`comity.errors.ComityError.to_json` gives, with its class
"""

from __future__ import annotations

import argparse
import json
import os
import select
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import IO, Any

from comity.errors import ComityError
from comity.press.readers import choose, read
from comity.press.registry import Registry


def answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """One answer; an error of ours is one too."""
    try:
        if question["ask"] == "reader":
            reader, notes = choose(question["language"], question["name"])
            return {"name": reader.name, "version": reader.version, "notes": list(notes)}
        day = date.fromisoformat(question["date"]) if question["date"] else None
        registry = Registry.from_json(question["registry"])
        reading = read(question["text"], question["language"], registry, day, reader=question["reader"])
        return {"reading": reading.to_json()}
    except ComityError as error:
        return {"error": [type(error).__name__, error.to_json()]}


def serve(questions: IO[bytes], answers: IO[bytes], idle: float) -> None:
    """Answer until the questions end or none has come for ``idle`` seconds. ``questions`` is unbuffered, so that waiting sees them."""
    waiting: list[bytes] = []
    while True:
        ready, _, _ = select.select([questions], [], [], idle)
        block = os.read(questions.fileno(), 1 << 16) if ready else b""
        if not block:
            return
        first, *further = block.split(b"\n")
        waiting.append(first)
        for next_begins in further:
            question, waiting = b"".join(waiting), [next_begins]
            answers.write(json.dumps(answer(json.loads(question)), ensure_ascii=False).encode() + b"\n")
            answers.flush()


def main(argv: Sequence[str] | None = None) -> None:
    """Serve standard input and output; whatever a package prints goes to standard error instead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--idle", type=float, default=300.0)
    asked = parser.parse_args(argv)
    os.nice(5)  # pages go before readings
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with open(0, "rb", buffering=0, closefd=False) as questions:
        serve(questions, answers, asked.idle)


if __name__ == "__main__":
    main(sys.argv[1:])
