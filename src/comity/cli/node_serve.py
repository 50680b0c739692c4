"""``comity node serve``: the desk and the exchange behind one web server."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from comity.cli import desk_tables, say
from comity.cli.opening import home
from comity.errors import ComityError

DEFAULT_PORT = 8000


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port; that of the node's address, or 8000, if none is given.")
@click.option("--bind", default="127.0.0.1", show_default=True, help="The network address to listen at.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes; more than one wants PostgreSQL.")
@click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TLS certificate (PEM); beyond this machine peers use TLS only.",
)
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The certificate's private key (PEM).")
def serve(port: int | None, bind: str, workers: int, certificate: Path | None, key: Path | None) -> None:
    """Serve the desk's pages and the exchange with peers, until Ctrl-C. The database is brought to this version's form first."""
    here = home()
    port = port or urlsplit(here.settings().address).port or DEFAULT_PORT
    _check_free(bind, port)
    if bool(certificate) != bool(key):
        raise click.UsageError("--certificate and --key go together.")
    os.environ["COMITY_HOME"] = str(here.folder.resolve())
    if not desk_tables.set_up():
        raise ComityError("Django is not installed.", place="serve", remedy="Install Comity's requirements.lock again.")
    desk_tables.migrate()
    tls = ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key)] if certificate and key else []
    options = ["--interface", "wsgi", "--host", bind, "--port", str(port), "--workers", str(workers), "--blocking-threads", "4", *tls]
    say.note(f"Serving {here.settings().host} at {'https' if tls else 'http'}://{bind}:{port}/. Ctrl-C stops it; everything said is kept.")
    # The server takes this process's place, so that signals reach it directly.
    os.execv(  # noqa: S606 (fixed program, checked arguments)
        sys.executable, [sys.executable, "-m", "granian", *options, "comity.api.wsgi:application"]
    )


def _check_free(bind: str, port: int) -> None:
    try:
        with socket.create_server((bind, port), family=socket.AF_INET6 if ":" in bind else socket.AF_INET):
            return
    except OSError as error:
        raise ComityError(
            "Cannot listen there: {why}.", place=f"{bind}:{port}", remedy="Stop what uses it, or choose another --port.", why=error.strerror
        ) from error
