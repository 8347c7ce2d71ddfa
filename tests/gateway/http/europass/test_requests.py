"""What programs really send: forms of every making, keys as basic authentication, batches; and what nobody should."""

from base64 import b64encode

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.records.access import Scope
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.europass.uploads import (
    BATCH,
    CONVERT,
    DETAILS,
    LEARNER,
    SEAL,
    SEND,
    VERIFY,
    WALLETS,
    credential,
    part,
    payload,
    sealed,
    upload,
)
from tests.simulators.clock import SimulatedClock

MULTIPART = "multipart/form-data; boundary=x"
ERROR = {"code", "message", "description", "timestamp", "path", "affectedAssets"}
ADDRESSES = (SEAL, SEND, BATCH, CONVERT, VERIFY, DETAILS, f"{WALLETS}/email/{LEARNER}/credentials")


def form(*parts: bytes, end: bytes = b"--x--\r\n") -> bytes:
    """A multipart body, written by hand."""
    return b"".join(b"--x\r\n" + each + b"\r\n" for each in parts) + end


def field(headers: str, content: bytes) -> bytes:
    return b"Content-Disposition: form-data; " + headers.encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content


NAMED = (
    'name="_file"; filename="document.json"',
    'name="_file"; filename="C:\\\\Temp\\\\../../etc/passwd"',
    'name="_file"; filename="r\u00e9sum\u00e9.json"',
    "name=\"_file\"; filename*=UTF-8''%e2%82%ac.json",
    'name="_file"; filename=""',
    'name="_file"',
    'name="_file[]"; filename="document.json"',
    'name="file"; filename="document.json"',
    "name=_file; filename=document.json",
)
"""One part in the spellings of various programs."""


async def test_a_part_is_taken_however_programs_write_it(holder: Client) -> None:
    for headers in NAMED:
        answer = await holder.post(SEAL, content=form(field(headers, upload())), headers={"Content-Type": MULTIPART})

        assert answer.status_code == 200, (headers, answer.text)


async def test_other_parts_beside_it_are_left_alone(holder: Client) -> None:
    body = form(field('name="comment"', b"hello"), field('name="_file"; filename="a"', upload()))

    answer = await holder.post(SEAL, content=body, headers={"Content-Type": MULTIPART})

    assert answer.status_code == 200, answer.text


BROKEN = (
    b"",
    form(),
    form(field('name="other"; filename="a"', b"{}")),
    form(field('name="_file"; filename="a"', b"")),
    form(field('name="_file"; filename="a"', b"{}"), field('name="_file"; filename="b"', b"{}")),
    form(field('name="_file"; filename="a"', b"{}"), end=b""),
    form(field('name="_file"', b"{}").replace(b"\r\n\r\n", b"\r\nContent-Type: text/plain; charset=none\r\n\r\n")),
    form(field('name="_file"', b"\xff\xfe")),
    form(*(field('name="a"', b"") for _ in range(2000))),
    b"--x\r\nContent-Disposition: form-data\r\n\r\n{}\r\n--x--\r\n",
    b"no form at all",
)
"""Forms that hold no file under the name, several, an empty one, or that are none."""


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_form_without_its_one_file_is_refused(holder: Client, address: str) -> None:
    for body in BROKEN:
        answer = await holder.post(address, content=body, headers={"Content-Type": MULTIPART})

        # The verdict on each file of a batch is an answer.
        assert (400 <= answer.status_code < 500) or (address, answer.status_code) == (BATCH, 202), (body, answer.text)
        assert answer.status_code == 202 or set(answer.json()) == ERROR


async def test_a_form_without_a_boundary_is_refused(holder: Client) -> None:
    for boundary in ("", "; boundary=", "; boundary=" + "x" * 300, "; boundary=\xe9"):
        kind = f"multipart/form-data{boundary}".encode("latin-1")

        answer = await holder.post(SEAL, content=b"--x--", headers={b"Content-Type": kind})

        assert 400 <= answer.status_code < 500, answer.text


async def test_a_body_that_calls_itself_something_else_is_refused(holder: Client) -> None:
    for kind in ("application/xml", "multipart/mixed; boundary=x", "text/html"):
        answer = await holder.post(SEAL, content=upload(), headers={"Content-Type": kind})

        assert (answer.status_code, set(answer.json())) == (415, ERROR), kind


async def test_what_is_too_large_is_refused_before_it_is_read(holder: Client, gateway: Gateway) -> None:
    large = b"x" * (gateway.settings.max_body_bytes + 1)

    answers = [
        await holder.post(SEAL, files=part("_file", large)),
        await holder.post(SEAL, content=large, headers={"Content-Type": "application/json"}),
    ]

    assert [answer.status_code for answer in answers] == [413, 413]
    assert all(set(answer.json()) == ERROR for answer in answers)


