"""What this surface serves."""

from litestar.openapi.spec import OAuthFlow, OAuthFlows, SecurityScheme, Tag

from gateway.http.oauth.metadata import server_metadata
from gateway.http.open_badges_3.credentials import OpenBadges3Controller
from gateway.http.open_badges_3.discovery import BASE, SCHEME, discovery
from gateway.http.open_badges_3.links import LINKS
from gateway.http.open_badges_3.scopes import SCOPES
from gateway.http.open_badges_3.status_info import imsx
from gateway.http.surface import Surface
from gateway.settings import Settings

_SERVER = server_metadata(Settings())

OPEN_BADGES_3 = Surface(
    document="open-badges-3.json",
    title="Open Badges 3.0 API",
    summary="What people hold, for the applications that they authorise.",
    routes=(OpenBadges3Controller, discovery),
    links=LINKS,
    tags=(Tag(name="Open Badges 3.0", description="Credentials and Profile of a person (Open Badges 3.0 section 6)."),),
    security_schemes={
        SCHEME: SecurityScheme(
            type="oauth2",
            description="Authorization code with PKCE (S256).",
            flows=OAuthFlows(
                authorization_code=OAuthFlow(
                    authorization_url=_SERVER.authorization_endpoint,
                    token_url=_SERVER.token_endpoint,
                    refresh_url=_SERVER.token_endpoint,
                    scopes=SCOPES,
                )
            ),
        )
    },
    prefixes=(BASE,),
    failed=imsx,
)
"""Open Badges 3.0 section 6; errors are ``Imsx_StatusInfo``."""
