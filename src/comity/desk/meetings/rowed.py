"""Forms with rows: items of an agenda, members of a delegation. Rows are added, moved and removed by buttons named ``show``, which work
without a script: the server puts the rows in their new order and shows the form again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from comity.desk.forms import ActForm
from comity.desk.languages import by_key
from comity.desk.mechanisms.naming import rows_shown

type Row = dict[str, Any]


class RowsForm(ActForm):
    """The field ``part`` of row *n* is ``row<n>_<part>``; ``MOST`` is how many rows there may be."""

    MOST: ClassVar[int] = 100

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=1)
    meeting = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *data: Any, **named: Any) -> None:
        super().__init__(*data, **named)
        self.count = rows_shown(self, "rows", most=self.MOST)
        self.parts = list(self.row_fields())
        for n in range(self.count):
            self.fields |= {f"row{n}_{part}": field for part, field in self.row_fields().items()}

    def row_fields(self) -> dict[str, forms.Field]:
        """Fresh fields of one row by part."""
        raise NotImplementedError

    def row(self, n: int) -> Row:
        """What row ``n`` holds, as typed."""
        return {part: self[f"row{n}_{part}"].value() for part in self.parts}

    def typed_rows(self) -> list[Row]:
        return [self.row(n) for n in range(self.count)]

    def bound_row(self, n: int) -> dict[str, forms.BoundField]:
        """The fields of row ``n`` for the template."""
        return {part: self[f"row{n}_{part}"] for part in self.parts}


def initial_rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """First values of a form from rows."""
    return {"rows": max(1, len(rows))} | {f"row{n}_{part}": value for n, row in enumerate(rows) for part, value in row.items()}


def rearranged(rows: list[Row], action: str, empty: Row) -> list[Row]:
    """The rows after a button: ``add``, ``up-<n>``, ``down-<n>`` or ``remove-<n>``; anything else leaves them as they are."""
    verb, _, number = action.partition("-")
    place = int(number) if number.isascii() and number.isdigit() else -1
    rows = list(rows)
    if verb == "add":
        return [*rows, dict(empty)]
    if not 0 <= place < len(rows):
        return rows
    if verb == "remove":
        return [row for n, row in enumerate(rows) if n != place] or [dict(empty)]
    other = place - 1 if verb == "up" else place + 1 if verb == "down" else place
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def words_fields(label: Any, prefix: str, *, most: int) -> dict[str, forms.Field]:
    """One text field per language that is asked for: ``<prefix>_zh``, ``_ru``, ``_fr``."""
    return {
        f"{prefix}_{key}": forms.CharField(
            label=label, max_length=most, required=False, widget=forms.TextInput(attrs={"lang": tag, "autocomplete": "off"})
        )
        for key, (tag, _own) in by_key().items()
    }


def languages_used(rows: Sequence[Mapping[str, Any]], prefix: str) -> list[str]:
    """The short keys of the languages in which any row says something."""
    return [key for key in by_key() if any(str(row.get(f"{prefix}_{key}") or "").strip() for row in rows)]
