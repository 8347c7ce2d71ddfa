"""``/ims/ob/v3p0/discovery``: the profiled service description, by which applications find everything else.

Source: Open Badges 3.0 section 6.2.5 ("Service Description Document").
"""

from typing import Any  # Any: members of JSON documents

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from gateway.flows.present import PAGE_LIMIT
from gateway.http.delivery import HttpRequest, delivered, for_everybody
from gateway.http.oauth.metadata import server_metadata
from gateway.http.open_badges_3 import documents
from gateway.http.open_badges_3.scopes import READ, READ_PROFILE, SCOPES, UPDATE_PROFILE, UPSERT
from gateway.http.open_badges_3.status_info import JSON, refusals
from gateway.http.policies import privacy_url, terms_url
from gateway.settings import Settings

BASE = "/ims/ob/v3p0"
VERSION = "3.0"
MAX_AGE_S = 300
SCHEME = "OAuth2ACG"
_OFFICIAL = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_"

_TEXT = {"type": "string"}
_CREDENTIAL = {"$ref": f"{_OFFICIAL}achievementcredential_schema.json"}
_PROFILE = {JSON: {"schema": {"$ref": f"{_OFFICIAL}profile_schema.json"}}}
_EITHER = {JSON: {"schema": _CREDENTIAL}, "text/plain": {"schema": _TEXT}}
_PAGE = {
    "type": "object",
    "properties": {
        "credential": {"type": "array", "items": _CREDENTIAL},
        "compactJwsString": {"type": "array", "items": _TEXT},
    },
    "additionalProperties": False,
}
_INT32 = {"type": "integer", "format": "int32"}


@get(
    f"{BASE}/discovery",
    operation_id="getServiceDescription",
    summary="Where everything is",
    tags=["Open Badges 3.0"],
    security=[{}],
    operation_class=documents.DESCRIPTION,
    responses=refusals(429, 503),
)
async def discovery(request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
    """For everybody, without a token: the OAuth 2.0 endpoints, the scopes, the terms, and the operations served."""
    body = msgspec.json.encode(service_description(settings))
    return delivered(request, body, JSON, cache=for_everybody(MAX_AGE_S))


def service_description(settings: Settings) -> dict[str, Any]:
    """OpenAPI 3.0 of this service. Addresses are absolute: those of the specification's example lack their scheme."""
    here = settings.require_public_url()
    return {
        "openapi": "3.0.1",
        "info": {
            "title": settings.issuer_name,
            "description": "Open Badges 3.0: what people hold, for the applications that they authorise.",
            "version": VERSION,
            "termsOfService": terms_url(settings),
            "x-imssf-privacyPolicyUrl": privacy_url(settings),
        },
        "servers": [{"url": here + BASE}],
        "tags": [{"name": "OpenBadgeCredentials"}, {"name": "Discovery"}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {SCHEME: _scheme(settings)},
            "responses": {
                "Refused": {"description": "Imsx_StatusInfo", "content": _official("imsx_statusinfo")},
            },
        },
    }


def _scheme(settings: Settings) -> dict[str, Any]:
    server = server_metadata(settings)
    return {
        "type": "oauth2",
        "description": "OAuth 2.0 authorization code with PKCE (S256).",
        "x-imssf-privacyPolicyUrl": privacy_url(settings),
        "x-imssf-registrationUrl": server.registration_endpoint,
        "flows": {
            "authorizationCode": {
                "authorizationUrl": server.authorization_endpoint,
                "tokenUrl": server.token_endpoint,
                "refreshUrl": server.token_endpoint,
                "scopes": SCOPES,
            }
        },
    }


def _paths() -> dict[str, Any]:
    query = [
        _parameter("limit", {**_INT32, "minimum": 1, "default": PAGE_LIMIT}),
        _parameter("offset", {**_INT32, "minimum": 0, "default": 0}),
        _parameter("since", {**_TEXT, "format": "date-time"}),
    ]
    page = {JSON: {"schema": _PAGE}}
    paging = {"Link": {"schema": _TEXT}, "X-Total-Count": {"schema": _INT32}}
    return {
        "/credentials": {
            "get": _operation("getCredentials", READ, {"200": _answer(page, paging)}, parameters=query),
            "post": _operation(
                "upsertCredential", UPSERT, {"200": _answer(_EITHER), "201": _answer(_EITHER)}, body=_EITHER
            ),
        },
        "/profile": {
            "get": _operation("getProfile", READ_PROFILE, {"200": _answer(_PROFILE)}),
            "put": _operation("putProfile", UPDATE_PROFILE, {"200": _answer(_PROFILE)}, body=_PROFILE),
        },
        "/discovery": {
            "get": {
                "operationId": "getServiceDescription",
                "tags": ["Discovery"],
                "security": [],
                "responses": {"200": _answer({JSON: {"schema": {"type": "object"}}})},
            }
        },
    }


def _operation(
    name: str,
    scope: str,
    answers: dict[str, Any],
    *,
    parameters: list[dict[str, Any]] | None = None,
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    described = {
        "operationId": name,
        "tags": ["OpenBadgeCredentials"],
        "security": [{SCHEME: [scope]}],
        "responses": {**answers, "default": {"$ref": "#/components/responses/Refused"}},
    }
    if parameters:
        described["parameters"] = parameters
    if body:
        described["requestBody"] = {"required": True, "content": body}
    return described


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _answer(content: dict[str, Any], headers: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"description": "Done.", "content": content, **({"headers": headers} if headers else {})}


def _official(name: str) -> dict[str, Any]:
    return {JSON: {"schema": {"$ref": f"{_OFFICIAL}{name}_schema.json"}}}
