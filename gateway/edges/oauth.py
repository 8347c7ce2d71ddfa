"""The stores of the OAuth 2.0 authorization server. What is used once is used by one statement."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from gateway.edges.audit import noted
from gateway.edges.database import EVERYWHERE, Database, Row, Value, Work, instant, maybe_instant, micros, single
from gateway.edges.makers import still_owner, within_of
from gateway.records.oauth import (
    AccessToken,
    Authorised,
    Client,
    ClientAuthentication,
    Code,
    Consent,
    Grant,
    GrantType,
    RefreshToken,
)
from gateway.records.people import PEOPLE

UNUSED_KEPT = dt.timedelta(days=1)
"""Anybody may register a client; what nobody has used by then is forgotten."""

USED_KEPT = dt.timedelta(days=1)
"""A code that was used is known as such for so long after it expired."""

_ADD = """
insert into oauth_clients (id, platform, name, authentication, secret, redirect_uris, grant_types, scopes,
                           client_uri, tos_uri, policy_uri, created, expires, made_by, member)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
"""
_FORGET = "delete from oauth_clients where platform = $1 and used is null and created < $2"
_CLIENT = """
c.id, c.platform, c.name, c.authentication, c.secret, c.redirect_uris, c.grant_types, c.scopes, c.client_uri,
c.tos_uri, c.policy_uri, c.created, c.used, c.expires, c.made_by, c.member
"""
_FIND = f"select {_CLIENT} from oauth_clients c where c.id = $1 and (c.platform = $2 or $2 = '*') and c.revoked is null"  # noqa: S608
_OF = f"select {_CLIENT} from oauth_clients c where c.platform = $1 and c.revoked is null order by c.created, c.id"  # noqa: S608
_REVOKE = "update oauth_clients set revoked = $3 where platform = $1 and id = $2 and revoked is null returning id"
_USE = "update oauth_clients set used = $3 where platform = $1 and id = $2 and used is null"

_GRANT = """
insert into oauth_consents (id, platform, person, client, scopes, granted) values ($1, $2, $3, $4, $5, $6)
on conflict (id) do nothing
"""
_FORGET_CODES = "delete from oauth_codes where platform = $1 and expires < $2"
_ADD_CODE = """
insert into oauth_codes (sha256, platform, consent, client, redirect_uri, challenge, expires)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (sha256) do nothing
"""
_USABLE_CODE = """
select c.sha256 from oauth_codes c join oauth_consents g on g.id = c.consent and g.platform = c.platform
where c.platform = $1 and c.sha256 = $2 and c.used is null and c.expires > $3 and g.revoked is null
"""
_TAKE = """
update oauth_codes set used = $4 where platform = $1 and sha256 = $2 and client = $3 and used is null
returning consent
"""
_CODE = """
select c.sha256, c.redirect_uri, c.challenge, c.expires, c.consent,
       g.platform, g.person, g.client, g.scopes, g.granted
from oauth_codes c join oauth_consents g on g.id = c.consent and g.platform = c.platform
where c.platform = $1 and c.sha256 = $2 and c.client = $3 and g.revoked is null
"""
_END_FAMILY = "update oauth_consents set revoked = $3 where platform = $1 and id = $2 and revoked is null"
_END_FAMILY_OF_CODE = """
update oauth_consents set revoked = $4 where platform = $1 and revoked is null
and id in (select consent from oauth_codes where platform = $1 and sha256 = $2 and client = $3)
"""
_WITHDRAW = """
update oauth_consents set revoked = $4 where platform = $1 and person = $2 and client = $3 and revoked is null
returning id
"""
_HELD = """
select g.id as consent, g.platform, g.person, g.client, g.scopes, g.granted
from oauth_consents g where g.platform = $1 and g.person = $2 and g.client = $3 and g.revoked is null
order by g.granted
"""
_AUTHORISED = f"""
select {_CLIENT}, g.scopes as agreed, g.granted
from oauth_consents g join oauth_clients c on c.id = g.client and c.platform = g.platform
where g.platform = $1 and g.person = $2 and g.revoked is null and c.revoked is null
order by g.granted desc, g.id
"""  # noqa: S608

_FORGET_ACCESS = "delete from oauth_access_tokens where platform = $1 and expires < $2"
_ADD_ACCESS = """
insert into oauth_access_tokens (sha256, platform, consent, person, client, scopes, expires)
values ($1, $2, $3, $4, $5, $6, $7)
"""
_ACCESS = """
select t.sha256, t.platform, t.consent, t.person, t.client, t.scopes, t.expires,
       c.expires as client_expires, c.member
