"""`comity texts print`: what goes in and what comes out."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from comity.cli.texts import texts

SAMPLES = Path(__file__).parents[1] / "texts" / "samples"
NAMES = (
    "arvena:zh-Hans=阿尔维纳国民议会",
    "arvena:ru=Национальное собрание Арвены",
    "kelmor:zh-Hans=凯尔莫议会",
    "kelmor:ru=Парламент Кельмора",
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(texts, ["print", *map(str, arguments)])


def test_a_copy_to_be_signed_is_printed_with_the_digests_of_its_files(tmp_path: Path) -> None:
    files = [SAMPLES / f"agreement.{lang}.txt" for lang in ("zh-Hans", "ru")]
    out = tmp_path / "copy.pdf"
    result = run(*files, "--out", out, "--copy-of", "kelmor", *(part for name in NAMES for part in ("--party", name)))
    assert result.exit_code == 0, result.output
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(out.read_bytes())).pages]
    assert pages[0].startswith("凯尔莫议会和阿尔维纳国民议会")
    for file, page in ((files[0], pages[0]), (files[1], pages[-1])):
        digest = sha256(file.read_bytes()).hexdigest()
        assert " ".join(digest[at : at + 4] for at in range(0, 64, 4)) in page


def test_one_language_goes_to_word_and_several_side_by_side(tmp_path: Path) -> None:
    assert run(SAMPLES / "communique.ru.txt", "--out", tmp_path / "a.docx").exit_code == 0
    assert docx.Document(str(tmp_path / "a.docx")).paragraphs
    files = [SAMPLES / f"communique.{lang}.txt" for lang in ("zh-Hans", "ru", "en")]
    assert run(*files, "--beside", "--out", tmp_path / "b.html").exit_code == 0
    assert 'lang="ru"' in (tmp_path / "b.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--out", "a.exe"], "Name a .pdf"),
        (["--out", "a.pdf", "--copy-of", "kelmor"], "no party"),
        (["--out", "a.pdf", "--party", "kelmor"], "no name of a party"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_remedy(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(SAMPLES / "communique.ru.txt", *options)
    assert result.exit_code == 1
    assert said in result.output
    assert not list(tmp_path.iterdir())
