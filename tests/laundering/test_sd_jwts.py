"""An SD-JWT VC is the same badge however its holder sends it, and every copy ends when it does."""

import json
from typing import Any  # Any: members of JSON documents

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from adapters.hub.contract import Format
from adapters.hub.errors import NotWritable
from gateway.errors import NotActive
from gateway.flows.prepare import Target
from gateway.issuing.seal import document_of
from gateway.proofs import base64url
from gateway.records import Securing
from tests.laundering.laundry import TARGETS, Laundry
from tests.laundering.sd_jwts import DAY, NOW
from tests.laundering.sources import World
from tests.simulators.platform import CALLER
from tests.simulators.sd_jwts import SimulatedLearningCredential, SimulatedSdJwt, key_binding

ONE = Target(Format.OPEN_BADGES_3, Securing.VC_JWT)
ANOTHER = Target(Format.OPEN_BADGES_2, Securing.JWS)
_ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
KINDS = pytest.mark.parametrize("kind", [SimulatedSdJwt, SimulatedLearningCredential])


def otherwise(badge: SimulatedSdJwt, token: str) -> dict[str, str]:
    """What its holder can make of what the issuer signed once."""
    text = badge.text(token)
    return {
        "the same": text,
        "in another order": badge.text(token, badge.evidence, badge.subject),
        "presented": key_binding(text),
        "presented in another order": key_binding(badge.text(token, badge.evidence, badge.subject)),
        "presented to another": key_binding(text, aud="https://another.example", nonce="another"),
        "signed by the other root": badge.text(_other_root(token)),
    }


def _other_root(token: str) -> str:
    """The other one of the two signatures that ECDSA has over the same bytes."""
    signed, _, signature = token.rpartition(".")
    raw = base64url.decode(signature)
    r, s = decode_dss_signature(encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:])))
    return f"{signed}.{base64url.encode(r.to_bytes(32) + (_ORDER_OF_P256 - s).to_bytes(32))}"


@KINDS
async def test_a_badge_is_one_record_however_its_holder_sends_it(kind: type[SimulatedSdJwt], laundry: Laundry) -> None:
    world = World()
    badge = kind(world.issuer)
    first, *others = [text.encode() for text in otherwise(badge, badge.token()).values()]
    record = (await laundry.converted(world, first, (ONE,))).record

    again = [await laundry.converted(world, text, (ONE,)) for text in others]

    assert [(each.record.id, each.created) for each in again] == [(record.id, ())] * len(others)


@KINDS
@pytest.mark.parametrize("named", [True, False], ids=["with an id", "without"])
async def test_a_revoked_badge_is_not_signed_again_however_its_holder_sends_it(
    named: bool, kind: type[SimulatedSdJwt], laundry: Laundry
) -> None:
    world = World()
    badge = kind(world.issuer)
    name = badge.payload().get("id", "urn:uuid:0fb62d62-6a07-4d28-b4d2-3d6a0d0f7a11") if named else None
    token = badge.token(badge.payload(jti=name))
    converted = await laundry.converted(world, badge.text(token).encode(), (ONE,))
    await laundry.platform.gateway.native.revoke(converted.record.id, "fraud", CALLER)

    for text in otherwise(badge, token).values():
        with pytest.raises(NotActive):
            await laundry.converted(world, text.encode(), (ANOTHER,))


ENDS: dict[str, dict[str, Any]] = {
    "validUntil": {"validUntil": "2026-02-01T00:00:00Z"},
    "expirationDate": {"expirationDate": "2026-02-01T00:00:00Z"},
    "exp": {"exp": NOW + 31 * DAY - DAY // 2},
    "validUntil before date_of_expiry": {"validUntil": "2026-02-01T00:00:00Z", "date_of_expiry": "2099-01-01"},
    "expirationDate before validUntil": {
        "validUntil": "2026-03-01T00:00:00Z",
        "expirationDate": "2026-02-01T00:00:00Z",
    },
}


@pytest.mark.parametrize("end", ENDS)
async def test_every_copy_of_a_learning_credential_ends_when_it_does(end: str, laundry: Laundry) -> None:
    world = World()
    badge = SimulatedLearningCredential(world.issuer)

    converted = await laundry.converted(world, badge.text(badge.token(badge.payload(**ENDS[end]))).encode())

    assert {Target(form.intent.format, form.intent.securing) for form in converted.created} == set(TARGETS)
    for form in converted.created:
        said = json.dumps(document_of(form.intent))
        assert "2026-02-01T00:00:00" in said or f'"exp": {NOW + 30 * DAY + DAY // 2}' in said, form.intent.format


CANNOT: dict[str, dict[str, Any]] = {
    "awarded tomorrow, valid since yesterday": {"nbf": NOW - DAY, "date_of_issuance": "2026-03-01"},
    "awarded in the last year of all": {"nbf": NOW - DAY, "date_of_issuance": "9999-12-31"},
}


@pytest.mark.parametrize("claims", CANNOT.values(), ids=CANNOT)
async def test_what_would_not_verify_once_it_is_sealed_is_refused_before_anything_is_kept_of_it(
    claims: dict[str, Any], laundry: Laundry
) -> None:
    """A broken promise would be met again by whoever sends the badge later, and by whoever asks for another form."""
    world = World()
    badge = SimulatedLearningCredential(world.issuer)
    text = badge.text(badge.token(badge.payload(**claims))).encode()
    refused, planned = [], set()

    for target in TARGETS:
        try:
            forms = (await laundry.converted(world, text, (target,))).record.forms
            planned |= {(form.intent.format, form.intent.securing, form.sealed is not None) for form in forms}
        except NotWritable as refusal:
            refused.append(str(refusal))

    assert refused
    assert all("once it is sealed it would not verify" in each for each in refused)
    assert len(planned) == len(TARGETS) - len(refused)
    assert all(is_sealed for _, _, is_sealed in planned)
