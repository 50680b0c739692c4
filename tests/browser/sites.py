"""Every page of a desk that has something to show: found by walking from the lists, so that ids are never written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from browser import story
from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes
from comity.forums.titles import item_key

ID = r"[0-9a-f]{64}"
STRAITS = item_key("Passage through the straits: code of conduct")


@dataclass(frozen=True, slots=True)
class Stop:
    """One page: whose desk it is (house and persona), its path, the status that it answers with."""

    house: str
    persona: str
    path: str
    status: int = 200


@dataclass(slots=True)
class Seen:
    """The ids that the walk has found on the demonstration."""

    mechanism: str
    meeting: str
    convened: str
    held: str
    planned: str
    adopted: str
    forward: str
    negotiated: str
    work: str
    commitment: str
    waiting: str
    draft: str
    closed: str
    origin: str
    article: str
    observed_article: str
    term: str
    comparison: str


def look_around(nodes: Nodes, sit: Sit) -> Seen:
    """Open the lists as Arvena's secretary and note what they link to; two drafts are made to be looked at."""
    sela = sit(nodes, "arvena", "en", "sela")

    def linked(path: str, pattern: str) -> list[str]:
        sela.open(path)
        return list(dict.fromkeys(re.findall(pattern, sela.page.content())))

    mechanism = linked("/mechanisms/", rf"/mechanisms/({ID})/")[0]
    forward = [t for t in linked("/texts/", rf"/texts/({ID})/") if linked(f"/texts/{t}/", r"/texts/adopt/\?(?:[^\"]*&amp;)?text=")]
    adopted = [t for t in linked("/texts/", rf"/texts/({ID})/") if linked(f"/texts/{t}/", r"/commitments/undertake/\?")]
    meetings = linked("/meetings/", rf"/meetings/({ID})/")
    convened = [m for m in meetings if linked(f"/meetings/{m}/", r"/meetings/convene/\?[^\"]*supersedes=")]
    return Seen(
        mechanism=mechanism,
        meeting=meetings[0],
        convened=convened[0],
        held=next(m for m in meetings if linked(f"/meetings/{m}/", r"/meetings/[0-9a-f]{64}/extracts/")),
        planned=next(
            m
            for m in meetings
            if linked(f"/meetings/{m}/", r"/meetings/agenda/\?meeting=") and linked(f"/meetings/{m}/", r"/meetings/[0-9a-f]{64}/agenda/")
        ),
        adopted=adopted[0],
        forward=forward[0],
        negotiated=(negotiated := next(t for t in linked("/texts/", rf"/texts/({ID})/") if linked(f"/texts/{t}/", r'class="alt"'))),
        work=_work_on(sela, negotiated),
        commitment=linked("/commitments/", rf"/commitments/({ID})/")[0],
        waiting=linked("/desk/inbox/", rf"/desk/acts/({ID})/")[0],
        draft=story.sketch(sela),
        closed=sela.draft(f"/texts/adopt/?text={forward[0]}", {}),
        origin=linked(f"/desk/record/{mechanism}/", r"entries/\?log=([^\"]+)\"")[0],
        article=linked("/press/", r"/press/([0-9a-f]{16})/")[0],
        observed_article=_observed_article(nodes, sit),
        term=linked("/language/terms/", rf"/language/terms/({ID})/")[0],
        comparison=linked("/language/laws/", r"/language/laws/(\d+)/")[0],
    )


def _observed_article(nodes: Nodes, sit: Sit) -> str:
    """An article on the observer's press desk that contradicts what is known."""
    mika = sit(nodes, "harbour", "en", "mika")
    mika.open("/press/")
    return str(re.findall(r"/press/([0-9a-f]{16})/\"[^>]*>Two parliaments", mika.page.content())[0])


def _work_on(desk: Desk, text: str) -> str:
    """Begin a new version of a text; returns the page of the draft."""
    desk.open(f"/texts/{text}/")
    desk.press(desk.page.locator('form[action^="/texts/work/"] button'))
    return "/texts/work/?" + desk.page.url.partition("?")[2].partition("&lang=")[0]


