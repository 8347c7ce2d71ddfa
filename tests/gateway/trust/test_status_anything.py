"""Whatever stands in an entry, a list or a claim, there is an answer, and it is good only for what was not changed."""

import asyncio
import string
from typing import Any  # Any: members of JSON documents

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import report_on
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.lists import subject, token_claim, token_list
from tests.simulators.web import SimulatedWeb

LIST = "https://issuer.example/status/1"
GOOD = {Outcome.PASSED, Outcome.NOTED}

TEXT = st.text(string.printable + "\u00e9\u202e", max_size=12)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def outcome(credential: dict[str, Any] | str, issuer: SimulatedIssuer) -> tuple[Outcome, Outcome | None]:
    """Of the whole report, and of its check `status` where it came so far."""
    report = asyncio.run(report_on(credential, issuer.web))
    return report.outcome, next((check.outcome for check in report.checks if check.name == "status"), None)


def published() -> SimulatedIssuer:
    """An issuer with a good list."""
    issuer = SimulatedIssuer(SimulatedWeb())
    issuer.publish()
    issuer.status_list(LIST)
    return issuer


@given(
    member=st.sampled_from(["type", "statusPurpose", "statusListIndex", "statusListCredential"]),
    value=ANYTHING,
)
@settings(max_examples=40, deadline=None)
def test_an_entry_with_anything_in_it_is_answered(member: str, value: object) -> None:
    issuer, entry = published(), status_entry(LIST)

    found, status = outcome(issuer.token(issuer.credential(credentialStatus={**entry, member: value})), issuer)

    is_an_index = member == "statusListIndex" and str(value).isdecimal() and not isinstance(value, bool)
    if value not in (entry[member], [entry[member]]) and not is_an_index:
        assert found is not Outcome.PASSED
        assert status not in GOOD


@given(member=st.sampled_from(["type", "statusPurpose", "encodedList"]), value=ANYTHING)
@settings(max_examples=40, deadline=None)
def test_a_list_with_anything_in_it_is_answered(member: str, value: object) -> None:
    issuer = published()
    listed = subject()
    changed = {"credentialSubject": {**listed, member: value}, "type": ["BitstringStatusListCredential"]}
    document = issuer.credential(id=LIST, issuer=issuer.id)
    issuer.web.publish(LIST, issuer.token(document, claims=changed).encode())

    _, status = outcome(issuer.token(issuer.credential(credentialStatus=status_entry(LIST))), issuer)

    assert value in (listed[member], [listed[member]]) or status not in GOOD


@given(member=st.sampled_from(["sub", "iat", "exp", "ttl", "iss", "status_list"]), value=ANYTHING)
@settings(max_examples=40, deadline=None)
def test_a_token_list_with_anything_in_it_is_answered(member: str, value: object) -> None:
    issuer = published()
    changed: dict[str, Any] = {member: value}
    claim = token_list(issuer, LIST, **changed)

    _, status = outcome(issuer.token(issuer.credential(), claims={"status": claim}), issuer)

    if member in {"sub", "iss", "status_list"} and value is not None:
        assert status not in GOOD


@given(value=ANYTHING, at=st.sampled_from(["", "status_list", "idx", "uri"]))
@settings(max_examples=40, deadline=None)
def test_a_status_claim_with_anything_in_it_is_answered(value: object, at: str) -> None:
    issuer = published()
    token_list(issuer, LIST)
    claim = token_claim(LIST)
    changed: object = {**claim["status_list"], at: value} if at in {"idx", "uri"} else value
    payload = {**issuer.credential(), "iss": issuer.id, "status": {"status_list": changed} if at else value}
    header = {"alg": "ES256", "typ": "JWT", "kid": issuer.method("ES256")}

    _, status = outcome(issuer.compact(header, payload), issuer)

    is_an_index = at == "idx" and isinstance(value, int) and not isinstance(value, bool)
    assert is_an_index or status not in GOOD
