"""What is published in the shape of European Digital Credentials, and the page of what waits for a person."""

from litestar.openapi.spec import SecurityScheme, Tag

from gateway.http.europass.failed import failed
from gateway.http.europass.issuer import IssuerController
from gateway.http.europass.links import LINKS
from gateway.http.europass.sharelinks import ShareLinkController, end_share_link
from gateway.http.europass.viewer import ConversionController, ViewerController
from gateway.http.europass.waiting import WaitingPages
from gateway.http.europass.wallets import WalletController
from gateway.http.surface import Surface

EUROPASS = Surface(
    document="europass.json",
    title="Europass-style endpoints",
    summary="European Digital Credentials for Learning (ELM 3): seal, verify, convert, deposit, share.",
    routes=(
        IssuerController,
        ConversionController,
        ViewerController,
        WalletController,
        ShareLinkController,
        end_share_link,
    ),
    links=LINKS,
    prefixes=("/europass",),
    failed=failed,
    tags=(
        Tag(name="Issuer", description="Seal what the platform's own software wrote."),
        Tag(name="Viewer", description="Look at a document, and have it in another format."),
        Tag(name="Wallet", description="Put sealed credentials where their owners find them."),
        Tag(name="Share links", description="One credential for whoever has its link."),
    ),
    security_schemes={
        "apiKey": SecurityScheme(type="http", scheme="bearer", description="An API key of the platform: `bgk_live_…`."),
        "basic": SecurityScheme(
            type="http", scheme="basic", description="The same API key, as the password or as the user name."
        ),
    },
)

WAITING_PAGES = Surface(
    document="",
    title="Waiting",
    summary="What platforms put aside for a person.",
    routes=(WaitingPages,),
)