def every_page(seen: Seen) -> list[Stop]:
    """The walk: lists, one of each kind, every form, signing, the record, the operator's pages, accounts, errors; in all houses."""
    m = seen.mechanism
    desk = [
        "/mechanisms/",
        f"/mechanisms/{m}/",
        f"/mechanisms/{m}/people/",
        f"/mechanisms/{m}/acts/",
        "/mechanisms/found/",
        f"/mechanisms/appoint/?mechanism={m}",
        f"/mechanisms/{m}/bodies/",
        f"/mechanisms/{m}/mandates/",
        f"/mechanisms/{m}/years/2026/",
        f"/mechanisms/{m}/governance/",
        f"/mechanisms/body/?mechanism={m}",
        f"/mechanisms/series/?mechanism={m}",
        f"/mechanisms/mandate/?mechanism={m}",
        f"/mechanisms/plan/?mechanism={m}&year=2029",
        f"/mechanisms/rotate-keys/?mechanism={m}",
        f"/mechanisms/accede/?mechanism={m}",
        f"/mechanisms/leave/?mechanism={m}",
        "/meetings/",
        f"/meetings/{seen.meeting}/",
        f"/meetings/convene/?mechanism={m}",
        f"/meetings/convene/?supersedes={seen.convened}",
        f"/meetings/convene/?after={seen.convened}",
        f"/meetings/{seen.held}/",
        f"/meetings/{seen.held}/agenda/",
        f"/meetings/{seen.held}/papers/",
        f"/meetings/{seen.held}/extracts/",
        f"/meetings/{seen.held}/extracts/2/ru/",
        f"/meetings/{seen.planned}/",
        f"/meetings/{seen.planned}/last-time/",
        f"/meetings/agenda/?meeting={seen.planned}",
        f"/meetings/delegation/?meeting={seen.planned}",
        f"/meetings/close/?meeting={seen.planned}",
        "/language/",
        "/language/?q=%E6%AF%8F%E5%B9%B4%E4%B8%BE%E8%A1%8C%E4%B8%80%E6%AC%A1",
        "/language/terms/",
        f"/language/terms/{seen.term}/",
        f"/texts/approve-term/?mechanism={m}",
        f"/texts/approve-term/?mechanism={m}&supersedes={seen.term}",
        "/language/laws/",
        f"/language/laws/{seen.comparison}/",
        f"/language/paper/{seen.adopted}/",
        f"/language/paper/{seen.adopted}/copy-kelmor/html",
        f"/language/paper/{seen.adopted}/beside/html",
        "/texts/",
        f"/texts/{seen.adopted}/",
        f"/texts/{seen.forward}/",
        f"/texts/put-forward/?mechanism={m}",
        f"/texts/put-forward/?answers={seen.forward}",
        f"/texts/{seen.negotiated}/",
        f"/texts/{seen.negotiated}/compare/",
        f"/texts/comment/?text={seen.negotiated}&eid=art_3",
        seen.work,
        f"{seen.work}&edit=art_4",
        seen.work.replace("/work/", "/work/returned/"),
        f"/texts/adopt/?text={seen.forward}",
        f"/texts/adopt/?supersedes={seen.adopted}",
        f"/texts/correct/?text={seen.adopted}&place=en:art_2&place=ru:art_2",
        "/commitments/",
        f"/commitments/{seen.commitment}/",
        f"/commitments/undertake/?text={seen.adopted}&eid=art_2",
        f"/commitments/report/?commitment={seen.commitment}",
        f"/commitments/assess/?commitment={seen.commitment}",
        f"/commitments/assign/?commitment={seen.commitment}",
        f"/commitments/list/?mechanism={m}",
        "/press/",
        "/press/paste/",
        "/press/tokens/",
        f"/press/{seen.article}/",
        f"/press/{seen.article}/P1/edit/",
        "/forums/",
        "/forums/demo/",
        "/forums/demo/report/",
        "/forums/demo/pair/",
        "/forums/demo/divergences/?split=opposite",
        "/forums/demo/votes/?a=ARV&b=KEL&by=session&period=25",
        "/forums/demo/votes/D25-002/?a=ARV&b=KEL",
        "/forums/demo/points/",
        "/forums/demo/bloc/",
        f"/forums/sheet/{m}/demo/25/",
        f"/forums/sheet/{m}/demo/26/",
        f"/forums/position/?mechanism={m}&forum=demo&session=26&key={STRAITS}",
        f"/forums/agree-position/?mechanism={m}&forum=demo&session=26&key={STRAITS}",
        "/work/",
        "/work/?since=week",
        "/work/search/?q=seminar",
        "/work/search/",
        "/work/notifications/",
        "/work/notifications/settings/",
        "/desk/inbox/",
        "/desk/outbox/",
        seen.draft,
        seen.closed,
        f"/desk/acts/{seen.waiting}/",
        f"/desk/acts/{seen.adopted}/",
        "/desk/record/",
        f"/desk/record/{m}/",
        f"/desk/record/{m}/entries/?log={quote(seen.origin, safe='%')}",
        "/desk/export/",
        "/node/",
        "/node/about/",
        "/node/glossary/",
        "/node/reset/",
        "/account/me/",
        "/account/people/",
        "/account/people/1/",
        "/account/2fa/",
        "/account/sessions/",
        "/account/logout/",
    ]
    return [
        *(Stop("arvena", "sela", path) for path in desk),
        Stop("arvena", "sela", "/no-such-page/", 404),
        Stop("arvena", "ilena", "/node/", 403),
        Stop("arvena", "ilena", seen.closed),
        Stop("arvena", "", "/account/login/"),
        Stop("arvena", "", "/mechanisms/"),
        Stop("arvena", "", f"/mechanisms/{m}/"),
        Stop("arvena", "", f"/texts/{seen.adopted}/"),
        Stop("arvena", "", f"/desk/acts/{seen.adopted}/"),
        Stop("arvena", "", f"/meetings/{seen.held}/"),
        Stop("arvena", "", f"/meetings/{seen.held}/papers/"),
        Stop("arvena", "", f"/meetings/{seen.planned}/last-time/"),
        Stop("arvena", "", "/desk/export/"),
        Stop("harbour", "", "/"),
        Stop("harbour", "", "/observed/"),
        Stop("harbour", "", "/forums/"),
        Stop("harbour", "", "/forums/demo/pair/"),
        Stop("harbour", "", f"/forums/sheet/{m}/demo/26/"),
        Stop("harbour", "", "/observed/china-russia/"),
        Stop("harbour", "", "/observed/eu-uk-ppa/"),
        Stop("harbour", "", "/observed/arvena-kelmor/"),
        Stop("harbour", "", "/observed/arvena-kelmor/meetings/main-4/"),
        Stop("harbour", "mika", "/press/"),
        Stop("harbour", "mika", "/press/paste/?sample=1"),
        Stop("harbour", "mika", f"/press/{seen.observed_article}/"),
        Stop("harbour", "mika", "/observed/arvena-kelmor/"),
        Stop("harbour", "mika", f"/mechanisms/{m}/"),
        Stop("harbour", "", "/observed/log/"),
        Stop("harbour", "mika", "/work/"),
        Stop("harbour", "mika", "/observed/china-russia/meetings/joint-10/"),
        Stop("harbour", "mika", "/observed/china-russia/meetings/joint-10/correct/meeting/"),
        Stop("harbour", "mika", "/node/"),
    ]
