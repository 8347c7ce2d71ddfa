"""A gateway whose platforms may seal, and whose letters are kept."""

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from gateway.assembly.whole import Gateway, assembled
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, seal_organisation_id="NTRFR-123456789")


@pytest.fixture
async def gateway(
    settings: Settings, world: World, clock: SimulatedClock, mail: SimulatedMail
) -> AsyncIterator[Gateway]:
    """What the application serves; its letters are kept."""
    async with assembled(settings, web=world.web, clock=clock) as gateway:
        flows = gateway.europass
        announce = dataclasses.replace(flows.put_in_wallet.announce, mail=mail)
        put = dataclasses.replace(flows.put_in_wallet, announce=announce)
        send = dataclasses.replace(flows.seal_and_send, put_in_wallet=put)
        changed = msgspec.structs.replace(flows, put_in_wallet=put, seal_and_send=send)
        yield msgspec.structs.replace(gateway, europass=changed)
