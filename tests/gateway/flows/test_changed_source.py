"""What a hosted badge says stands in part elsewhere: nothing that was planned of old words is signed on new ones."""

import asyncio
import json
from pathlib import Path

import pytest

from adapters.hub.contract import Format
from gateway.flows.convert import SourceChanged
from gateway.flows.prepare import Target
from gateway.records import Securing
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.platform import CALLER, simulated_platform
from tests.simulators.web import SimulatedWeb

HOSTED = Target(Format.OPEN_BADGES_2, Securing.HOSTED)
EMBEDDED = Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY)


def renamed(issuer: SimulatedIssuer, name: str) -> None:
    issuer.serve(f"{issuer.host}/badges/knots", issuer.badge_class(name=name))


def named(sealed: bytes | None) -> str:
    return str(json.loads(sealed or b"")["credentialSubject"]["achievement"]["name"])


async def test_what_was_planned_before_a_crash_is_not_sealed_when_the_badge_says_something_else(
    web: SimulatedWeb, issuer: SimulatedIssuer, tmp_path: Path
) -> None:
    badge = issuer.hosted(issuer.assertion())
    renamed(issuer, "Doctor of Knots")
    async with simulated_platform(tmp_path, web, SimulatedClock()) as platform:
        await platform.convert(issuer.token(issuer.credential()).encode(), EMBEDDED)
        platform.signer.stuck = True
        interrupted = asyncio.create_task(platform.convert(badge, EMBEDDED))
        await asyncio.wait_for(platform.signer.waiting.wait(), 20)
        interrupted.cancel()
        await asyncio.gather(interrupted, return_exceptions=True)
        platform.signer.stuck = False
        renamed(issuer, "Attended a talk on knots")

        converted = await platform.convert(badge, EMBEDDED)

    assert [named(form.sealed) for form in converted.created] == ["Attended a talk on knots"]


async def test_the_same_badge_with_new_words_is_another_record_and_with_the_old_ones_the_first(
    web: SimulatedWeb, issuer: SimulatedIssuer, tmp_path: Path
) -> None:
    badge = issuer.hosted(issuer.assertion())
    async with simulated_platform(tmp_path, web, SimulatedClock()) as platform:
        first = await platform.convert(badge, EMBEDDED)
        renamed(issuer, "More knots")
        second = await platform.convert(badge, EMBEDDED)
        again = await platform.convert(badge, EMBEDDED)
        renamed(issuer, "Knots")
        third = await platform.convert(badge, EMBEDDED)

    assert second.record.id == again.record.id != first.record.id == third.record.id
    assert (again.created, third.created) == ((), ())
    assert named(second.created[0].sealed) == "More knots"


async def test_a_record_gets_no_further_form_of_what_it_was_not_made_of(
    web: SimulatedWeb, issuer: SimulatedIssuer, tmp_path: Path
) -> None:
    badge = issuer.hosted(issuer.assertion())
    async with simulated_platform(tmp_path, web, SimulatedClock()) as platform:
        first = await platform.convert(badge, EMBEDDED)
        renamed(issuer, "More knots")
        second = await platform.convert(badge, EMBEDDED)

        with pytest.raises(SourceChanged):
            await platform.gateway.extend(first.record.id, (HOSTED,), CALLER)
        extended = await platform.gateway.extend(second.record.id, (HOSTED,), CALLER)

    assert extended.record.id == second.record.id
    assert len(extended.created) == 1
