"""Opens every edge with the settings: the stores, the keys, the network. Knows no flow but verification."""

import datetime as dt
import importlib
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from types import ModuleType
from typing import Any  # Any: a driver's class, imported when it is configured
from uuid import uuid4

import msgspec

from gateway.assembly.folder import require_folder
from gateway.assembly.trusted import anchors, shapes
from gateway.edges.addresses import configured, refuse_inside, web_address
from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.https import HttpsFetch, Local
from gateway.edges.key_file import FileKeys
from gateway.edges.key_uses import StoredKeyUses
from gateway.edges.local_when_away import LocalWhenAway
from gateway.edges.memory import MemoryCache, MemoryRateLimit
from gateway.edges.migrate import migrate
from gateway.edges.outbound import HttpsPost
from gateway.edges.platforms import StoredPlatforms
from gateway.edges.private_files import master_key
from gateway.edges.settled import StoredFacts
from gateway.edges.sqlite import SQLite
from gateway.edges.tickets import MemoryTickets, RedisTickets
from gateway.errors import FetchBlocked, Misconfigured
from gateway.flows.receive import Receive
from gateway.flows.verify import Verify
from gateway.ports import Cache, Clock, RateLimit
from gateway.ports.offers import Tickets
from gateway.records import Platform
from gateway.records.people import PEOPLE
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from gateway.settings import Settings


def utc_now() -> dt.datetime:
    """The clock on the wall."""
    return dt.datetime.now(dt.UTC)


def new_id() -> str:
    """A random UUIDv4 in lower case."""
    return str(uuid4())


class Edges(msgspec.Struct, frozen=True, kw_only=True):
    """Every port, opened."""

    clock: Clock
    new_id: Callable[[], str]
    database: Database
    envelope: Envelope
    cache: Cache
    rate_limit: RateLimit
    tickets: Tickets
    keys: FileKeys
    platforms: StoredPlatforms
    key_uses: StoredKeyUses
    post: HttpsPost


@asynccontextmanager
async def examining(settings: Settings, *, clock: Clock = utc_now) -> AsyncIterator[Verify]:
    """Only what verification needs: the network and a cache; no store, no keys.

    What this gateway issued is fetched from its public address, as by anybody; in development that is on loopback, and
    allowed because the settings name it.
    """
    async with network(settings, MemoryCache(), clock, None) as fetch:
        yield Verify(clock, fetch, Receive(fetch), anchors=anchors(settings), shapes=shapes(settings))


def barred(settings: Settings, addresses: Iterable[str]) -> tuple[str, ...]:
    """The origins among addresses that are not fetched from, as ``GATEWAY_EXEMPT_ORIGINS`` would name them.

    Only what their text shows: a name that leads inside shows when it is looked up.
    """
    reach = Reach()
    own = {configured(origin).origin for origin in (*settings.exempt, settings.public_url) if origin}
    found: dict[str, None] = {}
    for address in addresses:
        try:
            url = web_address(address)
        except FetchBlocked:
            continue
        try:
            refuse_inside(url, reach.ports, reach.inside)
        except FetchBlocked:
            if url.origin not in own:
                found[f"{url.scheme}://{url.authority}"] = None
    return tuple(found)


async def encrypt_keys(settings: Settings, *, clock: Clock = utc_now) -> int:
    """Encrypt the signing keys that are not, with the passphrase of the settings; return how many that were.

    Raises:
        Misconfigured: No passphrase is set, or some keys are encrypted with another one.
    """
    if not settings.key_passphrase:
        raise Misconfigured(
            "no passphrase is set to encrypt the keys with",
            pointer="GATEWAY_KEY_PASSPHRASE",
            fix="set GATEWAY_KEY_PASSPHRASE, here and wherever the gateway runs",
        )
    return await FileKeys.encrypt(settings.data_dir, settings.key_passphrase, clock)


