"""Language versions side by side."""

from __future__ import annotations

from dataclasses import replace

from comity.texts.model import Provision, TextVersion
from comity.texts.render import paired, rows
from texts.support import LANGUAGES, version


def test_rows_hold_every_language_of_a_provision() -> None:
    found = rows({language: version("agreement", language) for language in LANGUAGES})
    row = next(row for row in found if row.eid == "art_2__para_1__point_b")
    assert row.num == {"en": "(b)", "ru": "б)", "zh-Hans": "（二）"}
    assert row.depth == 3
    assert row.part == "body"
    assert not row.missing


def test_a_provision_that_one_version_lacks_is_an_empty_cell_in_its_place() -> None:
    full = version("communique", "en")
    short = replace(
        version("communique", "ru"), provisions=version("communique", "ru").provisions[:1] + version("communique", "ru").provisions[2:]
    )
    found = rows({"en": full, "ru": short})
    assert [row.eid for row in found if row.missing] == ["para_2"]
    assert [row.eid for row in found][:3] == ["para_1", "para_2", "para_3"]
    assert next(row for row in found if row.eid == "para_2").missing == ("ru",)


def test_what_the_first_version_lacks_stands_where_the_other_has_it() -> None:
    one = TextVersion("en", "", (Provision("para_1"), Provision("para_3")), preamble=(Provision("rec_1"),))
    two = TextVersion(
        "ru", "", (Provision("para_1"), Provision("para_2"), Provision("para_3")), preamble=(Provision("rec_1"), Provision("rec_2"))
    )
    assert [row.eid for row in rows({"en": one, "ru": two})] == ["rec_1", "rec_2", "para_1", "para_2", "para_3"]


def test_no_versions_make_no_rows() -> None:
    assert rows({}) == []


def test_provisions_that_stand_under_another_number_are_paired_by_meaning() -> None:
    def a_text(language: str, *words: str) -> TextVersion:
        return TextVersion(language, "T", tuple(Provision(f"para_{n}", text=text) for n, text in enumerate(words, 1)))

    left = a_text("en", "The Sides met in Ostrel on 20 November 2025.", "Each Side names 12 experts for the work on border waters.")
    right = a_text(
        "ru",
        "Стороны встретились в Остреле 20 ноября 2025 года.",
        "О.",
        "Каждая Сторона назначает 12 экспертов для работы по пограничным водам.",
    )
    versions = {"en": left, "ru": right}
    pairs = paired(versions)
    assert pairs == {"ru": [(("para_2",), ("para_3",))]}
    found = {row.eid: {lang: cell.eid for lang, cell in row.cells.items() if cell} for row in rows(versions, pairs)}
    assert found == {
        "para_1": {"en": "para_1", "ru": "para_1"},
        "para_2": {"en": "para_2", "ru": "para_3"},
        "para_2-ru": {"ru": "para_2"},
    }
    assert paired({"en": left}) == {}


def test_provisions_that_one_language_says_in_two_stand_in_rows_that_name_each_other() -> None:
    def a_text(language: str, *words: str) -> TextVersion:
        return TextVersion(language, "T", tuple(Provision(f"para_{n}", text=text) for n, text in enumerate(words, 1)))

    versions = {"en": a_text("en", "They meet and write.", "They sing."), "ru": a_text("ru", "Они встречаются.", "И пишут.", "Они поют.")}
    beads = {"ru": [(("para_1",), ("para_1", "para_2")), (("para_2",), ("para_3",))]}
    found = [(row.eid, {lang: cell.eid for lang, cell in row.cells.items() if cell}, row.together) for row in rows(versions, beads)]
    assert found == [
        ("para_1", {"en": "para_1", "ru": "para_1"}, {}),
        ("para_2-ru", {"ru": "para_2"}, {"en": "para_1"}),
        ("para_2", {"en": "para_2", "ru": "para_3"}, {}),
    ]
    merged = {"ru": [(("para_1", "para_2"), ("para_1",))]}
    one = {"en": versions["en"], "ru": a_text("ru", "Они встречаются, пишут и поют.")}
    assert [(row.eid, row.together) for row in rows(one, merged)] == [("para_1", {}), ("para_2", {"ru": "para_1"})]
