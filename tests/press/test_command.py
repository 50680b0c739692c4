"""``comity press``: one text, many texts, a run that goes on, scoring."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli.press import press
from comity.press.schema import check_reading

TEXT = "Maria Holm said on Monday that both sides should meet in Beijing."


def run(*args: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(press, [str(a) for a in args], input=stdin, catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "2026-03-04-one.txt").write_text(TEXT, encoding="utf-8")
    (texts / "two.txt").write_text("Мария Хольм заявила, что стороны готовы к встрече.", encoding="utf-8")
    (texts / "broken.txt").write_bytes(b"\xff\xfe\x00")
    return texts


def test_one_text_gives_one_json_object(folder: Path) -> None:
    result = run("read", folder / "2026-03-04-one.txt", "--date", "2026-03-04", "--reader", "rules", "--json")
    row = json.loads(result.output)
    check_reading(row, text=TEXT)
    assert row["statements"][0]["speaker"] == "Maria Holm"


def test_standard_input_is_read_and_shown_as_a_table() -> None:
    result = run("read", "-", "--reader", "rules", stdin=TEXT.encode())
    assert "Maria Holm" in result.output


@pytest.mark.parametrize(("name", "key"), [("webannotation", "@context"), ("plover", "event")])
def test_other_formats_are_printed(folder: Path, name: str, key: str) -> None:
    assert key in run("read", folder / "2026-03-04-one.txt", "--reader", "rules", "--export", name).output


def test_many_texts_are_read_once_and_a_second_run_skips_what_is_there(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert "2 read, 0 already there, 1 not readable" in run("read", folder, "--reader", "rules", "--out", out).output
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {row["id"]: "error" in row for row in rows} == {"2026-03-04-one.txt": False, "two.txt": False, "broken.txt": True}
    assert "0 read, 2 already there" in run("read", folder, "--reader", "rules", "--out", out).output


def test_a_run_that_was_cut_off_in_a_line_goes_on(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run("read", folder, "--reader", "rules", "--out", out)
    whole = out.read_text(encoding="utf-8").splitlines()
    good = [line for line in whole if "error" not in json.loads(line)]
    out.write_text(good[0] + "\n" + good[1][:40], encoding="utf-8")
    assert "1 read, 1 already there" in run("read", folder, "--reader", "rules", "--out", out).output
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[-1])["id"]


def test_json_lines_go_in_and_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        json.dumps({"id": "a", "text": TEXT, "date": "2026-03-04"}) + "\nnot json\n" + json.dumps({"no": "text"}) + "\n", encoding="utf-8"
    )
    assert "1 read, 0 already there, 2 not readable" in run("read", source, "--reader", "rules", "--out", out).output


def test_parquet_goes_in_and_out(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="Parquet needs the extra press")
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs the extra press")
    source, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    parquet.write_table(pyarrow.table({"id": ["a"], "text": [TEXT]}), source)
    assert "1 read" in run("read", source, "--reader", "rules", "--out", out).output
    (row,) = parquet.read_table(out).to_pylist()
    assert json.loads(row["statements"])[0]["speaker"] == "Maria Holm"


def test_several_workers_give_the_same_readings(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    run("read", folder, "--reader", "rules", "--out", one)
    run("read", folder, "--reader", "rules", "--out", two, "--workers", "2")
    assert sorted(one.read_text(encoding="utf-8").splitlines()) == sorted(two.read_text(encoding="utf-8").splitlines())


def test_readings_are_scored_against_annotated_texts(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold", tmp_path / "out.jsonl"
    gold.mkdir()
    (gold / "one.gold.txt").write_text("Maria Holm said that [[s Maria Holm|the houses met]].\n===\ndate: 2026-03-04\n", encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": "Maria Holm said that the houses met."}), encoding="utf-8")
    run("read", tmp_path / "in.jsonl", "--reader", "rules", "--out", out)
    result = json.loads(run("score", gold, out, "--json").output)
    assert result["content_exact"]["f1"] == 1
    assert result["speaker_end_to_end"]["f1"] == 1
    assert json.loads(run("score", gold, "--reader", "rules", "--json").output) == result


def test_many_texts_without_a_place_to_go_are_refused(folder: Path) -> None:
    assert run("read", folder).exit_code == 2


def test_the_schema_is_printed() -> None:
    assert json.loads(run("schema").output)["$id"] == "urn:comity:schema:reading:1"


def test_a_local_ray_gives_the_same_readings(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="--engine ray needs the extra ray")
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    run("read", folder, "--reader", "rules", "--out", one)
    run("read", folder, "--reader", "rules", "--out", two, "--engine", "ray")
    assert sorted(one.read_text(encoding="utf-8").splitlines()) == sorted(two.read_text(encoding="utf-8").splitlines())
