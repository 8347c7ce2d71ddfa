"""How old an answer may be: copies that outlived themselves, lists that are older than what was seen, and memory."""

import datetime as dt
import json
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.proofs.bitstring import MIN_ENTRIES, bitstring
from gateway.trust.known_lists import PROVEN_FOR, KnownLists, bits_of
from gateway.trust.report import Check, Outcome
from gateway.trust.served import listed
from tests.gateway.trust.reports import check, report_on
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.lists import RememberedLists, encoded, revocation_list, subject, token_claim, token_list

LIST = "https://issuer.example/status/1"
DAY = dt.timedelta(days=1)


@pytest.fixture
def lists() -> KnownLists:
    """Shared by several verifications, with a memory of what was seen."""
    return KnownLists(RememberedLists())


def on(day: int) -> str:
    """The so manieth of December."""
    return f"2025-12-{day:02}T00:00:00Z"


def publish(issuer: SimulatedIssuer, day: int, *indexes: int, purpose: str = "revocation", **changes: Any) -> None:
    """Serve a list of that day, with a proof of that day and these entries set."""
    entry = issuer.status_list(LIST, *indexes, purpose=purpose, validFrom=on(day), **changes)
    document = json.loads(issuer.web.body(LIST))
    del document["proof"]
    issuer.serve(LIST, issuer.signed(document, created=on(day)))
    assert entry["statusListCredential"] == LIST


async def status(
    issuer: SimulatedIssuer,
    lists: KnownLists,
    entry: dict[str, Any] | None = None,
    now: dt.datetime = NOON,
) -> Check:
    """The status check of a credential with this entry."""
    credential = issuer.credential(credentialStatus=entry or status_entry(LIST))
    return check(await report_on(issuer.token(credential), issuer.web, lists=lists, now=now), "status")


async def test_older_list_than_was_seen_is_unknown(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 20, 5)
    assert (await status(issuer, lists)).outcome is Outcome.PASSED
    publish(issuer, 10)

    found = await status(issuer, lists)

    assert found.outcome is Outcome.UNKNOWN
    assert found.detail.startswith("STATUS_VERIFICATION_ERROR: ")
    assert "older than the one of 2025-12-20" in found.detail
    assert found.fix


async def test_older_list_still_revokes(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 20)
    await status(issuer, lists)
    publish(issuer, 10, 7)

    assert (await status(issuer, lists)).outcome is Outcome.FAILED


async def test_older_list_is_unknown_to_another_process_with_the_same_memory(issuer: SimulatedIssuer) -> None:
    memory = RememberedLists()
    publish(issuer, 20, 5)
    await status(issuer, KnownLists(memory))
    publish(issuer, 10)

    assert (await status(issuer, KnownLists(memory))).outcome is Outcome.UNKNOWN


async def test_older_list_with_the_same_bits_says_the_same(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 20, 5)
    await status(issuer, lists)
    publish(issuer, 10, 5)

    assert (await status(issuer, lists)).outcome is Outcome.PASSED


