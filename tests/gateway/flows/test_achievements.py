"""One achievement for all who earned it: shared ids, and what does not share them."""

import asyncio
import json
from hashlib import sha256
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from adapters.hub.baking import KEYWORD_3, bake_png
from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.prepare import Target
from gateway.flows.show import Page, Wanted, wanted
from gateway.issuing.achievement import achievement_of
from gateway.issuing.seal import document_of
from gateway.records import Form, Platform, Securing
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.laundering.sources import PICTURE
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer

ALL = (
    Target(Format.OPEN_BADGES_2, Securing.HOSTED),
    Target(Format.OPEN_BADGES_2, Securing.JWS),
    Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY),
    Target(Format.OPEN_BADGES_3, Securing.VC_JWT),
)


def assertion(issuer: SimulatedIssuer, learner: str) -> bytes:
    """The hosted badge of one learner."""
    recipient = {"type": "email", "hashed": False, "identity": f"{learner}@example.org"}
    return issuer.hosted(issuer.assertion(id=f"{issuer.host}/assertions/{learner}", recipient=recipient))


def credential(issuer: SimulatedIssuer, learner: str, **changes: object) -> bytes:
    """The Open Badges 3.0 credential of one learner; ``changes`` are members of its achievement."""
    document = issuer.credential(id=f"{issuer.host}/credentials/{learner}")
    subject = document["credentialSubject"]
    achievement = {**subject["achievement"], **changes}
    earned = {**subject, "id": f"did:example:{learner}", "achievement": achievement}
    return issuer.token({**document, "credentialSubject": earned}).encode()


async def ids(gateway: Gateway, body: bytes, *, caller: Caller = CALLER) -> dict[Target, str]:
    """The address of the achievement of each form."""
    found = await gateway.convert(body, "", ALL, caller)
    return {Target(form.intent.format, form.intent.securing): address(form) for form in found.record.forms}


def attested(form: Form) -> dict[str, Any]:
    return achievement_of(form.intent.format, document_of(form.intent))


def address(form: Form) -> str:
    return str(attested(form)["id"])


async def served(gateway: Gateway, url: str) -> Page:
    page = wanted(url, gateway.settings.public_url)
    assert page is not None
    return await gateway.show(page)


@pytest.mark.parametrize("badge", [assertion, credential])
async def test_two_learners_of_one_badge_share_its_address_in_every_form(
    gateway: Gateway, issuer: SimulatedIssuer, badge: Any
) -> None:
    first = await ids(gateway, badge(issuer, "alpha"))

    second = await ids(gateway, badge(issuer, "beta"))

    assert first.keys() == set(ALL)
    assert second == first


