"""OpenID4VCI 1.0 before @openid4vc/openid4vci: every flow and format, and others verify all that it receives."""

from collections.abc import AsyncIterator
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.edges.events import StoredFeed
from gateway.records.events import EventKind
from gateway.records.holdings import Via
from gateway.records.offers import Claiming, Configuration
from gateway.records.people import Person
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.interop.oracles import Talk, told
from tests.interop.received import Credential, Judges, Told, subject
from tests.interop.served import CALLER, Served, served
from tests.interop.signing_in import BACK, allowed, registered
from tests.laundering.sources import Kind
from tests.simulators.application import Browser

pytestmark = pytest.mark.interop

BADGE = Configuration.BADGE
SHOWN = ("did:key", "did:jwk", "jwk")
ACCEPTED = "credential_accepted"
VERIFIER, NONCE = "https://verifier.example", "a nonce"

every_configuration = pytest.mark.parametrize("configuration", Configuration)


async def says(wallet: Talk, job: str, given: Any = "") -> Told:
    """Let the wallet do something that works."""
    answer = await told(wallet, {job: given}, Told)
    assert (answer.status, answer.error) == (0, ""), job
    return answer


async def refused(wallet: Talk, job: str, given: Any = "") -> tuple[int, str]:
    """Let it do something that the gateway refuses; return the status and the code."""
    answer = await told(wallet, {job: given}, Told)
    return answer.status, answer.error


async def fetched(wallet: Talk, configuration: Configuration, *shown: str) -> Told:
    """Let it fetch a credential for each key."""
    return await says(wallet, "fetch", {"configuration": configuration, "keys": shown})


async def accepted(judges: Judges, at: Served, *credentials: Credential) -> None:
    """Look that each is accepted."""
    for credential in credentials:
        assert (await judges.judged(at, credential)).reasons == ()


@every_configuration
async def test_a_code_of_an_offer_is_worth_a_credential_of_every_kind(
    configuration: Configuration, gateway: Served, wallet: Talk, judges: Judges
) -> None:
    made = await gateway.offer(await gateway.award())

    offered = await says(wallet, "open", gateway.link(made))
    redeemed = await says(wallet, "redeem")
    received = await fetched(wallet, configuration, "did:key")

    assert offered.configurations == tuple(Configuration)
    assert redeemed.scope.split() == list(Configuration)
    [credential] = received.credentials
    await accepted(judges, gateway, credential)
    assert isinstance(credential, str) == (configuration is not BADGE)
    assert subject(credential).get("id", received.holders[0]) == received.holders[0]


async def test_an_offer_by_value_serves_as_well(gateway: Served, wallet: Talk, judges: Judges) -> None:
    made = await gateway.offer(await gateway.award())
    by_value = (await gateway.http.get(f"/oid4vci/offers/{made.offer.id}/link")).json()["uri"]

    await says(wallet, "open", by_value)
    await says(wallet, "redeem")

    await accepted(judges, gateway, *(await fetched(wallet, BADGE, "did:key")).credentials)


async def test_a_transaction_code_is_asked_for_and_looked_at(gateway: Served, wallet: Talk, judges: Judges) -> None:
    made = await gateway.offer(await gateway.award(), Claiming.CODE)
    wrong = "111111" if made.code != "111111" else "222222"

    offered = await says(wallet, "open", gateway.link(made))
    refusal = await refused(wallet, "redeem", wrong)
    await says(wallet, "redeem", made.code)

    assert offered.code is not None
    assert (offered.code["input_mode"], offered.code["length"]) == ("numeric", len(made.code))
    assert len(offered.grants) == 1
    assert refusal == (400, "invalid_grant")
    await accepted(judges, gateway, *(await fetched(wallet, BADGE, "did:key")).credentials)


