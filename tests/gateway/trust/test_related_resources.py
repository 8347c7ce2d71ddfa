"""What a digest fixes is compared where it can be had; another content fails, silence is noted."""

import base64
import hashlib
from typing import Any

import pytest

from gateway.trust.related_resources import MAX_FETCHED
from gateway.trust.report import Check, Outcome
from tests.gateway.trust.reports import check, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

PICTURE = b"\x89PNG\r\n\x1a\n..."
ADDRESS = "https://issuer.example/knots.png"
CREDENTIALS_V2 = "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"


def sri(data: bytes, algorithm: str = "sha384") -> str:
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def resource(**changes: object) -> dict[str, Any]:
    return {"id": ADDRESS, "mediaType": "image/png", "digestSRI": sri(PICTURE), **changes}


@pytest.fixture(autouse=True)
def picture(web: SimulatedWeb) -> None:
    web.publish(ADDRESS, PICTURE, "image/png")


async def compared(issuer: SimulatedIssuer, web: SimulatedWeb, *resources: dict[str, Any], **members: object) -> Check:
    document = issuer.credential(relatedResource=list(resources) or None, **members)
    return check(await report_on(issuer.token(document), web), "related-resources")


async def test_badge_without_digests_skips_the_check(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    assert (await compared(issuer, web)).outcome is Outcome.SKIPPED


async def test_resource_that_is_what_was_signed_passes(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    found = await compared(issuer, web, resource())

    assert found.outcome is Outcome.PASSED
    assert found.looked_at == (ADDRESS,)


async def test_resource_that_is_something_else_failed(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    web.publish(ADDRESS, PICTURE + b".", "image/png")

    found = await compared(issuer, web, resource())

    assert found.outcome is Outcome.FAILED
    assert found.detail.startswith("/relatedResource/0: https://issuer.example/knots.png serves something else")
    assert found.fix


NOTED: dict[str, dict[str, Any]] = {
    "no answer": resource(id="https://away.example/knots.png"),
    "no address": resource(id="urn:example:knots"),
    "an algorithm that nobody knows": resource(digestSRI="sha3-AAAA"),
    "a name by another digest": resource(id="ni:///sha-256;AAAA", digestSRI=sri(PICTURE, "sha256")),
}


@pytest.mark.parametrize("case", NOTED)
async def test_what_cannot_be_compared_is_noted(case: str, web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    assert (await compared(issuer, web, NOTED[case])).outcome is Outcome.NOTED


async def test_resource_that_is_gone_is_noted(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    web.gone(ADDRESS)

    assert (await compared(issuer, web, resource())).outcome is Outcome.NOTED


async def test_digest_that_nobody_can_read_failed(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    found = await compared(issuer, web, resource(digestSRI="sha256-AAAA"))

    assert found.outcome is Outcome.FAILED
    assert found.fix.startswith('Write "digestSRI": "sha256-')


async def test_two_objects_for_one_id_failed(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    found = await compared(issuer, web, resource(), resource(mediaType="image/svg+xml"))

    assert found.outcome is Outcome.FAILED
    assert "says twice what https://issuer.example/knots.png is" in found.detail


async def test_digest_of_any_other_object_counts(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    evidence = {"type": ["Evidence"], "id": ADDRESS, "digestSRI": sri(b"another")}

    found = await compared(issuer, web, evidence=[evidence])

    assert found.outcome is Outcome.FAILED
    assert found.detail.startswith("/evidence/0: ")


async def test_published_context_is_known_without_asking(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    digest = f"sha256-{base64.b64encode(bytes.fromhex(CREDENTIALS_V2)).decode()}"

    found = await compared(issuer, web, {"id": "https://www.w3.org/ns/credentials/v2", "digestSRI": digest})

    assert found.outcome is Outcome.PASSED
    assert "https://www.w3.org/ns/credentials/v2" not in web.requests


async def test_context_of_other_bytes_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    web.publish("https://www.w3.org/ns/credentials/v2", b"{}")

    found = await compared(issuer, web, {"id": "https://www.w3.org/ns/credentials/v2", "digestSRI": sri(b"")})

    assert found.outcome is Outcome.UNKNOWN


async def test_name_that_is_its_own_digest_passes(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    digest = hashlib.sha256(PICTURE).digest()
    name = f"ni:///sha-256;{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"

    found = await compared(issuer, web, resource(id=name, digestSRI=sri(PICTURE, "sha256")))

    assert found.outcome is Outcome.PASSED


async def test_no_more_than_so_many_are_asked(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    addresses = [f"https://pictures.example/{number}" for number in range(MAX_FETCHED + 2)]
    for address in addresses:
        web.publish(address, PICTURE, "image/png")

    found = await compared(issuer, web, *(resource(id=address) for address in addresses))

    assert found.outcome is Outcome.NOTED
    assert len(set(addresses) & set(web.requests)) == MAX_FETCHED


async def test_document_that_nobody_signed_makes_us_ask_nobody(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.credential(relatedResource=[resource()], endorsement=[issuer.signed(issuer.credential())])

    report = await report_on(document, web)

    assert check(report, "related-resources").outcome is Outcome.NOTED
    assert web.requests == []
