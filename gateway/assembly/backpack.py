"""Wires what people do with the badges they hold."""

import msgspec

from gateway.assembly.holdings import HoldingFlows
from gateway.assembly.people import PeopleFlows
from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.records import StoredRecords
from gateway.flows.backpack.convert_held import ConvertHeld
from gateway.flows.backpack.describe_person import DescribePerson
from gateway.flows.backpack.list_assertions import ListAssertions
from gateway.flows.backpack.picture import ShowPicture
from gateway.flows.backpack.push import Push
from gateway.flows.backpack.suggest_addresses import SuggestAddresses
from gateway.ports import Clock


class BackpackFlows(msgspec.Struct, frozen=True, kw_only=True):
    """The badges of people: for the people themselves, and for the platforms that they let in."""

    list_assertions: ListAssertions
    push: Push
    describe_person: DescribePerson
    suggest_addresses: SuggestAddresses
    show_picture: ShowPicture
    convert_held: ConvertHeld


def backpack_flows(
    clock: Clock, database: Database, envelope: Envelope, people: PeopleFlows, held: HoldingFlows
) -> BackpackFlows:
    """Everything about backpacks, over this store."""
    records = StoredRecords(database, envelope)
    return BackpackFlows(
        list_assertions=ListAssertions(held.holdings, records),
        push=Push(held.hold),
        describe_person=DescribePerson(people.people),
        suggest_addresses=SuggestAddresses(clock, people.people, held.profiles),
        show_picture=ShowPicture(held.holdings),
        convert_held=ConvertHeld(held.hold.verify, held.hold.convert, held.holdings),
    )
