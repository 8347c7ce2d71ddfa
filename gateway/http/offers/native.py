"""``/v1/offers``: credentials that one person each may fetch into a wallet."""

from typing import Annotated, Literal

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import JSONBody, PathParameter, QueryParameter

from gateway.flows.convert import Caller
from gateway.flows.offers.look import LookAtOffers, MadeOffer, OfferDescription
from gateway.flows.offers.make import MakeOffer, Wish
from gateway.flows.offers.withdraw import WithdrawOffer
from gateway.flows.once import Once
from gateway.http.admission import admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.openapi import component, documented
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.provided import flow
from gateway.http.replies import IdempotencyKey
from gateway.records import Instant
from gateway.records.access import Scope
from gateway.records.mailbox import MAX_OCTETS
from gateway.records.offers import Claiming, Configuration

UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$(?!\n)"
CREATED = 201

OfferId = Annotated[
    str,
    PathParameter(description="As it was told when it was made.", pattern=r"^[A-Za-z0-9_-]{22}$(?!\n)", max_length=22),
]
Credential = Annotated[
    str,
    QueryParameter(description="Id of a credential of the platform: UUID in lower case.", pattern=UUID, max_length=36),
]


class NewOffer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A credential that one person may fetch into a wallet, once.

    Attributes:
        credential: Id of the credential, as `GET /v1/credentials` lists it.
        claiming: `link`: whoever has the link; `code`: who also knows a code of six digits, which the answer holds and
            which reaches them by another way; `sign-in`: who signs in here with the address that the credential names.
        configurations: What a wallet can ask for; none for all that the credential can be had in.
        expires: At most 90 days from now; absent for 14 days.
        email: Where a letter with the link goes: to the recipient, whom the credential has to name by this address or
            by a hash of it. "" for nowhere; then the platform passes the link on.
        language: Of that letter and of the page that it leads to.
    """

    credential: Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=r"^[!-~]+$(?!\n)")]
    claiming: Claiming = Claiming.LINK
    configurations: Annotated[tuple[Configuration, ...], msgspec.Meta(max_length=10)] = ()
    expires: Instant | None = None
    email: Annotated[str, msgspec.Meta(max_length=MAX_OCTETS)] = ""
    language: Literal["en", "fr"] = "en"


class OfferList(msgspec.Struct, frozen=True, kw_only=True):
    """The latest 200 offers of one credential, latest first; those that were over for 90 days are forgotten."""

    offers: tuple[OfferDescription, ...]


MADE = documented(
    responses={
        "201": OpenAPIResponse(
            description="The offer with its links, and its transaction code, which is not shown again.",
            content={"application/json": component("MadeOffer")},
        )
    }
)


class OfferController(Controller):
    """The platform's offers. To see a link is enough to claim with it, so that all of this is for who may issue."""

    path = "/v1/offers"
    tags = ["Offers"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_ISSUE)
    dependencies = {
        "make_offer": flow("offers.make"),
        "look_at_offers": flow("offers.look"),
        "withdraw_offer": flow("offers.withdraw"),
    }

    @post(
        operation_id="makeOffer",
        summary="Offer a credential to a wallet",
        operation_class=MADE,
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 409, 413, 422, 429, 503),
    )
    async def make(
        self,
        data: JSONBody[NewOffer],
        caller: NamedDependency[Caller],
        make_offer: NamedDependency[MakeOffer],
        look_at_offers: NamedDependency[LookAtOffers],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> Response[MadeOffer]:
        """Make an offer, and mail its link to the recipient where that is wished.

        What the wallet fetches is a form of its own, bound to its key; its source is verified again where that was
        long ago. The first wallet that claims has it, and can fetch the same again for an hour.
        """
        wish = Wish(**msgspec.structs.asdict(data))

        async def work() -> bytes:
            return msgspec.json.encode(look_at_offers.made(await make_offer(wish, caller)))

        answer = await once(caller, idempotency_key, b"make offer" + msgspec.json.encode(data), work)
        return Response(msgspec.json.decode(answer, type=MadeOffer), status_code=CREATED)

    @get(
        operation_id="listOffers",
        summary="List the offers of a credential",
        responses=problems(401, 403, 404, 429, 503),
    )
    async def all(
        self, credential: Credential, caller: NamedDependency[Caller], look_at_offers: NamedDependency[LookAtOffers]
    ) -> OfferList:
        """The offers that were made of it, with their links."""
        return OfferList(offers=tuple(await look_at_offers.of(credential, caller)))

    @get(
        "/{offer_id:str}",
        operation_id="showOffer",
        summary="Show an offer",
        responses=problems(401, 403, 404, 429, 503),
    )
    async def show(
        self, offer_id: OfferId, caller: NamedDependency[Caller], look_at_offers: NamedDependency[LookAtOffers]
    ) -> OfferDescription:
        """What became of it, and its links."""
        return await look_at_offers.one(offer_id, caller)

    @delete(
        "/{offer_id:str}",
        operation_id="withdrawOffer",
        summary="Withdraw an offer",
        responses=problems(401, 403, 404, 409, 429, 503),
    )
    async def withdraw(
        self, offer_id: OfferId, caller: NamedDependency[Caller], withdraw_offer: NamedDependency[WithdrawOffer]
    ) -> None:
        """End an offer that was not claimed; what is in a wallet already is taken back by revoking the credential."""
        await withdraw_offer(offer_id, caller)