async def test_newer_list_replaces_what_was_seen(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    for day, indexes in ((10, ()), (11, (3,)), (12, (3, 4))):
        publish(issuer, day, *indexes)
        assert (await status(issuer, lists)).outcome is Outcome.PASSED
    publish(issuer, 11, 3)

    assert (await status(issuer, lists)).outcome is Outcome.UNKNOWN


async def test_list_of_the_same_date_may_revoke_more_but_not_less(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 10, 3)
    await status(issuer, lists)
    publish(issuer, 10, 3, 4)
    assert (await status(issuer, lists)).outcome is Outcome.PASSED
    publish(issuer, 10, 3)

    found = await status(issuer, lists)

    assert found.outcome is Outcome.UNKNOWN
    assert "1 bits fewer set" in found.detail


@pytest.mark.parametrize(
    ("purpose", "indexes"), [("suspension", (9,)), ("suspension", (7, 9)), ("suspension", ()), ("revocation", (9,))]
)
async def test_list_of_the_same_date_with_other_bits_is_unknown(
    issuer: SimulatedIssuer, lists: KnownLists, purpose: str, indexes: tuple[int, ...]
) -> None:
    entry = status_entry(LIST, "3", purpose=purpose)
    publish(issuer, 10, 7, purpose=purpose)
    assert (await status(issuer, lists, entry)).outcome is Outcome.PASSED
    publish(issuer, 10, *indexes, purpose=purpose)

    found = await status(issuer, lists, entry)

    assert found.outcome is Outcome.UNKNOWN
    assert "of the same date" in found.detail


async def test_issuer_that_takes_a_revocation_back_is_noted(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 10, 7)
    assert (await status(issuer, lists)).outcome is Outcome.FAILED
    publish(issuer, 11)

    found = await status(issuer, lists)

    assert found.outcome is Outcome.NOTED
    assert "revocation is for good" in found.detail


async def test_suspension_may_be_lifted(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 10, 7, purpose="suspension")
    assert (await status(issuer, lists, status_entry(LIST, purpose="suspension"))).outcome is Outcome.FAILED
    publish(issuer, 11, purpose="suspension")

    assert (await status(issuer, lists, status_entry(LIST, purpose="suspension"))).outcome is Outcome.PASSED


async def test_proof_by_nobody_makes_an_old_list_no_newer(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 20, 5)
    await status(issuer, lists)
    publish(issuer, 10)
    document = json.loads(issuer.web.body(LIST))
    (proof,) = listed(document["proof"])
    bogus = {**proof, "created": on(30), "verificationMethod": "https://other.example/profile#key"}
    issuer.serve(LIST, {**document, "proof": [proof, bogus]})

    assert (await status(issuer, lists)).outcome is Outcome.UNKNOWN


async def test_list_of_another_id_is_not_remembered(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 20, 5, id="https://issuer.example/status/2")
    assert (await status(issuer, lists)).outcome is Outcome.UNKNOWN
    publish(issuer, 10)

    assert (await status(issuer, lists)).outcome is Outcome.PASSED


async def test_older_token_list_is_unknown(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    outcomes = []
    for hours, statuses in ((1, b"\x01" * 16), (2, bytes(16))):
        claims = {"status": token_list(issuer, LIST, statuses, iat=int(NOON.timestamp()) - 3600 * hours)}
        report = await report_on(issuer.token(issuer.credential(), claims=claims), issuer.web, lists=lists)
        outcomes.append(check(report, "status").outcome)

    assert outcomes == [Outcome.PASSED, Outcome.UNKNOWN]


async def test_without_a_memory_it_is_judged_and_said(issuer: SimulatedIssuer) -> None:
    publish(issuer, 10)

    found = await status(issuer, KnownLists())

    assert found.outcome is Outcome.PASSED
    assert "not compared with what was served before" in found.detail


async def test_report_says_how_fresh_the_answer_is(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 10, validUntil="2026-01-01T12:01:00Z")
    issuer.web.keep(LIST, NOON - dt.timedelta(minutes=1))

    found = await status(issuer, lists)

    made = f"{LIST} of 2025-12-10T00:00:00+00:00, good until 2026-01-01T12:01:00+00:00"
    assert found.looked_at == (
        f"{LIST} entry 7 (revocation)",
        f"{made}, fetched 2026-01-01T11:59:00+00:00 and kept since",
    )


@pytest.mark.parametrize(
    ("ttl", "age_s", "asked_again"),
    [
        (None, 299, False),
        (None, 300, True),
        (60_000, 59, False),
        (60_000, 60, True),
        (3_600_000, 3000, False),
        (0, 1, True),
        ("soon", 1, True),
        (-1, 1, True),
        (1e300, 3600 * 24, False),
    ],
)
async def test_copy_that_outlived_its_ttl_is_fetched_anew(
    issuer: SimulatedIssuer, lists: KnownLists, ttl: object, age_s: int, asked_again: bool
) -> None:
    document = issuer.credential(
        id=LIST,
        type=["VerifiableCredential", "BitstringStatusListCredential"],
        issuer=issuer.id,
        credentialSubject=subject(ttl=ttl),
    )
    issuer.web.publish(LIST, issuer.token(document).encode())
    issuer.web.keep(LIST, NOON - dt.timedelta(seconds=age_s))
    newer = {**document, "validFrom": on(10), "credentialSubject": subject(ttl=ttl, encodedList=encoded(7))}
    issuer.web.publish(LIST, issuer.token(newer).encode())

    found = await status(issuer, lists)

    assert found.outcome is (Outcome.FAILED if asked_again else Outcome.PASSED)
    assert issuer.web.requests.count(LIST) == 1 + asked_again


async def test_copy_that_expired_is_fetched_anew(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 10, validUntil="2026-01-01T11:59:59Z")
    issuer.web.keep(LIST, NOON - dt.timedelta(minutes=1))
    publish(issuer, 11, validUntil="2026-01-02T00:00:00Z")

    assert (await status(issuer, lists)).outcome is Outcome.PASSED


async def test_copy_that_outlived_itself_and_cannot_be_had_anew_is_unknown(
    issuer: SimulatedIssuer, lists: KnownLists
) -> None:
    publish(issuer, 10)
    issuer.web.keep(LIST, NOON - DAY)
    issuer.web.unreachable(LIST)

    found = await status(issuer, lists)

    assert found.outcome is Outcome.UNKNOWN
    assert found.detail.startswith("STATUS_RETRIEVAL_ERROR")


async def test_copy_of_a_token_list_lives_as_long_as_it_says(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    token_list(issuer, LIST, ttl=60)
    issuer.web.keep(LIST, NOON - dt.timedelta(seconds=60))
    token_list(issuer, LIST, b"\x80" * 16, ttl=60)

    claims = {"status": token_claim(LIST)}
    report = await report_on(issuer.token(issuer.credential(), claims=claims), issuer.web, lists=lists)

    assert check(report, "status").outcome is Outcome.FAILED


async def test_copy_of_a_revocation_list_lives_five_minutes(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    entry = revocation_list(issuer, LIST)
    issuer.web.keep(LIST, NOON - dt.timedelta(minutes=5))
    revocation_list(issuer, LIST, revokedCredentials=[issuer.credential()["id"]])

    assert (await status(issuer, lists, entry)).outcome is Outcome.FAILED


async def test_list_without_any_date_is_noted(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    document = issuer.credential(
        id=LIST,
        type=["VerifiableCredential", "BitstringStatusListCredential"],
        issuer=issuer.id,
        validFrom=None,
        credentialSubject=subject(ttl=60_000),
    )
    header = {"alg": "ES256", "kid": issuer.method("ES256")}
    issuer.web.publish(LIST, issuer.compact(header, {**document, "iss": issuer.id}).encode())

    assert (await status(issuer, lists)).outcome is Outcome.NOTED


async def test_whole_list_is_asked_for_never_the_entry(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 10)

    await status(issuer, lists, status_entry(LIST, "4711"))

    assert not any("4711" in url for url in issuer.web.requests)


async def test_proof_is_looked_at_once_for_many_credentials(issuer: SimulatedIssuer, lists: KnownLists) -> None:
    publish(issuer, 10)
    await status(issuer, lists)
    issuer.publish(verificationMethod=[])  # a proof that was looked at again would not be found right
    credential = issuer.credential(credentialStatus=status_entry(LIST))

    at_once = check(await report_on(credential, issuer.web, lists=lists), "status")
    later = check(await report_on(credential, issuer.web, lists=lists, now=NOON + PROVEN_FOR), "status")

    assert at_once.outcome is Outcome.PASSED
    assert later.outcome is Outcome.UNKNOWN


async def test_proof_that_was_found_right_is_so_for_these_bytes_alone(
    issuer: SimulatedIssuer, lists: KnownLists
) -> None:
    publish(issuer, 10)
    await status(issuer, lists)
    issuer.web.publish(LIST, issuer.web.body(LIST).replace(b"2025-12-10", b"2025-12-30", 1))

    assert (await status(issuer, lists)).outcome is Outcome.UNKNOWN


def test_what_is_kept_is_bounded() -> None:
    lists = KnownLists(max_bytes=3 * MIN_ENTRIES // 8)
    for number in range(10):
        lists.expand(bytes([number]), bits_of(bitstring([number])))

    kept = [number for number in range(10) if lists.bits(bytes([number]))]

    assert kept == [7, 8, 9]


def test_what_is_used_stays() -> None:
    lists = KnownLists(max_bytes=2 * MIN_ENTRIES // 8)
    for number in (1, 2):
        lists.expand(bytes([number]), bits_of(bitstring([number])))
    lists.bits(b"\1")
    lists.expand(b"\3", bits_of(bitstring([3])))

    assert [number for number in (1, 2, 3) if lists.bits(bytes([number]))] == [1, 3]
