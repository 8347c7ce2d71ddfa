"""What a credential was converted from comes back byte for byte, where that is what is asked for."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.convert import Converted, NotTrusted
from gateway.flows.hand_back import HandedBack
from gateway.flows.prepare import target
from gateway.ports import Search
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import SimulatedSealer, converted
from tests.simulators.web import SimulatedWeb

ELM, SECOND, THIRD = (target(Format.ELM_3),), (target(Format.OPEN_BADGES_2),), (target(Format.OPEN_BADGES_3),)


@pytest.fixture
def sealer(web: SimulatedWeb) -> SimulatedSealer:
    """Somebody else who converts, whose certificate the operator trusts."""
    return SimulatedSealer(web)


@pytest.fixture
def settings(tmp_path: Path, sealer: SimulatedSealer) -> Settings:
    anchors = tmp_path / "anchors"
    anchors.mkdir()
    (anchors / "root.pem").write_bytes(sealer.authority.certificate.public_bytes(Encoding.PEM))
    return Settings(
        public_url=PUBLIC_URL,
        data_dir=tmp_path / "data",
        seal_anchors=str(anchors),
        seal_organisation_id="NTRFR-123456789",
    )


async def sealed(gateway: Gateway, body: bytes) -> bytes:
    [form] = (await gateway.convert(body, "", ELM, CALLER)).created
    return form.sealed or b""


async def records(gateway: Gateway) -> int:
    return len((await gateway.native.search(CALLER, Search(limit=9), "")).records)


async def test_open_badges_2_to_elm_and_back_are_the_same_bytes(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    body = b"  " + issuer.hosted(issuer.assertion())
    elm = await sealed(gateway, body)

    back = await gateway.hand_back(elm, SECOND, CALLER)

    assert isinstance(back, HandedBack)
    assert back.original.received.opened.received == body
    assert back.original.report.outcome is Outcome.PASSED
    assert await records(gateway) == 1


async def test_open_badges_3_to_elm_and_back_are_the_same_bytes(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    body = json.dumps(issuer.signed(issuer.credential()), indent=1).encode()
    elm = await sealed(gateway, body)

    back = await gateway.hand_back(elm, THIRD, CALLER)

    assert isinstance(back, HandedBack)
    assert back.original.received.opened.received == body


@pytest.mark.parametrize("asked", [SECOND, (*SECOND, *THIRD)])
async def test_another_format_or_several_are_converted(
    gateway: Gateway, issuer: SimulatedIssuer, asked: tuple[object, ...]
) -> None:
    elm = await sealed(gateway, json.dumps(issuer.signed(issuer.credential())).encode())

    made = await gateway.hand_back(elm, asked, CALLER)  # type: ignore[arg-type]  # targets, as parametrize cannot say

    assert isinstance(made, Converted)
    assert len(made.created) == len(asked)


async def test_who_asks_for_a_certain_seal_gets_a_new_badge(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    elm = await sealed(gateway, json.dumps(issuer.signed(issuer.credential())).encode())

    made = await gateway.hand_back(elm, THIRD, CALLER, original=False)

    assert isinstance(made, Converted)


async def test_out_of_a_credential_that_was_changed_nothing_is_handed_back(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    elm = await sealed(gateway, json.dumps(issuer.signed(issuer.credential())).encode())

    with pytest.raises(NotTrusted):
        await gateway.hand_back(elm.replace(b"Converted from", b"converted from"), THIRD, CALLER)


def copied(original: bytes, said: str, learner: str = "did:example:learner") -> dict[str, Any]:
    document = converted(original, said)
    document["credentialSubject"]["id"] = learner
    return document


async def test_what_others_converted_is_handed_back_by_its_digest_alone(
    sealer: SimulatedSealer, gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    body = json.dumps(issuer.signed(issuer.credential())).encode()
    named = sealer.sealed(copied(body, f"SHA-256: {sha256(body).hexdigest()}"))
    unnamed = sealer.sealed(copied(body, "Converted."))

    assert isinstance(await gateway.hand_back(named, THIRD, CALLER), HandedBack)
    assert isinstance(await gateway.hand_back(unnamed, THIRD, CALLER), Converted)


async def test_the_badge_of_somebody_else_is_not_handed_back(
    sealer: SimulatedSealer, gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    body = json.dumps(issuer.signed(issuer.credential())).encode()
    elm = sealer.sealed(copied(body, f"SHA-256: {sha256(body).hexdigest()}", "did:example:other"))

    with pytest.raises(NotTrusted, match="somebody else"):
        await gateway.hand_back(elm, THIRD, CALLER)
