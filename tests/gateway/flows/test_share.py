"""What stands in a form is what the address serves, whatever the source says."""

import json
from collections.abc import Callable
from typing import Any  # Any: members of JSON documents
from uuid import uuid4

import pytest

from adapters.hub.contract import Draft, Format
from adapters.hub.losses import LossReport
from gateway.assembly.whole import Gateway
from gateway.flows.share import named

CONTEXT = "https://w3id.org/openbadges/v2"


async def shared(gateway: Gateway, write: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The BadgeClass that ``write`` makes with an id, after it was shared."""
    own_id = str(uuid4())
    document = {"@context": CONTEXT, "badge": write(own_id), "evidence": [{"narrative": f"see {own_id}", "n": 2**70}]}
    draft = Draft(format=Format.OPEN_BADGES_2, document=document, losses=LossReport())
    share = gateway.convert.prepare.share
    found = named(draft, own_id, await share(share.achievement("default", draft, own_id))).document
    badge = dict(found["badge"])
    assert found == {"@context": CONTEXT, "badge": badge, "evidence": [{"narrative": f"see {badge['id']}", "n": 2**70}]}
    return badge


async def served(gateway: Gateway, badge: dict[str, Any]) -> dict[str, Any]:
    """What the address of the achievement serves."""
    found = await gateway.show.achievements.find("default", badge["id"])
    assert found is not None
    return {name: value for name, value in json.loads(found.document).items() if name != "@context"}


@pytest.fixture
async def known(gateway: Gateway) -> dict[str, Any]:
    """An achievement that is there already."""
    return await shared(gateway, lambda own: {"id": own, "name": "Knots", "image": {"id": f"{own}.png"}})


async def test_the_same_gets_the_id_that_is_there(gateway: Gateway, known: dict[str, Any]) -> None:
    badge = await shared(gateway, lambda own: {"image": {"id": f"{own}.png"}, "name": "Knots", "id": own})

    assert badge == known == await served(gateway, known)


async def test_another_document_gets_another_id(gateway: Gateway, known: dict[str, Any]) -> None:
    badge = await shared(gateway, lambda own: {"id": own, "name": "Hitches", "image": {"id": f"{own}.png"}})

    assert badge["id"] != known["id"]
    assert await served(gateway, badge) == badge


async def test_what_names_the_known_id_elsewhere_is_another_document(gateway: Gateway, known: dict[str, Any]) -> None:
    image = {"id": f"{known['id']}.png"}

    badge = await shared(gateway, lambda own: {"id": own, "name": "Knots", "image": image})

    assert badge["id"] != known["id"]
    assert await served(gateway, badge) == badge


@pytest.mark.parametrize("written", ["", "\0", "%s", "\\u0000"])
async def test_nothing_that_an_issuer_writes_is_taken_for_the_id(
    gateway: Gateway, known: dict[str, Any], written: str
) -> None:
    badge = await shared(gateway, lambda own: {"id": own, "name": "Knots", "image": {"id": f"{written}.png"}})

    assert badge["id"] != known["id"]
