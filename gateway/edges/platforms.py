"""Platforms, and the API keys by which callers are known; of a key only its digest is stored."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from gateway.edges.audit import noted
from gateway.edges.database import EVERYWHERE, Database, Row, Value, Work, instant, maybe_instant, micros, single
from gateway.edges.makers import still_owner, within_of
from gateway.records import ApiKey, KeyHolder, Platform
from gateway.records.access import Scope
from gateway.records.tenants import PlatformLimits, TrustPolicy, twin_of

_COLUMNS = """
id, name, email, url, organisation_id, country, renamed, policy, requests_per_minute, issued_per_day, created
"""
_ENSURE = """
insert into platforms (id, name, created) values ($1, $2, $3)
on conflict (id) do update set name = case when platforms.renamed = 0 then excluded.name else platforms.name end
"""
_MAKE = """
insert into platforms (id, name, email, url, renamed, policy, requests_per_minute, issued_per_day, created)
values ($1, $2, $3, $4, 1, $5, $6, $7, $8)
on conflict (id) do nothing
returning id
"""
_CHANGE = """
update platforms set name = $2, email = $3, url = $4, renamed = $5, policy = $6, requests_per_minute = $7,
                     issued_per_day = $8, organisation_id = $9, country = $10
where id = $1
"""
HOLD = f"update platforms set name = name where id = $1 returning {_COLUMNS}"  # noqa: S608 - columns of ours
"""Makes everybody else who changes, or holds, this platform wait for the end of the transaction."""

_DECIDED = ("name", "email", "url", "organisation_id", "country", "policy", "limits")
_ALL = f"select {_COLUMNS} from platforms order by id"  # noqa: S608 - columns of ours
_FIND = f"select {_COLUMNS} from platforms where id = $1"  # noqa: S608

_KEY = """
k.id, k.platform, k.prefix, k.sha256, k.created, k.name, k.scopes, k.expires, k.last_used, k.revoked, k.made_by,
k.member
"""
_MAKE_KEY = """
insert into api_keys (id, platform, prefix, sha256, created, name, scopes, expires, made_by, member)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
_HOLDER = f"""
select {_KEY}, p.requests_per_minute from api_keys k join platforms p on p.id = k.platform where k.sha256 = $1
"""  # noqa: S608
_KEYS = f"select {_KEY} from api_keys k where k.platform = $1 order by k.created, k.id"  # noqa: S608
_REVOKE = "update api_keys set revoked = $3 where platform = $1 and id = $2 and revoked is null returning id"
_KNOWN = "select id from api_keys where platform = $1 and id = $2"


@dataclass(frozen=True, slots=True)
class StoredPlatforms:
    """The ports ``Platforms`` and ``PlatformChanges``."""

    database: Database

    async def ensure(self, platform: Platform) -> None:
        """Store the platform, or give the one with its id this name, unless it was renamed."""
        work = single(_ENSURE, platform.id, platform.name, micros(platform.created))
        await self.database.within(platform.id).transaction(work)

    async def find(self, platform_id: str) -> Platform | None:
        """Return the platform with this id."""
        for row in await self.database.within(platform_id).fetch(_FIND, platform_id):
            return _platform_of(row)
        return None

    async def all(self) -> Sequence[Platform]:
        """Return every platform, by id."""
        return [_platform_of(row) for row in await self.database.within(EVERYWHERE).fetch(_ALL)]

    async def make(self, platform: Platform, actor: str) -> bool:
        """Commit a platform and its twin for tests; False, and nothing happens, when its id is taken."""
        return await self.database.within(EVERYWHERE).transaction(lambda: _made(platform, actor))

    async def change(
        self, platform_id: str, decide: Callable[[Platform], Platform], actor: str, at: dt.datetime
    ) -> Platform | None:
        """Commit everything that a platform decides for itself, and that it was changed."""

        def work() -> Work[Platform | None]:
            for row in (yield HOLD, (platform_id,)):
                before = _platform_of(row)
                after = decide(before)
                changed = [name for name in _DECIDED if getattr(after, name) != getattr(before, name)]
                if changed:
                    yield _CHANGE, _values(after)
                    yield from noted(platform_id, actor, "platform.changed", " ".join(changed), at)
                return after
            return None

        return await self.database.within(platform_id).transaction(work)


