"""What may be said about commitments.

1. A commitment is marked in an adopted text, in every authentic language. What is joint, a duty or a topic is undertaken by all parties;
   a pledge, proposal or plan by those who make it.
2. A report is one side's; the last one stands in that side's own cell. What is done needs evidence.
3. Each side assesses for itself, in a cell of its own. Neither overwrites the other.
4. Each side says alone which of its bodies or people sees to a commitment, in a cell of its own; the last word stands.
5. What a commitment implements is a point of a mandate of the same mechanism.
6. What is entered on another's behalf says for whom, and whoever enters it is of the side that signs.
"""

from __future__ import annotations

from comity.commitments.model import JOINT_NATURES, Assessment, Assignment, Evidence, OnBehalf, Report, Undertaking
from comity.errors import Unsayable
from comity.terms.act import ActType, Known, Plan, Saying, alone, everyone, named
from comity.terms.fields import whole
from comity.terms.ids import creator
from comity.terms.notes import Note

UNDERTAKE, REPORT, ASSESS = "commitments/undertake/1", "commitments/report/1", "commitments/assess/1"
ASSIGN = "commitments/assign/1"


def read_undertaking(body: object) -> Undertaking:
    return whole(body, Undertaking.read)


def read_report(body: object) -> Report:
    return whole(body, Report.read)


def read_assessment(body: object) -> Assessment:
    return whole(body, Assessment.read)


def read_assignment(body: object) -> Assignment:
    return whole(body, Assignment.read)


def _undertake(saying: Saying, known: Known) -> Plan:
    u = read_undertaking(saying.body)
    parties = everyone(saying, known)
    by = tuple(p for p in parties if p in u.by)
    if by != u.by:
        raise Unsayable("These have to be parties, in the order of the founding act.", place="body.by")
    if u.nature in JOINT_NATURES and by != parties:
        raise Unsayable("What is joint binds all parties.", place="body.by", remedy="Name all parties, or call it a pledge.")
    named(known, u.text, ("texts/adopt",), place="body.text")
    version = known.act(u.version)
    if u.version != u.text and version.body.get("text") != u.text and version.body.get("supersedes") != u.text:
        raise Unsayable("The version that is quoted is not one of this text.", place="body.version")
    authentic = {v["lang"] for v in version.body.get("versions", ()) if v["status"] == "authentic"}
    missing = authentic - {m.lang for m in u.marks}
    if missing:
        raise Unsayable(
            "The words are not marked in {missing}.",
            place="body.marks",
            remedy="Mark them in every authentic language.",
            missing=", ".join(sorted(missing)),
        )
    refs = frozenset({u.text, u.version, *_points(known, u.mandates)})
    if u.supersedes is None:
        return Plan(by, frozenset({"self/state"}), refs=refs)
    before = named(known, u.supersedes, ("commitments/undertake",), place="body.supersedes")
    if before.signatories != by:
        raise Unsayable("A commitment is changed by those who made it.", place="body.by")
    return Plan(by, frozenset({f"{u.supersedes}/state"}), refs=refs)


def _points(known: Known, mandates: tuple[str, ...]) -> set[str]:
    """The acts that say the points; each has to have a point of that key."""
    for point in mandates:
        act = named(known, creator(point), ("mechanisms/mandate",), place="body.mandates")
        if point.partition("#")[2] not in {p["key"] for p in act.body["points"]}:
            raise Unsayable("The mandate has no such point.", place="body.mandates", remedy="Choose a point that the mandate lists.")
    return {creator(point) for point in mandates}


def _own(saying: Saying, known: Known, appointment: str | None, body: str | None, *, place: str) -> frozenset[str]:
    """The appointment, which has to be of the side that says this, and the body: acts to refer to."""
    if appointment is not None and named(known, appointment, ("mechanisms/appoint",), place=place).proposer != saying.proposer:
        raise Unsayable("That is an appointment of another side.", place=place, remedy="Choose somebody of your own side.")
    if body is not None:
        named(known, body, ("mechanisms/body",), place=place)
    return frozenset(act for act in (appointment, body) if act is not None)


def _behalf(saying: Saying, known: Known, behalf: OnBehalf | None) -> frozenset[str]:
    return _own(saying, known, behalf.entered_by, behalf.body, place="body.on_behalf") if behalf else frozenset()


def _files(saying: Saying, notes: tuple[Note, ...], evidence: tuple[Evidence, ...] = ()) -> None:
    wanted = {n.file for n in notes} | {e.file for e in evidence if e.file}
    if wanted != set(saying.files):
        odd = ", ".join(sorted(wanted ^ set(saying.files)))
        raise Unsayable("The files that are named and those that are signed differ: {odd}.", place="subject", odd=odd)


def _report(saying: Saying, known: Known) -> Plan:
    r = read_report(saying.body)
    named(known, r.commitment, ("commitments/undertake",), place="body.commitment")
    _files(saying, r.notes, r.evidence)
    refs = _behalf(saying, known, r.on_behalf)
    return Plan(alone(saying, known), frozenset({f"{r.commitment}/report@{saying.proposer}"}), refs=refs)


def _assess(saying: Saying, known: Known) -> Plan:
    a = read_assessment(saying.body)
    named(known, a.commitment, ("commitments/undertake",), place="body.commitment")
    _files(saying, a.notes)
    for report in a.reports:
        if named(known, report, ("commitments/report",), place="body.reports").body.get("commitment") != a.commitment:
            raise Unsayable("That report is about another commitment.", place="body.reports")
    refs = frozenset(a.reports) | _behalf(saying, known, a.on_behalf)
    return Plan(alone(saying, known), frozenset({f"{a.commitment}/assessment@{saying.proposer}"}), refs=refs)


def _assign(saying: Saying, known: Known) -> Plan:
    a = read_assignment(saying.body)
    named(known, a.commitment, ("commitments/undertake",), place="body.commitment")
    refs = _own(saying, known, a.appointment, a.body, place="body.appointment")
    return Plan(alone(saying, known), frozenset({f"{a.commitment}/responsible@{saying.proposer}"}), refs=refs)


TYPES = (
    ActType(
        UNDERTAKE,
        _undertake,
        says="Undertake a commitment: words marked in an adopted text, its nature, who is bound, when it falls due; or change one.",
        signers="all parties if it is joint, a duty or an agenda topic; otherwise those who are bound",
        writes="self/state; or, if it supersedes, <commitment>/state",
        refers="the text and the version that is quoted, and the mandates whose points it implements",
    ),
    ActType(
        ASSIGN,
        _assign,
        says="Say which body or person of one's own side sees to a commitment.",
        signers="the party that says it",
        writes="<commitment>/responsible@<party>",
        refers="the appointment and the body that it names, and the commitment by its cell",
    ),
    ActType(
        REPORT,
        _report,
        says="Report what was done, with evidence.",
        signers="the party that reports",
        writes="<commitment>/report@<party>",
        refers="the commitment, by its cell; and for whom it was entered",
    ),
    ActType(
        ASSESS,
        _assess,
        says="Assess what became of a commitment.",
        signers="the party that assesses",
        writes="<commitment>/assessment@<party>",
        refers="the reports it considered, for whom it was entered, and the commitment by its cell",
    ),
)
