"""The group ``comity observe``: an observed record from public sources, in this node's own log of observations."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from comity.cli import say
from comity.cli.lazy import LazyGroup
from comity.cli.opening import home
from comity.errors import ComityError, Malformed, Unsafe
from comity.observations.case import counts, read_case
from comity.observations.importing import fragments_of
from comity.observations.log import ObservationLog
from comity.observations.merge import merge
from comity.observations.model import Fragment

if TYPE_CHECKING:
    from comity.node.home import Home
    from comity.record.keys import SigningKey

LOG_KEY, SIGNER = "observer-log", "observer"
HOST = "observer.localhost"
MAX_PART = 64 * 1024 * 1024  # bytes of one file in a published log


@click.group(cls=LazyGroup)
def observe() -> None:
    """Keep an observed record from public sources. Nothing in it is signed by a party."""


@observe.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "json_", is_flag=True, help="Print the counts as JSON.")
def import_(file: Path, json_: bool) -> None:
    """Take the case in FILE (comity-case/1, YAML) into this node's log of observations, and print how much of what it holds.

    What is there already is not added again. Where there is no node yet, an observer's is made, who holds no key of any party.
    """
    case = read_case(file.read_bytes(), place=file.name)
    here = home()
    if not here.exists:
        _make_observer(here)
    added = take_in(here, case)
    found: dict[str, Any] = {"case": case["case"], **counts(case), "added": added}
    if json_:
        say.as_json(found)
        return
    say.line(f"Observed: {case['mechanism']['names'].get('en') or case['case']}. Nobody has signed any of this.")
    for name, number in counts(case).items():
        say.line(f"  {number:4}  {name.replace('_', ' ')}")
    say.line(f"{added} fragments are new in the log.")


@observe.command()
@click.argument("about")
@click.argument("claim")
@click.option("--value", required=True, help="The value as JSON, with the same fields as the one it corrects.")
@click.option("--by", required=True, help="Who corrects.")
@click.option("--source", default="", help="The id of the source that it is taken from, if there is one.")
def correct(about: str, claim: str, value: str, by: str, source: str) -> None:
    """Say CLAIM of ABOUT (<case>/<kind>/<id>) in your own name. It is one more fragment: what the sources said stays beside it."""
    try:
        meant = json.loads(value)
    except ValueError:
        raise Malformed("Not JSON.", place="--value", remedy='Write e.g. \'{"start": "2025-08-25"}\'.') from None
    here = home()
    cases = merge(_log(here).open().fragments)
    name, kind, id = (*about.split("/"), "", "")[:3]
    thing = cases[name].one(kind, id) if name in cases else None
    if thing is None or claim not in thing.claims:
        raise ComityError("Nothing is observed here that this could correct.", place=f"{about} {claim}", remedy="See comity observe show.")
    if source and cases[name].one("sources", source) is None:
        raise ComityError("There is no source {source}.", place="--source", remedy="Name one of this case.", source=source)
    if not _alike(meant, thing.get(claim)):
        raise Malformed(
            "Not of the same form as what it corrects.", place="--value", remedy=f"Keep the fields of comity observe show {about}."
        )
    said = datetime.now(UTC).replace(microsecond=0).isoformat()
    fragment = Fragment(about, claim, meant, source, by=by, said=said)
    _log(here).append([fragment], *_keys(here))
    say.line(f"Corrected by {by}: fragment {fragment.id}.")


@observe.command()
@click.argument("about")
def show(about: str) -> None:
    """Print as JSON what is observed of ABOUT (<case>/<kind>/<id>): every claim with its versions and their sources."""
    name, kind, id = (*about.split("/"), "", "")[:3]
    cases = merge(_log(home()).open().fragments)
    thing = cases[name].one(kind, id) if name in cases else None
    if thing is None:
        raise ComityError("Nothing is observed here.", place=about, remedy="Write <case>/<kind>/<id>, e.g. china-russia/meetings/joint-10.")
    say.as_json(
        {
            claim: [
                {"value": v.value, "sources": v.sources, "fragments": v.fragments} | ({"by": v.by, "said": v.said} if v.by else {})
                for v in versions
            ]
            for claim, versions in thing.claims.items()
        }
    )


@observe.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "json_", is_flag=True, help="Print the outcome as JSON.")
def check(path: Path | None, json_: bool) -> None:
    """Check a log of observations: checkpoint, root, every signature, every fragment.

    Of this node, or at PATH: a folder or ZIP that an observer publishes.
    """
    if path is not None and path.is_file():
        with TemporaryDirectory() as folder:
            opened = ObservationLog(_unpacked(path, Path(folder))).open()
    else:
        opened = (ObservationLog(path) if path else _log(home())).open()
    if json_:
        say.as_json({"origin": opened.identity.origin, "entries": opened.checkpoint.size, "root": opened.checkpoint.root.hex()})
        return
    say.line(f"{opened.checkpoint.size} observations in {opened.identity.origin}: all signatures and hashes hold.")


def _unpacked(path: Path, folder: Path) -> Path:
    """The files of a published log. Raises Unsafe or Malformed for a ZIP that is no such log."""
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if info.file_size > MAX_PART or info.filename.startswith("/") or ".." in info.filename or "\\" in info.filename:
                    raise Unsafe("A log of observations has no such part.", place=info.filename, remedy="Do not use this file.")
                target = folder / info.filename
                if not info.is_dir():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(info))
    except zipfile.BadZipFile:
        raise Malformed("Not a ZIP that can be read.", place=path.name, remedy="Download it again.") from None
    return folder


def _alike(value: Any, model: Any) -> bool:
    """Whether a correction has the form of what it corrects: the same fields, of the same types."""
    if isinstance(model, dict) and isinstance(value, dict):
        return value.keys() == model.keys() and all(_alike(value[key], model[key]) for key in model)
    return type(value) is type(model)


def take_in(here: Home, case: dict[str, Any]) -> int:
    """Append the fragments of a checked *case* to this node's log, which is begun if there is none; returns how many are new."""
    log = _log(here)
    keys = _keys(here)
    if not log.exists:
        log.create(f"{here.settings().host}/{os.urandom(4).hex()}", *keys)
    return log.append(fragments_of(case), *keys)


def _log(here: Home) -> ObservationLog:
    return ObservationLog(here.folder / "observations")


def _keys(here: Home) -> tuple[SigningKey, SigningKey]:
    """The key of the log and the key of the observer, in this node's custody; made at the first use."""
    from comity.node.custody import Custody

    custody = Custody(here)
    log, signer = (custody.key(name) if custody.has(name) else custody.create(name, os.urandom) for name in (LOG_KEY, SIGNER))
    return log, signer


def _make_observer(here: Home) -> None:
    from comity.node.home import Settings
    from comity.node.setup import make_node

    settings = Settings(HOST, names=[{"lang": "en", "text": "Observer"}])
    make_node(here.folder, settings, officers=0, threshold=0, clock=lambda: datetime.now(UTC), entropy=os.urandom)
    say.note(f"There was no node in {here.folder}: an observer's was made, who holds no key of any party.")
