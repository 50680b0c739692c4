"""Who speaks in a Russian text where no name stands beside the verb: offices, pronouns, further verbs, lists, labels."""

from __future__ import annotations

import pytest

from comity.press.readers import read

SPOKEN = [
    (
        "Спикер парламента Орла Венн прибыла в Равик. Она встретилась с депутатами и заявила, что граница откроется.",
        [("Орла Венн", "граница откроется")],
    ),
    (
        "Депутат Брам Дойл вышел из автобуса, огляделся и сказал: «Мост держится».",
        [("Брам Дойл", "Мост держится")],
    ),
    (
        "Депутат Майя Торв поддержала план, но попросила отложить его до осени.",
        [("Майя Торв", "отложить его до осени")],
    ),
    (
        "Собеседник агентства в Сейме утверждает, что текст меняли трижды. «Никто не уступал», — сказал он.",
        [("Собеседник агентства в Сейме", "текст меняли трижды"), ("Собеседник агентства в Сейме", "Никто не уступал")],
    ),
    (
        "Председатель Иво Ларсен открыл заседание. Политик напомнил, что реформа начата давно.",
        [("Иво Ларсен", "реформа начата давно")],
    ),
    (
        "Участники встречи:\n\nотмечают, что торговля выросла вдвое;\n\nпризывают правительства отменить сбор.",
        [("Участники встречи", "торговля выросла вдвое"), ("Участники встречи", "правительства отменить сбор")],
    ),
    (
        "Комитеты двух палат, собравшись в Лунде,\n\n1) подтверждают, что соглашение в силе;\n\n2) подчёркивают, что сроки прежние.",
        [("Комитеты двух палат", "соглашение в силе"), ("Комитеты двух палат", "сроки прежние")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SPOKEN, ids=[s[0][:28] for s in SPOKEN])
def test_who_speaks_is_found_though_no_name_stands_beside_the_verb(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(s.speaker, text[slice(*s.span)]) for s in read(text, "ru").statements] == expected


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("В секретариате ассамблеи журналистам сообщили, что протокол готов.", ["секретариат ассамблеи"]),
        ("«Паром вернётся в июле», — сообщили в министерстве транспорта.", ["министерство транспорта"]),
        (
            "В пресс-службе Сейма уточнили, что визит перенесён. Там же подчеркнули, что расходы не выросли.",
            ["пресс-служба Сейма", "пресс-служба Сейма"],
        ),
    ],
)
def test_an_office_that_speaks_through_a_verb_without_subject_is_named_in_the_nominative(text: str, speakers: list[str]) -> None:
    pytest.importorskip("pymorphy3", reason="the nominative of a common noun needs pymorphy3")
    assert [s.speaker for s in read(text, "ru").statements] == speakers


def test_a_transcript_gives_every_sentence_of_an_answer_to_its_label() -> None:
    text = "Корр.: Вы довольны?\nО. Венн: Да, работа идёт. Мы готовы начать весной.\nКорр.: Что мешает?\nО. Венн: Мешает бюрократия."
    said = [(s.speaker, text[slice(*s.span)]) for s in read(text, "ru").statements]
    assert said == [("О. Венн", "Да, работа идёт"), ("О. Венн", "Мы готовы начать весной"), ("О. Венн", "Мешает бюрократия")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("С этим согласна депутат Рита Солт: «Денег хватит на год».", "Рита Солт"),
        ("Ждать осталось недолго. Осторожен в оценках депутат Бен Келлер: «Торопиться не надо».", "Бен Келлер"),
        ("Его поддержал депутат Бен Келлер, отметивший, что слушания уже были.", "Бен Келлер"),
    ],
)
def test_who_stands_behind_the_verb_or_before_a_colon_speaks(text: str, speaker: str) -> None:
    assert [s.speaker for s in read(text, "ru").statements] == [speaker]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Следующее заседание примет Белмар, сроки будут согласованы позже.", [("plan", "Следующее заседание примет Белмар")]),
        ("Первое чтение назначено на 21 октября.", [("plan", "Первое чтение назначено на 21 октября")]),
        ("Комиссия создана давно и собирается раз в год.", []),
        ("Когда состоится встреча?", []),
        ("Депутат Бен Келлер сказал, что даты не следует смешивать.", []),
        ("Стороны подписали соглашение, положившее начало регулярным обменам опытом.", []),
    ],
)
def test_a_plan_is_what_is_announced_and_nothing_is_undertaken_by_what_only_sounds_so(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(c.nature, text[slice(*c.span)]) for c in read(text, "ru").commitments] == expected


def test_in_what_several_note_together_the_side_that_will_act_is_bound() -> None:
    text = "Участники встречи:\n\nпринимают к сведению, что устрийская сторона представит доклад;\n\nусловились обменяться данными."
    found = [(c.nature, c.who) for c in read(text, "ru").commitments]
    assert found == [("pledge", ("устрийская сторона",)), ("joint", ("Участники встречи",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Депутат Майя Торв открыла встречу. Её коллега Бен Келлер заявил, что работа закончена.",
            [("Бен Келлер", "работа закончена")],
        ),
        (
            "Депутат Бен Келлер и сенатор Майя Торв приняли гостей. «Мы рады», — сказал Келлер. Его коллега обещала, что деньги выделят.",
            [("Бен Келлер", "Мы рады"), ("Майя Торв", "деньги выделят")],
        ),
        (
            "Министр Анна Хольм сообщила, что доклад готов, и поблагодарила коллег за помощь.",
            [("Анна Хольм", "доклад готов")],
        ),
        ("По данным секретариата комиссии, принято сорок документов.", [("секретариат комиссии", "принято сорок документов")]),
    ],
)
def test_a_colleague_is_another_person_and_thanks_are_no_part_of_what_was_said(text: str, expected: list[tuple[str, str]]) -> None:
    if "секретариат" in text:
        pytest.importorskip("pymorphy3", reason="the nominative of a common noun needs pymorphy3")
    assert [(s.speaker, text[slice(*s.span)]) for s in read(text, "ru").statements] == expected


def test_where_somebody_else_goes_on_what_was_promised_ends() -> None:
    text = "Сенатор Дана Кольцова пообещала журналистам вернуться к вопросу в мае, а депутат Брам Дойл предложил не ждать."
    found = [(c.nature, c.who, text[slice(*c.span)]) for c in read(text, "ru").commitments]
    assert found == [("pledge", ("Дана Кольцова",), "вернуться к вопросу в мае"), ("proposal", ("Брам Дойл",), "не ждать")]


def test_a_scholar_who_differs_speaks_as_a_scholar() -> None:
    text = "«Денег не хватит», — считает экономист Яна Рид. С ней спорит историк Лев Орт: «Деньги найдутся»."
    said = [(s.speaker, s.claim_kind) for s in read(text, "ru").statements]
    assert said == [("Яна Рид", "analyst_claim"), ("Лев Орт", "analyst_claim")]
