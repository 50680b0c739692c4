"""Who is named in a Russian text, in whatever case, with which office; a tagger adds persons and doubles none."""

from __future__ import annotations

import pytest

from comity.press.model import Span
from comity.press.readers import read, reader_named
from comity.press.readers.russian import assemble
from comity.press.registry import Registry
from comity.press.russian_cases import one_name
from comity.press.segment import lay_out

NAMED = [
    ("Посол Кельмора в Арвене Эмиль Тарр дал интервью. С Эмилем Тарром говорил депутат.", {"Эмиль Тарр"}),
    ("Володин встретился с секретарём парткома провинции Цзилинь Хуан Цяном.", {"Хуан Цян"}),
    ("Делегацию возглавляет Орла Венн. Орлу Венн сопровождает Тован Брел. С Тованом Брелом говорил депутат.", {"Орла Венн", "Тован Брел"}),
    ("Президент Франции Эмманюэль Макрон принял Урсулу фон дер Ляйен.", {"Эмманюэль Макрон", "Урсула фон дер Ляйен"}),
    ("Депутаты Марта Иден, Сирил Осборн и Хуго Бекер вошли в состав.", {"Марта Иден", "Сирил Осборн", "Хуго Бекер"}),
    ("Пэн Цинхуа принял вице-спикера Госдумы Александра Бабакова. Бабаков поблагодарил его.", {"Пэн Цинхуа", "Александр Бабаков"}),
    ("Танзила Нарбаева приняла Валентину Матвиенко. В. Матвиенко подписала план.", {"Танзила Нарбаева", "Валентина Матвиенко"}),
    ("Улица Ивана Франко закрыта. Премия имени Юрия Гагарина вручена Анне Ковалёвой.", {"Анна Ковалёва"}),
]


@pytest.mark.parametrize(("text", "names"), NAMED, ids=[n[0][:24] for n in NAMED])
def test_a_name_is_found_once_and_in_the_nominative(text: str, names: set[str]) -> None:
    assert {p.name for p in read(text, "ru").persons} == names


def test_an_office_goes_to_its_holder_not_to_whom_the_holder_meets() -> None:
    text = "Госсекретарь США Марко Рубио и министр Сергей Лавров провели беседу. Президент Франции Эмманюэль Макрон принял Анну Хольм."
    people = {p.name: (p.role, p.country) for p in read(text, "ru").persons}
    assert people["Марко Рубио"] == ("госсекретарь", "US")
    assert people["Сергей Лавров"] == ("министр", None)
    assert people["Анна Хольм"] == (None, None)


def test_the_organisation_is_the_whole_phrase_between_office_and_name() -> None:
    (person,) = read("Слово взял председатель комитета Госдумы по международным делам Леонид Слуцкий.", "ru").persons
    assert (person.role, person.organisation) == ("председатель", "комитет Госдумы по международным делам")


def test_behind_an_office_the_body_ends_with_its_country() -> None:
    (person,) = read("Итоги подвела председатель Национального собрания Арвены Сейра Оррен.", "ru").persons
    assert (person.name, person.role, person.organisation) == ("Сейра Оррен", "председатель", "Национальное собрание Арвены")


@pytest.mark.parametrize(
    ("a", "b", "name"),
    [
        ("Эмиль Тарр", "Эмилем Тарром", "Эмиль Тарр"),
        ("Орлу Венн", "Орла Венн", "Орла Венн"),
        ("Майей Торв", "Майя Торв", "Майя Торв"),
        ("Иван Петров", "Иван Петренко", None),
        ("Анна Ли", "Анна Ло", None),
    ],
)
def test_two_cases_of_a_foreign_name_are_one_name(a: str, b: str, name: str | None) -> None:
    assert one_name(a, b) == name


def _tagged(text: str, *tags: tuple[str, str]) -> set[str]:
    """The persons found with a tagger that marks words and gives a nominative for them."""
    spans: list[tuple[Span, str]] = [((text.find(words), text.find(words) + len(words)), nominative) for words, nominative in tags]
    return {p.name for p in assemble(lay_out(text, "ru"), Registry(), None, persons=spans).persons}


def test_a_tagger_doubles_nobody_by_a_wrong_nominative_or_a_surname() -> None:
    text = (
        "Делегацию возглавляет спикер Тован Брел. С Тованом Брелом беседовали депутаты. Урсула фон дер Ляйен молчала. Фон дер Ляйен уехала."
    )
    assert _tagged(text, ("Тованом Брелом", "Тован Брелома"), ("Фон дер Ляйен", "Фон дер Ляйен")) == {"Тован Брел", "Урсула фон дер Ляйен"}


def test_a_tagger_adds_nobody_inside_a_body_or_after_whom_a_street_is_called() -> None:
    text = "Депутаты прошли по улице Жмыха Бронислава. Выступил Сейм Сорвелла."
    assert _tagged(text, ("Жмыха Бронислава", "Жмых Бронислав"), ("Сейм Сорвелла", "Сейм Сорвелла")) == set()


def test_with_the_tagger_no_person_of_the_rules_is_lost_or_doubled() -> None:
    try:
        name = reader_named("rules+natasha").name
    except ImportError as error:
        pytest.skip(f"Natasha is not installed: {error}")
    for text, names in NAMED:
        assert {p.name for p in read(text, "ru", reader=name).persons} == names