from oauth_access_tokens t
join oauth_clients c on c.id = t.client and c.platform = t.platform
left join oauth_consents g on g.id = t.consent and g.platform = t.platform
where t.sha256 = $1 and (t.platform = $2 or $2 = '*') and t.expires > $3
  and c.revoked is null and (t.consent is null or (g.id is not null and g.revoked is null))
"""
_END_ACCESS = "delete from oauth_access_tokens where platform = $1 and sha256 = $2 and client = $3"
_FORGET_REFRESH = "delete from oauth_refresh_tokens where platform = $1 and expires < $2"
_ADD_REFRESH = """
insert into oauth_refresh_tokens (sha256, platform, consent, client, expires) values ($1, $2, $3, $4, $5)
"""
_REFRESH = """
select t.sha256, t.expires, t.used, t.consent, g.platform, g.person, g.client, g.scopes, g.granted
from oauth_refresh_tokens t join oauth_consents g on g.id = t.consent and g.platform = t.platform
where t.platform = $1 and t.sha256 = $2 and t.client = $3 and g.revoked is null
"""
_ROTATE = """
update oauth_refresh_tokens set used = $3 where platform = $1 and sha256 = $2 and used is null returning consent
"""


@dataclass(frozen=True, slots=True)
class StoredClients:
    """The ports ``Clients`` and ``ClientUses``."""

    database: Database

    async def add(self, client: Client, actor: str = "") -> None:
        """Return once the client is durable; registrations older than a day that nobody used are forgotten.

        Raises:
            InsufficientScope: The member by whose rights it is made is no owner any more.
        """

        def work() -> Work[None]:
            if client.platform == PEOPLE:
                yield _FORGET, (PEOPLE, micros(client.created - UNUSED_KEPT))
            yield from still_owner(client.member)
            yield _ADD, _client_columns(client)
            if actor:
                yield from noted(client.platform, actor, "client.made", client.id, client.created)

        await self.database.within(within_of(client.platform, client.member)).transaction(work)

    async def find(self, client_id: str) -> Client | None:
        """Return the client with this id, of whichever platform: the id cannot be guessed."""
        rows = await self.database.within(EVERYWHERE).fetch(_FIND, client_id, EVERYWHERE)
        return _client(rows[0]) if rows else None

    async def of(self, platform: str) -> Sequence[Client]:
        """Return every client of a platform, oldest first."""
        return [_client(row) for row in await self.database.within(platform).fetch(_OF, platform)]

    async def revoke(self, platform: str, client_id: str, actor: str, at: dt.datetime) -> bool:
        """End a client of the platform with all its tokens; tell whether there was one."""

        def work() -> Work[bool]:
            if not (yield _REVOKE, (platform, client_id, micros(at))):
                return False
            yield from noted(platform, actor, "client.revoked", client_id, at)
            return True

        return await self.database.within(platform).transaction(work)

    async def used(self, platform: str, client_id: str, at: dt.datetime) -> None:
        """Keep when a client first got something."""
        await self.database.within(platform).transaction(single(_USE, platform, client_id, micros(at)))


@dataclass(frozen=True, slots=True)
class StoredConsents:
    """The port ``Consents``."""

    database: Database

    async def grant(self, code: Code, at: dt.datetime) -> bool:
        """Commit a consent with its code; the same code again changes nothing while it is neither used nor expired."""
        given = code.consent

        def work() -> Work[bool]:
            yield _FORGET_CODES, (given.platform, micros(at - USED_KEPT))
            scopes = " ".join(given.scopes)
            yield _GRANT, (given.id, given.platform, given.person, given.client, scopes, micros(given.granted))
            yield (
                _ADD_CODE,
                (
                    code.sha256,
                    given.platform,
                    given.id,
                    given.client,
                    code.redirect_uri,
                    code.challenge,
                    micros(code.expires),
                ),
            )
            yield _USE, (given.platform, given.client, micros(at))
            return bool((yield _USABLE_CODE, (given.platform, code.sha256, micros(at))))

        return await self.database.within(given.platform).transaction(work)

    async def of(self, platform: str, person: str) -> Sequence[Authorised]:
        """Return what a person has authorised, by client, latest first."""
        found: dict[str, Authorised] = {}
        for row in await self.database.within(platform).fetch(_AUTHORISED, platform, person):
            before = found.get(row["id"])
            scopes = (before.scopes if before else ()) + tuple(row["agreed"].split())
            found[row["id"]] = Authorised(
                client=_client(row),
                scopes=tuple(dict.fromkeys(scopes)),
                granted=before.granted if before else instant(row["granted"]),
            )
        return tuple(found.values())

    async def held(self, platform: str, person: str, client_id: str) -> Sequence[Consent]:
        """Return the consents of a person to one client that hold."""
        rows = await self.database.within(platform).fetch(_HELD, platform, person, client_id)
        return [_consent(row) for row in rows]

    async def withdraw(self, platform: str, person: str, client_id: str, at: dt.datetime) -> bool:
        """End every consent of a person to a client at once; tell whether there was one."""
        ended = single(_WITHDRAW, platform, person, client_id, micros(at))
        return bool(await self.database.within(platform).transaction(ended))


@dataclass(frozen=True, slots=True)
class StoredCodes:
    """The port ``Codes``."""

    database: Database

    async def take(self, sha256: bytes, client: Client, at: dt.datetime) -> Code | None:
        """Use the code up and return it; one that was used before ends its family and is None."""
        mine = (client.platform, sha256, client.id)

        def work() -> Work[Code | None]:
            if not (yield _TAKE, (*mine, micros(at))):
                yield _END_FAMILY_OF_CODE, (*mine, micros(at))
                return None
            rows = yield _CODE, mine
            return _code(rows[0]) if rows else None

        return await self.database.within(client.platform).transaction(work)


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """The ports ``Tokens`` and ``Revocations``."""

    database: Database

    async def issue(self, access: AccessToken, refresh: RefreshToken | None, at: dt.datetime) -> None:
        """Commit tokens; those that have expired are forgotten."""
        platform = access.grant.platform

        def work() -> Work[None]:
            yield _FORGET_ACCESS, (platform, micros(at))
            yield _FORGET_REFRESH, (platform, micros(at))
            yield _USE, (platform, access.grant.client, micros(at))
            yield _ADD_ACCESS, _access_columns(access)
            if refresh is not None:
                yield _ADD_REFRESH, _refresh_columns(refresh)

        await self.database.within(platform).transaction(work)

    async def access(self, sha256: bytes, platform: str | None, at: dt.datetime) -> AccessToken | None:
        """Return the access token while it, its consent and its client live; ``platform`` None looks in all."""
        place = EVERYWHERE if platform is None else platform
        rows = await self.database.within(place).fetch(_ACCESS, sha256, place, micros(at))
        return _access(rows[0]) if rows else None

    async def refresh(self, sha256: bytes, client: Client) -> RefreshToken | None:
        """Return a refresh token of the client, used or not, whose consent holds."""
        rows = await self.database.within(client.platform).fetch(_REFRESH, client.platform, sha256, client.id)
        return _refresh(rows[0]) if rows else None

    async def rotate(self, used: RefreshToken, access: AccessToken, refresh: RefreshToken, at: dt.datetime) -> bool:
        """Use one up and commit its successors; False, and nothing happens, when somebody was faster."""
        platform = used.consent.platform

        def work() -> Work[bool]:
            if not (yield _ROTATE, (platform, used.sha256, micros(at))):
                return False
            yield _FORGET_ACCESS, (platform, micros(at))
            yield _ADD_ACCESS, _access_columns(access)
            yield _ADD_REFRESH, _refresh_columns(refresh)
            return True

        return await self.database.within(platform).transaction(work)

    async def end_access(self, sha256: bytes, client: Client) -> None:
        """End one access token of the client, if there is one."""
        ended = single(_END_ACCESS, client.platform, sha256, client.id)
        await self.database.within(client.platform).transaction(ended)

    async def end_family(self, consent: Consent, at: dt.datetime) -> None:
        """End a consent with every code and token of it."""
        ended = single(_END_FAMILY, consent.platform, consent.id, micros(at))
        await self.database.within(consent.platform).transaction(ended)


def _client_columns(client: Client) -> tuple[Value, ...]:
    return (
        client.id,
        client.platform,
        client.name,
        client.authentication.value,
        client.secret_sha256,
        msgspec.json.encode(client.redirect_uris).decode(),
        " ".join(client.grant_types),
        " ".join(client.scopes),
        client.client_uri,
        client.tos_uri,
        client.policy_uri,
        micros(client.created),
        None if client.expires is None else micros(client.expires),
        client.made_by,
        client.member,
    )


def _client(row: Row) -> Client:
    return Client(
        id=row["id"],
        platform=row["platform"],
        name=row["name"],
        authentication=ClientAuthentication(row["authentication"]),
        secret_sha256=row["secret"],
        redirect_uris=msgspec.json.decode(row["redirect_uris"], type=tuple[str, ...]),
        grant_types=tuple(map(GrantType, row["grant_types"].split())),
        scopes=tuple(row["scopes"].split()),
        client_uri=row["client_uri"],
        tos_uri=row["tos_uri"],
        policy_uri=row["policy_uri"],
        created=instant(row["created"]),
        used=maybe_instant(row["used"]),
        expires=maybe_instant(row["expires"]),
        made_by=row["made_by"],
        member=row["member"],
    )


def _consent(row: Row) -> Consent:
    return Consent(
        id=row["consent"],
        platform=row["platform"],
        person=row["person"],
        client=row["client"],
        scopes=tuple(row["scopes"].split()),
        granted=instant(row["granted"]),
    )


def _code(row: Row) -> Code:
    return Code(
        sha256=row["sha256"],
        consent=_consent(row),
        redirect_uri=row["redirect_uri"],
        challenge=row["challenge"],
        expires=instant(row["expires"]),
    )


def _access_columns(token: AccessToken) -> tuple[Value, ...]:
    held = token.grant
    scopes = " ".join(sorted(held.scopes))
    return (
        token.sha256,
        held.platform,
        token.family or None,
        held.person,
        held.client,
        scopes,
        micros(token.expires),
    )


def _access(row: Row) -> AccessToken:
    return AccessToken(
        sha256=row["sha256"],
        family=row["consent"] or "",
        grant=Grant(
            row["platform"],
            row["person"],
            row["client"],
            frozenset(row["scopes"].split()),
            maybe_instant(row["client_expires"]),
            row["member"],
        ),
        expires=instant(row["expires"]),
    )


def _refresh_columns(token: RefreshToken) -> tuple[Value, ...]:
    of = token.consent
    return (token.sha256, of.platform, of.id, of.client, micros(token.expires))


def _refresh(row: Row) -> RefreshToken:
    return RefreshToken(
        sha256=row["sha256"], consent=_consent(row), expires=instant(row["expires"]), used=maybe_instant(row["used"])
    )
