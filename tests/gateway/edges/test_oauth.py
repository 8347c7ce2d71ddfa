"""Codes, refresh tokens and consents: of fifty at once one wins, on both databases; and no secret is in either."""

import asyncio
import datetime as dt
import logging
import uuid
from base64 import b64encode
from collections import Counter
from hashlib import sha256

import msgspec
import pytest

from gateway.assembly.oauth import OAuth, clients_of_platforms, oauth
from gateway.edges.database import Database
from gateway.edges.oauth import StoredClients, StoredConsents, StoredTokens
from gateway.edges.platforms import StoredPlatforms
from gateway.flows.convert import Caller
from gateway.flows.oauth.consent import Asked
from gateway.flows.oauth.recognise import InvalidToken
from gateway.flows.oauth.refusals import InvalidGrant, OAuthRefused, QuestionExpired
from gateway.flows.oauth.register import Registered
from gateway.flows.oauth.tokens import REFRESH_AGAIN, REFRESH_LIFE, TokenAnswer
from gateway.records import Platform
from gateway.records.access import Scope
from gateway.records.oauth import Client
from gateway.records.people import PEOPLE
from gateway.records.tenants import PlatformLimits
from gateway.settings import Settings
from tests.gateway.edges.stores import ENVELOPE, dumped
from tests.lengths import tries
from tests.simulators.application import BACK, METADATA, READ, challenge_of
from tests.simulators.clock import SimulatedClock

AT_ONCE = 50
VERIFIER = "v" * 43
TABLES = ("oauth_clients", "oauth_consents", "oauth_codes", "oauth_access_tokens", "oauth_refresh_tokens")


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
async def server(database: Database, clock: SimulatedClock) -> OAuth:
    platforms = StoredPlatforms(database)
    for platform in (PEOPLE, "default", "other"):
        await platforms.ensure(Platform(id=platform, name=platform))
    return oauth(
        Settings(public_url="https://badges.example.net"), clock, database, ENVELOPE, lambda: str(uuid.uuid4())
    )


@pytest.fixture
async def registered(server: OAuth) -> Registered:
    return await server.register(msgspec.json.encode(METADATA))


async def ticket(server: OAuth, registered: Registered, person: str = "person") -> str:
    """A question that is put before a person, sealed."""
    request = await server.authorise(
        {
            "response_type": ["code"],
            "client_id": [registered.client_id],
            "redirect_uri": [BACK],
            "scope": [READ],
            "code_challenge": [challenge_of(VERIFIER)],
            "code_challenge_method": ["S256"],
            "prompt": ["consent"],
        }
    )
    asked = await server.ask(request, person, "session")
    assert isinstance(asked, Asked)
    return asked.ticket


async def code(server: OAuth, registered: Registered) -> str:
    """A code that nobody has exchanged."""
    location = await server.answer(await ticket(server, registered), "person", "session", allowed=True)
    return location.partition("code=")[2].partition("&")[0]


async def exchanged(server: OAuth, registered: Registered, text: str) -> TokenAnswer:
    """The tokens for a code."""
    sent = {"grant_type": "authorization_code", "code": text, "redirect_uri": BACK, "code_verifier": VERIFIER}
    return await server.exchange("", {**sent, **_shown(registered)})


async def refreshed(server: OAuth, registered: Registered, token: str) -> TokenAnswer:
    """The tokens for a refresh token."""
    return await server.exchange("", {"grant_type": "refresh_token", "refresh_token": token, **_shown(registered)})


def _shown(registered: Registered) -> dict[str, str]:
    return {"client_id": registered.client_id, "client_secret": str(registered.client_secret)}


@pytest.fixture
async def posting(server: OAuth) -> Registered:
    """A client that shows its secret in the body."""
    metadata = {**METADATA, "token_endpoint_auth_method": "client_secret_post"}
    return await server.register(msgspec.json.encode(metadata))


