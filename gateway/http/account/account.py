"""``/account``: what people can do about their account when they are signed in."""

import datetime as dt
from html import escape
from typing import Annotated, Literal

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body

from gateway.flows.mail_link import Request
from gateway.http.account.page import (
    button,
    error_summary,
    form,
    hidden,
    language_of,
    notice,
    page,
    text_field,
    with_query,
)
from gateway.http.account.session import ACCOUNT, SIGN_IN, SignedIn, require_csrf, same_origin
from gateway.http.account.sign_in import EMAIL, MALFORMED, own_cookie, sent_page, to
from gateway.http.account.words import WORDS, Words
from gateway.http.admission import client_address
from gateway.http.delivery import OK, HttpRequest
from gateway.http.html_page import LANGUAGES, query_of
from gateway.http.page_form import FORM_BYTES
from gateway.records.mailbox import MalformedAddress
from gateway.records.people import Address
from gateway.settings import Settings

Csrf = Annotated[str, msgspec.Meta(max_length=100)]


class SignOutForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``everywhere`` is anything but empty when all sessions end."""

    csrf: Csrf
    everywhere: Annotated[str, msgspec.Meta(max_length=10)] = ""


class AddressForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An address to add."""

    csrf: Csrf
    address: Annotated[str, msgspec.Meta(max_length=2000)]


class RemovalForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An address to remove, by its id."""

    csrf: Csrf
    id: Annotated[str, msgspec.Meta(max_length=100)]


class LanguageForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language to use."""

    csrf: Csrf
    language: Literal["en", "fr"]


class AccountPages(Controller):
    """The account of who is signed in; nobody sees that of another."""

    path = "/account"
    guards = [same_origin]
    request_max_body_size = FORM_BYTES
    include_in_schema = False

    @get()
    async def account(self, request: HttpRequest, signed: NamedDependency[SignedIn]) -> Response[bytes]:
        """Addresses, language, sessions."""
        return _account_page(request, signed)

    @get("/addresses")
    async def addresses(self) -> Response[bytes]:
        """They are on the account's page; this is where its forms lead."""
        return to(ACCOUNT)

    @post("/addresses", status_code=OK)
    async def add(
        self,
        request: HttpRequest,
        data: Annotated[AddressForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        settings: NamedDependency[Settings],
    ) -> Response[bytes]:
        """Mail a link to the address that is to be added."""
        require_csrf(signed, data.csrf)
        language, network = language_of(request, signed), client_address(request, settings.proxies)
        asked = Request(address=data.address, client=network, next=ACCOUNT, language=language, person=signed.person)
        try:
            browser = await request.app.state.gateway.people.mail_link(asked)
        except MalformedAddress:
            return _account_page(request, signed, wrong=data.address)
        return sent_page(data.address, language, settings, browser, signed)

    @post("/addresses/remove", status_code=OK)
    async def remove(
        self,
        request: HttpRequest,
        data: Annotated[RemovalForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
    ) -> Response[bytes]:
        """Remove an address, unless it is the last."""
        require_csrf(signed, data.csrf)
        await request.app.state.gateway.people.remove_address(signed, data.id)
        return to(with_query(ACCOUNT, done="removed"))

    @post("/language", status_code=OK)
    async def speak(
        self,
        request: HttpRequest,
        data: Annotated[LanguageForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
    ) -> Response[bytes]:
        """Use another language from now on."""
        require_csrf(signed, data.csrf)
        await request.app.state.gateway.people.speak(signed, data.language)
        return to(with_query(ACCOUNT, done="language"))

    @post("/sign-out", status_code=OK)
    async def sign_out(
        self,
        request: HttpRequest,
        data: Annotated[SignOutForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        signed: NamedDependency[SignedIn],
        settings: NamedDependency[Settings],
    ) -> Response[bytes]:
        """End this session, or all of them."""
        require_csrf(signed, data.csrf)
        await request.app.state.gateway.people.sign_out(signed, everywhere=bool(data.everywhere))
        answer = to(SIGN_IN)
        answer.set_cookie(own_cookie("session", "", settings, max_age_s=0))
        return answer


def _account_page(request: HttpRequest, signed: SignedIn, wrong: str | None = None) -> Response[bytes]:
    """The page; ``wrong`` is what was sent as an address and is none."""
    language = language_of(request, signed)
    words = WORDS[language]
    errors = {} if wrong is None else {"address": words.address_wrong}
    body = "".join(
        (
            error_summary(words, errors),
            notice(words.done.get(request.query_params.get("done", ""), "")),
            f"<p>{_backpack(words)}</p>",
            _addresses(signed, words),
            _another(signed, words, (wrong or "")[:254], errors.get("address", "")),
            _languages(signed, words),
            _sessions(signed, words),
        )
    )
    status = MALFORMED if errors else OK
    return page(
        words.account,
        body,
        language,
        signed=signed,
        current=ACCOUNT,
        query=query_of(request),
        failed=bool(errors),
        status=status,
    )


def _backpack(words: Words) -> str:
    link = f'<a href="/backpack">{words.places["/backpack"].lower()}</a>'
    return words.account_lead.format(backpack=link)


def _addresses(signed: SignedIn, words: Words) -> str:
    addresses = signed.person.addresses
    items = "".join(_address(each, signed, words, alone=len(addresses) == 1) for each in addresses)
    last = f'<p class="soft">{words.last_address}</p>' if len(addresses) == 1 else ""
    lead = f"<p>{words.addresses_lead}</p>"
    return f'<h2>{words.addresses}</h2>{lead}<ul class="rows">{items}</ul>{last}'


def _address(address: Address, signed: SignedIn, words: Words, *, alone: bool) -> str:
    shown = f"<strong><bdi>{escape(address.value)}</bdi></strong>"
    since = f'<span class="soft">{words.since.format(date=_date(address.confirmed_at))}</span>'
    name = f'{escape(words.remove)}<span class="unseen"> {escape(address.value)}</span>'
    remove = "" if alone else f'{hidden(id=address.id)}<button class="plain">{name}</button>'
    removal = form("/account/addresses/remove", remove, signed) if remove else ""
    return f"<li><div>{shown}<br>{since}</div>{removal}</li>"


def _another(signed: SignedIn, words: Words, value: str, error: str) -> str:
    field = text_field("address", words.add_address, hint=words.add_address_hint, value=value, error=error, extra=EMAIL)
    return form("/account/addresses", field + button(words.send_link), signed)


def _languages(signed: SignedIn, words: Words) -> str:
    choices = "".join(
        f'<label class="choice"><input type="radio" name="language" value="{code}"'
        f'{" checked" if code == signed.person.language else ""}> <span lang="{code}">{name}</span></label>'
        for code, name in LANGUAGES.items()
    )
    legend = f'<legend class="unseen">{words.language}</legend>'
    fields = f"<fieldset>{legend}{choices}</fieldset>{button(words.save, 'plain')}"
    return f"<h2>{words.language}</h2><p>{words.language_lead}</p>{form('/account/language', fields, signed)}"


def _sessions(signed: SignedIn, words: Words) -> str:
    everywhere = hidden(everywhere="yes") + button(words.sign_out_everywhere, "plain")
    return f"<h2>{words.sessions}</h2><p>{words.sessions_lead}</p>{form('/account/sign-out', everywhere, signed)}"


def _date(at: dt.datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d}</time>'
