"""People, their addresses, mailed links and sessions: once, encrypted, and only for who has the token."""

import asyncio
import datetime as dt
from hashlib import sha256
from uuid import uuid4

import msgspec
import pytest

from gateway.edges.database import Database
from gateway.edges.people import StoredPeople
from gateway.edges.people_sessions import StoredLinks, StoredSessions
from gateway.errors import NotFound
from gateway.records.people import PEOPLE, Address, AddressKind, Link, LinkPurpose, Person, Session
from tests.gateway.edges.stores import AT, ENVELOPE, dumped

EMAIL = AddressKind.EMAIL


def address(value: str, at: dt.datetime = AT) -> Address:
    return Address(id=str(uuid4()), kind=EMAIL, value=value, confirmed_at=at)


def person(value: str) -> Person:
    return Person(id=str(uuid4()), platform=PEOPLE, addresses=(address(value),), created=AT, language="fr")


def link(token: str, to: str = "learner@example.org", *, person: str = "", at: dt.datetime = AT) -> Link:
    return Link(
        sha256=sha256(token.encode()).digest(),
        platform=PEOPLE,
        purpose=LinkPurpose.ADD_ADDRESS if person else LinkPurpose.SIGN_IN,
        address=to,
        person=person,
        browser=sha256(b"browser").digest(),
        next="/account",
        language="en",
        created=at,
        expires=at + dt.timedelta(minutes=15),
    )


def session(of: str, where: str = "here", at: dt.datetime = AT) -> Session:
    return Session(
        id=str(uuid4()), platform=PEOPLE, person=of, sha256=sha256(where.encode()).digest(), created=at, seen=at
    )


def after(**period: float) -> dt.datetime:
    return AT + dt.timedelta(**period)


@pytest.fixture
def people(database: Database) -> StoredPeople:
    return StoredPeople(database, ENVELOPE)


@pytest.fixture
def links(database: Database) -> StoredLinks:
    return StoredLinks(database, ENVELOPE)


@pytest.fixture
def sessions(database: Database) -> StoredSessions:
    return StoredSessions(database)


async def test_a_person_is_found_again_as_they_were_stored(people: StoredPeople) -> None:
    new = person("Learner@Example.org")

    stored = await people.ensure(new)

    assert stored == new
    assert await people.find(PEOPLE, new.id) == new
    assert await people.spelled(PEOPLE, EMAIL, "LEARNER@example.ORG") == "Learner@Example.org"


async def test_an_address_in_other_case_is_the_same_person(people: StoredPeople) -> None:
    first = await people.ensure(person("Learner@Example.org"))

    again = await people.ensure(person("learner@example.org"))

    assert again == first


async def test_of_20_first_sign_ins_at_once_one_makes_the_person(people: StoredPeople) -> None:
    made = await asyncio.gather(*(people.ensure(person("learner@example.org")) for _ in range(20)))

    assert len({each.id for each in made}) == 1
    assert {len(each.addresses) for each in made} == {1}


async def test_another_tenant_sees_nobody(people: StoredPeople) -> None:
    new = await people.ensure(person("learner@example.org"))

    assert await people.find("default", new.id) is None
    assert await people.spelled("default", EMAIL, "LEARNER@example.org") == "LEARNER@example.org"


async def test_an_address_of_somebody_else_is_not_added(people: StoredPeople) -> None:
    one, other = await people.ensure(person("one@example.org")), await people.ensure(person("other@example.org"))

    added = await people.add(PEOPLE, one.id, address("OTHER@example.org"))

    assert not added
    assert await people.find(PEOPLE, one.id) == one
    assert await people.find(PEOPLE, other.id) == other


async def test_an_address_that_is_theirs_already_stays_as_it_is(people: StoredPeople) -> None:
    one = await people.ensure(person("one@example.org"))

    added = await people.add(PEOPLE, one.id, address("ONE@example.org"))

    assert added
    assert await people.find(PEOPLE, one.id) == one


async def test_the_last_address_stays(people: StoredPeople) -> None:
    one = await people.ensure(person("one@example.org"))

    removed = await people.remove(PEOPLE, one.id, one.addresses[0].id, "")

    assert not removed
    assert await people.find(PEOPLE, one.id) == one


