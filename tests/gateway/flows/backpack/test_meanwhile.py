"""What becomes of a badge that its owner removes, or gets anew, while it is looked at or converted."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from typing import Any  # Any: whatever a verification is asked

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import NotFound
from gateway.flows.verify import Verified, Verify
from gateway.records.holdings import Via
from gateway.records.people import PEOPLE
from tests.simulators.backpack_owner import BackpackOwner, backpack_owner
from tests.simulators.issuer import SimulatedIssuer

Act = Callable[[Gateway, Any, str, str], Awaitable[object]]


@dataclasses.dataclass
class Slow:
    """A verification that is done, and does not return before it may."""

    verify: Verify
    done: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)
    may_return: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)

    async def __call__(self, *asked: Any) -> Verified:
        verified = await self.verify(*asked)
        self.done.set()
        await self.may_return.wait()
        return verified


async def convert(gateway: Gateway, verify: Any, person: str, holding: str) -> object:
    flow = dataclasses.replace(gateway.backpack.convert_held, verify=verify)
    return await flow(person, holding, Format.OPEN_BADGES_3)


async def look(gateway: Gateway, verify: Any, person: str, holding: str) -> None:
    await dataclasses.replace(gateway.backpack.check_again, verify=verify)(person, holding)


async def offer(gateway: Gateway, verify: Any, person: str, holding: str) -> object:
    return await dataclasses.replace(gateway.offers.offer_held, verify=verify)(person, holding)


@pytest.fixture
async def owner(gateway: Gateway) -> BackpackOwner:
    return await backpack_owner(gateway)


@pytest.mark.parametrize("forms", [True, False])
@pytest.mark.parametrize("act", [convert, look, offer])
async def test_a_badge_that_was_removed_meanwhile_stays_removed(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer, act: Act, forms: bool
) -> None:
    person, slow = owner.person.id, Slow(gateway.verify)
    held = await gateway.holdings.hold(issuer.hosted(issuer.assertion()), person, Via.BACKPACK)
    acting = asyncio.ensure_future(act(gateway, slow, person, held.holding.id))
    await slow.done.wait()
    await gateway.backpack.remove(person, held.holding.id, forms=forms)

    slow.may_return.set()
    with nullcontext() if act is look else pytest.raises(NotFound):
        await acting

    assert (await gateway.holdings.holdings.page(PEOPLE, person)).total == 0


@pytest.mark.parametrize("act", [convert, look, offer])
async def test_a_newer_version_that_came_meanwhile_is_not_overwritten(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer, act: Act
) -> None:
    person, slow = owner.person.id, Slow(gateway.verify)
    held = await gateway.holdings.hold(issuer.hosted(issuer.assertion()), person, Via.BACKPACK)
    acting = asyncio.ensure_future(act(gateway, slow, person, held.holding.id))
    await slow.done.wait()
    newer = issuer.hosted(issuer.assertion(narrative="now with distinction"))
    kept = (await gateway.holdings.hold(newer, person, Via.BADGE_CONNECT)).holding

    slow.may_return.set()
    await acting

    assert await gateway.holdings.holdings.find(PEOPLE, person, kept.id) == kept
