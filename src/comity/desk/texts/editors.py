"""The pages behind the forms about texts: what they start with, what they show, and what the draft then holds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.desk.design.templatetags.design import own_name
from comity.desk.design.words import listed
from comity.desk.errors import sentence
from comity.desk.forms import ActForm, Editor
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.record.services import DraftContent, put_file
from comity.desk.show import languages_by_page, name_of, parties_of, title_for, trail
from comity.desk.texts import checking, composing, queries, thread
from comity.desk.texts.forms import AdoptForwardForm, TextForm
from comity.desk.texts.models import TextRow
from comity.desk.texts.table import Margin, lay_out
from comity.desk.texts.words import hindrance_label, hindrances_shown, kind_label, provision_label, status_in, warning_label
from comity.errors import ComityError, Unsayable
from comity.texts.acts import ADOPT, PUT_FORWARD
from comity.texts.brackets import open_points
from comity.texts.clean import Warned
from comity.texts.model import TextVersion
from comity.texts.sound import MAX_BYTES


class TextEditor(Editor):
    """What the editors about texts share: the mechanism, its meetings, the text they start from."""

    def mechanism(self) -> MechanismRow:
        wanted = self.request.POST.get("mechanism") or self.wanted("mechanism")
        text = self.source()
        found = queries.own(MechanismRow.objects.filter(in_force=True))
        if text is not None:
            wanted = text.mechanism
        if not wanted and len(found) == 1:
            return found[0]
        for mechanism in found:
            if mechanism.id == wanted:
                return mechanism
        raise Http404(wanted)

    def source(self) -> TextRow | None:
        """The text that this one adopts, answers, replaces or corrects."""
        return None

    def text_named(self, *names: str) -> TextRow | None:
        for name in names:
            wanted = self.request.POST.get(name) or self.wanted(name)
            if wanted:
                found = TextRow.objects.filter(pk=wanted).first()
                if found is None:
                    raise Http404(wanted)
                return found
        return None

    def meetings(self) -> list[tuple[str, str]]:
        mechanism = self.mechanism()
        found = MeetingRow.objects.filter(mechanism=mechanism.id, in_force=True).order_by("-first_day")[:200]
        return list(queries.meeting_names(found, {mechanism.id: mechanism}).items())

    def crumbs(self, label: str) -> list[dict[str, str]]:
        mechanism = self.mechanism()
        steps = [
            (name_of(mechanism.names), reverse("mechanisms:detail", args=[mechanism.id])),
            (_("Texts"), reverse("texts:index")),
        ]
        if (source := self.source()) is not None:
            steps.append((title_for(source.titles) or kind_label(source.kind), reverse("texts:detail", args=[source.id])))
        return trail(*steps, label)


class Writing(TextEditor):
    """Putting a text forward, or adopting one that is written here."""

    template = "texts/edit.html"
    form_class = TextForm

    def source(self) -> TextRow | None:
        return self.text_named("answers", "supersedes")

    def form(self, *data: Any, **named: Any) -> ActForm:
        return TextForm(*data, meetings=self.meetings(), **named)

    def initial(self) -> dict[str, Any]:
        start: dict[str, Any] = {
            "mechanism": self.mechanism().id,
            "meeting": self.wanted("meeting"),
            "kind": self.request.GET.get("kind", "communique"),
            "date": timezone.localdate(),
            "answers": self.wanted("answers"),
            "supersedes": self.wanted("supersedes"),
        }
        source = self.source()
        if source is None:
            return start | {"langs": " ".join(self._languages())}
        start |= {"kind": source.kind, "meeting": source.meeting, "langs": " ".join(v["lang"] for v in source.versions)}
        for version in source.versions:
            document = queries.document(version["sha256"])
            start[f"status_{version['lang']}"] = version["status"]
            if document is not None:
                start["date"] = document.meta.date
                start[f"title_{version['lang']}"] = document.version.title
                start[f"text_{version['lang']}"] = composing.plain(document.version)
        return start

    def _languages(self) -> list[str]:
        """The languages in which the mechanism names itself; every text starts with these."""
        return languages_by_page({n["lang"] for n in self.mechanism().names}) or list(TextForm(meetings=()).languages)

    def changed_by_hand(self, form: ActForm) -> ActForm:
        return self._with_files(form) if isinstance(form, TextForm) else form

    def _with_files(self, form: TextForm) -> TextForm:
        """The form with the uploaded files read into it; a file that cannot be read leaves its error at its field."""
        values: dict[str, str] = {}
        trouble: list[tuple[str, ComityError]] = []
        for typed in form.versions():
            upload = self.request.FILES.get(f"file_{typed.language}")
            if upload is None:
                continue
            try:
                data = upload.read(MAX_BYTES + 1)
                title, words, _warned = composing.read_upload(upload.name or "", data, typed.language, typed.status)
                values |= {f"text_{typed.language}": words} | ({f"title_{typed.language}": title} if title else {})
            except ComityError as error:
                trouble.append((f"file_{typed.language}", error))
        filled = form.filled(**values)
        for field, why in trouble:
            filled.add_error(field, f"{why.place}: {sentence(why)}" if why.place else sentence(why))
        return filled

    def read(self, form: TextForm) -> tuple[dict[str, TextVersion], list[tuple[str, Warned]], list[tuple[str, ComityError]]]:
        """Versions by language, with warnings and what could not be read."""
        found: dict[str, TextVersion] = {}
        warned: list[tuple[str, Warned]] = []
        trouble: list[tuple[str, ComityError]] = []
        for typed in form.versions():
            if typed.words.strip():
                try:
                    found[typed.language], warnings = composing.read_version(typed)
                    warned += [(typed.language, w) for w in warnings]
                except ComityError as error:
                    trouble.append((typed.language, error))
        return found, warned, trouble

    def context(self, form: ActForm) -> dict[str, Any]:
        assert isinstance(form, TextForm)
        versions, warned, trouble = self.read(form)
        label = _("Adopt a text") if self.type == ADOPT else _("Put a text forward")
        return {
            "title": label,
            "adopting": self.type == ADOPT,
            "source": self.source(),
            "answering": bool(self.wanted("answers")),
            "columns": form.columns(),
            "preview": preview(versions),
            "preview_columns": [{"lang": v, "note": status_in(v, t.status), "shown": n == 0} for n, (v, t) in enumerate(versions.items())][
                :3
            ],
            "missing": missing(versions),
            "warned": [{"lang": lang, "text": warning_label(w)} for lang, w in warned],
            "trouble": [{"lang": lang, "text": sentence(e)} for lang, e in trouble],
            "trail": self.crumbs(label),
        }

    def sketch(self, form: ActForm) -> DraftContent:
        assert isinstance(form, TextForm)
        titles = {t.language: t.title for t in form.versions() if t.title.strip()}
        return DraftContent(self.type, self.mechanism().id, {}, {}, titles=titles)

    def content(self, form: ActForm) -> DraftContent:
        assert isinstance(form, TextForm)
        mechanism, said = self.mechanism(), form.cleaned_data
        versions = [composing.read_version(t)[0] for t in form.versions() if not t.empty]
        authentic = [v.language for v in versions if v.status == "authentic"]
        number = next((str(m.ordinal) for m in MeetingRow.objects.filter(pk=said["meeting"])), "") if said["meeting"] else ""
        parties = [p.id for p in parties_of(mechanism)]
        meta = composing.meta_of(said["date"].isoformat(), said["kind"], number, parties, authentic)
        written = composing.write_files(versions, meta)
        files = {name: put_file(self.officer, data) for name, data in written.items()}
        body: dict[str, Any] = {
            "kind": said["kind"],
            "versions": [{"lang": v.language, "status": v.status, "file": name} for v, name in zip(versions, files, strict=True)],
        }
        body |= {key: said[key] for key in ("meeting", "answers", "supersedes") if said.get(key)}
        body |= self.negotiated({v.language: v for v in versions}, files)
        titles = {v.language: v.title for v in versions}
        return DraftContent(self.type, mechanism.id, body, files, said["audience"], said["public_from"], titles)

    def negotiated(self, versions: dict[str, TextVersion], files: dict[str, str]) -> dict[str, Any]:
        """What the body says of open brackets and of findings that were set aside; ``files`` gains the reasons. Raises Unsayable if what is
        to be adopted cannot be adopted yet.
        """
        source = self.source()
        where = thread.thread_id(source) if source else self.draft.key if self.draft else ""
        if self.type == ADOPT:
            return settled(self, versions, where, files)
        return open_points_of(versions) | set_aside(self, versions, where, files)


class PutForward(Writing):
    type = PUT_FORWARD


class Adopt(Writing):
    type = ADOPT


class AdoptForward(TextEditor):
    """Adopting what was put forward: its very files, so that nothing is retyped."""

    type = ADOPT
    template = "texts/adopt.html"
    form_class = AdoptForwardForm

    def source(self) -> TextRow:
        found = self.text_named("text")
        if found is None or found.stage != "forward":
            raise Http404("text")
        return found

    def form(self, *data: Any, **named: Any) -> ActForm:
        return AdoptForwardForm(*data, meetings=self.meetings(), **named)

    def initial(self) -> dict[str, Any]:
        source = self.source()
        return {"mechanism": source.mechanism, "text": source.id, "meeting": source.meeting}

    def context(self, form: ActForm) -> dict[str, Any]:
        source = self.source()
        order = languages_by_page(v["lang"] for v in source.versions)
        texts = self.versions()
        held = checking.asides(thread.thread_id(source), [source])
        against = checking.standing_in_the_way(texts, checking.findings(texts, self.mechanism(), held))
        by = next((p.name for p in parties_of(self.mechanism()) if p.id == source.proposer), source.proposer)
        return {
            "title": _("Adopt a text that was put forward"),
            "source": source,
            "hindrances": [{"text": h["text"]} for h in hindrances_shown(against)],
            "by": by,
            "versions": [
                {
                    "lang": v["lang"],
                    "sha256": v["sha256"],
                    "status": status_in(v["lang"], v["status"]),
                    "title": source.titles.get(v["lang"], ""),
                }
                for v in sorted(source.versions, key=lambda v: order.index(v["lang"]))
            ],
            "preview": preview(texts),
            "preview_columns": [{"lang": v, "note": status_in(v, t.status), "shown": n == 0} for n, (v, t) in enumerate(texts.items())][:3],
            "trail": self.crumbs(_("Adopt")),
        }

    def sketch(self, form: ActForm) -> DraftContent:
        return DraftContent(self.type, self.source().mechanism, {}, {}, titles=self.source().titles)

    def versions(self) -> dict[str, TextVersion]:
        documents = queries.documents(self.source().versions)
        return {lang: doc.version for lang in languages_by_page(documents) if (doc := documents[lang]) is not None}

    def content(self, form: ActForm) -> DraftContent:
        source = self.source()
        body: dict[str, Any] = {
            "kind": source.kind,
            "versions": [{key: v[key] for key in ("lang", "status", "file")} for v in source.versions],
            "answers": source.id,
        }
        if meeting := form["meeting"].value():
            body["meeting"] = meeting
        files = {v["file"]: v["sha256"] for v in source.versions}
        body |= settled(self, self.versions(), thread.thread_id(source), files)
        audience = str(form["audience"].value() or "parties")
        since = str(form["public_from"].value() or "") if audience == "public" else ""
        return DraftContent(self.type, source.mechanism, body, files, audience, since, source.titles)


def open_points_of(versions: dict[str, TextVersion]) -> dict[str, Any]:
    """The open brackets of a text as a body names them."""
    found: dict[tuple[str, int], dict[str, list[str]]] = {}
    for point in open_points(versions.values()):
        one = found.setdefault((point.eid, point.number), {"sides": [], "langs": []})
        one["sides"] += [side for own in point.sides for side in own if side not in one["sides"]]
        one["langs"] += [lang for lang in point.languages if lang not in one["langs"]]
    said = [{"eid": eid, "number": number} | one for (eid, number), one in found.items()]
    return {"brackets": said} if said else {}


def set_aside(editor: TextEditor, versions: dict[str, TextVersion], where: str, files: dict[str, str]) -> dict[str, Any]:
    """The findings that were set aside as a body names them; ``files`` gains the files of the reasons."""
    source = editor.source()
    held = checking.asides(where, TextRow.objects.filter(thread=thread.thread_id(source))[: thread.MOST] if source else ())
    found = checking.findings(versions, editor.mechanism(), held)
    said, reasons = checking.body_waivers(found, held, settings.NODE.party)
    files |= {name: put_file(editor.officer, data) for name, data in reasons.items()}
    return {"waivers": said} if said else {}


def settled(editor: TextEditor, versions: dict[str, TextVersion], where: str, files: dict[str, str]) -> dict[str, Any]:
    """As :func:`set_aside`, for what is to be adopted. Raises Unsayable with the first reason why it cannot be."""
    source = editor.source()
    held = checking.asides(where, TextRow.objects.filter(thread=thread.thread_id(source))[: thread.MOST] if source else ())
    against = checking.standing_in_the_way(versions, checking.findings(versions, editor.mechanism(), held))
    if against:
        raise Unsayable(
            "It cannot be adopted yet. {reason}",
            place="body",
            remedy="Mend it, or set the finding aside with a reason.",
            reason=hindrance_label(against[0]),
        )
    return set_aside(editor, versions, where, files)


def preview(versions: dict[str, TextVersion]) -> list[dict[str, Any]]:
    """Rows for ``design/text.html`` of up to three languages."""
    shown = dict(list(versions.items())[:3])
    return lay_out(shown, Margin(), {}) if shown else []


def missing(versions: dict[str, TextVersion]) -> list[dict[str, Any]]:
    """Provisions that do not stand in every language, in words."""
    return [
        {"label": provision_label(eid), "langs": listed(own_name(lang) for lang in langs)} for eid, langs in composing.differences(versions)
    ]
