"""Learner Credential Wallet, by the packages it is made of: its links are followed, and what it shows is read."""

import json
from collections.abc import Iterator
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from gateway.flows.offers.doors import LEARNER_WALLET
from gateway.flows.offers.make import Made
from tests.corpora import corpus
from tests.gateway.http.html import Page
from tests.interop.oracles import Answer, Talk, digitalcredentials_project, told
from tests.interop.received import Judges, subject
from tests.interop.served import CALLER, Served
from tests.laundering.sources import Kind

pytestmark = pytest.mark.interop

SCHEMA = "ob_v3p0_achievementcredential_schema.json"
PUBLISHED = f"https://purl.imsglobal.org/spec/ob/v3p0/schema/json/{SCHEMA}"
SHOWN = {"valid_signature": True, "expiration": True, "revocation_status": True, "registered_issuer": False}
"""What the wallet lists of a credential that is in order; that no register names the issuer is no fault."""

FIRST = {"deep link": "issuer", "exchange": "request"}
"""The first parameter of each kind of link."""

both_links = pytest.mark.parametrize("link", FIRST)


class Followed(msgspec.Struct, frozen=True):
    """What came of a link.

    Attributes:
        asked: The presentation that an exchange asked for.
        status: Of a refusal, whose body is in ``error``.
    """

    credentials: tuple[dict[str, Any], ...] = ()
    holders: tuple[str, ...] = ()
    asked: dict[str, Any] | None = None
    error: str = ""
    status: int = 0


class Display(Answer, frozen=True):
    """What the wallet shows of a credential: each check, and by how many schemas it was looked at."""

    checks: dict[str, bool | int] = msgspec.field(default_factory=dict)


@pytest.fixture(scope="module")
def learner_wallet(trusting: str) -> Iterator[Talk]:
    with Talk(digitalcredentials_project(), NODE_EXTRA_CA_CERTS=trusting) as talk:
        file = corpus(f"ob/json-schema/ob3/official-plain/{SCHEMA}")
        talk.tell({"web": {PUBLISHED: json.loads(file.read_bytes())}})
        yield talk


async def link_of(at: Served, made: Made, link: str) -> str:
    """One of the links into the wallet, from the page of the offer."""
    page = await at.http.get(f"/offers/{made.offer.id}", headers={"Accept": "text/html"})
    links = [each["href"] or "" for each in Page(page.text).all("a")]
    [found] = [each for each in links if each.startswith(f"{LEARNER_WALLET}?{FIRST[link]}=")]
    return found


async def followed(learner_wallet: Talk, link: str, version: int = 1) -> Followed:
    return await told(learner_wallet, {"link": link, "version": version}, Followed)


async def fetched(learner_wallet: Talk, link: str, version: int = 1) -> tuple[dict[str, Any], Followed]:
    """Let it fetch a credential with a new key."""
    found = await followed(learner_wallet, link, version)
    assert (found.error, len(found.credentials)) == ("", 1)
    return found.credentials[0], found


async def display(learner_wallet: Talk, credential: dict[str, Any]) -> Display:
    return await told(learner_wallet, {"judge": credential}, Display)


@both_links
async def test_its_link_brings_a_credential_that_it_shows_as_good(
    link: str, gateway: Served, learner_wallet: Talk, judges: Judges
) -> None:
    record = await gateway.award()
    for version in (1, 2):
        made = await gateway.offer(record)

        credential, found = await fetched(learner_wallet, await link_of(gateway, made, link), version)

        assert subject(credential)["id"] == found.holders[0]
        shown = await display(learner_wallet, credential)
        assert shown.reasons == ()
        assert shown.checks == {**SHOWN, "schemas": 1}
        assert (await judges.judged(gateway, credential)).reasons == ()


async def test_what_was_converted_comes_as_well(gateway: Served, learner_wallet: Talk, judges: Judges) -> None:
    gateway.answers()
    source = gateway.world.sound(Kind.DATA_INTEGRITY)
    record = (await gateway.gateway.convert(source, "", (), CALLER)).record.id

    for link in FIRST:
        credential, _ = await fetched(learner_wallet, await link_of(gateway, await gateway.offer(record), link))

        assert (await display(learner_wallet, credential)).reasons == ()
        assert (await judges.judged(gateway, credential)).reasons == ()


async def test_what_was_revoked_it_shows_as_revoked(gateway: Served, learner_wallet: Talk, judges: Judges) -> None:
    record = await gateway.award()
    credential, _ = await fetched(learner_wallet, await link_of(gateway, await gateway.offer(record), "exchange"))
    before = await display(learner_wallet, credential)

    await gateway.gateway.revoke(record, "awarded in error", CALLER)

    after = await display(learner_wallet, credential)
    assert (before.checks["revocation_status"], after.checks["revocation_status"]) == (True, False)
    assert after.verified is False
    assert after.checks["valid_signature"] is True
    assert (await judges.judged(gateway, credential)).reasons == ("status revocation is set",)


async def test_what_was_tampered_with_it_shows_as_wrong(gateway: Served, learner_wallet: Talk) -> None:
    made = await gateway.offer(await gateway.award())
    credential, _ = await fetched(learner_wallet, await link_of(gateway, made, "exchange"))
    credential["credentialSubject"]["achievement"]["name"] = "Brain surgery"

    shown = await display(learner_wallet, credential)

    assert [reason.partition(":")[0] for reason in shown.reasons] == ["invalid_signature"]


async def test_another_wallet_comes_too_late(gateway: Served, learner_wallet: Talk) -> None:
    record = await gateway.award()
    for link in FIRST:
        made = await gateway.offer(record)
        links = [await link_of(gateway, made, link), await link_of(gateway, made, link)]
        await fetched(learner_wallet, links[0])

        late = await followed(learner_wallet, links[1])

        assert late.status == 410
        assert json.loads(late.error.partition(": ")[2])["code"] == "offer-over"


async def test_a_link_works_once(gateway: Served, learner_wallet: Talk) -> None:
    link = await link_of(gateway, await gateway.offer(await gateway.award()), "deep link")
    await fetched(learner_wallet, link)

    again = await followed(learner_wallet, link)

    assert (again.credentials, again.status) == ((), 400)
    assert json.loads(again.error.partition(": ")[2])["code"] == "wrong-occasion"


async def test_it_is_asked_for_a_key_on_behalf_of_the_gateway(gateway: Served, learner_wallet: Talk) -> None:
    made = await gateway.offer(await gateway.award())

    _, found = await fetched(learner_wallet, await link_of(gateway, made, "exchange"))

    assert found.asked is not None
    assert found.asked["domain"] == gateway.public_url
    [query] = found.asked["query"]
    assert query["type"] == "DIDAuthentication"
    assert {"method": "key"} in query["acceptedMethods"]
    assert {"cryptosuite": "Ed25519Signature2020"} in query["acceptedCryptosuites"]
