"""Every published surface, one document in ``openapi/`` each."""

from litestar.openapi.spec import SecurityScheme, Tag

from gateway.http.account.surface import ACCOUNT_PAGES
from gateway.http.backpack.surface import BACKPACK_PAGES
from gateway.http.badge_connect.routes import BADGE_CONNECT
from gateway.http.badgr.routes import BADGR
from gateway.http.europass.surface import EUROPASS, WAITING_PAGES
from gateway.http.links import LINKS
from gateway.http.oauth.surface import OAUTH
from gateway.http.offers.surface import OFFER_PAGES
from gateway.http.oid4vci.surface import OPENID4VCI
from gateway.http.open_badges_2.surface import OPEN_BADGES_2
from gateway.http.open_badges_3.routes import OPEN_BADGES_3
from gateway.http.platform.surface import PLATFORM_PAGES
from gateway.http.routes import ROUTES
from gateway.http.surface import Surface
from gateway.http.vc_api.surface import VC_API
from gateway.http.webhooks.told import TOLD

TEST_AIDS = (
    "What integrations are tested with: badges in every format whose verdict is known, an issuer that behaves as it "
    "is told, another time, and a receiver for webhooks. They are for test keys alone, `bgk_test_…`: an owner makes "
    "one on the platform's page, whoever runs the gateway with `badge-gateway api-keys add --test`."
)

GATEWAY = Surface(
    document="gateway.json",
    title="Open Badges gateway",
    summary="Takes in a badge in any form, verifies it, converts it, signs it again as itself.",
    routes=tuple(ROUTES),
    links=LINKS,
    security_schemes={
        "apiKey": SecurityScheme(
            type="http",
            scheme="bearer",
            description="An API key of the gateway: `bgk_live_…`, or `bgk_test_…` of a platform's test twin: "
            "nothing it does counts. Owners make both on its page, whoever runs the gateway with "
            "`badge-gateway api-keys add`, and `--test` for the twin; with a twin's id `makeTenantKey` makes one.",
        )
    },
    told=TOLD,
    doors=("/offers/",),
    tags=(
        Tag(name="Examination", description="What is this badge, and is it what it claims to be? Nothing is stored."),
        Tag(name="Credentials", description="Convert badges, and find again what was made of them."),
        Tag(name="Offers", description="Let people fetch their credentials into wallets."),
        Tag(name="Platform", description="Who a platform is, who may act for it, its keys, and what was done."),
        Tag(name="Installation", description="Every platform, for whoever runs the gateway."),
        Tag(name="Webhooks", description="What happened, in order: to be asked for, or to be told."),
        Tag(name="Test aids", description=TEST_AIDS),
        Tag(name="Public pages", description="What was issued, and who issued it; nothing here signs."),
        Tag(name="Operations", description="For load balancers and people on call."),
    ),
)
"""The gateway's own API and its public pages; errors are RFC 9457 problems."""

SURFACES: tuple[Surface, ...] = (
    GATEWAY,
    ACCOUNT_PAGES,
    PLATFORM_PAGES,
    BACKPACK_PAGES,
    OFFER_PAGES,
    BADGE_CONNECT,
    BADGR,
    OPEN_BADGES_2,
    OPEN_BADGES_3,
    EUROPASS,
    WAITING_PAGES,
    OAUTH,
    OPENID4VCI,
    VC_API,
)
