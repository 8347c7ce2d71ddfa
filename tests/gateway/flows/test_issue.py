"""A platform issues from plain data: signed as itself, verified, recorded, and never twice."""

import asyncio
import dataclasses
from typing import Any  # Any: members of JSON objects

import msgspec
import pytest

from adapters.hub.contract import Format
from adapters.hub.errors import NotWritable
from gateway.assembly.whole import Gateway
from gateway.errors import NotFound, NotIssuable
from gateway.flows.convert import Converted
from gateway.flows.prepare import NoSuspension, Target, target, targets
from gateway.flows.seal import Seal
from gateway.flows.show import wanted
from gateway.ports import Search
from gateway.records import Form, Record, Securing, State, StatusPurpose
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.gateway.plain import award

ALL = (
    target(Format.OPEN_BADGES_2),
    target(Format.OPEN_BADGES_2, Securing.JWS),
    target(Format.OPEN_BADGES_3),
    target(Format.OPEN_BADGES_3, Securing.VC_JWT),
)


async def issued(gateway: Gateway, *asked: Target, key: str = "", **changes: Any) -> Converted:
    return await gateway.native.issue(msgspec.json.encode(award(**changes)), asked or ALL, CALLER, key=key)


async def test_every_form_verifies_and_names_the_platform_as_its_issuer(gateway: Gateway) -> None:
    made = await issued(gateway)

    for form in made.created:
        verified = await gateway.verify(form.sealed or b"", recipients=("learner@example.org",))
        assert verified.report.outcome is Outcome.PASSED, verified.report
        assert verified.received.reading is not None
        [credential] = verified.received.reading.credentials
        assert credential.issuer.id in (f"{PUBLIC_URL}/p/default/issuer", "did:web:badges.example.org:p:default")
        assert credential.source is None
        assert credential.achievement.creator in (None, credential.issuer)
    assert len(made.created) == len(ALL)
    assert made.record.state is State.ACTIVE


async def test_the_receipt_says_on_whose_word_it_was_issued(gateway: Gateway) -> None:
    made = await issued(gateway, target(Format.OPEN_BADGES_3))

    page = wanted(f"{PUBLIC_URL}/p/default/receipts/{made.record.forms[0].intent.id}.json", PUBLIC_URL)
    assert page is not None
    claims = msgspec.json.decode((await gateway.show(page)).body)
    assert claims["source"] is None
    assert claims["statement"]["apiKey"] == CALLER.holder
    assert claims["statement"]["platform"] == CALLER.platform
    assert made.record.statement is not None
    assert claims["statement"]["sha256"] == made.record.statement.sha256.hex()
    assert "checks" not in claims


async def test_the_request_is_kept_byte_for_byte_for_the_platform_alone(gateway: Gateway) -> None:
    body = b" " + msgspec.json.encode(award())
    made = await gateway.native.issue(body, (target(Format.OPEN_BADGES_3),), CALLER)

    original = await gateway.show_original(made.record.id, caller=CALLER)

    assert original.received == body
    for capability in ("", "0"):
        with pytest.raises(NotFound):
            await gateway.show_original(made.record.id, capability=capability)


async def test_what_everybody_may_see_of_it_does_not_tell_the_recipient(gateway: Gateway) -> None:
    made = await issued(gateway)

    found = await gateway.look_up(made.record.id)

    assert found.source is None
    assert found.statement is not None
    assert (found.statement.original, found.statement.award.description) == ("", "Mends punctures.")
    assert b"learner@example.org" not in msgspec.json.encode(found)
    assert all(b"learner@example.org" not in (form.sealed or b"") for form in made.record.forms)


async def test_each_request_is_an_award_of_its_own_with_a_salt_of_its_own(gateway: Gateway) -> None:
    first = await issued(gateway, target(Format.OPEN_BADGES_3))
    second = await issued(gateway, target(Format.OPEN_BADGES_3))

    assert first.record.id != second.record.id
    assert first.record.statement is not None
    assert second.record.statement is not None
    assert len(first.record.statement.salt) == 32
    assert first.record.statement.salt != second.record.statement.salt


async def test_a_further_form_says_the_same_of_the_same_recipient(gateway: Gateway) -> None:
    first = await issued(gateway, target(Format.OPEN_BADGES_3))

    more = await gateway.extend(first.record.id, (target(Format.OPEN_BADGES_3, Securing.VC_JWT),), CALLER)

    recipients = {await _recipient(gateway, form) for form in more.record.forms}
    assert len(more.record.forms) == 2
    assert len(recipients) == 1


async def test_after_a_crash_before_the_signature_the_same_request_finishes_the_same_award(gateway: Gateway) -> None:
    crashing = dataclasses.replace(gateway.native.issue, seal=_Dying(**_fields(gateway.native.issue.seal)))
    body = msgspec.json.encode(award())
    with pytest.raises(SystemExit):
        await crashing(body, ALL, CALLER, key="a-1")

    done = await gateway.native.issue(body, ALL, CALLER, key="a-1")
    again = await gateway.native.issue(body, ALL, CALLER, key="a-1")

    assert len((await gateway.native.search(CALLER, Search(limit=5))).records) == 1
    assert len(done.created) == len(ALL)
    assert (again.created, again.record.forms) == ((), done.record.forms)


async def test_ten_at_once_with_one_key_are_one_award(gateway: Gateway) -> None:
    made = await asyncio.gather(*(issued(gateway, target(Format.OPEN_BADGES_3), key="a-1") for _ in range(10)))

    assert len({each.record.id for each in made}) == 1
    assert sum(len(each.created) for each in made) == 1


async def test_what_a_format_cannot_say_is_in_its_losses_by_the_members_of_the_request(gateway: Gateway) -> None:
    made = await issued(gateway, target(Format.OPEN_BADGES_2), role="mechanic", credits=3)

    [form] = (await gateway.look_up(made.record.id, CALLER)).forms
    lost = {loss.source for loss in form.losses}
    assert {"/role", "/achievement/credits"} <= lost


@pytest.mark.parametrize(
    "changes", [{"recipient": {"telephone": "+1 555 0100"}}, {"recipient": {"did": "did:web:a.example"}}]
)
async def test_every_kind_of_recipient_can_be_named_in_every_format(gateway: Gateway, changes: dict[str, Any]) -> None:
    made = await issued(gateway, **changes)

    assert len(made.created) == len(ALL)


async def test_nothing_is_stored_of_what_is_refused(gateway: Gateway) -> None:
    unfinished = [{"name": "Mark", "type": "Status", "status": "Failed"}]
    with pytest.raises(NotWritable):
        await issued(gateway, target(Format.OPEN_BADGES_2), results=unfinished)
    with pytest.raises(NotIssuable):
        await issued(gateway, issuer="https://other.example")

    assert (await gateway.native.search(CALLER, Search(limit=5))).records == ()


def test_open_badges_2_cannot_be_asked_for_to_be_suspended() -> None:
    with pytest.raises(NoSuspension):
        targets([Format.OPEN_BADGES_3, Format.OPEN_BADGES_2], None, StatusPurpose.SUSPENSION)


async def _recipient(gateway: Gateway, form: Form) -> object:
    reading = (await gateway.verify(form.sealed or b"")).received.reading
    assert reading is not None
    return reading.credentials[0].recipient.identities


def _fields(seal: Seal) -> dict[str, Any]:
    return {field.name: getattr(seal, field.name) for field in dataclasses.fields(seal)}


class _Dying(Seal):
    """The process ends after the plan was committed."""

    async def __call__(self, record: Record, form: Form) -> tuple[Form, bool]:
        raise SystemExit((record.id, form.intent.id))
