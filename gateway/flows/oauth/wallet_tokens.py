"""What a wallet shows to the tokens with which it fetches one offered credential (OpenID4VCI 1.0 section 6)."""

import datetime as dt
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from gateway.flows.oauth.credentials_asked import Given, credentials_asked, given, narrowed
from gateway.flows.oauth.leniencies import scope_tokens, transaction_code
from gateway.flows.oauth.prove import Prove
from gateway.flows.oauth.refusals import InvalidAuthorizationDetails, InvalidGrant, InvalidRequest, UnauthorizedClient
from gateway.flows.oauth.tokens import is_verifier_of
from gateway.flows.offers.claim import Claim, OfferOver
from gateway.flows.offers.transaction_code import MOST_ATTEMPTS, is_code
from gateway.ports import Clock
from gateway.ports.oauth import Clients, ClientUses
from gateway.ports.offers import Offers, Tickets
from gateway.records import Instant
from gateway.records.oauth import CLIENT_PREFIX, WALLET_CODE_PREFIX, WALLET_REFRESH_PREFIX, Client, GrantType
from gateway.records.offers import Claiming, Grant, Offer
from gateway.records.tickets import GRANT_S, TOKEN_S, Kind

log = logging.getLogger("badge_gateway.oauth")

_CLIENT_ID = re.compile(rf"{CLIENT_PREFIX}[A-Za-z0-9_-]{{1,100}}")


class WalletAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A successful answer to a wallet (OpenID4VCI 1.0 section 6.2).

    Attributes:
        expires_in: Seconds.
        scope: What was granted, where nothing was asked for in detail.
        authorization_details: What was granted, where something was.
    """

    access_token: str
    token_type: str
    expires_in: int
    refresh_token: str
    scope: str = ""
    authorization_details: tuple[Given, ...] = ()

    def __repr__(self) -> str:
        """Without the tokens: representations end in logs."""
        return f"WalletAnswer(scope={self.scope!r}, expires_in={self.expires_in})"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What a wallet was granted, kept behind its refresh token.

    Attributes:
        detailed: Whether it asked for it in detail.
        ends: When the last of the refresh tokens that follow each other ends; None before the first token.
    """

    grant: Grant
    detailed: bool
    ends: Instant | None = None


class HeldCode(Held, frozen=True, kw_only=True):
    """What a person granted a wallet, kept behind its authorization code; see `gateway.records.oauth.Code`."""

    redirect_uri: str
    challenge: str


@dataclass(frozen=True, slots=True)
class GiveTokens:
    """What a wallet was granted to its tokens."""

    clock: Clock
    tickets: Tickets
    claim: Claim
    issuer: str

    async def __call__(self, held: Held, form: Mapping[str, str]) -> WalletAnswer:
        """Return new tokens, for less than was granted where the request asks for less.

        Raises:
            InvalidGrant: The offer is over.
            InvalidAuthorizationDetails: The request asks for what was not granted.
            Unavailable: They cannot be kept.
        """
        await self.open(held.grant.offer)
        now = self.clock()
        ends = held.ends or now + dt.timedelta(seconds=GRANT_S)
        held = msgspec.structs.replace(self.narrowed(held, form), ends=ends)
        access = await self.tickets.give(Kind.TOKEN, msgspec.json.encode(held.grant), TOKEN_S)
        # When the offer is over, so is this, whatever its age.
        refresh = await self.tickets.give(Kind.REFRESH, msgspec.json.encode(held), (ends - now).total_seconds())
        configurations = held.grant.configurations
        return WalletAnswer(
            access_token=access,
            # In lower case: RFC 6749 section 5.1 has it compared in any; @digitalbazaar/oid4-client 5 takes no other.
            token_type="bearer",  # noqa: S106
            expires_in=TOKEN_S,
            refresh_token=WALLET_REFRESH_PREFIX + refresh,
            scope="" if held.detailed else " ".join(configurations),
            authorization_details=given(configurations) if held.detailed else (),
        )

    async def instead(self, kind: Kind, shown: str, held: Held, form: Mapping[str, str]) -> WalletAnswer | None:
        """Return new tokens for a ticket, and use it up; None when somebody else just did.

        In this order, so that a ticket is lost neither by a request that is refused nor while nothing can be kept. What
        is given to who comes second is told nobody.

        Raises: As when it is called.
        """
        answer = await self(held, form)
        return answer if await self.tickets.take(kind, shown) is not None else None

    async def open(self, offer_id: str) -> Offer:
        """Return an offer that can still be claimed.

        Raises:
            InvalidGrant: It is over.
        """
        try:
            return await self.claim.open(offer_id)
        except OfferOver as error:
            raise InvalidGrant(error.reason, fix=error.fix) from error

    def narrowed(self, held: Held, form: Mapping[str, str]) -> Held:
        """What was granted, or less, as a token request asks.

        Raises:
            InvalidAuthorizationDetails: It asks for nothing that was granted.
        """
        scopes = scope_tokens(form.get("scope", ""))
        asked = credentials_asked(scopes, form.get("authorization_details", ""), self.issuer)
        configurations = narrowed(held.grant.configurations, asked.configurations)
        if not configurations:
            raise InvalidAuthorizationDetails(f"this grant is for {' '.join(held.grant.configurations)}")
        grant = msgspec.structs.replace(held.grant, configurations=configurations)
        return Held(grant=grant, detailed=held.detailed or asked.detailed, ends=held.ends)


