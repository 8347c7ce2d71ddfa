"""VC-API as a published surface: the endpoints of VCALM 1.0, for integrators and for wallets."""

from litestar.openapi.spec import SecurityScheme, Tag

from gateway.flows.offers.doors import EXCHANGES
from gateway.http.surface import Surface
from gateway.http.vc_api.credentials import (
    FetchController,
    IssueController,
    StatusController,
    VerificationController,
)
from gateway.http.vc_api.exchanges import ExchangeController, create_challenge
from gateway.http.vc_api.failed import failed
from gateway.http.vc_api.links import LINKS
from gateway.http.vc_api.presentations import PresentationController

VC_API = Surface(
    document="vc-api.json",
    title="VC-API (VCALM)",
    summary="Issue, verify and take back credentials, and hand them to wallets, as the W3C's lifecycle interface says.",
    routes=(
        ExchangeController,
        create_challenge,
        VerificationController,
        PresentationController,
        IssueController,
        StatusController,
        FetchController,
    ),
    links=LINKS,
    prefixes=("/vc-api",),
    doors=(f"{EXCHANGES}/",),
    failed=failed,
    tags=(
        Tag(name="Verify", description="Is it what it claims to be? Nothing is stored."),
        Tag(name="Issue", description="What the platform awards itself, and what becomes of it."),
        Tag(name="Exchanges", description="How wallets fetch what is offered to them."),
    ),
    security_schemes={
        "apiKey": SecurityScheme(type="http", scheme="bearer", description="An API key of the platform: `bgk_live_…`.")
    },
)
"""Errors are problem details with the types of the W3C specifications where one of them names the problem."""