async def test_only_documents_that_are_the_same_share_an_address(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    found = await ids(gateway, assertion(issuer, "alpha"))

    hosted, signed, secured, token = (found[target] for target in ALL)
    assert secured == token
    # The issuer inside a signed BadgeClass names the key.
    assert len({hosted, signed, secured}) == 3


@pytest.mark.parametrize("change", [{"description": "Ties eleven knots."}, {"tag": ["knots"]}])
async def test_a_badge_that_says_something_else_is_another_achievement(
    gateway: Gateway, issuer: SimulatedIssuer, change: dict[str, object]
) -> None:
    first = await ids(gateway, credential(issuer, "alpha"))

    second = await ids(gateway, credential(issuer, "beta", **change))

    assert set(first.values()).isdisjoint(second.values())


async def test_the_address_serves_exactly_what_stands_in_each_form(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    for learner in ("alpha", "beta"):
        found = await gateway.convert(credential(issuer, learner), "", ALL, CALLER)
        for form in found.record.forms:
            page = await served(gateway, address(form))

            document = json.loads(page.body)
            assert document.pop("@context") == document_of(form.intent)["@context"]
            assert document == attested(form)


async def test_two_platforms_share_no_achievement(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    await gateway.platforms.ensure(Platform(id="other", name=gateway.settings.issuer_name))
    ours = await ids(gateway, credential(issuer, "alpha"))

    theirs = await ids(gateway, credential(issuer, "beta"), caller=Caller("other", "holder"))

    names = [{url.rpartition("/")[2] for url in found.values()} for found in (ours, theirs)]
    assert names[0].isdisjoint(names[1])
    assert all(url.startswith(f"{PUBLIC_URL}/p/other/badges/") for url in theirs.values())
    for name in names[0]:
        with pytest.raises(NotFound):
            await gateway.show(Wanted("other", "badges", name))


async def test_fifty_learners_at_once_end_with_one_achievement(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    badges = [assertion(issuer, f"learner-{number}") for number in range(50)]

    found = await asyncio.gather(*(gateway.convert(badge, "", ALL[:1], CALLER) for badge in badges))

    forms = [form for one in found for form in one.record.forms]
    assert len({form.intent.id for form in forms}) == len({one.record.id for one in found}) == 50
    assert len({address(form) for form in forms}) == 1
    for form in forms[::10]:
        assert (await gateway.verify(form.sealed or b"")).report.outcome is Outcome.PASSED


async def test_the_achievement_outlives_the_record_that_brought_it(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    first = await gateway.convert(assertion(issuer, "alpha"), "", ALL, CALLER)
    before = [await served(gateway, address(form) + suffix) for form in first.record.forms for suffix in ("", ".png")]

    await gateway.native.erase(first.record.id, CALLER)

    after = [await served(gateway, address(form) + suffix) for form in first.record.forms for suffix in ("", ".png")]

    assert after == before
    with pytest.raises(NotFound):
        await gateway.native.erase(first.record.id, CALLER)
    assert await ids(gateway, assertion(issuer, "beta")) == {
        Target(form.intent.format, form.intent.securing): address(form) for form in first.record.forms
    }


@pytest.mark.parametrize("badge", [assertion, credential])
async def test_nothing_of_the_recipient_stands_in_it(gateway: Gateway, issuer: SimulatedIssuer, badge: Any) -> None:
    found = await gateway.convert(badge(issuer, "alpha"), "", ALL, CALLER)

    for form in found.record.forms:
        assert b"alpha" in msgspec.json.encode(document_of(form.intent))
        assert b"alpha" not in (await served(gateway, address(form))).body


async def test_the_picture_that_one_learner_sent_is_not_shown_for_all(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    token = credential(issuer, "alpha")
    found = await gateway.convert(bake_png(PICTURE, token, KEYWORD_3), "", ALL, CALLER)
    form = found.record.forms[0]

    shown = await served(gateway, address(form) + ".png")

    sent_plainly = await gateway.convert(credential(issuer, "beta"), "", ALL, CALLER)
    assert address(sent_plainly.record.forms[0]) == address(form)
    assert sha256(shown.body).digest() != sha256(PICTURE).digest()
    own = await gateway.show(Wanted("default", "issued", form.intent.id, "png"))
    assert PICTURE[8:33] in own.body  # size and depth of the learner's own


async def test_links_lead_to_it(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    found = await gateway.convert(credential(issuer, "alpha"), "", ALL, CALLER)

    described = await gateway.describe(found.record, to_holder=False)

    assert {form.id: form.links["badge"] for form in described.forms} == {
        form.intent.id: address(form) for form in found.record.forms
    }


async def test_a_new_key_in_the_issuer_leaves_what_was_issued_where_it_is(
    gateway: Gateway, issuer: SimulatedIssuer, clock: SimulatedClock
) -> None:
    before = await ids(gateway, credential(issuer, "alpha"))
    for key in await gateway.keys.all("default"):
        await gateway.keys.rotate("default", key.purpose, key.algorithm, clock())

    after = await ids(gateway, credential(issuer, "beta"))

    changed = {target for target in ALL if after[target] != before[target]}
    assert changed == {Target(Format.OPEN_BADGES_2, Securing.JWS)}
    for url in before.values():
        assert (await served(gateway, url)).body
