"""The public addresses of a platform: what it issued and who it is. Nothing signs here."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import PathParameter

from gateway.flows.show import Show, Wanted
from gateway.http.accept import quality
from gateway.http.delivery import OK, HttpRequest, delivered, digested, for_everybody, saved_as
from gateway.http.openapi import PAGE_HEADERS, contents, header, pages
from gateway.http.problems import problems

GONE = 410
SD_JWT = "application/dc+sd-jwt"
CARRIERS = {
    "": ("application/vc+ld+json", "application/ld+json", "application/json", "text/plain", SD_JWT),
    "png": ("image/png",),
    "svg": ("image/svg+xml",),
}
"""The suffixes that a form's own address stands for, by the media types that a client may ask it for."""

RECEIPTS = {"": ("application/jwt",), "json": ("application/json", "text/html")}
"""The same for a receipt's: who opens it in a browser wants to read it."""

PlatformId = Annotated[
    str, PathParameter(description="A tenant of the gateway.", pattern="^[a-z0-9][a-z0-9-]{0,62}$", max_length=63)
]
Name = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9_-]{1,64}(\.[a-z]{3,7})?$", max_length=70)]
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
    description="A hosted Assertion, or a credential in ELM, that was revoked; says so.",
    headers={**PAGE_HEADERS, **header("Access-Control-Allow-Origin")},
    content=contents("application/ld+json", "application/json"),
)


