"""Sign in with an OpenID Connect provider: the authorization code flow with PKCE, state and nonce.

Nothing is stored between the two steps: what the second one compares with follows from a ticket in the browser's
cookie and a secret of ours.
"""

import datetime as dt
import hmac
import secrets
import zlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any  # Any: members of JSON documents
from urllib.parse import quote, urlencode

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.errors import NotFound, Unreachable
from gateway.flows.id_token import Expected, ProviderRefused, verified_address
from gateway.flows.recognise import SignedIn
from gateway.flows.sign_in import Begin, Started
from gateway.ports import Clock, Fetch
from gateway.ports.outbound import Post
from gateway.proofs import base64url
from gateway.proofs.errors import ProofError
from gateway.proofs.jws import parse

RETURN_PATH = "/account/provider/return"
TICKET_VALID = dt.timedelta(minutes=10)
TICKET_BYTES = 32
MAX_TICKET_CHARACTERS = 4000
"""It travels in a cookie, and browsers keep 4096 bytes of one with its name (RFC 6265bis section 5.6)."""

ACCOUNT = "/account"
ANSWERED = 200


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """The provider of the settings; ``issuer`` is empty when there is none."""

    issuer: str
    client_id: str
    client_secret: str
    return_url: str

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Provider({self.issuer})"


class Metadata(msgspec.Struct, frozen=True):
    """What is used of a provider's metadata (OpenID Connect Discovery 1.0 section 3, RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class Ticket(msgspec.Struct, frozen=True):
    """What the browser keeps while it is away.

    Attributes:
        at: Seconds since 1970.
    """

    id: str
    at: int
    next: str


class Away(msgspec.Struct, frozen=True):
    """Where the browser goes, and what it brings back in a cookie."""

    url: str
    ticket: str


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser came back with; "" where there was none."""

    ticket: str
    state: str
    code: str
    issuer: str
    error: str


@dataclass(frozen=True, slots=True)
class Discover:
    """The provider's metadata."""

    fetch: Fetch
    provider: Provider

    async def __call__(self) -> Metadata:
        """Return it.

        Raises:
            NotFound: No provider is configured.
            ProviderRefused: It cannot be had, or is another issuer's.
        """
        issuer = self.provider.issuer
        if not issuer:
            raise NotFound("no identity provider is set here")
        try:
            found = await self.fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            metadata = msgspec.convert(strict_json.decode(found.body), Metadata)
        except (Unreachable, AdapterError, msgspec.ValidationError) as error:
            raise ProviderRefused("its metadata cannot be had") from error
        if metadata.issuer != issuer:
            raise ProviderRefused("its metadata are another issuer's")
        scheme = issuer.partition(":")[0]
        endpoints = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
        if not all(url.startswith(("https://", f"{scheme}://")) for url in endpoints):
            raise ProviderRefused("its metadata name addresses that are not safe")
        return metadata


@dataclass(frozen=True, slots=True)
class GoToProvider:
    """Send a browser to the provider."""

    clock: Clock
    discover: Discover
    secret: bytes

    async def __call__(self, next: str, language: str) -> Away:
        """Return the address of the provider's page and the ticket for the cookie.

        Raises:
            NotFound: No provider is configured.
            ProviderRefused: Its metadata cannot be used.
        """
        metadata, provider = await self.discover(), self.discover.provider
        ticket = Ticket(secrets.token_urlsafe(TICKET_BYTES), int(self.clock().timestamp()), next)
        sealed = _sealed(ticket, self.secret)
        if len(sealed) > MAX_TICKET_CHARACTERS:
            sealed = _sealed(msgspec.structs.replace(ticket, next=ACCOUNT), self.secret)
        challenge = base64url.encode(sha256(derived(self.secret, "verifier", ticket.id).encode()).digest())
        query = urlencode(
            {
                "response_type": "code",
                "client_id": provider.client_id,
                "redirect_uri": provider.return_url,
                "scope": "openid email",
                "state": derived(self.secret, "state", ticket.id),
                "nonce": derived(self.secret, "nonce", ticket.id),
                "code_challenge": challenge,
                "code_challenge_method": "S256",
                "ui_locales": language,
            }
        )
        separator = "&" if "?" in metadata.authorization_endpoint else "?"
        return Away(f"{metadata.authorization_endpoint}{separator}{query}", sealed)


