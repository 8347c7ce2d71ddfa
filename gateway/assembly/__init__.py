"""Where ports meet their edges: settings in, every flow ready to be called out. Knows no web framework."""

import datetime as dt
import importlib
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from types import ModuleType
from typing import Any  # Any: a driver's class, imported when it is configured
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec

from gateway.assembly.backpack import BackpackFlows, backpack_flows
from gateway.assembly.badgr import BadgrFlows, badgr_flows
from gateway.assembly.converting import converting
from gateway.assembly.folder import require_folder
from gateway.assembly.holdings import HoldingFlows, holding_flows
from gateway.assembly.native import Native, native
from gateway.assembly.oauth import OAuth, clients_of_platforms, oauth
from gateway.assembly.people import PeopleFlows, people_flows
from gateway.assembly.platform import PlatformFlows, platform_flows
from gateway.assembly.watches import Watching, watching
from gateway.assembly.webhooks import WebhookFlows, webhook_flows
from gateway.edges.achievements import StoredAchievements
from gateway.edges.addresses import configured, refuse_inside, web_address
from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.forms import StoredForms
from gateway.edges.https import HttpsFetch, Local
from gateway.edges.key_file import FileKeys
from gateway.edges.key_uses import StoredKeyUses
from gateway.edges.local_when_away import LocalWhenAway
from gateway.edges.memory import MemoryCache, MemoryRateLimit
from gateway.edges.migrate import migrate
from gateway.edges.newest_lists import StoredNewestLists
from gateway.edges.outbound import HttpsPost
from gateway.edges.platforms import StoredPlatforms
from gateway.edges.private_files import master_key
from gateway.edges.records import StoredRecords
from gateway.edges.replies import StoredReplies
from gateway.edges.settled import StoredFacts, StoreHealth
from gateway.edges.sqlite import SQLite
from gateway.edges.status_lists import StoredStatusLists
from gateway.errors import FetchBlocked, Misconfigured
from gateway.flows.admit import Admit, FirstKey
from gateway.flows.check_health import CheckHealth
from gateway.flows.convert import Convert
from gateway.flows.describe import Describe
from gateway.flows.extend import Extend
from gateway.flows.identify import Identify
from gateway.flows.inspect import Inspect
from gateway.flows.list_keys import ListKeys
from gateway.flows.look_up import LookUp, ShowOriginal
from gateway.flows.once import Once
from gateway.flows.own_pages import OwnPages, OwnPagesFirst
from gateway.flows.publish import Publish
from gateway.flows.receive import Receive
from gateway.flows.revoke import Revoke
from gateway.flows.show import Show
from gateway.flows.verify import Verify
from gateway.ports import Cache, Clock, Fetch, Keys, Platforms, RateLimit
from gateway.records import Platform
from gateway.records.people import PEOPLE
from gateway.records.tenants import DEFAULT_PLATFORM as DEFAULT_PLATFORM
from gateway.records.tenants import twin_of
from gateway.settings import Settings
from gateway.trust.known_lists import KnownLists


def utc_now() -> dt.datetime:
    """The clock on the wall."""
    return dt.datetime.now(dt.UTC)


def new_id() -> str:
    """A random UUIDv4 in lower case."""
    return str(uuid4())


