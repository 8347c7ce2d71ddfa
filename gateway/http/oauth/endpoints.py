"""What clients call themselves: ``/oauth/register``, ``/oauth/par``, ``/oauth/token``, ``/oauth/revoke``."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Reference, RequestBody, Schema
from litestar.params import RawBody

from gateway.flows.oauth.authorise import LONGEST, PARAMETERS, RESOURCE
from gateway.flows.oauth.grants import Grants, Revoke
from gateway.flows.oauth.push import MOST_CHARACTERS, Push, Pushed
from gateway.flows.oauth.register import Metadata, Register, Registered
from gateway.flows.oauth.tokens import TokenAnswer
from gateway.flows.oauth.wallet_tokens import WalletAnswer
from gateway.http.admission import Connection, client_address, take
from gateway.http.delivery import OK, HttpRequest
from gateway.http.oauth.failed import OAuthError
from gateway.http.oauth.form import LONG, MAX_FORM_BYTES, Field, form, form_body
from gateway.http.openapi import accompanied, component, documented, sends
from gateway.http.provided import flow

CREATED = 201
REGISTRATIONS_PER_MINUTE = 30
MAX_METADATA_BYTES = 64 * 1024
NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}
"""Of every answer with a token or a secret in it (RFC 6749 section 5.1)."""

SHOWN: list[dict[str, list[str]]] = [{"clientBasic": []}, {}]
"""A client shows its secret in the header, or in the body, or has none."""

WORDS = {
    400: "The request cannot be served: `error` says why",
    401: "The client that the Authorization header names is unknown, or its secret is wrong",
    408: "The body did not arrive in time",
    413: "The body is larger than any request of this kind",
    429: "Too many requests from this address",
    500: "A fault of the gateway's own; it is in its log",
    503: "A part of the gateway does not answer; try again",
}


def errors(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented errors of an operation; 400, 408, 413, 429, 500 and 503 can befall every one."""
    return {
        status: ResponseSpec(OAuthError, description=WORDS[status], generate_examples=False)
        for status in sorted({400, 408, 413, 429, 500, 503, *statuses})
    }


CLIENT_ID = Field("Of a client that does not use the Authorization header.")
CLIENT_SECRET = Field("Of a client with `client_secret_post`, and of a platform's own.")
TOKEN_FIELDS = {
    "grant_type": Field(
        "`authorization_code`, `refresh_token`, `client_credentials` or "
        "`urn:ietf:params:oauth:grant-type:pre-authorized_code`, of a wallet that needs no registration."
    ),
    "code": Field("Of the answer that the browser brought.", LONG),
    "redirect_uri": Field("As in the authorization request.", LONGEST["redirect_uri"]),
    "code_verifier": Field("What the challenge was made of.", 128),
    "refresh_token": Field("The latest one.", LONG),
    "scope": Field(
        "With a refresh token or for the client itself: less than was granted; empty for all of it.", LONGEST["scope"]
    ),
    "client_id": CLIENT_ID,
    "client_secret": Field(
        "Of a client with `client_secret_post`, and of a platform's own; with `refresh_token`, of every one."
    ),
    "pre-authorized_code": Field("Of the credential offer.", LONG),
    "tx_code": Field("The transaction code, where the offer says that there is one; `user_pin` is taken too."),
    "authorization_details": Field(
        "For a wallet: less than was offered or granted, by configurations; JSON.", LONGEST["authorization_details"]
    ),
}
PUSHED_FIELDS = {
    **{name: Field(said, LONGEST[name]) for name, said in PARAMETERS.items() if name != "request_uri"},
    RESOURCE: Field("Of a wallet: the public address of the gateway.", LONG),
    "client_secret": CLIENT_SECRET,
}
REVOCATION_FIELDS = {
    "token": Field("An access token, or a refresh token, which ends everything that was granted with it.", LONG),
    "token_type_hint": Field("`access_token` or `refresh_token`; may be left out."),
    "client_id": CLIENT_ID,
    "client_secret": CLIENT_SECRET,
}
TOKEN_REQUEST = form_body(
    "RFC 6749 sections 4.1.3, 4.4.2 and 6, RFC 7636 section 4.5, OpenID4VCI 1.0 section 6.1; each parameter once, "
    "unknown ones are ignored.",
    TOKEN_FIELDS,
)
PUSHED_REQUEST = form_body(
    "The parameters of the authorization request, and how the client shows who it is; each once. As the query of an "
    f"address, without the secret, they have at most {MOST_CHARACTERS} characters together.",
    PUSHED_FIELDS,
)
REVOCATION_REQUEST = form_body("RFC 7009 section 2.1.", REVOCATION_FIELDS)
TOKENS = OpenAPIResponse(
    description="Tokens, for data or for one credential.",
    # A wallet that asked by scope is answered in the shape of both.
    content={
        "application/json": OpenAPIMediaType(
            schema=Schema(
                any_of=[Reference(ref=f"#/components/schemas/{each}") for each in ("TokenAnswer", "WalletAnswer")]
            )
        )
    },
)
METADATA = RequestBody(
    required=True,
    description="Client metadata (RFC 7591 section 2); unknown members are ignored. A client with a secret names "
    "`client_uri`, `logo_uri`, `tos_uri`, `policy_uri`, `software_id` and `software_version` too, all on one host.",
    content={
        "application/json": OpenAPIMediaType(
            schema=Schema(
                all_of=[Reference(ref=f"#/components/schemas/{Metadata.__name__}")],
                required=["redirect_uris", "client_name"],
            )
        )
    },
)


