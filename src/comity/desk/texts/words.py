"""What kinds, statuses, warnings and provisions of texts are called."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext

from comity.texts.clean import Warned
from comity.texts.model import last_segment

KINDS = {
    "communique": gettext_lazy("Joint communiqué"),
    "statement": gettext_lazy("Joint statement"),
    "agreement": gettext_lazy("Agreement"),
    "rules": gettext_lazy("Rules of procedure"),
    "agenda": gettext_lazy("Agenda"),
    "minutes": gettext_lazy("Minutes"),
    "programme": gettext_lazy("Programme"),
}

STATUSES = {
    "authentic": gettext_lazy("authentic text"),
    "official_translation": gettext_lazy("official translation"),
    "unofficial": gettext_lazy("unofficial translation"),
    "machine": gettext_lazy("machine translation"),
}

WARNINGS = {
    "NUMBERING": gettext_lazy("The numbering is odd here: a number is missing, stands twice or begins late."),
    "DEPTH": gettext_lazy("The text has too many levels; the deepest stand on one."),
    "UNSEEN": gettext_lazy("Invisible characters were removed here."),
    "LANGUAGE": gettext_lazy("Much of this is not written in the script of its language."),
    "UNREAD": gettext_lazy("The file holds something that is not text (a picture, a note); it was not read."),
}

_PROVISIONS = {
    "book": gettext_lazy("Book %(number)s"),
    "part": gettext_lazy("Part %(number)s"),
    "title": gettext_lazy("Title %(number)s"),
    "chp": gettext_lazy("Chapter %(number)s"),
    "sec": gettext_lazy("Section %(number)s"),
    "subsec": gettext_lazy("Subsection %(number)s"),
    "art": gettext_lazy("Article %(number)s"),
    "para": gettext_lazy("Paragraph %(number)s"),
    "subpara": gettext_lazy("Subparagraph %(number)s"),
    "point": gettext_lazy("Point %(number)s"),
    "indent": gettext_lazy("Indent %(number)s"),
    "al": gettext_lazy("Passage %(number)s"),
    "annex": gettext_lazy("Annex %(number)s"),
    "rec": gettext_lazy("Preamble, paragraph %(number)s"),
    "formula": gettext_lazy("Closing formula %(number)s"),
    "sig": gettext_lazy("Signature block %(number)s"),
}


def kind_label(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def status_in(language: str, status: str) -> str:
    """A version's status in the language of that version, if the desk speaks it; else in English."""
    primary = language.split("-")[0]
    with translation.override({"zh": "zh-hans", "ru": "ru"}.get(primary, "en")):
        return str(STATUSES.get(status, status))


def warning_label(warned: Warned) -> str:
    """A reader's warning in the page's language, with its place."""
    said = str(WARNINGS.get(warned.code, warned.message))
    return f"{warned.place}: {said}" if warned.place else said


def provision_label(eid: str) -> str:
    """Where a provision stands, in words: ``art_2__point_a`` gives "Article 2, point a"."""
    parts = []
    for segment in eid.split("__"):
        kind, number = last_segment(segment)
        parts.append(str(_PROVISIONS[kind]) % {"number": number} if kind in _PROVISIONS else segment)
    first, *rest = parts
    between = {"comma": ", "}.get(pgettext("between the parts of a provision's name: comma or none", "comma"), "")
    return between.join([first, *(part[:1].lower() + part[1:] for part in rest)])
