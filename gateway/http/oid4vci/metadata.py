"""``/.well-known/openid-credential-issuer``: what wallets can have here, and where."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse

from gateway.flows.oid4vci.metadata import IssuerMetadata, issuer_metadata
from gateway.http.delivery import HttpRequest, delivered, for_everybody
from gateway.http.oid4vci.documented import JSON
from gateway.http.openapi import PAGE_HEADERS, component, documented, header
from gateway.http.problems import problems
from gateway.settings import Settings

MAX_AGE_S = 300
SAID = "OpenID4VCI 1.0 section 12.2."


@get(
    "/.well-known/openid-credential-issuer",
    operation_id="credentialIssuerMetadata",
    summary="Metadata of the credential issuer",
    tags=["Discovery"],
    security=[{}],
    operation_class=documented(
        responses={
            "200": OpenAPIResponse(description=SAID, headers=PAGE_HEADERS, content={JSON: component("IssuerMetadata")}),
            "304": OpenAPIResponse(description="The client has it already.", headers=header("ETag", "Cache-Control")),
        }
    ),
    responses={200: ResponseSpec(IssuerMetadata, description=SAID), **problems(429, 503)},
)
async def credential_issuer_metadata(request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
    """One issuer for all platforms of the gateway: its identifier is the public address, and an offer says the rest.

    Without a path in the identifier, the address is the same whether the well-known part is put before a path, as the
    specification has it, or behind, as wallets of drafts do; with a slash at the end it is answered too.
    """
    settings.require_public_url()
    body = msgspec.json.encode(issuer_metadata(settings))
    return delivered(request, body, JSON, cache=for_everybody(MAX_AGE_S))
