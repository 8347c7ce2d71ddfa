"""The issuer of the demo's two sample badges: a tiny web on loopback and a signing key that everybody may know."""

import asyncio
import datetime as dt
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
from gateway.issuing.seal import proof_options
from gateway.proofs import data_integrity, multikey

HOST = "127.0.0.1"
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
    """Serve the sample issuer's documents while the block runs; give its origin and the baked badge.

    Args:
        port: Taken when it is free; another one when not, and then the badge's addresses differ.
    """
    pages: dict[str, bytes] = {}

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
        try:
            server = runner.run(asyncio.start_server(answer, HOST, port))
        except OSError:
            server = runner.run(asyncio.start_server(answer, HOST, 0))
        origin = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
        badge, served = open_badges_2(origin)
        pages.update(served)
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            yield origin, badge
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            server.close()
