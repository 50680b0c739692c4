"""What a Russian text reports as said, by the form of the sentence, and what it reports as undertaken."""

from __future__ import annotations

import pytest

from comity.press.readers import read

SAID = [
    ("Как сказано в докладе, средства не израсходованы.", "доклад", "средства не израсходованы", "official_claim"),
    ("В тексте коммюнике отмечается, что стороны довольны.", "коммюнике", "стороны довольны", "official_claim"),
    ("Было отмечено, что проект готов.", None, "проект готов", "official_claim"),
    ("Ранее сообщалось, что проект готов.", None, "проект готов", "official_claim"),
    ("Комитетом отмечается, что работа идёт.", "Комитет", "работа идёт", "official_claim"),
    ("Эксперты сомневаются, что комиссия успеет.", "Эксперты", "комиссия успеет", "analyst_claim"),
    ("Министр Анна Хольм усомнилась в том, что план выполним.", "Анна Хольм", "план выполним", "official_claim"),
    ("Анна Хольм не согласилась с тем, что сроки сорваны.", "Анна Хольм", "сроки сорваны", "official_claim"),
    ("По мнению депутата, план хорош.", "депутат", "план хорош", "official_claim"),
    ("План, как считает Анна Хольм, выполнен.", "Анна Хольм", "План, как считает Анна Хольм, выполнен", "official_claim"),
    ("План, подчеркнула Анна Хольм, выполнен.", "Анна Хольм", "План, подчеркнула Анна Хольм, выполнен", "official_claim"),
    ("«Мы согласны», – сказал корреспонденту «Вестника» Пекка Лахти.", "Пекка Лахти", "Мы согласны", "official_claim"),
]


@pytest.mark.parametrize(("text", "speaker", "content", "claim"), SAID, ids=[s[0][:28] for s in SAID])
def test_a_statement_has_its_content_its_speaker_and_its_kind(text: str, speaker: str | None, content: str, claim: str) -> None:
    found = [(s.speaker, text[slice(*s.span)], s.claim_kind) for s in read(text, "ru").statements]
    if speaker in {"Комитет", "депутат"}:
        pytest.importorskip("pymorphy3", reason="the nominative of a common noun needs pymorphy3")
    assert found == [(speaker, content, claim)]


def test_who_disagrees_undertakes_nothing() -> None:
    assert not read("Анна Хольм не согласилась с тем, что сроки сорваны.", "ru").commitments


@pytest.mark.parametrize(
    ("text", "nature", "who", "content"),
    [
        ("Депутат Бен Келлер предложил провести слушания в мае.", "proposal", ("Бен Келлер",), "провести слушания в мае"),
        ("Стороны условились о регулярных встречах.", "joint", ("Стороны",), "о регулярных встречах"),
        ("По итогам встречи решено создать рабочую группу.", "joint", (), "создать рабочую группу"),
        ("Ожидается, что заседание пройдёт в Остреле.", "plan", (), "заседание пройдёт в Остреле"),
    ],
)
def test_a_commitment_is_the_clause_and_names_only_who_is_bound(text: str, nature: str, who: tuple[str, ...], content: str) -> None:
    (one,) = read(text, "ru").commitments
    assert (one.nature, one.who, text[slice(*one.span)]) == (nature, who, content)
