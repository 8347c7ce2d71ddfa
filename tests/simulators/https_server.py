"""A real HTTPS server on loopback that answers with any bytes at all, and an authority that certifies it."""

import asyncio
import datetime as dt
import re
import ssl
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Reply = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]
"""The bytes of a whole response, or what writes one."""


def response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A plain HTTP/1.1 response with a Content-Length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(target: str, *headers: str) -> bytes:
    """A 302 that leads to ``target``."""
    return response(b"", f"Location: {target}", *headers, status="302 Found")


class Authority:
    """Issues certificates that only ``trust`` accepts."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of this test")])
        self.certificate = self._signed(
            self._name, self._key, x509.BasicConstraints(ca=True, path_length=0), dt.timedelta(days=1)
        )

    def trust(self) -> ssl.SSLContext:
        """What a client needs to believe this authority and nobody else."""
        pem = self.certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")
        return ssl.create_default_context(cadata=pem)

    def server(self, *names: str, lasts: dt.timedelta = dt.timedelta(days=1)) -> ssl.SSLContext:
        """A server with a certificate for these names; a negative time has run out already."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        certificate = self._signed(subject, key, alternatives, lasts)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            chain = Path(folder) / "chain.pem"
            chain.write_bytes(
                key.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
                + certificate.public_bytes(serialization.Encoding.PEM)
            )
            context.load_cert_chain(chain)
        return context

    def _signed(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        extension: x509.ExtensionType,
        lasts: dt.timedelta,
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=2))
            .not_valid_after(now + lasts)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        )
        return builder.sign(self._key, hashes.SHA256())


class LoopbackServer:
    """Answers each path with what ``replies`` holds for it, 404 otherwise; an async context manager.

    Attributes:
        requests: The head of every request, as received.
        bodies: The body of every request; b"" where there was none.
        connections: How many were accepted, with a request or without.
        busiest: The most that were open at the same time.
    """

    def __init__(self, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.address = address
        self.replies: dict[str, Reply] = {}
        self.requests: list[str] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.busiest = 0
        self.port = 0
        self._tls = tls
        self._writers: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}

    @property
    def open(self) -> int:
        """How many connections are open now."""
        return len(self._writers)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self.address, 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in list(self._writers.values()):
            if task is not None:
                task.cancel()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers[writer] = asyncio.current_task()
        self.busiest = max(self.busiest, len(self._writers))
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = re.search(r"\ncontent-length: *([0-9]+)", head.lower())
                body = await reader.readexactly(int(length[1])) if length else b""
                self.requests.append(head)
                self.bodies.append(body)
                reply = self.replies.get(head.split()[1], response(b"", status="404 Not Found"))
                if isinstance(reply, bytes):
                    writer.write(reply)
                    await writer.drain()
                else:
                    await reply(writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            writer.transport.abort()
        finally:
            del self._writers[writer]