async def few_registrations(connection: Connection, _: BaseRouteHandler) -> None:
    """Let an address register only so many clients: each of them is kept, for a day at least.

    Raises:
        TooManyRequests: There were too many.
    """
    settings = connection.app.state.gateway.settings
    bucket = f"registration {client_address(connection, settings.proxies)}"
    await take(connection, bucket, REGISTRATIONS_PER_MINUTE, "to register clients from this address")


class OAuthEndpoints(Controller):
    """Registration, pushed requests, tokens, revocation."""

    path = "/oauth"
    tags = ["Clients"]
    opt = accompanied("Pragma")
    dependencies = {
        "register": flow("oauth.register"),
        "push": flow("oauth_wallets.push"),
        "grants": flow("oauth_wallets.grants"),
        "end": flow("oauth_wallets.revoke"),
    }

    @post(
        "/register",
        operation_id="registerClient",
        summary="Register a client",
        guards=[few_registrations],
        security=[{}],
        status_code=CREATED,
        request_max_body_size=MAX_METADATA_BYTES,
        opt=sends(Metadata),
        operation_class=documented(
            body=METADATA,
            responses={
                "201": OpenAPIResponse(
                    description="Everything that was registered, with id and secret, which is shown this once.",
                    content={"application/json": component("Registered")},
                )
            },
        ),
        responses=errors(),
    )
    async def register(self, body: RawBody, register: NamedDependency[Register]) -> Response[Registered]:
        """Without anybody's leave (RFC 7591 section 3); a client that nobody uses within a day is forgotten."""
        return Response(await register(body), status_code=CREATED, headers=NOT_KEPT)

    @post(
        "/par",
        operation_id="pushAuthorizationRequest",
        summary="Push an authorization request",
        security=SHOWN,
        status_code=CREATED,
        request_max_body_size=MAX_FORM_BYTES,
        operation_class=documented(body=PUSHED_REQUEST),
        responses=errors(401),
    )
    async def push(self, body: RawBody, request: HttpRequest, push: NamedDependency[Push]) -> Response[Pushed]:
        """RFC 9126: the answer stands for the request, once, in a browser that comes with it and ``client_id``."""
        pushed = await push(request.headers.get("Authorization", ""), await form(request, body, PUSHED_FIELDS))
        return Response(pushed, status_code=CREATED, headers=NOT_KEPT)

    @post(
        "/token",
        operation_id="issueToken",
        summary="Get tokens",
        security=SHOWN,
        status_code=OK,
        request_max_body_size=MAX_FORM_BYTES,
        operation_class=documented(body=TOKEN_REQUEST, responses={"200": TOKENS}),
        responses=errors(401),
    )
    async def token(
        self, body: RawBody, request: HttpRequest, grants: NamedDependency[Grants]
    ) -> Response[TokenAnswer | WalletAnswer]:
        """For a code, for a refresh token, or for the client itself. Codes and refresh tokens serve once."""
        answer = await grants(request.headers.get("Authorization", ""), await form(request, body, TOKEN_FIELDS))
        return Response(answer, status_code=OK, headers=NOT_KEPT)

    @post(
        "/revoke",
        operation_id="revokeToken",
        summary="Revoke a token",
        security=SHOWN,
        status_code=OK,
        request_max_body_size=MAX_FORM_BYTES,
        operation_class=documented(
            body=REVOCATION_REQUEST,
            responses={"200": OpenAPIResponse(description="The token is not valid, whether it was or not.")},
        ),
        responses=errors(401),
    )
    async def revoke(self, body: RawBody, request: HttpRequest, end: NamedDependency[Revoke]) -> Response[bytes]:
        """A token that is unknown, or another client's, is answered like one that was ended (RFC 7009 section 2.2)."""
        await end(request.headers.get("Authorization", ""), await form(request, body, REVOCATION_FIELDS))
        return Response(b"", status_code=OK, headers=NOT_KEPT)
