"""What a host vouches for is what it serves now, itself."""

import msgspec
import pytest

from gateway.flows.receive import Receive
from gateway.flows.verify import Verify
from gateway.ports import Fetched
from gateway.trust.report import Outcome
from tests.gateway.trust.test_hosted import Redirecting
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


class Remembering:
    """A web whose first answer is given again unless a fresh one is asked for."""

    def __init__(self, web: SimulatedWeb) -> None:
        self._web = web
        self._answers: dict[str, Fetched] = {}

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        if fresh or url not in self._answers:
            self._answers[url] = await self._web(url, accept=accept, fresh=fresh)
        return self._answers[url]


@pytest.mark.parametrize("spelt", ["id", "@id"])
async def test_a_badge_taken_back_is_noticed_however_its_id_is_spelt(
    web: SimulatedWeb, issuer: SimulatedIssuer, clock: SimulatedClock, spelt: str
) -> None:
    remembering = Remembering(web)
    verify = Verify(clock, remembering, Receive(remembering))
    body = issuer.hosted(issuer.assertion())
    copy = {spelt if name == "id" else name: value for name, value in msgspec.json.decode(body).items()}
    assert (await verify(body)).report.outcome is Outcome.PASSED
    web.gone(str(copy[spelt]))

    verified = await verify(msgspec.json.encode(copy))

    assert verified.report.outcome is Outcome.FAILED


async def test_a_badge_class_that_another_host_answers_for_is_not_believed(
    web: SimulatedWeb, issuer: SimulatedIssuer, clock: SimulatedClock
) -> None:
    body = issuer.hosted(issuer.assertion())
    address = str(msgspec.json.decode(body)["badge"])
    redirecting = Redirecting(web, address, "https://other.example/badge")

    verified = await Verify(clock, redirecting, Receive(redirecting))(body)

    assert verified.report.outcome is Outcome.UNKNOWN
