"""Fetching credentials: bound to the keys that were shown, once, and nothing for what shows no key."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from gateway.assembly.whole import Gateway
from gateway.proofs import base64url
from gateway.records.offers import Claiming
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.oid4vci.conftest import ANOTHER, BADGE, BADGE_JWT, MINE, Counter, Members, refusal
from tests.simulators.wallet import Wallet

DENIED = (400, "credential_request_denied")
BAD_PROOF, BAD_NONCE, BAD_REQUEST = ((400, f"invalid_{name}") for name in ("proof", "nonce", "credential_request"))


async def sealed(counter: Counter) -> list[bytes]:
    """The bytes of the private forms of the record."""
    record = await counter.gateway.look_up.records.find("default", counter.record)
    assert record is not None
    return [form.sealed or b"" for form in record.forms if form.private]


async def test_a_credential_is_the_very_bytes_that_were_sealed(counter: Counter, gateway: Gateway) -> None:
    answer = await counter.fetched()

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    [bytes_] = await sealed(counter)
    assert bytes_ in answer.content
    [found] = answer.json()["credentials"]
    assert found["credential"]["credentialSubject"]["id"] == MINE.did
    assert (await gateway.verify(bytes_)).report.outcome is Outcome.PASSED


async def test_a_token_is_text(counter: Counter, gateway: Gateway) -> None:
    answer = await counter.fetched(configuration=BADGE_JWT)

    [found] = answer.json()["credentials"]
    assert [found["credential"].encode()] == await sealed(counter)
    assert json.loads(base64url.decode(found["credential"].split(".")[1]))["sub"] == MINE.did
    assert (await gateway.verify(found["credential"].encode())).report.outcome is Outcome.PASSED


async def test_a_batch_has_a_credential_for_each_key_in_their_order(counter: Counter) -> None:
    wallets = [Wallet.ed25519(number) for number in range(1, 11)]

    answer = await counter.fetched(*wallets)

    subjects = [each["credential"]["credentialSubject"]["id"] for each in answer.json()["credentials"]]
    assert subjects == [wallet.did for wallet in wallets]


async def test_a_key_is_shown_in_whatever_way_it_is_named(counter: Counter) -> None:
    for wallet in (MINE, Wallet.p256()):
        for kid, expected in ((None, wallet.did), (wallet.method, wallet.did), (f"{wallet.did_jwk}#0", wallet.did_jwk)):
            await counter.offered()
            header = {"jwk": None, "kid": kid} if kid else {}
            proof = wallet.proof_jwt(PUBLIC_URL, await counter.nonce(), header=header)

            answer = await counter.asked("credential", {"credential_identifier": BADGE, "proofs": {"jwt": [proof]}})

            [found] = answer.json()["credentials"]
            assert found["credential"]["credentialSubject"]["id"] == expected


async def test_what_real_wallets_send_is_taken(counter: Counter) -> None:
    """One has the singular ``proof``, as drafts did, another one ``proof_type`` beside the list."""
    nonces = [await counter.nonce() for _ in range(2)]
    singular, doubled = [MINE.proof_jwt(PUBLIC_URL, nonce) for nonce in nonces]
    older = {"credential_configuration_id": BADGE, "format": "ldp_vc", "proof": {"proof_type": "jwt", "jwt": singular}}
    mixed = {"credential_identifier": BADGE, "proofs": {"proof_type": "jwt", "jwt": [doubled]}}

    first, second = [await counter.asked("credential", body) for body in (older, mixed)]

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content


async def test_a_presentation_shows_a_key_too(counter: Counter) -> None:
    for suite in ("eddsa-rdfc-2022", "Ed25519Signature2020"):
        wallet = Wallet.ed25519(suite=suite)
        shown = wallet.presentation(await counter.nonce(), PUBLIC_URL)

        answer = await counter.asked("credential", {"credential_configuration_id": BADGE, "proofs": {"di_vp": [shown]}})

        [found] = answer.json()["credentials"]
        assert found["credential"]["credentialSubject"]["id"] == wallet.did


async def test_the_same_keys_get_the_same_bytes_and_others_nothing(counter: Counter) -> None:
    first = await counter.fetched()
    counter.clock.advance(minutes=4)

    assert (await counter.fetched()).content == first.content
    assert refusal(await counter.fetched(ANOTHER)) == DENIED
    assert refusal(await counter.fetched(MINE, ANOTHER)) == DENIED
    assert len(await sealed(counter)) == 1


async def test_a_client_that_is_known_may_name_itself(counter: Counter) -> None:
    await counter.offered(client="a-client")
    proof = MINE.proof_jwt(PUBLIC_URL, await counter.nonce(), claims={"iss": "a-client"})

    answer = await counter.asked("credential", {"credential_configuration_id": BADGE, "proofs": {"jwt": [proof]}})

    assert answer.status_code == 200


async def test_of_fifty_uses_of_a_nonce_at_once_one_succeeds(counter: Counter) -> None:
    body = {"credential_configuration_id": BADGE, "proofs": await counter.proofs(MINE)}

    answers = await asyncio.gather(*(counter.asked("credential", body) for _ in range(50)))

    assert [answer.status_code for answer in answers].count(200) == 1
    assert {refusal(answer) for answer in answers if answer.status_code != 200} == {BAD_NONCE}


async def test_of_ten_wallets_at_once_one_gets_the_credential(counter: Counter) -> None:
    answers = await asyncio.gather(*(counter.fetched(Wallet.ed25519(number)) for number in range(1, 11)))

    assert [answer.status_code for answer in answers].count(200) == 1
    assert {refusal(answer) for answer in answers if answer.status_code != 200} == {DENIED}
    assert len(await sealed(counter)) == 1


async def test_a_nonce_serves_five_minutes(counter: Counter) -> None:
    nonce = await counter.nonce()
    counter.clock.advance(minutes=6)
    counter.token = await counter.granted(await counter.offered())
    proof = MINE.proof_jwt(PUBLIC_URL, nonce, counter.clock.now)

    answer = await counter.asked("credential", {"credential_configuration_id": BADGE, "proofs": {"jwt": [proof]}})

    assert refusal(answer) == BAD_NONCE


async def test_a_wrong_proof_uses_no_nonce_up(counter: Counter) -> None:
    nonce = await counter.nonce()
    wrong, right = MINE.proof_jwt("https://other.example", nonce), MINE.proof_jwt(PUBLIC_URL, nonce)
    bodies = [{"credential_configuration_id": BADGE, "proofs": {"jwt": [proof]}} for proof in (wrong, right)]

    answers = [await counter.asked("credential", body) for body in bodies]

    assert refusal(answers[0]) == BAD_PROOF
    assert answers[1].status_code == 200


PROOFS: dict[str, tuple[Callable[[str], Any], tuple[int, str]]] = {
    "no list": (lambda _: {}, BAD_PROOF),
    "an empty list": (lambda _: {"jwt": []}, BAD_PROOF),
    "a list that is text": (lambda n: {"jwt": MINE.proof_jwt(PUBLIC_URL, n)}, BAD_PROOF),
    "a proof that is an object": (lambda _: {"jwt": [{}]}, BAD_PROOF),
    "a proof that is no JWT": (lambda _: {"jwt": ["x"]}, BAD_PROOF),
    "an attestation": (lambda _: {"attestation": ["a.b.c"]}, BAD_PROOF),
    "two types": (
        lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n)], "di_vp": [MINE.presentation(n, PUBLIC_URL)]},
        BAD_PROOF,
    ),
    "one key twice": (lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n)] * 2}, BAD_PROOF),
    "one key in two spellings": (
        lambda n: {
            "jwt": [
                MINE.proof_jwt(PUBLIC_URL, n),
                MINE.proof_jwt(PUBLIC_URL, n, header={"jwk": None, "kid": f"{MINE.did_jwk}#0"}),
            ]
        },
        BAD_PROOF,
    ),
    "eleven keys": (
        lambda n: {"jwt": [Wallet.ed25519(number).proof_jwt(PUBLIC_URL, n) for number in range(1, 12)]},
        BAD_PROOF,
    ),
    "another audience": (lambda n: {"jwt": [MINE.proof_jwt("https://other.example", n)]}, BAD_PROOF),
    "our audience with a slash": (lambda n: {"jwt": [MINE.proof_jwt(f"{PUBLIC_URL}/", n)]}, BAD_PROOF),
    "an old date": (lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n, claims={"iat": 1})]}, BAD_PROOF),
    "no type": (lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n, header={"typ": None})]}, BAD_PROOF),
    "none": (lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n, header={"alg": "none"})]}, BAD_PROOF),
    "HS256": (lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n, header={"alg": "HS256"})]}, BAD_PROOF),
    "another algorithm": (lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n, header={"alg": "ES256"})]}, BAD_PROOF),
    "somebody else's key": (lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n, header={"jwk": ANOTHER.jwk})]}, BAD_PROOF),
    "a private key": (
        lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n, header={"jwk": {**MINE.jwk, "d": MINE.jwk["x"]}})]},
        BAD_PROOF,
    ),
    "no nonce": (lambda _: {"jwt": [MINE.proof_jwt(PUBLIC_URL, None)]}, BAD_PROOF),
    "a nonce of its own": (lambda _: {"jwt": [MINE.proof_jwt(PUBLIC_URL, "n" * 43)]}, BAD_NONCE),
    "different nonces": (
        lambda n: {"jwt": [MINE.proof_jwt(PUBLIC_URL, n), ANOTHER.proof_jwt(PUBLIC_URL, "n" * 43)]},
        BAD_NONCE,
    ),
    "a nonce of half a character": (lambda _: {"jwt": [MINE.proof_jwt(PUBLIC_URL, "\ud800")]}, BAD_PROOF),
    "a presentation for another": (lambda n: {"di_vp": [MINE.presentation(n, "https://other.example")]}, BAD_PROOF),
    "a presentation for nobody": (lambda n: {"di_vp": [MINE.presentation(n)]}, BAD_PROOF),
    "a presentation with a challenge of its own": (
        lambda _: {"di_vp": [MINE.presentation("n" * 43, PUBLIC_URL)]},
        BAD_NONCE,
    ),
    "a presentation without proof": (lambda _: {"di_vp": [MINE.unsigned()]}, BAD_PROOF),
    "a presentation that is text": (lambda _: {"di_vp": ["a.b.c"]}, BAD_PROOF),
}


async def test_nothing_is_had_for_a_proof_that_shows_no_key(counter: Counter) -> None:
    found = {}
    for name, (proofs, _) in PROOFS.items():
        sent = proofs(await counter.nonce())
        body = {"credential_configuration_id": BADGE, "proofs": sent}
        found[name] = refusal(await counter.asked("credential", json.dumps(body).encode()))

    assert found == {name: expected for name, (_, expected) in PROOFS.items()}
    assert await sealed(counter) == []


async def test_who_asks_without_a_proof_is_told_a_nonce_for_one(counter: Counter) -> None:
    """As wallets of drafts before the nonce endpoint expect it."""
    answer = await counter.asked("credential", {"credential_configuration_id": BADGE})

    said = answer.json()
    proof = MINE.proof_jwt(PUBLIC_URL, said["c_nonce"], counter.clock.now)
    assert (answer.status_code, said["error"], said["c_nonce_expires_in"]) == (400, "invalid_proof", 300)
    assert answer.headers["Cache-Control"] == "no-store"
    shown = {"credential_configuration_id": BADGE, "proofs": {"jwt": [proof]}}
    assert (await counter.asked("credential", shown)).status_code == 200


BODIES: dict[str, tuple[Members | bytes, tuple[int, str]]] = {
    "nothing": (b"", BAD_REQUEST),
    "no JSON": (b"{", BAD_REQUEST),
    "a list": (b"[]", BAD_REQUEST),
    "a member twice": (b'{"credential_configuration_id":"a","credential_configuration_id":"b"}', BAD_REQUEST),
    "depth": (b"[" * 1000, BAD_REQUEST),
    "bytes that are no text": (b'{"credential_configuration_id":"\xff"}', BAD_REQUEST),
    "no configuration": ({"proofs": {"jwt": ["x"]}}, BAD_REQUEST),
    "two ids": ({"credential_configuration_id": BADGE, "credential_identifier": BADGE}, BAD_REQUEST),
    "an id that is a number": ({"credential_configuration_id": 1}, BAD_REQUEST),
    "an unknown configuration": ({"credential_configuration_id": "x"}, (400, "unknown_credential_configuration")),
    "one that is not offered": (
        {"credential_configuration_id": "LearningCredential_sd_jwt"},
        (400, "unknown_credential_configuration"),
    ),
    "an unknown identifier": ({"credential_identifier": "x"}, (400, "unknown_credential_identifier")),
    "an encrypted answer": (
        {"credential_configuration_id": BADGE, "credential_response_encryption": {"jwk": {}, "enc": "A256GCM"}},
        (400, "invalid_encryption_parameters"),
    ),
    "proof and proofs": (
        {"credential_configuration_id": BADGE, "proof": {"proof_type": "jwt", "jwt": "x"}, "proofs": {"jwt": ["x"]}},
        BAD_REQUEST,
    ),
    "a proof of another type": (
        {"credential_configuration_id": BADGE, "proof": {"proof_type": "cwt", "cwt": "x"}},
        BAD_PROOF,
    ),
}


async def test_a_request_is_refused_for_what_is_wrong_with_it(counter: Counter) -> None:
    found = {name: refusal(await counter.asked("credential", body)) for name, (body, _) in BODIES.items()}

    assert found == {name: expected for name, (_, expected) in BODIES.items()}


async def test_a_body_without_end_is_not_read(counter: Counter) -> None:
    assert refusal(await counter.asked("credential", b" " * 300_000)) == (413, "too_large")


async def test_di_vp_is_for_credentials_of_its_kind(counter: Counter) -> None:
    shown = MINE.presentation(await counter.nonce(), PUBLIC_URL)

    answer = await counter.asked("credential", {"credential_configuration_id": BADGE_JWT, "proofs": {"di_vp": [shown]}})

    assert refusal(answer) == BAD_PROOF


async def test_without_a_token_of_a_wallet_nothing_is_read(counter: Counter, key: str) -> None:
    for path in ("credential", "deferred", "notification"):
        for token in ("", "x", "x" * 43, key):
            answer = await counter.asked(path, b"{", token)

            assert refusal(answer) == (401, "invalid_token")
            assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
            assert ("error=" in answer.headers["WWW-Authenticate"]) == (token != "")


async def test_a_token_lives_five_minutes(counter: Counter) -> None:
    counter.clock.advance(minutes=5)

    assert refusal(await counter.fetched()) == (401, "invalid_token")


async def test_nothing_is_had_of_an_offer_that_is_over(counter: Counter) -> None:
    await counter.offers.withdraw("default", counter.offer, "key key-1", counter.clock.now)

    assert refusal(await counter.fetched()) == DENIED


async def test_nothing_is_had_of_a_credential_that_was_revoked(counter: Counter, holder: Client) -> None:
    revoked = await holder.post(f"/v1/credentials/{counter.record}/revoke", json={"reason": "a mistake"})
    assert revoked.status_code < 300, revoked.text

    assert refusal(await counter.fetched()) == DENIED


async def test_an_error_is_said_in_visible_ascii(counter: Counter) -> None:
    answer = await counter.asked("credential", {"credential_configuration_id": 'a "ü\\\n'})

    assert refusal(answer) == (400, "unknown_credential_configuration")


async def test_an_offer_for_sign_in_is_had_with_the_token_for_it(counter: Counter) -> None:
    await counter.offered(claiming=Claiming.SIGN_IN)

    assert (await counter.fetched()).status_code == 200


def older(counter: Counter, nonce: str) -> Members:
    """A request with a proof as wallets of before OpenID4VCI 1.0 make it."""
    seconds = int(counter.clock.now.timestamp())
    claims = {"iat": None, "nbf": seconds, "exp": seconds + 60, "iss": MINE.did}
    header = {"typ": None, "jwk": None, "kid": MINE.method}
    proof = MINE.proof_jwt(PUBLIC_URL, nonce, header=header, claims=claims)
    return {"credential_identifier": BADGE, "proofs": {"proof_type": "jwt", "jwt": [proof]}}


async def test_an_older_proof_is_refused(counter: Counter) -> None:
    answer = await counter.asked("credential", older(counter, await counter.nonce()))

    assert refusal(answer) == BAD_PROOF
    assert answer.json()["error_description"].startswith("The proof: typ")


class TestWithOlderProofs:
    """Where whoever runs the gateway said that they are taken."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return msgspec.structs.replace(settings, oid4vci_accept_legacy_proofs=True)

    async def test_one_is_taken_and_logged(self, counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
        answer = await counter.asked("credential", older(counter, await counter.nonce()))

        assert answer.status_code == 200, answer.text
        [said] = [record for record in caplog.records if record.name == "badge_gateway.oid4vci"]
        assert "GATEWAY_OID4VCI_ACCEPT_LEGACY_PROOFS" in said.getMessage()

    async def test_it_serves_once_like_any_other(self, counter: Counter) -> None:
        body = older(counter, await counter.nonce())

        answers = [await counter.asked("credential", body) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [200, 400]
        assert refusal(answers[1]) == BAD_NONCE


class TestOfAPlatformThatIssuedEnough:
    """It may issue two forms a day, and the record has two."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return msgspec.structs.replace(settings, platform_issued_per_day=2)

    async def test_a_wallet_is_told_to_come_back(self, counter: Counter) -> None:
        answer = await counter.fetched()

        assert refusal(answer) == (429, "temporarily_unavailable")
        assert int(answer.headers["Retry-After"]) > 0
