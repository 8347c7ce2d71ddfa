"""``/account/sign-in`` and ``/account/links``: a mailed link instead of a password."""

from html import escape
from typing import Annotated
from urllib.parse import quote, urlsplit

import msgspec
from litestar import Controller, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, PathParameter

from gateway.flows.mail_link import VALID, Request
from gateway.flows.sign_in import LinkState, SeenLink, Started
from gateway.http.account.page import (
    button,
    error_summary,
    form,
    hidden,
    language_of,
    page,
    text_field,
    with_query,
)
from gateway.http.account.session import (
    ACCOUNT,
    MAX_NEXT_CHARACTERS,
    SEE_OTHER,
    SIGN_IN,
    SignedIn,
    cookie_name,
    local_path,
    same_origin,
    signed_in,
)
from gateway.http.account.words import WORDS
from gateway.http.admission import client_address
from gateway.http.delivery import DEFAULTS, OK, HttpRequest
from gateway.http.html_page import LANGUAGES, spoken
from gateway.http.page_form import FORM_BYTES
from gateway.records.mailbox import MalformedAddress
from gateway.records.people import LinkPurpose
from gateway.settings import Settings

LONGEST_S = 90 * 24 * 3600
GONE = 410
UNKNOWN = 404
MALFORMED = 400
EMAIL = 'type="email" autocomplete="email" autocapitalize="none" spellcheck="false" maxlength="254" required'

Token = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9_-]{1,64}$(?!\n)", max_length=64)]


class SignInForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wants a link, and where to go on then."""

    address: Annotated[str, msgspec.Meta(max_length=2000)]
    next: Annotated[str, msgspec.Meta(max_length=MAX_NEXT_CHARACTERS)] = ""


class SignInPages(Controller):
    """Ask for a link, and use it."""

    path = "/account"
    guards = [same_origin]
    request_max_body_size = FORM_BYTES
    include_in_schema = False

    @get("/sign-in")
    async def form(self, request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
        """The form that asks for an address."""
        return sign_in_page(request, settings, local_path(request.query_params.get("next", ACCOUNT)))

    @post("/sign-in", status_code=OK)
    async def ask(
        self,
        request: HttpRequest,
        data: Annotated[SignInForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
        settings: NamedDependency[Settings],
    ) -> Response[bytes]:
        """Mail a link; the answer is the same whether the address is known or not."""
        next, language = local_path(data.next or ACCOUNT), spoken(request)
        asked = Request(
            address=data.address, client=client_address(request, settings.proxies), next=next, language=language
        )
        try:
            browser = await request.app.state.gateway.people.mail_link(asked)
        except MalformedAddress:
            return sign_in_page(request, settings, next, wrong=data.address)
        return sent_page(data.address, language, settings, browser)

    @get("/links/{token:str}")
    async def link(self, token: Token, request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
        """What the link does, with a button that does it: programs that look into mails open links, too."""
        browser = request.cookies.get(cookie_name("asked", development=settings.development), "")
        seen = await request.app.state.gateway.people.see_link(token, browser)
        asked = request.query_params.get("lang", "") in LANGUAGES
        return _link_page(seen, token, spoken(request) if asked or not seen.language else seen.language)

    @post("/links/{token:str}", status_code=OK)
    async def use(self, token: Token, request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
        """Sign in, or add the address."""
        started = await request.app.state.gateway.people.use_link(token, await signed_in(request))
        if started is None:
            return to(with_query(ACCOUNT, done="added"))
        return begun(started, spoken(request), settings)


def sign_in_page(request: HttpRequest, settings: Settings, next: str, wrong: str = "") -> Response[bytes]:
    """The form; ``wrong`` is what was sent and is no address."""
    language = language_of(request)
    words = WORDS[language]
    errors = {"address": words.address_wrong} if wrong or request.method == "POST" else {}
    fields = text_field(
        "address",
        words.address,
        hint=words.address_hint,
        value=wrong[:254],
        error=errors.get("address", ""),
        extra=EMAIL if errors else f"{EMAIL} autofocus",
    )
    action = with_query(SIGN_IN, lang=language)
    body = "".join(
        (
            error_summary(words, errors),
            f"<p>{words.sign_in_lead}</p>",
            form(action, fields + hidden(next=next) + button(words.send_link)),
            _provider(settings, next, language),
        )
    )
    return page(
        words.sign_in,
        body,
        language,
        query="" if next == ACCOUNT else f"next={quote(next, safe='')}",
        failed=bool(errors),
        status=MALFORMED if errors else OK,
    )


def sent_page(
    address: str, language: str, settings: Settings, browser: str, signed: SignedIn | None = None
) -> Response[bytes]:
    """Where to look for the link; the browser gets a cookie by which the page of the link knows it."""
    words = WORDS[language]
    shown = f"<strong><bdi>{escape(address.strip())}</bdi></strong>"
    printed = settings.development and not settings.smtp_url
    body = f'<p>{words.sent_lead.format(address=shown)}</p><p class="soft">{words.sent_advice}</p>' + (
        f'<p class="notice">{words.sent_terminal}</p>' if printed else ""
    )
    answer = page(words.sent, body, language, signed=signed, query=None)
    answer.set_cookie(own_cookie("asked", browser, settings, max_age_s=int(VALID.total_seconds())))
    return answer


def begun(started: Started, language: str, settings: Settings) -> Response[bytes]:
    """Give the browser its session and send it on.

    Not by a redirect where it may end at another origin: Chromium applies ``form-action`` of the page whose form was
    sent to every redirect that follows.
    """
    words = WORDS[language]
    if started.next == ACCOUNT:
        answer = to(ACCOUNT)
    else:
        link = f'<a href="{escape(started.next)}">{words.go_on}</a>'
        answer = page(words.signed_in, f"<p>{words.signed_in_lead}</p><p>{link}</p>", language, query=None)
        answer.headers["Refresh"] = f"0; url={started.next}"
    answer.set_cookie(own_cookie("session", started.token, settings, max_age_s=LONGEST_S))
    answer.set_cookie(own_cookie("asked", "", settings, max_age_s=0))
    return answer


def own_cookie(name: str, value: str, settings: Settings, *, max_age_s: int) -> Cookie:
    """A cookie that no script reads and no other site's form brings along."""
    return Cookie(
        key=cookie_name(name, development=settings.development),
        value=value,
        max_age=max_age_s,
        path="/",
        secure=not settings.development,
        httponly=True,
        samesite="lax",
    )


