"""The pages behind the forms about commitments: what they start with, what they show, and what the draft then holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.commitments.acts import ASSESS, REPORT, UNDERTAKE, read_assessment, read_report, read_undertaking
from comity.commitments.model import JOINT_NATURES
from comity.desk import uploads
from comity.desk.accounts.models import page_language
from comity.desk.commitments import board
from comity.desk.commitments.forms import AssessForm, NoteForm, ReportForm, UndertakeForm
from comity.desk.commitments.models import CommitmentRow, ReportRow
from comity.desk.commitments.words import progress_label
from comity.desk.forms import ActForm, Editor
from comity.desk.mechanisms.coverage import point_words
from comity.desk.mechanisms.models import AppointmentRow, BodyRow, MandateRow, MechanismRow
from comity.desk.mechanisms.queries import in_office
from comity.desk.record.services import DraftContent, put_file
from comity.desk.show import day, languages_by_page, name_of, parties_of, title_for, trail
from comity.desk.texts import marking, queries
from comity.desk.texts.models import TextRow
from comity.desk.texts.words import kind_label, provision_label
from comity.errors import Unsayable
from comity.terms.ids import digest, handle
from comity.texts.model import TextVersion


class Undertake(Editor):
    """Marking words of an adopted text as a commitment."""

    type = UNDERTAKE
    template = "commitments/undertake.html"
    form_class = UndertakeForm

    def text(self) -> TextRow:
        """The text that is quoted, once per request."""
        if not hasattr(self, "_text"):
            wanted = self.request.POST.get("text") or self.wanted("text")
            found = TextRow.objects.filter(pk=wanted, stage="adopted", in_force=True).first()
            if found is None:
                raise Http404("text")
            self._text = found
        return self._text

    def versions(self) -> dict[str, TextVersion]:
        """The authentic versions that can be read, in the page's order of languages."""
        if not hasattr(self, "_versions"):
            authentic = [v for v in self.text().versions if v["status"] == "authentic"]
            documents = queries.documents(authentic)
            self._versions = {lang: doc.version for lang in languages_by_page(documents) if (doc := documents[lang])}
        return self._versions

    def mechanism(self) -> MechanismRow:
        return MechanismRow.objects.get(pk=self.text().mechanism)

    def former(self) -> CommitmentRow | None:
        """The commitment that this one changes."""
        wanted = self.request.POST.get("supersedes") or self.wanted("supersedes")
        return CommitmentRow.objects.filter(pk=wanted).first() if wanted else None

    def provisions(self) -> list[tuple[str, str]]:
        """eIds that have words in every authentic language, with where they stand and how they begin."""
        versions = list(self.versions().values())
        if not versions:
            return []
        lead = next((v for v in versions if v.language == page_language()), versions[0])
        others = [{p.eid for p in v.walk() if p.text} for v in versions]
        return [
            (p.eid, f"{provision_label(p.eid)}: {p.text[:60]}{'…' if len(p.text) > 60 else ''}")
            for p in lead.walk()
            if p.text and all(p.eid in eids for eids in others)
        ]

    def form(self, *data: Any, **named: Any) -> ActForm:
        parties = [(p.id, p.name) for p in parties_of(self.mechanism())]
        return UndertakeForm(
            *data, provisions=self.provisions(), parties=parties, languages=list(self.versions()), points=self.points(), **named
        )

    def points(self) -> list[tuple[str, str]]:
        """The points of the mandates in force, each under the act that says it now."""
        found = []
        for mandate in MandateRow.objects.filter(mechanism=self.text().mechanism, in_force=True)[:20]:
            for point in mandate.points:
                _lang, words = point_words(mandate, point["key"])
                where = " ".join(part for part in (name_of(mandate.names), point["place"]) if part)
                found.append((f"{mandate.act}#{point['key']}", f"{where}: {words[:90]}{'…' if len(words) > 90 else ''}"))
        return found

    def initial(self) -> dict[str, Any]:
        text, former = self.text(), self.former()
        everyone = [p.id for p in parties_of(self.mechanism())]
        eid = self.wanted("eid") or (former.eid if former else next((e for e, _label in self.provisions()), ""))
        start: dict[str, Any] = {"mechanism": text.mechanism, "text": text.id, "eid": eid, "by": everyone}
        if former is not None:
            due = "window" if former.due_from else "by" if former.due_by else "none"
            start |= {"supersedes": former.id, "nature": former.nature, "by": former.by, "due": due, "areas": "\n".join(former.areas)}
            start |= {"due_from": former.due_from, "due_by": former.due_by}
            start |= {UndertakeForm.key(lang): words for lang, words in former.quotes.items()}
            acts = dict(MandateRow.objects.filter(mechanism=text.mechanism).values_list("id", "act"))
            points = [point.partition("#") for point in former.mandates]
            start |= {"mandates": [f"{acts.get(m, m)}#{key}" for m, _hash, key in points], "attributes": former.attributes}
        else:
            start |= {UndertakeForm.key(lang): words for lang, words in self._words(eid).items()}
        return start

    def _words(self, eid: str) -> dict[str, str]:
        """The whole provision in every language: what one begins to mark from."""
        return {lang: p.text for lang, version in self.versions().items() if (p := version.by_eid().get(eid))}

    def changed_by_hand(self, form: ActForm) -> ActForm:
        """ "Show this provision": its words in place of those of the one before."""
        data = self.request.POST.copy()
        for lang, words in self._words(str(data.get("eid", ""))).items():
            if not marking.places(words, str(data.get(UndertakeForm.key(lang), ""))):
                data[UndertakeForm.key(lang)] = words
        return self.form(data)

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, UndertakeForm)
        text, eid = self.text(), str(form["eid"].value() or "")
        mechanism = self.mechanism()
        title = title_for(text.titles) or kind_label(text.kind)
        return {
            "title": _("Mark a commitment"),
            "text": text,
            "text_title": title,
            "former": self.former(),
            "columns": [{"lang": lang, "text": words, "field": form[form.key(lang)]} for lang, words in self._words(eid).items()],
            "meanings": form.meanings(),
            "trail": trail(
                (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
                (title, reverse("texts:detail", args=[text.id])),
                _("Mark a commitment"),
            ),
        }

    def sketch(self, form: ActForm) -> DraftContent:
        assert isinstance(form, UndertakeForm)
        titles = {lang: str(form[form.key(lang)].value() or "")[:200] for lang in form.languages}
        return DraftContent(self.type, self.text().mechanism, {}, {}, titles={k: v for k, v in titles.items() if v})

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, UndertakeForm)
        said, text = form.cleaned_data, self.text()
        order = [p.id for p in parties_of(self.mechanism())]
        marks = [self._mark(said["eid"], lang, said[form.key(lang)]) for lang in form.languages]
        body: dict[str, Any] = {
            "text": text.id,
            "version": text.act,
            "marks": marks,
            "nature": said["nature"],
            "by": [p for p in order if p in said["by"]],
            "due": form.due_body(),
            "areas": list(dict.fromkeys(line.strip() for line in said["areas"].splitlines() if line.strip())),
        }
        optional = {"supersedes": said["supersedes"], "mandates": said["mandates"], "attributes": said["attributes"]}
        body |= {name: value for name, value in optional.items() if value}
        if said["nature"] in JOINT_NATURES and body["by"] != order:
            raise Unsayable("What is joint binds all parties.", place="body.by", remedy="Name all parties, or call it a pledge.")
        if settings.NODE.party not in body["by"]:
            raise Unsayable(
                "What only the other side undertakes, only the other side can say.",
                place="body.by",
                remedy="Add your own side, or ask the other side to mark it.",
            )
        read_undertaking(body)
        titles = {lang: said[form.key(lang)][:200] for lang in form.languages}
        return DraftContent(self.type, text.mechanism, body, {}, said["audience"], said["public_from"], titles)

    def _mark(self, eid: str, lang: str, words: str) -> dict[str, Any]:
        """Where the words stand in the provision, in code points, with their SHA-256. Raises Unsayable unless they stand there once."""
        provision = self.versions()[lang].by_eid()[eid]
        words = words.replace("\r\n", "\n").strip()
        found = marking.places(provision.text, words)
        if len(found) != 1:
            raise Unsayable(
                "These words do not stand in the provision." if not found else "These words stand in the provision more than once.",
                place=f"words.{lang}",
                remedy="Copy them exactly from the provision above." if not found else "Add the words before or after them.",
            )
        return {"lang": lang, "eid": eid, "start": found[0], "end": found[0] + len(words), "sha256": digest(words.encode())}


