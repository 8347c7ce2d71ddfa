"""The hosted pages that an Open Badges 2.0 verifier follows from one to the next."""

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse

from gateway.flows.show import Show, Wanted
from gateway.http.delivery import HttpRequest
from gateway.http.html_page import HTML
from gateway.http.openapi import component, contents, header, pages, perhaps
from gateway.http.problems import MEDIA_TYPE, problems
from gateway.http.shown import Name, PlatformId, named, negotiated, shown

SD_JWT = "application/dc+sd-jwt"
CARRIERS = {
    "": ("application/vc+ld+json", "application/ld+json", "application/json", "text/plain", SD_JWT),
    "png": ("image/png",),
    "svg": ("image/svg+xml",),
}
"""The suffixes that a form's own address stands for, by the media types that a client may ask it for."""

ISSUED = (
    "application/vc+ld+json",
    "application/ld+json",
    "text/plain",
    SD_JWT,
    "image/png",
    "image/svg+xml",
    "image/jpeg",
)
PROBLEMS = problems(404, 429, 503)
TAKEN_BACK = OpenAPIResponse(
    description="A hosted Assertion, or a credential in ELM, that was revoked; says so. Or a form that was erased: a "
    "hosted Assertion is revoked, of others a problem says it or, to people, a page.",
    headers={**perhaps("ETag", "Cache-Control", "Content-Digest"), **header("Access-Control-Allow-Origin")},
    content={**contents("application/ld+json", "application/json", HTML), MEDIA_TYPE: component("Problem")},
)


class HostedPages(Controller):
    """What a platform issued, and who it is as an issuer of Open Badges 2.0; nothing here signs."""

    path = "/p/{platform:str}"
    tags = ["Hosted"]
    security = [{}]

    @get(
        "/issuer",
        operation_id="issuerProfile",
        summary="The platform as an Open Badges 2.0 Issuer",
        operation_class=pages("Open Badges 2.0 Issuer.", "application/ld+json", shared=True),
        responses=PROBLEMS,
    )
    async def issuer(self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]) -> Response[bytes]:
        """The issuer of every Open Badges 2.0 badge of the platform: its scope, keys and revocation list."""
        return await shown(request, show, Wanted(platform, "issuer"))

    @get(
        "/revocations",
        operation_id="revocationList",
        summary="Revoked Assertions",
        operation_class=pages("RevocationList.", "application/ld+json", shared=True),
        responses=PROBLEMS,
    )
    async def revocations(
        self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]
    ) -> Response[bytes]:
        """The Open Badges 2.0 RevocationList of the platform."""
        return await shown(request, show, Wanted(platform, "revocations"))

    @get(
        "/keys/{name:str}",
        operation_id="signingKey",
        summary="One signing key",
        operation_class=pages("CryptographicKey.", "application/ld+json", shared=True),
        responses=PROBLEMS,
    )
    async def key(
        self, platform: PlatformId, name: Name, request: HttpRequest, show: NamedDependency[Show]
    ) -> Response[bytes]:
        """One key as an Open Badges 2.0 CryptographicKey."""
        return await shown(request, show, named(platform, "keys", name))

    @get(
        "/badges/{name:str}",
        operation_id="badgeClass",
        summary="A BadgeClass or Achievement",
        operation_class=pages("BadgeClass or Achievement.", "application/ld+json", "image/png", shared=True),
        responses=PROBLEMS,
    )
    async def badge(
        self, platform: PlatformId, name: Name, request: HttpRequest, show: NamedDependency[Show]
    ) -> Response[bytes]:
        """What a form attests, as a document of its own; its picture under the suffix ``.png``."""
        return await shown(request, show, named(platform, "badges", name))

    @get(
        "/issued/{name:str}",
        operation_id="issuedForm",
        summary="An issued form",
        operation_class=pages("The exact issued bytes.", *ISSUED, also={"410": TAKEN_BACK}, shared=True, saved=True),
        responses=PROBLEMS,
    )
    async def issued(
        self, platform: PlatformId, name: Name, request: HttpRequest, show: NamedDependency[Show]
    ) -> Response[bytes]:
        """The exact issued bytes; with the suffix ``.png`` or ``.svg``, or by Accept, baked into their picture.

        An SD-JWT VC is ``.sdjwt``, and put into no picture; it is served without any disclosure, so that it says
        nothing of who holds it: its platform exports it whole, and its holder has it. A credential in ELM is
        ``.jsonld``, is not put into a picture, and has one of its own under ``.display``. 410 when it is a hosted
        Assertion, or a credential in ELM, that was revoked: neither can say so itself. 410, too, when it was erased.
        """
        return await negotiated(request, show, named(platform, "issued", name), CARRIERS)
