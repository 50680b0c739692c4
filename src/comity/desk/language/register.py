"""The terminology register: what all have approved, what one side proposes, what texts and files bring as candidates; in and out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comity.desk.accounts.policy import why_not_draft
from comity.desk.design.templatetags.design import own_name
from comity.desk.language import pending
from comity.desk.language.checking import concept
from comity.desk.language.models import CandidateRow, TermRow
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.record.models import ActRow
from comity.desk.record.visible import insider, open_to, visible_mechanisms
from comity.desk.show import PartyShown, act_url, day, languages_by_page, name_of, officer_of, parties_of, standing_of
from comity.desk.texts import queries
from comity.desk.texts.models import TextRow
from comity.desk.texts.words import provision_label
from comity.errors import Unsayable
from comity.terms.ids import digest
from comity.texts.clean import decode
from comity.texts.model import TextVersion
from comity.texts.terms import Concept, Register, Term, candidates, from_csv, from_tbx

PER_PAGE: Final = 40
MOST_BYTES: Final = 2_000_000
MOST_CONCEPTS: Final = 5000
STATUSES: Final = {
    "approved": gettext_lazy("approved by all"),
    "pending": pgettext_lazy("of a term", "proposed"),
    "candidate": gettext_lazy("candidate"),
}
USES: Final = {"admitted": gettext_lazy("also"), "forbidden": gettext_lazy("not")}


def rows(request: HttpRequest) -> QuerySet[TermRow]:
    """Concepts that were proposed or approved, which this reader may see."""
    return open_to(request, TermRow.objects.all())


def own_candidates(request: HttpRequest) -> QuerySet[CandidateRow]:
    """Candidates, which only this node's officers see."""
    return CandidateRow.objects.filter(dismissed=False) if insider(request) else CandidateRow.objects.none()


