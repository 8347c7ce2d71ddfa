"""The test issuer before the web: whom it answers, how late, and what was said of it last."""

import datetime as dt
from collections.abc import Sequence

import pytest

from gateway.edges.derived_keys import DerivedKeys
from gateway.errors import FetchBlocked, Unreachable
from gateway.flows.test_aids.upstream import SLOW_S, UpstreamFirst, behaviour_of
from gateway.ports.trials import TRIAL, Trial, acting_for
from gateway.records.test_issuers import Site, is_of_twin, is_ours
from gateway.records.trials import Behaviour, Travel, Upstream
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.web import SimulatedWeb

TWIN = "acme-test"
SITE = Site(TWIN, "ob3-vc-jwt-valid")


class OneBehaviour:
    """The port ``Trials``, in which one thing was said of all fixtures."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.said = Upstream(fixture="", behaviour=behaviour, changed=NOON, until=NOON + dt.timedelta(days=1))

    async def travel(self, platform: str, at: dt.datetime) -> Travel | None:
        del platform, at
        return None

    async def set_travel(self, platform: str, travel: Travel, actor: str, at: dt.datetime) -> None:
        del platform, travel, actor, at

    async def upstream(self, platform: str) -> Sequence[Upstream]:
        del platform
        return [self.said]

    async def set_upstream(self, platform: str, upstream: Upstream, actor: str) -> None:
        del platform, actor
        self.said = upstream

    async def forget(self, at: dt.datetime) -> None:
        del at


def issuer(behaviour: Behaviour, waited: list[float]) -> UpstreamFirst:
    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    keys = DerivedKeys(b"s" * 32)
    return UpstreamFirst(SimulatedWeb(), OneBehaviour(behaviour), keys, SimulatedClock(), 5.0, sleep)


async def test_a_slow_one_is_late_and_one_that_is_too_late_says_nothing() -> None:
    waited: list[float] = []

    with acting_for(TWIN):
        late = await issuer(Behaviour.SLOW, waited)(SITE("issuer"))
        with pytest.raises(Unreachable, match="no complete answer within 5 s"):
            await issuer(Behaviour.TIMEOUT, waited)(SITE("issuer"))

    assert (late.status, late.media_type) == (200, "application/ld+json")
    assert waited == [SLOW_S, 5.0]


@pytest.mark.parametrize("trial", [None, Trial("other-test"), Trial("acme"), Trial("acme-tes")])
@pytest.mark.parametrize("behaviour", [Behaviour.SOUND, Behaviour.MISSING, Behaviour.TIMEOUT])
async def test_nobody_but_its_twin_learns_anything(trial: Trial | None, behaviour: Behaviour) -> None:
    waited: list[float] = []
    token = TRIAL.set(trial)

    said = set()
    for address in (SITE("issuer"), SITE("nothing"), Site(TWIN, "nothing")("issuer"), "https://issuer.invalid/x"):
        with pytest.raises(FetchBlocked) as refusal:
            await issuer(behaviour, waited)(address)
        said.add(str(refusal.value).removeprefix(address))
    TRIAL.reset(token)

    assert len(said) == 1
    assert waited == []


@pytest.mark.parametrize(
    "address",
    [
        "https://acme-test.issuer.invalid.example/ob3-vc-jwt-valid/issuer",
        "https://acme-test-issuer.invalid/ob3-vc-jwt-valid/issuer",
        "https://issuer.example/acme-test.issuer.invalid",
    ],
)
async def test_what_only_looks_like_it_goes_to_the_web(address: str) -> None:
    with acting_for(TWIN), pytest.raises(Unreachable, match="no connection could be made"):
        await issuer(Behaviour.SOUND, [])(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://acme-test.issuer.invalid/ob3-vc-jwt-valid/issuer",
        "https://acme-test.issuer.invalid:8443/ob3-vc-jwt-valid/issuer",
        "https://user@acme-test.issuer.invalid/ob3-vc-jwt-valid/issuer",
        "https://acme-test.issuer.invalid./ob3-vc-jwt-valid/issuer",
        "https://ACME-TEST.issuer.invalid/ob3-vc-jwt-valid/issuer",
        "https://a.acme-test.issuer.invalid/ob3-vc-jwt-valid/issuer",
    ],
)
async def test_its_addresses_have_one_spelling(address: str) -> None:
    with acting_for(TWIN), pytest.raises(FetchBlocked):
        await issuer(Behaviour.SOUND, [])(address)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("https://acme-test.issuer.invalid/a/issuer", True),
        ("https://ACME-TEST.ISSUER.INVALID/a", True),
        ("did:web:acme-test.issuer.invalid:a", True),
        ("did:web:issuer.invalid", True),
        ("urn:eidas:NTRFR-000000000", True),
        ("urn:eidas:NTRFR-000000001", False),
        ("did:web:issuer.example", False),
        ("https://issuer.example/", False),
        ("https://[/", False),
        ("did:key:z6Mk", False),
        ("", False),
    ],
)
def test_an_issuer_of_tests_is_known_by_its_id(name: str, ours: bool) -> None:
    assert is_of_twin(name) is ours
    assert is_ours(name) is (ours and name.startswith("https:"))


def test_what_was_said_of_one_fixture_comes_first_and_what_is_over_dates_the_list() -> None:
    later, end = NOON + dt.timedelta(minutes=1), NOON + dt.timedelta(hours=1)
    of_all = Upstream(fixture="", behaviour=Behaviour.MISSING, changed=later, until=end + dt.timedelta(hours=1))
    of_one = Upstream(fixture="one", behaviour=Behaviour.REVOKED, changed=NOON, until=end)

    during = behaviour_of("one", [of_one, of_all], later)
    after = behaviour_of("one", [of_one, of_all], end)
    other = behaviour_of("two", [of_one, of_all], later)

    assert during == (Behaviour.REVOKED, later)
    assert after == (Behaviour.MISSING, end)
    assert other == (Behaviour.MISSING, later)
