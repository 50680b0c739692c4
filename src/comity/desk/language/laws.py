"""Laws side by side: two files in, provision-level matches out, for a person to confirm. Kept on this node, seen by its officers only."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from comity.desk.accounts.models import page_language
from comity.desk.accounts.policy import why_not_draft
from comity.desk.choices import offer
from comity.desk.design.templatetags.design import own_name
from comity.desk.errors import sentence
from comity.desk.language import meaning
from comity.desk.language.models import Comparison
from comity.desk.show import day, officer_of, trail
from comity.desk.texts.words import provision_label
from comity.errors import ComityError, Unsayable
from comity.papers import Block, Heading, Paper, Paragraph, Run, SideBySide, can_print
from comity.terms.ids import digest
from comity.texts.compare import Match, compare_laws, compare_versions, units
from comity.texts.diff import token_diff
from comity.texts.imports import structure_file
from comity.texts.model import TextVersion
from comity.texts.sound import MAX_BYTES

MOST_UNITS: Final = 2000
LANGUAGES: Final = ("zh-Hans", "ru", "en", "fr", "es")
VERDICTS: Final = ("", "yes", "no")
KINDS: Final = {
    "same": gettext_lazy("the same"),
    "changed": pgettext_lazy("of an article", "changed"),
    "added": gettext_lazy("only in the second"),
    "removed": gettext_lazy("only in the first"),
    "related": gettext_lazy("related"),
}


class CompareForm(forms.Form):
    """Two files with their languages."""

    name = forms.CharField(label=gettext_lazy("Name of this comparison"), max_length=200)
    left = forms.FileField(label=gettext_lazy("First law"), help_text=gettext_lazy("Word, HTML, Akoma Ntoso or plain text."))
    left_lang = forms.ChoiceField(label=gettext_lazy("Its language"))
    right = forms.FileField(
        label=gettext_lazy("Second law"), help_text=gettext_lazy("Of another country, or a later version of the first.")
    )
    right_lang = forms.ChoiceField(label=gettext_lazy("Its language"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What they are"),
        choices=[
            ("laws", gettext_lazy("two laws: compared by meaning, in any order")),
            ("versions", gettext_lazy("two versions of one law, in one language: compared word by word")),
        ],
        initial="laws",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in ("left_lang", "right_lang"):
            offer(self, name, [(lang, own_name(lang)) for lang in LANGUAGES])

    def compared(self) -> Comparison | None:
        """The comparison, saved, if the form and both files make sense; else the errors are at their fields."""
        if not self.is_valid():
            return None
        read: dict[str, TextVersion] = {}
        for side in ("left", "right"):
            try:
                read[side] = _read(self.cleaned_data[side], self.cleaned_data[f"{side}_lang"])
            except ComityError as error:
                self.add_error(side, sentence(error))
        if self.errors:
            return None
        try:
            return compared(self.cleaned_data["name"], self.cleaned_data["kind"], read["left"], read["right"])
        except ComityError as error:
            self.add_error("kind", sentence(error))
            return None


def _read(file: Any, language: str) -> TextVersion:
    if file.size > MAX_BYTES:
        raise Unsayable("The file is larger than a text can be.", place="file", remedy="Remove pictures from it.")
    version = structure_file(file.name, file.read(), language).version
    found = len(units(version))
    if not found:
        raise Unsayable("No numbered provisions were found in it.", place="file", remedy="Check that it is the text of a law.")
    if found > MOST_UNITS:
        raise Unsayable("The law has more than {most} articles.", place="file", remedy="Compare it part by part.", most=MOST_UNITS)
    return version


def compared(name: str, kind: str, left: TextVersion, right: TextVersion) -> Comparison:
    """Compare and keep. Raises Refused where two laws are compared without the encoder, Unsayable for versions in two languages."""
    if kind == "versions" and left.language != right.language:
        raise Unsayable("Two versions of one law are in one language.", place="kind", remedy="Choose “two laws”.")
    matches = compare_versions(left, right) if kind == "versions" else compare_laws(left, right, meaning.encoder())
    return Comparison(name=name, kind=kind, left=_side(left), right=_side(right), matches=[_kept(match) for match in matches])


def _side(version: TextVersion) -> dict[str, Any]:
    known = version.by_eid()
    found = [{"eid": eid, "num": known[eid].num, "heading": known[eid].heading, "text": words} for eid, words in units(version)]
    return {"lang": version.language, "title": version.title, "units": found}


def _kept(match: Match) -> dict[str, Any]:
    kept = {"source": list(match.source), "target": list(match.target), "similarity": round(match.similarity, 3), "kind": match.kind}
    return kept | {"verdict": "", "by": ""}


def index(request: HttpRequest, form: CompareForm | None = None) -> dict[str, Any]:
    """The context of ``language/laws.html``."""
    found = [
        {
            "url": reverse("language:comparison", args=[row.pk]),
            "name": row.name,
            "left": row.left,
            "right": row.right,
            "made": day(row.made.date().isoformat()),
            "confirmed": sum(match["verdict"] == "yes" for match in row.matches),
            "matches": sum(bool(match["source"] and match["target"]) for match in row.matches),
        }
        for row in Comparison.objects.all()[:100]
    ]
    refusal = str(why_not_draft(officer_of(request), _party())) if _party() else ""
    return {"comparisons": found, "form": form or CompareForm(), "refusal": refusal, "by_meaning": meaning.encoder() is not None}


def _party() -> str:
    from django.conf import settings

    return str(settings.NODE.party)


def page(request: HttpRequest, row: Comparison) -> dict[str, Any]:
    """The context of ``language/comparison.html``; ``?show=`` is ``matched``, ``left`` or ``right``."""
    lines = [_line(row, number) for number in range(len(row.matches))]
    show = request.GET.get("show", "")
    shown = {
        "matched": [line for line in lines if line["left"] and line["right"]],
        "changed": [line for line in lines if line["kind"] == "changed"],
        "left": [line for line in lines if not line["right"]],
        "right": [line for line in lines if not line["left"]],
    }
    numbers = {key: len(items) for key, items in shown.items()}
    names = {
        "": _("all"),
        "matched": _("matched"),
        "changed": pgettext("of an article", "changed"),
        "left": _("only in the first"),
        "right": _("only in the second"),
    }
    return {
        "row": row,
        "lines": shown.get(show, lines),
        "show": show,
        "views": [
            {"key": key, "label": label, "count": numbers.get(key, len(lines))} for key, label in names.items() if key in ("", *shown)
        ],
        "confirmed": sum(match["verdict"] == "yes" for match in row.matches),
        "summary": _summary(numbers),
        "can_print": can_print(),
        "trail": trail((_("Laws side by side"), reverse("language:laws")), row.name),
    }


def _summary(numbers: Mapping[str, int]) -> str:
    matched = ngettext("%(n)d match", "%(n)d matches", numbers["matched"]) % {"n": numbers["matched"]}
    first = ngettext("%(n)d only in the first", "%(n)d only in the first", numbers["left"]) % {"n": numbers["left"]}
    second = ngettext("%(n)d only in the second", "%(n)d only in the second", numbers["right"]) % {"n": numbers["right"]}
    return " · ".join((matched, first, second))


def _provisions(side: Mapping[str, Any], eids: Sequence[str]) -> list[dict[str, Any]]:
    known = {unit["eid"]: unit for unit in side["units"]}
    return [known[eid] | {"label": known[eid]["num"] or provision_label(eid)} for eid in eids if eid in known]


def _line(row: Comparison, number: int) -> dict[str, Any]:
    match = row.matches[number]
    left, right = _provisions(row.left, match["source"]), _provisions(row.right, match["target"])
    changed = match["kind"] == "changed" and len(left) == len(right) == 1
    return {
        "number": number,
        "left": left,
        "right": right,
        "kind": match["kind"],
        "label": KINDS[match["kind"]],
        "similarity": round(100 * match["similarity"]) if left and right else None,
        "verdict": match["verdict"],
        "by": match["by"],
        "pieces": token_diff(left[0]["text"], right[0]["text"]) if changed else (),
        "asks": bool(left and right) and row.kind == "laws",
    }


def judge(row: Comparison, number: int, verdict: str, by: str) -> None:
    """Note what a person says of a match: `yes`, `no`, or empty to take it back. Raises Unsayable for anything else."""
    if verdict not in VERDICTS or not 0 <= number < len(row.matches):
        raise Unsayable("There is no such match or verdict.", place="match")
    row.matches[number] |= {"verdict": verdict, "by": by if verdict else ""}
    row.save(update_fields=["matches"])


def as_csv(row: Comparison) -> str:
    """One line per match, with the words of both sides; UTF-8 with a byte order mark, so that a spreadsheet reads it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["first", "second", "kind", "similarity", "confirmed", "by", "words of the first", "words of the second"])
    for match in row.matches:
        left, right = _provisions(row.left, match["source"]), _provisions(row.right, match["target"])
        cells = [
            " ".join(item["label"] for item in left),
            " ".join(item["label"] for item in right),
            match["kind"],
            f"{match['similarity']:.3f}" if left and right else "",
            match["verdict"],
            match["by"],
            "\n".join(item["text"] for item in left),
            "\n".join(item["text"] for item in right),
        ]
        # A cell that begins like a formula would be run by a spreadsheet.
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell for cell in cells])
    return "\ufeff" + out.getvalue()


