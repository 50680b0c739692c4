"""The commands: each does what it says, and its JSON keeps to its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from comity.cli.texts import texts
from comity.texts.akn import from_akn
from comity.texts.imports import structure_docx
from comity.texts.schemas import SCHEMAS, schema
from texts.support import LANGUAGES, SAMPLES, sample, version

CORPUS = [
    {"ref": "a/1", "language": "zh-Hans", "text": "双方支持平衡和公正的海上秩序。", "date": "2024-06-03", "meeting": "2"},
    {"ref": "a/1", "language": "ru", "text": "Стороны поддерживают сбалансированный порядок на море.", "date": "2024-06-03"},
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(texts, [str(argument) for argument in arguments])


def value(name: str, *arguments: object) -> Any:
    result = run(name, *arguments, "--json")
    assert result.exit_code in {0, 1}, result.output
    found = json.loads(result.output)
    validator = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    validator.validate(found, schema(name))
    return found


def file(name: str, language: str) -> Path:
    return SAMPLES / f"{name}.{language}.txt"


def folder(path: Path, name: str, **changes: tuple[str, str]) -> Path:
    for language in LANGUAGES:
        old, new = changes.get(language, ("", ""))
        (path / f"text.{language}.txt").write_text(sample(name, language).replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_structure_prints_provisions_and_references(language: str) -> None:
    found = value("structure", file("agreement", language))
    assert found["language"] == language
    assert found["provisions"][0]["children"][1]["eid"] == "art_2"
    assert "art_3__para_2" in [item["target"] for item in found["references"]]
    assert "art_2__para_1__point_a" in run("structure", file("agreement", language)).output


def test_structure_writes_the_signed_form(tmp_path: Path) -> None:
    out = tmp_path / "text.ru.akn.xml"
    assert run("structure", file("agreement", "ru"), "--akn", out, "--date", "2024-06-03", "--slug", "agreement").exit_code == 0
    assert from_akn(out.read_bytes()) == version("agreement", "ru")


def test_align_prints_beads(tmp_path: Path) -> None:
    found = value("align", file("communique", "en"), file("communique", "ru"), "--no-encoder")
    assert found["beads"][0] == [[0], [0]]
    one, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    one.write_text('{"id": "1", "text": "In 2025 they met."}\n{"id": "2", "text": "The fund has 350 million."}\n')
    other.write_text('{"id": "1", "text": "В 2025 году они встретились."}\n{"id": "2", "text": "В фонде 350 млн."}\n')
    assert run("align", one, other, "--no-encoder").output == "[[0], [0]]\n[[1], [1]]\n"


def test_check_is_silent_on_texts_that_agree(tmp_path: Path) -> None:
    result = run("check", folder(tmp_path, "agreement"), "--no-encoder")
    assert result.exit_code == 0
    assert "0 against adoption" in result.output


def test_check_finds_errors_knows_terms_and_keeps_waivers(tmp_path: Path) -> None:
    path = folder(tmp_path, "communique", ru=("14 из 18", "15 из 18"))
    (path / "terms.csv").write_text("concept,language,term\npilot,en,pilots\npilot,ru,штурман\n", encoding="utf-8")
    found = value("check", path, "--no-encoder")
    assert found["blocking"] >= 1
    assert {"NUM", "TERM"} <= {item["code"] for item in found["findings"]}
    assert run("check", path, "--no-encoder").exit_code == 1
    reasons = {item["key"]: "agreed" for item in found["findings"]}
    (path / "waivers.json").write_text(json.dumps(reasons), encoding="utf-8")
    again = run("check", path, "--no-encoder")
    assert again.exit_code == 0
    assert "waived: agreed" in again.output


def test_redline_prints_changes_and_writes_word(tmp_path: Path) -> None:
    new, out = tmp_path / "new.zh-Hans.txt", tmp_path / "out.docx"
    new.write_text(sample("communique", "zh-Hans").replace("双方可邀请", "双方应邀请"), encoding="utf-8")
    found = value("redline", file("communique", "zh-Hans"), new, "--docx", out)
    assert [(change["new"], [piece["op"] for piece in change["pieces"]]) for change in found["changes"]] == [
        ("para_5", ["keep", "delete", "insert", "keep"])
    ]
    assert structure_docx(out.read_bytes(), "zh-Hans").version.by_eid()["para_5"].text.startswith("双方应邀请")
    assert "[-可-]{+应+}" in run("redline", file("communique", "zh-Hans"), new).output


def test_search_prints_precedents_with_all_languages(tmp_path: Path) -> None:
    corpus = tmp_path / "agreed.jsonl"
    corpus.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in CORPUS), encoding="utf-8")
    found = value("search", corpus, "公正的海上秩序", "--lang", "zh-Hans")
    assert found["precedents"][0]["exact"]
    assert set(found["precedents"][0]["versions"]) == {"zh-Hans", "ru"}
    assert "2024-06-03" in run("search", corpus, "海上秩序", "--lang", "zh-Hans").output


def test_compare_prints_matches(tmp_path: Path) -> None:
    new = tmp_path / "new.en.txt"
    new.write_text(sample("agreement", "en").replace("two thirds", "three quarters"), encoding="utf-8")
    found = value("compare", file("agreement", "en"), new)
    assert [match["source"] for match in found["matches"] if match["kind"] == "changed"] == [["art_4"]]
    assert "changed" in run("compare", file("agreement", "en"), new).output


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_schema_is_printed_and_sound(name: str) -> None:
    printed = json.loads(run("schema", name).output)
    assert printed == schema(name)
    pytest.importorskip("jsonschema", reason="jsonschema is not installed").Draft202012Validator.check_schema(printed)


@pytest.mark.parametrize(
    ("name", "text", "arguments"),
    [
        ("a.txt", "Words.", ("structure", "FILE")),
        ("a.en.pdf", "%PDF", ("structure", "FILE")),
        ("a.jsonl", "not json", ("align", "FILE", "FILE")),
        ("a.jsonl", '{"id": 1}', ("align", "FILE", "FILE")),
        ("a.en.docx", "no zip", ("redline", "FILE", "FILE")),
    ],
)
def test_bad_input_is_an_error_with_a_remedy_and_no_traceback(tmp_path: Path, name: str, text: str, arguments: tuple[str, ...]) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    result = run(*(path if argument == "FILE" else argument for argument in arguments))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output) > 60


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "no texts" in run("check", tmp_path).output
