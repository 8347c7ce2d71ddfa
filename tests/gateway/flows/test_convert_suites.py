"""Badges secured with each cryptosuite go out signed by the gateway, or not at all."""

import json
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.convert import NotTrusted
from gateway.flows.prepare import target
from gateway.records import Securing
from tests.gateway.flows.conftest import CALLER
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.provers import JCS, PROVERS, RDF
from tests.simulators.web import SimulatedWeb

ASKED = (
    target(Format.OPEN_BADGES_3),
    target(Format.OPEN_BADGES_3, Securing.VC_JWT),
    target(Format.OPEN_BADGES_2),
)


def _badge(web: SimulatedWeb, suite: str, **changes: object) -> dict[str, Any]:
    prover = PROVERS[suite]
    issuer = SimulatedIssuer(web)
    issuer.id = prover.did
    return prover.proved(prover.contexts(issuer.credential(**changes)))


# One gateway for all suites of a test: making one takes longer than all that it does here.
async def test_badge_of_each_suite_is_converted_and_its_proof_stays_behind(gateway: Gateway, web: SimulatedWeb) -> None:
    badges = {suite: _badge(web, suite) for suite in PROVERS}

    forms = {suite: await _forms(gateway, badge) for suite, badge in badges.items()}

    assert {suite: len(sealed) for suite, sealed in forms.items()} == dict.fromkeys(PROVERS, len(ASKED))
    for suite, badge in badges.items():
        assert badge["proof"][0]["proofValue"].encode() not in b"".join(forms[suite])


async def test_member_that_nobody_knows_is_left_behind_though_it_was_signed(
    gateway: Gateway, web: SimulatedWeb
) -> None:
    forms = {suite: await _forms(gateway, _badge(web, suite, hasCredits="thirty of them")) for suite in JCS}

    assert [suite for suite, sealed in forms.items() if b"thirty of them" in b"".join(sealed)] == []


async def test_member_that_the_signature_does_not_cover_is_not_converted(gateway: Gateway, web: SimulatedWeb) -> None:
    for suite in RDF:
        badge = {**_badge(web, suite), "hasCredits": "thirty of them"}

        with pytest.raises(NotTrusted):
            await _forms(gateway, badge)


async def _forms(gateway: Gateway, badge: dict[str, Any]) -> list[bytes]:
    found = await gateway.convert(json.dumps(badge).encode(), "", ASKED, CALLER)
    return [form.sealed or b"" for form in found.record.forms]
