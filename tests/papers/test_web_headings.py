"""Headings of a paper's page go down one level at a time."""

from __future__ import annotations

import re

from comity.papers import Heading, Paper, Paragraph, html


def test_an_article_without_a_chapter_stands_one_level_under_the_title() -> None:
    paper = Paper("Minutes", "en", (Heading("Opening", 2), Paragraph("Opened."), Heading("Part", 1), Heading("Item", 2)))
    assert re.findall(r"<h(\d)", html(paper)) == ["2", "3", "3", "4"]
