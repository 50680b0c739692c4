"""A delegation: its members in rank order, whom they stand in for, and who came. Names and titles stand in the act's files, one per
language, those of member *n* at ``para_<n>``; the act itself names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.errors import Unsayable
from comity.terms.fields import Fields
from comity.terms.ids import FRAGMENT
from comity.texts.model import Provision, TextVersion
from comity.texts.said import Version

ROLES = ("head", "member", "substitute", "adviser", "staff")
EXPECTED, PRESENT = "expected", "present"
ATTENDANCE = (EXPECTED, PRESENT)
MOST_MEMBERS = 200


@dataclass(frozen=True, slots=True)
class Member:
    """One member. ``key`` stays the same from list to list; a substitute stands in for the member of key ``instead``; ``remote`` takes part
    from elsewhere.
    """

    key: str
    role: str
    attendance: str
    remote: bool = False
    instead: str | None = None

    @classmethod
    def read(cls, fields: Fields) -> Member:
        return cls(
            key=fields.text("key", pattern=FRAGMENT),
            role=fields.choice("role", ROLES),
            attendance=fields.choice("attendance", ATTENDANCE),
            remote=fields.optional("remote", fields.flag) or False,
            instead=fields.optional("for", lambda n: fields.text(n, pattern=FRAGMENT)),
        )


@dataclass(frozen=True, slots=True)
class Delegation:
    """What one side says about its delegation, in rank order."""

    meeting: str
    members: tuple[Member, ...]
    versions: tuple[Version, ...]

    @classmethod
    def read(cls, fields: Fields) -> Delegation:
        said = cls(
            meeting=fields.digest("meeting"),
            members=fields.list("members", Member.read, least=1, most=MOST_MEMBERS),
            versions=fields.list("versions", Version.read, least=1, most=30),
        )
        keys = {member.key for member in said.members}
        if len(keys) != len(said.members):
            raise Unsayable("Two members have the same key.", place="body.members", remedy="Give the later one another key.")
        if sum(member.role == "head" for member in said.members) > 1:
            raise Unsayable("A delegation has one head.", place="body.members", remedy="Make the others members.")
        for place, member in enumerate(said.members):
            if member.instead is not None and (member.role != "substitute" or member.instead not in keys - {member.key}):
                raise Unsayable(
                    "A substitute stands in for another member of this delegation.",
                    place=f"body.members[{place}].for",
                    remedy="Choose the member.",
                )
        return said


def delegation_text(title: str, people: Sequence[tuple[str, str]], language: str) -> TextVersion:
    """The list in one language, of (name, title) pairs: member *n* is ``para_<n>``, the name its heading."""
    mark = "{}、" if language.startswith("zh") else "{}."
    members = tuple(Provision(f"para_{n}", num=mark.format(n), heading=name, text=says) for n, (name, says) in enumerate(people, 1))
    return TextVersion(language, title, members)


def people_in(version: TextVersion) -> list[tuple[str, str]]:
    """(name, title) of the members, in order, as a file of a delegation says them."""
    return [(p.heading, p.text) for p in version.provisions]
