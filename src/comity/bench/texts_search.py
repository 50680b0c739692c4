"""Lexical search measured: recall against substrings and lemmas, and time, on 100,000 clauses of which some thousands are real."""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from comity.bench.texts_gold import SHARED, Figure, targets, treaty, udhr
from comity.texts.search import Index


def _corpus(size: int) -> list[tuple[str, str, str]]:
    """Real clauses, and beyond them clauses put together of real halves, seeded: (reference, language, text)."""
    zh = [
        line
        for path in sorted((SHARED / "prc-laws-zh").glob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line) > 12
    ]
    zh += [row["zh-Hans"] for row in targets()] + list(udhr("zh-Hans").values())
    ru = [row["ru"] for row in targets()] + list(udhr("ru").values())
    en = (
        [row["en"] for row in targets()]
        + list(udhr("en").values())
        + [text for name in ("un-charter", "vclt", "iccpr") for text, _ in treaty(name)]
    )
    real = [(f"{tag}{place}", tag, text) for tag, texts in (("zh-Hans", zh), ("ru", ru), ("en", en)) for place, text in enumerate(texts)]
    draw = random.Random(7)  # noqa: S311  # seeded, for a rerun that gives the same
    made = []
    for place in range(max(0, size - len(real))):
        tag, pool = draw.choices((("zh-Hans", zh), ("ru", ru), ("en", en)), weights=(84, 10, 6))[0]
        one, other = draw.choice(pool), draw.choice(pool)
        made.append((f"made{place}", tag, _half(one, tag, 0) + _half(other, tag, 1)))
    return real + made


def _half(text: str, language: str, which: int) -> str:
    """The first or second half of a clause, cut between words."""
    if language == "zh-Hans":
        return (text[: len(text) // 2], text[len(text) // 2 :])[which]
    words = text.split(" ")
    return " ".join((words[: len(words) // 2], ["", *words[len(words) // 2 :]])[which])


def bench_search() -> Iterator[Figure]:
    """Lexical search: recall against substrings (zh) and lemmas (ru), and time, on 100,000 clauses of which some thousands are real."""
    corpus = _corpus(100_000)
    index = Index(sqlite3.connect(":memory:"))
    start = time.process_time()
    index.put(corpus)
    yield Figure("index 100,000 clauses", f"{time.process_time() - start:.0f} CPU-s")
    trigram = sqlite3.connect(":memory:")
    trigram.execute("CREATE VIRTUAL TABLE t USING fts5 (text, tokenize='trigram')")
    trigram.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", [(place, text) for place, (_, _, text) in enumerate(corpus)])
    draw = random.Random(11)  # noqa: S311  # seeded, for a rerun that gives the same
    chinese = [text for ref, tag, text in corpus if tag == "zh-Hans" and not ref.startswith("made")]
    queries: list[str] = []
    while len(queries) < 100:
        runs = re.findall(r"[\u4e00-\u9fff]{4,}", draw.choice(chinese))
        if runs:
            run = draw.choice(runs)
            size = draw.choice((2, 2, 3, 4))
            at = draw.randrange(len(run) - size + 1)
            queries.append(run[at : at + size])
    yield from _recall("zh", queries, corpus, index, trigram, lambda query: {ref for ref, _, text in corpus if query in text})
    if find_spec("pymorphy3"):
        lemma = _lemmatiser()
        words = sorted(
            {
                word
                for ref, tag, text in corpus
                if tag == "ru" and not ref.startswith("made")
                for word in re.findall(r"[а-яё]{5,}", text.lower())
            }
        )
        picked = random.Random(12).sample(words, 300)  # noqa: S311  # seeded, for a rerun that gives the same
        known: dict[str, set[str]] = {}
        for ref, tag, text in corpus:
            if tag == "ru":
                for word in set(re.findall(r"[а-яё]+", text.lower())):
                    known.setdefault(lemma(word), set()).add(ref)
        yield from _recall("ru", picked, corpus, index, trigram, lambda query: known[lemma(query)])
    times = []
    for query in queries:
        start = time.process_time()
        index.search(query, "zh-Hans", limit=20)
        times.append((time.process_time() - start) * 1000)
    p95 = statistics.quantiles(times, n=20)[18]
    yield Figure("search, top 20, p95 in zh", f"{p95:.1f} CPU-ms", "≤ 35", p95 <= 35)


def _lemmatiser() -> Callable[[str], str]:
    analyser = import_module("pymorphy3").MorphAnalyzer()
    known: dict[str, str] = {}

    def lemma(word: str) -> str:
        if word not in known:
            known[word] = str(analyser.parse(word)[0].normal_form)
        return known[word]

    return lemma


def _recall(
    language: str,
    queries: list[str],
    corpus: list[tuple[str, str, str]],
    index: Index,
    trigram: sqlite3.Connection,
    truth: Callable[[str], set[str]],
) -> Iterator[Figure]:
    hit = found = wanted = theirs = 0
    for query in queries:
        gold = truth(query)
        got = {item.ref for item in index.search(query, language, limit=200_000)}
        rows = trigram.execute("SELECT rowid FROM t WHERE t MATCH ?", (f'"{query}"',)) if len(query) > 2 else []
        other = {corpus[row[0]][0] for row in rows}
        hit, found, wanted, theirs = hit + len(got & gold), found + len(got), wanted + len(gold), theirs + len(other & gold)
    bound = 0.99 if language == "zh" else 0.93
    value = f"{hit / wanted:.3f} / {hit / found:.3f}"
    yield Figure(
        f"search in {language}: R / P ({len(queries)} queries)",
        value,
        f"R ≥ {bound}",
        hit / wanted >= bound,
        f"FTS5 trigram R {theirs / wanted:.2f}",
    )
