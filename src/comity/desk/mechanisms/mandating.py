"""The form by which points of a summit declaration or a treaty are taken up, each in the words of its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.desk import uploads
from comity.desk.choices import offer
from comity.desk.forms import ActForm, PartialDateField
from comity.desk.languages import by_key
from comity.desk.mechanisms.editing import MechanismForm, OfMechanism, optional, shortened
from comity.desk.mechanisms.models import MandateRow
from comity.desk.mechanisms.naming import Trio, name_fields, names_initial, names_typed, rows_shown
from comity.desk.mechanisms.words import MANDATE_KINDS
from comity.desk.mechanisms.working import SOURCE_FILE
from comity.desk.record.services import DraftContent, put_file
from comity.desk.show import day, title_for
from comity.desk.texts.models import TextRow
from comity.errors import Unsayable
from comity.mechanisms.work_acts import MANDATE, read_mandate
from comity.terms.ids import handle

MOST_POINTS = 60


class MandateForm(MechanismForm):
    """What the source is, and its points in three languages, one row per point."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "body.names": "name_zh",
        "body.kind": "kind",
        "body.date": "date",
        "body.source": "address",
        "body.source.file": "upload",
        "files": "upload",
        "body.source.text": "text",
        "body.points": "point0_zh",
    }
    supersedes = forms.CharField(widget=forms.HiddenInput, required=False)
    points_rows = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=3)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of source"), choices=list(MANDATE_KINDS.items()), widget=forms.RadioSelect, initial="summit"
    )
    date = PartialDateField(label=gettext_lazy("Date of the source"))
    address = forms.CharField(
        label=gettext_lazy("Address of the source"),
        required=False,
        help_text=gettext_lazy("With https://. It may change or vanish; a file stays."),
        max_length=2000,
    )
    text = forms.ChoiceField(label=gettext_lazy("Text adopted in this mechanism"), required=False)
    upload = forms.FileField(
        label=gettext_lazy("The source itself, as a file"),
        required=False,
        help_text=gettext_lazy("Kept whole, by its SHA-256, and signed with the points: anybody can open it from here."),
    )
    held = forms.CharField(required=False, widget=forms.HiddenInput)  # the file that is stored already: sha256/name
    drop = forms.BooleanField(label=gettext_lazy("Leave this file out"), required=False)

    def __init__(self, *data: Any, texts: Sequence[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*data, **named)
        self.rows = rows_shown(self, "points_rows", most=MOST_POINTS)
        self.fields |= name_fields("name", gettext_lazy("Name of the source"))
        offer(self, "text", [("", _("none of them")), *texts])
        for n in range(self.rows):
            self.fields[f"point{n}_key"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.fields[f"point{n}_place"] = forms.CharField(
                label=_("Where it stands"), required=False, max_length=60, widget=forms.TextInput(attrs={"class": "w-code"})
            )
            for key, (tag, own) in by_key().items():
                words = forms.Textarea(attrs={"rows": 3, "lang": tag})
                self.fields[f"point{n}_{key}"] = forms.CharField(
                    label=_("Words of point %(number)d (%(language)s)") % {"number": n + 1, "language": own},
                    required=False,
                    max_length=5000,
                    widget=words,
                )

    def places(self) -> Mapping[str, str]:
        return {**self.PLACES, **{f"body.points[{n}]": f"point{n}_zh" for n in range(self.rows)}}

    def stored(self) -> uploads.Held:
        """SHA-256 and name of the source's file, if one is stored already."""
        return uploads.held(self["held"].value())[:1]

    def kept(self) -> uploads.Held:
        return [] if self["drop"].value() else self.stored()

    def name_trio(self) -> Trio:
        return Trio(self, "name", _("Name of the source"), _("For example: Joint declaration of the heads of state."))

    def points(self) -> list[dict[str, Any]]:
        return [
            {
                "trio": Trio(self, f"point{n}", _("Point %(number)d") % {"number": n + 1}),
                "place": self[f"point{n}_place"],
                "key": self[f"point{n}_key"],
            }
            for n in range(self.rows)
        ]

    def typed_points(self) -> list[tuple[int, str, str, dict[str, str]]]:
        """Per point that has words: its row, key, place and words by language."""
        found = []
        for n in range(self.rows):
            typed = {tag: str(self[f"point{n}_{key}"].value() or "").replace("\r\n", "\n").strip() for key, (tag, _own) in by_key().items()}
            words = {tag: text for tag, text in typed.items() if text}
            if words:
                place, key = (str(self[f"point{n}_{part}"].value() or "").strip() for part in ("place", "key"))
                found.append((n, key, place, words))
        return found


class MandatePage(OfMechanism):
    """The page on which a mandate is taken up or changed."""

    type = MANDATE
    template = "mechanisms/mandate.html"
    form_class = MandateForm
    changes = MandateRow

    def form(self, *data: Any, **named: Any) -> ActForm:
        rows = TextRow.objects.filter(mechanism=self.mechanism.id, stage="adopted", in_force=True)[:100]
        texts = [(t.id, f"{shortened(title_for(t.titles) or handle(t.id), 60)}, {day(t.said[:10])}") for t in rows]
        return MandateForm(*data, texts=texts, **named)

    def initial(self) -> dict[str, Any]:
        row = self.changed
        start: dict[str, Any] = {"mechanism": self.mechanism.id}
        if row is None:
            return start
        start |= {"supersedes": row.id, "kind": row.kind, "date": row.date, "points_rows": len(row.points)}
        start |= {"address": row.source.get("address", ""), "text": row.source.get("text", "")}
        if "sha256" in row.source:
            start["held"] = uploads.as_held([(row.source["sha256"], row.source["file"].removeprefix(SOURCE_FILE))])
        keys = {tag: key for key, (tag, _own) in by_key().items()}
        for n, point in enumerate(row.points):
            start |= {f"point{n}_key": point["key"], f"point{n}_place": point["place"]}
            start |= {f"point{n}_{keys[q['lang']]}": q["text"] for q in point["quotes"] if q["lang"] in keys}
        return start | names_initial("name", row.names)

    def changed_by_hand(self, form: ActForm) -> ActForm:
        """A file that was sent, or three points more."""
        assert isinstance(form, MandateForm)
        sent = self.request.FILES.getlist("upload")
        if sent:
            data = self.request.POST.copy()
            data["held"] = uploads.as_held([uploads.keep(self.officer, sent[0])])
            data.pop("drop", None)
            form = self.form(data)
        if self.request.POST.get("show") != "points":
            return form
        assert isinstance(form, MandateForm)
        hidden = {name: form[name].value() for name in ("draft", "revision")}
        return self.form(initial=form.typed() | hidden | {"points_rows": min(form.rows + 3, MOST_POINTS)})

    def typed_titles(self, form: ActForm) -> dict[str, str]:
        return {n["lang"]: n["text"] for n in names_typed(form, "name")}

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, MandateForm)
        said, names, files = form.cleaned_data, names_typed(form, "name"), dict[str, str]()
        if not names:
            raise Unsayable("The source has no name yet.", place="body.names", remedy="Write it in one language at least.")
        typed = form.typed_points()
        if not typed:
            raise Unsayable("A mandate has one point at least.", place="body.points", remedy="Copy its words from the source.")
        keys = {key for _n, key, _place, _words in typed if key}
        points = []
        for n, key, place, words in typed:
            key = key or next(f"p{k}" for k in range(n + 1, n + 1000) if f"p{k}" not in keys)
            keys.add(key)
            quotes = []
            for lang, text in words.items():
                name = f"point-{key}.{lang}.txt"
                files[name] = put_file(self.officer, text.encode())
                quotes.append({"lang": lang, "file": name})
            points.append({"key": key, "quotes": quotes} | optional(place=place))
        body = {"kind": said["kind"], "names": names, "date": said["date"], "points": points}
        named = {f"{SOURCE_FILE}{name}": sha for sha, name in form.kept()}
        files |= named
        body |= {"source": optional(address=said["address"].strip(), text=said["text"], file=next(iter(named), ""))}
        body |= optional(supersedes=self.changed.id if self.changed else "")
        read_mandate(body)
        return self.draft_of(form, body, self.typed_titles(form), files)

    def context(self, form: ActForm) -> dict[str, Any]:
        title = _("Change a mandate") if self.changed else _("Take up a mandate")
        return {"title": title, "trail": self.trail_with(title)}
