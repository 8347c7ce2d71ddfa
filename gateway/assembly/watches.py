"""Wires the watch over the sources of what was converted."""

import datetime as dt
import random

import msgspec

from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.forms import StoredForms
from gateway.edges.newest_lists import StoredNewestLists
from gateway.edges.states import StoredStates
from gateway.edges.watches import StoredDependants, StoredHostBudgets, StoredWatchedPlaces, StoredWatchedSources
from gateway.flows.poll import Pace, Poll
from gateway.flows.publish import Publish
from gateway.flows.recheck import Recheck
from gateway.flows.watch import Enrol, Watch
from gateway.ports import Clock, Fetch
from gateway.ports.watches import WatchedSources
from gateway.settings import Settings


class Watching(msgspec.Struct, frozen=True, kw_only=True):
    """Looking at sources again: by the timer, by command, and for one record at once."""

    watch: Watch
    recheck: Recheck
    sources: WatchedSources


def watching(
    settings: Settings, clock: Clock, database: Database, envelope: Envelope, fetch: Fetch, publish: Publish
) -> Watching:
    """Everything about watched sources, over this store."""
    forms, sources, places = (
        StoredForms(database, envelope),
        StoredWatchedSources(database),
        StoredWatchedPlaces(database),
    )
    dependants, budgets = StoredDependants(database), StoredHostBudgets(database)
    pace = Pace(
        lists=dt.timedelta(minutes=settings.watch_list_minutes),
        hosted=dt.timedelta(hours=settings.watch_hosted_hours),
        per_host_per_minute=settings.watch_host_requests_per_minute,
    )
    enrol = Enrol(
        clock=clock,
        fetch=fetch,
        forms=forms,
        sources=sources,
        dependants=dependants,
        pace=pace,
        secret=envelope.derived("watched places"),
        chance=random.random,
    )
    poll = Poll(
        clock=clock,
        forms=forms,
        states=StoredStates(database),
        publish=publish,
        newest=StoredNewestLists(database),
        sources=sources,
        places=places,
        dependants=dependants,
        pace=pace,
        chance=random.random,
    )
    return Watching(
        watch=Watch(clock=clock, fetch=fetch, sources=sources, places=places, budgets=budgets, enrol=enrol, poll=poll),
        recheck=Recheck(
            clock=clock, fetch=fetch, sources=sources, places=places, budgets=budgets, enrol=enrol, poll=poll
        ),
        sources=sources,
    )
