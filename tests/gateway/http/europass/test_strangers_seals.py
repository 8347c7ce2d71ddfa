"""A stranger seals under a key of his own and any name: intact, and nobody's, wherever it is shown."""

import pytest
from litestar import Litestar

from gateway.assembly.whole import Gateway
from gateway.proofs import multikey
from tests.gateway.http.account.conftest import browser_of
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import LEARNER, VERIFY, WALLETS, part
from tests.gateway.http.html import Page
from tests.laundering.sources import World
from tests.simulators import people
from tests.simulators.sealer import SimulatedSealer, of_did

ERROR = "http://data.europa.eu/snb/verification-status/9d26eb9a37"


@pytest.fixture
def strangers(world: World) -> bytes:
    sealer = SimulatedSealer(world.web, number=9)
    return sealer.sealed(of_did(multikey.did_key(sealer.private.public_key())), chain=sealer.self_made)


async def test_the_list_of_checks_calls_it_nobodys(client: Client, strangers: bytes) -> None:
    seal = (await client.post(VERIFY, files=part("file", strangers))).json()[1]

    assert seal["status"]["link"] == ERROR
    assert seal["description"] == "The seal is intact, but nobody vouches for whose it is."
    assert "self-made, not qualified" in seal["longDescription"]


async def test_it_waits_and_is_not_called_in_order(
    app: Litestar, gateway: Gateway, holder: Client, strangers: bytes
) -> None:
    await holder.post(f"{WALLETS}/email/{LEARNER}/credentials", files=part("_credential", strangers))
    cookie = await people.session(gateway, await people.person(gateway, LEARNER))

    page = await browser_of(app, Cookie=f"__Host-session={cookie}").get("/backpack/deposits", params={"lang": "en"})

    text = Page(page.text).text
    assert "Example University" in text
    assert "not everything could be found out, such as whose the seal is" in text
    assert "everything was in order" not in text
