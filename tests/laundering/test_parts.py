"""A copy says what the badge says: nothing of what the badge leads to, and of what others say of it."""

import re

import pytest

from gateway.flows.prepare import Target
from gateway.issuing.seal import document_of
from tests.laundering import parts
from tests.laundering.issuers import Form
from tests.laundering.laundry import TARGETS, Laundry, Make
from tests.laundering.sources import REVOCATIONS, Kind, World

VICTIM = "https://victim.example/profile"


async def _signed(laundry: Laundry, make: Make) -> dict[Target, str]:
    """All that is signed of a badge, as text, by its form."""
    world = World()
    converted = await laundry.converted(world, make(world))
    return {
        Target(form.intent.format, form.intent.securing): str(document_of(form.intent)) + (form.sealed or b"").decode()
        for form in converted.created
    }


@pytest.mark.parametrize("form", Form)
async def test_no_endorsement_is_in_anything_that_is_signed(form: Form, laundry: Laundry) -> None:
    signed = await _signed(laundry, parts.SOUND[f"endorsed, {form}"])

    assert set(signed) == set(TARGETS)
    # What was checked may be named; of what it found nothing.
    said = {target: re.sub(r"endorsements \w+", "", text) for target, text in signed.items()}
    assert [target for target, text in said.items() if "ndorse" in text or "Accreditation" in text] == []


@pytest.mark.parametrize("form", Form)
async def test_newer_version_is_judged_and_nothing_of_it_is_signed(form: Form, laundry: Laundry) -> None:
    signed = await _signed(laundry, parts.SOUND[f"newer version, {form}"])

    assert set(signed) == set(TARGETS)
    assert [target for target, text in signed.items() if "Surgery" in text or parts.SERVICE in text] == []


@pytest.mark.parametrize("form", Form)
async def test_digest_that_was_not_compared_is_in_nothing_that_is_signed(form: Form, laundry: Laundry) -> None:
    signed = await _signed(laundry, parts.SOUND[f"annexes that nobody compared, {form}"])

    assert set(signed) == set(TARGETS)
    assert [target for target, text in signed.items() if parts.sri(b"") in text or "annex" in text] == []


@pytest.mark.parametrize("kind", [Kind.JWS, Kind.HOSTED])
async def test_name_that_a_served_profile_gives_itself_is_in_nothing_that_is_signed(
    kind: Kind, laundry: Laundry
) -> None:
    """It is taken for its address: a host must not speak in another's name."""

    def named_otherwise(world: World) -> bytes:
        badge = world.sound(kind)
        world.issuer.publish(id=VICTIM, revocationList=REVOCATIONS)
        return badge

    signed = await _signed(laundry, named_otherwise)

    assert set(signed) == set(TARGETS)
    assert [target for target, text in signed.items() if VICTIM in text] == []
