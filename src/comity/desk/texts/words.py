"""What kinds, statuses, warnings and provisions of texts are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from comity.desk.design.templatetags.design import own_name
from comity.texts.adoption import Hindrance
from comity.texts.checks.finding import Finding
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

USES = {
    "preferred": gettext_lazy("preferred"),
    "admitted": gettext_lazy("admitted"),
    "forbidden": gettext_lazy("not to be used"),
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

CODES = {
    "STRUCT": gettext_lazy("The order or place differs"),
    "MISSING": gettext_lazy("A provision is missing"),
    "EXTRA": gettext_lazy("A provision too many"),
    "SPLIT": gettext_lazy("Divided differently"),
    "LABEL": gettext_lazy("Labels of two scripts"),
    "NUM": gettext_lazy("The numbers differ"),
    "DATE": gettext_lazy("The dates differ"),
    "MONEY": gettext_lazy("The amounts differ"),
    "UNIT": gettext_lazy("The units differ"),
    "REF": gettext_lazy("The references differ"),
    "NAME": gettext_lazy("A name is missing"),
    "TERM": gettext_lazy("A term is not the agreed one"),
    "MODAL": gettext_lazy("Duty and permission differ"),
    "NEG": gettext_lazy("A negation differs"),
    "SEM": gettext_lazy("The meanings seem far apart"),
    "PREC": gettext_lazy("It departs from agreed language"),
    "STRAY": gettext_lazy("Something was left over"),
    "BRACKET": gettext_lazy("Open bracket"),
    "CLOSING": gettext_lazy("The closing formula"),
}

SEVERITIES = {
    "error": gettext_lazy("Error"),
    "warning": gettext_lazy("Look at this"),
    "info": gettext_lazy("Remark"),
}

# What the checks put into the gaps of their sentences, where it is a word of its own.
_SAID = {
    "obligation": gettext_lazy("obligation"),
    "permission": gettext_lazy("permission"),
    "prohibition": gettext_lazy("prohibition"),
    "Latin": gettext_lazy("Latin"),
    "Cyrillic": gettext_lazy("Cyrillic"),
    "the text": gettext_lazy("the text"),
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


def finding_label(item: Finding) -> str:
    """What a check found, as a sentence in the page's language. Names of languages and provisions are said in it too."""
    return str(_(item.template)).format(**{name: said_detail(name, value) for name, value in item.details.items()})


def said_detail(name: str, value: object) -> str:
    """A detail of a finding or a hindrance as the page's language says it."""
    text = str(value)
    if name in ("language", "languages"):
        return ", ".join(str(own_name(one)) for one in text.split(", "))
    if name in ("eids", "other_eids", "target"):
        return ", ".join(provision_label(one) if last_segment(one)[0] else str(_SAID.get(one, one)) for one in text.split(", "))
    return str(_SAID.get(text, text))


def hindrance_label(item: Hindrance, languages: Sequence[str] = ()) -> str:
    """Why a text cannot be adopted: the provision and what is wrong there, between which languages."""
    if item.finding:
        between = " / ".join(str(own_name(lang)) for lang in languages or item.finding.languages)
        said = _("%(what)s (%(languages)s)") % {"what": CODES.get(item.finding.code, item.finding.code), "languages": between}
    else:
        details = {name: said_detail(name, value) for name, value in item.reason.details.items()}
        said = str(_(item.reason.template)).format(**details)
    return f"{provision_label(item.eid)}: {said}" if item.eid else said


def hindrances_shown(found: Sequence[Hindrance], most: int = 12) -> list[dict[str, str]]:
    """The reasons as a summary lists them, each leading to its provision; what one check says of one provision is one line."""
    groups: dict[tuple[str, str], list[Hindrance]] = {}
    for item in found:
        groups.setdefault((item.eid, item.finding.code if item.finding else item.reason.template), []).append(item)
    shown = []
    for (eid, _code), group in list(groups.items())[:most]:
        languages = list(dict.fromkeys(lang for item in group if item.finding for lang in item.finding.languages))
        shown.append({"text": hindrance_label(group[0], languages), "url": f"#{eid}" if eid else ""})
    if (rest := len(groups) - most) > 0:
        shown.append({"text": ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}, "url": ""})
    return shown


def provision_label(eid: str) -> str:
    """Where a provision stands, in words: ``art_2__point_a`` gives "Article 2, point a"."""
    parts = []
    for segment in eid.split("__"):
        kind, number = last_segment(segment)
        parts.append(str(_PROVISIONS[kind]) % {"number": number} if kind in _PROVISIONS else segment)
    first, *rest = parts
    between = {"comma": ", "}.get(pgettext("between the parts of a provision's name: comma or none", "comma"), "")
    return between.join([first, *(part[:1].lower() + part[1:] for part in rest)])


def signed_field(key: str) -> str | None:
    """What a field of an act about texts or terms is called on the signing page; None if it is called as everywhere."""
    return {
        "brackets": _("Open brackets"),
        "waivers": _("Findings set aside"),
        "code": _("Check"),
        "finding": _("Key of the finding"),
        "by": _("By"),
        "reasons": _("Reason"),
        "key": _("Short name"),
        "terms": _("Terms"),
        "use": _("Use"),
        "definitions": _("Definitions"),
        "source": _("Defined in"),
        "notes": _("Comment"),
        "about": _("About"),
    }.get(key)


def signed_value(key: str, value: str) -> str | None:
    """The word for a signed value of such an act; None if it has none."""
    tables: dict[str, Mapping[str, Any]] = {"kind": KINDS, "code": CODES, "use": USES}
    word = tables.get(key, {}).get(value)
    return str(word) if word is not None else None
