"""Offers to wallets, on both databases."""

import asyncio
import datetime as dt
import re
import secrets

import pytest
from msgspec.structs import replace

from gateway.edges.audit import StoredAuditTrail
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import EVERYWHERE, Database, single
from gateway.edges.events import StoredFeed
from gateway.edges.offers import OVER_KEPT, StoredOffers
from gateway.errors import NotFound
from gateway.records.events import EventKind
from gateway.records.offers import (
    KEYS_OF_A_GRANT,
    LEASE,
    LISTED,
    Claiming,
    Configuration,
    Offer,
    OfferState,
    Reservation,
)
from tests.gateway.edges.stores import AT, ENVELOPE, dumped, plan

DAY = dt.timedelta(days=1)
MOST = 5


@pytest.fixture
def offers(database: Database) -> StoredOffers:
    return StoredOffers(database, ENVELOPE)


async def record(database: Database, platform: str = "default") -> str:
    return (await StoredCredentials(database, ENVELOPE).plan(plan(platform=platform))).id


async def offered(database: Database, platform: str = "default", created: dt.datetime = AT) -> Offer:
    """An offer in the store, of a record of its own."""
    offer = Offer(
        id=secrets.token_urlsafe(16),
        platform=platform,
        record=await record(database, platform),
        made_by="key-1",
        created=created,
        expires=created + 14 * DAY,
        claiming=Claiming.CODE,
        configurations=(Configuration.BADGE, Configuration.BADGE_SD_JWT),
        code_sha256=b"c" * 32,
    )
    await StoredOffers(database, ENVELOPE).add(offer, "key key-1")
    return offer


async def test_an_offer_is_found_by_its_id_whosever_it_is(database: Database, offers: StoredOffers) -> None:
    ours, theirs = await offered(database), await offered(database, "other")

    assert await offers.find(ours.id) == ours
    assert await offers.find(theirs.id) == theirs


@pytest.mark.parametrize("unknown", ["", "x" * 22, "\0", "\ud800"])
async def test_what_is_no_id_finds_nothing(database: Database, offers: StoredOffers, unknown: str) -> None:
    await offered(database)

    assert await offers.find(unknown) is None
    assert not await offers.withdraw("default", unknown, "key key-1", AT)


async def test_a_dump_of_the_store_holds_no_link(database: Database) -> None:
    offer = await offered(database)

    assert offer.id.encode() not in await dumped(database, "offers", "offer_claims", "audit")


async def test_the_offers_of_a_record_are_listed_latest_first(database: Database, offers: StoredOffers) -> None:
    first = await offered(database)
    second = replace(first, id=secrets.token_urlsafe(16), created=AT + DAY, claiming=Claiming.LINK, code_sha256=b"")
    await offers.add(second, "key key-1")

    assert await offers.of("default", first.record) == [second, first]
    assert await offers.of("other", first.record) == []


async def test_no_more_offers_are_listed_than_anybody_reads(database: Database, offers: StoredOffers) -> None:
    first = await offered(database)
    others = [replace(first, id=f"offer {number}", created=AT + DAY) for number in range(LISTED)]
    await asyncio.gather(*(offers.add(each, "key key-1") for each in others))

    listed = await offers.of("default", first.record)

    assert len(listed) == LISTED
    assert first not in listed


async def test_nothing_is_offered_of_what_the_platform_does_not_have(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database, "other")
    ours = replace(offer, id="ours", platform="default")

    with pytest.raises(NotFound):
        await offers.add(ours, "key key-1")

    assert await offers.find("ours") is None


async def test_an_erased_record_is_offered_to_nobody(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)

    await database.within(EVERYWHERE).transaction(single("delete from record_keys where credential = $1", offer.record))

    assert await offers.find(offer.id) is None
    assert await offers.of("default", offer.record) == []
    with pytest.raises(NotFound):
        await offers.add(replace(offer, id="again"), "key key-1")


