"""The official schemas are known by their ids and never fetched; others are named."""

import pytest

from gateway.trust.report import Check, Outcome
from tests.gateway.trust.reports import check, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

FOLDER = "https://purl.imsglobal.org/spec/ob/v3p0/schema"
AWARD = f"{FOLDER}/json/ob_v3p0_achievementcredential_schema.json"
TYPE = "1EdTechJsonSchemaValidator2019"


async def judged(issuer: SimulatedIssuer, web: SimulatedWeb, schema: object, **members: object) -> Check:
    document = issuer.credential(credentialSchema=schema, **members)
    return check(await report_on(issuer.token(document), web), "schemas")


CASES: dict[str, tuple[object, Outcome]] = {
    "none": (None, Outcome.SKIPPED),
    "the official one": ({"id": AWARD, "type": TYPE}, Outcome.PASSED),
    "the official one in a list": ([{"id": AWARD, "type": TYPE}], Outcome.PASSED),
    "its JSON-LD form": (
        {"id": f"{FOLDER}/json-ld/ob_v3p0_achievementcredential_schema.json", "type": TYPE},
        Outcome.PASSED,
    ),
    "the one of either data model": (
        {"id": f"{FOLDER}/json/ob_v3p0_anyachievementcredential_schema.json", "type": TYPE},
        Outcome.PASSED,
    ),
    "the official one as of another type": ({"id": AWARD, "type": "JsonSchema"}, Outcome.NOTED),
    "that of endorsements": (
        {"id": f"{FOLDER}/json/ob_v3p0_endorsementcredential_schema.json", "type": TYPE},
        Outcome.FAILED,
    ),
    "that of profiles": ({"id": f"{FOLDER}/json/ob_v3p0_profile_schema.json", "type": TYPE}, Outcome.FAILED),
    "one of the issuer's": ({"id": "https://issuer.example/schema.json", "type": TYPE}, Outcome.NOTED),
    "one that only looks official": ({"id": f"{AWARD}#/$defs/Image", "type": TYPE}, Outcome.NOTED),
}


@pytest.mark.parametrize("case", CASES)
async def test_schema_is_judged_by_its_id(case: str, web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    schema, expected = CASES[case]

    found = await judged(issuer, web, schema)

    assert found.outcome is expected
    assert not any("schema" in url for url in web.requests)


async def test_document_that_breaks_its_format_does_not_keep_its_schema(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    image = {"id": "https://issuer.example/knots.png", "type": "Image", "author": "https://issuer.example"}

    found = await judged(issuer, web, {"id": AWARD, "type": TYPE}, image=image)

    assert found.outcome is Outcome.FAILED
    assert "see shape" in found.detail