async def test_several_keys_get_a_credential_each_of_every_kind(gateway: Served, wallet: Talk, judges: Judges) -> None:
    await says(wallet, "open", gateway.link(await gateway.offer(await gateway.award())))
    await says(wallet, "redeem")

    for configuration in Configuration:
        received = await fetched(wallet, configuration, *SHOWN)

        bound = [subject(credential) for credential in received.credentials]
        assert len({str(each) for each in bound}) == len(SHOWN)
        if configuration in (BADGE, Configuration.BADGE_JWT):
            assert [each["id"] for each in bound][:2] == list(received.holders[:2])
            assert bound[2]["id"].startswith("did:key:zDn")
        await accepted(judges, gateway, *received.credentials)


async def test_a_presentation_shows_a_key_as_well(gateway: Served, wallet: Talk, judges: Judges) -> None:
    await says(wallet, "open", gateway.link(await gateway.offer(await gateway.award())))
    await says(wallet, "redeem")

    received = await fetched(wallet, BADGE, "di_vp")

    assert subject(received.credentials[0])["id"] == received.holders[0]
    await accepted(judges, gateway, *received.credentials)


async def test_the_same_keys_get_the_same_again_and_others_nothing(gateway: Served, wallet: Talk) -> None:
    await says(wallet, "open", gateway.link(await gateway.offer(await gateway.award())))
    await says(wallet, "redeem")

    first = await fetched(wallet, BADGE, "did:key")
    again = await says(wallet, "fetch", {"configuration": BADGE})
    other = await refused(wallet, "fetch", {"configuration": BADGE, "keys": ["did:key"]})

    assert again.credentials == first.credentials
    assert other == (400, "credential_request_denied")


async def test_what_is_not_there_yet_comes_later(gateway: Served, wallet: Talk, judges: Judges) -> None:
    record = await gateway.confirmed_yesterday()
    gateway.goes_silent()
    offered = await says(wallet, "open", gateway.link(await gateway.offer(record)))
    await says(wallet, "redeem")

    waiting = [await fetched(wallet, configuration, "did:key") for configuration in offered.configurations]
    still = [await says(wallet, "deferred", each.transaction) for each in waiting]
    gateway.answers()
    then = [await says(wallet, "deferred", each.transaction) for each in waiting]

    assert [each.credentials for each in (*waiting, *still)] == [()] * 2 * len(offered.configurations)
    assert [each.transaction for each in still] == [each.transaction for each in waiting]
    for each in then:
        await accepted(judges, gateway, *each.credentials)
    assert subject(then[0].credentials[0])["id"] == waiting[0].holders[0]


async def test_the_platform_learns_what_became_of_the_credential(gateway: Served, wallet: Talk) -> None:
    record = await gateway.award()
    await says(wallet, "open", gateway.link(await gateway.offer(record)))
    await says(wallet, "redeem")
    await fetched(wallet, BADGE, "did:key")

    await says(wallet, "notify", ACCEPTED)
    await says(wallet, "notify", ACCEPTED)

    feed = StoredFeed(gateway.gateway.edges.database)
    told = [
        each for each in await feed.history(DEFAULT_PLATFORM, record, 100) if each.kind is EventKind.WALLET_NOTIFIED
    ]
    assert [each.data.wallet for each in told] == ["accepted"]


async def test_a_refresh_token_is_worth_another_access_token(gateway: Served, wallet: Talk, judges: Judges) -> None:
    await says(wallet, "open", gateway.link(await gateway.offer(await gateway.award())))
    first = await says(wallet, "redeem")

    assert (await says(wallet, "refresh")).scope == first.scope
    await accepted(judges, gateway, *(await fetched(wallet, BADGE, "did:key")).credentials)


