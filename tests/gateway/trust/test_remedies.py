"""Every check that failed or stayed unknown says who can mend it, where, and what should stand there."""

import json
from typing import Any

import msgspec
import pytest

from adapters.hub.opened import Opened, open_bytes
from gateway.proofs import multikey
from gateway.trust.addresses import authority
from gateway.trust.report import Mender, Outcome, Remedy
from tests.gateway.trust import samples_open_badges_2, samples_open_badges_3
from tests.gateway.trust.reports import check, report_on
from tests.gateway.trust.samples import Samples
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

BOTH = [samples_open_badges_2.SAMPLES, samples_open_badges_3.SAMPLES]
EACH = [
    pytest.param(samples, name, id=f"{samples.folder.name}/{name}")
    for samples in BOTH
    for name, row in samples.rows.items()
    if row.alone is not None
]


def stands(document: Any, pointer: str) -> bool:
    """Whether a pointer leads into a document, or to a member that could be added to what is there."""
    holder = document
    for token in pointer.split("/")[1:-1]:
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(holder, dict) and name in holder:
            holder = holder[name]
        elif isinstance(holder, list) and name.isdigit() and int(name) < len(holder):
            holder = holder[int(name)]
        else:
            return isinstance(holder, str)
    return True


def remedies_of(report: Any) -> list[tuple[str, Remedy]]:
    return [(each.name, remedy) for each in report.checks for remedy in each.remedies]


@pytest.mark.parametrize("served", [True, False], ids=["served", "alone"])
@pytest.mark.parametrize(("samples", "name"), EACH)
async def test_whatever_is_wrong_with_a_sample_can_be_acted_on(
    samples: Samples, name: str, served: bool, web: SimulatedWeb
) -> None:
    sample = samples.received(name)
    if served:
        samples.publish(web, sample)

    report = await report_on(sample, web)

    document = opened.document if isinstance(opened := open_bytes(sample), Opened) else {}
    for each in report.checks:
        wrong = each.outcome in (Outcome.FAILED, Outcome.UNKNOWN)
        assert bool(each.remedies) == wrong, each
        for remedy in each.remedies:
            assert remedy.expected, each
            assert remedy.example == "" or json.loads(remedy.example) is not None
            assert authority(remedy.place) or ":" in remedy.place or stands(document, remedy.place), (each.name, remedy)


async def test_a_key_that_nobody_publishes_is_spelled_out_for_the_issuers_document(issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.signed(issuer.credential()), SimulatedWeb())

    reader, host = check(report, "issuer").remedies
    example = json.loads(host.example)
    assert (reader.by, host.by) == (Mender.READER, Mender.HOST)
    assert reader.place == host.place == issuer.id
    assert host.expected.startswith("Only if the key is the issuer's own:")
    [method] = example["verificationMethod"]
    assert example["assertionMethod"] == [method["id"]]
    assert multikey.decode(method["publicKeyMultibase"])


async def test_nobody_is_told_to_publish_a_key_that_bears_no_name_of_the_issuers(
    issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    stranger = SimulatedIssuer(web, "https://stranger.example")
    [own] = [key for key in stranger.jwks() if key["alg"] == "ES256"]
    token = stranger.token(issuer.credential(), header={"kid": None, "jwk": own})

    report = await report_on(token, SimulatedWeb())

    assert check(report, "issuer").outcome is not Outcome.PASSED
    assert not any(own["x"] in remedy.example for remedy in check(report, "issuer").remedies)


async def test_a_tampered_credential_is_for_its_holder_to_fetch_anew(
    issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    signed = issuer.signed(issuer.credential())
    signed["credentialSubject"]["achievement"]["name"] = "More knots"

    report = await report_on(signed, web)

    assert {remedy.by for remedy in check(report, "proof").remedies} == {Mender.HOLDER, Mender.ISSUER}


async def test_a_misshapen_value_comes_with_the_right_one(issuer: SimulatedIssuer, web: SimulatedWeb) -> None:
    credential = issuer.credential()
    credential["credentialSubject"]["achievement"]["type"] = "Profile"

    report = await report_on(issuer.token(credential), web)

    places = {remedy.place: remedy.example for remedy in check(report, "shape").remedies}
    assert places["/credentialSubject/achievement/type"] == '["Achievement","Profile"]'


async def test_a_report_repeats_a_strangers_words_in_short(issuer: SimulatedIssuer, web: SimulatedWeb) -> None:
    document = issuer.credential(id="https://issuer.example/" + "a" * 200_000)
    signed = {**document, "proof": {**issuer.signed(issuer.credential())["proof"][0], "verificationMethod": "b" * 9000}}

    report = await report_on(signed, web)

    assert report.outcome is Outcome.FAILED
    assert len(msgspec.json.encode(report)) < 100_000
