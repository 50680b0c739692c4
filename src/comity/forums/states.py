"""Seats, states and codes of the United Nations: which state sat where, when, and what sources call it.

Rules:

1. A *seat* is continuous: the seat of China was held by two governments, that of the Soviet Union passed to Russia.
2. A *state* is dated. Its days are those of the forum (the day a delegation sat), not of independence.
3. A *code* names a chain of states; the date picks one. ``YAR`` names two states at once until 1990, so the name beside it must decide.

Only changes are listed here; any other member is one state on one seat under its ISO 3166 code. Days: General Assembly resolution 2758
(XXVI) of 25 October 1971; letter of 24 December 1991 on the seat of the USSR; admissions of 18 September 1973 (both Germanies), 1
November 2000 (Federal Republic of Yugoslavia), 19 January 1993 (Czech Republic, Slovakia); unions of 3 October and 22 May 1990;
declaration of 3 June 2006 (Serbia).
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST, LAST = "0000-00-00", "9999-99-99"

_MEMBERS = (
    "AFG:AF AGO:AO ALB:AL AND:AD ARE:AE ARG:AR ARM:AM ATG:AG AUS:AU AUT:AT AZE:AZ BDI:BI BEL:BE BEN:BJ BFA:BF BGD:BD BGR:BG BHR:BH "
    "BHS:BS BIH:BA BLR:BY BLZ:BZ BOL:BO BRA:BR BRB:BB BRN:BN BTN:BT BWA:BW CAF:CF CAN:CA CHE:CH CHL:CL CIV:CI CMR:CM COD:CD COG:CG "
    "COL:CO COM:KM CPV:CV CRI:CR CUB:CU CYP:CY DJI:DJ DMA:DM DNK:DK DOM:DO DZA:DZ ECU:EC EGY:EG ERI:ER ESP:ES EST:EE ETH:ET FIN:FI "
    "FJI:FJ FRA:FR FSM:FM GAB:GA GBR:GB GEO:GE GHA:GH GIN:GN GMB:GM GNB:GW GNQ:GQ GRC:GR GRD:GD GTM:GT GUY:GY HND:HN HRV:HR HTI:HT "
    "HUN:HU IDN:ID IND:IN IRL:IE IRN:IR IRQ:IQ ISL:IS ISR:IL ITA:IT JAM:JM JOR:JO JPN:JP KAZ:KZ KEN:KE KGZ:KG KHM:KH KIR:KI KNA:KN "
    "KOR:KR KWT:KW LAO:LA LBN:LB LBR:LR LBY:LY LCA:LC LIE:LI LKA:LK LSO:LS LTU:LT LUX:LU LVA:LV MAR:MA MCO:MC MDA:MD MDG:MG MDV:MV "
    "MEX:MX MHL:MH MKD:MK MLI:ML MLT:MT MMR:MM MNE:ME MNG:MN MOZ:MZ MRT:MR MUS:MU MWI:MW MYS:MY NAM:NA NER:NE NGA:NG NIC:NI NLD:NL "
    "NOR:NO NPL:NP NRU:NR NZL:NZ OMN:OM PAK:PK PAN:PA PER:PE PHL:PH PLW:PW PNG:PG POL:PL PRK:KP PRT:PT PRY:PY QAT:QA ROU:RO RWA:RW "
    "SAU:SA SDN:SD SEN:SN SGP:SG SLB:SB SLE:SL SLV:SV SMR:SM SOM:SO SSD:SS STP:ST SUR:SR SWE:SE SWZ:SZ SVN:SI SYC:SC SYR:SY TCD:TD "
    "TGO:TG THA:TH TJK:TJ TKM:TM TLS:TL TON:TO TTO:TT TUN:TN TUR:TR TUV:TV TZA:TZ UGA:UG UKR:UA URY:UY USA:US UZB:UZ VCT:VC VEN:VE "
    "VNM:VN VUT:VU WSM:WS ZAF:ZA ZMB:ZM ZWE:ZW "
)
ISO2 = dict(pair.split(":") for pair in _MEMBERS.split()) | {
    "CHN": "CN", "RUS": "RU", "SRB": "RS", "DEU": "DE", "YEM": "YE", "CZE": "CZ", "SVK": "SK",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """A state on a seat from ``since`` to before ``until`` (ISO days); ``iso3`` as ISO 3166 has or had it, empty if it never had one."""

    id: str
    seat: str
    iso3: str
    name: str
    since: str = FIRST
    until: str = LAST

    def sat_on(self, day: str) -> bool:
        return self.since <= day < self.until


_CHANGES = (
    State("ROC", "CHN", "TWN", "Republic of China", FIRST, "1971-10-25"),
    State("CHN", "CHN", "CHN", "China", "1971-10-25"),
    State("SUN", "RUS", "SUN", "Soviet Union", FIRST, "1991-12-24"),
    State("RUS", "RUS", "RUS", "Russia", "1991-12-24"),
    State("YUG", "YUG", "YUG", "Yugoslavia", FIRST, "2000-11-01"),
    State("SCG", "SRB", "SCG", "Serbia and Montenegro", "2000-11-01", "2006-06-03"),
    State("SRB", "SRB", "SRB", "Serbia", "2006-06-03"),
    State("FRG", "DEU", "DEU", "Germany (Federal Republic, before the union of 1990)", FIRST, "1990-10-03"),
    State("DEU", "DEU", "DEU", "Germany", "1990-10-03"),
    State("DDR", "DDR", "DDR", "German Democratic Republic", FIRST, "1990-10-03"),
    State("YAR", "YEM", "YEM", "Yemen (Arab Republic)", FIRST, "1990-05-22"),
    State("YEM", "YEM", "YEM", "Yemen", "1990-05-22"),
    State("YMD", "YMD", "YMD", "Yemen (People's Democratic Republic)", FIRST, "1990-05-22"),
    State("CSK", "CSK", "CSK", "Czechoslovakia", FIRST, "1993-01-01"),
    State("CZE", "CZE", "CZE", "Czechia", "1993-01-01"),
    State("SVK", "SVK", "SVK", "Slovakia", "1993-01-01"),
    State("EAZ", "EAZ", "", "Zanzibar", FIRST, "1964-04-26"),
)
STATES = {s.id: s for s in _CHANGES} | {c: State(c, c, c, "") for c in ISO2 if c not in {s.id for s in _CHANGES}}

_CHAINS: dict[str, tuple[str, ...]] = {
    "CHN": ("ROC", "CHN"), "TWN": ("ROC",), "ROC": ("ROC",),
    "SUN": ("SUN", "RUS"), "RUS": ("SUN", "RUS"),
    "YUG": ("YUG", "SCG", "SRB"), "SCG": ("YUG", "SCG", "SRB"), "SRB": ("YUG", "SCG", "SRB"),
    "DEU": ("FRG", "DEU"), "FRG": ("FRG", "DEU"),
    "YEM": ("YAR", "YEM"),
    "CSK": ("CSK",), "CZE": ("CZE",), "SVK": ("SVK",), "DDR": ("DDR",), "YMD": ("YMD",), "EAZ": ("EAZ",), "ZNZ": ("EAZ",),
}  # fmt: skip
"""Codes of ISO 3166 and of the UN Digital Library, each with the states it may name, in order of time."""

_RENAMED = {
    "BUR": "MMR", "BYS": "BLR", "DHY": "BEN", "EAT": "TZA", "HVO": "BFA", "ROM": "ROU", "TMP": "TLS", "UAR": "EGY", "ZAR": "COD",
}  # fmt: skip
"""Codes that ISO 3166 (part 3) and older files used for states that only changed their name."""

_COW: dict[str, tuple[str, ...]] = {
    "710": ("CHN",), "713": ("ROC",), "365": ("SUN", "RUS"), "345": ("YUG", "SCG", "SRB"), "260": ("FRG", "DEU"),
    "255": ("DEU",),
    "265": ("DDR",), "678": ("YAR", "YEM"),
    "679": ("YEM",), "680": ("YMD",), "315": ("CSK",), "316": ("CZE",), "317": ("SVK",), "511": ("EAZ",),
}  # fmt: skip
"""Correlates of War codes of states that changed; every other one is its ISO code for ever."""

_YEMENS = (("people", "YMD"), ("democratic", "YMD"), ("south", "YMD"), ("arab republic", "YAR"), ("north", "YAR"))


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A code that names no state, or more than one on that day: ``candidates`` are offered to the user."""

    code: str
    candidates: tuple[str, ...]


