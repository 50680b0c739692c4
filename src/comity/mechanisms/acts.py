"""What may be said about a mechanism: founding, membership, keys, offices.

1. Founding is signed by every party that it names, as entry 0 of its log.
2. A party appoints its own people alone; an office that a side has once is a cell of that party.
3. A newcomer accedes by an act of all parties and itself; a party leaves by its own act; whoever the parties were is read from the act of
   membership that an act names.
4. A party changes its keys alone, by publishing the next root; a log is succeeded by an act of all.
5. An office is held in the whole mechanism or in one of its bodies; what one person holds is held once in each. It does not end before it
   begins, and an appointment that replaces another stays in the same body.

What a mechanism works with (bodies, series, mandates, plans) stands in ``work_acts.py``.
"""

from __future__ import annotations

from comity.errors import Unsayable
from comity.mechanisms import work_acts
from comity.mechanisms.model import SINGLE_OFFICES, Appointment, Founding, Party
from comity.terms.act import ActType, Known, Plan, Saying, alone, bound, named
from comity.terms.fields import Fields, whole
from comity.terms.ids import ORIGIN

FOUND, ACCEDE, LEAVE = "mechanisms/found/1", "mechanisms/accede/1", "mechanisms/leave/1"
APPOINT, ROTATE_KEYS, SUCCEED_LOG = "mechanisms/appoint/1", "mechanisms/rotate-keys/1", "mechanisms/succeed-log/1"


def read_founding(body: object) -> Founding:
    return whole(body, Founding.read)


def read_newcomer(body: object) -> Party:
    return whole(body, lambda fields: fields.object("party", Party.read))


def read_appointment(body: object) -> Appointment:
    return whole(body, Appointment.read)


def _found(saying: Saying, known: Known) -> Plan:
    founding = read_founding(saying.body)
    writes = {"self/state", "self/parties", *(f"self#{s.key}/state" for s in founding.series)}
    return Plan(tuple(p.id for p in founding.parties), frozenset(writes))


def _accede(saying: Saying, known: Known) -> Plan:
    mechanism, membership = bound(saying)
    newcomer = read_newcomer(saying.body)
    parties = known.parties(membership)
    if newcomer.id in parties:
        raise Unsayable("{id} is a party already.", place="body.party.id", id=newcomer.id)
    return Plan((*parties, newcomer.id), frozenset({f"{mechanism}/parties"}))


def _leave(saying: Saying, known: Known) -> Plan:
    mechanism, _ = bound(saying)
    fields = Fields(saying.body, "body")
    if fields.party("party") != saying.proposer:
        raise Unsayable("A party can only leave for itself.", place="body.party")
    fields.done()
    return Plan(alone(saying, known), frozenset({f"{mechanism}/left@{saying.proposer}"}))


def office_cell(mechanism: str, body_key: str, office: str, party: str) -> str:
    """The cell of an office that one person of a side holds, in the whole mechanism (``body_key`` empty) or in a body of it."""
    return f"{mechanism}/office/{body_key}/{office}@{party}" if body_key else f"{mechanism}/office/{office}@{party}"


def _appoint(saying: Saying, known: Known) -> Plan:
    mechanism, _ = bound(saying)
    a = read_appointment(saying.body)
    writes = {f"{a.replaces}/state@{saying.proposer}"} if a.replaces else {f"self/state@{saying.proposer}"}
    if a.replaces:
        before = known.act(a.replaces)
        if before.type != APPOINT:
            raise Unsayable("What it replaces is not an appointment.", place="body.replaces")
        if before.body.get("body") != a.body:
            raise Unsayable("A changed appointment stays in its body.", place="body.body", remedy="End it, and appoint anew.")
    key = str(named(known, a.body, ("mechanisms/body",), place="body.body").body["key"]) if a.body else ""
    if a.office in SINGLE_OFFICES:
        writes.add(office_cell(mechanism, key, a.office, saying.proposer))
    return Plan(alone(saying, known), frozenset(writes), refs=frozenset({a.body} if a.body else ()))


def _rotate_keys(saying: Saying, known: Known) -> Plan:
    mechanism, _ = bound(saying)
    fields = Fields(saying.body, "body")
    version = fields.integer("version", least=2)
    fields.done()
    if set(saying.files) != {f"root.{version}.json"}:
        raise Unsayable("Its one file has to be root.{version}.json.", place="subject", version=version)
    return Plan(alone(saying, known), frozenset({f"{mechanism}/keys@{saying.proposer}"}))


def _succeed_log(saying: Saying, known: Known) -> Plan:
    mechanism, membership = bound(saying)
    fields = Fields(saying.body, "body")
    parties = known.parties(membership)
    party = fields.party("party")
    if party not in parties:
        raise Unsayable("{party} is not a party.", place="body.party", party=party)
    fields.text("old", pattern=ORIGIN)
    fields.text("origin", pattern=ORIGIN)
    fields.list("heads", lambda f: (f.integer("size"), f.text("root")), least=2, most=16)
    fields.done()
    return Plan(parties, frozenset({f"{mechanism}/log/{party}"}))


TYPES = (
    ActType(
        FOUND,
        _found,
        says="Found a mechanism: its names, parties with their chambers, logs and key roots, and its series of meetings.",
        signers="every party that it names, in that order",
        writes="self/state, self/parties, self#<series>/state",
    ),
    ActType(
        ACCEDE,
        _accede,
        says="A newcomer joins; it ranks last and is given the past.",
        signers="all parties and the newcomer",
        writes="<mechanism>/parties",
    ),
    ActType(LEAVE, _leave, says="A party leaves; what was in force stays.", signers="that party", writes="<mechanism>/left@<party>"),
    ActType(
        APPOINT,
        _appoint,
        says="Put a person into an office of one side, or end or correct an earlier appointment.",
        signers="that party",
        writes="self/state@<party> (or <replaced>/state@<party>); for offices held by one person <mechanism>/office/<office>@<party>, "
        "in a body <mechanism>/office/<body's key>/<office>@<party>",
        refers="the body whose office it is, and the replaced appointment by its cell",
    ),
    ActType(
        ROTATE_KEYS,
        _rotate_keys,
        says="Publish the party's next key root.",
        signers="that party, by the keys in force before",
        writes="<mechanism>/keys@<party>",
    ),
    ActType(
        SUCCEED_LOG,
        _succeed_log,
        says="Open a successor to a forked log, naming all its heads.",
        signers="all parties",
        writes="<mechanism>/log/<party>",
    ),
    *work_acts.TYPES,
)
