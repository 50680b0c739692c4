"""What the rules find, as tables of small texts per language."""

from __future__ import annotations

from datetime import date

import pytest

from comity.errors import Refused
from comity.press.model import Reading
from comity.press.readers import FACTORIES, choose, read, register

DAY = date(2026, 3, 4)


def statements(text: str, language: str) -> list[tuple[str | None, str]]:
    return [(s.speaker, text[slice(*s.span)]) for s in read(text, language, None, DAY).statements]


STATEMENTS = {
    "that": ("en", "Maria Holm said that the houses will meet.", [("Maria Holm", "the houses will meet")]),
    "no that": ("en", "Maria Holm said the houses will meet.", [("Maria Holm", "the houses will meet")]),
    "inverted": (
        "en",
        "“The houses will meet,” said Maria Holm, speaker of the Diet of Sorvell.",
        [("Maria Holm", "The houses will meet")],
    ),
    "two cues": (
        "en",
        "Maria Holm said that the houses will meet, adding that the date is open.",
        [("Maria Holm", "the houses will meet"), ("Maria Holm", "the date is open")],
    ),
    "quotation of two sentences": ("en", "“We met. We talked,” said Maria Holm.", [("Maria Holm", "We met"), ("Maria Holm", "We talked")]),
    "split quotation": (
        "en",
        "“We met,” Maria Holm said. “Nobody left the room early.”",
        [("Maria Holm", "We met"), ("Maria Holm", "Nobody left the room early")],
    ),
    "pronoun": (
        "en",
        "Maria Holm opened the sitting. She said that the date is open.",
        [("Maria Holm", "the date is open")],
    ),
    "according to": ("en", "According to Maria Holm, the date is open.", [("Maria Holm", "the date is open")]),
    "tail": ("en", "The date is still open, Maria Holm said.", [("Maria Holm", "The date is still open")]),
    "apposition": ("en", "Maria Holm, speaker of the Diet of Sorvell, said the date is open.", [("Maria Holm", "the date is open")]),
    "transcript": ("en", "Maria Holm: “The date is open.”", [("Maria Holm", "The date is open")]),
    "signed": ("en", "“The date is open.” — Maria Holm", [("Maria Holm", "The date is open")]),
    "что": ("ru", "Мария Хольм заявила, что дата не назначена.", [("Мария Хольм", "дата не назначена")]),
    "after the cue": ("ru", "Об этом заявила спикер Мария Хольм. По её словам, дата не назначена.", [("Мария Хольм", "дата не назначена")]),
    "dash": ("ru", "«Дата не назначена», — сказала Мария Хольм.", [("Мария Хольм", "Дата не назначена")]),
    "cue inside the marks": (
        "ru",
        "«Дата не назначена, — сказала Мария Хольм. — Мы ждём ответа».",
        [("Мария Хольм", "Дата не назначена"), ("Мария Хольм", "Мы ждём ответа")],
    ),
    "по словам": ("ru", "По словам Марии Хольм, дата не назначена.", [("Мария Хольм", "дата не назначена")]),
    "как отметил": ("ru", "Как отметила Мария Хольм, дата не назначена.", [("Мария Хольм", "дата не назначена")]),
    "gerund": (
        "ru",
        "Мария Хольм сообщила, что палаты встретятся, подчеркнув, что дата не назначена.",
        [("Мария Хольм", "палаты встретятся"), ("Мария Хольм", "дата не назначена")],
    ),
    "说": ("zh", "委员长赵乐际说，双方要加强合作。", [("赵乐际", "双方要加强合作")]),
    "continued speech": ("zh", "赵乐际表示，会议很成功。双方要加强合作。", [("赵乐际", "会议很成功"), ("赵乐际", "双方要加强合作")]),
    "narration ends the speech": ("zh", "赵乐际表示，会议很成功。王毅参加会见。", [("赵乐际", "会议很成功")]),
    "quotation first": ("zh", "“会议很成功。”赵乐际说。", [("赵乐际", "会议很成功")]),
    "他": ("zh", "赵乐际表示，会议很成功。他强调，双方要加强合作。", [("赵乐际", "会议很成功"), ("赵乐际", "双方要加强合作")]),
    "a word that only looks like a cue": ("zh", "这本小说的名称是《会议》。", []),
}