def _in_chain(chain: tuple[str, ...], day: str) -> State:
    """The state of a chain on a day; a day outside of all takes the nearest end, since days in old sources are often only nominal."""
    for name in chain:
        if STATES[name].sat_on(day):
            return STATES[name]
    return STATES[chain[0] if day < STATES[chain[0]].since else chain[-1]]


def resolve(code: str, day: str, name: str = "") -> State | Unresolved:
    """The state that ``code`` (ISO 3166 alpha-3 or UN Digital Library) names on ``day`` (ISO); ``name`` decides where the code is
    ambiguous.
    """
    code = code.strip().upper()
    code = _RENAMED.get(code, code)
    if code == "YAR":
        if day >= STATES["YEM"].since:
            return STATES["YEM"]
        lowered = name.lower()
        for word, state in _YEMENS:
            if word in lowered:
                return STATES[state]
        return Unresolved(code, ("YAR", "YMD"))
    if code in _CHAINS:
        return _in_chain(_CHAINS[code], day)
    if code in STATES:
        return STATES[code]
    return Unresolved(code, ())


def resolve_cow(cow: str, day: str, iso3: str) -> State | Unresolved:
    """The state of a Correlates of War code; ``iso3`` as the source's country table has it serves where the state never changed."""
    if cow in _COW:
        return _in_chain(_COW[cow], day)
    return resolve(iso3, day)
