"""Items of a position sheet from a file: CSV with the columns ``item key, symbol, title, date``, of which only the title is needed.

1. The key is the item's own where a forum's calendar gives it, else it is made from the title, so that both sides have the same one.
2. A file with a mistake is taken not at all; every row with one is named, counted as a spreadsheet counts them, the heading being row 1.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from comity.desk.errors import sentence
from comity.errors import ComityError
from comity.forums.positions import KEY, SYMBOL
from comity.forums.titles import item_key
from comity.terms.dates import PartialDate

LARGEST = 256 * 1024  # bytes; a session has a few hundred items
LONGEST, LONGEST_SYMBOL = 300, 80  # characters, as the table of items holds them


@dataclass(frozen=True, slots=True)
class Listed:
    """One item of the file. ``date``: when it is expected, ``YYYY[-MM[-DD]]``, or empty."""

    key: str
    symbol: str
    title: str
    date: str


def read(upload: UploadedFile[Any]) -> tuple[list[Listed], list[dict[str, object]]]:
    """The items of an uploaded file, and what is wrong with it: ``row`` (the heading is row 1) and ``text``. Items count only without
    mistakes.
    """
    try:
        text = upload.read(LARGEST + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [{"row": 1, "text": _("The file is not text in UTF-8. Save it as “CSV UTF-8”.")}]
    if len(text.encode()) > LARGEST:
        return [], [{"row": 1, "text": _("The file is larger than 256 KB.")}]
    heading = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count))
    rows.fieldnames = [name.strip().casefold().replace("_", " ") for name in rows.fieldnames or []]
    if "title" not in rows.fieldnames:
        return [], [{"row": 1, "text": _("The first row has to name the columns: item key, symbol, title, date.")}]
    items: dict[str, Listed] = {}
    problems: list[dict[str, object]] = []
    try:
        for row in rows:
            item, wrong = _item(row)
            if not wrong and item.key in items:
                wrong = _("This item stands in the file already.")
            if wrong:
                problems.append({"row": rows.line_num, "text": wrong})
            items.setdefault(item.key, item)
    except csv.Error:
        problems.append({"row": rows.line_num, "text": _("This row cannot be read as CSV.")})
    return list(items.values()), problems


def _item(row: Mapping[str | None, str | list[str] | None]) -> tuple[Listed, str]:
    """One row, and what is wrong with it; empty if nothing is."""
    key, symbol, title, date = (str(row.get(name) or "").strip() for name in ("item key", "symbol", "title", "date"))
    item = Listed(key or item_key(title), symbol, title, date)
    if not title:
        return item, _("The title is missing.")
    if len(title) > LONGEST:
        return item, _("The title is longer than %(most)d characters.") % {"most": LONGEST}
    if key and not re.fullmatch(KEY, key):
        return item, _("“%(key)s” is no item key: leave it empty, and it is made from the title.") % {"key": key}
    if symbol and (len(symbol) > LONGEST_SYMBOL or not re.fullmatch(SYMBOL, symbol)):
        return item, _("“%(symbol)s” is no symbol of a draft.") % {"symbol": symbol}
    try:
        if date:
            PartialDate(date)
    except ComityError as error:
        return item, sentence(error)
    return item, ""
