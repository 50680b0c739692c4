"""What may be said about a mechanism's work.

1. A body's key is taken once in a mechanism; a changed body keeps its key. A body stands under a body that is there.
2. A further series is opened by all, and its key is taken once; so is what a series follows, when it ends and from which founding act
   anniversaries are counted. Numbers begin where the series says, and each number is a slot of that series alone.
3. A mandate's points are quoted in files of the act. A changed mandate keeps every point that it had.
4. A year has one plan. A changed plan keeps every item that it had: what does not take place is said to be moved or dropped, with a reason,
   by those whose item it is.
"""

from __future__ import annotations

from comity.errors import Unsayable
from comity.mechanisms.work import Body, ItemOutcome, Mandate, SeriesSaid, YearPlan
from comity.terms.act import ActType, Known, Plan, Saying, bound, everyone, named
from comity.terms.fields import whole
from comity.terms.ids import creator

BODY, SERIES, MANDATE = "mechanisms/body/1", "mechanisms/series/1", "mechanisms/mandate/1"
PLAN, OUTCOME = "mechanisms/plan/1", "mechanisms/outcome/1"


def read_body(body: object) -> Body:
    return whole(body, Body.read)


def read_series(body: object) -> SeriesSaid:
    return whole(body, SeriesSaid.read)


def read_mandate(body: object) -> Mandate:
    return whole(body, Mandate.read)


def read_plan(body: object) -> YearPlan:
    return whole(body, YearPlan.read)


def read_outcome(body: object) -> ItemOutcome:
    return whole(body, ItemOutcome.read)


def _same_files(saying: Saying, wanted: frozenset[str]) -> None:
    if wanted != set(saying.files):
        odd = ", ".join(sorted(wanted ^ set(saying.files)))
        raise Unsayable("The files that are named and those that are signed differ: {odd}.", place="subject", odd=odd)


def _first(known: Known, act_id: str, kind: str) -> str:
    """The object that ``act_id`` names: only the act that created it may be named."""
    act = named(known, act_id, (kind,), place="body.supersedes")
    if act.body.get("supersedes") is not None:
        raise Unsayable("Name the act that said it first.", place="body.supersedes")
    return act.id


def _body(saying: Saying, known: Known) -> Plan:
    mechanism, _ = bound(saying)
    b = read_body(saying.body)
    if b.parent is not None:
        named(known, b.parent, ("mechanisms/body",), place="body.parent")
        if b.parent == b.supersedes:
            raise Unsayable("A body does not stand under itself.", place="body.parent")
    refs = frozenset({b.parent} if b.parent else ())
    if b.supersedes is None:
        return Plan(everyone(saying, known), frozenset({"self/state", f"{mechanism}/body/{b.key}"}), refs=refs)
    first = _first(known, b.supersedes, "mechanisms/body")
    if known.act(first).body["key"] != b.key:
        raise Unsayable("A changed body keeps its key.", place="body.key")
    return Plan(everyone(saying, known), frozenset({f"{first}/state"}), refs=refs)


def _keys(known: Known, act_id: str) -> set[str]:
    """The keys of the series that an act opened."""
    return {item["key"] for item in known.act(act_id).body.get("series", ())}


def _series(saying: Saying, known: Known) -> Plan:
    mechanism, _ = bound(saying)
    s = read_series(saying.body)
    refs = set()
    for before in s.predecessors:
        if before.series is not None:
            opened, _, key = before.series.partition("#")
            if key not in _keys(known, opened):
                raise Unsayable("There is no such series.", place="body.predecessors")
            refs.add(opened)
    if s.body is not None:
        refs.add(named(known, s.body, ("mechanisms/body",), place="body.body").id)
    if s.about is not None:
        opened, _, key = s.about.partition("#")
        if key not in _keys(known, opened):
            raise Unsayable("There is no such series.", place="body.about")
        return Plan(everyone(saying, known), frozenset({f"{s.about}/state"}), refs=frozenset(refs))
    new = s.series[0].key
    if new in _keys(known, mechanism):
        raise Unsayable("The mechanism has a series of that key already.", place="body.series[0].key", remedy="Choose another key.")
    writes = {"self/state", f"self#{new}/state", f"{mechanism}/series/{new}"}
    return Plan(everyone(saying, known), frozenset(writes), refs=frozenset(refs))