async def test_of_two_removals_at_once_one_address_stays(people: StoredPeople) -> None:
    one = await people.ensure(person("one@example.org"))
    second = address("two@example.org", after(hours=1))
    await people.add(PEOPLE, one.id, second)

    removed = await asyncio.gather(
        *(people.remove(PEOPLE, one.id, each.id, "") for each in (one.addresses[0], second)), return_exceptions=True
    )

    found = await people.find(PEOPLE, one.id)
    assert sorted(map(str, removed)) == ["False", "True"]
    assert found is not None
    assert len(found.addresses) == 1


async def test_a_removed_address_is_free_for_others(people: StoredPeople) -> None:
    one = await people.ensure(person("one@example.org"))
    await people.add(PEOPLE, one.id, address("two@example.org", after(hours=1)))
    [_, second] = (await people.find(PEOPLE, one.id) or one).addresses

    await people.remove(PEOPLE, one.id, second.id, "")

    assert (await people.ensure(person("two@example.org"))).id != one.id


async def test_an_address_of_somebody_else_is_not_found_to_remove(people: StoredPeople) -> None:
    one, other = await people.ensure(person("one@example.org")), await people.ensure(person("other@example.org"))

    with pytest.raises(NotFound):
        await people.remove(PEOPLE, one.id, other.addresses[0].id, "")


async def test_the_language_is_kept(people: StoredPeople) -> None:
    one = await people.ensure(person("one@example.org"))

    await people.speak(PEOPLE, one.id, "en")

    assert await people.find(PEOPLE, one.id) == msgspec.structs.replace(one, language="en")


async def test_of_50_uses_of_a_link_at_once_one_succeeds(links: StoredLinks) -> None:
    new = link("token")
    await links.put(new)

    used = await asyncio.gather(*(links.use(PEOPLE, new.sha256, after(minutes=1)) for _ in range(50)))

    assert [each for each in used if each] == [msgspec.structs.replace(new, used=after(minutes=1))]


async def test_a_link_is_good_for_15_minutes(links: StoredLinks) -> None:
    new = link("token")
    await links.put(new)

    late = await links.use(PEOPLE, new.sha256, after(minutes=15))
    in_time = await links.use(PEOPLE, new.sha256, after(minutes=14, seconds=59))

    assert late is None
    assert in_time is not None


async def test_links_to_one_address_hold_side_by_side_until_one_is_used(links: StoredLinks) -> None:
    all = [link(f"number {number}", to) for number, to in enumerate(["learner@example.org", "LEARNER@example.org"] * 5)]
    for each in all:
        await links.put(each)

    first = await links.use(PEOPLE, all[0].sha256, AT)
    others = [await links.use(PEOPLE, each.sha256, AT) for each in all[1:]]

    assert first == msgspec.structs.replace(all[0], used=AT)
    assert others == [None] * 9


async def test_of_many_links_to_one_address_used_at_once_one_succeeds(links: StoredLinks) -> None:
    all = [link(f"number {number}") for number in range(20)]
    for each in all:
        await links.put(each)

    used = await asyncio.gather(*(links.use(PEOPLE, each.sha256, AT) for each in all))

    assert len([each for each in used if each]) == 1


async def test_a_link_that_has_expired_voids_no_other(links: StoredLinks) -> None:
    old, new = link("old"), link("new", at=after(minutes=10))
    for each in (old, new):
        await links.put(each)

    late = await links.use(PEOPLE, old.sha256, after(minutes=16))
    in_time = await links.use(PEOPLE, new.sha256, after(minutes=17))

    assert late is None
    assert in_time is not None


async def test_links_of_others_and_for_other_purposes_stay(links: StoredLinks) -> None:
    kept = [link("sign in"), link("one", person="one"), link("other", person="other"), link("x", "other@example.org")]

    for each in kept:
        await links.put(each)
    await links.put(used := link("used", "LEARNER@example.org", person="another"))
    await links.use(PEOPLE, used.sha256, AT)

    assert [await links.find(PEOPLE, each.sha256) for each in kept] == kept


