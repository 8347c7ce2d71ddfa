"""What a set entry means, by the purpose of its list, and what its issuer says of it."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.proofs.bitstring import MIN_ENTRIES
from gateway.trust.report import Check, Outcome
from tests.gateway.trust.reports import check, report_on
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.lists import encoded, list_of_2021, subject, token_list

LIST = "https://issuer.example/status/1"
SAID = ["pending review", "accepted", "rejected", "lost"]
MESSAGES = [{"status": f"0x{value}", "message": message} for value, message in enumerate(SAID)]


async def status(issuer: SimulatedIssuer, *entries: dict[str, Any]) -> Check:
    """The status check of a credential with these entries."""
    credential = issuer.credential(credentialStatus=list(entries))
    return check(await report_on(issuer.token(credential), issuer.web), "status")


def wide(issuer: SimulatedIssuer, value: int, **entry: object) -> dict[str, Any]:
    """Publish a list of two bits an entry whose entry 7 has this value; return that entry."""
    purpose = str(entry.get("statusPurpose", "message"))
    bits = [place for place, mask in ((14, 2), (15, 1)) if value & mask]
    listed = subject(statusPurpose=purpose, encodedList=encoded(*bits, entries=2 * MIN_ENTRIES))
    issuer.status_list(LIST, credentialSubject=listed)
    return {**status_entry(LIST, purpose=purpose), "statusSize": 2, "statusMessage": MESSAGES, **entry}


@pytest.mark.parametrize(
    ("purpose", "indexes", "expected", "said"),
    [
        ("revocation", (), Outcome.PASSED, "not set"),
        ("revocation", (7,), Outcome.FAILED, "revoked"),
        ("suspension", (), Outcome.PASSED, "not set"),
        ("suspension", (7,), Outcome.FAILED, "may lift again"),
        ("refresh", (), Outcome.PASSED, "not set"),
        ("refresh", (7,), Outcome.NOTED, "a newer version is to be had"),
        ("confiscation", (), Outcome.NOTED, "not understood"),
        ("confiscation", (7,), Outcome.UNKNOWN, "not understood"),
    ],
)
async def test_each_purpose_has_its_meaning(
    issuer: SimulatedIssuer, purpose: str, indexes: tuple[int, ...], expected: Outcome, said: str
) -> None:
    found = await status(issuer, issuer.status_list(LIST, *indexes, purpose=purpose))

    assert found.outcome is expected
    assert said in found.detail


@pytest.mark.parametrize(("value", "expected"), [(0, Outcome.NOTED), (1, Outcome.UNKNOWN), (3, Outcome.UNKNOWN)])
async def test_message_is_repeated_and_left_to_a_person(issuer: SimulatedIssuer, value: int, expected: Outcome) -> None:
    found = await status(issuer, wide(issuer, value))

    assert found.outcome is expected
    assert f'says "{SAID[value]}" of it' in found.detail


@pytest.mark.parametrize(("value", "expected"), [(0, Outcome.PASSED), (1, Outcome.FAILED), (2, Outcome.FAILED)])
async def test_every_value_but_zero_of_a_revocation_revokes(
    issuer: SimulatedIssuer, value: int, expected: Outcome
) -> None:
    found = await status(issuer, wide(issuer, value, statusPurpose="revocation"))

    assert found.outcome is expected
    assert SAID[value] in found.detail


async def test_message_cannot_hide_what_follows_it(issuer: SimulatedIssuer) -> None:
    messages = [{"status": "0x0", "message": "good\u202e\n; revoked: no" + "!" * 300}]

    found = await status(issuer, wide(issuer, 0, statusMessage=messages))

    assert 'says "good\ufffd\ufffd; revoked: no!' in found.detail
    assert '..." of it' in found.detail


async def test_list_of_2021_revokes(issuer: SimulatedIssuer) -> None:
    assert (await status(issuer, list_of_2021(issuer, LIST, 7))).outcome is Outcome.FAILED


async def test_entry_without_an_id_is_read(issuer: SimulatedIssuer) -> None:
    entry = {name: value for name, value in issuer.status_list(LIST, 7).items() if name != "id"}

    assert (await status(issuer, entry)).outcome is Outcome.FAILED


async def test_entry_that_is_there_often_is_looked_up_once(issuer: SimulatedIssuer) -> None:
    entry = issuer.status_list(LIST)

    found = await status(issuer, *({**entry, "id": f"{LIST}#{number}"} for number in range(20)))

    assert found.outcome is Outcome.PASSED


async def test_worst_of_several_lists_counts(issuer: SimulatedIssuer) -> None:
    good, older = issuer.status_list(LIST), list_of_2021(issuer, f"{LIST}-2021")
    suspended = issuer.status_list(f"{LIST}-suspension", 7, purpose="suspension")

    found = await status(issuer, good, suspended, older)

    assert found.outcome is Outcome.FAILED
    assert found.detail.startswith("suspended")
    assert len([place for place in found.looked_at if " entry " in place]) == 3


@pytest.mark.parametrize(
    ("value", "expected", "said"),
    [
        (0, Outcome.PASSED, "valid"),
        (1, Outcome.FAILED, "INVALID"),
        (2, Outcome.FAILED, "SUSPENDED"),
        (3, Outcome.UNKNOWN, "only its issuer understands"),
    ],
)
@pytest.mark.parametrize("at", ["beside", "inside"])
async def test_each_status_type_of_a_token_has_its_meaning(
    issuer: SimulatedIssuer, value: int, expected: Outcome, said: str, at: str
) -> None:
    statuses = bytes([0, 0, 0, value << 4] + [0] * 12)
    claim = token_list(issuer, LIST, statuses, bits=4)
    if at == "beside":
        token = issuer.older_token(issuer.older_credential(), status=claim)
    else:
        token = issuer.older_token(issuer.older_credential(status=claim))

    found = check(await report_on(token, issuer.web), "status")

    assert found.outcome is expected
    assert said in found.detail


async def test_signed_badge_whose_token_has_a_status_claim_is_looked_up(issuer: SimulatedIssuer) -> None:
    claim = token_list(issuer, LIST, b"\x80" * 16)

    found = check(await report_on(issuer.signed_badge(status=claim), issuer.web), "status")

    assert found.outcome is Outcome.FAILED
