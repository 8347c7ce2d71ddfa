"""Wires what people do with the badges they hold."""

import msgspec

from gateway.assembly.holdings import HoldingFlows
from gateway.assembly.issuing import Issuing
from gateway.assembly.people import PeopleFlows
from gateway.assembly.watches import Watching
from gateway.edges.offers import StoredOffers
from gateway.edges.records import StoredRecords
from gateway.flows.backpack.check_again import CheckAgain
from gateway.flows.backpack.convert_held import ConvertHeld
from gateway.flows.backpack.describe_person import DescribePerson
from gateway.flows.backpack.hand_out import HandOut
from gateway.flows.backpack.keep_issued import KeepIssued
from gateway.flows.backpack.let_go import LetGo
from gateway.flows.backpack.list_assertions import ListAssertions
from gateway.flows.backpack.look import SeeBackpack, SeeBadge
from gateway.flows.backpack.picture import ShowPicture
from gateway.flows.backpack.push import Push
from gateway.flows.backpack.put_in import PutIn
from gateway.flows.backpack.remove import Remove
from gateway.flows.backpack.suggest_addresses import SuggestAddresses
from gateway.flows.erase import Erase
from gateway.flows.hand_back import HandBack
from gateway.flows.look_up import LookUp


class BackpackFlows(msgspec.Struct, frozen=True, kw_only=True):
    """The badges of people: for the people themselves, and for the platforms that they let in."""

    list_assertions: ListAssertions
    push: Push
    describe_person: DescribePerson
    suggest_addresses: SuggestAddresses
    show_picture: ShowPicture
    check_again: CheckAgain
    convert_held: ConvertHeld
    see_backpack: SeeBackpack
    see_badge: SeeBadge
    hand_out: HandOut
    put_in: PutIn
    remove: Remove


def backpack_flows(
    part: Issuing,
    *,
    people: PeopleFlows,
    held: HoldingFlows,
    look_up: LookUp,
    watched: Watching,
    erase: Erase,
) -> BackpackFlows:
    """Everything about backpacks, over what issues."""
    database, envelope = part.edges.database, part.edges.envelope
    hold, clock = held.hold, held.hold.clock
    records = StoredRecords(database, envelope)
    let_go = LetGo(erase, StoredOffers(database, envelope))
    return BackpackFlows(
        list_assertions=ListAssertions(held.holdings, records),
        push=Push(held.hold),
        describe_person=DescribePerson(people.people),
        suggest_addresses=SuggestAddresses(clock, people.people, held.profiles),
        show_picture=ShowPicture(held.holdings),
        check_again=CheckAgain(clock, held.hold.verify, held.holdings, watched.recheck, part.edges.rate_limit),
        convert_held=ConvertHeld(
            hold.verify,
            HandBack(hold.verify, hold.convert),
            hold,
            held.holdings,
            KeepIssued(held.holdings, let_go),
        ),
        see_backpack=SeeBackpack(clock, held.holdings, watched.sources),
        see_badge=SeeBadge(clock, held.holdings, watched.sources, look_up),
        hand_out=HandOut(held.holdings, records, part.show),
        put_in=PutIn(held.hold),
        remove=Remove(held.holdings, let_go),
    )