def _live(found: QuerySet[TermRow]) -> QuerySet[TermRow]:
    """Approved, or still open for signature; what was declined or withdrawn is in the record only."""
    return found.exclude(in_force=False, act__in=ActRow.objects.exclude(status="open").values("id"))


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of ``language/terms.html``; ``?q=``, ``?status=`` and ``?mechanism=`` narrow it."""
    asked = {key: request.GET.get(key, "").strip() for key in ("q", "status", "mechanism")}
    mechanisms = {m.id: m for m in visible_mechanisms(request)}
    terms, proposed = _narrowed(_live(rows(request)), asked), _narrowed(own_candidates(request), asked)
    approved, waiting = terms.filter(in_force=True), terms.filter(in_force=False)
    numbers = {"approved": approved.count(), "pending": waiting.count(), "candidate": proposed.count()}
    wanted = [found for status, found in (("approved", approved), ("pending", waiting)) if asked["status"] in ("", status)]
    keys = [(True, str(pk)) for found in wanted for pk in found.values_list("pk", flat=True)]
    if asked["status"] in ("", "candidate"):
        keys += [(False, str(pk)) for pk in proposed.values_list("pk", flat=True)]
    pages = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    said = TermRow.objects.in_bulk([pk for is_said, pk in pages if is_said])
    own = {str(pk): row for pk, row in CandidateRow.objects.in_bulk([int(pk) for is_said, pk in pages if not is_said]).items()}
    acts = ActRow.objects.in_bulk([row.act for row in said.values()])
    parties = {key: parties_of(m) for key, m in mechanisms.items()}
    refusal = str(why_not_draft(officer_of(request), _party()))
    shown: list[TermRow | CandidateRow | None] = [said.get(pk) if is_said else own.get(pk) for is_said, pk in pages]
    officer = officer_of(request)
    barred = {key: str(why_not_draft(officer, _party(), key)) for key in mechanisms}
    coming = pending.changes(request, said.values(), parties)
    lines = [_line(row, acts, parties, barred.get(row.mechanism, refusal), coming) for row in shown if row is not None]
    return {
        "lines": lines,
        "page": pages,
        "asked": asked,
        "query": "".join(f"{key}={value}&" for key, value in asked.items() if value),
        "statuses": [{"value": key, "label": label, "count": numbers[key]} for key, label in STATUSES.items()],
        "mechanisms": [{"value": m.id, "label": name_of(m.names)} for m in mechanisms.values()],
        "own": [{"id": m.id, "label": name_of(m.names)} for m in queries.own(mechanisms.values())] if not refusal else [],
        "refusal": refusal,
        "inside": insider(request),
        "count": sum(numbers.values()),
    }


def _party() -> str:
    from django.conf import settings

    return str(settings.NODE.party)


def _narrowed[M: (TermRow, CandidateRow)](found: QuerySet[M], asked: Mapping[str, str]) -> QuerySet[M]:
    if asked["mechanism"]:
        found = found.filter(mechanism=asked["mechanism"])
    for word in asked["q"].lower().split():
        found = found.filter(find__contains=word)
    return found


def _words(terms: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """The words of a concept by language, the preferred one first, each other with its use."""
    by_language: dict[str, list[Mapping[str, str]]] = {}
    for term in terms:
        by_language.setdefault(term["lang"], []).append(term)
    return [
        {
            "lang": lang,
            "preferred": [t["text"] for t in by_language[lang] if t["use"] == "preferred"],
            "others": [{"text": t["text"], "use": USES[t["use"]]} for t in by_language[lang] if t["use"] != "preferred"],
        }
        for lang in languages_by_page(by_language)
    ]


def _line(
    row: TermRow | CandidateRow,
    acts: Mapping[str, ActRow],
    parties: Mapping[str, list[PartyShown]],
    refusal: str,
    coming: Mapping[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    own = parties.get(row.mechanism, [])
    common = {"key": row.key, "id": f"t-{row.pk}"[:14], "words": _words(row.terms), "source": _source(row)}
    if isinstance(row, CandidateRow):
        return common | {
            "status": "candidate",
            "label": STATUSES["candidate"],
            "definition": row.definition,
            "propose": "" if refusal else f"{reverse('texts:approve-term')}?mechanism={row.mechanism}&candidate={row.pk}",
            "dismiss": row.pk,
        }
    act = acts.get(row.act)
    status = "approved" if row.in_force else "pending"
    waiting = [p.name for p in own if act is not None and p.id in act.missing]
    return common | {
        "status": status,
        "label": STATUSES[status] if row.in_force else _("proposed; waits for %(sides)s") % {"sides": ", ".join(waiting)},
        "standing": standing_of(act, own) if act is not None else None,
        "url": reverse("language:term", args=[row.id]),
        "definition": next((d["text"] for d in row.definitions if d["text"]), ""),
        "until": day(row.valid_to, bound=True),
        "changes": [change | {"words": _words(change["terms"])} for change in coming.get(row.id, ())],
        "act": act_url(row.act),
        "change": f"{reverse('texts:approve-term')}?mechanism={row.mechanism}&supersedes={row.id}" if row.in_force and not refusal else "",
    }


def _source(row: TermRow | CandidateRow) -> dict[str, str] | None:
    if not row.source:
        return None
    return {"url": f"{reverse('texts:detail', args=[row.source['text']])}#{row.source['eid']}", "label": provision_label(row.source["eid"])}


def detail(request: HttpRequest, row: TermRow) -> dict[str, Any]:
    """The context of ``language/term.html``: one concept with its definitions, and where it stands in texts is one click away."""
    mechanism = queries.mechanism_for(request, row.mechanism)
    act = ActRow.objects.filter(pk=row.act).first()
    refusal = str(why_not_draft(officer_of(request), _party(), row.mechanism))
    parties = {row.mechanism: parties_of(mechanism)}
    line = _line(row, {row.act: act} if act else {}, parties, refusal, pending.changes(request, [row], parties))
    history = ActRow.objects.filter(object=row.id, type__startswith="texts/approve-term").order_by("said")
    seen = [a for a in history if insider(request) or (a.audience == "public")]
    return {
        "line": line,
        "row": row,
        "definitions": [d for d in row.definitions if d["text"]],
        "mechanism": {"name": name_of(mechanism.names), "url": reverse("mechanisms:detail", args=[mechanism.id])},
        "history": [{"url": act_url(a.id), "said": day(a.said[:10]), "standing": standing_of(a, parties_of(mechanism))} for a in seen],
    }


# In and out --------------------------------------------------------------------------------------------------------------------


def register(request: HttpRequest) -> Register:
    """What this reader sees of approved terms, for a file; `approved` names the parties."""
    held = rows(request).filter(in_force=True)
    if chosen := request.GET.get("mechanism"):
        held = held.filter(mechanism=chosen)
    parties = {m.id: tuple(str(p["id"]) for p in m.parties) for m in visible_mechanisms(request)}
    found = []
    for row in held:
        one = concept(row)
        found.append(Concept(one.id, one.terms, one.definition, one.source, parties.get(row.mechanism, ()), one.valid_from, one.valid_to))
    return Register(tuple(found))


def read_file(file: UploadedFile[Any]) -> Register:
    """The concepts of an uploaded TBX or CSV file. Raises Malformed naming what is wrong with it."""
    if (file.size or 0) > MOST_BYTES:
        raise Unsayable("The file is larger than a register can be.", place="file", remedy="Send at most 2 MB.")
    data = file.read()
    if data.lstrip()[:1] == b"<":
        return from_tbx(data)
    return from_csv(decode(data, str(file.name)))


def take(mechanism: str, found: Register) -> int:
    """Put concepts among the candidates of a mechanism, except those whose key is known there; says how many are new."""
    known = set(TermRow.objects.filter(mechanism=mechanism).values_list("key", flat=True))
    fresh = []
    for item in found.concepts[:MOST_CONCEPTS]:
        key = key_for(item.id, item.terms)
        if key not in known:
            known.add(key)
            terms = [{"lang": t.language, "text": t.text, "use": t.use} for t in item.terms]
            fresh.append(_candidate(mechanism, key, terms, item.definition))
    before = CandidateRow.objects.filter(mechanism=mechanism).count()
    CandidateRow.objects.bulk_create(fresh, ignore_conflicts=True)
    return CandidateRow.objects.filter(mechanism=mechanism).count() - before


def _candidate(
    mechanism: str, key: str, terms: list[dict[str, str]], definition: str = "", source: dict[str, str] | None = None
) -> CandidateRow:
    find = " ".join([key, *(t["text"] for t in terms)]).lower()
    return CandidateRow(mechanism=mechanism, key=key, terms=terms, definition=definition[:5000], source=source, find=find)


def key_for(wanted: str, terms: Sequence[Term]) -> str:
    """A key of lower-case Latin letters: the one given, else from the English word, else from a hash of all words."""
    english = next((t.text for t in terms if t.language.split("-")[0] == "en"), "")
    plain = slugify(wanted) or slugify(english)
    return plain[:60].strip("-").replace("_", "-") or f"term-{digest(' '.join(t.text for t in terms).encode())[:12]}"


def from_texts(mechanism: MechanismRow, request: HttpRequest) -> int:
    """Look through the adopted texts of a mechanism for what they define ("hereinafter …"); says how many candidates are new."""
    new = 0
    known = set(TermRow.objects.filter(mechanism=mechanism.id).values_list("key", flat=True))
    for text in TextRow.objects.filter(mechanism=mechanism.id, in_force=True, stage="adopted"):
        documents = queries.documents(text.versions)
        versions: dict[str, TextVersion] = {lang: doc.version for lang, doc in documents.items() if doc is not None}
        for item in candidates(versions):
            terms = [{"lang": lang, "text": word, "use": "preferred"} for lang, word in item.terms.items()]
            key = key_for("", [Term(t["lang"], t["text"]) for t in terms])
            if len(terms) > 1 and key not in known:
                source = {"text": text.id, "eid": item.eid}
                row = _candidate(mechanism.id, key, terms, "", source)
                _made, fresh = CandidateRow.objects.get_or_create(
                    mechanism=mechanism.id, key=key, defaults={"terms": row.terms, "find": row.find, "source": source}
                )
                new += fresh
    return new


def language_names(langs: Iterable[str]) -> str:
    return ", ".join(own_name(lang) for lang in languages_by_page(langs))
