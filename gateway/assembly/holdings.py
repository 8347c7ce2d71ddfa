"""Wires what people hold."""

from collections.abc import Callable

import msgspec

from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.holdings import StoredHoldings, StoredProfiles
from gateway.edges.oauth import StoredConsents
from gateway.edges.people import StoredPeople
from gateway.edges.records import StoredRecords
from gateway.flows.convert import Convert
from gateway.flows.hold import Hold
from gateway.flows.portray import KeepProfile, ShowProfile
from gateway.flows.present import Present
from gateway.flows.upsert import Upsert
from gateway.flows.verify import Verify
from gateway.ports import Clock
from gateway.ports.holdings import Holdings, Profiles


class HoldingFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Badges that people hold, and the profiles that applications write about them."""

    holdings: Holdings
    profiles: Profiles
    hold: Hold
    present: Present
    upsert: Upsert
    keep_profile: KeepProfile
    show_profile: ShowProfile


def holding_flows(
    clock: Clock,
    database: Database,
    envelope: Envelope,
    *,
    verify: Verify,
    convert: Convert,
    new_id: Callable[[], str],
    at_most: int,
) -> HoldingFlows:
    """Everything about what people hold, over this store."""
    holdings = StoredHoldings(database, envelope)
    profiles = StoredProfiles(database, envelope)
    people = StoredPeople(database, envelope)
    hold = Hold(clock, verify, convert, people, holdings, new_id, at_most)
    return HoldingFlows(
        holdings=holdings,
        profiles=profiles,
        hold=hold,
        present=Present(holdings, StoredRecords(database, envelope)),
        upsert=Upsert(hold),
        keep_profile=KeepProfile(clock, profiles),
        show_profile=ShowProfile(people, profiles, StoredConsents(database)),
    )