async def code_race(server: OAuth, client: Registered) -> None:
    text = await code(server, client)

    answers = await asyncio.gather(*(exchanged(server, client, text) for _ in range(AT_ONCE)), return_exceptions=True)

    won = [answer for answer in answers if isinstance(answer, TokenAnswer)]
    assert len(won) == 1
    assert Counter(type(answer) for answer in answers) == {TokenAnswer: 1, InvalidGrant: AT_ONCE - 1}
    # To show a code twice is a replay, whoever won: its tokens are dead (RFC 6749 section 4.1.2).
    with pytest.raises(InvalidToken):
        await server.recognise(won[0].access_token)


async def refresh_race(server: OAuth, client: Registered) -> None:
    first = await exchanged(server, client, await code(server, client))

    answers = await asyncio.gather(*(refreshed(server, client, first.refresh_token) for _ in range(AT_ONCE)))

    assert len({(answer.access_token, answer.refresh_token) for answer in answers}) == 1
    assert (await refreshed(server, client, answers[0].refresh_token)).refresh_token != answers[0].refresh_token


async def consent_race(server: OAuth, client: Registered, database: Database, person: str) -> None:
    sealed = await ticket(server, client, person)

    locations = await asyncio.gather(*(server.answer(sealed, person, "session", allowed=True) for _ in range(AT_ONCE)))

    assert len(set(locations)) == 1
    assert len(await StoredConsents(database).held(PEOPLE, person, client.client_id)) == 1


async def test_of_fifty_exchanges_of_one_code_one_wins_and_its_tokens_end(server: OAuth, posting: Registered) -> None:
    await code_race(server, posting)


async def test_of_fifty_uses_of_one_refresh_token_one_rotates_it(server: OAuth, posting: Registered) -> None:
    await refresh_race(server, posting)


async def test_of_fifty_answers_to_one_question_there_is_one_consent_and_one_code(
    server: OAuth, posting: Registered, database: Database
) -> None:
    await consent_race(server, posting, database, "person")


@pytest.mark.slow
async def test_there_is_one_winner_in_each_of_many_races_of_each_kind(
    server: OAuth, posting: Registered, database: Database
) -> None:
    for round_ in range(tries(25, 100)):
        await code_race(server, posting)
        await refresh_race(server, posting)
        await consent_race(server, posting, database, f"person {round_}")


async def test_a_question_whose_code_was_used_is_closed(server: OAuth, posting: Registered) -> None:
    sealed = await ticket(server, posting)
    location = await server.answer(sealed, "person", "session", allowed=True)
    await exchanged(server, posting, location.partition("code=")[2].partition("&")[0])

    with pytest.raises(QuestionExpired):
        await server.answer(sealed, "person", "session", allowed=True)


async def test_a_refresh_token_again_at_once_gets_the_same_answer(
    server: OAuth, posting: Registered, clock: SimulatedClock
) -> None:
    first = await exchanged(server, posting, await code(server, posting))
    second = await refreshed(server, posting, first.refresh_token)
    clock.advance(seconds=REFRESH_AGAIN.total_seconds())

    again = await refreshed(server, posting, first.refresh_token)

    assert (again.access_token, again.refresh_token) == (second.access_token, second.refresh_token)
    assert again.expires_in == 3590