@dataclass(frozen=True, slots=True)
class FromOffer:
    """A pre-authorized code to tokens, without anybody being registered (OpenID4VCI 1.0 section 6.1).

    ``client_id`` opens nothing: wallets send one all the same, a DID of theirs for example (@sphereon/oid4vci-client
    0.20), which section 6.1 leaves them free to. One that is registered here may stand as ``iss`` in the proofs that
    follow (Appendix F.1); any other is passed over.
    """

    tickets: Tickets
    clients: Clients
    uses: ClientUses
    offers: Offers
    give: GiveTokens
    secret: bytes

    async def __call__(self, form: Mapping[str, str]) -> WalletAnswer:
        """Use a code up. Who mistypes the transaction code has not used it, and tries again with the same one.

        Raises:
            InvalidRequest: The code is missing; a transaction code is, or was not expected (section 6.3).
            InvalidGrant: The code is unknown, expired or used, the offer is over, or the transaction code is wrong.
            InvalidAuthorizationDetails: The offer has nothing of what is asked for.
        """
        shown = form.get("pre-authorized_code", "")
        if not shown:
            raise InvalidRequest("pre-authorized_code is missing")
        found = await self.tickets.look(Kind.CODE, shown)
        if found is None:
            raise InvalidGrant("the code is unknown, expired or used", fix="fetch the credential offer again")
        offer = await self.give.open(found.decode())
        client = await self._registered(form.get("client_id", ""))
        said, id_ = client.id if client else "", secrets.token_urlsafe(16)
        grant = Grant(offer=offer.id, configurations=offer.configurations, said=said, id=id_)
        held = Held(grant=grant, detailed=False)
        self.give.narrowed(held, form)
        await self._check(offer, transaction_code(form))
        if client is not None and client.used is None:
            # First, so that no code is used up while this cannot be kept.
            await self.uses.used(client.platform, client.id, self.give.clock())
        answer = await self.give.instead(Kind.CODE, shown, held, form)
        if answer is None:
            raise InvalidGrant("the code is unknown, expired or used", fix="fetch the credential offer again")
        return answer

    async def _registered(self, client_id: str) -> Client | None:
        return await self.clients.find(client_id) if _CLIENT_ID.fullmatch(client_id) else None

    async def _check(self, offer: Offer, typed: str) -> None:
        """Let pass whoever knows the transaction code, where there is one.

        An attempt is counted before it is looked at: else as many could be tried as fit into the time of one.
        """
        if offer.claiming is Claiming.SIGN_IN:
            raise InvalidGrant("this offer is for who signs in", fix="use the grant authorization_code of the offer")
        if bool(typed) != (offer.claiming is Claiming.CODE):
            raise InvalidRequest("tx_code was given and none is expected" if typed else "tx_code is missing")
        if not typed:
            return
        if not await self.offers.tried(offer, MOST_ATTEMPTS):
            raise InvalidGrant("the transaction code was guessed too often", fix="ask whoever sent it for a new one")
        right = is_code(self.secret, offer, typed)
        left = await self.offers.judged(offer, MOST_ATTEMPTS, self.give.clock(), right=right)
        if not right and not left:
            log.warning("an offer of platform %s is locked: its transaction code was guessed too often", offer.platform)
        if not right:
            raise InvalidGrant(
                "the transaction code is wrong",
                fix=_left(left) if left else "ask whoever sent it for a new one",
            )


