"""Seals as we make them, before jose, which is told only that sigT is known."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from gateway.proofs.jades import TimeMember
from tests.corpora import corpus
from tests.interop.oracles import Talk
from tests.simulators.seals import Authority, der, sealed, self_made

pytestmark = pytest.mark.interop

PAYLOAD = '{"id":"urn:credential:1","name":"Été \\u00e9 漢 😀 \\n"}'.encode()
ROOT = Authority()


@pytest.mark.parametrize("member", TimeMember)
def test_jose_verifies_our_seal_and_no_other_payload(node: Talk, member: TimeMember) -> None:
    file = json.loads(sealed(PAYLOAD, chain=(self_made(),), member=member))

    assert node.ask({"sealed": file}).verified
    assert not node.ask({"sealed": {**file, "payload": file["payload"] + " "}}).verified


def test_jose_verifies_our_seal_with_rsa_and_a_chain(node: Talk) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    answer = node.ask({"sealed": json.loads(sealed(PAYLOAD, private, der(ROOT.seal(private), ROOT.certificate)))})

    assert answer.reasons == ()
    assert answer.verified


def test_jose_says_of_an_official_seal_what_we_say(node: Talk) -> None:
    file = json.loads(corpus("elm/samples/eu-2025/Sample-CertOfPart-signed.jsonld").read_bytes())

    assert node.ask({"sealed": file}).verified
    assert not node.ask({"sealed": {**file, "payload": file["payload"].replace("e", "f", 1)}}).verified
