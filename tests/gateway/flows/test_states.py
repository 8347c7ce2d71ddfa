"""Suspended, reinstated, revoked: what anybody who verifies a form finds, and when."""

import dataclasses
from dataclasses import fields

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import NotActive, NotSuspendable
from gateway.flows.prepare import NoSuspension, Target, target
from gateway.flows.seal import Seal
from gateway.flows.show import wanted
from gateway.ports import Search
from gateway.records import Form, Record, Securing, State, StatusPurpose
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.gateway.plain import award
from tests.simulators.issuer import SimulatedIssuer

SUSPENDABLE = target(Format.OPEN_BADGES_3, Securing.VC_JWT, StatusPurpose.SUSPENSION)


async def issued(gateway: Gateway, *asked: Target) -> Record:
    return (await gateway.native.issue(msgspec.json.encode(award()), asked or (SUSPENDABLE,), CALLER)).record


async def judged(gateway: Gateway, record: Record) -> tuple[Outcome, str]:
    """What our own verifier says of a form's copy, and why."""
    report = (await gateway.verify(record.forms[0].sealed or b"")).report
    return report.outcome, next(check.detail for check in report.checks if check.name == "status")


async def test_a_suspended_copy_fails_until_it_is_reinstated(gateway: Gateway) -> None:
    record = await issued(gateway)

    before = await judged(gateway, record)
    suspended = await gateway.native.suspend(record.id, "under review", CALLER)
    during = await judged(gateway, record)
    reinstated = await gateway.native.reinstate(record.id, CALLER)
    after = await judged(gateway, record)

    assert (suspended.state, reinstated.state) == (State.SUSPENDED, State.ACTIVE)
    assert before[0] is after[0] is Outcome.PASSED
    assert during[0] is Outcome.FAILED
    assert during[1].startswith("suspended")


@pytest.mark.parametrize("asked", [SUSPENDABLE, target(Format.OPEN_BADGES_3), target(Format.OPEN_BADGES_2)])
async def test_a_revoked_copy_fails_whatever_its_purpose(gateway: Gateway, asked: Target) -> None:
    record = await issued(gateway, asked)

    revoked = await gateway.native.revoke(record.id, "a mistake", CALLER)

    assert revoked.state is State.REVOKED
    assert (await judged(gateway, record))[0] is Outcome.FAILED


async def test_the_entry_names_its_purpose_and_the_list_has_the_same(gateway: Gateway) -> None:
    record = await issued(gateway, target(Format.OPEN_BADGES_3, None, StatusPurpose.SUSPENSION))

    entry = msgspec.json.decode(record.forms[0].sealed or b"")["credentialStatus"]
    page = wanted(entry["statusListCredential"], PUBLIC_URL)
    assert page is not None
    listed = msgspec.json.decode((await gateway.show(page)).body)
    assert entry["statusPurpose"] == listed["credentialSubject"]["statusPurpose"] == "suspension"


async def test_a_converted_badge_can_be_suspended_too(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    made = await gateway.convert(issuer.hosted(issuer.assertion()), "", (SUSPENDABLE,), CALLER)

    await gateway.native.suspend(made.record.id, "under review", CALLER)

    assert (await judged(gateway, made.record))[0] is Outcome.FAILED


async def test_no_form_is_added_to_what_does_not_count(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    body, more = issuer.hosted(issuer.assertion()), (target(Format.OPEN_BADGES_3),)
    converted = (await gateway.convert(body, "", (SUSPENDABLE,), CALLER)).record
    stated = await issued(gateway)
    for record in (converted, stated):
        await gateway.native.suspend(record.id, "under review", CALLER)

    for record in (converted, stated):
        with pytest.raises(NotActive):
            await gateway.extend(record.id, more, CALLER)
    with pytest.raises(NotActive):
        await gateway.convert(body, "", more, CALLER)

    again = await gateway.convert(body, "", (SUSPENDABLE,), CALLER)
    assert (again.record.id, again.created) == (converted.id, ())


async def test_what_was_not_issued_to_be_suspended_says_so(gateway: Gateway) -> None:
    record = await issued(gateway, target(Format.OPEN_BADGES_3))

    with pytest.raises(NotSuspendable, match="cannot be cleared") as caught:
        await gateway.native.suspend(record.id, "under review", CALLER)

    assert "status=suspension" in caught.value.fix


async def test_what_can_be_suspended_gets_no_form_that_cannot(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    body = issuer.hosted(issuer.assertion())
    converted, stated = (await gateway.convert(body, "", (SUSPENDABLE,), CALLER)).record, await issued(gateway)

    for record in (converted, stated):
        for other in (target(Format.OPEN_BADGES_2), target(Format.OPEN_BADGES_3)):
            with pytest.raises(NotSuspendable, match="can be suspended"):
                await gateway.extend(record.id, (other,), CALLER)
    with pytest.raises(NotSuspendable, match="open-badges-2"):
        await gateway.convert(body, "", (target(Format.OPEN_BADGES_2),), CALLER)

    more = target(Format.OPEN_BADGES_3, None, StatusPurpose.SUSPENSION)
    for record in (converted, stated):
        assert len((await gateway.extend(record.id, (more,), CALLER)).created) == 1
        assert (await gateway.native.suspend(record.id, "under review", CALLER)).state is State.SUSPENDED


async def test_what_is_revoked_between_plan_and_signature_is_not_released(gateway: Gateway) -> None:
    issue, body = gateway.native.issue, msgspec.json.encode(award())

    class Revoking(Seal):
        """Somebody revokes the record as soon as it is planned."""

        async def __call__(self, record: Record, form: Form) -> tuple[Form, bool]:
            await gateway.native.revoke(record.id, "at once", CALLER)
            return await issue.seal(record, form)

    racing = dataclasses.replace(issue, seal=Revoking(**{f.name: getattr(issue.seal, f.name) for f in fields(Seal)}))

    with pytest.raises(NotActive):
        await racing(body, (SUSPENDABLE,), CALLER)

    [summary] = (await gateway.native.search(CALLER, Search(limit=5))).records
    assert (summary.state, summary.formats) == (State.REVOKED, ())


class TestDevelopment:
    """Without https there are no status lists."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return msgspec.structs.replace(settings, public_url="http://127.0.0.1:8000")

    async def test_nothing_can_be_issued_to_be_suspended(self, gateway: Gateway) -> None:
        with pytest.raises(NoSuspension, match="https"):
            await issued(gateway)