async def claimed(
    offers: StoredOffers,
    offer: Offer,
    *holders: str,
    at: dt.datetime = AT,
    configuration: Configuration = Configuration.BADGE,
) -> bool:
    """Reserved and settled."""
    reservation = await offers.reserve(offer, configuration, holders, at)
    return set(holders) <= set(reservation.holders) and await offers.settle(offer, configuration, holders, at)


async def test_of_fifty_claims_at_once_one_wins(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    everything = list(Configuration)

    won = await asyncio.gather(
        *(claimed(offers, offer, f"holder-{n}", configuration=everything[n % len(everything)]) for n in range(50))
    )

    assert sum(won) == 1
    assert await offers.find(offer.id) == replace(offer, state=OfferState.CLAIMED, claimed=AT)


async def test_what_is_only_reserved_is_still_open_and_no_event(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)

    first, again = [await offers.reserve(offer, Configuration.BADGE, holders, AT) for holders in (("a", "b"), ("b",))]
    other = await offers.reserve(offer, Configuration.BADGE, ("c",), AT + LEASE - dt.timedelta(seconds=1))

    assert first == again == other == Reservation(("a", "b"))
    assert await offers.find(offer.id) == offer
    assert not [each for each in await StoredFeed(database).page("default", 0, 100) if "claimed" in each.kind]


async def test_after_the_lease_another_key_has_it_and_the_first_one_no_longer(
    database: Database, offers: StoredOffers
) -> None:
    offer = await offered(database)
    await offers.reserve(offer, Configuration.BADGE, ("a",), AT)

    then = await offers.reserve(offer, Configuration.BADGE, ("c",), AT + LEASE)
    late = await offers.settle(offer, Configuration.BADGE, ("a",), AT + LEASE)
    await offers.release(offer, ("a",))

    assert (then, late) == (Reservation(("c",)), False)
    assert await offers.reserve(offer, Configuration.BADGE, ("a",), AT + LEASE) == then
    assert await offers.settle(offer, Configuration.BADGE, ("c",), AT + LEASE)
    assert await offers.reserve(offer, Configuration.BADGE, ("a",), AT + DAY) == Reservation(("c",), settled=True)


async def test_whoever_comes_back_after_the_lease_goes_on(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    await offers.reserve(offer, Configuration.BADGE, ("a",), AT)

    assert await offers.reserve(offer, Configuration.BADGE, ("a",), AT + DAY) == Reservation(("a",))
    assert await offers.settle(offer, Configuration.BADGE, ("a",), offer.expires + DAY)


async def test_what_was_given_back_is_had_by_the_next_one(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    await offers.reserve(offer, Configuration.BADGE, ("a",), AT)

    await offers.release(offer, ("a",))

    assert await offers.reserve(offer, Configuration.BADGE, ("c",), AT) == Reservation(("c",))
    await offers.settle(offer, Configuration.BADGE, ("c",), AT)
    await offers.release(offer, ("c",))
    assert await offers.find(offer.id) == replace(offer, state=OfferState.CLAIMED, claimed=AT)
    assert not await offers.settle(offer, Configuration.BADGE, ("a",), AT)


async def test_an_offer_that_is_withdrawn_while_it_is_fetched_is_given_to_nobody(
    database: Database, offers: StoredOffers
) -> None:
    offer = await offered(database)
    await offers.reserve(offer, Configuration.BADGE, ("a",), AT)

    assert await offers.withdraw("default", offer.id, "key key-1", AT)
    assert not await offers.settle(offer, Configuration.BADGE, ("a",), AT)


async def test_the_first_claim_in_each_configuration_is_an_event(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    for configuration in (Configuration.BADGE, Configuration.BADGE, Configuration.BADGE_SD_JWT):
        await claimed(offers, offer, "a", configuration=configuration)

    feed = await StoredFeed(database).page("default", 0, 100)

    found = [event for event in feed if event.kind is EventKind.CREDENTIAL_CLAIMED]
    assert [(event.credential, event.data.securing, event.data.offer) for event in found] == [
        (offer.record, "data-integrity", offer.reference),
        (offer.record, "sd-jwt", offer.reference),
    ]
    assert re.fullmatch("[0-9a-f]{16}", offer.reference)


async def test_who_had_the_first_claim_has_it_in_every_configuration(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    assert await claimed(offers, offer, "a", "b")

    for other in (("c",), ("a", "c")):
        assert await offers.reserve(offer, Configuration.BADGE, other, AT + DAY) == Reservation(
            ("a", "b"), settled=True
        )
        assert not await offers.settle(offer, Configuration.BADGE_SD_JWT, other, AT + DAY)
    assert await claimed(offers, offer, "b", configuration=Configuration.BADGE_SD_JWT, at=AT + DAY)
    found = await offers.find(offer.id)
    assert found is not None
    assert found.claimed == AT


async def test_a_claim_in_time_is_found_after_the_offer_expired(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    await claimed(offers, offer, "a", at=offer.expires - DAY)

    assert await claimed(offers, offer, "a", at=offer.expires + DAY)


async def test_an_expired_offer_is_given_to_nobody(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)

    assert await offers.reserve(offer, Configuration.BADGE, ("a",), offer.expires) == Reservation()
    assert await offers.find(offer.id) == offer


async def test_a_withdrawn_offer_is_given_to_nobody(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)

    withdrawn = await offers.withdraw("default", offer.id, "key key-1", AT + DAY)

    assert withdrawn
    assert not await offers.withdraw("default", offer.id, "key key-1", AT + DAY)
    assert await offers.reserve(offer, Configuration.BADGE, ("a",), AT + DAY) == Reservation()
    assert not await offers.tried(offer, MOST)
    assert await offers.find(offer.id) == replace(offer, state=OfferState.WITHDRAWN)


async def test_nobody_withdraws_the_offer_of_another_platform(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database, "other")

    assert not await offers.withdraw("default", offer.id, "key key-1", AT)
    assert await offers.find(offer.id) == offer


async def test_a_claimed_offer_is_not_withdrawn(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    await claimed(offers, offer, "a")

    assert not await offers.withdraw("default", offer.id, "key key-1", AT)


async def test_of_fifty_guesses_at_once_each_is_counted_and_the_offer_locked(
    database: Database, offers: StoredOffers
) -> None:
    offer = await offered(database)

    looked_at = await asyncio.gather(*(offers.tried(offer, MOST) for _ in range(50)))
    left = await asyncio.gather(*(offers.judged(offer, MOST, AT, right=False) for _ in range(sum(looked_at))))

    assert (sum(looked_at), left) == (MOST, [0] * MOST)
    assert await offers.find(offer.id) == replace(offer, attempts=MOST, state=OfferState.LOCKED)
    assert await offers.reserve(offer, Configuration.BADGE, ("a",), AT) == Reservation()
    feed = await StoredFeed(database).page("default", 0, 100)
    told = [(event.credential, event.data.offer) for event in feed if event.kind is EventKind.OFFER_LOCKED]
    assert told == [(offer.record, offer.reference)]


async def test_a_claimed_offer_stays_claimed_however_often_its_code_is_guessed(
    database: Database, offers: StoredOffers
) -> None:
    offer = await offered(database)
    await claimed(offers, offer, "a")

    looked_at = [await offers.tried(offer, MOST) for _ in range(MOST + 1)]
    left = [await offers.judged(offer, MOST, AT, right=False) for _ in range(MOST)]

    assert (looked_at, left) == ([True] * MOST + [False], [0] * MOST)
    assert not await offers.withdraw("default", offer.id, "key key-1", AT)
    assert await offers.find(offer.id) == replace(offer, attempts=MOST, state=OfferState.CLAIMED, claimed=AT)
    assert await claimed(offers, offer, "a", configuration=Configuration.BADGE_SD_JWT)


async def test_an_attempt_that_was_right_is_not_counted(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    for _ in range(MOST - 1):
        await offers.tried(offer, MOST)
    wrong = await offers.judged(offer, MOST, AT, right=False)

    right = [(await offers.tried(offer, MOST), await offers.judged(offer, MOST, AT, right=True)) for _ in range(3)]

    assert (wrong, right) == (1, [(True, 1)] * 3)
    assert await offers.find(offer.id) == replace(offer, attempts=MOST - 1)


async def test_a_locked_offer_can_be_withdrawn(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    await offers.tried(offer, 1)
    await offers.judged(offer, 1, AT, right=False)

    assert await offers.withdraw("default", offer.id, "key key-1", AT)


async def test_offers_that_were_over_long_ago_are_forgotten_with_their_claims(
    database: Database, offers: StoredOffers
) -> None:
    old = await offered(database)
    await claimed(offers, old, "a")

    recent = await offered(database, created=old.expires + OVER_KEPT)
    kept = await offers.find(old.id)
    await offered(database, created=old.expires + OVER_KEPT + DAY)

    assert kept is not None
    assert await offers.find(old.id) is None
    assert await offers.find(recent.id) == recent
    assert await database.within(EVERYWHERE).fetch("select 1 as one from offer_claims") == []


async def test_the_trail_names_the_record_and_never_the_link(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    await offers.withdraw("default", offer.id, "key key-2", AT + DAY)

    entries = await StoredAuditTrail(database).page("default", "", 9)

    assert {(entry.action, entry.target, entry.actor) for entry in entries} >= {
        ("offer.withdrawn", offer.record, "key key-2"),
        ("offer.made", offer.record, "key key-1"),
    }
    assert not any(offer.id in str(entry) for entry in entries)


async def test_one_grant_has_other_keys_in_other_configurations(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    badge, other = Configuration.BADGE, Configuration.BADGE_SD_JWT

    await offers.reserve(offer, badge, ("a",), AT, by="grant")
    assert await offers.settle(offer, badge, ("a",), AT, by="grant")

    stranger = await offers.reserve(offer, other, ("c",), AT, by="another")
    same = await offers.reserve(offer, other, ("b",), AT, by="grant")
    assert "c" not in stranger.holders
    assert "b" in same.holders
    assert await offers.settle(offer, other, ("b",), AT, by="grant")
    for configuration, given in ((badge, "a"), (other, "b")):
        found = await offers.reserve(offer, configuration, ("d",), AT, by="grant")
        assert found == Reservation((given,), settled=True)
        assert not await offers.settle(offer, configuration, ("d",), AT, by="grant")


async def test_of_two_keys_of_a_grant_at_once_one_has_the_configuration(
    database: Database, offers: StoredOffers
) -> None:
    offer = await offered(database)

    for key in ("a", "b"):
        assert key in (await offers.reserve(offer, Configuration.BADGE, (key,), AT, by="grant")).holders

    assert await offers.settle(offer, Configuration.BADGE, ("b",), AT, by="grant")
    assert not await offers.settle(offer, Configuration.BADGE, ("a",), AT, by="grant")


async def test_a_grant_does_not_bring_keys_without_end(database: Database, offers: StoredOffers) -> None:
    offer = await offered(database)
    for number in range(0, KEYS_OF_A_GRANT, 10):
        keys = tuple(f"key{number + each}" for each in range(10))
        assert set(keys) <= set((await offers.reserve(offer, Configuration.BADGE, keys, AT, by="grant")).holders)

    one_more = await offers.reserve(offer, Configuration.BADGE, ("another",), AT, by="grant")
    again = await offers.reserve(offer, Configuration.BADGE, ("key7",), AT, by="grant")
    later = await offers.reserve(offer, Configuration.BADGE, ("another",), AT + 2 * LEASE, by="grant")

    assert "another" not in one_more.holders
    assert "key7" in again.holders
    assert set(later.holders) == {"another", "grant"}
