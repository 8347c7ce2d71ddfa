"""Badges to convert: our own samples and the public ones, in a web where each of them verifies."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec

from adapters.hub.contract import Format
from adapters.hub.opened import Opened, open_bytes
from tests.corpora import corpus
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

VCDM_1 = "https://www.w3.org/2018/credentials/v1"
OURS = Path(__file__).parents[2] / "adapters"


class Source(msgspec.Struct, frozen=True):
    """A file with a badge in it: one of ours, or by its place in the public corpora."""

    format: Format
    file: str
    ours: bool = False

    def __str__(self) -> str:
        return f"{self.format}-{Path(self.file).name}" if self.ours else Path(self.file).name

    def received(self, web: SimulatedWeb) -> bytes:
        """The badge, in a web that vouches for it."""
        file = OURS / self.file if self.ours else corpus(f"ob/samples/{self.file}")
        if self.format is Format.OPEN_BADGES_3:
            return signed(web, file) if self.ours else signed_anew(web, file)
        return open_badges_2(web, file, file.parent / ("served" if self.ours else "assets"))


def open_badges_2(web: SimulatedWeb, file: Path, beside: Path) -> bytes:
    """An Open Badges 2.0 badge, and at its address every document that lies in ``beside``."""
    for served in sorted(beside.iterdir()):
        media_type = "image/png" if served.suffix == ".png" else "application/ld+json"
        for url in _addresses(served):
            web.publish(url, served.read_bytes(), media_type)
    received = file.read_bytes()
    opened = open_bytes(received)
    if isinstance(opened, Opened) and opened.token is None:
        web.publish(opened.document["id"], opened.payload, "application/ld+json")
        if isinstance(badge_class := opened.document["badge"], dict):
            web.publish(badge_class["id"], json.dumps(badge_class).encode(), "application/ld+json")
    return received


def signed(web: SimulatedWeb, file: Path) -> bytes:
    """An Open Badges 3.0 credential that was signed under did:key, and an empty list where its status is."""
    received = file.read_bytes()
    opened = open_bytes(received)
    if isinstance(opened, Opened) and (status := opened.document.get("credentialStatus")):
        nobody = {"id": status["id"], "issuer": opened.document["issuer"]["id"], "revokedCredential": []}
        web.publish(status["id"], json.dumps(nobody).encode())
    return received


def signed_anew(web: SimulatedWeb, file: Path) -> bytes:
    """A public Open Badges 3.0 credential, signed anew as a VC-JWT by an issuer with the id that it names."""
    document: dict[str, Any] = json.loads(file.read_bytes())
    document.pop("proof", None)
    document.pop("credentialStatus", None)
    named = document["issuer"]
    issuer = SimulatedIssuer(web, named if isinstance(named, str) else named["id"])
    issuer.publish()
    if VCDM_1 in document["@context"]:
        header = {"alg": "ES256", "typ": "JWT", "kid": issuer.method("ES256")}
        issued = int(dt.datetime.fromisoformat(document["issuanceDate"]).timestamp())
        claims = {"iss": issuer.id, "jti": document["id"], "nbf": issued, "vc": document}
        return issuer.compact(header, claims).encode()
    return issuer.token(document).encode()


def _addresses(file: Path) -> Iterator[str]:
    """The id that a document states, and where the public samples expect it (their MANIFEST.md)."""
    for origin in ("https://example.org", "https://www.example.org", "http://example.org"):
        yield f"{origin}/{file.name}"
    with suppress(ValueError):
        document = json.loads(file.read_bytes())
        if isinstance(document.get("id"), str):
            yield document["id"]


def _ours(format: Format, folder: str) -> Iterator[Source]:
    for file in sorted((OURS / folder / "samples").iterdir()):
        if file.is_file():
            yield Source(format, file.relative_to(OURS).as_posix(), ours=True)


def _public(format: Format, folder: str, *names: str) -> Iterator[Source]:
    return (Source(format, f"{folder}/{name}") for name in names)


SOURCES = (
    *_ours(Format.OPEN_BADGES_2, "open_badges_2"),
    *_ours(Format.OPEN_BADGES_3, "open_badges_3"),
    *_public(
        Format.OPEN_BADGES_2,
        "ob2-1edtech-validator",
        "basic-assertion.json",
        "basic-assertion-with-language.json",
        "assertion-with-endorsements.json",
        "assertion-with-multiple-extensions.json",
        "simple-badge.png",
        "simple-not-revoked.jwt",
    ),
    *_public(
        Format.OPEN_BADGES_3,
        "ob3-1edtech-validator",
        "complete.json",
        "simple.json",
        "simple_v1.json",
        "simple-context-version.json",
        "simple-did-web-method.json",
        "simple-multiple-proofs.json",
    ),
    *_public(
        Format.OPEN_BADGES_3,
        "ob3-spec-examples",
        "achievementAlignmentCase-0-Achievement-alignment-CASE-.json",
        "achievementAlignmentCe-0-Achievement-alignment-Credential-Engine-.json",
        "basicOpenBadgeCredential-0-Sample-OpenBadgeCredential.json",
        "fullOpenBadge-0-Complete-OpenBadgeCredential.json",
        "migrating-4-Upgraded-OB-2-0-assertion-included-within-CLR-2-0.json",
        "recommended-practices-4-Skill-Assertion-Credential-Registry-.json",
        "skillAssertionCase-0-Skill-Assertion-CASE-.json",
        "skillAssertionCtdl-0-Skill-Assertion-Credential-Registry-.json",
    ),
)
