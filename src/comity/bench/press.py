"""``python -m comity.bench.press``: how good and how fast the press readers are, beside the bare taggers in the same run.

Quality is measured on the annotated texts of ``tests/press/gold``; with ``--polnear FOLDER`` (a checkout's ``data/dev``) and
``--plover FILE`` also on those two sets, which are not shipped because of their licences. PolNeAR counts a speech of several
sentences as one attribution, so statements of one cue are joined for that comparison. Speed is CPU time of one process on
texts of about 2,600 characters (Chinese: 866). What the rules cost beside a parser or tagger is measured text by text, each
time right after the bare package on the same text, and from the quickest of several rounds: two rates from different
minutes differ by more than the rules cost when other work shares the machine.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from comity.press.gold import Gold, load
from comity.press.model import Span, Statement
from comity.press.readers import BEST, read, reader_named
from comity.press.scorer import match, report, score_text
from comity.press.segment import lay_out
from comity.press.triage import worth_reading

GOLD = Path(__file__).parents[3] / "tests" / "press" / "gold"
SHOWN = ("content_iou", "content_near", "speaker_end_to_end", "commitment_iou", "meeting_slots", "persons_name", "claim_kind_on_matched")
ARTICLE = 2_600
TEXTS, ROUNDS = 16, 7  # for the share of the rules


def main(argv: Sequence[str] | None = None) -> None:
    """Print quality and speed as tables, or as JSON with ``--json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--polnear", type=Path, help="PolNeAR's data/dev (never its test part, which is held out)")
    parser.add_argument("--plover", type=Path, help="PLOVER_GSR_CAMEO.txt")
    asked = parser.parse_args(argv)
    result: dict[str, Any] = {"quality": {}, "speed": {}, "rules_to_parser": {}}
    for language, best in BEST.items():
        for name in ("rules", best):
            if not _there(name):
                continue
            for half in ("dev", "heldout"):
                result["quality"][f"{language} {half} {name}"] = _quality(list(load(GOLD / half / language)), name)
            result["speed"][f"{language} {name}"] = _speed(language, partial(read, language=language, reader=name))
        result["speed"][f"{language} triage"] = _speed(language, partial(worth_reading, language=language))
        if _there(best):
            result["speed"][f"{language} bare tagger or parser of {best}"] = _speed(language, _bare(best))
            result["rules_to_parser"][f"{language} {best}"] = _beside(language, best)
    if asked.polnear:
        result["polnear_dev"] = {name: _polnear(asked.polnear, name) for name in ("rules", "rules+spacy") if _there(name)}
    if asked.plover:
        result["plover_agree"] = {name: _plover(asked.plover, name) for name in ("rules", "rules+spacy") if _there(name)}
    print(json.dumps(result, indent=1) if asked.json else _tables(result))


def _there(name: str) -> bool:
    try:
        reader_named(name)
    except ImportError:
        return False
    return True


def _quality(gold: list[Gold], reader: str) -> dict[str, Any]:
    scores = []
    for g in gold:
        day = date.fromisoformat(g.date) if g.date else None
        scores.append(score_text(read(g.text, g.reading.language, None, day, reader=reader), g.reading))
    whole = report(scores)
    return {m: {k: whole[m][k] for k in ("f1", "f1_95")} for m in SHOWN} | {
        "calibration_error": whole["calibration_error"],
        "texts": len(gold),
    }


def _speed(language: str, run: Callable[[str], object], *, seconds: float = 2.0) -> dict[str, float]:
    """Texts per CPU second, on the gold texts strung together to the length of an article."""
    articles, size = _articles(language, 197)
    run(articles[0])
    start, count = time.process_time(), 0
    while time.process_time() - start < seconds:
        run(articles[count % len(articles)])
        count += 1
    return {"articles_per_second": round(count / (time.process_time() - start), 1), "characters": size}


def _articles(language: str, step: int | None = None) -> tuple[list[str], int]:
    """Pieces of the gold texts strung together, of the length of an article, one every ``step`` characters, and that length."""
    whole = "\n\n".join(g.text for g in load(GOLD / "dev" / language))
    size = ARTICLE if language != "zh" else ARTICLE // 3
    return [whole[at : at + size] for at in range(0, max(1, len(whole) - size), step or size)], size


def _beside(language: str, name: str) -> dict[str, float]:
    """Milliseconds of CPU for a text in the bare package and in all else that the reader does; the second as a share of the first."""
    articles, bare = _articles(language)[0][:TEXTS], _bare(name)
    alone = rest = 0.0
    for text in articles:
        bare(text)
        read(text, language, reader=name)
        parser, whole = [], []
        for _ in range(ROUNDS):
            start = time.process_time()
            bare(text)
            between = time.process_time()
            read(text, language, reader=name)
            whole.append(time.process_time() - between)
            parser.append(between - start)
        alone, rest = alone + min(parser), rest + min(whole) - min(parser)
    each = 1000 / len(articles)
    return {"parser_ms": round(alone * each, 2), "rules_ms": round(rest * each, 2), "rules_to_parser": round(rest / alone, 3)}


