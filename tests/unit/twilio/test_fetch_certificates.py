"""The connection goes to the address that was checked, and holds the certificate of the host that was meant."""

import ssl
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from heartline.channels.twilio import fetch
from tests.unit.twilio.test_fetch import running


def test_the_checked_address_must_hold_the_certificate_of_the_host(tmp_path: Path) -> None:
    """The connection goes to the address that was checked, and is believed only with the name that was meant."""
    certificate = self_signed("api.twilio.com", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with running() as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        with closing(checked("api.twilio.com", server, certificate)) as connection:
            connection.request("GET", "/size/3")
            with connection.getresponse() as response:
                assert response.read() == b"xxx"
        other = checked("media.twiliocdn.com", server, certificate)
        with closing(other), pytest.raises(ssl.SSLCertVerificationError):
            other.request("GET", "/size/3")


def checked(host: str, server: ThreadingHTTPServer, trusted: Path) -> HTTPSConnection:
    connection = fetch._CheckedConnection(host, "127.0.0.1", 5.0)
    connection.port = server.server_address[1]
    connection._verified.load_verify_locations(trusted)
    return connection


def self_signed(host: str, directory: Path) -> Path:
    """A file with a key and a certificate for `host`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = directory / "certificate.pem"
    path.write_bytes(key.private_bytes(*form) + certificate.public_bytes(serialization.Encoding.PEM))
    return path
