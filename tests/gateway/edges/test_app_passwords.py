"""Passwords for applications and their tokens, on both databases."""

import asyncio
import datetime as dt
import uuid
from hashlib import sha256

import pytest

from gateway.edges.app_passwords import StoredAppPasswords, StoredAppTokens
from gateway.edges.audit import StoredAuditTrail
from gateway.edges.database import Database
from gateway.records.app_passwords import AppPassword, AppToken, TokenKind
from gateway.records.people import PEOPLE
from tests.gateway.edges.stores import AT, ENVELOPE, dumped

HOUR = dt.timedelta(hours=1)


def password(person: str = "ann", name: str = "the name", platform: str = PEOPLE) -> AppPassword:
    return AppPassword(
        id=str(uuid.uuid4()),
        platform=platform,
        person=person,
        name=name,
        sha256=uuid.uuid4().bytes * 2,
        created=AT,
    )


def token(of: AppPassword, kind: TokenKind = TokenKind.REFRESH, life: dt.timedelta = HOUR) -> AppToken:
    return AppToken(
        sha256=sha256(uuid.uuid4().bytes).digest(),
        platform=of.platform,
        password=of.id,
        person=of.person,
        kind=kind,
        expires=AT + life,
    )


async def exchanged(tokens: StoredAppTokens, shown: AppToken, of: AppPassword) -> bool:
    return await tokens.exchange(PEOPLE, shown.sha256, lambda _, __: (token(of), token(of, TokenKind.ACCESS)), AT)


@pytest.fixture
def passwords(database: Database) -> StoredAppPasswords:
    return StoredAppPasswords(database, ENVELOPE)


@pytest.fixture
def tokens(database: Database) -> StoredAppTokens:
    return StoredAppTokens(database)


async def test_a_password_is_found_by_its_digest_and_listed_for_its_person(passwords: StoredAppPasswords) -> None:
    mine, other = password(), password("bob")
    for each in (mine, other):
        assert await passwords.add(each, 20)

    assert await passwords.find(PEOPLE, mine.sha256) == mine
    assert await passwords.of(PEOPLE, "ann") == [mine]
    assert await passwords.find(PEOPLE, bytes(32)) is None
    assert await passwords.find("other", mine.sha256) is None


async def test_a_person_has_only_so_many(passwords: StoredAppPasswords) -> None:
    added = [await passwords.add(password(), 2) for _ in range(3)]

    assert added == [True, True, False]
    assert await passwords.add(password("bob"), 2)


async def test_names_are_encrypted_at_rest(passwords: StoredAppPasswords, database: Database) -> None:
    await passwords.add(password(name="My secret club"), 20)

    assert b"My secret club" not in await dumped(database, "application_passwords")


async def test_an_access_token_lives_until_it_expires(passwords: StoredAppPasswords, tokens: StoredAppTokens) -> None:
    mine = password()
    await passwords.add(mine, 20)
    access = token(mine, TokenKind.ACCESS)

    await tokens.issue((access, token(mine)), AT)

    assert await tokens.find(PEOPLE, access.sha256, AT) == access
    assert await tokens.find(PEOPLE, access.sha256, AT + HOUR) is None
    assert await tokens.find("other", access.sha256, AT) is None
    assert not await exchanged(tokens, access, mine)
    assert not await exchanged(tokens, token(mine), mine)
    [used] = await passwords.of(PEOPLE, "ann")
    assert used.used == AT


async def test_of_fifty_who_use_a_refresh_token_one_wins(
    passwords: StoredAppPasswords, tokens: StoredAppTokens
) -> None:
    mine = password()
    await passwords.add(mine, 20)
    refresh = token(mine)
    await tokens.issue((refresh,), AT)

    taken = await asyncio.gather(*(exchanged(tokens, refresh, mine) for _ in range(50)))

    assert sorted(taken) == [False] * 49 + [True]


async def test_a_refresh_token_that_comes_twice_ends_all_of_its_password_alone(
    passwords: StoredAppPasswords, tokens: StoredAppTokens, database: Database
) -> None:
    mine, other = password(), password()
    for each in (mine, other):
        await passwords.add(each, 20)
    refresh, access, next_one = token(mine), token(mine, TokenKind.ACCESS), token(mine)
    others = token(other, TokenKind.ACCESS)
    await tokens.issue((others,), AT)
    await tokens.issue((access, refresh), AT)

    assert await tokens.exchange(PEOPLE, refresh.sha256, lambda _, __: (next_one,), AT)
    assert await tokens.find(PEOPLE, access.sha256, AT)
    assert not await exchanged(tokens, refresh, mine)

    assert await tokens.find(PEOPLE, access.sha256, AT) is None
    assert not await exchanged(tokens, next_one, mine)
    assert await tokens.find(PEOPLE, others.sha256, AT) == others
    assert await passwords.find(PEOPLE, mine.sha256)
    trail = await StoredAuditTrail(database).page(PEOPLE, "", 10)
    assert [entry.target for entry in trail if "came twice" in entry.action] == [mine.id]


async def test_a_refresh_token_that_has_expired_says_nothing_of_theft(
    passwords: StoredAppPasswords, tokens: StoredAppTokens
) -> None:
    mine = password()
    await passwords.add(mine, 20)
    refresh, access = token(mine), token(mine, TokenKind.ACCESS, HOUR * 2)
    await tokens.issue((access, refresh), AT)
    assert await exchanged(tokens, refresh, mine)

    assert not await tokens.exchange(PEOPLE, refresh.sha256, lambda _, __: (), AT + HOUR)

    assert await tokens.find(PEOPLE, access.sha256, AT + HOUR) == access


async def test_with_a_password_its_tokens_end(passwords: StoredAppPasswords, tokens: StoredAppTokens) -> None:
    mine = password()
    await passwords.add(mine, 20)
    access, refresh = token(mine, TokenKind.ACCESS), token(mine)
    await tokens.issue((access, refresh), AT)

    assert not await passwords.revoke(PEOPLE, "bob", mine.id, AT)
    assert await tokens.find(PEOPLE, access.sha256, AT)
    assert await passwords.revoke(PEOPLE, "ann", mine.id, AT)

    assert await tokens.find(PEOPLE, access.sha256, AT) is None
    assert not await exchanged(tokens, refresh, mine)
    assert await passwords.find(PEOPLE, mine.sha256) is None


async def test_making_and_ending_one_is_noted_without_its_name(
    passwords: StoredAppPasswords, database: Database
) -> None:
    mine, refused = password(name="My secret club"), password()
    await passwords.add(mine, 1)
    await passwords.add(refused, 1)
    await passwords.revoke(PEOPLE, "bob", mine.id, AT)
    await passwords.revoke(PEOPLE, "ann", mine.id, AT + HOUR)

    noted = [(each.actor, each.action, each.target) for each in await StoredAuditTrail(database).page(PEOPLE, "", 9)]

    assert noted == [
        ("person ann", "application-password.ended", mine.id),
        ("person ann", "application-password.made", mine.id),
    ]


async def test_no_token_is_got_for_a_password_that_is_ended_at_that_moment(
    passwords: StoredAppPasswords, tokens: StoredAppTokens
) -> None:
    mine = password()
    await passwords.add(mine, 20)
    got = [token(mine, TokenKind.ACCESS) for _ in range(20)]

    await asyncio.gather(*(tokens.issue((each,), AT) for each in got), passwords.revoke(PEOPLE, "ann", mine.id, AT))

    assert [each for each in got if await tokens.find(PEOPLE, each.sha256, AT)] == []
