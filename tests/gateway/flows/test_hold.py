"""What people may hold: genuine badges of theirs, also when they are over; and nobody holds a forged one."""

import json
from dataclasses import replace

import msgspec
import pytest

from adapters.hub.baking import KEYWORD_3, bake_png
from adapters.hub.errors import ReferenceMissing
from gateway.assembly.whole import Gateway, assembled
from gateway.errors import NotFound
from gateway.flows.hold import InvalidBadge, RecipientMismatch
from gateway.flows.present import Presentation
from gateway.flows.verdict import Verdict
from gateway.ports import Records
from gateway.proofs.identity_hash import identity_hash
from gateway.records.holdings import Change, HoldingOutcome, Via
from gateway.records.people import PEOPLE
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.laundering.sources import PICTURE
from tests.simulators.backpack_owner import EMAIL, BackpackOwner, backpack_owner
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

LIST = "https://issuer.example/status/1"
IDENTIFIED = {"type": "IdentityObject", "identityType": "emailAddress", "hashed": False, "identityHash": EMAIL}


@pytest.fixture
async def owner(gateway: Gateway) -> BackpackOwner:
    return await backpack_owner(gateway)


def signed(issuer: SimulatedIssuer, **changes: object) -> bytes:
    """An Open Badges 3.0 credential as it is sent."""
    return json.dumps(issuer.signed(issuer.credential(**changes))).encode()


def for_somebody(issuer: SimulatedIssuer, *identities: dict[str, object], id: str | None = None) -> bytes:
    """A credential that names its recipient by these identities."""
    subject = {**issuer.credential()["credentialSubject"], "identifier": list(identities), "id": id}
    return signed(issuer, credentialSubject={name: value for name, value in subject.items() if value})


async def presented(gateway: Gateway, owner: BackpackOwner) -> Presentation:
    """What applications are shown."""
    return await gateway.holdings.present(PEOPLE, owner.person.id, since=None, limit=50, offset=0)