class AboutCommitment(Editor):
    """What reports and assessments share."""

    def commitment(self) -> CommitmentRow:
        if not hasattr(self, "_commitment"):
            wanted = self.request.POST.get("commitment") or self.wanted("commitment")
            found = CommitmentRow.objects.filter(pk=wanted, in_force=True).first()
            if found is None:
                raise Http404("commitment")
            self._commitment = found
        return self._commitment

    def mechanism(self) -> MechanismRow:
        return MechanismRow.objects.get(pk=self.commitment().mechanism)

    def initial(self) -> dict[str, Any]:
        row = self.commitment()
        return {"mechanism": row.mechanism, "commitment": row.id}

    def common(self, label: str) -> dict[str, Any]:
        row = self.commitment()
        mechanism = self.mechanism()
        return {
            "title": label,
            "commitment": row,
            "handle": handle(row.id),
            "quotes": [{"lang": lang, "text": board.in_quotes(lang, row.quotes[lang])} for lang in languages_by_page(row.quotes)],
            "trail": trail(
                (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
                (_("Commitments"), f"{reverse('commitments:index')}?mechanism={mechanism.id}"),
                (handle(row.id), reverse("commitments:detail", args=[row.id])),
                label,
            ),
        }

    def titles(self) -> Mapping[str, str]:
        return {lang: words[:200] for lang, words in self.commitment().quotes.items()}

    def form(self, *data: Any, **named: Any) -> ActForm:
        kind: Any = self.form_class
        form: ActForm = kind(*data, bodies=self.bodies(), **named)
        return form

    def bodies(self) -> list[tuple[str, str]]:
        """The mechanism's bodies, to choose from."""
        found = BodyRow.objects.filter(mechanism=self.commitment().mechanism, in_force=True)
        return [(body.id, name_of(body.names)) for body in found[:100]]

    def behalf(self, form: NoteForm) -> dict[str, Any]:
        """``on_behalf`` of the body, with the appointment of the officer who enters it if one is known; empty if for one's own side."""
        said = form.behalf()
        if not said:
            return {}
        own = AppointmentRow.objects.filter(mechanism=self.commitment().mechanism, party=settings.NODE.party, keyid=self.officer.keyid)
        mine = in_office(own).order_by("id").first() if self.officer.keyid else None
        return {"on_behalf": said | ({"entered_by": mine.id} if mine else {})}

    def notes(self, form: NoteForm, files: dict[str, str]) -> list[dict[str, str]]:
        """Notes as files of their own, so that they can be redacted; ``files`` gains them."""
        said = []
        for lang, words in form.notes().items():
            name = f"note.{lang}.txt"
            files[name] = put_file(self.officer, words.replace("\r\n", "\n").encode())
            said.append({"lang": lang, "file": name})
        return said


class Report(AboutCommitment):
    """Reporting what this side did."""

    type = REPORT
    template = "commitments/report.html"
    form_class = ReportForm

    def initial(self) -> dict[str, Any]:
        return super().initial() | {"when": timezone.localdate().isoformat()}

    def changed_by_hand(self, form: ActForm) -> ActForm:
        """Store uploaded files at once, so that the form may come back with errors without losing them."""
        assert isinstance(form, ReportForm)
        data = self.request.POST.copy()
        held = dict(form.kept()) | dict(uploads.keep(self.officer, one) for one in self.request.FILES.getlist("uploads"))
        data["held"] = uploads.as_held(list(held.items()))
        data.setlist("drop", [])
        return self.form(data)

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, ReportForm)
        return self.common(_("Report what was done")) | {"stored": form.stored(), "notes": form.note_fields()}

    def sketch(self, form: ActForm) -> DraftContent:
        return DraftContent(self.type, self.commitment().mechanism, {}, {}, titles=self.titles())

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, ReportForm)
        said, files = form.cleaned_data, dict[str, str]()
        evidence: list[dict[str, str]] = []
        for number, (sha, name) in enumerate(form.kept(), 1):
            unique = f"evidence-{number}-{name}"
            files[unique] = sha
            evidence.append({"file": unique})
        evidence += [{"address": line} for line in form.lines()]
        body = {
            "commitment": self.commitment().id,
            "progress": said["progress"],
            "when": said["when"],
            "evidence": evidence,
            "notes": self.notes(form, files),
            **self.behalf(form),
        }
        read_report(body)
        return DraftContent(self.type, self.commitment().mechanism, body, files, said["audience"], said["public_from"], self.titles())


