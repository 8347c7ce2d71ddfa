"""The authorization server as a published surface."""

from litestar.openapi.spec import SecurityScheme, Tag

from gateway.http.oauth.applications import ApplicationsController
from gateway.http.oauth.authorisation import AuthorisationController
from gateway.http.oauth.endpoints import OAuthEndpoints
from gateway.http.oauth.failed import failed
from gateway.http.oauth.links import LINKS
from gateway.http.oauth.metadata import oauth_metadata, oauth_metadata_for_wallets
from gateway.http.surface import Surface

OAUTH = Surface(
    document="oauth.json",
    title="Open Badges gateway: OAuth 2.0",
    summary="Lets applications act for people who own badges, and platforms' own programs for their platform.",
    routes=(
        oauth_metadata,
        oauth_metadata_for_wallets,
        OAuthEndpoints,
        AuthorisationController,
        ApplicationsController,
    ),
    links=LINKS,
    prefixes=("/oauth/register", "/oauth/par", "/oauth/token", "/oauth/revoke"),
    failed=failed,
    doors=(
        "/oauth/token",
        "/oauth/par",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
    ),
    security_schemes={
        "clientBasic": SecurityScheme(type="http", scheme="basic", description="client_id and client_secret."),
        "session": SecurityScheme(
            type="apiKey", name="__Host-session", security_scheme_in="cookie", description="A person who signed in."
        ),
    },
    tags=(
        Tag(name="Discovery", description="Where everything is (RFC 8414)."),
        Tag(name="Clients", description="What applications call: registration, tokens, revocation."),
        Tag(name="Authorisation", description="What people see in a browser."),
    ),
)
"""Errors of what clients call are those of RFC 6749 section 5.2; people get pages."""
