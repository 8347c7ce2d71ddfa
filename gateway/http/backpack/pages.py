"""The addresses below ``/backpack``; nobody sees what others hold, and a foreign badge is nowhere."""

from functools import partial
from typing import Annotated, Literal

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from adapters.hub.contract import Format, Written
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Carrier
from gateway.errors import GatewayError
from gateway.flows.backpack.check_again import CheckAgain
from gateway.flows.backpack.convert_held import ConvertHeld
from gateway.flows.backpack.hand_out import HandOut
from gateway.flows.backpack.look import SeeBackpack, SeeBadge
from gateway.flows.backpack.offer_held import OfferHeld
from gateway.flows.backpack.picture import ShowPicture, picture_type
from gateway.flows.backpack.put_in import PutIn
from gateway.flows.backpack.remove import Remove
from gateway.flows.backpack.suggest_addresses import SuggestAddresses
from gateway.flows.offers.doors import PAGES
from gateway.http.account.account import Csrf
from gateway.http.account.page import language_of, with_query
from gateway.http.account.session import SignedIn, require_csrf, same_origin
from gateway.http.account.sign_in import to
from gateway.http.backpack.badge_page import badge_page, removal_page
from gateway.http.backpack.cards import BADGES, PLACE, Moment, backpack_page
from gateway.http.backpack.upload import added
from gateway.http.delivery import OK, HttpRequest, delivered, digested
from gateway.http.html_page import query_text
from gateway.http.page_form import FORM_BYTES
from gateway.http.problems import status_of
from gateway.http.provided import flow
from gateway.http.records import RecordId

INT32 = 2**31 - 1
PNG = "image/png"
SD_JWT = "application/dc+sd-jwt"
PRIVATE = "private, no-cache"
EXTENSIONS = {Carrier.JSON: "json", Carrier.JWS: "jws", Carrier.SD_JWT: "sdjwt", Carrier.PNG: "png", Carrier.SVG: "svg"}
EXPLAINED = (400, 413, 415, 422, 429)
"""Statuses of refusals that are about the badge: they are said on the page; others have a page of their own."""

Offset = Annotated[int, QueryParameter(ge=0, le=INT32)]


class ProofForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Only that the page sent it."""

    csrf: Csrf


class RemovalForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether what was issued of it is erased, too: a box that is not ticked sends nothing."""

    csrf: Csrf
    forms: Literal["", "erase"] = ""


class ConversionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The format to have it in."""

    csrf: Csrf
    to: Written


class BackpackPages(Controller):
    """What somebody holds."""

    path = PLACE
    guards = [same_origin]
    include_in_schema = False
    dependencies = {
        "see_backpack": flow("backpack.see_backpack"),
        "suggest_addresses": flow("backpack.suggest_addresses"),
        "put_in": flow("backpack.put_in"),
    }

    @get()
    async def backpack(
        self,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        see_backpack: NamedDependency[SeeBackpack],
        suggest_addresses: NamedDependency[SuggestAddresses],
        offset: Offset = 0,
    ) -> Response[bytes]:
        """Every badge, the latest first."""
        moment = Moment(
            offset=offset,
            done=request.query_params.get("done", ""),
            suggested=await suggest_addresses.suggested(signed.person),
            query=query_text(request),
        )
        found = await see_backpack(signed.person.id, offset)
        return backpack_page(found, signed, language_of(request, signed), moment)

    @get("/badges")
    async def badges(self) -> Response[bytes]:
        """They are on the backpack's page; this is where its forms lead."""
        return to(PLACE)

    @post("/badges", status_code=OK)
    async def add(
        self,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        put_in: NamedDependency[PutIn],
        see_backpack: NamedDependency[SeeBackpack],
    ) -> Response[bytes]:
        """Add a badge; what is wrong with one is said on the page."""
        sent = await added(request)
        require_csrf(signed, sent.csrf)
        try:
            held = await put_in(signed.person.id, file=sent.file, address=sent.address)
        except (AdapterError, GatewayError) as error:
            moment = Moment(refused=_explained(error), address=sent.address, query=None, status=status_of(type(error)))
            found = await see_backpack(signed.person.id)
            return backpack_page(found, signed, language_of(request, signed), moment)
        return to(with_query(f"{BADGES}/{held.holding.id}", done="added"))


