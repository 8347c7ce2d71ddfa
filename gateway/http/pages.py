"""The public addresses of a platform: what it issued and who it is. Nothing signs here."""

from litestar import Controller, Response, get
from litestar.di import NamedDependency

from gateway.flows.show import Show, Wanted
from gateway.http.delivery import HttpRequest
from gateway.http.openapi import pages
from gateway.http.problems import problems
from gateway.http.shown import Name, PlatformId, named, negotiated, shown

RECEIPTS = {"": ("application/jwt",), "json": ("application/json", "text/html")}
"""The suffixes that a receipt's address stands for, by media type: who opens it in a browser wants to read it."""

PROBLEMS = problems(404, 429, 503)


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
        return await shown(request, show, Wanted(platform, "did.json"))

    @get(
        "/seal.pem",
        operation_id="sealCertificate",
        summary="The certificate of the platform's seal",
        operation_class=pages("Certificates, PEM.", "application/pem-certificate-chain", shared=True),
        responses=PROBLEMS,
    )
    async def seal(self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]) -> Response[bytes]:
        """With which the platform seals credentials in ELM; one that it made itself is not qualified, and says so."""
        return await shown(request, show, Wanted(platform, "seal.pem"))

    @get(
        "/profile",
        operation_id="profile",
        summary="The platform as an Open Badges 3.0 Profile",
        operation_class=pages("Open Badges 3.0 Profile.", "application/ld+json", shared=True),
        responses=PROBLEMS,
    )
    async def profile(self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]) -> Response[bytes]:
        """The controller document of the platform's https issuer id, where the settings choose that over the DID."""
        return await shown(request, show, Wanted(platform, "profile"))

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
        return await shown(request, show, Wanted(platform, "profile"))

    @get(
        "/receipts/{name:str}",
        operation_id="conversionReceipt",
        summary="A conversion receipt",
        operation_class=pages("A compact JWS, or its payload.", "application/jwt", "application/json", shared=True),
        responses=problems(404, 410, 429, 503),
    )
    async def receipt(
        self, platform: PlatformId, name: Name, request: HttpRequest, show: NamedDependency[Show]
    ) -> Response[bytes]:
        """What was received, checked, lost and issued: signed by the gateway's receipt key.

        With the suffix ``.json``, or by Accept, its payload to be read; the signature covers the token alone. That of
        an SD-JWT VC, or of what a wallet fetched, tells the outcome of each check, the digest, format and issuer of the
        original, and nothing that could lead to the holder: the whole account stands in the record, for the platform.
        """
        return await negotiated(request, show, named(platform, "receipts", name), RECEIPTS)

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
        return await shown(request, show, named(platform, "status-lists", name))