def paper(row: Comparison) -> Paper:
    """The comparison on a wide page: matches first, then what only one of the laws regulates."""
    langs = (row.left["lang"], row.right["lang"])
    heads = (row.left["title"] or _("first law"), row.right["title"] or _("second law"))
    lines = []
    for number in range(len(row.matches)):
        line = _line(row, number)
        said = Paragraph(_match_said(line), small=True)
        left, right = (
            tuple(Paragraph([Run(item["label"], bold=True), " ", item["text"]], lang=lang) for item in line[side])
            for side, lang in (("left", langs[0]), ("right", langs[1]))
        )
        lines.append(((*left, said), right or None) if left else (None, (*right, said)))
    told = _("Matches are proposed by a machine; where a person confirmed or rejected one, her name stands at it.")
    prints = [f"{head}: SHA-256 {_fingerprint(side)}" for head, side in zip(heads, (row.left, row.right), strict=True)]
    notes = tuple(Paragraph(words, small=True) for words in (told, *prints))
    blocks: tuple[Block, ...] = (*notes, Heading(_("Provisions")), SideBySide(langs, heads, tuple(lines)))
    return Paper(row.name, page_language(), blocks, landscape=True, date=row.made.date())


def _match_said(line: Mapping[str, Any]) -> str:
    """What a match is, how close, and what a person said of it."""
    parts = [str(line["label"])]
    if line["similarity"] is not None:
        parts.append(f"{line['similarity']} %")
    if line["verdict"]:
        told = _("confirmed by %(by)s") if line["verdict"] == "yes" else _("rejected by %(by)s")
        parts.append(told % {"by": line["by"]})
    return " · ".join(parts)


def _fingerprint(side: Mapping[str, Any]) -> str:
    """Of the words that were compared, a provision a line: both sides can tell that they speak of the same law."""
    return digest("\n".join(f"{unit['num']}\t{unit['text']}" for unit in side["units"]).encode())