class BadgePages(Controller):
    """One badge that somebody holds."""

    path = f"{BADGES}/{{badge_id:str}}"
    guards = [same_origin]
    request_max_body_size = FORM_BYTES
    include_in_schema = False
    dependencies = {
        "see_badge": flow("backpack.see_badge"),
        "show_picture": flow("backpack.show_picture"),
        "hand_out": flow("backpack.hand_out"),
        "check_again": flow("backpack.check_again"),
        "convert_held": flow("backpack.convert_held"),
        "offer_held": flow("offers.offer_held"),
        "remove": flow("backpack.remove"),
    }

    @get()
    async def badge(
        self,
        badge_id: RecordId,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        see_badge: NamedDependency[SeeBadge],
        convert_held: NamedDependency[ConvertHeld],
    ) -> Response[bytes]:
        """All there is to know of it."""
        seen, record = await see_badge(signed.person.id, badge_id)
        done, offered = request.query_params.get("done", ""), await convert_held.formats()
        return badge_page(seen, record, signed, language_of(request, signed), offered=offered, done=done)

    @get("/picture.png")
    async def picture(
        self,
        badge_id: RecordId,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        show_picture: NamedDependency[ShowPicture],
    ) -> Response[bytes]:
        """Its picture, from our own origin."""
        shown = await show_picture(signed.person.id, badge_id)
        return delivered(request, shown, picture_type(shown), cache=PRIVATE)

    @get("/original")
    async def original(
        self,
        badge_id: RecordId,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        hand_out: NamedDependency[HandOut],
    ) -> Response[bytes]:
        """The exact bytes that came."""
        holding = await hand_out(signed.person.id, badge_id)
        ending = "jsonld" if holding.format is Format.ELM_3 else EXTENSIONS[holding.carrier]
        headers = _attached(f"badge.{ending}")
        digest = await digested(holding.received)
        return delivered(request, holding.received, holding.media_type, cache=PRIVATE, headers=headers, digest=digest)

    @get("/baked.png")
    async def baked(
        self,
        badge_id: RecordId,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        hand_out: NamedDependency[HandOut],
    ) -> Response[bytes]:
        """The picture with the badge in it."""
        body = await hand_out.baked(signed.person.id, badge_id)
        digest = await digested(body)
        return delivered(request, body, PNG, cache=PRIVATE, headers=_attached("badge.png"), digest=digest)

    @get("/forms/{form_id:str}")
    async def form(
        self,
        badge_id: RecordId,
        form_id: RecordId,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        hand_out: NamedDependency[HandOut],
    ) -> Response[bytes]:
        """What was made of it, whole: whoever has the address of an SD-JWT alone is not shown who it is about."""
        page = await hand_out.form(signed.person.id, badge_id, form_id)
        headers = _attached("badge.sdjwt" if page.media_type == SD_JWT else "badge.json")
        return delivered(request, page.body, page.media_type, cache=PRIVATE, headers=headers)

    @post("/convert", status_code=OK)
    async def convert(
        self,
        badge_id: RecordId,
        request: HttpRequest,
        data: Annotated[ConversionForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        convert_held: NamedDependency[ConvertHeld],
        see_badge: NamedDependency[SeeBadge],
    ) -> Response[bytes]:
        """Issue it in another format, or take out the original in it; why that cannot be is said on its page."""
        require_csrf(signed, data.csrf)
        try:
            found = await convert_held(signed.person.id, badge_id, Format(data.to.value))
        except (AdapterError, GatewayError) as error:
            said, status = _explained(error), status_of(type(error))
            seen, record = await see_badge(signed.person.id, badge_id)
            shown = partial(badge_page, seen, record, signed, language_of(request, signed))
            return shown(offered=await convert_held.formats(), refused=said, status=status)
        return to(with_query(f"{BADGES}/{found}", done="converted" if found == badge_id else "original"))

    @post("/offer", status_code=OK)
    async def offer(
        self,
        badge_id: RecordId,
        request: HttpRequest,
        data: Annotated[ProofForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        offer_held: NamedDependency[OfferHeld],
        see_badge: NamedDependency[SeeBadge],
        convert_held: NamedDependency[ConvertHeld],
    ) -> Response[bytes]:
        """Offer it to a wallet of its owner, and go to the offer; why that cannot be is said on its page."""
        require_csrf(signed, data.csrf)
        language = language_of(request, signed)
        try:
            offer = await offer_held(signed.person.id, badge_id)
        except (AdapterError, GatewayError) as error:
            said, status = _explained(error), status_of(type(error))
            seen, record = await see_badge(signed.person.id, badge_id)
            shown = partial(badge_page, seen, record, signed, language)
            return shown(offered=await convert_held.formats(), refused=said, status=status)
        return to(with_query(f"{PAGES}/{offer.id}", lang=language))

    @post("/check", status_code=OK)
    async def check(
        self,
        badge_id: RecordId,
        request: HttpRequest,
        data: Annotated[ProofForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        check_again: NamedDependency[CheckAgain],
        see_badge: NamedDependency[SeeBadge],
        convert_held: NamedDependency[ConvertHeld],
    ) -> Response[bytes]:
        """Look at it again; why that cannot be is said on its page."""
        require_csrf(signed, data.csrf)
        try:
            await check_again(signed.person.id, badge_id)
        except (AdapterError, GatewayError) as error:
            said, status = _explained(error), status_of(type(error))
            seen, record = await see_badge(signed.person.id, badge_id)
            shown = partial(badge_page, seen, record, signed, language_of(request, signed))
            return shown(offered=await convert_held.formats(), refused=said, status=status)
        return to(with_query(f"{BADGES}/{badge_id}", done="checked"))

    @get("/remove")
    async def ask(
        self,
        badge_id: RecordId,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        see_badge: NamedDependency[SeeBadge],
    ) -> Response[bytes]:
        """Ask once more."""
        seen, record = await see_badge(signed.person.id, badge_id)
        return removal_page(seen, record, signed, language_of(request, signed))

    @post("/remove", status_code=OK)
    async def removal(
        self,
        badge_id: RecordId,
        data: Annotated[RemovalForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        remove: NamedDependency[Remove],
    ) -> Response[bytes]:
        """Erase it, and what was issued of it if that is wished."""
        require_csrf(signed, data.csrf)
        await remove(signed.person.id, badge_id, forms=bool(data.forms))
        return to(with_query(PLACE, done="removed"))


def _explained(error: AdapterError | GatewayError) -> tuple[str, str]:
    """Code and detail of a refusal that the page itself says; others are raised on."""
    if status_of(type(error)) not in EXPLAINED:
        raise error
    return error.code, str(error)


def _attached(name: str) -> dict[str, str]:
    """To be kept as a file, never opened inside the browser: strangers wrote it."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