@pytest.mark.parametrize("how", ["later", "after its successor"])
async def test_a_refresh_token_used_twice_ends_its_family_and_is_an_alarm(
    server: OAuth, posting: Registered, clock: SimulatedClock, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    first = await exchanged(server, posting, await code(server, posting))
    second = await refreshed(server, posting, first.refresh_token)
    if how == "later":
        clock.advance(seconds=11)
    else:
        second = await refreshed(server, posting, second.refresh_token)

    with caplog.at_level(logging.WARNING), pytest.raises(InvalidGrant):
        await refreshed(server, posting, first.refresh_token)

    with pytest.raises(InvalidGrant):
        await refreshed(server, posting, second.refresh_token)
    for answer in (first, second):
        with pytest.raises(InvalidToken):
            await server.recognise(answer.access_token)
    assert "came twice" in caplog.text
    assert first.refresh_token not in caplog.text


async def test_a_refresh_token_that_nobody_used_for_half_a_year_is_dead(
    server: OAuth, posting: Registered, clock: SimulatedClock
) -> None:
    first = await exchanged(server, posting, await code(server, posting))
    clock.now += REFRESH_LIFE

    with pytest.raises(InvalidGrant):
        await refreshed(server, posting, first.refresh_token)


async def test_a_registration_that_nobody_used_is_forgotten_after_a_day(
    server: OAuth, database: Database, clock: SimulatedClock
) -> None:
    unused, used, wallet = [await server.register(msgspec.json.encode(METADATA)) for _ in range(3)]
    await server.answer(await ticket(server, used), "person", "session", allowed=True)
    await StoredClients(database).used(PEOPLE, wallet.client_id, clock.now)
    clock.now += dt.timedelta(days=1, seconds=1)

    await server.register(msgspec.json.encode(METADATA))

    clients = StoredClients(database)
    assert await clients.find(unused.client_id) is None
    assert await clients.find(used.client_id) is not None
    assert await clients.find(wallet.client_id) is not None


async def test_a_platforms_client_acts_for_its_platform_until_it_is_revoked(
    server: OAuth, database: Database, clock: SimulatedClock
) -> None:
    limited = Platform(id="default", name="Default", limits=PlatformLimits(requests_per_minute=7))
    await StoredPlatforms(database).change(limited.id, lambda _: limited, "command line", clock())
    made = await server.make_client("default", "Import", frozenset({Scope.CREDENTIALS_READ}), "command line")
    shown = {"client_id": made.client.id, "client_secret": made.secret}
    [listed] = await server.list_clients("default")
    basic = _basic(made.client, made.secret)
    answer = await server.exchange(basic, {"grant_type": "client_credentials"})
    token = await StoredTokens(database).access(_digest(answer.access_token), "default", clock())
    caller = await clients_of_platforms(clock, database)(answer.access_token)

    assert caller == Caller(
        "default", made.client.id, scopes=frozenset({Scope.CREDENTIALS_READ}), platform_per_minute=7
    )
    assert listed.id == made.client.id
    assert answer.refresh_token == ""
    assert token is not None
    assert (token.grant.platform, token.grant.scopes) == ("default", frozenset({"credentials.read"}))
    assert await server.list_clients("other") == []
    with pytest.raises(InvalidToken):
        await server.recognise(answer.access_token)

    await server.revoke_client("default", made.client.id, "command line")

    assert await StoredTokens(database).access(_digest(answer.access_token), "default", clock()) is None
    with pytest.raises(OAuthRefused):
        await server.exchange(basic, {"grant_type": "client_credentials", **shown})
    assert b"client.made" in await dumped(database, "audit")


async def test_no_code_token_or_secret_is_in_the_database(
    server: OAuth, posting: Registered, database: Database
) -> None:
    made = await server.make_client("default", "Import", frozenset({Scope.CREDENTIALS_READ}), "command line")
    text = await code(server, posting)
    first = await exchanged(server, posting, text)
    second = await refreshed(server, posting, first.refresh_token)

    stored = await dumped(database, *TABLES, "audit")

    tokens = [token for answer in (first, second) for token in (answer.access_token, answer.refresh_token)]
    for secret in (text, made.secret, str(posting.client_secret), VERIFIER, *tokens):
        assert secret.encode() not in stored
        assert secret[4:].encode() not in stored
    assert not any(token in repr(answer) for answer in (first, second, made) for token in (*tokens, made.secret))


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


def _basic(client: Client, secret: str) -> str:
    return f"Basic {b64encode(f'{client.id}:{secret}'.encode()).decode()}"