async def test_a_key_is_known_as_user_name_or_password(holder: Client) -> None:
    key = holder.headers.pop("Authorization").removeprefix("Bearer ")

    for user in (f"{key}:", f":{key}", f"europass:{key}", key):
        basic = {"Authorization": f"Basic {b64encode(user.encode()).decode()}"}
        answer = await holder.post(SEAL, files=part("_file", upload()), headers=basic)

        assert answer.status_code == 200, answer.text


async def test_any_other_word_is_no_key(client: Client) -> None:
    for shown in ("Basic", "Basic !", "Basic eDp5", f"Basic {'A' * 9000}", "Basic /w==", "Bearer x", "Digest x", ""):
        answer = await client.post(SEAL, files=part("_file", upload()), headers={"Authorization": shown})

        assert (answer.status_code, set(answer.json())) == (401, ERROR), shown
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
        assert "Basic realm=" in answer.headers["WWW-Authenticate"]


async def test_a_browser_is_never_asked_for_a_password_nor_believed_with_one(holder: Client) -> None:
    key = holder.headers.pop("Authorization").removeprefix("Bearer ")
    cross = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}

    asked = await holder.post(SEAL, files=part("_file", upload()), headers=cross)
    forged = await holder.post(SEAL, files=part("_file", upload()), headers=cross, auth=("", key))

    assert (asked.status_code, "Basic" in asked.headers["WWW-Authenticate"]) == (401, False)
    assert (forged.status_code, forged.json()["code"]) == (403, "foreign-form")


