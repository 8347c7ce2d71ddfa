"""``/offers/{id}``: the page of an offer, and for wallets that ask for JSON the protocols that they can speak here."""

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from gateway.flows.exchanges.protocols import protocols
from gateway.flows.offers.show import ShowOffer
from gateway.http.delivery import DEFAULTS, NO_REFERRER, HttpRequest
from gateway.http.html_page import JSON, VARY, for_people
from gateway.http.offers.page import offer_page, refusal
from gateway.http.problems import Problem
from gateway.http.provided import flow
from gateway.http.surface import Failure, Surface

INTERACTION, VERSION_1 = "iuv", "1"
PRIVATE = {**DEFAULTS, **NO_REFERRER, **VARY}


def asks_for_protocols(request: HttpRequest) -> bool:
    """Whether a wallet follows an interaction URL: wallets send ``Accept: application/json``, ``*/*`` or nothing."""
    return request.query_params.get(INTERACTION) == VERSION_1 and not for_people(request)


class OfferPages(Controller):
    """Offers, for whoever has their link; to look at one uses nothing up, so that whoever previews links may."""

    path = "/offers/{offer_id:str}"
    include_in_schema = False
    dependencies = {"show_offer": flow("offers.show")}

    @get()
    async def offer(
        self, offer_id: FromPath[str], request: HttpRequest, show_offer: NamedDependency[ShowOffer]
    ) -> Response[bytes]:
        """The page; as an interaction URL, to whoever does not ask for one, the protocols (VCALM 1.0)."""
        if asks_for_protocols(request):
            told = protocols(await show_offer.open_doors(offer_id))
            return Response(msgspec.json.encode(told), media_type=JSON, headers=PRIVATE)
        return await offer_page(request, await show_offer(offer_id))


def failed(request: HttpRequest, problem: Problem) -> Failure | None:
    """A page for people, the problem document for programs."""
    return refusal(request, problem) if for_people(request) else None


OFFER_PAGES = Surface(
    document="",
    title="Offers",
    summary="Credentials for wallets, one page each.",
    routes=(OfferPages,),
    prefixes=("/offers",),
    failed=failed,
)
