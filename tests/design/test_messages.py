"""No message is missing in Chinese or Russian, and the tool that says so can be believed."""

from __future__ import annotations

import gettext
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DESIGN = ROOT / "src" / "comity" / "desk" / "design"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


messages = load()


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with one app, whose code and template have a message of every kind."""
    app = tmp_path / "desk" / "rooms"
    (app / "templates" / "rooms").mkdir(parents=True)
    (app / "apps.py").write_text("")
    (app / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext_lazy\n"
        "A = _('Plain.')\nB = ngettext('%(n)d act', '%(n)d acts', 2)\nC = pgettext_lazy('a month', 'May')\n"
    )
    (app / "templates" / "rooms" / "page.html").write_text(
        "{% load i18n %}\n    <p>it's {% translate \"Told\" %}\n  </p>{% translate 'May' context 'a verb' %}\n"
        "{% blocktranslate count n=acts|length with who=name trimmed %}\n{{ who }} has one act\n"
        "{% plural %}\n{{ who }} has {{ n }} acts\n{% endblocktranslate %}\n"
    )
    (tmp_path / "rules.py").write_text("raise Refused('{party} has signed.', place='x', remedy='Wait for {other}.')\n")
    return tmp_path


def fill(house: Path, language: str, said: dict[str, str | tuple[str, ...]], app: str = "rooms", *, fuzzy: str = "") -> None:
    path = messages.catalog_path(house / "desk" / app if app else house / "desk", language)
    catalog = messages.read(path, language)
    for entry in catalog:
        text = entry.id[0] if isinstance(entry.id, (list, tuple)) else entry.id
        if text in said:
            entry.string = said[text]
        if text and text == fuzzy:
            entry.flags.add("fuzzy")
    path.write_bytes(messages.written(catalog))


RUSSIAN: dict[str, str | tuple[str, ...]] = {
    "Plain.": "Просто.",
    "%(n)d act": ("%(n)d акт", "%(n)d акта", "%(n)d актов"),
    "May": "май",
    "Told": "Сказано",
    "%(who)s has one act": ("у %(who)s %(n)s акт", "у %(who)s %(n)s акта", "у %(who)s %(n)s актов"),
}
CHINESE: dict[str, str | tuple[str, ...]] = {
    "Plain.": "简单。",
    "%(n)d act": ("%(n)d项文书",),
    "May": "五月",
    "Told": "已说",
    "%(who)s has one act": ("%(who)s有%(n)s项文书",),
}


def both(house: Path) -> None:
    messages.main(["extract"], root=house)
    fill(house, "ru", RUSSIAN)
    fill(house, "zh_Hans", CHINESE)


def test_every_kind_of_message_is_found_in_code_and_templates(house: Path) -> None:
    found = {(message.context, message.text, message.plural) for message in messages.used(house)[house / "desk" / "rooms"]}
    assert found == {
        ("", "Plain.", ""),
        ("", "%(n)d act", "%(n)d acts"),
        ("a month", "May", ""),
        ("a verb", "May", ""),
        ("", "Told", ""),
        ("", "%(who)s has one act", "%(who)s has %(n)s acts"),
    }


def test_a_complete_house_has_no_complaints(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both(house)
    assert messages.main(["check"], root=house) == 0
    assert "every language" in capsys.readouterr().out


def test_what_is_missing_empty_or_fuzzy_is_listed(house: Path) -> None:
    assert len(messages.complaints(house, None)) == 12
    both(house)
    fill(house, "ru", {"Told": ""})
    fill(house, "zh_Hans", {}, fuzzy="Plain.")
    assert messages.complaints(house, None) == ["desk/rooms zh_Hans: fuzzy: 'Plain.'", "desk/rooms ru: empty: 'Told'"]


def test_a_plural_needs_all_the_forms_of_its_language(house: Path) -> None:
    both(house)
    fill(house, "ru", {"%(n)d act": ("%(n)d акт", "%(n)d акта", "")})
    assert messages.complaints(house, None) == ["desk/rooms ru: empty: '%(n)d act'"]


@pytest.mark.parametrize("wrong", ["%(m)d项文书", "项文书", "%(n)d项%(other)s文书"])
def test_other_gaps_than_the_id_has_are_refused(house: Path, wrong: str) -> None:
    both(house)
    fill(house, "zh_Hans", {"%(n)d act": (wrong,)})
    assert messages.complaints(house, None) == [f"desk/rooms zh_Hans: other gaps in {wrong!r}: '%(n)d act'"]


def test_what_is_no_longer_used_is_listed_and_extract_drops_it(house: Path) -> None:
    both(house)
    (house / "desk" / "rooms" / "views.py").write_text("")
    assert "desk/rooms ru: unused: 'Plain.'" in messages.complaints(house, None)
    messages.main(["extract"], root=house)
    assert messages.complaints(house, None) == []


def test_extracting_again_keeps_every_translation_and_byte(house: Path) -> None:
    both(house)
    path = messages.catalog_path(house / "desk" / "rooms", "ru")
    before = path.read_bytes()
    messages.main(["extract"], root=house)
    assert path.read_bytes() == before


def test_the_sentences_of_errors_are_asked_for_only_on_demand_and_are_never_unused(house: Path) -> None:
    both(house)
    messages.main(["extract", "--errors"], root=house)
    assert messages.complaints(house, None) == []
    assert len(messages.complaints(house, None, errors=True)) == 4
    fill(house, "ru", {"{party} has signed.": "Подписано: {party}.", "Wait for {other}.": "Подождите: {party}."}, app="")
    assert [line for line in messages.complaints(house, None, errors=True) if " ru: " in line] == [
        "desk ru: other gaps in 'Подождите: {party}.': 'Wait for {other}.'"
    ]


def test_the_values_of_a_table_of_sentences_are_errors_too(house: Path) -> None:
    (house / "rules.py").write_text("SENTENCES: dict[str, str] = {Code.A: 'The act was {what}.'}\nOTHER = {Code.A: 'Not said.'}\n")
    assert house / "desk" not in messages.used(house)
    assert {message.text for message in messages.used(house, errors=True)[house / "desk"]} == {"The act was {what}."}


def test_the_rooms_that_read_what_comes_from_others_have_all_their_errors_and_findings_said(house: Path) -> None:
    source = (
        "AGAIN = 'Ask again.'\nNO = 3\n"
        "text = 'Seen {n}.'\n"
        "def _note(place, severity, text, remedy='', **details): ...\n"
        "Malformed('Not JSON.', place='x', remedy=AGAIN)\n"
        "Finding(place, error, 'Forked.' if two else 'Short.', remedy or 'Leave it.', {})\n"
        "_note('a place', WARNING, text, 'Wait.', n=2)\nUntrusted(text_from_afar, remedy=NO)\n"
    )
    for room in ("record", "press"):
        (house / room).mkdir()
        (house / room / "reading.py").write_text(source)
    found = messages.used(house, errors=True)[house / "desk"]
    said = {"Not JSON.", "Ask again.", "Forked.", "Short.", "Leave it.", "Seen {n}.", "Wait."}
    assert {message.text for message, files in found.items() if "record/reading.py" in files} == said
    assert not any("press/reading.py" in files for files in found.values())


def test_the_sentences_of_a_room_that_only_one_app_tells_stand_in_its_catalog_and_keep_what_they_said(house: Path) -> None:
    (house / "forums").mkdir()
    (house / "forums" / "read.py").write_text(
        "report.problem('code', 'No {code}.', 'Say which.', places)\nreport.note('days', 'Odd days.', places, 'Look.')\n"
    )
    fill_by_hand = messages.extracted(house / "desk", {messages.Id("No {code}."): ["x"]}, "ru")
    next(entry for entry in fill_by_hand if entry.id == "No {code}.").string = "Нет {code}."
    path = messages.catalog_path(house / "desk", "ru")
    path.parent.mkdir(parents=True)
    path.write_bytes(messages.written(fill_by_hand))
    messages.main(["extract", "--errors"], root=house)
    app = messages.read(messages.catalog_path(house / "desk" / "forums", "ru"), "ru")
    assert {entry.id for entry in app if entry.id} == {"No {code}.", "Say which.", "Odd days.", "Look."}
    assert app.get("No {code}.").string == "Нет {code}."
    assert messages.read(path, "ru").get("No {code}.") is None


def test_russian_has_its_three_plural_forms_when_compiled(house: Path) -> None:
    both(house)
    assert messages.compile_all(house) == 2
    with messages.catalog_path(house / "desk" / "rooms", "ru").with_suffix(".mo").open("rb") as file:
        said = gettext.GNUTranslations(file)
    forms = [said.ngettext("%(n)d act", "%(n)d acts", n) % {"n": n} for n in (1, 2, 5, 11, 21, 22, 111)]
    assert forms == ["1 акт", "2 акта", "5 актов", "11 актов", "21 акт", "22 акта", "111 актов"]


def test_the_design_room_says_everything_in_chinese_and_russian() -> None:
    assert messages.complaints(messages.ROOT, DESIGN) == []
