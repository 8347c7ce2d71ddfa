"""Wires what issues: verify, convert, sign, show. All that a conversion on the command line needs."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import msgspec

from gateway.assembly.converting import converting
from gateway.assembly.opened import Edges, network, new_id, opened, utc_now
from gateway.assembly.trials import trusted_in_trial, upstream_first
from gateway.assembly.trusted import anchors, shapes
from gateway.edges.achievements import StoredAchievements
from gateway.edges.credentials import StoredCredentials
from gateway.edges.erasure import StoredErasures
from gateway.edges.forms import StoredForms
from gateway.edges.newest_lists import StoredNewestLists
from gateway.edges.platforms import StoredApiKeys
from gateway.edges.settled import StoredFacts
from gateway.edges.status_lists import StoredStatusLists
from gateway.edges.watches import StoredWatchedSources
from gateway.flows.admit import FirstKey
from gateway.flows.convert import Convert
from gateway.flows.describe import Describe
from gateway.flows.hand_back import HandBack
from gateway.flows.identify import Identify
from gateway.flows.own_pages import OwnPages, OwnPagesFirst
from gateway.flows.platform.keys import MakeKey
from gateway.flows.platform.tenants import ShowPlatform
from gateway.flows.publish import Publish
from gateway.flows.receive import Receive
from gateway.flows.show import Show
from gateway.flows.taken_back import TakenBack
from gateway.flows.test_aids.travel import TrialClock
from gateway.flows.uploaded_id import UPLOADS, KnownUploads
from gateway.flows.verify import Verify
from gateway.ports import Clock, Fetch, Keys, Platforms, RateLimit
from gateway.settings import Settings
from gateway.trust.known_lists import KnownLists


class Issuing(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that issues, ready to be called."""

    settings: Settings
    edges: Edges
    fetch: Fetch
    verify: Verify
    convert: Convert
    hand_back: HandBack
    publish: Publish
    show: Show
    describe: Describe
    show_platform: ShowPlatform
    first_key: FirstKey

    @property
    def clock(self) -> Clock:
        return self.edges.clock

    @property
    def keys(self) -> Keys:
        return self.edges.keys

    @property
    def platforms(self) -> Platforms:
        return self.edges.platforms

    @property
    def rate_limit(self) -> RateLimit:
        return self.edges.rate_limit


@asynccontextmanager
async def issuing(
    settings: Settings, *, web: Fetch | None = None, clock: Clock = utc_now, new_id: Callable[[], str] = new_id
) -> AsyncIterator[Issuing]:
    """Open every edge, make the default platform, and close all of it at the end.

    Args:
        web: Asked instead of the network for everything that is not under our own public URL.
        new_id: Gives the id of whatever is made, another UUIDv4 each time.

    Raises:
        Misconfigured: The settings contradict the store, or a part cannot be opened with them.
        Unavailable: The store does not answer.
    """
    async with AsyncExitStack() as stack:
        edges = await opened(settings, clock, new_id, stack)
        identities = _identities(settings, edges.platforms)
        show = Show(
            identities,
            edges.keys,
            StoredForms(edges.database, edges.envelope),
            StoredAchievements(edges.database, edges.envelope),
            StoredStatusLists(edges.database),
            StoredErasures(edges.database, edges.envelope),
        )
        own_pages = OwnPages(clock, show, settings.public_url)
        fetch: Fetch
        if web is None:
            fetch = await stack.enter_async_context(network(settings, edges.cache, clock, own_pages, edges.rate_limit))
        else:
            fetch = OwnPagesFirst(own_pages, web)
        yield _wired(settings, edges, upstream_first(settings, edges, fetch), identities, show)


def _identities(settings: Settings, platforms: Platforms) -> Identify:
    host = urlsplit(settings.public_url).hostname or "localhost"
    return Identify(
        platforms=platforms,
        public_url=settings.public_url,
        email=settings.issuer_email or f"badges@{host}",
        development=settings.development,
        open_badges_3_issuer=settings.open_badges_3_issuer,
        organisation_id=settings.seal_organisation_id,
        country=settings.seal_country,
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


def _wired(settings: Settings, edges: Edges, fetch: Fetch, identities: Identify, show: Show) -> Issuing:
    database = edges.database
    publish = _publishing(settings, edges, identities, show)
    verify = Verify(
        TrialClock(edges.clock),
        fetch,
        Receive(fetch),
        KnownLists(StoredNewestLists(database)),
        anchors=anchors(settings),
        shapes=shapes(settings),
        taken_back=_taken_back(settings, edges, show) if settings.public_url else None,
        own_seals=edges.keys,
        wall=edges.clock,
        trusted_in_trial=trusted_in_trial(edges),
    )
    api_keys = StoredApiKeys(database)
    make_key = MakeKey(edges.clock, edges.platforms, api_keys, edges.new_id)
    convert = converting(settings, edges, fetch, show, verify, publish, edges.new_id)
    return Issuing(
        settings=settings,
        edges=edges,
        fetch=fetch,
        verify=verify,
        convert=convert,
        hand_back=HandBack(verify, convert),
        publish=publish,
        show=show,
        describe=Describe(identities, StoredWatchedSources(database)),
        show_platform=ShowPlatform(edges.platforms),
        first_key=FirstKey(StoredFacts(database), api_keys, make_key, edges.new_id),
    )


def _taken_back(settings: Settings, edges: Edges, show: Show) -> TakenBack:
    """What our own records say of what we sealed."""
    uploads = KnownUploads(StoredCredentials(edges.database, edges.envelope), edges.envelope.derived(UPLOADS))
    return TakenBack(show.forms, settings.public_url, uploads, edges.keys, show.tombstones)
