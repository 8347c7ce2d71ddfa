"""People hold credentials in ELM like any other, and have theirs sealed."""

import json
from pathlib import Path

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import NotFound
from gateway.flows.hold import Held, InvalidBadge, RecipientMismatch
from gateway.records.holdings import Via
from gateway.records.people import PEOPLE
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import sealing_settings
from tests.simulators.backpack_owner import EMAIL, BackpackOwner, backpack_owner
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import SimulatedSealer, credential


@pytest.fixture
def settings(tmp_path: Path, sealer: SimulatedSealer) -> Settings:
    return sealing_settings(tmp_path, sealer)


@pytest.fixture
async def owner(gateway: Gateway) -> BackpackOwner:
    return await backpack_owner(gateway)


def of(address: str) -> dict[str, object]:
    found = json.loads(json.dumps(credential()).replace("learner@example.org", address))
    return dict(found)


async def had_as(format: Format, gateway: Gateway, owner: BackpackOwner, held: Held) -> bytes:
    """What is issued at the owner's wish."""
    found = await gateway.backpack.convert_held(owner.person.id, held.holding.id, format)
    holding = await gateway.backpack.hand_out(owner.person.id, found)
    record = await gateway.look_up.records.find(None, holding.record)
    assert record is not None
    [form] = [form for form in record.forms if form.intent.format is format]
    return form.sealed or b""


async def test_a_sealed_credential_is_held_and_handed_out_byte_for_byte(
    gateway: Gateway, owner: BackpackOwner, sealer: SimulatedSealer
) -> None:
    body = sealer.sealed(of(EMAIL))

    held = await gateway.holdings.hold(body, owner.person.id, Via.BACKPACK)

    assert (held.holding.format, held.holding.title, held.holding.matched.address) == (Format.ELM_3, "Knots", EMAIL)
    assert (await gateway.backpack.hand_out(owner.person.id, held.holding.id)).received == body
    assert (await gateway.backpack.show_picture(owner.person.id, held.holding.id)).startswith(b"\x89PNG")
    with pytest.raises(NotFound, match="not put into a picture"):
        await gateway.backpack.hand_out.baked(owner.person.id, held.holding.id)


async def test_one_for_somebody_else_or_changed_is_not_held(
    gateway: Gateway, owner: BackpackOwner, sealer: SimulatedSealer
) -> None:
    with pytest.raises(RecipientMismatch):
        await gateway.holdings.hold(sealer.sealed(of("another@example.org")), owner.person.id, Via.BACKPACK)
    changed = sealer.sealed(of(EMAIL)).replace(b"Knots", b"Ropes")
    with pytest.raises(InvalidBadge):
        await gateway.holdings.hold(changed, owner.person.id, Via.BACKPACK)


async def test_a_badge_that_is_held_is_sealed_at_its_owners_wish(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    held = await gateway.holdings.hold(issuer.hosted(issuer.assertion()), owner.person.id, Via.BACKPACK)

    verified = await gateway.verify(await had_as(Format.ELM_3, gateway, owner, held))
    assert verified.report.outcome is Outcome.PASSED
    assert verified.received.reading is not None
    assert verified.received.reading.issuer_id == f"did:web:badges.example.org:p:{PEOPLE}"


async def test_a_sealed_credential_is_issued_as_an_open_badge_at_its_owners_wish(
    gateway: Gateway, owner: BackpackOwner, sealer: SimulatedSealer
) -> None:
    held = await gateway.holdings.hold(sealer.sealed(of(EMAIL)), owner.person.id, Via.BACKPACK)

    for format in (Format.OPEN_BADGES_2, Format.OPEN_BADGES_3):
        verified = await gateway.verify(await had_as(format, gateway, owner, held))

        assert verified.report.outcome is Outcome.PASSED
