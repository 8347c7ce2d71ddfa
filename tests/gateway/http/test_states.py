"""Revoke, suspend and reinstate over HTTP; the page and the exported form say so."""

from typing import Any  # Any: members of JSON objects

import pytest

from tests.gateway.http.conftest import Client, form, here, problem
from tests.gateway.plain import award


@pytest.fixture
async def suspendable(holder: Client) -> dict[str, Any]:
    """The record of a badge that was issued to be suspended."""
    asked = {"to": "open-badges-3", "securing": "vc-jwt", "status": "suspension"}
    return dict((await holder.post("/v1/credentials/issue", params=asked, json=award())).json()["record"])


async def changed(holder: Client, record: dict[str, Any], change: str, reason: str = "under <review>") -> Any:
    address = f"/v1/credentials/{record['id']}/{change}"
    return await (holder.post(address) if change == "reinstate" else holder.post(address, json={"reason": reason}))


async def test_a_suspension_shows_in_the_record_and_its_status_says_its_purpose(
    holder: Client, suspendable: dict[str, Any]
) -> None:
    answer = await changed(holder, suspendable, "suspend")

    found = answer.json()
    [made] = found["forms"]
    assert (answer.status_code, found["state"]) == (200, "suspended")
    assert (made["suspensionReason"], made["status"]["purpose"]) == ("under <review>", "suspension")
    assert (await holder.get(f"/v1/credentials/{found['id']}")).json() == found


async def test_the_published_list_shows_it_when_the_answer_comes(holder: Client, suspendable: dict[str, Any]) -> None:
    address = here(suspendable["forms"][0]["status"]["list"])
    before = await holder.get(address)

    await changed(holder, suspendable, "suspend")
    during = await holder.get(address)
    await changed(holder, suspendable, "reinstate")
    after = await holder.get(address)

    lists = [each.json()["credentialSubject"]["encodedList"] for each in (before, during, after)]
    assert lists[0] == lists[2] != lists[1]
    assert during.headers["Cache-Control"] == "public, max-age=1"


@pytest.mark.parametrize(
    ("change", "english", "french"),
    [
        ("suspend", "All forms are suspended", "Toutes les formes sont suspendues"),
        ("revoke", "All forms were revoked", "Toutes les formes ont été révoquées"),
    ],
)
async def test_the_page_says_so_in_both_languages_and_escapes_the_reason(
    holder: Client, suspendable: dict[str, Any], change: str, english: str, french: str
) -> None:
    await changed(holder, suspendable, change)

    address, accept = here(suspendable["url"]), {"Accept": "text/html"}
    pages = [(await holder.get(address, params={"lang": lang}, headers=accept)).text for lang in ("en", "fr")]

    assert english in pages[0]
    assert french in pages[1]
    assert all("under &lt;review&gt;" in page for page in pages)
    assert "Issued by" in pages[0]
    assert "Originally issued by" not in pages[0]


async def test_what_cannot_be_suspended_is_409_with_the_reason(holder: Client, record: dict[str, Any]) -> None:
    answer = await changed(holder, record, "suspend")

    said = problem(answer)
    assert (answer.status_code, said["code"]) == (409, "not-suspendable")
    assert "open-badges-2" in said["detail"]
    assert "status=suspension" in said["fix"]


async def test_a_revocation_is_for_good(holder: Client, suspendable: dict[str, Any]) -> None:
    revoked = await changed(holder, suspendable, "revoke", "a mistake")

    again = await changed(holder, suspendable, "revoke", "another reason")
    refused = [await changed(holder, suspendable, change) for change in ("suspend", "reinstate")]

    assert again.json() == revoked.json()
    assert [answer.status_code for answer in refused] == [409, 409]


async def test_what_was_suspended_before_it_was_revoked_is_not_suspended_again(
    holder: Client, suspendable: dict[str, Any]
) -> None:
    await changed(holder, suspendable, "suspend")
    await changed(holder, suspendable, "revoke", "a mistake")

    again = await changed(holder, suspendable, "suspend")

    assert (again.status_code, problem(again)["code"]) == (409, "not-suspendable")


async def test_a_hosted_badge_is_gone_and_its_export_says_the_same(holder: Client, record: dict[str, Any]) -> None:
    await changed(holder, record, "revoke", "a mistake")

    shown = await holder.get(here(form(record, "open-badges-2")["url"]))
    exported = await holder.get(f"/v1/credentials/{record['id']}/export", params={"format": "open-badges-2"})

    assert (shown.status_code, exported.status_code) == (410, 410)
    assert exported.json() == shown.json()
    assert shown.json()["revocationReason"] == "a mistake"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reason": ""},
        {"reason": "x" * 501},
        {"reason": "a\nb"},
        {"reason": "ok\n"},
        {"reason": "a\0"},
        {"reason": "x", "issuer": "y"},
        {"reason": None},
    ],
)
async def test_a_reason_is_one_line_and_nothing_else(
    holder: Client, suspendable: dict[str, Any], body: dict[str, Any]
) -> None:
    answer = await holder.post(f"/v1/credentials/{suspendable['id']}/revoke", json=body)

    assert answer.status_code == 400, answer.text
    assert (await holder.get(f"/v1/credentials/{suspendable['id']}")).json()["state"] == "active"


class TestExport:
    """``GET /v1/credentials/{id}/export``."""

    @pytest.mark.parametrize(
        ("wanted", "suffix"),
        [
            ({"format": "open-badges-2"}, ""),
            ({"format": "open-badges-2", "carrier": "png"}, ".png"),
            ({"format": "open-badges-3", "carrier": "svg"}, ".svg"),
            ({"format": "open-badges-3", "securing": "data-integrity", "carrier": "json"}, ".json"),
        ],
    )
    async def test_a_form_comes_as_its_address_serves_it(
        self, holder: Client, record: dict[str, Any], wanted: dict[str, str], suffix: str
    ) -> None:
        answer = await holder.get(f"/v1/credentials/{record['id']}/export", params=wanted)

        served = await holder.get(here(form(record, wanted["format"])["url"]) + suffix)
        assert (answer.status_code, answer.content) == (200, served.content)
        assert answer.headers["Content-Type"] == served.headers["Content-Type"]

    @pytest.mark.parametrize("wanted", [{"securing": "vc-jwt"}, {"carrier": "jwt"}])
    async def test_a_form_that_was_not_made_says_how_to_make_it(
        self, holder: Client, record: dict[str, Any], wanted: dict[str, str]
    ) -> None:
        answer = await holder.get(
            f"/v1/credentials/{record['id']}/export", params={"format": "open-badges-3", **wanted}
        )

        assert (answer.status_code, problem(answer)["code"]) == (404, "not-made")
        assert f"POST /v1/credentials/{record['id']}/forms" in problem(answer)["fix"]