@pytest.mark.parametrize(
    ("sent", "is_taken"),
    [
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": PUBLIC_URL}, False),
        ({"Origin": PUBLIC_URL}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": PUBLIC_URL}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({}, True),
    ],
)
async def test_a_password_is_believed_of_programs_and_our_own_pages(
    holder: Client, sent: dict[str, str], is_taken: bool
) -> None:
    key = holder.headers.pop("Authorization").removeprefix("Bearer ")

    answer = await holder.post(WALLETS, json={"userEmail": LEARNER}, headers=sent, auth=("", key))

    assert answer.status_code == (201 if is_taken else 403), answer.text


async def test_a_key_for_other_things_seals_nothing_and_neither_does_one_that_ended(
    client: Client, gateway: Gateway, clock: SimulatedClock
) -> None:
    reader = await gateway.tenancy.make_key(
        DEFAULT_PLATFORM, Wish(name="x", scopes=frozenset({Scope.CREDENTIALS_READ})), "command line"
    )
    issuer = Wish(name="y", scopes=frozenset({Scope.CREDENTIALS_ISSUE}), expires=clock.now.replace(hour=13))
    ended = await gateway.tenancy.make_key(DEFAULT_PLATFORM, issuer, "command line")
    clock.advance(hours=2)

    read = await client.post(SEAL, files=part("_file", upload()), auth=("", reader.text))
    late = await client.post(SEAL, files=part("_file", upload()), auth=("", ended.text))

    assert (read.status_code, read.json()["code"]) == (403, "insufficient-scope")
    assert (late.status_code, late.json()["code"]) == (401, "unauthorised")


async def test_who_looks_needs_no_key(holder: Client) -> None:
    file = await sealed(holder)
    holder.headers.pop("Authorization")

    answers = [await holder.post(address, files=part("file", file)) for address in (VERIFY, DETAILS)]

    assert [answer.status_code for answer in answers] == [200, 200]


async def test_each_file_of_a_batch_stands_for_itself(holder: Client) -> None:
    second = "urn:credential:0b5e8cf6-3f1c-4b9e-8a55-7f1f7f3f0a02"
    files = [
        ("_files", ("one.json", upload(LEARNER), "application/json")),
        ("_files", ("two.json", upload(id=second), "application/json")),
        ("_files", ("three.json", upload(id=second[:-1] + "3", validFrom="2025-06-01"), "application/json")),
        ("_files", ("four.json", b"{", "application/json")),
    ]

    answer = await holder.post(BATCH, params={"sendMail": "false"}, files=files)

    one, two, three, four = answer.json()
    exported = await holder.get(f"/v1/credentials/{two['record']}/export", params={"format": "elm-3"})
    assert answer.status_code == 202
    assert [each["file"] for each in answer.json()] == ["one.json", "two.json", "three.json", "four.json"]
    assert (one["viewerURL"] != "", "viewerURL" in two) == (True, False)
    assert (three["code"], four["code"]) == ("not-issuable", "malformed")
    assert "record" not in three
    assert payload(exported.content)["id"] == second


async def test_a_batch_is_a_list_in_json_too_and_not_endless(holder: Client) -> None:
    whole = await holder.post(BATCH, json=[credential(), {"credential": {}}])
    many = await holder.post(BATCH, json=[{}] * 21)
    none = await holder.post(BATCH, json=[])
    nothing = await holder.post(BATCH)

    assert whole.status_code == 202
    assert [each.get("code", "") for each in whole.json()] == ["", "not-an-upload"]
    assert [(each.status_code, each.json()["code"]) for each in (many, none, nothing)] == [(400, "missing-file")] * 3


async def test_a_member_of_a_list_that_cannot_be_read_says_nothing_of_the_others(holder: Client) -> None:
    twice = b'{"credential": {}, "credential": {}}'
    body = b"[" + b", ".join((b'"\\ud800"', upload(), b'"\xff"', b"NaN", twice, b"null")) + b"]"

    answer = await holder.post(BATCH, content=body, headers={"Content-Type": "application/json"})
    endless = await holder.post(BATCH, content=body[:-1], headers={"Content-Type": "application/json"})

    assert [each["file"] for each in answer.json()] == ["0", "1", "2", "3", "4", "5"]
    codes = [each.get("code", "") for each in answer.json()]
    assert codes == ["malformed", "", "malformed", "malformed", "malformed", "not-an-upload"]
    assert (endless.status_code, endless.json()["code"]) == (400, "malformed")


async def test_a_list_may_hold_as_much_as_so_many_files(holder: Client) -> None:
    large = upload(**{f"x{n}": n for n in range(10_000)})

    answer = await holder.post(BATCH, content=b"[%s]" % b",".join([large] * 3), headers={"Content-Type": "text/plain"})

    assert (answer.status_code, len(answer.json())) == (202, 3)


async def test_files_come_back_in_the_order_in_which_they_were_sent(holder: Client) -> None:
    names = ["_files", "_files[]", "_file", "_files[]", "_files"]
    files = [(name, (f"{place}.json", b"{}", "application/json")) for place, name in enumerate(names)]

    answer = await holder.post(BATCH, files=files)

    assert [each["file"] for each in answer.json()] == [f"{place}.json" for place in range(5)]


async def test_what_is_not_there_is_said_in_the_same_words(client: Client) -> None:
    for address in ("/europass", "/europass/api/v1/nothing", "/europass/api/v2/public/credentials/seal"):
        for accept in ("application/json", "text/html"):
            answer = await client.get(address, headers={"Accept": accept})

            assert (answer.status_code, set(answer.json())) == (404, ERROR)


async def test_a_refusal_repeats_nothing_that_was_filled_into_its_address(holder: Client) -> None:
    token, nobody = "A" * 43, "00000000-0000-4000-8000-000000000000"

    shared = await holder.get(f"/europass/api/v1/sharelinks/{token}/details")
    wallet = await holder.get(f"{WALLETS}/{nobody}")
    deposit = await holder.post(f"{WALLETS}/email/{LEARNER}/credentials", content=b"{}")

    assert [answer.json()["path"] for answer in (shared, wallet, deposit)] == [
        "/europass/api/v1/sharelinks/{share_hash}/details",
        "/europass/api/v1/wallets/{user_id}",
        "/europass/api/v1/wallets/email/{user_email}/credentials",
    ]
    assert [each for each in (token, LEARNER) if each in shared.text + deposit.text] == []


async def test_an_address_that_is_none_is_named_by_its_place(holder: Client) -> None:
    wallet = f"https://badges.example.net{WALLETS}/0b5e8cf6-3f1c-4b9e-8a55-7f1f7f3f0a01"

    problem = (await holder.post(SEND, files=part("_file", upload(LEARNER, wallet)))).json()

    assert problem["affectedAssets"]["pointer"] == "/deliveryDetails/deliveryAddress/1"
    assert "userId" in problem["description"]


async def test_who_shows_no_key_is_told_of_both_ways(client: Client) -> None:
    answer = await client.post(SEAL, files=part("_file", upload()))

    assert answer.status_code == 401
    assert {"Bearer", "basic"} <= set(answer.json()["description"].replace(":", " ").split())


async def test_another_version_leads_to_the_one_that_there_is(client: Client) -> None:
    answer = await client.get("/europass/api/v2/wallets", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()["description"]) == (
        404,
        "the addresses here begin with /europass/api/v1/",
    )
