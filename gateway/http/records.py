"""A record's own address, for programs and for people, and the original for whoever holds its address."""

from typing import Annotated, Literal

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import PathParameter, QueryParameter

from adapters.hub.opened import Carrier, media_type
from gateway.flows.look_up import LookUp, ShowOriginal
from gateway.flows.show import LIVE_S
from gateway.http import record_page
from gateway.http.delivery import HttpRequest, delivered, for_everybody
from gateway.http.html_page import HTML, JSON, POLICY, VARY, for_people, spoken
from gateway.http.openapi import PAGE_HEADERS, component, contents, pages
from gateway.http.problems import MEDIA_TYPE, problems
from gateway.records import Source, Statement

ORIGINALS = tuple(media_type(carrier) for carrier in Carrier if carrier is not Carrier.URL)
SHOWN = OpenAPIResponse(
    description="Links to every form, checks and losses.",
    headers=PAGE_HEADERS,
    content={**contents(HTML), JSON: component("Description")},
)
MISSING = OpenAPIResponse(
    description="There is no such record.", content={**contents(HTML), MEDIA_TYPE: component("Problem")}
)
ERASED = OpenAPIResponse(description="It was erased.", content={**contents(HTML), MEDIA_TYPE: component("Problem")})
Language = Annotated[
    tuple[Literal["en", "fr"], ...],
    QueryParameter(description="Of the page for people; by default what Accept-Language prefers.", max_items=1),
]
RecordId = Annotated[
    str,
    PathParameter(
        description="UUID in lower case.",
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$(?!\n)",
        max_length=36,
    ),
]
"""Of a record, in its one spelling: braces, a URN, capitals or no dashes make another address, which leads nowhere."""

Capability = Annotated[
    str,
    PathParameter(
        description="Stands in the original's own link.", pattern=r"^[A-Za-z0-9_-]{1,64}$(?!\n)", max_length=64
    ),
]


class RecordPages(Controller):
    """What was made of a badge, and the badge itself."""

    path = "/credentials/{record_id:str}"
    tags = ["Public pages"]
    security = [{}]

    @get(
        operation_id="recordPage",
        summary="A record's page",
        operation_class=pages("", also={"200": SHOWN, "404": MISSING, "410": ERASED}),
        responses=problems(404, 410, 429, 503),
    )
    async def record(
        self,
        record_id: RecordId,
        request: HttpRequest,
        look_up: NamedDependency[LookUp],
        lang: Language = (),  # noqa: ARG002 - validated here, read by spoken()
    ) -> Response[bytes]:
        """For programs JSON with links to every form; for people a page, in English or French."""
        found = await look_up(record_id)
        cache = for_everybody(LIVE_S)
        if not for_people(request):
            return delivered(request, msgspec.json.encode(found), JSON, cache=cache, headers=VARY)
        page = record_page.html(found, spoken(request))
        return delivered(request, page, HTML, cache=cache, headers={**VARY, **POLICY})

    @get(
        "/original/{capability:str}",
        operation_id="originalBytes",
        summary="The original",
        operation_class=pages("The exact bytes that were received.", *ORIGINALS, saved=True),
        responses=problems(404, 410, 429, 503),
    )
    async def original(
        self,
        record_id: RecordId,
        capability: Capability,
        request: HttpRequest,
        show_original: NamedDependency[ShowOriginal],
    ) -> Response[bytes]:
        """The exact bytes that were received; the address itself is the permission."""
        return received(request, await show_original(record_id, capability=capability))


def received(request: HttpRequest, source: Source | Statement) -> Response[bytes]:
    """Hand out an original: to be kept by its reader alone, and never opened inside a browser."""
    return delivered(
        request,
        source.received,
        source.media_type,
        cache="private, no-cache",
        headers={"Content-Disposition": "attachment"},
    )
