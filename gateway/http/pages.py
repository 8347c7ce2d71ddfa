"""The public addresses: issued forms, issuer documents, status lists, receipts, records, originals. Nothing signs here."""

from typing import Annotated

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, Parameter

from gateway.flows.look_up import LookUp, ShowOriginal
from gateway.flows.show import LIVE_S, Show, Wanted
from gateway.http.delivery import OK, delivered
from gateway.http.problems import problems
from gateway.http.record_page import html, wants_html

GONE = 410
CARRIERS = {
    "application/vc+ld+json": "",
    "application/ld+json": "",
    "application/json": "",
    "text/plain": "",
    "image/png": "png",
    "image/svg+xml": "svg",
}
"""Media types a client may ask a form's own address for, and the suffix that each stands for."""

PlatformId = FromPath[Annotated[str, Parameter(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]]
FileName = FromPath[Annotated[str, Parameter(max_length=80)]]


def _document(description: str, *media_types: str) -> dict[int, ResponseSpec]:
    spec = ResponseSpec(bytes, description=description, media_type=media_types[0], generate_examples=False)
    return {OK: spec, **problems(404, 429, 503)}


async def _shown(request: Request, show: Show, page: Wanted) -> Response[bytes]:
    found = await show(page)
    status = GONE if found.gone else OK
    return delivered(request, found.body, found.media_type, max_age_s=found.max_age_s, status=status)


class PlatformPages(Controller):
    """What a platform issued, and who it is as an issuer."""

    path = "/p/{platform:str}"
    tags = ["Public pages"]
    security = [{}]

    @get("/did.json", operation_id="didDocument", summary="The platform's DID document", responses=_document("DID document", "application/did+ld+json"))
    async def did(self, platform: PlatformId, request: Request, show: NamedDependency[Show]) -> Response[bytes]:
        """Every key of the platform; those in ``assertionMethod`` may sign credentials."""
        return await _shown(request, show, Wanted(platform, "did.json"))

    @get("/issuer", operation_id="issuerProfile", summary="The platform's issuer profile", responses=_document("Issuer profile", "application/ld+json"))
    async def issuer(self, platform: PlatformId, request: Request, show: NamedDependency[Show]) -> Response[bytes]:
        """An Open Badges 2.0 Issuer that is also the controller document of the platform's https issuer id."""
        return await _shown(request, show, Wanted(platform, "issuer"))

    @get("/revocations", operation_id="revocationList", summary="Revoked Assertions", responses=_document("OB 2.0 RevocationList", "application/ld+json"))
    async def revocations(self, platform: PlatformId, request: Request, show: NamedDependency[Show]) -> Response[bytes]:
        """The Open Badges 2.0 RevocationList of the platform."""
        return await _shown(request, show, Wanted(platform, "revocations"))

    @get("/keys/{name:str}", operation_id="signingKey", summary="One signing key", responses=_document("OB 2.0 CryptographicKey", "application/ld+json"))
    async def key(self, platform: PlatformId, name: FileName, request: Request, show: NamedDependency[Show]) -> Response[bytes]:
        """One key as an Open Badges 2.0 CryptographicKey."""
        return await _shown(request, show, Wanted(platform, "keys", name))

    @get("/badges/{name:str}", operation_id="badgeClass", summary="A BadgeClass or Achievement", responses=_document("BadgeClass or Achievement; its picture under .png", "application/ld+json"))
    async def badge(self, platform: PlatformId, name: FileName, request: Request, show: NamedDependency[Show]) -> Response[bytes]:
        """What a form attests, as a document of its own; its picture under the suffix ``.png``."""
        return await _shown(request, show, _named(platform, "badges", name))

    @get("/issued/{name:str}", operation_id="issuedForm", summary="An issued form", responses=_document("The exact issued bytes", "application/vc+ld+json"))
    async def issued(self, platform: PlatformId, name: FileName, request: Request, show: NamedDependency[Show]) -> Response[bytes]:
        """The exact issued bytes; with a suffix (or Accept) the form baked into its picture. 410 when it was revoked and is hosted."""
        page = _named(platform, "issued", name)
        suffix = page.suffix or CARRIERS.get(request.headers.get("Accept", "").partition(",")[0].partition(";")[0], "")
        return await _shown(request, show, Wanted(platform, "issued", page.id, suffix))

    @get("/receipts/{name:str}", operation_id="conversionReceipt", summary="A conversion receipt", responses=_document("The signed receipt, a compact JWS", "application/jwt"))
    async def receipt(self, platform: PlatformId, name: FileName, request: Request, show: NamedDependency[Show]) -> Response[bytes]:
        """What was received, what was checked, what was lost, what was issued: signed by the gateway's receipt key."""
        return await _shown(request, show, Wanted(platform, "receipts", name))

    @get("/status-lists/{name:str}", operation_id="statusList", summary="A status list", responses=_document("Signed BitstringStatusListCredential", "application/vc"))
    async def status_list(self, platform: PlatformId, name: FileName, request: Request, show: NamedDependency[Show]) -> Response[bytes]:
        """A signed Bitstring Status List; it is signed by a timer, never by a request."""
        return await _shown(request, show, Wanted(platform, "status-lists", name))


class RecordPages(Controller):
    """A record's own page, and the original for whoever holds its address."""

    path = "/credentials/{record_id:str}"
    tags = ["Public pages"]
    security = [{}]

    @get(operation_id="recordPage", summary="A record's page", responses=_document("Links to every form, checks and losses", "application/json"))
    async def record(self, record_id: FileName, request: Request, look_up: NamedDependency[LookUp]) -> Response[bytes]:
        """For programs JSON with links to every form; for people a page, in English or French."""
        found = await look_up(record_id)
        body, media_type = html(found, request) if wants_html(request) else as_json(found)
        return delivered(request, body, media_type, max_age_s=LIVE_S)

    @get("/original/{capability:str}", operation_id="originalBytes", summary="The original", responses=_document("The exact bytes that were received", "application/octet-stream"))
    async def original(
        self, record_id: FileName, capability: FileName, request: Request, show_original: NamedDependency[ShowOriginal]
    ) -> Response[bytes]:
        """The exact bytes that were received; the address itself is the permission."""
        source = await show_original(record_id, capability=capability)
        return delivered(request, source.received, source.media_type, max_age_s=0, private=True)