class Assess(AboutCommitment):
    """Saying what became of a commitment; the other side says its own."""

    type = ASSESS
    template = "commitments/assess.html"
    form_class = AssessForm

    def form(self, *data: Any, **named: Any) -> ActForm:
        row = self.commitment()
        names = {p.id: p.name for p in parties_of(MechanismRow.objects.get(pk=row.mechanism))}
        found = ReportRow.objects.filter(commitment=row.id).order_by("-said")
        choices = [(r.id, f"{names.get(r.party, r.party)}, {day(r.when)}: {progress_label(r.progress)} ({handle(r.id)})") for r in found]
        return AssessForm(*data, reports=choices, bodies=self.bodies(), **named)

    def initial(self) -> dict[str, Any]:
        current = ReportRow.objects.filter(commitment=self.commitment().id, current=True)
        return super().initial() | {"reports": [r.id for r in current]}

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, AssessForm)
        return self.common(_("Assess")) | {"notes": form.note_fields(), "own": settings.NODE.party}

    def sketch(self, form: ActForm) -> DraftContent:
        return DraftContent(self.type, self.commitment().mechanism, {}, {}, titles=self.titles())

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, AssessForm)
        said, files = form.cleaned_data, dict[str, str]()
        body = {
            "commitment": self.commitment().id,
            "finding": said["finding"],
            "reports": said["reports"],
            "notes": self.notes(form, files),
            **self.behalf(form),
        }
        read_assessment(body)
        return DraftContent(self.type, self.commitment().mechanism, body, files, said["audience"], said["public_from"], self.titles())