def _left(times: int) -> str:
    return "it can be tried once more" if times == 1 else f"it can be tried {times} more times"


@dataclass(frozen=True, slots=True)
class FromWalletCode:
    """An authorization code of a wallet to tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.6)."""

    tickets: Tickets
    prove: Prove
    give: GiveTokens

    async def __call__(self, authorization: str, form: Mapping[str, str]) -> WalletAnswer:
        """Use a code up, whatever comes of it: who shows it without the verifier has taken it from somebody.

        Raises:
            InvalidClient: The client did not show who it is.
            InvalidRequest: A parameter is missing.
            InvalidGrant: The code is unknown, expired, used, or was made for another request; or the offer is over.
        """
        client = await self.prove(authorization, form)
        for name in ("redirect_uri", "code_verifier"):
            if not form.get(name):
                raise InvalidRequest(f"{name} is missing")
        if GrantType.AUTHORIZATION_CODE not in client.grant_types:
            raise UnauthorizedClient("the client is not registered for authorization_code")
        found = await self.tickets.take(Kind.WALLET_CODE, form["code"].removeprefix(WALLET_CODE_PREFIX))
        held = msgspec.json.decode(found, type=HeldCode) if found is not None else None
        if (
            held is None
            or held.grant.client != client.id
            or held.redirect_uri != form["redirect_uri"]
            or not is_verifier_of(form["code_verifier"], held.challenge)
        ):
            raise InvalidGrant("the code is unknown, expired, used, or was made for another request")
        return await self.give(held, form)


@dataclass(frozen=True, slots=True)
class FromWalletRefresh:
    """A refresh token of a wallet to the next one (RFC 6749 section 6)."""

    tickets: Tickets
    prove: Prove
    give: GiveTokens

    async def __call__(self, authorization: str, form: Mapping[str, str]) -> WalletAnswer:
        """Use a refresh token up. Whoever got one without being registered need not show who they are.

        Raises:
            InvalidClient: It is of a client, which did not show who it is.
            InvalidGrant: The token is unknown, expired, used, or another client's; or the offer is over.
            InvalidAuthorizationDetails: It is for nothing of what is asked for.
        """
        shown = form["refresh_token"].removeprefix(WALLET_REFRESH_PREFIX)
        found = await self.tickets.look(Kind.REFRESH, shown)
        held = msgspec.json.decode(found, type=Held) if found is not None else None
        if held is not None and held.grant.client:
            client = await self.prove(authorization, form)
            held = held if client.id == held.grant.client else None
        answer = await self.give.instead(Kind.REFRESH, shown, held, form) if held is not None else None
        if answer is None:
            raise InvalidGrant("the refresh token is unknown, expired, used, or another client's")
        return answer


@dataclass(frozen=True, slots=True)
class EndWalletToken:
    """A token of a wallet to nothing (RFC 7009); whoever got one unregistered has only the token to show."""

    tickets: Tickets
    prove: Prove

    async def __call__(self, authorization: str, form: Mapping[str, str]) -> bool:
        """End a token of the client; tell whether that is all there is to do.

        Raises:
            InvalidClient: It is of a client, which did not show who it is.
        """
        shown = form.get("token", "")
        if shown.startswith(WALLET_REFRESH_PREFIX):
            kind, text = Kind.REFRESH, shown.removeprefix(WALLET_REFRESH_PREFIX)
            found = await self.tickets.look(kind, text)
            grant = msgspec.json.decode(found, type=Held).grant if found is not None else None
        else:
            kind, text = Kind.TOKEN, shown
            found = await self.tickets.look(kind, text)
            grant = msgspec.json.decode(found, type=Grant) if found is not None else None
        anonymous = not authorization and not form.get("client_id")
        if grant.client if grant is not None else not anonymous:
            client = await self.prove(authorization, form)
            if grant is None or grant.client != client.id:
                return False
        await self.tickets.take(kind, text)
        return True