def to(path: str) -> Response[bytes]:
    """Send the browser to a page of ours, with GET."""
    return Response(b"", status_code=SEE_OTHER, headers={**DEFAULTS, "Location": path})


def _link_page(seen: SeenLink, token: str, language: str) -> Response[bytes]:
    words = WORDS[language]
    if seen.state is not LinkState.READY:
        body = f'<p>{words.link_over[seen.state]}</p><p><a href="{SIGN_IN}">{words.ask_again}</a></p>'
        return page(words.link_over_title, body, language, status=UNKNOWN if seen.state is LinkState.UNKNOWN else GONE)
    adding = seen.purpose is LinkPurpose.ADD_ADDRESS
    title = (words.add_address_title if adding else words.sign_in_as).format(address=seen.address)
    lead = f"<p>{words.add_address_lead}</p>" if adding else ""
    other = "" if seen.same_browser else f'<p class="notice">{words.other_browser}</p>'
    does = button(words.add_address_button if adding else words.sign_in_button)
    return page(title, other + lead + form(with_query(f"/account/links/{token}", lang=language), does), language)


def _provider(settings: Settings, next: str, language: str) -> str:
    if not settings.oidc_issuer:
        return ""
    words = WORDS[language]
    host = escape(urlsplit(settings.oidc_issuer).netloc)
    address = escape(with_query("/account/provider", next="" if next == ACCOUNT else next))
    return f'<p>{words.other_way}</p><p><a class="button" href="{address}">{words.provider.format(host=host)}</a></p>'
