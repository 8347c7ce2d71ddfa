"""OpenID4VCI before @digitalbazaar/oid4-client, which mixes drafts with 1.0 and speaks nothing but https."""

import logging

import msgspec
import pytest

from gateway.flows.offers.look import OfferStanding
from gateway.flows.offers.make import Made
from gateway.settings import Settings
from tests.interop.oracles import Talk, told
from tests.interop.received import Judges, Told, subject
from tests.interop.served import CALLER, Served, served
from tests.simulators.https_server import Authority

pytestmark = pytest.mark.interop


async def fetched(oid4_client: Talk, at: Served, made: Made) -> Told:
    """Let the wallet fetch what is offered."""
    return await told(oid4_client, {"fetch": at.link(made)}, Told)


async def test_a_proof_that_does_not_say_what_it_is_is_refused(gateway: Served, oid4_client: Talk) -> None:
    made = await gateway.offer(await gateway.award())

    received = await fetched(oid4_client, gateway, made)

    # When what it proves is refused too, it looks for another nonce, and stumbles (5.10.0).
    assert "reading 'getNonce'" in received.error
    found = await gateway.gateway.offers.look.one(made.offer.id, CALLER)
    assert (received.credentials, found.state) == ((), OfferStanding.OPEN)


async def test_where_older_proofs_are_taken_a_credential_is_fetched(
    settings: Settings, authority: Authority, oid4_client: Talk, judges: Judges, caplog: pytest.LogCaptureFixture
) -> None:
    lenient = msgspec.structs.replace(settings, oid4vci_accept_legacy_proofs=True)
    async with served(lenient, authority) as gateway:
        made = await gateway.offer(await gateway.award())
        with caplog.at_level(logging.WARNING, "badge_gateway.oid4vci"):
            received = await fetched(oid4_client, gateway, made)

        assert received.error == ""
        [credential] = received.credentials
        assert (await judges.judged(gateway, credential)).reasons == ()
    assert subject(credential)["id"] == received.holders[0]
    assert "ACCEPT_LEGACY_PROOFS" in caplog.text
