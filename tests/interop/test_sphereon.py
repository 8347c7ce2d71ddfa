"""Draft 15 of OpenID4VCI before @sphereon/oid4vci-client, which sends what OpenID4VCI 1.0 does not know any more."""

import asyncio
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.flows.oid4vci.metadata import FORMATS
from gateway.records.offers import Claiming, Configuration
from tests.interop.oracles import Talk, told
from tests.interop.received import Judges, Told, subject
from tests.interop.served import Served
from tests.interop.signing_in import BACK, allowed, registered
from tests.simulators.application import Browser

pytestmark = pytest.mark.interop


async def fetched(sphereon: Talk, link: str, configuration: Configuration, **more: Any) -> Told:
    """Let the wallet fetch a credential."""
    format = FORMATS[configuration.sealed_as]
    job = {"link": link, "configuration": configuration, "format": format, "shown": "did:jwk", **more}
    return await told(sphereon, {"fetch": job}, Told)


async def test_every_kind_of_credential_is_fetched_and_acknowledged(
    gateway: Served, sphereon: Talk, judges: Judges
) -> None:
    record = await gateway.award()
    for configuration in Configuration:
        for shown in ("did:jwk", "jwk"):
            link = gateway.link(await gateway.offer(record))

            received = await fetched(sphereon, link, configuration, shown=shown)

            assert received.error == ""
            [credential] = received.credentials
            assert (await judges.judged(gateway, credential)).reasons == ()
            if shown == "did:jwk":
                assert subject(credential).get("id", received.holders[0]) == received.holders[0]
            assert received.notified


async def test_a_transaction_code_is_sent_as_a_pin(gateway: Served, sphereon: Talk, judges: Judges) -> None:
    made = await gateway.offer(await gateway.award(), Claiming.CODE)
    wrong = "111111" if made.code != "111111" else "222222"

    refused = await fetched(sphereon, gateway.link(made), Configuration.BADGE, pin=wrong)
    received = await fetched(sphereon, gateway.link(made), Configuration.BADGE, pin=made.code)

    assert "failed with status: 400" in refused.error
    assert received.error == ""
    assert (await judges.judged(gateway, received.credentials[0])).reasons == ()


async def test_what_is_not_there_yet_is_waited_for(gateway: Served, sphereon: Talk, judges: Judges) -> None:
    link = gateway.link(await gateway.offer(await gateway.confirmed_yesterday()))
    gateway.goes_silent()

    waiting = asyncio.create_task(fetched(sphereon, link, Configuration.BADGE))
    await asyncio.sleep(1.0)
    done = waiting.done()
    gateway.answers()
    received = await waiting

    assert not done, received
    assert received.error == ""
    assert (await judges.judged(gateway, received.credentials[0])).reasons == ()


@pytest.mark.parametrize("scope", ["", Configuration.BADGE_JWT], ids=["in detail", "by scope"])
async def test_who_signs_in_gets_a_credential(
    scope: str, gateway: Served, browser: Browser, sphereon: Talk, judges: Judges
) -> None:
    asked = {"client_id": await registered(gateway), "redirect_uri": BACK, "scope": scope}
    record = await gateway.award()
    for pushed in (True, False):
        link = gateway.link(await gateway.offer(record, Claiming.SIGN_IN))

        begun = await told(sphereon, {"authorize": {**asked, "link": link, "pushed": pushed}}, Told)
        assert begun.error == ""
        back = await allowed(browser, begun.location)
        wanted = {"configuration": Configuration.BADGE_JWT, "format": "jwt_vc_json", "location": back}
        received = await told(sphereon, {"returned": wanted}, Told)

        assert ("request_uri" in begun.location) == pushed
        assert received.error == ""
        assert received.notified
        assert subject(received.credentials[0])["id"] == received.holders[0]
        assert (await judges.judged(gateway, received.credentials[0])).reasons == ()
