"""SD-JWT VCs that are issued here: what anybody who reads one finds, and what only their holder shows."""

import datetime as dt
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from adapters.hub.contract import Format
from adapters.hub.disclosures import disclosed, parted
from gateway.assembly.whole import Gateway, assembled
from gateway.errors import NotFound
from gateway.flows.prepare import Target, target
from gateway.flows.show import Wanted, wanted
from gateway.issuing.seal import document_of
from gateway.proofs import base64url, jwk, jws, token_status_list
from gateway.records import Form, Record, Securing, StatusPurpose
from gateway.records.offers import Holder
from gateway.settings import Settings
from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.gateway.plain import award
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sd_jwts import HOLDER, digest
from tests.simulators.web import SimulatedWeb

BADGE = target(Format.OPEN_BADGES_3, Securing.SD_JWT)
LEARNING = target(Format.LEARNING_CREDENTIAL_1)
SUSPENDABLE = target(Format.OPEN_BADGES_3, Securing.SD_JWT, StatusPurpose.SUSPENSION)
WALLET = Holder("did:jwk:e30", json.dumps(jwk.public_jwk(HOLDER.public_key())))
BOUND = Target(Format.OPEN_BADGES_3, Securing.SD_JWT, holder=WALLET, bound_to="00")
ISSUER = f"{PUBLIC_URL}/p/default"


async def issued(gateway: Gateway, *asked: Target, **changes: Any) -> Record:
    return (await gateway.native.issue(msgspec.json.encode(award(**changes)), asked or (BADGE,), CALLER)).record


def text(form: Form) -> str:
    return (form.sealed or b"").decode()


def payload(form: Form) -> dict[str, Any]:
    """What the issuer's JWT says without any disclosure."""
    return dict(json.loads(base64url.decode(text(form).split("~")[0].split(".")[1])))


async def test_the_issuers_metadata_holds_the_key_that_the_token_names(gateway: Gateway) -> None:
    [form] = (await issued(gateway)).forms

    page = await gateway.show(Wanted("default", "jwt-vc-issuer"))

    metadata = json.loads(page.body)
    token = jws.parse(text(form).split("~")[0])
    [key] = [each for each in metadata["jwks"]["keys"] if each["kid"] == token.header["kid"]]
    jws.verify(token, jwk.public_key(key), {"ES256"})
    assert metadata["issuer"] == payload(form)["iss"] == ISSUER
    assert token.header["typ"] == "dc+sd-jwt"
    assert "x5c" not in key


