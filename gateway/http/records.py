"""A record's own address, for programs and for people, and the original for whoever holds its address."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import FromPath, PathParameter, QueryParameter

from adapters.hub.opened import Carrier, media_type
from gateway.flows.look_up import LookUp, ShowOriginal
from gateway.flows.show import LIVE_S
from gateway.http import record_page
from gateway.http.accept import language, quality
from gateway.http.delivery import HttpRequest, delivered, for_everybody
from gateway.http.openapi import PAGE_HEADERS, component, contents, pages
from gateway.http.problems import problems
from gateway.records import Source

JSON, HTML = "application/json", "text/html"
ORIGINALS = tuple(media_type(carrier) for carrier in Carrier if carrier is not Carrier.URL)
SHOWN = OpenAPIResponse(
    description="Links to every form, checks and losses.",
    headers=PAGE_HEADERS,
    content={**contents(HTML), JSON: component("Description")},
)
Language = Annotated[
    tuple[Literal["en", "fr"], ...],
    QueryParameter(description="Of the page for people; by default what Accept-Language prefers.", max_items=1),
]
Capability = Annotated[str, PathParameter(pattern="^[A-Za-z0-9_-]{1,64}$", max_length=64)]


class RecordPages(Controller):
    """What was made of a badge, and the badge itself."""

    path = "/credentials/{record_id:uuid}"
    tags = ["Public pages"]
    security = [{}]

    @get(
        operation_id="recordPage",
        summary="A record's page",
        operation_class=pages("", also={"200": SHOWN}),
        responses=problems(404, 429, 503),
    )
    async def record(
        self,
        record_id: FromPath[UUID],
        request: HttpRequest,
        look_up: NamedDependency[LookUp],
        lang: Language = (),
    ) -> Response[bytes]:
        """For programs JSON with links to every form; for people a page, in English or French."""
        found = await look_up(str(record_id))
        accept = request.headers.get("Accept", "")
        vary = {"Vary": "Accept, Accept-Language"}
        if quality(accept, HTML) <= quality(accept, JSON):
            return delivered(request, msgspec.json.encode(found), JSON, cache=for_everybody(LIVE_S), headers=vary)
        chosen = "".join(lang) or language(request.headers.get("Accept-Language", ""), ("en", "fr"))
        page = record_page.html(found, chosen).encode()
        return delivered(
            request,
            page,
            HTML,
            cache=for_everybody(LIVE_S),
            headers={**vary, **record_page.POLICY},
        )

    @get(
        "/original/{capability:str}",
        operation_id="originalBytes",
        summary="The original",
        operation_class=pages("The exact bytes that were received.", *ORIGINALS),
        responses=problems(404, 429, 503),
    )
    async def original(
        self,
        record_id: FromPath[UUID],
        capability: Capability,
        request: HttpRequest,
        show_original: NamedDependency[ShowOriginal],
    ) -> Response[bytes]:
        """The exact bytes that were received; the address itself is the permission."""
        return received(request, await show_original(str(record_id), capability=capability))


def received(request: HttpRequest, source: Source) -> Response[bytes]:
    """Hand out an original: to be kept by its reader alone, and never opened inside a browser."""
    return delivered(
        request,
        source.received,
        source.media_type,
        cache="private, no-cache",
        headers={"Content-Disposition": "attachment"},
    )
