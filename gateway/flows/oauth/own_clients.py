"""Clients that a platform makes for its own servers: client credentials instead of an API key."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from gateway.errors import NotFound, PastExpiry
from gateway.flows.convert import Caller
from gateway.flows.oauth.register import CLIENT_BYTES, SECRET_BYTES
from gateway.flows.platform.giving import require_end, require_scopes
from gateway.ports import Clock, Platforms
from gateway.ports.oauth import Clients, Tokens
from gateway.records.access import Scope
from gateway.records.oauth import (
    ACCESS_PREFIX,
    CLIENT_PREFIX,
    SECRET_PREFIX,
    Client,
    ClientAuthentication,
    GrantType,
)
from gateway.records.people import PEOPLE


class MadeClient(msgspec.Struct, frozen=True):
    """A client as it is stored, and its secret, which is nowhere else."""

    client: Client
    secret: str

    def __repr__(self) -> str:
        """Without the secret: representations end in logs."""
        return f"MadeClient(client={self.client.id!r})"


@dataclass(frozen=True, slots=True)
class MakeClient:
    """A platform to a new client of its own."""

    clock: Clock
    platforms: Platforms
    clients: Clients

    async def __call__(
        self,
        platform: str,
        name: str,
        scopes: frozenset[Scope],
        actor: str,
        *,
        maker: Caller | None = None,
        expires: dt.datetime | None = None,
    ) -> MadeClient:
        """Make a client; its secret is returned once and only its digest is kept.

        Args:
            maker: Whose rights the client may not exceed, neither in scopes nor in time; None where somebody may give
                everything.
            expires: From then on it is no client any more; None for never.

        Raises:
            NotFound: There is no such platform, or it is that of people, whose clients register themselves.
            InsufficientScope: It would have a scope that its maker lacks.
            PastExpiry: It would have expired before it was made.
            OutlivesMaker: It would end later than its maker.
        """
        require_scopes(maker, scopes, "a client", "/scopes")
        now = self.clock()
        if expires is not None and expires <= now:
            raise PastExpiry("this time has passed", pointer="/expires", fix="give a time in the future, or none")
        require_end(maker, expires, "this client")
        if platform == PEOPLE or await self.platforms.find(platform) is None:
            raise NotFound("there is no such platform")
        secret = SECRET_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        client = Client(
            id=CLIENT_PREFIX + secrets.token_urlsafe(CLIENT_BYTES),
            platform=platform,
            name=name,
            authentication=ClientAuthentication.BASIC,
            secret_sha256=sha256(secret.encode()).digest(),
            redirect_uris=(),
            grant_types=(GrantType.CLIENT_CREDENTIALS,),
            scopes=tuple(sorted(scopes)),
            created=now,
            expires=expires,
            made_by=actor,
            member=maker.member if maker else "",
        )
        await self.clients.add(client, actor)
        return MadeClient(client, secret)


@dataclass(frozen=True, slots=True)
class ListClients:
    """A platform to its own clients."""

    clients: Clients

    async def __call__(self, platform: str) -> Sequence[Client]:
        """Return those that hold, oldest first."""
        return () if platform == PEOPLE else await self.clients.of(platform)


@dataclass(frozen=True, slots=True)
class RevokeClient:
    """A client that ends."""

    clock: Clock
    clients: Clients

    async def __call__(self, platform: str, client_id: str, actor: str) -> None:
        """End it and all its tokens.

        Raises:
            NotFound: The platform has no such client, or it has ended.
        """
        if platform == PEOPLE or not await self.clients.revoke(platform, client_id, actor, self.clock()):
            raise NotFound("there is no such client")


@dataclass(frozen=True, slots=True)
class AdmitClient:
    """An access token of a platform's own client to its caller."""

    clock: Clock
    platforms: Platforms
    tokens: Tokens

    async def __call__(self, presented: str) -> Caller | None:
        """Return for whom the bearer works; None when this is no token of a platform's client, or holds no longer.

        What a person granted to somebody opens nothing here.
        """
        if not presented.startswith(ACCESS_PREFIX):
            return None
        found = await self.tokens.access(sha256(presented.encode()).digest(), None, self.clock())
        if found is None or found.grant.platform == PEOPLE or found.grant.person:
            return None
        grant = found.grant
        platform = await self.platforms.find(grant.platform)
        return Caller(
            platform=grant.platform,
            holder=grant.client,
            scopes=frozenset(map(Scope, grant.scopes)),
            platform_per_minute=platform.limits.requests_per_minute if platform else 0,
            expires=grant.client_expires,
            member=grant.member,
        )
