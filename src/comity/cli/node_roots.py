"""``comity node sign-root``: for the machine on which a parliament keeps its root key."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli import say
from comity.cli.opening import home
from comity.errors import BadSignature, ComityError

MOST = 256 * 1024  # bytes of a root


@click.command("sign-root")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Write the signed root here; nothing is overwritten."
)
def sign_root(file: Path, out: Path) -> None:
    """Sign the next key root in FILE with the root key in COMITY_HOME, and show whose keys it names.

    FILE comes from the desk's page "Change the keys of our side" and goes back to it. Nothing else of a node is needed here.
    """
    from comity.node.custody import Custody
    from comity.node.governing import sign_root as signed
    from comity.record.root import KeyRoot

    with file.open("rb") as source:
        data = source.read(MOST + 1)
    done = signed(data, [Custody(home()).key("root")])
    try:
        with out.open("xb") as target:
            target.write(done)
    except FileExistsError:
        raise ComityError("There is a file of that name already.", place=str(out), remedy="Choose another name.") from None
    try:
        root = KeyRoot.from_bytes(done)
    except BadSignature as lacking:
        say.note(f"Signed, but not enough: {lacking.message} Sign the new file with the next root key.")
        return
    say.line(f"Key root {root.version}, signed. SHA-256 {root.fingerprint}")
    for keyid in root.officers:
        say.line(f"  signs acts: {keyid}")
    say.line(f"  {root.threshold('targets')} of them have to sign an act")
