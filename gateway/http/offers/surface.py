"""``/offers/{id}``: the page of an offer, and for wallets that ask for JSON the protocols that they can speak here."""

from typing import Annotated

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import PathParameter, QueryParameter

from gateway.flows.exchanges.protocols import Protocols, protocols
from gateway.flows.offers.show import ShowOffer
from gateway.http.delivery import DEFAULTS, NO_REFERRER, HttpRequest
from gateway.http.html_page import HTML, JSON, VARY, for_people
from gateway.http.offers.page import offer_page, refusal
from gateway.http.openapi import PAGE_FOR_PEOPLE, accompanied, component, contents, documented
from gateway.http.problem import Problem
from gateway.http.problems import MEDIA_TYPE, problems
from gateway.http.provided import flow
from gateway.http.surface import Failure, Surface

INTERACTION, VERSION_1 = "iuv", "1"
OfferLink = Annotated[str, PathParameter(description="Of the offer: its link holds it.", max_length=100)]
Version = Annotated[
    tuple[Annotated[str, msgspec.Meta(max_length=10)], ...],
    QueryParameter(description="Of the interaction URL: `1`, or there is only the page.", max_items=1),
]
ANSWERS = {
    "200": OpenAPIResponse(
        description="The page; with `iuv=1`, to whoever does not prefer it, the protocols.",
        content={**contents(HTML), JSON: component("Protocols")},
    ),
    **{
        status: OpenAPIResponse(description=said, content={MEDIA_TYPE: component("Problem")})
        for status, said in (("404", "There is no such offer."), ("410", "It is over: nobody can claim it any more."))
    },
}
PRIVATE = {**DEFAULTS, **NO_REFERRER, **VARY}


def asks_for_protocols(request: HttpRequest) -> bool:
    """Whether a wallet follows an interaction URL: wallets send ``Accept: application/json``, ``*/*`` or nothing."""
    return request.query_params.get(INTERACTION) == VERSION_1 and not for_people(request)


class OfferPages(Controller):
    """Offers, for whoever has their link; to look at one uses nothing up, so that whoever previews links may."""

    path = "/offers/{offer_id:str}"
    tags = ["Offers"]
    security = [{}]
    opt = {**PAGE_FOR_PEOPLE, **accompanied("X-Robots-Tag")}
    dependencies = {"show_offer": flow("offers.show")}

    @get(
        operation_id="offerPage",
        summary="An offer's page, and for wallets its protocols",
        operation_class=documented(responses=ANSWERS),
        responses={**problems(404, 429, 503), 200: ResponseSpec(Protocols, generate_examples=False)},
    )
    async def offer(
        self,
        offer_id: OfferLink,
        request: HttpRequest,
        show_offer: NamedDependency[ShowOffer],
        iuv: Version = (),  # noqa: ARG002 - bounded here, read by asks_for_protocols()
    ) -> Response[bytes]:
        """The page; as an interaction URL, to whoever does not ask for one, the protocols (VCALM 1.0)."""
        if asks_for_protocols(request):
            told = protocols(await show_offer.open_doors(offer_id))
            return Response(msgspec.json.encode(told), media_type=JSON, headers=PRIVATE)
        return await offer_page(request, await show_offer(offer_id))


def failed(request: HttpRequest, problem: Problem) -> Failure | None:
    """A page for people, the problem document for programs."""
    return refusal(request, problem) if for_people(request) else None


# Their address is published with the gateway's own, because wallets ask there, too.
OFFER_PAGES = Surface(
    document="",
    title="Offers",
    summary="Credentials for wallets, one page each.",
    routes=(),
    prefixes=("/offers",),
    failed=failed,
)
