"""Where ports meet their edges: settings in, every flow ready to be called out. Knows no web framework."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from gateway.assembly.backpack import BackpackFlows, backpack_flows
from gateway.assembly.badgr import BadgrFlows, badgr_flows
from gateway.assembly.europass import EuropassFlows, europass_flows
from gateway.assembly.exchanges import ExchangeFlows, exchange_flows
from gateway.assembly.holdings import HoldingFlows, holding_flows
from gateway.assembly.issuing import Issuing, issuing
from gateway.assembly.native import Native, native
from gateway.assembly.oauth import OAuth, clients_of_platforms, oauth
from gateway.assembly.oauth_wallets import OAuthWallets, oauth_wallets
from gateway.assembly.offers import OfferFlows, offer_flows
from gateway.assembly.oid4vci import Oid4vciFlows, oid4vci_flows
from gateway.assembly.opened import new_id, utc_now
from gateway.assembly.people import PeopleFlows, people_flows
from gateway.assembly.platform import PlatformFlows, platform_flows
from gateway.assembly.test_aids import TestAids, echo_first, test_aids
from gateway.assembly.vc_api import VcApiFlows, vc_api_flows
from gateway.assembly.watches import Watching, watching
from gateway.assembly.webhooks import WebhookFlows, webhook_flows
from gateway.edges.lapsed import StoredLapsed
from gateway.edges.records import StoredRecords
from gateway.edges.replies import StoredReplies
from gateway.edges.settled import StoreHealth
from gateway.flows.admit import Admit
from gateway.flows.check_health import CheckHealth
from gateway.flows.describe_type import DescribeType
from gateway.flows.extend import Extend
from gateway.flows.forget import ForgetLapsed
from gateway.flows.inspect import Inspect
from gateway.flows.list_keys import ListKeys
from gateway.flows.look_up import LookUp, ShowOriginal
from gateway.flows.once import Once
from gateway.flows.revoke import Revoke
from gateway.ports import Clock, Fetch
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings


class Gateway(Issuing, frozen=True, kw_only=True):
    """Everything the gateway can do, ready to be called."""

    inspect: Inspect
    extend: Extend
    revoke: Revoke
    show_original: ShowOriginal
    look_up: LookUp
    list_keys: ListKeys
    describe_type: DescribeType
    native: Native
    once: Once
    forget_lapsed: ForgetLapsed
    admit: Admit
    tenancy: PlatformFlows
    check_health: CheckHealth
    people: PeopleFlows
    oauth: OAuth
    oauth_wallets: OAuthWallets
    holdings: HoldingFlows
    backpack: BackpackFlows
    badgr: BadgrFlows
    europass: EuropassFlows
    vc_api: VcApiFlows
    offers: OfferFlows
    exchanges: ExchangeFlows
    oid4vci: Oid4vciFlows
    watching: Watching
    webhooks: WebhookFlows
    test_aids: TestAids

    def __repr__(self) -> str:
        """Its name alone: all that it is made of takes most of a megabyte, and asyncio asks for it in passing."""
        return "Gateway()"


@asynccontextmanager
async def assembled(
    settings: Settings, *, web: Fetch | None = None, clock: Clock = utc_now, new_id: Callable[[], str] = new_id
) -> AsyncIterator[Gateway]:
    """Open every edge, make the default platform, and close all of it at the end.

    Args:
        web: Asked instead of the network for everything that is not under our own public URL.
        new_id: Gives the id of whatever is made, another UUIDv4 each time.

    Raises:
        Misconfigured: The settings contradict the store, or a part cannot be opened with them.
        Unavailable: The store does not answer.
    """
    async with issuing(settings, web=web, clock=clock, new_id=new_id) as part:
        yield _wired(part)


def _wired(part: Issuing) -> Gateway:
    settings, edges, fetch, convert = part.settings, part.edges, part.fetch, part.convert
    clock, keys, database, envelope = edges.clock, edges.keys, edges.database, edges.envelope
    new_id = edges.new_id
    records = StoredRecords(database, envelope)
    watched = watching(settings, clock, database, envelope, fetch, part.publish)
    people = people_flows(settings, clock, database, envelope, edges.rate_limit, new_id, fetch, edges.post)
    look_up = LookUp(records, part.describe, part.show.tombstones)
    at_most = settings.backpack_badges
    held = holding_flows(clock, database, envelope, verify=part.verify, convert=convert, new_id=new_id, at_most=at_most)
    own = native(database, envelope, convert=convert, publish=part.publish, show=part.show, new_id=new_id)
    others = (clients_of_platforms(clock, database),)
    certify = part.convert.prepare.certify
    tenancy = platform_flows(settings, edges, new_id, certify=certify, other_tokens=others)
    offers = offer_flows(part, extend=own.extend, people=people, held=held, erase=own.erase)
    server = oauth(settings, clock, database, envelope, new_id)
    backpack = backpack_flows(
        part,
        people=people,
        held=held,
        look_up=look_up,
        watched=watched,
        erase=own.erase,
    )
    return Gateway(
        **{name: getattr(part, name) for name in Issuing.__struct_fields__},
        inspect=Inspect(),
        extend=own.extend,
        revoke=own.revoke,
        show_original=ShowOriginal(records, part.show.tombstones),
        look_up=look_up,
        describe_type=DescribeType(settings.public_url),
        list_keys=ListKeys(edges.platforms, part.show.identities, keys),
        native=own,
        once=Once(clock, StoredReplies(database, envelope)),
        forget_lapsed=ForgetLapsed(clock, StoredLapsed(database)),
        admit=tenancy.admit,
        tenancy=tenancy,
        check_health=CheckHealth(StoreHealth(database), edges.cache, keys, keys, DEFAULT_PLATFORM),
        people=people,
        oauth=server,
        oauth_wallets=oauth_wallets(part, server, people=people, offers=offers, see_backpack=backpack.see_backpack),
        holdings=held,
        backpack=backpack,
        badgr=badgr_flows(clock, database, envelope, people.people, new_id),
        europass=europass_flows(part, people=people, held=held, new_id=new_id),
        vc_api=vc_api_flows(part, own),
        offers=offers,
        exchanges=exchange_flows(part, offers=offers, named=own.issue_credential.named),
        oid4vci=oid4vci_flows(part, claim=offers.claim),
        watching=watched,
        webhooks=webhook_flows(clock, database, envelope, keys, echo_first(settings, edges), records, new_id),
        test_aids=test_aids(settings, edges, new_id),
    )
