"""A draft of a text on the desk: provision by provision, changed in one language at a time, with brackets opened and closed.

The draft's ``working`` holds what the whole-text form holds, so that both pages work on one draft. A change is refused if a colleague has
changed the same provision meanwhile; the last change can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Officer
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import Draft
from comity.desk.record.services import DraftContent, save_draft
from comity.desk.show import languages_by_page
from comity.desk.texts import composing, thread
from comity.desk.texts.composing import Typed
from comity.desk.texts.editors import Adopt, PutForward, Writing
from comity.desk.texts.forms import TextForm
from comity.desk.texts.models import TextRow
from comity.errors import ComityError, Refused, Unsayable
from comity.terms.ids import digest
from comity.texts import brackets
from comity.texts.acts import ADOPT, PUT_FORWARD
from comity.texts.brackets import Alternative
from comity.texts.clean import tidy
from comity.texts.model import TextVersion


@dataclass(slots=True)
class Work:
    """A draft with its languages read. ``trouble`` are those that cannot be read, with why."""

    draft: Draft
    typed: dict[str, Typed]
    versions: dict[str, TextVersion]
    trouble: dict[str, ComityError]

    @classmethod
    def of(cls, draft: Draft) -> Work:
        form = TextForm(initial=draft.working)
        typed = {t.language: t for t in form.versions() if not t.empty}
        versions, trouble = {}, {}
        for lang in languages_by_page(typed):
            try:
                versions[lang] = composing.read_version(typed[lang])[0]
            except ComityError as error:
                trouble[lang] = error
        return cls(draft, typed, versions, trouble)

    @property
    def source(self) -> TextRow | None:
        """The text that the draft answers or replaces."""
        wanted = self.draft.working.get("answers") or self.draft.working.get("supersedes")
        return TextRow.objects.filter(pk=wanted).first() if wanted else None

    @property
    def thread(self) -> str:
        source = self.source
        return thread.thread_id(source) if source else self.draft.key

    def words(self, eid: str) -> dict[str, str]:
        """Language → the provision's words, for those that have it."""
        return {lang: p.text for lang, version in self.versions.items() if (p := version.by_eid().get(eid))}

    def mark(self, eid: str) -> str:
        """What a form carries to notice that a colleague has changed the provision since."""
        return digest("\x1f".join(f"{lang}={words}" for lang, words in sorted(self.words(eid).items())).encode())[:16]

    def with_words(self, eid: str, words: Mapping[str, str]) -> dict[str, Typed]:
        """The languages whose words change, as they would be typed.

        Raises Unsayable as ``composing.retyped`` does, Malformed for brackets that cannot be read.
        """
        changed = {}
        for lang, said in words.items():
            if lang in self.versions and tidy(said) != self.words(eid).get(lang):
                brackets.parts(said, f"{lang} text, {eid}")
                changed[lang] = composing.retyped(self.typed[lang], {eid: said})
        return changed


def find(key: str) -> Draft:
    """A draft of a text that is not an act yet."""
    draft = Draft.objects.filter(pk=key, type__in=(PUT_FORWARD, ADOPT), done=False).first()
    if draft is None:
        raise Http404(key)
    return draft


def start(request: HttpRequest, officer: Officer) -> Draft:
    """A new draft that begins with the words of the text it answers (``?answers=``)."""
    editor = PutForward(request, officer, None)
    form = TextForm(initial=editor.initial() | {"audience": "parties"}, meetings=editor.meetings())
    working = {name: value for name, value in form.typed().items() if name != "page"}
    working |= {"date": str(working.get("date") or timezone.localdate()), "public_from": ""}
    titles = {t.language: t.title for t in form.versions() if t.title.strip()}
    return save_draft(officer, DraftContent(PUT_FORWARD, editor.mechanism().id, {}, {}, titles=titles, working=working))


def keep(officer: Officer, work: Work, changed: Mapping[str, Typed], what: str) -> Draft:
    """Save changed languages into the draft, remembering what stood there so that it can be undone."""
    if not changed:
        return work.draft
    working = dict(work.draft.working)
    before = {f"text_{lang}": working.get(f"text_{lang}", "") for lang in changed}
    before |= {f"title_{lang}": working.get(f"title_{lang}", "") for lang in changed}
    after = {f"text_{t.language}": t.words for t in changed.values()} | {f"title_{t.language}": t.title for t in changed.values()}
    return _save(officer, work.draft, working | after | {"undo": {"before": before, "after": after, "what": what}})


def undo(officer: Officer, draft: Draft) -> None:
    """Put back what stood before the last change. Raises Refused if something else was changed since."""
    held = draft.working.get("undo") or {}
    if not held or any(draft.working.get(name) != value for name, value in held["after"].items()):
        raise Refused("There is nothing to undo: the words were changed elsewhere since.", place="draft", remedy="Edit the provision.")
    _save(officer, draft, {k: v for k, v in draft.working.items() if k != "undo"} | held["before"])


def _save(officer: Officer, draft: Draft, working: Mapping[str, Any]) -> Draft:
    titles = {name.removeprefix("title_"): words for name, words in working.items() if name.startswith("title_") and words}
    content = DraftContent(
        draft.type,
        draft.mechanism,
        {},
        {},
        audience=str(draft.audience.get("to", "parties")),
        public_from=str(draft.audience.get("from", "")),
        titles=titles,
        working=working,
    )
    return save_draft(officer, content, draft=draft, revision=draft.revision)


