"""``/backpack/deposits``: what platforms put aside for a person, to be taken or erased by them alone."""

import asyncio
from collections.abc import Sequence
from html import escape
from typing import Annotated

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body

from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError
from gateway.flows.backpack.picture import display_of, picture_type
from gateway.flows.europass.announce import PLACE
from gateway.flows.europass.details import Details
from gateway.flows.europass.take import Offered, TakeDeposit
from gateway.flows.tame import tame
from gateway.http.account.account import Csrf
from gateway.http.account.page import form, language_of, notice, page, refusal, with_query
from gateway.http.account.session import SignedIn, require_csrf, same_origin
from gateway.http.account.sign_in import to
from gateway.http.backpack.cards import BADGES
from gateway.http.backpack.cards import PLACE as BACKPACK
from gateway.http.delivery import OK, HttpRequest, delivered
from gateway.http.europass.answers import PRIVATE
from gateway.http.europass.share_page import told
from gateway.http.europass.waiting_words import WORDS, Words
from gateway.http.html_page import query_text
from gateway.http.page_form import FORM_BYTES
from gateway.http.problems import status_of
from gateway.http.provided import flow
from gateway.http.records import RecordId
from gateway.records.europass import Deposit

EXPLAINED = (400, 409, 413, 415, 422, 429)
"""Statuses of refusals that are about the credential: they are said on the page; others have a page of their own."""
SHOWN = 300


class AnswerForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Only that the page sent it."""

    csrf: Csrf


class WaitingPages(Controller):
    """What waits for somebody."""

    path = PLACE
    guards = [same_origin]
    request_max_body_size = FORM_BYTES
    include_in_schema = False
    dependencies = {"take_deposit": flow("europass.take_deposit")}

    @get()
    async def waiting(
        self, request: HttpRequest, signed: NamedDependency[SignedIn], take_deposit: NamedDependency[TakeDeposit]
    ) -> Response[bytes]:
        """Everything that nobody has answered yet, newest first."""
        done = request.query_params.get("done", "")
        offered = await take_deposit.offered(signed.person)
        return _page(offered, signed, language_of(request, signed), done=done, query=query_text(request))

    @get("/{deposit_id:str}")
    async def look(
        self,
        deposit_id: RecordId,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        take_deposit: NamedDependency[TakeDeposit],
    ) -> Response[bytes]:
        """What it says, before it is taken."""
        language = language_of(request, signed)
        deposit, said = await take_deposit.look(signed.person, deposit_id, language)
        return _details(deposit, said, signed, language)

    @get("/{deposit_id:str}/picture")
    async def picture(
        self,
        deposit_id: RecordId,
        request: HttpRequest,
        signed: NamedDependency[SignedIn],
        take_deposit: NamedDependency[TakeDeposit],
    ) -> Response[bytes]:
        """The picture that shows it."""
        deposit, _ = await take_deposit.look(signed.person, deposit_id, language_of(request, signed))
        shown = await asyncio.to_thread(display_of, deposit.received, deposit.title)
        return delivered(request, shown, picture_type(shown), cache=PRIVATE)

    @post("/{deposit_id:str}/take", status_code=OK)
    async def take(
        self,
        deposit_id: RecordId,
        request: HttpRequest,
        data: Annotated[AnswerForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        take_deposit: NamedDependency[TakeDeposit],
    ) -> Response[bytes]:
        """Into the backpack; what is wrong with it is said on the page."""
        require_csrf(signed, data.csrf)
        try:
            held = await take_deposit(signed.person, deposit_id)
        except (AdapterError, GatewayError) as error:
            refused, offered = _explained(error), await take_deposit.offered(signed.person)
            return _page(offered, signed, language_of(request, signed), refused=refused, status=status_of(type(error)))
        return to(with_query(f"{BADGES}/{held.holding.id}", done="added"))

    @post("/{deposit_id:str}/decline", status_code=OK)
    async def decline(
        self,
        deposit_id: RecordId,
        data: Annotated[AnswerForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        take_deposit: NamedDependency[TakeDeposit],
    ) -> Response[bytes]:
        """Erased, for the platform too."""
        require_csrf(signed, data.csrf)
        await take_deposit.declined(signed.person, deposit_id)
        return to(with_query(PLACE, done="declined"))


def _explained(error: AdapterError | GatewayError) -> tuple[str, str]:
    """Code and English detail of a refusal that the page explains; any other one has a page of its own."""
    if status_of(type(error)) not in EXPLAINED:
        raise error
    return error.code, f"{error}; {error.fix}" if error.fix else str(error)


def _page(
    offered: Sequence[Offered],
    signed: SignedIn,
    language: str,
    *,
    done: str = "",
    refused: tuple[str, str] = ("", ""),
    query: str | None = None,
    status: int = OK,
) -> Response[bytes]:
    words = WORDS[language]
    cards = "".join(f"<li>{_card(each, signed, words)}</li>" for each in offered)
    body = "".join(
        (
            refusal(refused, words.refused, words.detail),
            notice(words.declined if done == "declined" else ""),
            f"<p>{words.lead}</p><ul>{cards}</ul>" if cards else f"<p>{words.nothing}</p>",
            f'<p><a href="{BACKPACK}">{words.back}</a></p>',
        )
    )
    return page(words.title, body, language, signed=signed, query=query, failed=bool(refused[0]), status=status)


def _card(offered: Offered, signed: SignedIn, words: Words) -> str:
    deposit, verdict = offered.deposit, offered.verdict
    facts = {
        words.sender: _text(offered.sender),
        words.awarder: _text(verdict.award.awarded_by or verdict.award.issuer_name),
        words.issuer: _text(verdict.award.issuer_name),
        words.came: f"{deposit.created:%Y-%m-%d}",
        words.found: words.outcomes[verdict.outcome],
    }
    rows = "".join(f"<dt>{fact}</dt><dd><bdi>{value}</bdi></dd>" for fact, value in facts.items() if value)
    path, name = f"{PLACE}/{deposit.id}", f"name-{deposit.id}"
    title = _text(deposit.title) or words.untitled
    return "".join(
        (
            f'<h2 id="{name}"><bdi>{title}</bdi></h2><dl>{rows}</dl>',
            f'<p><a href="{path}" aria-describedby="{name}">{words.look}</a></p>',
            _answers(deposit, signed, words),
        )
    )


def _details(deposit: Deposit, said: Details, signed: SignedIn, language: str) -> Response[bytes]:
    """One of them, whole."""
    words = WORDS[language]
    title = tame(deposit.title)[:SHOWN].strip() or words.untitled
    body = "".join(
        (
            f'<p id="name-{deposit.id}"><img class="page" src="{PLACE}/{deposit.id}/picture" alt=""></p>',
            told(said, language),
            _answers(deposit, signed, words),
            f'<p><a href="{PLACE}">{words.others}</a></p>',
        )
    )
    return page(title, body, language, signed=signed)


def _answers(deposit: Deposit, signed: SignedIn, words: Words) -> str:
    """The buttons with which it is taken or erased."""
    path, name, hint = f"{PLACE}/{deposit.id}", f"name-{deposit.id}", f"hint-{deposit.id}"
    take = f'<button aria-describedby="{name}">{words.take}</button>'
    decline = f'<button class="plain" aria-describedby="{name} {hint}">{words.decline}</button>'
    return "".join(
        (
            form(f"{path}/take", take, signed),
            form(f"{path}/decline", decline, signed),
            f'<p class="soft" id="{hint}">{words.decline_hint}</p>',
        )
    )


def _text(text: str) -> str:
    return escape(tame(text)[:SHOWN])
