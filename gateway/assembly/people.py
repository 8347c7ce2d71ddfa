"""Wires what people who own badges can do."""

import msgspec

from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.people import StoredPeople
from gateway.edges.people_sessions import StoredSessions
from gateway.flows.recognise import Recognise
from gateway.ports import Clock
from gateway.ports.people import People


class PeopleFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Sign-in, sessions and addresses of people."""

    people: People
    recognise: Recognise


def people_flows(clock: Clock, database: Database, envelope: Envelope) -> PeopleFlows:
    """Everything about people, over this store."""
    people = StoredPeople(database, envelope)
    return PeopleFlows(
        people=people,
        recognise=Recognise(clock, people, StoredSessions(database), envelope.derived("forms of people")),
    )
