"""What a twin issued counts nowhere: no platform that counts makes something of it."""

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway, assembled
from gateway.flows.convert import Caller
from gateway.flows.permit import IssuerNotAccepted
from gateway.flows.prepare import Target, target
from gateway.records import Platform, Securing
from gateway.records.people import PEOPLE
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from gateway.settings import Settings
from tests.gateway.plain import award
from tests.simulators.clock import SimulatedClock
from tests.simulators.web import SimulatedWeb

LIVE = Caller(DEFAULT_PLATFORM, "key")
TEST = Caller(twin_of(DEFAULT_PLATFORM), "key")
FORMS = tuple(target(Format.OPEN_BADGES_3, securing) for securing in (Securing.DATA_INTEGRITY, Securing.VC_JWT))
EVERY_FORM = (*FORMS, *(target(Format.OPEN_BADGES_2, securing) for securing in (Securing.HOSTED, Securing.JWS)))


async def issued(gateway: Gateway, asked: Target, caller: Caller) -> bytes:
    [form] = (await gateway.native.issue(msgspec.json.encode(award()), (asked,), caller)).created
    return form.sealed or b""


@pytest.mark.parametrize("asked", EVERY_FORM)
@pytest.mark.parametrize("did", ["did", "https"])
async def test_a_badge_of_a_twin_is_converted_by_twins_alone(
    settings: Settings, web: SimulatedWeb, clock: SimulatedClock, asked: Target, did: str
) -> None:
    settings = msgspec.structs.replace(settings, open_badges_3_issuer=did)
    async with assembled(settings, web=web, clock=clock) as gateway:
        await gateway.platforms.ensure(Platform(id="other-test", name="Other"))
        badge = await issued(gateway, asked, TEST)

        for caller in (LIVE, Caller(PEOPLE, "somebody")):
            with pytest.raises(IssuerNotAccepted, match="test mode"):
                await gateway.convert(badge, "", EVERY_FORM, caller)

        for twin in (TEST.platform, "other-test"):
            assert (await gateway.convert(badge, "", EVERY_FORM, Caller(twin, "key"))).created


@pytest.mark.parametrize("asked", [FORMS[0], EVERY_FORM[2]])
async def test_without_https_a_twin_is_known_by_its_key(
    settings: Settings, web: SimulatedWeb, clock: SimulatedClock, asked: Target
) -> None:
    settings = msgspec.structs.replace(settings, public_url="http://localhost:8000")
    async with assembled(settings, web=web, clock=clock) as gateway:
        badge = await issued(gateway, asked, TEST)
        await issued(gateway, EVERY_FORM[3], TEST)  # an RSA key, which is no did:key

        with pytest.raises(IssuerNotAccepted, match="test mode"):
            await gateway.convert(badge, "", FORMS[:1], LIVE)

        ours = await issued(gateway, asked, LIVE)
        assert (await gateway.convert(ours, "", FORMS[:1], LIVE)).created

        assert (await gateway.convert(badge, "", FORMS[:1], TEST)).created


async def test_what_a_platform_issued_itself_is_no_twin_s(gateway: Gateway) -> None:
    badge = await issued(gateway, FORMS[0], LIVE)

    assert (await gateway.convert(badge, "", EVERY_FORM, LIVE)).created
