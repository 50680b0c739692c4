"""What a reference means: the eId of the provision it points to, seen from the provision it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.texts.model import Provision, TextVersion
from comity.texts.numerals import to_letters, to_roman
from comity.texts.references import Reference, find_references


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference with the eId it means in a text, and whether that provision exists. External references have no target."""

    reference: Reference
    target: str
    exists: bool


def resolve(reference: Reference, at: str, version: TextVersion) -> Resolved:
    """The eId that a reference in provision `at` means in this version.

    A number without its article is looked for in the article of `at`, then at the top of the text. A first paragraph that is not counted,
    because it is the only one, is its article. In a text whose highest numbers are paragraphs, "article 2" means the second of them.
    """
    if reference.external:
        return Resolved(reference, "", True)
    index = version.by_eid()
    segments = at.split("__")
    path = reference.path
    if path and path[0][0] == "art" and not any(eid.rsplit("__", 1)[-1].startswith("art_") for eid in index):
        path = (("para", path[0][1]), *path[1:])
    if reference.back:
        kind = reference.path[-1][0]
        own = next((number for number in range(len(segments), 0, -1) if segments[number - 1].startswith(kind + "_")), 0)
        base = "__".join(segments[:own])
        siblings = [eid for eid in index if eid.rsplit("_", 1)[0] == base.rsplit("_", 1)[0] and eid.count("__") == base.count("__")]
        place = siblings.index(base) if base in siblings else 0
        return Resolved(reference, siblings[place - 1] if place else "", place > 0)
    first = path[0][0]
    if first in {"para", "point"}:
        for depth in range(len(segments) - 1, -1, -1):
            base = "__".join(segments[:depth])
            if base and (first != "point" or not segments[depth - 1].startswith("point")):
                found = _down(base, path, index)
                if found in index:
                    return Resolved(reference, found, True)
    for eid in _tops(path[0], segments, index):
        found = _down(eid, path[1:], index)
        if found in index:
            return Resolved(reference, found, True)
    home = next((segment for segment in segments if segment.startswith("art_")), "") if first in {"para", "point"} else ""
    wanted = "__".join(part for part in (home, *(_segment(step, depth) for depth, step in _levels(path))) if part)
    return Resolved(reference, wanted, False)


def _levels(path: tuple[tuple[str, str], ...]) -> Iterator[tuple[int, tuple[str, str]]]:
    points = 0
    for step in path:
        points += step[0] == "point"
        yield points, step


def _segment(step: tuple[str, str], points: int, place: int | None = None) -> str:
    kind, number = step
    if kind != "point":
        return f"{kind}_{number.split('|')[0]}"
    value = place if place is not None else int(number.split("|")[0])
    return f"point_{(to_letters, to_roman, str)[(points - 1) % 3](max(value, 1))}"


def _tops(step: tuple[str, str], at: list[str], index: Mapping[str, Provision]) -> list[str]:
    """Provisions anywhere in the text whose own number is this one, those that share most of `at` first."""
    kind, number = step
    last = f"{kind}_{number.split('|')[0]}"
    found = [eid for eid in index if eid.rsplit("__", 1)[-1] == last and (kind != "para" or "art_" not in eid)]
    return sorted(found, key=lambda eid: -sum(1 for one, other in zip(eid.split("__"), at, strict=False) if one == other))


def _down(base: str, path: tuple[tuple[str, str], ...], index: Mapping[str, Provision]) -> str:
    eid = base
    for step in path:
        kind, number = step
        points = sum(segment.startswith("point_") for segment in eid.split("__")) + 1
        places = [int(place) for place in number.split("|") if place.isdigit()] if kind == "point" else [None]
        options = [f"{eid}__{_segment(step, points, place)}" for place in places]
        # Continuous numbers carry no parent: paragraph 4 of section 2 is para_4.
        options += (
            [_segment(step, 0)] if kind in {"art", "para", "sec", "chp"} and eid.split("_")[0] in {"part", "chp", "sec", "annex"} else []
        )
        found = next((option for option in options if option in index), None)
        if found is None:
            if kind == "para" and number == "1" and not any(other.startswith(eid + "__para_") for other in index):
                continue
            only = f"{eid}__para_1"
            if kind == "point" and only in index:
                found = next(
                    (option for option in (f"{only}__{_segment(step, points, place)}" for place in places) if option in index), None
                )
            if found is None:
                return f"{eid}__{_segment(step, points)}"
        eid = found
    return eid


def references_of(version: TextVersion) -> dict[str, list[Resolved]]:
    """Every provision's references, resolved; provisions without any are left out."""
    found = {}
    for provision in version.walk():
        references = [resolve(reference, provision.eid, version) for reference in find_references(provision.text, version.language)]
        if references:
            found[provision.eid] = references
    return found
