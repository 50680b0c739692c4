"""Rows that are written many at a time are those that are written one by one, of every table that mirrors the record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import models

from comity.desk.commitments.models import ReportRow
from comity.desk.projection import ROOMS
from comity.desk.record import project as record
from comity.desk.rows import many_at_a_time, put, written

pytestmark = pytest.mark.django_db
MIRRORED = [*record.MODELS, *(model for room in ROOMS for model in room.models)]


def _example(field: Any, number: int) -> Any:
    if isinstance(field, models.JSONField):
        return [[], {}, [{"en": "one", "zh-Hans": "一"}], {"ru": "да"}][number % 4]
    if isinstance(field, models.BooleanField):
        return bool(number % 2)
    if isinstance(field, models.DateTimeField):
        return datetime(2026, 11, 12, 9, number, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date(2026, 11, 1 + number)
    if isinstance(field, models.IntegerField):
        return number
    return f"第{number}—“%s”"[: field.max_length]


def _row(model: type[models.Model], number: int, *, whole: bool) -> dict[str, Any]:
    """Values for every field, or only for those without a default."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    if whole:
        return {f.name: _example(f, number + at) for at, f in enumerate(fields)}
    return {f.name: None if f.null else _example(f, number + at) for at, f in enumerate(fields) if not f.has_default()}


def _stored(model: type[models.Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


@pytest.mark.parametrize("model", MIRRORED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("whole", [True, False], ids=["every field", "defaults"])
def test_rows_written_many_at_a_time_are_those_written_one_by_one(model: type[models.Model], whole: bool) -> None:
    rows = {str(number): _row(model, number, whole=whole) for number in range(1, 5)}
    for key, values in rows.items():
        put(model, id=key, defaults=values)
    one_by_one = _stored(model)
    model._default_manager.all().delete()
    with many_at_a_time():
        for key, values in rows.items():
            put(model, id=key, defaults=values)
    assert len(one_by_one) == 4
    assert _stored(model) == one_by_one


def test_the_last_that_was_put_under_a_key_stands_whether_written_before_or_not() -> None:
    with many_at_a_time():
        for key, said in (("1", "first"), ("2", "second"), ("2", "third")):
            put(ReportRow, id=key, defaults=_row(ReportRow, 1, whole=True) | {"said": said})
        written()
        put(ReportRow, id="1", defaults=_row(ReportRow, 1, whole=True) | {"said": "fourth"})
    assert [row["said"] for row in _stored(ReportRow)] == ["fourth", "third"]