@pytest.mark.parametrize("pushed", [True, False], ids=["pushed", "in the address"])
async def test_who_signs_in_gets_every_kind_of_credential(
    pushed: bool, gateway: Served, browser: Browser, wallet: Talk, judges: Judges
) -> None:
    client = await registered(gateway)
    record = await gateway.award()
    for configuration in Configuration:
        made = await gateway.offer(record, Claiming.SIGN_IN)
        asked = {"client_id": client, "redirect_uri": BACK, "scope": configuration, "pushed": pushed}

        offered = await says(wallet, "open", gateway.link(made))
        begun = await says(wallet, "authorize", asked)
        returned = await says(wallet, "returned", await allowed(browser, begun.location))
        refreshed = await says(wallet, "refresh", client)
        received = await fetched(wallet, configuration, "jwk")

        assert offered.grants == ("authorization_code",)
        assert ("request_uri" in begun.location) == pushed
        assert returned.scope == refreshed.scope == configuration
        await accepted(judges, gateway, *received.credentials)


async def test_without_an_offer_a_person_chooses_a_badge_of_theirs(
    gateway: Served, owner: Person, browser: Browser, wallet: Talk, judges: Judges
) -> None:
    gateway.answers()
    source = gateway.world.sound(Kind.HOSTED)
    held = (await gateway.gateway.holdings.hold(source, owner.id, Via.BACKPACK)).holding.id
    client = await registered(gateway)

    await says(wallet, "begin", gateway.public_url)
    asked = {"client_id": client, "redirect_uri": BACK, "scope": BADGE, "pushed": True}
    begun = await says(wallet, "authorize", asked)
    await says(wallet, "returned", await allowed(browser, begun.location, badge=held))
    received = await fetched(wallet, BADGE, "did:key")

    assert subject(received.credentials[0])["id"] == received.holders[0]
    await accepted(judges, gateway, *received.credentials)


async def test_what_was_revoked_shows_as_revoked(gateway: Served, wallet: Talk, judges: Judges) -> None:
    record = await gateway.award()
    credentials: list[Credential] = []
    for configuration in Configuration:
        await says(wallet, "open", gateway.link(await gateway.offer(record)))
        await says(wallet, "redeem")
        credentials += (await fetched(wallet, configuration, "did:key")).credentials
    before = [await judges.judged(gateway, credential) for credential in credentials]

    await gateway.gateway.revoke(record, "awarded in error", CALLER)

    after = [await judges.judged(gateway, credential) for credential in credentials]
    assert [answer.verified for answer in before] == [True] * 4
    assert after[0].reasons == ("status revocation is set",)
    assert [answer.verified for answer in after] == [False] * 4


@pytest.fixture
async def developing(settings: Settings) -> AsyncIterator[Served]:
    """A gateway over http, as developers have it."""
    async with served(settings, None) as serving:
        yield serving


async def test_over_http_on_loopback_all_of_it_works_too(developing: Served, wallet: Talk, judges: Judges) -> None:
    await says(wallet, "open", developing.link(await developing.offer(await developing.award())))
    await says(wallet, "redeem")

    for configuration in Configuration:
        received = await fetched(wallet, configuration, "did:key")

        await accepted(judges, developing, *received.credentials)


async def test_a_wallet_discloses_what_it_wants_and_shows_its_key(
    gateway: Served, wallet: Talk, judges: Judges
) -> None:
    await says(wallet, "open", gateway.link(await gateway.offer(await gateway.award())))
    await says(wallet, "redeem")
    for configuration in (Configuration.BADGE_SD_JWT, Configuration.LEARNING_SD_JWT):
        [whole] = (await fetched(wallet, configuration, "jwk")).credentials
        assert isinstance(whole, str)

        asked = {"credential": whole, "disclosed": [], "audience": VERIFIER, "nonce": NONCE}
        [presented] = (await says(wallet, "present", asked)).credentials

        assert isinstance(presented, str)
        everything, nothing = await judges.disclosed(whole), await judges.disclosed(presented, NONCE)
        other = await judges.disclosed(presented, "another nonce")
        assert (everything.reasons, nothing.reasons, other.verified) == ((), (), False)
        assert len(str(nothing.claims)) < len(str(everything.claims))
        assert await judges.reference(gateway, presented, VERIFIER, NONCE) == nothing.claims
        assert everything.type == ("" if configuration is Configuration.LEARNING_SD_JWT else everything.claims["vct"])