def _mandate(saying: Saying, known: Known) -> Plan:
    m = read_mandate(saying.body)
    _same_files(saying, m.files)
    refs = frozenset({named(known, m.source.text, ("texts/adopt",), place="body.source.text").id} if m.source.text else ())
    if m.supersedes is None:
        return Plan(everyone(saying, known), frozenset({"self/state"}), refs=refs)
    first = _first(known, m.supersedes, "mechanisms/mandate")
    gone = {p["key"] for p in known.act(first).body["points"]} - {p.key for p in m.points}
    if gone:
        raise Unsayable("A changed mandate keeps its points; this one lacks {gone}.", place="body.points", gone=", ".join(sorted(gone)))
    return Plan(everyone(saying, known), frozenset({f"{first}/state"}), refs=refs)


def _plan(saying: Saying, known: Known) -> Plan:
    mechanism, _ = bound(saying)
    p, parties = read_plan(saying.body), everyone(saying, known)
    refs = set()
    for number, item in enumerate(p.items):
        if tuple(party for party in parties if party in item.whose) != item.whose:
            raise Unsayable("These have to be parties, in the order of the founding act.", place=f"body.items[{number}].whose")
        if item.mandate is not None:
            act = named(known, creator(item.mandate), ("mechanisms/mandate",), place=f"body.items[{number}].mandate")
            if item.mandate.partition("#")[2] not in {point["key"] for point in act.body["points"]}:
                raise Unsayable("The mandate has no such point.", place=f"body.items[{number}].mandate")
            refs.add(act.id)
    if p.supersedes is None:
        return Plan(parties, frozenset({"self/state", f"{mechanism}/plan/{p.year}"}), refs=frozenset(refs))
    first = known.act(_first(known, p.supersedes, "mechanisms/plan"))
    if first.body["year"] != p.year:
        raise Unsayable("A changed plan stays in its year.", place="body.year")
    gone = {i["key"] for i in first.body["items"]} - {i.key for i in p.items}
    if gone:
        raise Unsayable(
            "A changed plan keeps its items; this one lacks {gone}.",
            place="body.items",
            remedy="Say of them that they are moved or dropped.",
            gone=", ".join(sorted(gone)),
        )
    return Plan(parties, frozenset({f"{first.id}/state"}), refs=frozenset(refs))


def _outcome(saying: Saying, known: Known) -> Plan:
    o, parties = read_outcome(saying.body), everyone(saying, known)
    _same_files(saying, frozenset(w.file for w in o.reasons))
    plan = named(known, o.plan, ("mechanisms/plan",), place="body.plan")
    item = next((i for i in plan.body["items"] if i["key"] == o.item), None)
    if item is None:
        raise Unsayable("The plan has no such item.", place="body.item")
    refs = {named(known, o.meeting, ("meetings/convene",), place="body.meeting").id} if o.meeting else set()
    plan_id = plan.body.get("supersedes") or plan.id
    if plan_id != plan.id:
        refs.add(plan.id)
    whose = tuple(p for p in parties if p in item["whose"])
    if whose == parties:
        return Plan(parties, frozenset({f"{plan_id}/outcome/{o.item}"}), refs=frozenset(refs))
    if saying.proposer not in whose:
        raise Unsayable("Only those whose item it is say what became of it.", place="body.item")
    return Plan((saying.proposer,), frozenset({f"{plan_id}/outcome/{o.item}@{saying.proposer}"}), refs=frozenset(refs))


TYPES = (
    ActType(
        BODY,
        _body,
        says="Set up a working group or another body, with its names, what it stands under and its time; or change one.",
        signers="all parties",
        writes="self/state and <mechanism>/body/<key>; or, if it supersedes, <body>/state",
        refers="the body that it stands under",
    ),
    ActType(
        SERIES,
        _series,
        says="Open a further series of meetings, or say what one follows, when it ends and from when anniversaries are counted.",
        signers="all parties",
        writes="self/state, self#<key>/state and <mechanism>/series/<key>; or, about one that is there, <series>/state",
        refers="the acts that opened the series it follows, and the body whose meetings they are",
    ),
    ActType(
        MANDATE,
        _mandate,
        says="Take up points of a summit declaration or a treaty that the mechanism is to implement, each in the words of its source.",
        signers="all parties",
        writes="self/state; or, if it supersedes, <mandate>/state",
        refers="the adopted text, if the points stand in one",
    ),
    ActType(
        PLAN,
        _plan,
        says="Plan a year: what is to take place, when, and which sides see to it; or change the plan.",
        signers="all parties",
        writes="self/state and <mechanism>/plan/<year>; or, if it supersedes, <plan>/state",
        refers="the mandates whose points it takes up",
    ),
    ActType(
        OUTCOME,
        _outcome,
        says="Say of an item of a year's plan that it was held, is moved or is dropped.",
        signers="all parties if the item is everybody's; otherwise one of those whose it is",
        writes="<plan>/outcome/<item>, or <plan>/outcome/<item>@<party>",
        refers="the meeting that it was; the plan by its cell, or the changed plan that has the item",
    ),
)
