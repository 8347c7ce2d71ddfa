"""OpenID4VCI as a published surface."""

from litestar.openapi.spec import SecurityScheme, Tag

from gateway.http.oid4vci.endpoints import Oid4vciDoors, Oid4vciEndpoints
from gateway.http.oid4vci.failed import failed
from gateway.http.oid4vci.links import LINKS
from gateway.http.oid4vci.metadata import credential_issuer_metadata
from gateway.http.surface import Surface

OPENID4VCI = Surface(
    document="openid4vci.json",
    title="OpenID for Verifiable Credential Issuance",
    summary="What wallets call to fetch the credential of an offer, bound to their key (OpenID4VCI 1.0).",
    routes=(credential_issuer_metadata, Oid4vciDoors, Oid4vciEndpoints),
    links=LINKS,
    prefixes=("/oid4vci",),
    failed=failed,
    doors=("/oid4vci/", "/.well-known/openid-credential-issuer"),
    tags=(
        Tag(name="Discovery", description="What there is, and where."),
        Tag(name="Wallets", description="Offer, nonce, credential. Access tokens are those of `/oauth/token`."),
    ),
    security_schemes={
        "walletToken": SecurityScheme(
            type="http", scheme="bearer", description="An access token for the code of an offer; it lives 5 minutes."
        )
    },
)
"""Errors are those of the specification; of what nobody with a wallet would ask, RFC 9457 problems."""
