"""``/.well-known/badgeconnect.json``: where Badge Connect is, and how to be let in."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse

from gateway.flows.backpack.picture import emblem
from gateway.flows.oauth.scopes import PersonScope
from gateway.http.badge_connect.assertions import BASE
from gateway.http.badge_connect.documented import JSON, refusals
from gateway.http.badge_connect.wire import CONTEXT, BadgeConnectAPI, Manifest
from gateway.http.delivery import OK, HttpRequest, delivered, for_everybody
from gateway.http.openapi import PAGE_HEADERS, component, pages
from gateway.http.policies import privacy_url, terms_url
from gateway.settings import Settings

PATH = "/.well-known/badgeconnect.json"
IMAGE = "/.well-known/badgeconnect.png"
PNG = "image/png"
VERSION = "v2p1"
MAX_AGE_S = 300

SCOPES = (
    PersonScope.READ_ASSERTIONS,
    PersonScope.CREATE_ASSERTIONS,
    PersonScope.READ_BADGE_CONNECT_PROFILE,
    PersonScope.UPDATE_BADGE_CONNECT_PROFILE,
    PersonScope.OFFLINE,
)
"""``offline_access`` too: clients ask for what is offered, and without it nobody gets a refresh token."""

SHOWN = OpenAPIResponse(description="The manifest.", headers=PAGE_HEADERS, content={JSON: component("Manifest")})


@get(
    PATH,
    operation_id="getManifest",
    summary="Where Badge Connect is",
    tags=["Manifest"],
    security=[{}],
    operation_class=pages("", also={"200": SHOWN}),
    responses={**refusals(), OK: ResponseSpec(Manifest, generate_examples=False)},
)
async def manifest(request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
    """One interface, of version 2.1: Moodle reads the last one that is listed."""
    body = msgspec.json.encode(manifest_of(settings))
    return delivered(request, body, JSON, cache=for_everybody(MAX_AGE_S))


@get(
    IMAGE,
    operation_id="getManifestImage",
    summary="The picture beside the name",
    tags=["Manifest"],
    security=[{}],
    sync_to_thread=True,
    operation_class=pages("A PNG.", PNG),
    responses=refusals(),
)
def image(request: HttpRequest) -> Response[bytes]:
    """A medal, by which other platforms show this one."""
    return delivered(request, emblem(), PNG, cache=for_everybody(MAX_AGE_S))


def manifest_of(settings: Settings) -> Manifest:
    """The manifest of this installation; ``apiBase`` without a slash at its end, which Moodle would double."""
    origin = settings.require_public_url()
    interface = BadgeConnectAPI(
        name=settings.issuer_name,
        image=f"{origin}{IMAGE}",
        api_base=f"{origin}{BASE}",
        version=VERSION,
        terms_of_service_url=terms_url(settings),
        privacy_policy_url=privacy_url(settings),
        scopes_offered=SCOPES,
        registration_url=f"{origin}/oauth/register",
        authorization_url=f"{origin}/oauth/authorize",
        token_url=f"{origin}/oauth/token",
        token_revocation_url=f"{origin}/oauth/revoke",
    )
    return Manifest(context=CONTEXT, id=f"{origin}{PATH}", badge_connect_api=(interface,))