async def opened(settings: Settings, clock: Clock, new_id: Callable[[], str], stack: AsyncExitStack) -> Edges:
    """Open every edge and make the default platform; ``stack`` closes them.

    Raises:
        Misconfigured: The settings contradict the store, or a part cannot be opened with them.
        Unavailable: The store does not answer.
    """
    require_folder(settings.data_dir)
    database = await _database(settings)
    stack.push_async_callback(database.close)
    await migrate(database)
    envelope = Envelope(master_key(settings.data_dir, settings.master_key or None))
    await _settle(settings, database, envelope)
    platforms = StoredPlatforms(database)
    for platform_id in (DEFAULT_PLATFORM, twin_of(DEFAULT_PLATFORM), PEOPLE):
        await platforms.ensure(Platform(id=platform_id, name=settings.issuer_name, created=clock()))
    key_uses = StoredKeyUses(database)
    stack.push_async_callback(key_uses.settled)
    cache: Cache = MemoryCache()
    rate_limit: RateLimit = MemoryRateLimit()
    tickets: Tickets = MemoryTickets(clock)
    if settings.redis_url:
        driver = _driver("redis")
        redis = await stack.enter_async_context(_redis(driver, settings.redis_url))
        cache, rate_limit = driver.RedisCache(redis), LocalWhenAway(driver.RedisRateLimit(redis), rate_limit)
        # Nothing local stands in for these: what one process gave out, another one takes.
        tickets = RedisTickets(redis)
    return Edges(
        clock=clock,
        new_id=new_id,
        database=database,
        envelope=envelope,
        cache=cache,
        rate_limit=rate_limit,
        tickets=tickets,
        keys=await FileKeys.open(settings.data_dir, settings.key_passphrase, clock),
        platforms=platforms,
        key_uses=key_uses,
        post=await stack.enter_async_context(HttpsPost(reach=Reach(exempt_origins=settings.exempt))),
    )


def _redis(driver: ModuleType, url: str) -> AbstractAsyncContextManager[Any]:
    try:
        shared: AbstractAsyncContextManager[Any] = driver.SharedRedis(url)
    except ValueError as error:
        # Its value may hold a password, and so may what the driver says of it.
        raise Misconfigured(
            "GATEWAY_REDIS_URL is no address of a Redis",
            pointer="GATEWAY_REDIS_URL",
            fix="give redis://host:6379/0, rediss://user:password@host:6379/0 or unix:///run/redis.sock",
        ) from error
    return shared


def _driver(name: str) -> ModuleType:
    """An edge that is imported only when it is configured: the two drivers take longer than a whole conversion."""
    return importlib.import_module(f"gateway.edges.{name}")


async def _database(settings: Settings) -> Database:
    if settings.database_url:
        store: Database = await _driver("postgres").PostgreSQL.open(settings.database_url)
        return store
    return await SQLite.open(settings.data_dir / "gateway.sqlite")


async def _settle(settings: Settings, database: Database, envelope: Envelope) -> None:
    """Refuse to start under another address, or with another master key, than what is stored was made with."""
    facts = StoredFacts(database)
    if await facts.first("master-key", envelope.fingerprint) != envelope.fingerprint:
        raise Misconfigured(
            "the store was written with another master key",
            pointer="GATEWAY_MASTER_KEY",
            fix="give back the master key that the store was made with; without it nothing in it can be read",
        )
    if not settings.public_url:
        return
    settled = await facts.first("public-url", settings.public_url)
    if settled != settings.public_url:
        raise Misconfigured(
            f"what is in this store was issued under {settled}, not {settings.public_url}",
            pointer="GATEWAY_PUBLIC_URL",
            fix=f"set GATEWAY_PUBLIC_URL={settled}, or GATEWAY_DATA_DIR to a new folder",
        )


def network(
    settings: Settings, cache: Cache, clock: Clock, own_pages: Local | None, rate_limit: RateLimit | None = None
) -> HttpsFetch:
    """The network; what is under our own public URL is asked of ``own_pages``, of the network when that is None."""
    abroad = {settings.public_url} if settings.development and own_pages is None else set()
    return HttpsFetch(
        cache,
        clock,
        reach=Reach(exempt_origins=settings.exempt | abroad),
        limits=Limits(deadline_s=settings.fetch_timeout_s),
        rate_limit=rate_limit,
        public_url=settings.public_url if own_pages is not None else "",
        local=own_pages,
    )
