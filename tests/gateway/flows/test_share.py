"""What is written is what the address serves, whatever the source says."""

import json

import pytest

from adapters.hub.contract import Format
from adapters.hub.losses import LossReport
from gateway.assembly import Gateway
from gateway.flows.share import Written

CONTEXT = "https://w3id.org/openbadges/v2"


def written(badge: dict[str, object]) -> Written:
    """A form with this BadgeClass."""
    document = {"@context": CONTEXT, "badge": badge}
    return Written(
        format=Format.OPEN_BADGES_2, document=document, losses=LossReport(), unsigned=json.dumps(document).encode()
    )


async def served(gateway: Gateway, form: Written) -> dict[str, object]:
    """What the address of the achievement serves."""
    found = await gateway.show.achievements.find("default", form.document["badge"]["id"])
    assert found is not None
    return {"badge": {name: value for name, value in json.loads(found.document).items() if name != "@context"}}


@pytest.fixture
async def known(gateway: Gateway) -> str:
    """The id of an achievement that is there already."""
    form = await gateway.convert.prepare.share("default", lambda own: written({"id": own, "name": "Knots"}))
    return str(form.document["badge"]["id"])


async def test_the_same_is_written_with_the_id_that_is_there(gateway: Gateway, known: str) -> None:
    form = await gateway.convert.prepare.share("default", lambda own: written({"name": "Knots", "id": own}))

    assert form.document["badge"] == {"name": "Knots", "id": known}


async def test_another_document_gets_another_id(gateway: Gateway, known: str) -> None:
    form = await gateway.convert.prepare.share("default", lambda own: written({"id": own, "name": "Hitches"}))

    assert form.document["badge"]["id"] != known
    assert (await served(gateway, form))["badge"] == form.document["badge"]


async def test_what_its_id_changes_is_shared_with_nobody(gateway: Gateway, known: str) -> None:
    def endorsing(own: str) -> Written:
        """Keep an endorsement of the achievement that is there, drop one of a stranger's."""
        return written({"id": own, "name": "Knots", **({"endorsement": known} if own == known else {})})

    forms = [await gateway.convert.prepare.share("default", endorsing) for _ in range(2)]

    for form in forms:
        assert (await served(gateway, form))["badge"] == form.document["badge"]
    assert len({known, *(form.document["badge"]["id"] for form in forms)}) == 3


@pytest.mark.parametrize("name", ["", "\0", "%s", "\\u0000"])
async def test_nothing_that_an_issuer_writes_is_taken_for_the_id(gateway: Gateway, name: str) -> None:
    share = gateway.convert.prepare.share
    form = await share("default", lambda own: written({"id": own, "image": f"{own}.png"}))

    other = await share("default", lambda own: written({"id": own, "image": f"{name}.png"}))

    assert other.document["badge"]["id"] != form.document["badge"]["id"]
