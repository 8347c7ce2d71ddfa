"""``/.well-known/oauth-authorization-server``: where everything is, and what is supported (RFC 8414)."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse

from gateway.flows.oauth.credentials_asked import CONFIGURATIONS, DETAILS_TYPE
from gateway.flows.oauth.scopes import OFFERED
from gateway.http.delivery import HttpRequest, delivered, for_everybody
from gateway.http.html_page import LANGUAGES
from gateway.http.openapi import PAGE_HEADERS, component, documented, header
from gateway.http.policies import privacy_url, terms_url
from gateway.http.problems import problems
from gateway.records.oauth import ClientAuthentication, GrantType
from gateway.settings import Settings

MAX_AGE_S = 300
JSON = "application/json"
WITH_SECRET = (ClientAuthentication.BASIC.value, ClientAuthentication.POST.value, ClientAuthentication.NONE.value)


class ServerMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """Authorization server metadata, in the order of RFC 8414 section 2.

    Attributes:
        issuer: The public address of the gateway, exactly; ``iss`` of every answer (RFC 9207).
        pre_authorized_grant_anonymous_access_supported: Whether a wallet with a pre-authorized code need not be
            registered (OpenID4VCI 1.0 section 12.3).
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    registration_endpoint: str
    scopes_supported: tuple[str, ...]
    response_types_supported: tuple[str, ...]
    response_modes_supported: tuple[str, ...]
    grant_types_supported: tuple[str, ...]
    token_endpoint_auth_methods_supported: tuple[str, ...]
    ui_locales_supported: tuple[str, ...]
    op_policy_uri: str
    op_tos_uri: str
    revocation_endpoint: str
    revocation_endpoint_auth_methods_supported: tuple[str, ...]
    code_challenge_methods_supported: tuple[str, ...]
    authorization_response_iss_parameter_supported: bool
    pushed_authorization_request_endpoint: str
    authorization_details_types_supported: tuple[str, ...]
    pre_authorized_grant_anonymous_access_supported: bool = msgspec.field(
        name="pre-authorized_grant_anonymous_access_supported"
    )


DOCUMENTED = documented(
    responses={
        "200": OpenAPIResponse(
            description="RFC 8414.", headers={**PAGE_HEADERS}, content={JSON: component("ServerMetadata")}
        ),
        "304": OpenAPIResponse(description="The client has it already.", headers=header("ETag", "Cache-Control")),
    }
)
RESPONSES = {200: ResponseSpec(ServerMetadata, description="RFC 8414."), **problems(429, 503)}


# With a slash behind it, too, which routes do not tell from none: @digitalbazaar/oid4-client 5 asks so.
@get(
    "/.well-known/oauth-authorization-server",
    operation_id="oauthMetadata",
    summary="Metadata of the authorization server",
    tags=["Discovery"],
    security=[{}],
    operation_class=DOCUMENTED,
    responses=RESPONSES,
)
async def oauth_metadata(request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
    """Where clients register, ask, and get tokens; nothing here is a secret."""
    return _delivered(request, settings)


# @sphereon/oid4vci-client 0.20 asks here first. The document does not say that anybody signs in by OpenID Connect: what
# that demands (jwks_uri, subject types) is not in it.
@get(
    "/.well-known/openid-configuration",
    operation_id="oauthMetadataForWallets",
    summary="Metadata of the authorization server, where some wallets look for it",
    tags=["Discovery"],
    security=[{}],
    operation_class=DOCUMENTED,
    responses=RESPONSES,
)
async def oauth_metadata_for_wallets(request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
    """The same document; nobody signs in by OpenID Connect here."""
    return _delivered(request, settings)


def _delivered(request: HttpRequest, settings: Settings) -> Response[bytes]:
    settings.require_public_url()
    body = msgspec.json.encode(server_metadata(settings))
    return delivered(request, body, JSON, cache=for_everybody(MAX_AGE_S))


def server_metadata(settings: Settings) -> ServerMetadata:
    """The metadata of the authorization server at the public address."""
    issuer = settings.public_url
    return ServerMetadata(
        issuer=issuer,
        authorization_endpoint=f"{issuer}/oauth/authorize",
        token_endpoint=f"{issuer}/oauth/token",
        registration_endpoint=f"{issuer}/oauth/register",
        scopes_supported=OFFERED + CONFIGURATIONS,
        response_types_supported=("code",),
        response_modes_supported=("query",),
        grant_types_supported=tuple(map(str, GrantType)),
        token_endpoint_auth_methods_supported=WITH_SECRET,
        ui_locales_supported=tuple(LANGUAGES),
        op_policy_uri=privacy_url(settings),
        op_tos_uri=terms_url(settings),
        revocation_endpoint=f"{issuer}/oauth/revoke",
        revocation_endpoint_auth_methods_supported=WITH_SECRET,
        code_challenge_methods_supported=("S256",),
        authorization_response_iss_parameter_supported=True,
        pushed_authorization_request_endpoint=f"{issuer}/oauth/par",
        authorization_details_types_supported=(DETAILS_TYPE,),
        pre_authorized_grant_anonymous_access_supported=True,
    )