async def test_no_key_that_signs_in_other_ways_stands_in_the_issuers_metadata(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    body = json.dumps(issuer.signed(issuer.credential())).encode()
    await gateway.convert(body, "", (BADGE, target(Format.OPEN_BADGES_3), target(Format.OPEN_BADGES_2)), CALLER)

    page = await gateway.show(Wanted("default", "jwt-vc-issuer"))

    assert {key["alg"] for key in json.loads(page.body)["jwks"]["keys"]} == {"ES256"}


async def test_who_somebody_is_can_be_withheld_and_what_was_achieved_cannot(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    evidence = [{"id": "https://issuer.example/knots", "type": ["Evidence"]}]
    body = json.dumps(issuer.signed(issuer.credential(evidence=evidence))).encode()

    [form] = (await gateway.convert(body, "", (BOUND,), CALLER)).created

    shown = disclosed(payload(form), ()).claims
    assert shown["credentialSubject"].keys() == {"type", "achievement", "source"}
    assert shown["issuer"]["id"] == ISSUER
    [receipt] = shown["evidence"]
    assert receipt["id"].startswith(f"{ISSUER}/receipts/")
    assert shown["cnf"] == {"jwk": json.loads(WALLET.jwk)}
    whole = document_of(form.intent)
    assert whole["credentialSubject"]["id"] == WALLET.id
    assert whole["credentialSubject"]["identifier"][0]["identityHash"] == "did:example:learner"
    assert len(whole["evidence"]) == 2


async def test_a_presentation_that_withholds_verifies_and_is_not_converted(gateway: Gateway) -> None:
    [form] = (await issued(gateway)).forms

    report = (await gateway.verify(f"{text(form).split('~')[0]}~".encode())).report

    against = {check.name: check.outcome for check in report.checks if check.outcome is not Outcome.PASSED}
    assert against["context"] is Outcome.UNKNOWN
    assert Outcome.FAILED not in against.values()
    assert decide(report).verdict is Verdict.REFUSE


async def test_what_is_bound_to_a_key_is_shown_to_nobody(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    body = json.dumps(issuer.signed(issuer.credential())).encode()
    [form] = (await gateway.convert(body, "", (BOUND,), CALLER)).created

    own = Wanted("default", "issued", form.intent.id, "sdjwt")
    for show in (gateway.show, gateway.show.to_holder):
        with pytest.raises(NotFound):
            await show(own)

    [public] = (await gateway.convert(body, "", (BADGE,), CALLER)).created
    page = await gateway.show(Wanted("default", "issued", public.intent.id))
    assert page.media_type == "application/dc+sd-jwt"
    with pytest.raises(NotFound):
        await gateway.show(Wanted("default", "issued", public.intent.id, "png"))


@pytest.mark.parametrize("asked", [BADGE, LEARNING], ids=["badge", "learning credential"])
async def test_a_revoked_copy_fails(asked: Target, gateway: Gateway) -> None:
    record = await issued(gateway, asked)
    before = (await gateway.verify(record.forms[0].sealed or b"")).report

    await gateway.native.revoke(record.id, "a mistake", CALLER)

    after = (await gateway.verify(record.forms[0].sealed or b"")).report
    assert before.outcome is Outcome.PASSED, before.checks
    assert {check.name for check in after.checks if check.outcome is Outcome.FAILED} == {"status"}


async def test_a_suspended_copy_fails_until_it_is_reinstated_in_the_same_second(gateway: Gateway) -> None:
    record = await issued(gateway, SUSPENDABLE)
    sealed = record.forms[0].sealed or b""

    found = [(await gateway.verify(sealed)).report.outcome]
    for _ in range(2):
        await gateway.native.suspend(record.id, "under review", CALLER)
        report = (await gateway.verify(sealed)).report
        found.append(report.outcome)
        assert any(check.name == "status" and "SUSPENDED" in check.detail for check in report.checks)
        await gateway.native.reinstate(record.id, CALLER)
        found.append((await gateway.verify(sealed)).report.outcome)

    assert found == [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED, Outcome.FAILED, Outcome.PASSED]


async def status_token(gateway: Gateway, form: Form) -> tuple[str, dict[str, Any]]:
    place = wanted(payload(form)["status"]["status_list"]["uri"], PUBLIC_URL)
    assert place is not None
    page = await gateway.show(place)
    assert page.media_type == "application/statuslist+jwt"
    return page.body.decode(), json.loads(base64url.decode(page.body.decode().split(".")[1]))


@pytest.mark.parametrize(("asked", "size", "value"), [(BADGE, 1, 1), (SUSPENDABLE, 2, 2)])
async def test_both_lists_say_the_same_of_each_entry(asked: Target, size: int, value: int, gateway: Gateway) -> None:
    records = [await issued(gateway, asked) for _ in range(3)]
    act = gateway.native.revoke if value == 1 else gateway.native.suspend
    await act(records[1].id, "a reason", CALLER)

    text, claims = await status_token(gateway, records[1].forms[0])

    listed = token_status_list.decode(claims["status_list"]["lst"])
    entries = [payload(record.forms[0])["status"]["status_list"]["idx"] for record in records]
    assert claims["status_list"]["bits"] == size
    assert [token_status_list.status(listed, index, size) for index in entries] == [0, value, 0]
    assert sum(byte.bit_count() for byte in listed) == 1
    assert len(listed) * 8 // size == 131_072
    assert claims["sub"] == payload(records[1].forms[0])["status"]["status_list"]["uri"]
    assert jws.parse(text).header["typ"] == "statuslist+jwt"
    assert isinstance(claims["ttl"], int)


async def test_a_list_that_is_from_before_there_were_tokens_is_signed_again(gateway: Gateway) -> None:
    record = await issued(gateway, target(Format.OPEN_BADGES_3))
    lists = gateway.publish.status_lists
    found = await lists.find("default", record.forms[0].intent.status_list)
    assert found is not None
    assert found.valid_from is not None
    older = msgspec.structs.replace(found, token=b"", valid_from=found.valid_from + dt.timedelta(milliseconds=1))
    assert await lists.publish(older)

    page = await gateway.show(Wanted("default", "status-lists", found.id))
    with pytest.raises(NotFound):
        await gateway.show(Wanted("default", "status-lists", found.id, "jwt"))
    signed = await gateway.publish()
    token = await gateway.show(Wanted("default", "status-lists", found.id, "jwt"))

    assert page.body == found.signed
    assert signed == 1
    assert jws.parse(token.body.decode()).header["typ"] == "statuslist+jwt"


async def test_a_learning_credential_says_what_its_kind_says_and_withholds_who_it_is_for(gateway: Gateway) -> None:
    [form] = (await issued(gateway, LEARNING)).forms

    shown = disclosed(payload(form), ()).claims
    whole = document_of(form.intent)

    assert shown["vct"] == "urn:eu.europa.ec.eudi:learning:credential:1"
    assert shown["iss"] == ISSUER
    assert not {"family_name", "given_name", "learner_identification", "sub"}.intersection(shown)
    assert whole.keys() > shown.keys()
    reading = (await gateway.verify(form.sealed or b"")).received.reading
    assert reading is not None
    assert reading.format is Format.LEARNING_CREDENTIAL_1


async def test_a_kind_of_credential_says_of_each_claim_what_it_is_called_and_whether_it_may_be_withheld(
    gateway: Gateway,
) -> None:
    [badge] = (await issued(gateway)).forms

    described = json.loads(gateway.describe_type("open-badge-3"))

    assert described["vct"] == payload(badge)["vct"] == f"{PUBLIC_URL}/credential-types/open-badge-3"
    assert {name for row in described["claims"] for name in (each["locale"] for each in row["display"])} == {"en", "fr"}
    by_path = {tuple(row["path"]): row["sd"] for row in described["claims"]}
    assert by_path["credentialSubject", "achievement"] == "never"
    assert by_path["credentialSubject", "identifier"] == "always"
    assert by_path["evidence", None] == "allowed"
    assert json.loads(gateway.describe_type("learning-credential-1"))["vct"].startswith("urn:eu.europa.ec.eudi")
    with pytest.raises(NotFound):
        gateway.describe_type("another")


@pytest.fixture
async def at_home(tmp_path: Path) -> AsyncIterator[Gateway]:
    """A gateway in development, on this machine and without https."""
    settings = Settings(public_url="http://127.0.0.1:8000", data_dir=tmp_path)
    async with assembled(settings, web=SimulatedWeb(), clock=SimulatedClock()) as gateway:
        yield gateway


@pytest.mark.parametrize("asked", [BADGE, LEARNING], ids=["badge", "learning credential"])
async def test_in_development_it_is_issued_under_an_address_of_loopback(asked: Target, at_home: Gateway) -> None:
    [form] = (await issued(at_home, asked)).forms

    report = (await at_home.verify(form.sealed or b"")).report

    assert report.outcome is Outcome.PASSED, report.checks
    assert payload(form)["iss"] == "http://127.0.0.1:8000/p/default"
    assert "status" not in payload(form)


async def test_what_was_committed_has_every_salt_and_gives_the_same_disclosures(gateway: Gateway) -> None:
    [form] = (await issued(gateway)).forms

    found = parted(text(form))

    assert found is not None
    assert form.intent.unsigned.endswith(b"~" + "".join(f"{each}~" for each in found.disclosures).encode())
    assert all(digest(each) in json.dumps(payload(form)) for each in found.disclosures)
