"""The issuer of the demo's two sample badges: a tiny web on loopback and a signing key that everybody may know."""

import asyncio
import datetime as dt
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.hub.baking import KEYWORD_2, bake_png
from gateway.commands.listener import listening
from gateway.commands.usage import Usage
from gateway.issuing.seal import proof_options
from gateway.proofs import data_integrity, multikey

HOST = "127.0.0.1"
PATIENCE_S = 2.0
MAX_ANSWER_BYTES = 64 * 1024
PICTURE = Path(__file__).parent / "sample.png"
ISSUED = dt.datetime(2026, 3, 14, 9, 30, tzinfo=dt.UTC)
SIGNING_KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"the demo's sample issuer").digest())
"""Not a secret: whatever it signs is a sample."""


def open_badges_2(origin: str) -> tuple[bytes, dict[str, bytes]]:
    """A hosted Open Badges 2.0 badge baked into a PNG, and the documents its issuer hosts, by path."""
    image = "data:image/png;base64," + b64encode(PICTURE.read_bytes()).decode()
    issuer = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{origin}/issuer.json",
        "type": "Issuer",
        "name": "Sample Robotics School",
        "url": origin,
        "email": "badges@school.example.org",
    }
    badge = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{origin}/robotics.json",
        "type": "BadgeClass",
        "name": "Robotics, first steps",
        "description": "Has built and programmed a small robot.",
        "image": image,
        "criteria": {"narrative": "Build a robot that follows a line, and explain how it does."},
        "alignment": [
            {
                "targetName": "Programming a machine",
                "targetUrl": "https://frameworks.example.org/skills/programming-a-machine",
                "targetCode": "PM-1",
            }
        ],
        "tags": ["robotics", "programming"],
        "issuer": issuer["id"],
    }
    assertion = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{origin}/assertions/1.json",
        "type": "Assertion",
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": "robots",
            "identity": "sha256$" + sha256(b"learner@example.org" + b"robots").hexdigest(),
        },
        "badge": badge["id"],
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-03-14T09:30:00Z",
        "evidence": {"id": f"{origin}/evidence/1.html", "name": "The robot on its line"},
        "narrative": "Finished the course a week early.",
    }
    pages = {_path(page, origin): msgspec.json.encode(page) for page in (issuer, badge, assertion)}
    return bake_png(PICTURE.read_bytes(), msgspec.json.encode(assertion), KEYWORD_2), pages


def open_badges_3() -> bytes:
    """An Open Badges 3.0 credential with a Data Integrity proof; its issuer is the sample key's did:key."""
    issuer = multikey.did_key(SIGNING_KEY.public_key())
    document: dict[str, Any] = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:3b2ad5b4-2f0e-4a58-9d6a-0c8f4a5d7e11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Repairing bicycles",
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Sample Bicycle Workshop"},
        "validFrom": "2026-03-14T09:30:00Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://workshop.example.org/achievements/repairing-bicycles",
                "type": ["Achievement"],
                "achievementType": "Badge",
                "name": "Repairing bicycles",
                "description": "Can keep a bicycle safe on the road.",
                "criteria": {"narrative": "Repair brakes, gears and a flat tyre under observation."},
                "tag": ["bicycles", "repair"],
            },
            "result": [{"type": ["Result"], "value": "92"}],
        },
    }
    options = proof_options(f"{issuer}#{issuer.removeprefix('did:key:')}", ISSUED)
    signature = SIGNING_KEY.sign(data_integrity.hash_data(document, options))
    return msgspec.json.encode(data_integrity.attach(document, options, signature))


def _path(page: dict[str, Any], origin: str) -> str:
    return str(page["id"]).removeprefix(origin)


@contextmanager
def hosted(port: int) -> Iterator[tuple[str, bytes]]:
    """See to it that the sample issuer's documents are served while the block runs; give origin and baked badge.

    The origin stands in the badge, so it is always the same; a demo that runs already serves the same documents there.

    Raises:
        Usage: Something else listens there.
    """
    origin = f"http://{HOST}:{port}"
    badge, pages = open_badges_2(origin)
    try:
        listener = listening(HOST, port)
    except Usage as error:
        if not _served_already(port, pages):
            raise Usage(
                f"{error}; the sample issuer is to be served there",
                pointer="--port",
                fix="choose another with --port: the sample issuer's is the one after it",
            ) from error
        yield origin, badge
        return
    with _serving(listener, pages):
        yield origin, badge


@contextmanager
def _serving(listener: socket.socket, pages: dict[str, bytes]) -> Iterator[None]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(asyncio.IncompleteReadError, ConnectionError):
            request = await reader.readuntil(b"\r\n\r\n")
            page = pages.get(request.split()[1].decode(), b"")
            status = "200 OK" if page else "404 Not Found"
            head = f"HTTP/1.1 {status}\r\nContent-Type: application/ld+json\r\nContent-Length: {len(page)}"
            writer.write(f"{head}\r\nConnection: close\r\n\r\n".encode() + page)
            await writer.drain()

    # A loop of its own in a thread: conversions and server, one after the other, have theirs in the first one.
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        server = runner.run(asyncio.start_server(answer, sock=listener))
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            server.close()


def _served_already(port: int, pages: dict[str, bytes]) -> bool:
    try:
        return all(_asked(port, path).endswith(b"\r\n\r\n" + page) for path, page in pages.items())
    except OSError:
        return False


def _asked(port: int, path: str) -> bytes:
    with socket.create_connection((HOST, port), PATIENCE_S) as connection:
        connection.settimeout(PATIENCE_S)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nConnection: close\r\n\r\n".encode())
        with connection.makefile("rb") as answer:
            return answer.read(MAX_ANSWER_BYTES)