class PlatformPages(Controller):
    """What a platform issued, and who it is as an issuer."""

    path = "/p/{platform:str}"
    tags = ["Public pages"]
    security = [{}]

    @get(
        "/did.json",
        operation_id="didDocument",
        summary="The platform's DID document",
        operation_class=pages("DID document.", "application/did+ld+json", shared=True),
        responses=PROBLEMS,
    )
    async def did(self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]) -> Response[bytes]:
        """Every key of the platform; those in ``assertionMethod`` may sign credentials."""
        return await _shown(request, show, Wanted(platform, "did.json"))

    @get(
        "/seal.pem",
        operation_id="sealCertificate",
        summary="The certificate of the platform's seal",
        operation_class=pages("Certificates, PEM.", "application/pem-certificate-chain", shared=True),
        responses=PROBLEMS,
    )
    async def seal(self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]) -> Response[bytes]:
        """With which the platform seals credentials in ELM; one that it made itself is not qualified, and says so."""
        return await _shown(request, show, Wanted(platform, "seal.pem"))

    @get(
        "/issuer",
        operation_id="issuerProfile",
        summary="The platform as an Open Badges 2.0 Issuer",
        operation_class=pages("Open Badges 2.0 Issuer.", "application/ld+json", shared=True),
        responses=PROBLEMS,
    )
    async def issuer(self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]) -> Response[bytes]:
        """The issuer of every Open Badges 2.0 badge of the platform: its scope, keys and revocation list."""
        return await _shown(request, show, Wanted(platform, "issuer"))

    @get(
        "/profile",
        operation_id="profile",
        summary="The platform as an Open Badges 3.0 Profile",
        operation_class=pages("Open Badges 3.0 Profile.", "application/ld+json", shared=True),
        responses=PROBLEMS,
    )
    async def profile(self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]) -> Response[bytes]:
        """The controller document of the platform's https issuer id, where the settings choose that over the DID."""
        return await _shown(request, show, Wanted(platform, "profile"))

    @get(
        "/",
        operation_id="issuerOfTokens",
        summary="The platform as the issuer of SD-JWT VCs",
        operation_class=pages("Open Badges 3.0 Profile.", "application/ld+json", shared=True),
        responses=PROBLEMS,
    )
    async def home(self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]) -> Response[bytes]:
        """Who that is, as at ``profile``: this address is the ``iss`` of its SD-JWT VCs, and people follow it.

        Its keys for them are at ``/.well-known/jwt-vc-issuer/p/{platform}``.
        """
        return await _shown(request, show, Wanted(platform, "profile"))

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
        return await _shown(request, show, Wanted(platform, "revocations"))

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
        return await _shown(request, show, _named(platform, "keys", name))

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
        return await _shown(request, show, _named(platform, "badges", name))

    @get(
        "/receipts/{name:str}",
        operation_id="conversionReceipt",
        summary="A conversion receipt",
        operation_class=pages("A compact JWS, or its payload.", "application/jwt", "application/json", shared=True),
        responses=PROBLEMS,
    )
    async def receipt(
        self, platform: PlatformId, name: Name, request: HttpRequest, show: NamedDependency[Show]
    ) -> Response[bytes]:
        """What was received, checked, lost and issued: signed by the gateway's receipt key.

        With the suffix ``.json``, or by Accept, its payload to be read; the signature covers the token alone. That of
        an SD-JWT VC, or of what a wallet fetched, tells the outcome of each check, the digest, format and issuer of the
        original, and nothing that could lead to the holder: the whole account stands in the record, for the platform.
        """
        return await _negotiated(request, show, _named(platform, "receipts", name), RECEIPTS)

    @get(
        "/status-lists/{name:str}",
        operation_id="statusList",
        summary="A status list",
        operation_class=pages(
            "Signed BitstringStatusListCredential, or the same as a status list token.",
            "application/vc",
            "application/statuslist+jwt",
            shared=True,
        ),
        responses=PROBLEMS,
    )
    async def status_list(
        self, platform: PlatformId, name: Name, request: HttpRequest, show: NamedDependency[Show]
    ) -> Response[bytes]:
        """A signed Bitstring Status List; a timer signs it, never a request.

        With the suffix ``.jwt`` the same entries as an IETF status list token, which SD-JWT VCs name.
        """
        return await _shown(request, show, _named(platform, "status-lists", name))

    @get(
        "/issued/{name:str}",
        operation_id="issuedForm",
        summary="An issued form",
        operation_class=pages("The exact issued bytes.", *ISSUED, also={"410": TAKEN_BACK}, shared=True),
        responses=PROBLEMS,
    )
    async def issued(
        self, platform: PlatformId, name: Name, request: HttpRequest, show: NamedDependency[Show]
    ) -> Response[bytes]:
        """The exact issued bytes; with the suffix ``.png`` or ``.svg``, or by Accept, baked into their picture.

        An SD-JWT VC is ``.sdjwt``, and put into no picture; it is served without any disclosure, so that it says
        nothing of who holds it: its platform exports it whole, and its holder has it. A credential in ELM is
        ``.jsonld``, is not put into a picture, and has one of its own under ``.display``. 410 when it is a hosted
        Assertion, or a credential in ELM, that was revoked: neither can say so itself.
        """
        return await _negotiated(request, show, _named(platform, "issued", name), CARRIERS)


async def _negotiated(
    request: HttpRequest, show: Show, page: Wanted, offered: dict[str, tuple[str, ...]]
) -> Response[bytes]:
    """The page under the suffix of its name, else under the offered one that the client prefers."""
    if page.suffix:
        return await _shown(request, show, page)
    accept = request.headers.get("Accept", "")
    suffix = max(offered, key=lambda suffix: max(quality(accept, media_type) for media_type in offered[suffix]))
    return await _shown(request, show, Wanted(page.platform, page.kind, page.id, suffix), {"Vary": "Accept"})


async def _shown(
    request: HttpRequest, show: Show, page: Wanted, headers: dict[str, str] | None = None
) -> Response[bytes]:
    found = await show(page)
    status = GONE if found.gone else OK
    cache = for_everybody(found.max_age_s)
    sent = {**(headers or {}), **saved_as(found.filename)}
    digest = await digested(found.body)
    return delivered(request, found.body, found.media_type, cache=cache, status=status, headers=sent, digest=digest)


def _named(platform: str, kind: str, name: str) -> Wanted:
    name, _, suffix = name.partition(".")
    return Wanted(platform, kind, name, suffix)
