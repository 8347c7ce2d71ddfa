"""Who said what first: one record per issued form, and the claims of the signed receipt made from it.

Receipts are public, for whoever is shown a badge is to see where it comes from. Where the holder decides what others
see of it, the receipt must not say what the holder may keep back: that of an SD-JWT, or of a form that is bound to a
key, says of each check no more than its outcome, names the original by its digest alone, and holds no digest of plain
data, which could be guessed. The whole account stays in the record, for the platform and the holder.
"""

import datetime as dt
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec

from adapters.hub.contract import Format
from adapters.hub.losses import LossReport

RECEIPT_TYPE = "badge-conversion-receipt+jwt"


@lru_cache(maxsize=1)
def software() -> str:
    """Name and version of this program, as it stands in every receipt."""
    try:
        return f"open-badges-gateway {version('open-badges-gateway')}"
    except PackageNotFoundError:
        return "open-badges-gateway (not installed)"


class CheckedFact(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One check as the receipt states it."""

    name: str
    outcome: str
    detail: str = ""
    looked_at: tuple[str, ...] = ()


class SourceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The badge that was converted, and how it was checked.

    Attributes:
        sha256: 32 bytes, over the exact bytes received.
        issuer: Id of the original issuer.
    """

    sha256: bytes
    media_type: str
    format: Format
    version: str
    securing: str
    id: str | None
    issuer: str
    verified_at: dt.datetime
    checks: tuple[CheckedFact, ...]

    def claims(self, *, sparing: bool) -> dict[str, Any]:
        """How the receipt says it; a sparing one without what may lead to the person."""
        checks = [{"name": check.name, "outcome": check.outcome} for check in self.checks]
        return {
            "source": {
                "sha256": self.sha256.hex(),
                "mediaType": self.media_type,
                "format": self.format,
                "version": self.version,
                "securing": self.securing,
                **({} if sparing else {"id": self.id}),
                "issuer": self.issuer,
            },
            "verifiedAt": int(self.verified_at.timestamp()),
            "checks": checks if sparing else msgspec.to_builtins(self.checks),
        }


class StatementFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The plain data that was issued: there is no source, and only the platform's word.

    Attributes:
        sha256: 32 bytes, over the exact bytes received.
        api_key: Id of the API key that asked.
    """

    sha256: bytes
    platform: str
    api_key: str
    received_at: dt.datetime

    def claims(self, *, sparing: bool) -> dict[str, Any]:
        """How the receipt says it; a sparing one without what a guess at the data could be compared with."""
        return {
            "source": None,
            "statement": {
                **({} if sparing else {"sha256": self.sha256.hex()}),
                "platform": self.platform,
                "apiKey": self.api_key,
                "receivedAt": int(self.received_at.timestamp()),
            },
        }


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """One issued form: what came in, what was checked, what was lost, what went out.

    Attributes:
        issued_sha256: 32 bytes, over the exact bytes issued.
        signed_with: Key id of the gateway key that sealed the form, "" for a hosted one.
        sparing: Whether the holder of the form decides what others see of it.
    """

    at: dt.datetime
    made_from: SourceFacts | StatementFacts
    losses: LossReport
    issued_id: str
    issued_format: Format
    issued_securing: str
    issued_sha256: bytes
    signed_with: str
    software: str
    sparing: bool = False

    def claims(self, issuer: str, receipt_url: str) -> dict[str, Any]:
        """The payload of the receipt (a JWS of type ``badge-conversion-receipt+jwt``), digests in lower-case hex."""
        return {
            "iss": issuer,
            "jti": receipt_url,
            "iat": int(self.at.timestamp()),
            **self.made_from.claims(sparing=self.sparing),
            "losses": msgspec.to_builtins(self.losses.losses),
            "issued": {
                "sha256": self.issued_sha256.hex(),
                "id": self.issued_id,
                "format": self.issued_format,
                "securing": self.issued_securing,
                "key": self.signed_with,
            },
            "software": self.software,
        }
