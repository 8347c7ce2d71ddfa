"""What Badge Connect is published as."""

from litestar.openapi.spec import OAuthFlow, OAuthFlows, SecurityScheme, Tag

from gateway.flows.oauth.scopes import PersonScope
from gateway.http.badge_connect.assertions import BASE, AssertionController
from gateway.http.badge_connect.links import LINKS
from gateway.http.badge_connect.manifest import IMAGE, PATH, SCOPES, image, manifest
from gateway.http.badge_connect.profile import ProfileController
from gateway.http.badge_connect.status import failed
from gateway.http.surface import Surface

SCOPE_WORDS = {
    PersonScope.READ_ASSERTIONS: "See the Assertions that the person holds.",
    PersonScope.CREATE_ASSERTIONS: "Give the person Assertions to hold.",
    PersonScope.READ_BADGE_CONNECT_PROFILE: "See the person's confirmed addresses.",
    PersonScope.UPDATE_BADGE_CONNECT_PROFILE: "Suggest further addresses of the person.",
    PersonScope.OFFLINE: "Do so when the person is not there, by refresh tokens.",
}

BADGE_CONNECT = Surface(
    document="badge-connect.json",
    title="Badge Connect",
    summary="Open Badges 2.1: other platforms read what a person holds, and push badges, after the person agreed.",
    routes=(manifest, image, AssertionController, ProfileController),
    links=LINKS,
    prefixes=(BASE, PATH, IMAGE),
    failed=failed,
    tags=(
        Tag(name="Manifest", description="Where the interface is, and how to be let in."),
        Tag(name="Assertions", description="What a person holds as Open Badges 2.0."),
        Tag(name="Profile", description="The addresses that a person has confirmed."),
    ),
    security_schemes={
        "OAuth2ACG": SecurityScheme(
            type="oauth2",
            description="Authorization code with PKCE, S256.",
            flows=OAuthFlows(
                authorization_code=OAuthFlow(
                    authorization_url="/oauth/authorize",
                    token_url="/oauth/token",  # noqa: S106 - an address
                    refresh_url="/oauth/token",
                    scopes={str(scope): SCOPE_WORDS[scope] for scope in SCOPES},
                )
            ),
        )
    },
)
