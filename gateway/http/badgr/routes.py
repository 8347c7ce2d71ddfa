"""What the Badgr API is published as."""

from litestar.openapi.spec import SecurityScheme, Tag

from gateway.http.badgr.backpack import BackpackController
from gateway.http.badgr.failed import failed
from gateway.http.badgr.links import LINKS
from gateway.http.badgr.token import token
from gateway.http.surface import Surface

BADGR = Surface(
    document="badgr.json",
    title="Backpack for applications without OAuth",
    summary="The part of the Badgr API, version 2, with which applications look into a backpack and put badges there.",
    routes=(token, BackpackController),
    links=LINKS,
    prefixes=("/v2", "/o"),
    failed=failed,
    tags=(
        Tag(name="Tokens", description="An application password to tokens."),
        Tag(name="Backpack", description="What a person holds."),
    ),
    security_schemes={
        "applicationToken": SecurityScheme(
            type="http", scheme="bearer", description="A token that was got for an application password: `bgb_…`."
        )
    },
)
