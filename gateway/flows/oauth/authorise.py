"""An authorization request to the question that a person is asked (RFC 6749 section 4.1.1, RFC 7636 section 4.3)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from gateway.flows.oauth import redirects
from gateway.flows.oauth.credentials_asked import credentials_asked
from gateway.flows.oauth.leniencies import STATE_DEMANDED, scope_tokens
from gateway.flows.oauth.refusals import (
    InvalidRequest,
    InvalidScope,
    InvalidTarget,
    OAuthRefused,
    UnauthorizedClient,
    UnknownClient,
    UnsupportedResponseType,
)
from gateway.flows.oauth.scopes import OFFERED, PersonScope, known
from gateway.ports.oauth import Clients
from gateway.records.oauth import Client, GrantType
from gateway.records.offers import Configuration
from gateway.records.people import PEOPLE

PARAMETERS = {
    "response_type": "`code`.",
    "client_id": "As registered; else nobody is sent anywhere.",
    "redirect_uri": "One of those that were registered, exactly; on loopback the port may differ.",
    "scope": "Separated by spaces; those that the client did not register are left out.",
    "state": "Comes back byte for byte; of no more than 2000 bytes in UTF-8.",
    "code_challenge": "SHA-256 of the verifier in base64url.",
    "code_challenge_method": "`S256`.",
    "response_mode": "`query`, if anything.",
    "prompt": "`consent` asks even who said yes before.",
    "request": "Not supported.",
    "request_uri": "Of a request that was pushed (RFC 9126), beside `client_id`; no other.",
    "authorization_details": "Of a wallet: the credentials that it asks for, where `scope` does not name them; JSON.",
    "issuer_state": "Of a wallet: as in the credential offer; without it the person chooses a badge of theirs.",
}
"""What a request may say, and what for (RFC 6749 section 4.1.1; OpenID4VCI 1.0 section 5.1)."""

LONGEST = {
    **dict.fromkeys(PARAMETERS, 200),
    "redirect_uri": redirects.MAX_CHARACTERS,
    "scope": 2000,
    "state": 2000,
    "request_uri": 8000,
    "authorization_details": 3000,
}
"""How many bytes of it are read, in UTF-8; ``state`` stands in the address that leads back."""

RESOURCE = "resource"
"""Of a wallet: us. It may come more than once (RFC 8707 section 2)."""

ALLOWED = {
    "response_type": re.compile("code"),
    # Request objects (RFC 9101) would say everything else a second time.
    "request": re.compile(""),
    "request_uri": re.compile(""),
    "response_mode": re.compile("(query)?"),
    # Absent means plain (RFC 7636 section 4.3), which shows the verifier to whoever sees the request.
    "code_challenge_method": re.compile("S256"),
    # 32 bytes in base64url without padding (RFC 7636 section 4.2).
    "code_challenge": re.compile("[A-Za-z0-9_-]{43}"),
}
"""What parameters have to be; without a value they are as if absent."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a wallet asks for: one credential, in any of these configurations.

    Attributes:
        detailed: Whether it asked in detail, and is to be answered so.
        offer: Id of the offer that it brought along; "" when the person is to choose.
    """

    configurations: tuple[Configuration, ...]
    detailed: bool
    offer: str


class Authorisation(msgspec.Struct, frozen=True, kw_only=True):
    """A request that may be put before a person.

    Attributes:
        scopes: () where it is a wallet's.
        state: As it came, one character a byte; "" when there was none.
        ask: Whether to ask even who said yes to the same before.
        wish: Of a wallet; None of everybody else.
        pushed: What the browser goes on with of a request that was pushed; "" of others.
    """

    client: Client
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    challenge: str
    ask: bool
    wish: Wish | None = None
    pushed: str = ""


class Declined(Exception):
    """A refusal that the client is told through the browser; ``location`` is where to (RFC 6749 section 4.1.2.1)."""

    def __init__(self, location: str, refused: OAuthRefused) -> None:
        super().__init__("the client is told")
        self.location = location
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Authorise:
    """Query parameters to a question."""

    clients: Clients
    issuer: str

    async def __call__(self, query: Mapping[str, Sequence[str]], pushed: str = "") -> Authorisation:
        """Look at a request, without anybody being asked yet.

        Args:
            query: Every value of every parameter, each character standing for a byte (Latin-1).
            pushed: As in ``Authorisation``.

        Raises:
            UnknownClient: The client or its redirect URI is unknown: nobody is sent anywhere.
            Declined: Something else is wrong, and the client is told.
        """
        client = await self._client(query)
        redirect_uri = _one(query, "redirect_uri")
        if not any(redirects.matches(registered, redirect_uri) for registered in client.redirect_uris):
            raise UnknownClient("the application asked for an answer at an address that it did not register")
        states = [value for value in query.get("state", ()) if value and len(value) <= LONGEST["state"]]
        state = states[0] if len(states) == 1 else ""
        try:
            found = _checked(query, client, redirect_uri, state, self.issuer)
        except OAuthRefused as error:
            raise Declined(refusal(redirect_uri, error, state, self.issuer), error) from error
        return msgspec.structs.replace(found, pushed=pushed)

    async def _client(self, query: Mapping[str, Sequence[str]]) -> Client:
        client = await self.clients.find(_one(query, "client_id"))
        if client is None or client.platform != PEOPLE:
            raise UnknownClient("no application is registered under this client_id")
        return client


def refusal(redirect_uri: str, error: OAuthRefused, state: str, issuer: str) -> str:
    """Where a client is told that it was refused (RFC 6749 section 4.1.2.1, RFC 9207 section 2)."""
    said = {"error": error.code.replace("-", "_"), "error_description": error.reason, "state": state, "iss": issuer}
    return redirects.answered(redirect_uri, said)


def _checked(
    query: Mapping[str, Sequence[str]], client: Client, redirect_uri: str, state: str, issuer: str
) -> Authorisation:
    for name in PARAMETERS:
        # RFC 6749 section 3.1: a parameter comes once; one without a value did not come.
        if len(query.get(name, ())) > 1:
            raise InvalidRequest(f"{name} came more than once")
    if GrantType.AUTHORIZATION_CODE not in client.grant_types:
        raise UnauthorizedClient("this client gets no codes")
    _check_values(query)
    if STATE_DEMANDED and not state:
        raise InvalidRequest("state is missing")
    wish = _wish(query, issuer)
    scopes = known(scope_tokens(_one(query, "scope")), client.scopes) if wish is None else ()
    if not scopes and wish is None:
        raise InvalidScope("scope is missing, or the client has registered none of these")
    return Authorisation(
        client=client,
        redirect_uri=redirect_uri,
        scopes=scopes,
        state=state,
        challenge=_one(query, "code_challenge"),
        ask="consent" in _one(query, "prompt").split(),
        wish=wish,
    )


def _check_values(query: Mapping[str, Sequence[str]]) -> None:
    if _one(query, "response_type") not in ("", "code"):
        raise UnsupportedResponseType("response_type is code")
    for name, right in ALLOWED.items():
        if not right.fullmatch(_one(query, name)):
            raise InvalidRequest(f"the value of {name} is missing, or something that is not supported")
    for name, most in LONGEST.items():
        if len(_one(query, name)) > most:
            raise InvalidRequest(f"the value of {name} has more than {most} bytes")


def _wish(query: Mapping[str, Sequence[str]], issuer: str) -> Wish | None:
    """What a wallet asks for, of whatever scopes the client registered: the person says yes to one badge each time.

    ``offline_access`` may stand beside it, for a wallet gets a refresh token in any case; what a client may do with
    all badges may not, for nobody could tell from one question what they say yes to.
    """
    scopes = scope_tokens(_one(query, "scope"))
    # Each character stands for a byte here.
    details = _one(query, "authorization_details").encode("latin-1").decode(errors="replace")
    asked = credentials_asked(scopes, details, issuer)
    if not asked.configurations:
        return None
    if [scope for scope in scopes if scope in OFFERED and scope != PersonScope.OFFLINE]:
        raise InvalidScope("a credential for a wallet is asked for alone, and other scopes in a request of their own")
    # The identifier of an issuer without a path: URLs of JavaScript write it with a slash (RFC 3986 section 6.2.3).
    if any(resource.removesuffix("/") != issuer for resource in query.get(RESOURCE, ()) if resource):
        raise InvalidTarget(f"the only resource is {issuer}")
    return Wish(configurations=asked.configurations, detailed=asked.detailed, offer=_one(query, "issuer_state"))


def _one(query: Mapping[str, Sequence[str]], name: str) -> str:
    """The value of a parameter that came once; "" otherwise."""
    values = query.get(name, ())
    return values[0] if len(values) == 1 else ""
