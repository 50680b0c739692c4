"""Readings in other people's formats, and the published schema."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from comity.errors import Malformed
from comity.press.exports import plover, web_annotations
from comity.press.readers import read
from comity.press.schema import READING, check_reading

TEXT = (
    "BEIJING, Aug. 25 (Agency) -- The 10th meeting of the China-Russia Committee for Parliamentary Cooperation "
    "was held in Beijing on Monday. "
    "“We will send the list of laws before the end of March,” State Duma Speaker Vyacheslav Volodin said."
)
READ = read(TEXT, "en", None, date(2025, 8, 26))


def test_every_annotation_carries_both_selectors_and_they_agree() -> None:
    page = web_annotations(READ, TEXT, source="urn:example:article")
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["items"]
    for item in page["items"]:
        for target in item["target"]:
            position, quote = target["selector"]
            assert TEXT[position["start"] : position["end"]] == quote["exact"]
            assert TEXT[: position["start"]].endswith(quote["prefix"])
            assert TEXT[position["end"] :].startswith(quote["suffix"])


def test_plover_codes_a_meeting_as_consult_and_a_pledge_as_agree() -> None:
    events = plover(READ, TEXT, source="Agency", date="2025-08-25")
    assert [(e["event"], e["date"]) for e in events] == [("CONSULT", "2025-08-25"), ("AGREE", "2025-08-25")]
    assert events[0]["mode"] == "multilateral"
    assert "legislative" in events[1]["context"]


def test_a_reading_keeps_to_its_schema() -> None:
    check_reading(READ.to_json(), text=TEXT)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda r: r.pop("sha256"),
        lambda r: r.update(language="de"),
        lambda r: r["statements"][0].update(span=[0]),
        lambda r: r["statements"][0].update(span=[0, 10**6]),
        lambda r: r["statements"][0].update(form="whispered"),
        lambda r: r["meetings"][0].update(ordinal="ten"),
    ],
)
def test_what_leaves_the_schema_is_refused_with_its_place(spoil: Any) -> None:
    row = copy.deepcopy(READ.to_json())
    spoil(row)
    with pytest.raises(Malformed) as refusal:
        check_reading(row, text=TEXT)
    assert refusal.value.place.startswith("reading")


def test_the_schema_is_a_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed; the schema's own check is tested above")
    jsonschema.Draft202012Validator.check_schema(READING)
    jsonschema.validate(READ.to_json(), READING)
