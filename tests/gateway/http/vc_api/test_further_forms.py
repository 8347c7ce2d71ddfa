"""What a platform wrote itself, in further forms: each is made, or it is said why it cannot be, and nothing is kept."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.assembly.whole import Gateway
from tests.gateway.http.conftest import Client
from tests.gateway.http.vc_api.test_issue import ID, asked, records, subject

FORMS = (
    {"to": "open-badges-3", "securing": "vc-jwt"},
    {"to": "open-badges-3", "securing": "sd-jwt"},
    {"to": "learning-credential-1"},
    {"to": "open-badges-2", "securing": "jws"},
    {"to": "elm-3"},
)


def named(value: str, **more: Any) -> dict[str, Any]:
    identity = {"type": "IdentityObject", "identityHash": value, "identityType": "emailAddress", "hashed": False}
    return subject(identifier=[{**identity, **more}])


@pytest.mark.parametrize(
    "changes",
    [
        {"awardedDate": "2030-01-01T00:00:00Z"},
        {"validFrom": "0001-01-01T00:00:00+14:00"},
        {"validUntil": "9999-12-31T23:59:59-14:00"},
        {"validUntil": "2030-01-01T00:00:00.999Z"},
        {"credentialSubject": named("not an email")},
        {"credentialSubject": named("")},
        {"credentialSubject": named("sha256$" + "0" * 64, hashed=True)},
        {"credentialSubject": subject(id="x:y")},
        {"credentialSubject": subject(activityEndDate="9999-12-31T23:59:59-14:00")},
        {"credentialSubject": subject(activityStartDate="0001-01-01T00:00:00+14:00")},
    ],
)
async def test_further_forms_are_made_or_refused_and_never_fail(
    holder: Client, gateway: Gateway, changes: dict[str, Any]
) -> None:
    await holder.patch("/v1/platform", json={"organisationId": "NTRFR-123456789"})
    issued = await asked(holder, id=ID, **changes)
    assert issued.status_code == 201, issued.text
    [found] = await records(holder)

    answers = [await holder.post(f"/v1/credentials/{found['id']}/forms", params=to) for to in FORMS]

    assert {answer.status_code for answer in answers} <= {201, 422}, [answer.text for answer in answers]
    record = await gateway.extend.records.find("default", found["id"])
    made = [answer for answer in answers if answer.status_code == 201]
    assert record is not None
    assert len(made) >= 2, "what can be made is not held up by what cannot"
    assert [form.sealed is None for form in record.forms] == [False] * (1 + len(made)), "nothing refused is planned"


async def test_refusal_says_what_is_wrong(holder: Client) -> None:
    await asked(holder, id=ID, credentialSubject=named("not an email"))
    [found] = await records(holder)

    answer = await holder.post(f"/v1/credentials/{found['id']}/forms", params=FORMS[3])

    assert (answer.status_code, answer.json()["code"]) == (422, "not-issuable")
    assert "is no e-mail address" in answer.json()["detail"]
    assert "pointer" not in answer.json(), "the request holds no document to point into"


async def test_number_that_nothing_can_hold_is_not_issued(holder: Client) -> None:
    answer = await asked(holder, id=ID, credentialSubject=subject(creditsEarned=1e300))

    assert answer.status_code == 400
    assert await records(holder) == []