def edit(officer: Officer, work: Work, eid: str, data: QueryDict) -> Draft:
    """Save the words of one provision as typed in ``words_<lang>``; ``mark`` says what they were when the page was loaded."""
    if data.get("mark") != work.mark(eid):
        raise Refused(
            "A colleague has changed this provision since you loaded it.",
            place=f"text, {eid}",
            remedy="Copy what you typed, load the page again and put it in.",
        )
    return keep(officer, work, work.with_words(eid, typed_words(work, data)), _("the words of a provision"))


def typed_words(work: Work, data: QueryDict) -> dict[str, str]:
    """Language → what is typed for the provision, in one line."""
    found = {lang: data.get(f"words_{lang}") for lang in work.versions}
    return {lang: " ".join(words.split()) for lang, words in found.items() if words is not None}


def act_on_bracket(officer: Officer, work: Work, action: str, eid: str, data: QueryDict, party: str) -> Draft:
    """Accept an alternative, agree on other words, drop a bracket, offer an own alternative, or open a bracket, in every language.

    Raises Malformed for words or brackets that cannot be, Unsayable if nothing was said.
    """
    number = int(data.get("number", "0")) if data.get("number", "0").isdecimal() else 0
    sides = tuple(data.get("sides", "").split())
    typed = typed_words(work, data)

    def accepted(lang: str, text: str) -> str:
        bracket = next((b for b in brackets.brackets(text) if b.number == number), None)
        one = next((a for a in bracket.alternatives if a.sides == sides), None) if bracket else None
        if bracket is None:
            return text
        if one is None:
            raise Unsayable(
                "The bracket has no such alternative in {language}.", place=f"text, {eid}", remedy="Load the page again.", language=lang
            )
        return brackets.closed(text, number, one.text)

    def has(text: str) -> bool:
        return any(b.number == number for b in brackets.brackets(text))

    verbs: dict[str, tuple[Callable[[str, str], str], str]] = {
        "accept": (accepted, _("accepting an alternative")),
        "merge": (
            lambda lang, text: brackets.closed(text, number, typed.get(lang, "")) if has(text) else text,
            _("agreeing on other words"),
        ),
        "drop": (lambda _lang, text: brackets.closed(text, number, "") if has(text) else text, _("dropping a bracket")),
        "offer": (
            lambda lang, text: brackets.offered(text, number, party, typed.get(lang, "")) if has(text) else text,
            _("offering an alternative"),
        ),
        "open": (lambda lang, text: _opened(work, eid, lang, text, data, party), _("opening a bracket")),
    }
    if action not in verbs:
        raise Http404(action)
    if action in ("merge", "offer") and not any(typed.values()):
        raise Unsayable("Write the words, in every language.", place=f"text, {eid}", remedy="To have no words at all, drop the bracket.")
    change, what = verbs[action]
    changed = {lang: change(lang, text) for lang, text in work.words(eid).items()}
    if all(work.words(eid)[lang] == text for lang, text in changed.items()):
        raise Unsayable("Nothing is changed by this.", place=f"text, {eid}", remedy="Mark the words in at least one language.")
    return keep(officer, work, work.with_words(eid, changed), what)


def _opened(work: Work, eid: str, lang: str, text: str, data: QueryDict, party: str) -> str:
    """The provision with a bracket around the words that were named, which the other side (or, in an own text, this one) has put there."""
    marked, own = (" ".join(data.get(f"{name}_{lang}", "").split()) for name in ("marked", "words"))
    if not marked and not own:
        return text
    start = text.find(marked)
    if marked and (start < 0 or text.find(marked, start + 1) >= 0):
        raise Unsayable(
            "“{words}” does not stand exactly once in the {language} text.",
            place=f"text, {eid}",
            remedy="Copy a longer piece of the words as they stand.",
            words=marked,
            language=lang,
        )
    source = work.source
    theirs = source.proposer if source else party
    if theirs == party:
        alternatives = [Alternative((party,), own or marked)]
    else:
        alternatives = [Alternative((theirs,), marked), Alternative((party,), own)]
    at = start if marked else len(text)
    return brackets.opened(
        text if marked else f"{text} ", at if marked else len(text) + 1, at + len(marked) if marked else len(text) + 1, alternatives
    )


def hand_over(request: HttpRequest, officer: Officer, draft: Draft) -> Draft | None:
    """Turn the draft's words into the files and the body that are signed; None if its form is not complete, which its page says."""
    kind: type[Writing] = Adopt if draft.type == ADOPT else PutForward
    editor = kind(request, officer, draft)
    data = QueryDict(mutable=True)
    for name, value in draft.working.items():
        if isinstance(value, (str, int)):
            data[name] = str(value)
    form = TextForm(data, meetings=editor.meetings())
    if not form.is_valid():
        return None
    content = editor.content(form)
    working = dict(draft.working)
    return save_draft(officer, DraftContent(**{**_plain(content), "working": working}), draft=draft, revision=draft.revision)


def _plain(content: DraftContent) -> dict[str, Any]:
    return {name: getattr(content, name) for name in content.__dataclass_fields__}


def mechanism_of(draft: Draft) -> MechanismRow:
    return MechanismRow.objects.get(pk=draft.mechanism)