@dataclass(frozen=True, slots=True)
class StoredApiKeys:
    """The ports ``ApiKeys`` and ``ManagedKeys``."""

    database: Database

    async def holder(self, sha256: bytes) -> KeyHolder | None:
        """Return the API key whose whole text has this digest, ended or not."""
        for row in await self.database.within(EVERYWHERE).fetch(_HOLDER, sha256):
            return KeyHolder(key=_key_of(row), platform_per_minute=row["requests_per_minute"])
        return None

    async def of(self, platform: str) -> Sequence[ApiKey]:
        """Return every key, oldest first; those that ended too."""
        return [_key_of(row) for row in await self.database.within(platform).fetch(_KEYS, platform)]

    async def make(self, key: ApiKey, actor: str) -> None:
        """Return once the key is durable. Its platform must be there (``ValueError``).

        Raises:
            InsufficientScope: The member by whose rights it is made is no owner any more.
        """

        def work() -> Work[None]:
            scopes = " ".join(sorted(key.scopes))
            expires = None if key.expires is None else micros(key.expires)
            values = key.id, key.platform, key.prefix, key.sha256, micros(key.created), key.name, scopes, expires
            yield from still_owner(key.member)
            yield _MAKE_KEY, (*values, key.made_by, key.member)
            yield from noted(key.platform, actor, "api-key.made", key.id, key.created)

        await self.database.within(within_of(key.platform, key.member)).transaction(work)

    async def revoke(self, platform: str, key_id: str, actor: str, at: dt.datetime) -> bool:
        """End a key for good; False when the platform has no such key."""

        def work() -> Work[bool]:
            if (yield _REVOKE, (platform, key_id, micros(at))):
                yield from noted(platform, actor, "api-key.revoked", key_id, at)
            return bool((yield _KNOWN, (platform, key_id)))

        return await self.database.within(platform).transaction(work)


def _made(platform: Platform, actor: str) -> Work[bool]:
    policy, created = _policy(platform), micros(platform.created)
    limits = platform.limits
    for platform_id in (platform.id, twin_of(platform.id)):
        values = platform_id, platform.name, platform.email, platform.url, policy
        rest = limits.requests_per_minute, limits.issued_per_day, created
        if not (yield _MAKE, (*values, *rest)):
            return False
        yield from noted(platform_id, actor, "platform.made", platform_id, platform.created)
    return True


def _values(platform: Platform) -> tuple[Value, ...]:
    limits = platform.limits.requests_per_minute, platform.limits.issued_per_day
    said = platform.id, platform.name, platform.email, platform.url, int(platform.renamed), _policy(platform)
    return *said, *limits, platform.organisation_id, platform.country


def _policy(platform: Platform) -> str:
    return msgspec.json.encode(platform.policy).decode()


def _platform_of(row: Row) -> Platform:
    return Platform(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        url=row["url"],
        organisation_id=row["organisation_id"],
        country=row["country"],
        renamed=bool(row["renamed"]),
        policy=msgspec.json.decode(row["policy"], type=TrustPolicy),
        limits=PlatformLimits(requests_per_minute=row["requests_per_minute"], issued_per_day=row["issued_per_day"]),
        created=instant(row["created"]),
    )


def _key_of(row: Row) -> ApiKey:
    return ApiKey(
        id=row["id"],
        platform=row["platform"],
        prefix=row["prefix"],
        sha256=row["sha256"],
        created=instant(row["created"]),
        name=row["name"],
        scopes=frozenset(map(Scope, row["scopes"].split())),
        expires=maybe_instant(row["expires"]),
        last_used=maybe_instant(row["last_used"]),
        revoked=maybe_instant(row["revoked"]),
        made_by=row["made_by"],
        member=row["member"],
    )