async def test_links_are_forgotten_a_day_after_they_expired(links: StoredLinks) -> None:
    old = link("old")
    await links.put(old)

    await links.put(link("new", "other@example.org", at=after(days=1, hours=1)))

    assert await links.find(PEOPLE, old.sha256) is None


async def test_a_session_lasts_30_days_from_its_last_use(people: StoredPeople, sessions: StoredSessions) -> None:
    one = await people.ensure(person("one@example.org"))
    new = session(one.id)
    await sessions.start(new)

    seen = [await sessions.find(PEOPLE, new.sha256, after(days=days)) is not None for days in (29, 58, 87)]
    idle = await sessions.find(PEOPLE, new.sha256, after(days=87 + 31))

    assert seen == [True] * 3
    assert idle is None


async def test_a_session_ends_after_90_days_however_much_it_is_used(
    people: StoredPeople, sessions: StoredSessions
) -> None:
    one = await people.ensure(person("one@example.org"))
    new = session(one.id)
    await sessions.start(new)
    for days in range(0, 90, 10):
        await sessions.find(PEOPLE, new.sha256, after(days=days))

    last, over = [await sessions.find(PEOPLE, new.sha256, after(days=90, seconds=second)) for second in (0, 1)]

    assert last is not None
    assert over is None


async def test_ended_sessions_are_over_and_others_are_not(people: StoredPeople, sessions: StoredSessions) -> None:
    one, other = await people.ensure(person("one@example.org")), await people.ensure(person("other@example.org"))
    here, there, theirs = session(one.id, "here"), session(one.id, "there"), session(other.id, "theirs")
    for each in (here, there, theirs):
        await sessions.start(each)

    await sessions.end(PEOPLE, here.id)
    after_one = [bool(await sessions.find(PEOPLE, each.sha256, AT)) for each in (here, there, theirs)]
    await sessions.end_all(PEOPLE, one.id)
    after_all = [bool(await sessions.find(PEOPLE, each.sha256, AT)) for each in (here, there, theirs)]

    assert after_one == [False, True, True]
    assert after_all == [False, False, True]


async def test_a_session_knows_the_address_that_began_it(people: StoredPeople, sessions: StoredSessions) -> None:
    one = await people.ensure(person("one@example.org"))
    new = msgspec.structs.replace(session(one.id), address=one.addresses[0].id)

    await sessions.start(new)

    assert await sessions.find(PEOPLE, new.sha256, AT) == new


async def test_to_remove_an_address_ends_all_sessions_but_one(people: StoredPeople, sessions: StoredSessions) -> None:
    one, other = await people.ensure(person("one@example.org")), await people.ensure(person("other@example.org"))
    await people.add(PEOPLE, one.id, address("two@example.org", after(hours=1)))
    here, there, theirs = session(one.id, "here"), session(one.id, "there"), session(other.id, "theirs")
    for each in (here, there, theirs):
        await sessions.start(each)

    await people.remove(PEOPLE, one.id, one.addresses[0].id, here.id)

    found = [bool(await sessions.find(PEOPLE, each.sha256, AT)) for each in (here, there, theirs)]
    assert found == [True, False, True]


async def test_what_was_not_removed_ends_no_session(people: StoredPeople, sessions: StoredSessions) -> None:
    one = await people.ensure(person("one@example.org"))
    await sessions.start(there := session(one.id, "there"))

    await people.remove(PEOPLE, one.id, one.addresses[0].id, "here")

    assert await sessions.find(PEOPLE, there.sha256, AT) is not None


async def test_neither_addresses_nor_tokens_are_in_the_database(
    people: StoredPeople, links: StoredLinks, sessions: StoredSessions, database: Database
) -> None:
    one = await people.ensure(person("Learner@example.org"))
    await links.put(link("the-token-of-the-link"))
    await sessions.start(session(one.id, "the-token-of-the-session"))

    dump = await dumped(database, "people", "person_addresses", "sign_in_links", "sessions")

    assert one.id.encode() in dump
    for secret in (b"earner@example.org", b"the-token-of", sha256(b"learner@example.org").digest()):
        assert secret not in dump
        assert secret.hex().encode() not in dump
