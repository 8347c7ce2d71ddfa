"""Documents that hold several awards, and those that hold what is nobody's business."""

import base64
import copy
import json
from pathlib import Path
from typing import Any  # Any: members of JSON objects

import msgspec
import pytest

from adapters.hub.contract import Format
from adapters.hub.losses import PERSONAL, Loss
from gateway.assembly.whole import Gateway
from gateway.errors import NotActive
from gateway.flows.answer import verification
from gateway.flows.convert import Converted, NoSuchAward
from gateway.flows.prepare import Target, target
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER, sealing_settings
from tests.simulators.sealer import SimulatedSealer, credential

THIRD, ELM = target(Format.OPEN_BADGES_3), target(Format.ELM_3)


@pytest.fixture
def settings(tmp_path: Path, sealer: SimulatedSealer) -> Settings:
    return sealing_settings(tmp_path, sealer)


def several(*titles: str) -> dict[str, Any]:
    document = credential()
    subject = copy.deepcopy(document["credentialSubject"])
    [claim] = subject["hasClaim"]
    subject["hasClaim"] = [
        {
            **copy.deepcopy(claim),
            "id": f"urn:epass:learningAchievement:{number}",
            "title": {"en": title},
            "awardedBy": {**claim["awardedBy"], "id": f"urn:epass:awardingProcess:{number}"},
        }
        for number, title in enumerate(titles, 1)
    ]
    return credential(credentialSubject=subject)


async def converted(gateway: Gateway, body: bytes, award: int = 0, to: Target = THIRD) -> Converted:
    return await gateway.convert(body, "", (to,), CALLER, award=award)


def losses(made: Converted) -> tuple[Loss, ...]:
    return msgspec.json.decode(made.created[0].intent.losses, type=tuple[Loss, ...])


async def test_each_award_has_a_record_of_its_own_and_says_what_it_left(
    gateway: Gateway, sealer: SimulatedSealer
) -> None:
    body = sealer.sealed(several("Knots", "Ropes", "Sails"))

    made = [await converted(gateway, body, award) for award in range(3)]

    assert [each.record.title for each in made] == ["Knots", "Ropes", "Sails"]
    assert len({each.record.id for each in made}) == 3
    left = {loss.source for loss in losses(made[1]) if "another conversion" in loss.note}
    assert {f"/credentialSubject/hasClaim/{other}/title/en" for other in (0, 2)} <= left
    assert not any(source and source.startswith("/credentialSubject/hasClaim/1/") for source in left)


async def test_all_titles_are_told_before_anybody_chooses(gateway: Gateway, sealer: SimulatedSealer) -> None:
    body = sealer.sealed(several("Knots", "Ropes"))

    assert (await gateway.inspect(body)).awards == ("Knots", "Ropes")
    assert verification(await gateway.verify(body)).awards == ("Knots", "Ropes")
    assert verification(await gateway.verify(sealer.sealed(several("Knots")))).awards == ()


async def test_the_same_award_again_is_the_same_record(gateway: Gateway, sealer: SimulatedSealer) -> None:
    body = sealer.sealed(several("Knots", "Ropes"))
    first = await converted(gateway, body, 1)

    again = await converted(gateway, body, 1)

    assert (again.record.id, again.created) == (first.record.id, ())


async def test_one_more_form_is_of_the_same_award(gateway: Gateway, sealer: SimulatedSealer) -> None:
    made = await converted(gateway, sealer.sealed(several("Knots", "Ropes")), 1)

    extended = await gateway.extend(made.record.id, (ELM,), CALLER)

    payload = json.loads(json.loads(extended.created[0].sealed or b"")["payload"])
    claims = payload["credentialSubject"]["hasClaim"]
    assert "Ropes" in json.dumps(claims)
    assert "Knots" not in json.dumps(claims)


async def test_one_award_is_revoked_without_the_others(gateway: Gateway, sealer: SimulatedSealer) -> None:
    body = sealer.sealed(several("Knots", "Ropes"))
    await gateway.revoke((await converted(gateway, body)).record.id, "by mistake", CALLER)

    assert len((await converted(gateway, body, 1)).created) == 1


@pytest.mark.parametrize("award", [2, 9999])
async def test_an_award_that_is_not_there_is_refused(gateway: Gateway, sealer: SimulatedSealer, award: int) -> None:
    with pytest.raises(NoSuchAward, match="it holds 2"):
        await converted(gateway, sealer.sealed(several("Knots", "Ropes")), award)


async def test_who_sealed_is_the_issuer_and_who_awarded_is_the_creator(
    gateway: Gateway, sealer: SimulatedSealer
) -> None:
    made = await converted(gateway, sealer.sealed(several("Knots")))

    verified = await gateway.verify(made.created[0].sealed or b"")
    assert verified.received.reading is not None
    [written] = verified.received.reading.credentials
    assert written.source is not None
    assert written.source.name == {"und": "Example University"}
    assert written.achievement.creator is not None
    assert written.achievement.creator.name == {"und": "School of Knots"}


async def test_an_original_with_personal_data_is_not_embedded_and_the_report_says_why(
    gateway: Gateway, sealer: SimulatedSealer
) -> None:
    subject = {**copy.deepcopy(credential()["credentialSubject"]), "dateOfBirth": "1990-01-01T00:00:00Z"}
    body = sealer.sealed(credential(credentialSubject=subject))

    made = await converted(gateway, body, to=ELM)

    [form] = made.created
    document = json.loads(json.loads(form.sealed or b"")["payload"])
    assert "edc-generic-full" in json.dumps(document["credentialSchema"])
    assert base64.b64encode(body).decode() not in (form.sealed or b"").decode()
    assert "1990" not in json.dumps(document)
    assert PERSONAL in {loss.note for loss in losses(made)}
    assert (await gateway.verify(form.sealed or b"")).report.outcome is Outcome.PASSED


async def test_one_award_of_several_does_not_show_the_others(gateway: Gateway, sealer: SimulatedSealer) -> None:
    document = several("Knots", "Ropes")
    body = sealer.sealed({**document, "displayParameter": {**document["displayParameter"], "title": {"en": "Sailor"}}})

    for award, other in ((0, "Ropes"), (1, "Knots")):
        [form] = (made := await converted(gateway, body, award, ELM)).created
        sealed = (form.sealed or b"").decode()

        assert other not in sealed
        assert base64.b64encode(body).decode() not in sealed
        assert "edc-generic-full" in sealed
        assert any("not embedded" in loss.note for loss in losses(made))


async def test_a_revoked_award_is_the_same_wherever_it_stands(gateway: Gateway, sealer: SimulatedSealer) -> None:
    first = await converted(gateway, sealer.sealed(several("Knots", "Ropes")))
    await gateway.revoke(first.record.id, "by mistake", CALLER)

    for titles, award in ((("Ropes", "Knots"), 1), (("Ropes", "Sails", "Knots"), 2), (("Knots",), 0)):
        with pytest.raises(NotActive):
            await converted(gateway, sealer.sealed(several(*titles)), award)
    made = await converted(gateway, sealer.sealed(several("Ropes", "Knots")), 0)
    assert made.record.title == "Ropes"


async def test_a_credential_that_was_revoked_whole_is_not_issued_in_parts(
    gateway: Gateway, sealer: SimulatedSealer
) -> None:
    alone = await converted(gateway, sealer.sealed(several("Knots")))
    await gateway.revoke(alone.record.id, "by mistake", CALLER)

    with pytest.raises(NotActive):
        await converted(gateway, sealer.sealed(several("Ropes", "Knots")), 1)
