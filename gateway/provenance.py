"""Who said what first: one record per issued form, and the claims of the signed receipt made from it."""

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


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """One conversion: what came in, what was checked, what was lost, what went out.

    Attributes:
        source_sha256: 32 bytes, over the exact bytes received.
        issued_sha256: 32 bytes, over the exact bytes issued.
        original_issuer: Id of the issuer of the source.
        signed_with: Key id of the gateway key that sealed the form, "" for a hosted one.
    """

    at: dt.datetime
    verified_at: dt.datetime
    source_format: Format
    source_version: str
    source_securing: str
    source_media_type: str
    source_sha256: bytes
    source_id: str | None
    original_issuer: str
    checks: tuple[CheckedFact, ...]
    losses: LossReport
    issued_id: str
    issued_format: Format
    issued_securing: str
    issued_sha256: bytes
    signed_with: str
    software: str

    def claims(self, issuer: str, receipt_url: str) -> dict[str, Any]:
        """The payload of the receipt (a JWS of type ``badge-conversion-receipt+jwt``), digests in lower-case hex."""
        return {
            "iss": issuer,
            "jti": receipt_url,
            "iat": int(self.at.timestamp()),
            "source": {
                "sha256": self.source_sha256.hex(),
                "mediaType": self.source_media_type,
                "format": self.source_format,
                "version": self.source_version,
                "securing": self.source_securing,
                "id": self.source_id,
                "issuer": self.original_issuer,
            },
            "verifiedAt": int(self.verified_at.timestamp()),
            "checks": msgspec.to_builtins(self.checks),
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
