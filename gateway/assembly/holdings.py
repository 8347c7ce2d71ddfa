"""Wires what people hold."""

from collections.abc import Callable

import msgspec

from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.holdings import StoredHoldings, StoredProfiles
from gateway.edges.people import StoredPeople
from gateway.flows.convert import Convert
from gateway.flows.hold import Hold
from gateway.flows.verify import Verify
from gateway.ports import Clock
from gateway.ports.holdings import Erasure, Holdings, Profiles


class HoldingFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Badges that people hold, and the profiles that applications write about them."""

    holdings: Holdings
    profiles: Profiles
    erasure: Erasure
    hold: Hold


def holding_flows(
    clock: Clock,
    database: Database,
    envelope: Envelope,
    *,
    verify: Verify,
    convert: Convert,
    new_id: Callable[[], str],
) -> HoldingFlows:
    """Everything about what people hold, over this store."""
    holdings = StoredHoldings(database, envelope)
    people = StoredPeople(database, envelope)
    return HoldingFlows(
        holdings=holdings,
        profiles=StoredProfiles(database, envelope),
        erasure=holdings,
        hold=Hold(clock, verify, convert, people, holdings, new_id),
    )
