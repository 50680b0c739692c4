"""Papers: one document model, printed as PDF, written as Word, shown as HTML. See `model` for what a paper may hold."""

from comity.papers.model import (
    Block,
    Chart,
    Facts,
    Foot,
    Heading,
    Item,
    PageBreak,
    Paper,
    Paragraph,
    Part,
    Rule,
    Run,
    SideBySide,
    Signatures,
    Table,
)
from comity.papers.typeset import CannotPrint, can_print, pdf, unprintable
from comity.papers.web import html
from comity.papers.word import docx

__all__ = [
    "Block",
    "CannotPrint",
    "Chart",
    "Facts",
    "Foot",
    "Heading",
    "Item",
    "PageBreak",
    "Paper",
    "Paragraph",
    "Part",
    "Rule",
    "Run",
    "SideBySide",
    "Signatures",
    "Table",
    "can_print",
    "docx",
    "html",
    "pdf",
    "unprintable",
]
