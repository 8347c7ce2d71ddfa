"""What verifiers of Open Badges 2.0 are published."""

from litestar.openapi.spec import Tag

from gateway.http.open_badges_2.hosted import HostedPages
from gateway.http.open_badges_2.links import LINKS
from gateway.http.surface import Surface

OPEN_BADGES_2 = Surface(
    document="open-badges-2.json",
    title="Open Badges 2.0, hosted",
    summary="What a verifier follows: the Assertion, its BadgeClass, its issuer, the issuer's keys and revocations.",
    routes=(HostedPages,),
    links=LINKS,
    tags=(Tag(name="Hosted", description="Unchanging but for revocations, and open to scripts of every origin."),),
)
"""Other forms than Assertions have their bytes at the same addresses; errors are RFC 9457 problems."""
