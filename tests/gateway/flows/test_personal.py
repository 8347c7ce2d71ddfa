"""What is nobody's business goes into no seal of ours, not even inside an embedded original."""

import base64
import copy
import json
from typing import Any  # Any: members of JSON objects

import pytest

from adapters.hub.losses import PERSONAL
from gateway.assembly.whole import Gateway
from tests.gateway.flows.conftest import CALLER
from tests.gateway.flows.test_several_awards import ELM, converted, losses, settings
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import SimulatedSealer, credential

__all__ = ["settings"]

SECRET = "1870675111222"


def shown(sealed: bytes | None) -> str:
    """All that a sealed file shows, what is embedded in it decoded too."""
    payload = json.loads(json.loads(sealed or b"")["payload"])
    media = [each for evidence in payload.get("evidence", []) for each in evidence.get("embeddedEvidence", [])]
    return json.dumps(payload) + "".join(base64.b64decode(each["content"]).decode() for each in media)


async def test_the_birth_of_a_teacher_is_not_embedded(gateway: Gateway, sealer: SimulatedSealer) -> None:
    document = copy.deepcopy(credential())
    claim = document["credentialSubject"]["hasClaim"][0]
    teacher: dict[str, Any] = {"id": "urn:x:teacher", "type": "Person", "fullName": {"en": "Teacher"}}
    number = {"id": "urn:x:number", "type": "LegalIdentifier", "notation": SECRET}
    number |= {"spatial": document["issuer"]["eIDASIdentifier"]["spatial"]}
    teacher |= {"nationalID": number, "hasClaim": [{**copy.deepcopy(claim), "id": "urn:x:claim"}]}
    claim["awardedBy"]["awardingBody"] = [teacher]

    made = await converted(gateway, sealer.sealed(document), to=ELM)

    assert SECRET not in shown(made.created[0].sealed)
    assert PERSONAL in {loss.note for loss in losses(made)}


@pytest.mark.parametrize(
    "changes",
    [
        {
            "credentialSubject": {
                "identifier": [
                    {
                        "type": "IdentityObject",
                        "identityHash": SECRET,
                        "identityType": "nationalIdentityNumber",
                        "hashed": False,
                    }
                ]
            }
        },
        {"issuer": {"dateOfBirth": "1987-06-05"}},
    ],
    ids=["a national number", "the birth of an issuer"],
)
async def test_personal_data_of_an_open_badge_is_not_sealed(
    gateway: Gateway, issuer: SimulatedIssuer, changes: dict[str, Any]
) -> None:
    badge = issuer.credential()
    for member, more in changes.items():
        badge[member] = {**badge[member], **more}

    made = await gateway.convert(json.dumps(issuer.signed(badge)).encode(), "", (ELM,), CALLER)

    text = shown(made.created[0].sealed)
    assert [secret for secret in (SECRET, "1987-06-05") if secret in text] == []
    assert PERSONAL in {loss.note for loss in losses(made)}