@pytest.mark.parametrize(("language", "text", "expected"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_a_statement_is_its_content_and_its_speaker(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert statements(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Analysts say the talks were slow.", "analyst_claim"),
        ("en", "The newspaper Northern Post reported that the talks were slow.", "media_claim"),
        ("en", "The Foreign Ministry said that the talks were slow.", "official_claim"),
        ("ru", "Эксперты считают, что переговоры затянулись.", "analyst_claim"),
        ("ru", "Газета «Берег» пишет, что переговоры затянулись.", "media_claim"),
        ("zh", "分析人士认为，谈判进展缓慢。", "analyst_claim"),
        ("zh", "据《北方日报》报道，谈判进展缓慢。", "media_claim"),
    ],
)
def test_who_speaks_decides_the_kind_of_claim(language: str, text: str, kind: str) -> None:
    assert [s.claim_kind for s in read(text, language, None, DAY).statements] == [kind]


def test_plain_narration_is_no_statement() -> None:
    assert read("The committee met in Ostrel on Monday. The weather was fine.", "en", None, DAY).statements == ()


def test_a_claim_that_the_reporter_keeps_off_is_flagged() -> None:
    (statement,) = read("Maria Holm claimed that the talks were slow.", "en", None, DAY).statements
    assert statement.distanced


COMMITMENTS = [
    ("en", "“We will send the list before the end of June,” said Maria Holm.", "pledge", ("Maria Holm",), "2026-06-30"),
    ("en", "Maria Holm proposed that the group meet four times a year.", "proposal", ("Maria Holm",), None),
    ("en", "Maria Holm said that both sides should publish the minutes.", "proposal", ("Maria Holm",), None),
    ("en", "The two sides agreed to publish the minutes.", "joint", ("The two sides",), None),
    ("en", "The next session will be held in Ravik in May 2027.", "plan", ("next session",), "2027-05"),
    ("ru", "«Мы направим список до конца июня», — сказала Мария Хольм.", "pledge", ("Мария Хольм",), "2026-06-30"),
    ("ru", "Мария Хольм предложила проводить встречи ежемесячно.", "proposal", ("Мария Хольм",), None),
    ("ru", "Стороны договорились опубликовать протокол.", "joint", ("Стороны",), None),
    ("zh", "赵乐际说，双方要加强立法合作。", "proposal", ("赵乐际",), None),
    ("zh", "沃洛金表示，国家杜马愿同中方加强合作。", "pledge", ("沃洛金",), None),
    ("zh", "双方同意公布会议纪要。", "joint", ("双方",), None),
]


@pytest.mark.parametrize(("language", "text", "nature", "who", "due"), COMMITMENTS, ids=[c[1][:30] for c in COMMITMENTS])
def test_a_commitment_binds_whom_it_says(language: str, text: str, nature: str, who: tuple[str, ...], due: str | None) -> None:
    (commitment,) = read(text, language, None, DAY).commitments
    assert (commitment.nature, commitment.who) == (nature, who)
    assert (commitment.due.date if commitment.due else None) == due


@pytest.mark.parametrize(
    "text",
    [
        "Maria Holm said that Sorvell will not sign.",
        "Maria Holm said that Sorvell would boycott the talks.",
        "Analysts say the houses should meet.",
    ],
)
def test_a_threat_a_refusal_and_an_analysts_advice_are_no_commitments(text: str) -> None:
    assert read(text, "en", None, DAY).commitments == ()


def test_several_undertakings_of_one_sentence_are_several_commitments() -> None:
    text = (
        "The two sides agreed to expand institutional exchanges, explore new areas of legislation and support a wider economic partnership."
    )
    assert [text[slice(*c.span)] for c in read(text, "en", None, DAY).commitments] == [
        "to expand institutional exchanges",
        "explore new areas of legislation",
        "support a wider economic partnership",
    ]


MEETINGS = [
    ("en", "The 10th meeting of the China-Russia Committee for Parliamentary Cooperation was held in Beijing on Monday.",
     "committee_session", 10, "Beijing", "2026-03-02"),
    ("en", "Maria Holm paid an official visit to Moscow on Tuesday.", "visit", None, "Moscow", "2026-03-03"),
    ("ru", "Десятое заседание межпарламентской комиссии прошло в Пекине 2 марта.", "committee_session", 10, "Пекин", "2026-03-02"),
    ("ru", "Володин провёл переговоры в Москве во вторник.", "talks", None, "Москва", "2026-03-03"),
    ("zh", "中俄议会合作委员会第十次会议2日在北京举行。", "committee_session", 10, "北京", "2026-03-02"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "kind", "ordinal", "place", "day"), MEETINGS, ids=[m[1][:30] for m in MEETINGS])
def test_a_meeting_has_its_slots(language: str, text: str, kind: str, ordinal: int | None, place: str, day: str) -> None:
    (meeting,) = read(text, language, None, DAY).meetings
    assert (meeting.kind, meeting.ordinal, meeting.place, meeting.date) == (kind, ordinal, place, day)


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("en", "State Duma Speaker Vyacheslav Volodin arrived.", ("Vyacheslav Volodin", "Speaker", "State Duma", "RU")),
        ("en", "Zhao Leji, chairman of the NPC Standing Committee, arrived.", ("Zhao Leji", "chairman", "NPC Standing Committee", "CN")),
        (
            "ru",
            "встреча с председателем Государственной Думы Вячеславом Володиным",
            ("Вячеслав Володин", "председатель", "Государственная Дума", "RU"),
        ),
        (
            "ru",
            "встреча с председателем Постоянного комитета ВСНП Чжао Лэцзи",
            ("Чжао Лэцзи", "председатель", "Постоянный комитет ВСНП", "CN"),
        ),
        ("zh", "俄罗斯国家杜马主席沃洛金抵达。", ("沃洛金", "主席", "俄罗斯国家杜马", "RU")),
        ("zh", "全国人大常委会委员长赵乐际出席。", ("赵乐际", "委员长", "全国人大常委会", "CN")),
    ],
)
def test_a_person_has_office_body_and_country(language: str, text: str, person: tuple[str, str, str, str]) -> None:
    (found,) = read(text, language, None, DAY).persons
    role = (found.role or "").removeprefix("State Duma ") if language == "en" else found.role
    organisation = found.organisation or ("State Duma" if (found.role or "").startswith("State Duma") else None)
    assert (found.name, role, organisation, found.country) == person