def _bare(name: str) -> Callable[[str], object]:
    """The package alone, doing what it is used for and nothing else."""
    reader: Any = reader_named(name)
    if name == "rules+spacy":
        return lambda text: reader.docs(lay_out(text, "en"))
    if name == "rules+natasha":
        return lambda text: reader.persons(lay_out(text, "ru"))
    return lambda text: reader.tags(lay_out(text, "zh"))


def _joined(statements: Sequence[Statement]) -> list[tuple[Span, Statement]]:
    """Statements of one cue as one span."""
    groups: dict[Span, list[Statement]] = {}
    for s in statements:
        groups.setdefault(s.cue, []).append(s)
    return [((min(s.span[0] for s in group), max(s.span[1] for s in group)), group[0]) for group in groups.values()]


def _polnear(folder: Path, reader: str) -> dict[str, float]:
    """Content IoU F1, near-exact F1 (6 characters at the start, 3 at the end) and source accuracy on matched contents."""
    hits = near = predicted = gold_total = right = sourced = 0
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        gold = _brat(min((folder / "attributions").glob(f"{path.stem}*.ann"), default=Path()))
        mine = _joined(read(text, "en", reader=reader).statements)
        ps, gs = [p for p, _ in mine], [g for g, _ in gold]
        pairs = match(ps, gs)
        hits, predicted, gold_total = hits + len(pairs), predicted + len(ps), gold_total + len(gs)
        near += sum(1 for i, j in match(ps, gs, 0.3) if abs(ps[i][0] - gs[j][0]) <= 6 and abs(ps[i][1] - gs[j][1]) <= 3)
        for i, j in pairs:
            if gold[j][1]:
                sourced += 1
                right += _same_source(mine[i][1], gold[j][1], text)
    total = max(1, predicted + gold_total)
    return {
        "content_iou_f1": round(2 * hits / total, 3),
        "near_exact_f1": round(2 * near / total, 3),
        "source": round(right / max(1, sourced), 3),
    }


def _same_source(statement: Statement, sources: list[Span], text: str) -> bool:
    """The speaker's words overlap the annotated source, or the resolved name shares a capitalised word with it."""
    if statement.speaker_span and any(statement.speaker_span[0] < b and a < statement.speaker_span[1] for a, b in sources):
        return True
    words = [w for w in (statement.speaker or "").split() if len(w) > 3 and w[0].isupper()]
    return any(w in text[a:b] for w in words for a, b in sources[:1])


def _brat(path: Path) -> list[tuple[Span, list[Span]]]:
    spans: dict[str, Span] = {}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        if line.startswith("T"):
            name, place = line.split("\t")[:2]
            numbers = [tuple(map(int, part.split())) for part in place.split(" ", 1)[1].split(";")]
            spans[name] = (numbers[0][0], numbers[-1][1])
        elif line.startswith("E"):
            roles: dict[str, list[Span]] = {}
            for role in line.split("\t")[1].split():
                kind, name = role.split(":")
                if name in spans:
                    roles.setdefault(re.sub(r"\d+$", "", kind), []).append(spans[name])
            if roles.get("Content"):
                found.append(((min(s[0] for s in roles["Content"]), max(s[1] for s in roles["Content"])), roles.get("Source", [])))
    return found


def _plover(path: Path, reader: str) -> dict[str, float]:
    """AGREE sentences: those in which a pledge, a joint undertaking or a plan is found."""
    rows = json.loads(re.sub(r",(\s*[\]}])", r"\1", path.read_text(encoding="utf-8")))
    hits = predicted = gold = 0
    for row in rows:
        if "text" in row:
            agree = row["event"] == "AGREE"
            found = any(c.nature in {"pledge", "joint", "plan"} for c in read(row["text"], "en", reader=reader).commitments)
            hits, predicted, gold = hits + (agree and found), predicted + found, gold + agree
    return {
        "precision": round(hits / max(1, predicted), 3),
        "recall": round(hits / max(1, gold), 3),
        "f1": round(2 * hits / max(1, predicted + gold), 3),
    }


def _tables(result: dict[str, Any]) -> str:
    lines = [f"{'':34}" + "".join(f"{m:>24}" for m in SHOWN) + f"{'calibration error':>20}"]
    for name, row in result["quality"].items():
        cells = "".join(f"{row[m]['f1']:>10.2f} [{row[m]['f1_95'][0]:.2f}–{row[m]['f1_95'][1]:.2f}]" for m in SHOWN)
        lines.append(f"{name:34}" + cells + f"{row['calibration_error']:>20.3f}")
    lines.append("")
    lines += [
        f"{name:50}{row['articles_per_second']:>10.1f} texts of {row['characters']} characters/s" for name, row in result["speed"].items()
    ]
    lines += [
        f"{name:50}rules {row['rules_ms']:.1f} ms beside {row['parser_ms']:.1f} ms of parser or tagger: {row['rules_to_parser']:.0%}"
        for name, row in result["rules_to_parser"].items()
    ]
    for key in ("polnear_dev", "plover_agree"):
        lines += [f"{key} {name}: " + ", ".join(f"{k} {v}" for k, v in row.items()) for name, row in result.get(key, {}).items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
