"""The demonstration's press desks: articles of invented agencies about the invented committee, some of them reviewed.

The observer has three, in three languages, one of which contradicts what is known; Arvena has one, which nobody else sees. All are read by
rules alone, so that the demonstration needs no extras.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.cli.demo.people import House
    from comity.desk.press.intake import Handed

CASE = "arvena-kelmor.yaml"


def hand_in(house: House) -> None:
    """Put a house's articles on its press desk, unless some are there. Django is set up for that house's node."""
    from django.conf import settings

    from comity.desk.press.models import Source

    if Source.objects.exists() or house.key not in ("harbour", "arvena"):
        return
    settings.PRESS_READER = "rules"
    if house.key == "harbour":
        _observer()
    else:
        _party()


def _observer() -> None:
    from comity.cli.observe import take_in
    from comity.cli.opening import home
    from comity.desk.press import reviewing, samples
    from comity.desk.press.intake import Handed
    from comity.desk.press.models import Proposal
    from comity.observations.case import read_case

    case = files("comity.cli.demo").joinpath(CASE).read_bytes()
    take_in(home(), read_case(case, place=CASE))
    address = "https://lakewire.example/2026/11/18/rivers"
    english = _article("harbour.en.txt")
    _read("mika", Handed(english, publisher="Lake Wire", date="2026-11-18", address=address, language="en"))
    russian = _read("mika", Handed(samples.TEXTS["ru"], publisher=samples.PUBLISHERS["ru"], date=samples.DATES["ru"], language="ru"))
    _read("mika", Handed(samples.TEXTS["zh"], publisher=samples.PUBLISHERS["zh"], date=samples.DATES["zh"], language="zh"))
    from comity.desk.accounts.models import Officer

    mika = Officer.objects.get(user__username="mika")
    meeting = russian.proposals.filter(kind="meeting").first()
    if meeting is not None:
        reviewing.accept(mika, russian, [meeting.label], edited=meeting.value | {"place": "Талинда"})
    labels, _held = reviewing.above_the_line(russian)
    if labels:
        reviewing.accept(mika, russian, labels)
    for label in russian.proposals.filter(state=Proposal.OPEN).values_list("label", flat=True):
        reviewing.reject(mika, russian, label)
    reviewing.spend(russian, reviewing.Effort(11, 94))


def _party() -> None:
    from comity.desk.press.intake import Handed

    _read("ilena", Handed(_article("arvena.en.txt"), publisher="Kelmor Courier", date="2026-11-20", language="en", case="arvena-kelmor"))


def _read(persona: str, handed: Handed):  # type: ignore[no-untyped-def]  # Django's models are there only when it is set up
    from comity.desk.accounts.models import Officer
    from comity.desk.press.intake import take_in
    from comity.desk.press.models import Source
    from comity.desk.press.reading import read_now

    source = take_in(Officer.objects.get(user__username=persona), handed)
    read_now(source.key)
    return Source.objects.get(pk=source.key)


def _article(name: str) -> str:
    return files("comity.cli.demo").joinpath(f"articles/{name}").read_text(encoding="utf-8")
