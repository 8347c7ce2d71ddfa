"""What a platform lets be issued in its name, looked at before anything is signed."""

import asyncio
import json

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import IssueLimit
from gateway.flows.convert import Caller, Converted
from gateway.flows.permit import IssuerNotAccepted, Permit
from gateway.flows.prepare import target
from gateway.records.tenants import DEFAULT_PLATFORM, PlatformLimits, TrustPolicy
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer

CALLER = Caller(DEFAULT_PLATFORM, "holder")
BOTH = (target(Format.OPEN_BADGES_2), target(Format.OPEN_BADGES_3))


async def change(gateway: Gateway, **wanted: object) -> None:
    await gateway.tenancy.change(DEFAULT_PLATFORM, wanted, "command line", may_raise=True)


async def converted(gateway: Gateway, badge: bytes) -> int:
    return len((await gateway.convert(badge, "", BOTH, CALLER)).created)


async def issuer_of(gateway: Gateway, badge: bytes) -> str:
    report = await gateway.verify(badge, "")
    assert report.received.reading is not None
    return report.received.reading.credentials[0].issuer.id or ""


def origin_of(issuer: str) -> str:
    """Where the issuer of these tests lies."""
    return issuer[: issuer.index("/", len("https://"))]


async def test_everybody_is_accepted_until_somebody_is_named(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    assert await converted(gateway, issuer.hosted(issuer.assertion())) == 2


@pytest.mark.parametrize("by", ["id", "origin"])
async def test_who_is_refused_is_not_converted_and_nothing_is_stored(
    gateway: Gateway, issuer: SimulatedIssuer, by: str
) -> None:
    badge = issuer.hosted(issuer.assertion())
    named = await issuer_of(gateway, badge)
    await change(gateway, policy=TrustPolicy(refuses=(named if by == "id" else origin_of(named),)))

    with pytest.raises(IssuerNotAccepted) as refused:
        await converted(gateway, badge)

    assert named in str(refused.value)
    assert await gateway.tenancy.read_trail(DEFAULT_PLATFORM, "", 1)
    await change(gateway, policy=TrustPolicy())
    assert await converted(gateway, badge) == 2  # as new: nothing was kept of the first time


async def test_where_some_are_accepted_all_others_are_not(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    badge = issuer.hosted(issuer.assertion())
    await change(gateway, policy=TrustPolicy(accepts=("https://elsewhere.example",)))
    with pytest.raises(IssuerNotAccepted, match="other issuers only"):
        await converted(gateway, badge)

    await change(gateway, policy=TrustPolicy(accepts=(origin_of(await issuer_of(gateway, badge)),)))

    assert await converted(gateway, badge) == 2


async def test_who_is_refused_stays_refused_where_its_origin_is_accepted(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    badge = issuer.hosted(issuer.assertion())
    named = await issuer_of(gateway, badge)
    await change(gateway, policy=TrustPolicy(accepts=(origin_of(named),), refuses=(named,)))

    with pytest.raises(IssuerNotAccepted, match="refuses"):
        await converted(gateway, badge)


async def test_what_was_converted_before_is_still_found(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    badge = issuer.hosted(issuer.assertion())
    await converted(gateway, badge)

    await change(gateway, policy=TrustPolicy(accepts=("https://elsewhere.example",)))

    assert await converted(gateway, badge) == 0


async def test_a_day_ends_at_midnight(gateway: Gateway, issuer: SimulatedIssuer, clock: SimulatedClock) -> None:
    another = json.dumps(issuer.signed(issuer.credential())).encode()
    await change(gateway, limits=PlatformLimits(issued_per_day=3))
    await converted(gateway, issuer.hosted(issuer.assertion()))

    with pytest.raises(IssueLimit) as refused:
        await converted(gateway, another)

    assert 0 < refused.value.retry_after_s <= 86_400
    clock.advance(seconds=int(refused.value.retry_after_s))
    assert await converted(gateway, another) == 2


async def test_requests_at_once_do_not_pass_the_limit_of_a_day_together(gateway: Gateway) -> None:
    await change(gateway, limits=PlatformLimits(issued_per_day=2))
    bodies = [
        f'{{"achievement": {{"name": "N{number}", "description": "d", "criteria": {{"text": "c"}}}},'
        ' "recipient": {"email": "learner@example.org"}}'
        for number in range(12)
    ]

    done = await asyncio.gather(
        *(gateway.native.issue(body.encode(), (target(Format.OPEN_BADGES_3),), CALLER) for body in bodies),
        return_exceptions=True,
    )

    assert sum(isinstance(each, Converted) for each in done) == 2
    assert sum(isinstance(each, IssueLimit) for each in done) == 10


SPELLINGS = [
    "https://issuer.example/profile",
    "https://issuer.example:443/profile",
    "https://issuer.example:0443/profile",
    "https://issuer.example:/profile",
    "https://ISSUER.example./profile",
    "http://issuer.example/profile",
    "did:web:issuer.example",
    "did:web:issuer.example%3A443:u:1",
    f"did:webvh:{'1' * 46}:issuer.example",
]


@pytest.mark.parametrize("entry", ["https://issuer.example", "https://Issuer.example/", "https://issuer.example:443"])
@pytest.mark.parametrize("issuer", SPELLINGS)
async def test_an_origin_means_its_issuer_however_that_is_spelled(gateway: Gateway, entry: str, issuer: str) -> None:
    permit = await permitting(gateway, TrustPolicy(refuses=(entry,)))

    with pytest.raises(IssuerNotAccepted):
        await permit(DEFAULT_PLATFORM, [issuer], 1)


@pytest.mark.parametrize(
    ("entry", "issuer"),
    [
        ("did:web:issuer.example", "did:web:ISSUER.example%3A443"),
        ("https://issuer.example/profile", "https://issuer.example:443/profile/"),
        ("https://xn--bcher-kva.example", "https://bücher.example/profile"),
        ("did:key:z6Mk", "did:key:z6Mk"),
        ("urn:uuid:1", "urn:uuid:1"),
    ],
)
async def test_an_id_means_its_issuer_however_that_is_spelled(gateway: Gateway, entry: str, issuer: str) -> None:
    permit = await permitting(gateway, TrustPolicy(refuses=(entry,)))

    with pytest.raises(IssuerNotAccepted):
        await permit(DEFAULT_PLATFORM, [issuer], 1)


@pytest.mark.parametrize(
    ("entry", "issuer"),
    [
        ("https://issuer.example", "https://issuer.example:8443/profile"),
        ("https://issuer.example", "https://issuer.example.other.example/"),
        ("https://issuer.example", "https://other.example@issuer.example.evil.example/"),
        ("https://issuer.example/profile", "https://issuer.example/profiles"),
        ("did:web:issuer.example", "did:web:issuer.example:u:1"),
        ("did:key:z6Mk", "did:key:z6Ml"),
        ("https://[::1", "https://[::1]/"),
    ],
)
async def test_an_entry_means_nobody_else(gateway: Gateway, entry: str, issuer: str) -> None:
    permit = await permitting(gateway, TrustPolicy(refuses=(entry,)))

    await permit(DEFAULT_PLATFORM, [issuer], 1)


async def permitting(gateway: Gateway, policy: TrustPolicy) -> Permit:
    await change(gateway, policy=policy)
    return gateway.convert.permit


def test_a_policy_takes_no_names_without_letters() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"accepts": [""]}', type=TrustPolicy)
