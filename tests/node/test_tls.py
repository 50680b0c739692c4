"""Beyond this machine peers speak TLS, and only the certificate on a peer's card is accepted."""

from __future__ import annotations

import http.server
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from comity.errors import PeerTrouble
from comity.node.cards import read_card
from comity.node.fetcher import PeerFetcher
from comity.node.setup import own_card
from node.parliaments import Clock, entropy, parliament


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1 and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return public, private


class Answers(http.server.BaseHTTPRequestHandler):
    """Says that it shares nothing."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"mechanisms": []}')

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A TLS server on this machine: its address and its certificate."""
    public, private = certificate(tmp_path, "server")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}", public
    server.shutdown()
    server.server_close()


def fetcher(tmp_path: Path, address: str, pinned: Path) -> PeerFetcher:
    kelmor = parliament(tmp_path, "kelmor", clock=Clock())
    card = replace(own_card(kelmor.node), address=address, certificate=pinned.read_text())
    arvena = parliament(tmp_path, "arvena", clock=Clock()).node
    key = arvena.custody.key("transport")
    return PeerFetcher(read_card(card.to_json().encode()), host=arvena.host, key=key, now=arvena.now, entropy=entropy("x"))


def test_a_peer_is_reached_under_the_certificate_on_its_card(tmp_path: Path, served: tuple[str, Path]) -> None:
    assert fetcher(tmp_path, *served).get("/exchange/1/shared") == b'{"mechanisms": []}'


def test_any_other_certificate_is_refused(tmp_path: Path, served: tuple[str, Path]) -> None:
    other, _ = certificate(tmp_path, "other")
    with pytest.raises(PeerTrouble, match="another certificate"):
        fetcher(tmp_path, served[0], other).get("/exchange/1/shared")
