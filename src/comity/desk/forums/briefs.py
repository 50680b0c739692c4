"""The brief of one page for a delegation: how close, where, what changed, what comes; as PDF and as a Word file."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.desk.accounts.models import page_language
from comity.desk.forums import figure, pair, splits
from comity.desk.forums.library import Held
from comity.desk.forums.names import period_name
from comity.desk.show import day

SPLITS = 5
KINDS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def answer(request: HttpRequest, forum: Held, kind: str) -> HttpResponse:
    """The brief as a file. :raises ComityError: if it cannot be printed here."""
    if kind not in KINDS:
        raise Http404(kind)
    asked = pair.Pair(request, forum)
    paper = brief(asked)
    if kind == "pdf":
        from comity.papers.typeset import pdf

        data = pdf(paper)
    else:
        from comity.papers.word import docx

        data = docx(paper)
    found = HttpResponse(data, content_type=KINDS[kind])
    found["Content-Disposition"] = f'attachment; filename="brief-{forum.id}-{asked.a}-{asked.b}.{kind}"'
    return found


def brief(asked: pair.Pair) -> Any:
    """The paper: one page, every number with n and its interval, the source at its foot."""
    from comity.papers.model import Chart, Foot, Heading, Paper, Paragraph, Run, Table

    forum = asked.forum
    last = asked.engine.sessions[-1]
    drawn = pair.figures(asked)
    found = [d for d in asked.engine.splits((asked.a, asked.b), asked.unit) if d.split in ("opposite", "partial") and d.session == last]
    found.sort(key=lambda d: (d.split != "opposite", d.course != "new"))
    heads = [_("Resolution"), asked.names[0], asked.names[1], _("Course")]
    rows: list[list[Any]] = []
    for row in splits.shown(asked, found[:SPLITS]):
        what = [Run(f"{row['symbol']} ", bold=True), Run(shorten(row["title"], 90, placeholder=" …"), lang="en")]
        rows.append([what, *(f"{v['mark']} {v['label']}" for v in row["votes"]), str(row["course"])])
    blocks: list[Any] = []
    if forum.invented:
        blocks.append(Paragraph(Run(_("Invented: neither the assembly nor its votes exist."), bold=True)))
    linear = [r for r in asked.engine.pair(asked.a, asked.b, "session", unit=asked.unit) if r.period == str(last)]
    for r in linear:
        if r.value is not None:
            name = _("Agreement score") if r.measure == "linear" else _("Corrected for chance (κ)")
            said = {"name": name, "session": period_name("session", r.period), "value": figure.number(r.value)}
            said |= {"interval": figure.interval(r.low, r.high), "n": str(r.n)}
            blocks.append(Paragraph(_("%(name)s, %(session)s: %(value)s (90 %% interval %(interval)s; n = %(n)s roll calls).") % said))
    for f in drawn:
        width = 0.85 if f.name == "topics" else 0.95
        words = _("%(title)s. %(summary)s") % {"title": f.title, "summary": f.summary}
        blocks.append(Chart(f.draw(False, False), alt=words, caption=words, width=width))
    title = _("Where they split, %(session)s (%(shown)d of %(all)d)") % {
        "session": period_name("session", str(last)),
        "shown": len(rows),
        "all": len(found),
    }
    blocks.append(Heading(title, 2))
    blocks.append(Table(heads, rows, widths=(5, 2.3, 2.3, 2)) if rows else Paragraph(_("They voted alike at every roll call.")))
    until = day(str(forum.extent.get("last_day", ""))[:10])
    source = _("Source: %(source)s Roll calls to %(day)s.") % {"source": forum.attribution, "day": until}
    return Paper(
        title=asked.title,
        language=page_language(),
        blocks=tuple(blocks),
        kind=forum.name,
        foot=Foot(words=source, digests=((_("votes"), forum.digest),)),
    )
