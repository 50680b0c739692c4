"""Why an act is not understood is kept with its row and said in the reader's language."""

from __future__ import annotations

from django.utils.translation import override

from comity.desk.errors import sentence
from comity.errors import ComityError, Unsayable
from comity.ledger.reasons import Code, Reason

NEWER = Unsayable("{type} is not known to this version.", place="predicateType", type="laws/exchange/7")


def test_the_reason_survives_the_table_and_speaks_russian() -> None:
    kept = ComityError.from_json(NEWER.to_json())
    with override("ru"):
        assert sentence(kept) == "Этой версии тип laws/exchange/7 неизвестен."


def test_a_reason_not_to_sign_says_its_inner_sentence_in_chinese() -> None:
    reason = Reason.of(Code.NOT_UNDERSTOOD, why=NEWER.to_json())
    with override("zh-hans"):
        said = sentence(reason.refused())
    assert "laws/exchange/7" in said
    assert "not known" not in said