class Gateway(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the gateway can do, ready to be called."""

    settings: Settings
    clock: Clock
    keys: Keys
    platforms: Platforms
    rate_limit: RateLimit
    inspect: Inspect
    verify: Verify
    convert: Convert
    extend: Extend
    revoke: Revoke
    publish: Publish
    show: Show
    show_original: ShowOriginal
    look_up: LookUp
    list_keys: ListKeys
    describe: Describe
    native: Native
    once: Once
    admit: Admit
    first_key: FirstKey
    tenancy: PlatformFlows
    check_health: CheckHealth
    people: PeopleFlows
    oauth: OAuth
    holdings: HoldingFlows
    backpack: BackpackFlows
    badgr: BadgrFlows
    watching: Watching
    webhooks: WebhookFlows


class Edges(msgspec.Struct, frozen=True, kw_only=True):
    """Every port, opened."""

    clock: Clock
    database: Database
    envelope: Envelope
    cache: Cache
    rate_limit: RateLimit
    keys: FileKeys
    platforms: StoredPlatforms
    key_uses: StoredKeyUses
    post: HttpsPost


@asynccontextmanager
async def assembled(settings: Settings, *, web: Fetch | None = None, clock: Clock = utc_now) -> AsyncIterator[Gateway]:
    """Open every edge, make the default platform, and close all of it at the end.

    Args:
        web: Asked instead of the network for everything that is not under our own public URL.

    Raises:
        Misconfigured: The settings contradict the store, or a part cannot be opened with them.
        Unavailable: The store does not answer.
    """
    async with AsyncExitStack() as stack:
        edges = await _opened(settings, clock, stack)
        identities = _identities(settings, edges.platforms)
        show = Show(
            identities,
            edges.keys,
            StoredForms(edges.database, edges.envelope),
            StoredAchievements(edges.database, edges.envelope),
            StoredStatusLists(edges.database),
        )
        own_pages = OwnPages(clock, show, settings.public_url)
        fetch: Fetch
        if web is None:
            fetch = await stack.enter_async_context(_network(settings, edges.cache, clock, own_pages, edges.rate_limit))
        else:
            fetch = OwnPagesFirst(own_pages, web)
        yield _wired(settings, edges, fetch, identities, show)


@asynccontextmanager
async def examining(settings: Settings, *, clock: Clock = utc_now) -> AsyncIterator[Verify]:
    """Only what verification needs: the network and a cache; no store, no keys.

    What this gateway issued is fetched from its public address, as by anybody; in development that is on loopback, and
    allowed because the settings name it.
    """
    async with _network(settings, MemoryCache(), clock, None) as fetch:
        yield Verify(clock, fetch, Receive(fetch))


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


async def _opened(settings: Settings, clock: Clock, stack: AsyncExitStack) -> Edges:
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
    if settings.redis_url:
        driver = _driver("redis")
        redis = await stack.enter_async_context(_redis(driver, settings.redis_url))
        cache, rate_limit = driver.RedisCache(redis), LocalWhenAway(driver.RedisRateLimit(redis), rate_limit)
    return Edges(
        clock=clock,
        database=database,
        envelope=envelope,
        cache=cache,
        rate_limit=rate_limit,
        keys=await FileKeys.open(settings.data_dir, settings.key_passphrase, clock),
        platforms=platforms,
        key_uses=key_uses,
        post=await stack.enter_async_context(HttpsPost(reach=Reach(exempt_origins=settings.exempt))),
    )


def _redis(driver: ModuleType, url: str) -> AbstractAsyncContextManager[Any]:
    try:
        opened: AbstractAsyncContextManager[Any] = driver.SharedRedis(url)
    except ValueError as error:
        # Its value may hold a password, and so may what the driver says of it.
        raise Misconfigured(
            "GATEWAY_REDIS_URL is no address of a Redis",
            pointer="GATEWAY_REDIS_URL",
            fix="give redis://host:6379/0, rediss://user:password@host:6379/0 or unix:///run/redis.sock",
        ) from error
    return opened


def _driver(name: str) -> ModuleType:
    """An edge that is imported only when it is configured: the two drivers take longer than a whole conversion."""
    return importlib.import_module(f"gateway.edges.{name}")


async def _database(settings: Settings) -> Database:
    if settings.database_url:
        opened: Database = await _driver("postgres").PostgreSQL.open(settings.database_url)
        return opened
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


def _identities(settings: Settings, platforms: Platforms) -> Identify:
    host = urlsplit(settings.public_url).hostname or "localhost"
    return Identify(
        platforms=platforms,
        public_url=settings.public_url,
        email=settings.issuer_email or f"badges@{host}",
        development=settings.development,
        open_badges_3_issuer=settings.open_badges_3_issuer,
    )


def _network(
    settings: Settings, cache: Cache, clock: Clock, own_pages: Local | None, rate_limit: RateLimit | None = None
) -> HttpsFetch:
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


def _publishing(settings: Settings, edges: Edges, identities: Identify, show: Show) -> Publish:
    return Publish(
        clock=edges.clock,
        keys=edges.keys,
        signer=edges.keys,
        status_lists=show.status_lists,
        identities=identities,
        valid_for=dt.timedelta(hours=settings.status_list_valid_hours),
    )


def _wired(settings: Settings, edges: Edges, fetch: Fetch, identities: Identify, show: Show) -> Gateway:
    clock, keys, database, envelope = edges.clock, edges.keys, edges.database, edges.envelope
    records = StoredRecords(database, envelope)
    publish = _publishing(settings, edges, identities, show)
    verify = Verify(clock, fetch, Receive(fetch), KnownLists(StoredNewestLists(database)))
    watched = watching(settings, clock, database, envelope, fetch, publish)
    describe = Describe(identities, watched.sources)
    convert = converting(settings, database, envelope, fetch, show, verify, publish, new_id)
    people = people_flows(settings, clock, database, envelope, edges.rate_limit, new_id, fetch, edges.post)
    look_up = LookUp(records, describe)
    at_most = settings.backpack_badges
    held = holding_flows(clock, database, envelope, verify=verify, convert=convert, new_id=new_id, at_most=at_most)
    own = native(database, envelope, convert=convert, publish=publish, show=show, new_id=new_id)
    others = (clients_of_platforms(clock, database),)
    tenancy = platform_flows(settings, clock, database, envelope, keys, edges.key_uses, new_id, other_tokens=others)
    return Gateway(
        settings=settings,
        clock=clock,
        keys=keys,
        platforms=edges.platforms,
        rate_limit=edges.rate_limit,
        inspect=Inspect(),
        verify=verify,
        convert=convert,
        extend=own.extend,
        revoke=own.revoke,
        publish=publish,
        show=show,
        show_original=ShowOriginal(records),
        look_up=look_up,
        list_keys=ListKeys(edges.platforms, identities, keys),
        describe=describe,
        native=own,
        once=Once(clock, StoredReplies(database, envelope)),
        admit=tenancy.admit,
        first_key=tenancy.first_key,
        tenancy=tenancy,
        check_health=CheckHealth(StoreHealth(database), edges.cache, keys, keys, DEFAULT_PLATFORM),
        people=people,
        oauth=oauth(settings, clock, database, envelope, new_id),
        holdings=held,
        backpack=backpack_flows(
            database,
            envelope,
            people=people,
            held=held,
            look_up=look_up,
            watched=watched,
            revoke=own.revoke,
            rate_limit=edges.rate_limit,
        ),
        badgr=badgr_flows(clock, database, envelope, people.people, new_id),
        watching=watched,
        webhooks=webhook_flows(clock, database, envelope, keys, edges.post, records, new_id),
    )
