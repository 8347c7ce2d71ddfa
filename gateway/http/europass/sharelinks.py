"""``/europass/api/v1/sharelinks``: one credential, for whoever has its link."""

import asyncio

from litestar import Controller, Response, delete, get
from litestar.di import NamedDependency

from gateway.flows.backpack.picture import display_of, picture_type
from gateway.flows.convert import Caller
from gateway.flows.europass.check_list import check_list
from gateway.flows.europass.details import Details, ShowDetails
from gateway.flows.europass.share_deposit import PLACE, ShareDeposit
from gateway.flows.verify import Verify
from gateway.http.admission import needs
from gateway.http.delivery import HttpRequest, delivered
from gateway.http.europass.answers import PRIVATE, deposited_file
from gateway.http.europass.check_words import language_of, view
from gateway.http.europass.documented import FILE, SHARED, refusals
from gateway.http.europass.guard import let_in
from gateway.http.europass.parameters import Locale, ShareHash
from gateway.http.europass.share_page import shared
from gateway.http.europass.wire import VerificationCheck
from gateway.http.html_page import spoken
from gateway.http.openapi import PAGE_FOR_PEOPLE, pages
from gateway.http.provided import flow
from gateway.http.records import Language
from gateway.records.access import Scope

FLOWS = {"share_deposit": flow("europass.share_deposit"), "show_details": flow("europass.show_details")}


class ShareLinkController(Controller):
    """Whoever has the link sees the credential; nothing else of its owner, and nothing of who shared it."""

    path = f"{PLACE}/{{share_hash:str}}"
    tags = ["Share links"]
    security = [{}]
    opt = PAGE_FOR_PEOPLE
    dependencies = FLOWS

    @get(
        operation_id="showShared",
        summary="A shared credential",
        operation_class=SHARED,
        responses=refusals(404, 410),
    )
    async def page(
        self,
        share_hash: ShareHash,
        request: HttpRequest,
        share_deposit: NamedDependency[ShareDeposit],
        show_details: NamedDependency[ShowDetails],
        verify: NamedDependency[Verify],
        lang: Language = (),  # noqa: ARG002 - validated here, read by spoken()
    ) -> Response[bytes]:
        """For people a page, in English or French; for programs the same as `details`. Verified at this moment."""
        found, ends = await share_deposit.followed(share_hash)
        said = await show_details(found.received, spoken(request))
        return shared(request, share_hash, said, check_list((await verify(found.received)).report), ends)

    @get(
        "/credential",
        operation_id="downloadShared",
        summary="The sealed file",
        operation_class=FILE,
        responses=refusals(404, 410),
    )
    async def credential(
        self, share_hash: ShareHash, request: HttpRequest, share_deposit: NamedDependency[ShareDeposit]
    ) -> Response[bytes]:
        """Byte for byte, to be verified by anybody."""
        found, _ = await share_deposit.followed(share_hash)
        return await deposited_file(request, found)

    @get(
        "/display",
        operation_id="showSharedPicture",
        summary="The picture that shows it",
        operation_class=pages("The first page that it displays, or an emblem.", "image/png", "image/jpeg"),
        responses=refusals(404, 410),
    )
    async def display(
        self, share_hash: ShareHash, request: HttpRequest, share_deposit: NamedDependency[ShareDeposit]
    ) -> Response[bytes]:
        """For people who look at the page."""
        found, _ = await share_deposit.followed(share_hash)
        picture = await asyncio.to_thread(display_of, found.received, found.title)
        return delivered(request, picture, picture_type(picture), cache=PRIVATE)

    @get(
        "/details",
        operation_id="showSharedDetails",
        summary="What it says",
        responses=refusals(404, 410),
    )
    async def details(
        self,
        share_hash: ShareHash,
        share_deposit: NamedDependency[ShareDeposit],
        show_details: NamedDependency[ShowDetails],
        locale: Locale = "",
    ) -> Details:
        """As `showCredentialDetails` says it of a file."""
        found, _ = await share_deposit.followed(share_hash)
        return await show_details(found.received, language_of(locale))

    @get(
        "/verification",
        operation_id="verifyShared",
        summary="The list of checks",
        responses=refusals(404, 410),
    )
    async def verification(
        self,
        share_hash: ShareHash,
        share_deposit: NamedDependency[ShareDeposit],
        verify: NamedDependency[Verify],
        locale: Locale = "",
    ) -> list[VerificationCheck]:
        """Verified at this moment."""
        found, _ = await share_deposit.followed(share_hash)
        listed = check_list((await verify(found.received)).report)
        return [view(number, each, language_of(locale)) for number, each in enumerate(listed, 1)]


@delete(
    f"{PLACE}/{{share_hash:str}}",
    operation_id="endShareLink",
    summary="End a link",
    tags=["Share links"],
    security=[{"apiKey": []}, {"basic": []}],
    guards=[let_in],
    opt=needs(Scope.CREDENTIALS_ISSUE),
    responses=refusals(401, 403, 404),
    dependencies=FLOWS,
)
async def end_share_link(
    share_hash: ShareHash, caller: NamedDependency[Caller], share_deposit: NamedDependency[ShareDeposit]
) -> None:
    """By the platform that made it; from then on there is nothing at its address."""
    await share_deposit.ended(share_hash, caller)
