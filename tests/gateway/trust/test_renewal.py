"""Keys that remembered documents lack: asked for again, once a minute, and never at the price of what is known."""

import datetime as dt
from typing import Any

import pytest

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import outcome, report_on
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.remembering import RememberingWeb
from tests.simulators.web import SimulatedWeb

ISSUERS = {
    "https": "https://issuer.example/profile",
    "did:web": "did:web:issuer.example",
}
LATER = NOON + dt.timedelta(seconds=61)


@pytest.fixture(params=list(ISSUERS.values()), ids=list(ISSUERS))
def rotating(request: pytest.FixtureRequest, web: SimulatedWeb) -> SimulatedIssuer:
    """An issuer that has not published its keys yet."""
    issuer = SimulatedIssuer(web, request.param)
    issuer.publish(verificationMethod=[], assertionMethod=[])
    issuer.serve(f"{issuer.host}/.well-known/jwks.json", {"keys": []})
    return issuer


def documents(issuer: SimulatedIssuer) -> tuple[dict[str, Any], str]:
    return issuer.signed(issuer.credential()), issuer.token(issuer.credential())


@pytest.mark.parametrize("form", [0, 1], ids=["Data Integrity", "token"])
async def test_key_published_since_is_found(rotating: SimulatedIssuer, web: SimulatedWeb, form: int) -> None:
    cached = RememberingWeb(web)
    before = await report_on(documents(rotating)[form], cached)
    rotating.publish()
    cached.now = LATER

    after = await report_on(documents(rotating)[form], cached, now=LATER)

    assert outcome(before, "issuer") is not Outcome.PASSED
    assert outcome(after, "issuer") is Outcome.PASSED


@pytest.mark.parametrize("form", [0, 1], ids=["Data Integrity", "token"])
async def test_unknown_names_cost_one_request_a_minute_and_address(
    rotating: SimulatedIssuer, web: SimulatedWeb, form: int
) -> None:
    cached = RememberingWeb(web)
    await report_on(documents(rotating)[form], cached)
    cached.now = LATER
    cached.asked.clear()

    for second in range(20):
        await report_on(documents(rotating)[form], cached, now=LATER + dt.timedelta(seconds=second))

    assert len(cached.asked) == len(set(cached.asked)) <= 2


async def test_failed_renewal_takes_nothing_away(web: SimulatedWeb) -> None:
    issuer = SimulatedIssuer(web, "did:web:issuer.example")
    issuer.publish()
    cached = RememberingWeb(web)
    await report_on(issuer.token(issuer.credential()), cached)
    web.unreachable("https://issuer.example/.well-known/did.json")
    cached.now = LATER

    unknown = await report_on(issuer.token(issuer.credential(), header={"kid": f"{issuer.id}#x"}), cached, now=LATER)
    known = await report_on(issuer.token(issuer.credential()), cached, now=LATER)

    assert outcome(unknown, "issuer") is Outcome.FAILED
    assert outcome(known, "issuer") is Outcome.PASSED


async def test_key_of_open_badges_2_published_since_is_found(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    cached = RememberingWeb(web)
    issuer.publish(publicKey=[])
    before = await report_on(issuer.signed_badge(), cached)
    issuer.publish()
    cached.now = LATER

    after = await report_on(issuer.signed_badge(), cached, now=LATER)

    assert outcome(before, "issuer") is Outcome.FAILED
    assert outcome(after, "issuer") is Outcome.PASSED