async def test_a_genuine_badge_is_held_exactly_as_it_came(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    body = b"\n " + for_somebody(issuer, IDENTIFIED) + b"\n"

    held = await gateway.holdings.hold(body, owner.person.id, Via.OPEN_BADGES_3)

    assert (held.change, held.unconverted) == (Change.CREATED, "")
    kept = await gateway.holdings.holdings.find(PEOPLE, owner.person.id, held.holding.id)
    assert kept == held.holding
    assert (kept.received, kept.outcome, kept.title, kept.via) == (
        body,
        HoldingOutcome.PASSED,
        "Knots",
        Via.OPEN_BADGES_3,
    )
    assert (kept.matched.address, kept.matched.how) == (EMAIL, "plain, as-given")
    assert msgspec.json.decode(kept.report, type=Verdict).outcome is Outcome.PASSED


async def test_an_open_badges_2_badge_is_there_as_open_badges_3_too(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    body = issuer.hosted(issuer.assertion())

    held = await gateway.holdings.hold(body, owner.person.id, Via.BADGE_CONNECT)

    assert held.holding.received == body
    [shown] = (await presented(gateway, owner)).credentials
    document = msgspec.json.decode(shown.text)
    assert document["issuer"]["id"] == f"did:web:badges.example.org:p:{PEOPLE}"
    assert document["credentialSubject"]["achievement"]["name"] == "Knots"
    assert (await gateway.verify(shown.text)).report.outcome is Outcome.PASSED


async def test_its_form_is_a_record_of_the_person_and_of_no_platform(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    held = await gateway.holdings.hold(issuer.hosted(issuer.assertion()), owner.person.id, Via.BADGE_CONNECT)

    records: Records = gateway.holdings.present.records
    record = await records.find(PEOPLE, held.holding.record)
    assert record is not None
    assert record.platform == PEOPLE
    assert await records.find(DEFAULT_PLATFORM, held.holding.record) is None


async def test_each_badge_is_verified_once(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    body = issuer.hosted(issuer.assertion())
    web.requests.clear()
    await gateway.verify(body)
    once = list(web.requests)
    web.requests.clear()

    await gateway.holdings.hold(body, owner.person.id, Via.BACKPACK)

    assert web.requests == once


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
async def test_what_was_taken_back_is_held_and_not_converted(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer, purpose: str
) -> None:
    entry = issuer.status_list(LIST, 7, purpose=purpose)

    held = await gateway.holdings.hold(signed(issuer, credentialStatus=entry), owner.person.id, Via.BACKPACK)

    assert (held.holding.outcome, held.holding.record) == (HoldingOutcome.FAILED, "")


async def test_what_has_expired_is_held_and_not_converted(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    body = issuer.hosted(issuer.assertion(expires="2025-12-31T00:00:00Z"))

    held = await gateway.holdings.hold(body, owner.person.id, Via.BACKPACK)

    assert (held.holding.outcome, held.holding.record) == (HoldingOutcome.FAILED, "")
    assert (await presented(gateway, owner)).total == 0


async def test_what_cannot_be_found_out_is_held_and_not_converted(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    embedded = issuer.assertion(badge=issuer.badge_class(issuer=issuer.controller_document()))
    body = issuer.hosted(embedded)
    web.unreachable(embedded["id"])

    held = await gateway.holdings.hold(body, owner.person.id, Via.BADGE_CONNECT)

    assert (held.holding.outcome, held.holding.record) == (HoldingOutcome.UNKNOWN, "")
    assert held.holding.received == body


async def test_it_is_converted_when_it_comes_again_and_its_issuer_answers(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    embedded = issuer.assertion(badge=issuer.badge_class(issuer=issuer.controller_document()))
    body = issuer.hosted(embedded)
    web.unreachable(embedded["id"])
    first = await gateway.holdings.hold(body, owner.person.id, Via.BADGE_CONNECT)
    issuer.hosted(embedded)

    second = await gateway.holdings.hold(body, owner.person.id, Via.BADGE_CONNECT)

    assert (second.change, second.holding.outcome) == (Change.UNCHANGED, HoldingOutcome.PASSED)
    assert second.holding.id == first.holding.id
    assert second.holding.record
    assert second.holding.updated == first.holding.updated


async def test_what_was_revoked_since_keeps_its_place_and_says_so(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    body = signed(issuer, credentialStatus=issuer.status_list(LIST))
    await gateway.holdings.hold(body, owner.person.id, Via.BACKPACK)
    issuer.status_list(LIST, 7)

    held = await gateway.holdings.hold(body, owner.person.id, Via.BACKPACK)

    assert (held.change, held.holding.outcome) == (Change.UNCHANGED, HoldingOutcome.FAILED)


async def test_a_forged_badge_is_not_held(gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer) -> None:
    forged = {
        "changed": signed(issuer).replace(b"Knots", b"Rockets"),
        "unsigned": json.dumps(issuer.credential()).encode(),
        "signed by somebody else": json.dumps(
            SimulatedIssuer(issuer.web, "https://thief.example/profile").signed(issuer.credential())
        ).encode(),
        "without an achievement": signed(issuer, credentialSubject={"type": ["AchievementSubject"]}),
        "said otherwise by its host": issuer.hosted(issuer.assertion()).replace(b"learner@", b"LEARNER@"),
    }

    for name, body in forged.items():
        with pytest.raises(InvalidBadge) as refused:
            await gateway.holdings.hold(body, owner.person.id, Via.BACKPACK)
        assert refused.value.report.outcome is Outcome.FAILED, name

    assert (await gateway.holdings.holdings.page(PEOPLE, owner.person.id)).total == 0


async def test_a_badge_of_which_a_part_is_missing_is_not_held(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    assertion = issuer.assertion()
    body = issuer.hosted(assertion)
    web.unreachable(assertion["badge"])

    with pytest.raises(ReferenceMissing):
        await gateway.holdings.hold(body, owner.person.id, Via.BADGE_CONNECT)


async def test_a_badge_for_somebody_else_is_not_held(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    theirs = (
        issuer.hosted(issuer.assertion(recipient={"type": "email", "hashed": False, "identity": "b@example.org"})),
        for_somebody(issuer, {**IDENTIFIED, "identityHash": "b@example.org"}),
        for_somebody(issuer, {**IDENTIFIED, "hashed": True, "identityHash": identity_hash("b@example.org")}),
        for_somebody(issuer, id="mailto:b@example.org"),
        for_somebody(issuer, id="acct:b@example.org"),
        for_somebody(issuer, {**IDENTIFIED, "identityType": "ext:email", "identityHash": "b@example.org"}),
        for_somebody(
            issuer,
            {**IDENTIFIED, "identityType": "userName", "hashed": True, "identityHash": identity_hash("b@example.org")},
        ),
        issuer.hosted(
            issuer.assertion(
                id="https://issuer.example/assertions/2",
                recipient={"type": "url", "hashed": False, "identity": "b@example.org"},
            )
        ),
    )

    for body in theirs:
        with pytest.raises(RecipientMismatch):
            await gateway.holdings.hold(body, owner.person.id, Via.BACKPACK)

    assert (await gateway.holdings.holdings.page(PEOPLE, owner.person.id)).total == 0


async def test_a_hashed_recipient_is_matched_with_every_address(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    owner = await backpack_owner(gateway, "Learner@Example.org")
    hashed = {**IDENTIFIED, "hashed": True, "identityHash": identity_hash(EMAIL, "salt"), "salt": "salt"}

    held = await gateway.holdings.hold(for_somebody(issuer, hashed), owner.person.id, Via.BACKPACK)

    assert held.holding.matched.how == "hashed (sha256), lower-case"


async def test_a_badge_that_names_nobody_comparable_is_held_on_the_persons_word(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    held = await gateway.holdings.hold(signed(issuer), owner.person.id, Via.OPEN_BADGES_3)

    assert not held.holding.matched.compared
    assert held.holding.outcome is HoldingOutcome.PASSED


async def test_what_cannot_be_converted_is_held_all_the_same(
    settings: Settings, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer
) -> None:
    async with assembled(msgspec.structs.replace(settings, public_url=""), web=web, clock=clock) as gateway:
        owner = await backpack_owner(gateway)

        held = await gateway.holdings.hold(issuer.hosted(issuer.assertion()), owner.person.id, Via.BADGE_CONNECT)

        assert (held.change, held.unconverted) == (Change.CREATED, "no-public-address")


async def test_two_people_with_the_same_badge_share_nothing(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    body = issuer.hosted(issuer.assertion(recipient={"type": "id", "hashed": False, "identity": "did:example:team"}))
    people = [await backpack_owner(gateway, email) for email in ("a@example.org", "b@example.org")]

    first, second = [await gateway.holdings.hold(body, owner.person.id, Via.BACKPACK) for owner in people]

    assert first.change is second.change is Change.CREATED
    assert first.holding.record != second.holding.record


async def test_a_newer_version_replaces_and_an_older_one_does_not(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    versions = [signed(issuer, validFrom=f"2025-0{month}-01T00:00:00Z") for month in (1, 2)]
    changes = [
        (await gateway.holdings.hold(version, owner.person.id, Via.BACKPACK)).change
        for version in (versions[0], versions[1], versions[0])
    ]

    shown = await presented(gateway, owner)

    assert changes == [Change.CREATED, Change.REPLACED, Change.OLDER]
    assert [each.text for each in shown.credentials] == [versions[1]]


async def test_what_came_in_an_image_is_presented_as_what_was_signed(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    document, token = signed(issuer), issuer.token(issuer.credential(id="urn:uuid:2")).encode()
    for badge in (document, token):
        await gateway.holdings.hold(bake_png(PICTURE, badge, KEYWORD_3), owner.person.id, Via.BACKPACK)

    shown = await presented(gateway, owner)

    assert [(each.text, each.token) for each in shown.credentials] == [(token, True), (document, False)]


async def test_a_page_that_is_large_enough_says_where_the_next_one_begins(
    gateway: Gateway, owner: BackpackOwner, issuer: SimulatedIssuer
) -> None:
    badges = [signed(issuer, id=f"urn:uuid:{number}") for number in range(5)]
    for badge in badges:
        await gateway.holdings.hold(badge, owner.person.id, Via.BACKPACK)
    present = replace(gateway.holdings.present, max_bytes=len(badges[0]) + 100)

    seen, offset = [], 0
    while offset < 5:
        page = await present(PEOPLE, owner.person.id, since=None, limit=4, offset=offset)
        seen.append([each.text for each in page.credentials])
        offset += page.limit

    assert seen == [badges[4:2:-1], badges[2:0:-1], badges[:1]]


async def test_only_people_hold_badges(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    with pytest.raises(NotFound):
        await gateway.holdings.hold(signed(issuer), "nobody", Via.BACKPACK)
