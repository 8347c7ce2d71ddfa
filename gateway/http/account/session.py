"""Who is signed in, and whether a form came from a page of ours.

A page for people who are signed in is a handler that asks for ``signed: NamedDependency[SignedIn]``: without a session
the browser is sent to sign in and comes back. A handler that changes something is a POST with the guard
``same_origin`` and calls ``require_csrf`` with the form's field ``csrf`` before anything else.
"""

import hmac
import re
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.handlers import BaseRouteHandler

from gateway.flows.recognise import SignedIn as SignedIn
from gateway.http.delivery import HttpRequest
from gateway.http.html_page import query_text
from gateway.http.sign_in_first import SEE_OTHER as SEE_OTHER
from gateway.http.sign_in_first import SIGN_IN as SIGN_IN
from gateway.http.sign_in_first import ForeignForm as ForeignForm
from gateway.http.sign_in_first import SignInNeeded as SignInNeeded
from gateway.http.sign_in_first import to_sign_in as to_sign_in

ACCOUNT = "/account"
CSRF_FIELD = "csrf"
SAME_ORIGIN_REFERRER = {"Referrer-Policy": "same-origin"}
"""On every page with a form: under ``no-referrer``, browsers send ``Origin: null`` even to the page's own origin."""

MAX_NEXT_CHARACTERS = 12_000
"""Of a path to go on to: of an authorization request, whose ``state`` and redirect URI have 2000 characters at most,
before each byte becomes three."""

# No backslash, which browsers take for a slash, and nothing that they leave out: controls, blanks.
_LOCAL = re.compile(r"/(?!/)[\x21-\x5b\x5d-\x7e]*")


async def signed_in(request: HttpRequest) -> SignedIn | None:
    """Who is signed in, None when nobody is; should the page be refused, it is in their language all the same."""
    gateway = request.app.state.gateway
    found: SignedIn | None = await gateway.people.recognise(
        request.cookies.get(cookie_name("session", development=gateway.settings.development), "")
    )
    if found is not None:
        request.state.language = found.person.language
    return found


async def signed(request: HttpRequest) -> SignedIn:
    """Who is signed in: the dependency of every page that is for them alone.

    Raises:
        SignInNeeded: Nobody is, which sends the browser to sign in.
    """
    found = await signed_in(request)
    if found is None:
        raise SignInNeeded(here(request))
    return found


def here(request: HttpRequest) -> str:
    """Where to come back to after signing in: this address, or the account when it can only be posted to."""
    if request.scope["method"] not in ("GET", "HEAD"):
        return ACCOUNT
    asked = query_text(request)
    return local_path(request.scope["path"] + (f"?{asked}" if asked else ""))


def local_path(text: str) -> str:
    """``text`` when it is a path of this origin, else the account's page: nobody is led elsewhere.

    Source: WHATWG URL standard, basic URL parser: where browsers see a host or strip characters.
    """
    if len(text) > MAX_NEXT_CHARACTERS or not _LOCAL.fullmatch(text):
        return ACCOUNT
    return text


def cookie_name(name: str, *, development: bool) -> str:
    """``__Host-`` binds a cookie to https and to this very host; http on loopback cannot have it.

    Source: RFC 6265bis section 4.1.3.2.
    """
    return name if development else f"__Host-{name}"


async def same_origin(
    connection: ASGIConnection[BaseRouteHandler, object, object, State],
    handler: BaseRouteHandler,  # noqa: ARG001
) -> None:
    """Let only requests pass that a page of this origin sent; reading is for everybody.

    Browsers since 2020-2023 say so themselves and no script can change it (Fetch Metadata); older ones name the origin.

    Raises:
        ForeignForm: Another origin sent it, or the browser does not say which.
    """
    if connection.scope.get("method") in ("GET", "HEAD", "OPTIONS"):
        return
    site = connection.headers.get("Sec-Fetch-Site", "")
    if site == "same-origin" or (not site and is_own_origin(connection)):
        return
    raise ForeignForm


def require_csrf(signed: SignedIn, sent: str) -> None:
    """Check the field ``csrf`` of a form.

    Raises:
        ForeignForm: It was not made for this session.
    """
    if not hmac.compare_digest(signed.csrf.encode(), sent.encode(errors="replace")):
        raise ForeignForm


def is_own_origin(connection: ASGIConnection[BaseRouteHandler, object, object, State]) -> bool:
    """Whether the request names our origin as the one that sent it."""
    origin = connection.headers.get("Origin", "")
    public_url = connection.app.state.gateway.settings.public_url
    return bool(public_url) and origin.lower() == _origin(public_url)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    default = {"https": ":443", "http": ":80"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.removesuffix(default)}".lower()