@dataclass(frozen=True, slots=True)
class ReturnFromProvider:
    """What the provider says of who came back, to a session of theirs."""

    clock: Clock
    discover: Discover
    fetch: Fetch
    post: Post
    begin: Begin
    secret: bytes

    async def __call__(self, returned: Returned, language: str, before: SignedIn | None) -> Started:
        """Begin a session for the address that the provider vouches for.

        Raises:
            NotFound: No provider is configured.
            ProviderRefused: Something is not as it was asked for; nobody is signed in.
        """
        metadata, provider = await self.discover(), self.discover.provider
        ticket = self._ticket(returned, metadata)
        token = await self._id_token(returned.code, ticket, metadata)
        expected = Expected(
            issuer=provider.issuer,
            client_id=provider.client_id,
            nonce=derived(self.secret, "nonce", ticket.id),
            at=self.clock(),
        )
        address = verified_address(token, await self._keys(metadata, token), expected)
        person, session = await self.begin(address, language, before)
        return Started(person=person, token=session, next=ticket.next)

    def _ticket(self, returned: Returned, metadata: Metadata) -> Ticket:
        """The ticket of this very journey; RFC 9207 against answers of another provider."""
        ticket = _opened(returned.ticket, self.secret)
        if ticket is None or not same(returned.state, derived(self.secret, "state", ticket.id)):
            raise ProviderRefused("this browser did not ask for it")
        if not 0 <= self.clock().timestamp() - ticket.at <= TICKET_VALID.total_seconds():
            raise ProviderRefused("it took longer than 10 minutes")
        wanted = metadata.authorization_response_iss_parameter_supported
        if (returned.issuer or wanted) and returned.issuer != metadata.issuer:
            raise ProviderRefused("the answer is another provider's")
        if returned.error or not returned.code:
            raise ProviderRefused("the provider, or whoever was asked there, declined")
        return ticket

    async def _id_token(self, code: str, ticket: Ticket, metadata: Metadata) -> str:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.discover.provider.return_url,
            "code_verifier": derived(self.secret, "verifier", ticket.id),
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        shown = _shown(self.discover.provider, metadata)
        try:
            answer = await self.post(
                metadata.token_endpoint, urlencode(fields | shown.fields).encode(), headers | shown.headers
            )
            found = strict_json.decode(answer.body)
        except (Unreachable, AdapterError) as error:
            raise ProviderRefused("it does not answer as it should") from error
        if answer.status != ANSWERED or not isinstance(found, dict) or not isinstance(found.get("id_token"), str):
            raise ProviderRefused("it does not take the code")
        return str(found["id_token"])

    async def _keys(self, metadata: Metadata, token: str) -> Sequence[Mapping[str, Any]]:
        """The provider's keys; asked for anew when the token's is not among those that are remembered."""
        try:
            kid = parse(token).header.get("kid")
            for fresh in (False, True):
                found = strict_json.decode((await self.fetch(metadata.jwks_uri, fresh=fresh)).body)
                members = found.get("keys") if isinstance(found, dict) else None
                keys = [key for key in members if isinstance(key, dict)] if isinstance(members, list) else []
                if kid is None or any(key.get("kid") == kid for key in keys):
                    break
        except (Unreachable, AdapterError, ProofError) as error:
            raise ProviderRefused("its token or its keys cannot be used") from error
        return keys


class _Shown(msgspec.Struct, frozen=True):
    """How the gateway shows the provider who it is."""

    fields: dict[str, str] = {}
    headers: dict[str, str] = {}


def _shown(provider: Provider, metadata: Metadata) -> _Shown:
    """By Basic where the provider takes it; RFC 6749 section 2.3.1 has both parts form-encoded first."""
    if not provider.client_secret:
        return _Shown({"client_id": provider.client_id})
    if "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
        return _Shown({}, {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"})
    return _Shown({"client_id": provider.client_id, "client_secret": provider.client_secret})


def derived(secret: bytes, purpose: str, ticket_id: str) -> str:
    """What follows from a ticket for one purpose, and cannot be known without our secret."""
    return base64url.encode(hmac.digest(secret, f"{purpose} {ticket_id}".encode(), "sha256"))


def same(one: str, other: str) -> bool:
    """Compare two texts in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))


def _sealed(ticket: Ticket, secret: bytes) -> str:
    body = base64url.encode(zlib.compress(msgspec.json.encode(ticket), 9))
    return f"{body}.{derived(secret, 'ticket', body)}"


def _opened(text: str, secret: bytes) -> Ticket | None:
    body, _, seal = text.partition(".")
    if not same(seal, derived(secret, "ticket", body)):
        return None
    return msgspec.json.decode(zlib.decompress(base64url.decode(body)), type=Ticket)
