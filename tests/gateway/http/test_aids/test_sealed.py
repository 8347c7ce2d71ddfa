"""Seals of the test authority are trusted in the twin that they were made for, and change nothing for anybody else."""

from base64 import b64decode
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway, assembled
from gateway.flows.convert import Caller
from gateway.flows.permit import IssuerNotAccepted
from gateway.flows.platform.tenants import ChangePlatform
from gateway.flows.prepare import target
from gateway.ports.trials import acting_for
from gateway.proofs import base64url
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from gateway.trust.anchors import NO_ANCHORS
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.oid4vci.conftest import Counter
from tests.gateway.http.test_aids.conftest import Headers, converted, fixture, verified
from tests.gateway.http.test_aids.test_upstream import behaves, rechecked
from tests.gateway.http.test_aids.test_worlds import offered
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock
from tests.simulators.sealer import SimulatedSealer, of_did
from tests.simulators.web import SimulatedWeb

SEALED, WITHHOLDING = "elm3-jades-valid", "ob3-sd-jwt-valid"
GOOD = ("passed", "noted")


def outcomes(found: dict[str, Any]) -> dict[str, str]:
    """The outcome of each check."""
    return {check["name"]: check["outcome"] for check in found["checks"]}


async def test_its_certificate_is_trusted_in_its_own_twin_alone(
    client: Client, twin: Headers, other_twin: Headers, live: Headers
) -> None:
    badge = await fixture(client, twin, SEALED)

    found = [outcomes(await verified(client, badge, headers)) for headers in (twin, other_twin, live, {}, twin)]

    assert [each["proof"] for each in found] == ["passed"] * 5
    assert [each["certificate"] for each in found] == ["passed", "unknown", "unknown", "unknown", "passed"]
    assert [each["issuer"] for each in found] == ["passed", "unknown", "unknown", "unknown", "passed"]


async def test_what_a_twin_trusts_is_in_nobody_elses_anchors(client: Client, twin: Headers, gateway: Gateway) -> None:
    await verified(client, await fixture(client, twin, SEALED), twin)

    trusted = gateway.verify.trusted_in_trial

    assert gateway.verify.anchors == NO_ANCHORS
    assert trusted is not None
    assert trusted("default-test") == trusted("default-test") != trusted("other-test")


async def test_no_seal_of_anybody_else_is_trusted_by_the_test_authority(
    client: Client, twin: Headers, world: World
) -> None:
    """A twin trusts its authority's seals, and not whoever sends its certificates along."""
    chain = _chain(await fixture(client, twin, SEALED))
    sealer = SimulatedSealer(world.web)
    document = of_did("did:web:default-test.issuer.invalid:elm3-jades-valid")

    beside = await verified(client, sealer.sealed(document, chain=(*sealer.chain, *chain)), twin)
    instead = await verified(client, sealer.sealed(document, chain=chain), twin)

    assert (outcomes(beside)["certificate"], outcomes(beside)["issuer"]) == ("unknown", "unknown")
    assert outcomes(instead)["proof"] == "failed"


@pytest.mark.parametrize(
    "issuer", ["did:web:default-test.issuer.invalid:elm3-jades-valid", "urn:eidas:NTRFR-000000000"]
)
async def test_its_issuer_is_refused_live_even_by_a_platform_that_accepts_it(gateway: Gateway, issuer: str) -> None:
    change: ChangePlatform = gateway.tenancy.change
    await change(DEFAULT_PLATFORM, {"policy": {"accepts": [issuer]}}, "command line")

    with pytest.raises(IssuerNotAccepted, match="test mode"):
        await gateway.convert.permit(DEFAULT_PLATFORM, [issuer], 1)


async def test_work_for_a_live_platform_trusts_no_test_authority(
    client: Client, twin: Headers, gateway: Gateway
) -> None:
    badge = await fixture(client, twin, SEALED)

    with acting_for("default-test"):
        in_twin = await gateway.verify(badge)
        with acting_for(DEFAULT_PLATFORM):
            live = await gateway.verify(badge)

    assert (in_twin.report.outcome in GOOD, live.report.outcome) == (True, "unknown")


async def test_it_is_converted_by_nobody_live_even_where_its_authority_is_trusted(tmp_path: Path) -> None:
    """An operator who tries out what the report advises puts the authority among the anchors."""
    settings = Settings(public_url=PUBLIC_URL, data_dir=tmp_path)
    name = "elm3-jades-untrusted-certificate"
    async with assembled(settings, web=SimulatedWeb()) as gateway:
        _, badge = await gateway.test_aids.make_fixture(name, 0, Caller("default-test", "somebody"))
    anchors = _folder(tmp_path / "anchors", _chain(badge)[-1])

    async with assembled(msgspec.structs.replace(settings, seal_anchors=anchors), web=SimulatedWeb()) as gateway:
        found = await gateway.verify(badge)
        with pytest.raises(IssuerNotAccepted, match="test mode"):
            await gateway.convert(badge, "", (target(Format.OPEN_BADGES_3),), Caller(DEFAULT_PLATFORM, "somebody"))

    assert found.report.outcome in GOOD


async def test_a_wallet_has_what_was_made_of_it_long_after(
    client: Client, twin: Headers, gateway: Gateway, clock: SimulatedClock
) -> None:
    """It is verified anew in the twin that its record is of."""
    record = await converted(client, await fixture(client, twin, SEALED), twin)
    clock.advance(days=3)
    await gateway.publish()
    counter = Counter(client, gateway, clock, record["id"])
    await offered(client, twin, counter, record)

    answer = await counter.fetched()

    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("name", [SEALED, WITHHOLDING])
async def test_it_ends_and_begins_by_the_clock_of_the_twin(client: Client, twin: Headers, name: str) -> None:
    badge = await fixture(client, twin, name)
    await client.put("/v1/test/clock", headers=twin, json={"time": "2098-05-01T00:00:00Z"})

    found = await verified(client, badge, twin)

    assert (found["outcome"], outcomes(found)["validity-period"]) == ("failed", "failed")
    assert outcomes(found)["proof"] == "passed"


@pytest.mark.parametrize("name", [SEALED, WITHHOLDING])
@pytest.mark.parametrize("behaviour", ["missing", "gone", "bad-tls", "not-json", "server-error"])
async def test_it_is_known_by_nobody_while_its_issuer_does_not_answer(
    client: Client, twin: Headers, name: str, behaviour: str
) -> None:
    badge = await fixture(client, twin, name)

    await behaves(client, twin, behaviour)

    assert (await verified(client, badge, twin))["outcome"] in ("unknown", "failed")


async def test_a_record_of_an_sd_jwt_follows_its_status_list(client: Client, twin: Headers) -> None:
    record = await converted(client, await fixture(client, twin, WITHHOLDING), twin)
    await behaves(client, twin, "revoked")

    found = await rechecked(client, twin, record)

    assert found[0] == "revoked"


def _folder(anchors: Path, certificate: bytes) -> str:
    """A folder for ``GATEWAY_SEAL_ANCHORS`` with this certificate in it."""
    anchors.mkdir()
    (anchors / "root.pem").write_bytes(load_der_x509_certificate(certificate).public_bytes(Encoding.PEM))
    return str(anchors)


def _chain(sealed: bytes) -> tuple[bytes, ...]:
    """The certificates of a seal, DER."""
    [signature] = msgspec.json.decode(sealed)["signatures"]
    protected = msgspec.json.decode(base64url.decode(signature["protected"]))
    return tuple(b64decode(each) for each in protected["x5c"])
