"""``comity forums``: every command on an invented assembly, in every output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types
import pytest
from click.testing import CliRunner, Result

from comity.cli.forums import forums

PAIR = ["--forum", "demo", "--pair", "ARV", "KEL"]
GROUP = ["--forum", "demo", "--group", "ARV,KEL,SOR"]
COMMANDS = {
    "agreement": [*PAIR, "--by", "year", "--topic", "hr", "--measure", "linear|kappa"],
    "cohesion": [*GROUP, "--by", "all"],
    "divergences": [*GROUP, "--session", "12"],
    "idealpoints": ["--forum", "demo", "--preview"],
    "forecast": ["--forum", "demo", "--title", "Mines left in sea lanes: code of conduct", "--seat", "ARV", "--seat", "KEL"],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    run(folder, "import", "--invented", "7")
    return folder


def run(home: Path, *words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(forums, words, env={"COMITY_HOME": str(home)})
    assert result.exit_code == code, result.output + result.stderr
    return result


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_speaks_json_csv_and_parquet_and_marks_what_is_invented(command: str, home: Path, tmp_path: Path) -> None:
    said = json.loads(run(home, command, *COMMANDS[command], "--json").stdout)
    assert said["invented"] is True
    assert said["rows"]
    lines = list(csv.DictReader(io.StringIO(run(home, command, *COMMANDS[command], "--csv").stdout)))
    assert len(lines) == len(said["rows"])
    assert {r["invented"] for r in lines} == {"yes"}
    path = tmp_path / "out.parquet"
    run(home, command, *COMMANDS[command], "--parquet", str(path))
    table = pq.read_table(path)
    assert table.num_rows == len(said["rows"])
    assert json.loads(table.schema.metadata[b"comity"])["invented"] is True
    assert "INVENTED" in run(home, command, *COMMANDS[command]).stdout


def test_agreement_rows_open_the_roll_calls_they_count(home: Path) -> None:
    rows = json.loads(run(home, "agreement", *COMMANDS["agreement"], "--json").stdout)["rows"]
    assert {r["measure"] for r in rows} == {"linear", "kappa"}
    assert all(len(r["events"]) == r["n"] for r in rows)


def test_all_pairs_go_to_a_file(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "pairs.parquet"
    run(home, "agreement", "--forum", "demo", "--all-pairs", "--measure", "identical|linear|kappa", "--parquet", str(path))
    table = pq.read_table(path)
    assert table.column_names == ["a", "b", "period", "measure", "value", "low", "high", "n", "items"]
    assert table.num_rows > 24 * 3 * 500
    asked = ("agreement", "--forum", "demo", "--all-pairs", "--by", "all", "--measure", "linear")
    said = json.loads(run(home, *asked, "--json").stdout)["rows"]
    lines = list(csv.DictReader(io.StringIO(run(home, *asked).stdout)))
    assert len(said) == len(lines) == 40 * 39 / 2
    assert [float(r["value"]) for r in lines] == [r["value"] for r in said]


def test_agreement_of_nobody_is_not_understood(home: Path) -> None:
    assert "--pair" in run(home, "agreement", "--forum", "demo", code=2).stderr


def test_an_estimate_writes_the_columns_of_the_published_files_with_seed_and_input(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "points.parquet"
    result = run(
        home, "idealpoints", "--forum", "demo", "--sweeps", "40", "--threads", "1", "--high", "SOR", "--low", "ARV", "--out", str(path)
    )
    assert "R-hat" in result.stderr
    table = pq.read_table(path)
    assert table.column_names[:8] == ["seat", "iso3", "session", "n_votes", "mean", "q5", "q50", "q95"]
    about = json.loads(table.schema.metadata[b"comity"])
    assert (about["seed"], about["chains"], len(about["input"])) == (1, 2, 64)


def test_a_backtest_scores_the_forecast_beside_both_baselines(home: Path) -> None:
    rows = json.loads(run(home, "forecast", "--forum", "demo", "--backtest", "20-21", "--json").stdout)["rows"]
    assert {(r["session"], r["method"]) for r in rows} == {(s, m) for s in (20, 21) for m in ("forecast", "last vote", "all yes")}


def test_an_agenda_is_read_from_csv(home: Path, tmp_path: Path) -> None:
    agenda = tmp_path / "agenda.csv"
    agenda.write_text("title,topics\nMines left in sea lanes: code of conduct,di\nSomething new,\n", encoding="utf-8")
    rows = json.loads(run(home, "forecast", "--forum", "demo", "--agenda", str(agenda), "--seat", "ARV", "--json").stdout)["rows"]
    assert [r["title"] for r in rows] == ["Mines left in sea lanes: code of conduct", "Something new"]


def test_a_refused_import_names_rows_offers_the_mapping_and_changes_nothing(tmp_path: Path) -> None:
    header = "undl_id,ms_code,ms_name,ms_vote,date,resolution\n"
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(header + "1,FRA,FRANCE,Y,2020-12-01,A/RES/75/1\n", encoding="utf-8")
    bad.write_text(header + "1,FRA,FRANCE,Y,2020-12-01,A/RES/75/1\n1,QQQ,QUEBEC,N,2020-12-01,A/RES/75/1\n", encoding="utf-8")
    run(tmp_path, "import", str(good))
    refused = run(tmp_path, "import", str(bad), code=1)
    assert "bad.csv row 3" in refused.stderr
    assert "mapping: QQQ → ?" in refused.stderr
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"codes": {"QQQ": "CAN"}}', encoding="utf-8")
    assert json.loads(run(tmp_path, "import", str(good), "--json").stdout)["voters"] == 1
    assert json.loads(run(tmp_path, "import", str(bad), "--mapping", str(mapping), "--json").stdout)["voters"] == 2


def test_the_empty_home_says_how_to_import(tmp_path: Path) -> None:
    assert "comity forums import" in run(tmp_path, "agreement", *PAIR, code=1).stderr


def test_the_real_file_imports_by_its_folder(unga_folder: Path, tmp_path: Path) -> None:
    said = run(tmp_path, "import", "--forum", "unga", str(unga_folder)).stdout
    assert "6017 roll calls, 922882 votes" in said
    rows = json.loads(
        run(tmp_path, "agreement", "--forum", "unga", "--pair", "CHN", "RUS", "--by", "year", "--topic", "hr", "--json").stdout
    )["rows"]
    assert rows[-1]["period"] == "2017"


def test_a_pair_is_reckoned_by_seat_unless_the_state_or_the_code_is_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "votes.csv"
    rows = [f"{y},{v},yes,{y}-11-01,Law of the sea" for y in (1990, 1991, 1992, 1993) for v in ("RUS", "FRA")]
    source.write_text(
        "\n".join(["event,voter,option,date,title", *rows, "1993b,RUS,no,1993-12-01,Ice", "1993b,FRA,yes,1993-12-01,Ice", ""])
    )
    run(tmp_path, "import", "--forum", "polar", str(source))
    asked = ["agreement", "--forum", "polar", "--pair", "RUS", "FRA", "--by", "year", "--measure", "coincidence", "--json"]
    by_seat = run(tmp_path, *asked)
    said = json.loads(by_seat.stdout)
    assert [r["period"] for r in said["rows"]] == ["1990", "1991", "1992", "1993"]
    assert said["changes"] == [{"seat": "RUS", "before": "SUN", "after": "RUS", "day": "1991-12-24"}]
    assert "passed from SUN to RUS on 1991-12-24" in by_seat.stderr
    by_state = json.loads(run(tmp_path, *asked, "--unit", "state").stdout)
    assert [r["period"] for r in by_state["rows"]] == ["1992", "1993"]
    assert by_state["changes"] == []