def test_an_unknown_reader_is_refused_and_a_missing_one_falls_back_to_rules_and_says_so() -> None:
    def missing() -> None:
        raise ImportError("nothing here")

    with pytest.raises(Refused):
        read("The house met.", "en", reader="tea leaves")
    register("missing", missing)
    try:
        reading = read("The house met.", "en", reader="missing")
    finally:
        del FACTORIES["missing"]
    assert reading.reader == "rules"
    assert "nothing here" in reading.notes[0]


def test_a_reader_that_does_not_read_the_language_is_refused() -> None:
    pytest.importorskip("slovnet", reason="rules+natasha needs the extra press-ru")
    with pytest.raises(Refused):
        choose("zh", "rules+natasha")


def test_a_reading_survives_its_json() -> None:
    reading = read("Maria Holm said that both sides should meet in Beijing before the end of June.", "en", None, DAY)
    assert Reading.from_json(reading.to_json()) == reading


@pytest.mark.parametrize(
    ("language", "text", "facts"),
    [
        (
            "en",
            "OSTREL, March 3 (Lake Wire) -- The committee opened its fifth meeting in Ostrel. Maria Holm said that the talks were slow. "
            "Nobody knows why?",
            ["The committee opened its fifth meeting in Ostrel"],
        ),
        (
            "ru",
            "Заголовок без точки\n\nКомитет собрался в Остреле. Мария Хольм заявила, что переговоры затянулись.",
            ["Комитет собрался в Остреле"],
        ),
        ("zh", "委员会第五次会议2日在北京举行。赵乐际表示，会议很成功。", ["委员会第五次会议2日在北京举行"]),
    ],
)
def test_plain_narration_is_a_reported_fact_and_no_statement(language: str, text: str, facts: list[str]) -> None:
    reading = read(text, language, None, DAY)
    assert [text[slice(*f.span)] for f in reading.reported_facts] == facts
    assert {f.claim_kind for f in reading.reported_facts} == {"reported_fact"}
    assert len(reading.statements) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Maria Holm alleged that the talks were slow."),
        ("ru", "Мария Хольм утверждает, что переговоры затянулись."),
        ("zh", "赵乐际声称，谈判进展缓慢。"),
    ],
)
def test_distance_is_flagged_in_every_language(language: str, text: str) -> None:
    assert [s.distanced for s in read(text, language, None, DAY).statements] == [True]
