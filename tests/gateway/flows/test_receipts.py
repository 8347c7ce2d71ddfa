"""What receipts tell everybody: all there is to say of what is public, and of what is not no more than its holder."""

import json
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.prepare import Target, target
from gateway.flows.show import Wanted
from gateway.flows.verdict import Verdict
from gateway.proofs import base64url
from gateway.records import Form, Securing
from tests.gateway.flows.conftest import CALLER
from tests.gateway.flows.test_sd_jwt_vc import BADGE, BOUND, LEARNING, WALLET
from tests.gateway.plain import award
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sd_jwts import SimulatedSdJwt, key_binding

PUBLIC = (target(Format.OPEN_BADGES_3), target(Format.OPEN_BADGES_2), target(Format.OPEN_BADGES_3, Securing.VC_JWT))
BOUND_DOCUMENT = Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY, holder=WALLET, bound_to="00")
SHOWN_TO = "https://employer.example/secret-search"


def claims(form: Form) -> dict[str, Any]:
    return dict(json.loads(base64url.decode(form.receipt.split(".")[1])))


async def converted(gateway: Gateway, badge: bytes, *asked: Target) -> tuple[Form, ...]:
    return (await gateway.convert(badge, "", asked, CALLER)).created


async def test_receipts_of_what_is_public_tell_all(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    credential = issuer.credential()

    for form in await converted(gateway, json.dumps(issuer.signed(credential)).encode(), *PUBLIC):
        said = claims(form)
        assert said["source"]["id"] == credential["id"]
        assert any(check["lookedAt"] for check in said["checks"])
        assert all({"name", "outcome", "detail", "lookedAt"} == check.keys() for check in said["checks"])


@pytest.mark.parametrize("asked", [BADGE, LEARNING, BOUND, BOUND_DOCUMENT])
async def test_receipts_of_what_its_holder_shows_lead_to_nobody(
    asked: Target, gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    credential = issuer.credential()
    badge = json.dumps(issuer.signed(credential)).encode()

    [form] = await converted(gateway, badge, asked)

    said = claims(form)
    assert said["source"].keys() == {"sha256", "mediaType", "format", "version", "securing", "issuer"}
    assert said["source"]["issuer"] == credential["issuer"]["id"]
    assert all(check.keys() == {"name", "outcome"} for check in said["checks"])
    assert {"name": "proof", "outcome": "passed"} in said["checks"]
    assert said["issued"]["id"].endswith(form.intent.id)
    assert credential["id"] not in json.dumps(said)


@pytest.mark.parametrize("asked", [BADGE, LEARNING])
async def test_digest_of_plain_data_is_not_told_where_a_guess_could_be_compared(
    asked: Target, gateway: Gateway
) -> None:
    body = msgspec.json.encode(award())

    [hidden] = (await gateway.native.issue(body, (asked,), CALLER)).created
    [public] = (await gateway.native.issue(body, PUBLIC[:1], CALLER)).created

    assert claims(hidden)["statement"].keys() == {"platform", "apiKey", "receivedAt"}
    assert claims(public)["statement"].keys() == {"sha256", "platform", "apiKey", "receivedAt"}


@pytest.mark.parametrize("asked", [PUBLIC[0], BADGE])
async def test_nobody_is_told_to_whom_a_badge_was_shown_and_when(
    asked: Target, gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    shown = key_binding(SimulatedSdJwt(issuer).text(), aud=SHOWN_TO)

    made = await gateway.convert(shown.encode(), "", (asked,), CALLER)

    [form] = made.created
    assert made.record.source is not None
    kept = msgspec.json.decode(made.record.source.report, type=Verdict)
    assert any(SHOWN_TO in check.detail for check in kept.checks), "the platform is told"
    to_all, to_platform = [await gateway.describe(made.record, to_holder=each) for each in (False, True)]
    assert SHOWN_TO not in json.dumps(claims(form)) + msgspec.json.encode(to_all).decode()
    assert SHOWN_TO in msgspec.json.encode(to_platform).decode()


async def test_what_somebody_fetched_is_not_told_on_the_public_record(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    badge = json.dumps(issuer.signed(issuer.credential())).encode()
    made = await gateway.convert(badge, "", (PUBLIC[0], BOUND), CALLER)

    to_all, to_platform = [await gateway.describe(made.record, to_holder=each) for each in (False, True)]

    bound = next(form for form in made.created if form.private)
    assert [form.public for form in to_all.forms] == [True]
    assert bound.intent.id not in msgspec.json.encode(to_all).decode()
    assert bound.intent.id in {form.id for form in to_platform.forms}


async def test_public_sd_jwt_is_without_what_its_holder_may_keep_back(gateway: Gateway) -> None:
    [form] = (await gateway.native.issue(msgspec.json.encode(award()), (BADGE,), CALLER)).created
    place = Wanted("default", "issued", form.intent.id)

    pages = [await gateway.show(place), await gateway.show(msgspec.structs.replace(place, suffix="sdjwt"))]
    whole = await gateway.show.to_holder(place)

    assert form.sealed is not None
    assert whole.body == form.sealed
    assert {page.body for page in pages} == {form.sealed.partition(b"~")[0] + b"~"}
    assert len(whole.body) > len(pages[0].body)
    report = (await gateway.verify(pages[0].body)).report
    assert {check.outcome.value for check in report.checks if check.name in ("proof", "issuer", "status")} == {"passed"}
