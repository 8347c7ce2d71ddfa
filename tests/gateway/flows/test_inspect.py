"""What is this? From the bytes alone."""

import json

import pytest

from adapters.hub.baking import KEYWORD_3, bake_png
from adapters.hub.contract import Confidence, Format
from adapters.hub.errors import AdapterError, UnknownFormat
from gateway.commands.sample_issuer import PICTURE
from gateway.flows.inspect import Inspect, title_of
from gateway.proofs.canonical import canonical_nquads
from tests.simulators.issuer import SimulatedIssuer


async def test_a_signed_credential_says_what_it_is_and_why(issuer: SimulatedIssuer) -> None:
    body = json.dumps(issuer.signed(issuer.credential())).encode()

    found = await Inspect()(body)

    assert (found.format, found.confidence, found.securing) == (
        Format.OPEN_BADGES_3,
        Confidence.CERTAIN,
        "data-integrity",
    )
    assert (found.title, found.issuer, found.problem) == ("Knots", issuer.id, "")
    assert found.evidence


async def test_a_baked_token_is_known_by_what_is_in_the_picture(issuer: SimulatedIssuer) -> None:
    baked = bake_png(PICTURE.read_bytes(), issuer.token(issuer.credential()).encode(), KEYWORD_3)

    found = await Inspect()(baked)

    assert (found.carrier, found.media_type, found.size_bytes) == ("png", "image/png", len(baked))
    assert (found.format, found.securing) == (Format.OPEN_BADGES_3, "vc-jwt")


async def test_a_hosted_badge_says_what_reading_would_fetch(issuer: SimulatedIssuer) -> None:
    assertion = issuer.assertion()

    found = await Inspect()(issuer.hosted(assertion))

    assert found.format is Format.OPEN_BADGES_2
    assert set(found.needs) == {assertion["id"], assertion["badge"]}
    assert issuer.web.requests == []


async def test_a_badge_that_can_be_read_says_how_complete_it_is(issuer: SimulatedIssuer) -> None:
    body = json.dumps(issuer.signed(issuer.credential())).encode()

    english, french = await Inspect()(body), await Inspect()(body, language="fr")

    (award,), (same,) = english.micro_credential, french.micro_credential
    assert (award.of, len(award.elements)) == (11, 16)
    assert "title" not in {*award.missing, *award.partly}
    assert {"level", "workload"} <= set(award.missing)
    assert award.elements[1].pointers == ("/credentialSubject/achievement/name",)
    assert (award.missing, award.elements[7].label) == (same.missing, "level (EQF), where there is one")
    assert same.elements[7].label.startswith("niveau")


async def test_a_badge_that_stands_elsewhere_in_part_is_not_judged(issuer: SimulatedIssuer) -> None:
    found = await Inspect()(issuer.hosted(issuer.assertion()))

    assert found.needs
    assert found.micro_credential == ()


async def test_an_address_is_an_address_and_nothing_else_is_known() -> None:
    found = await Inspect()(b"https://issuer.example/badge")

    assert (found.carrier, found.url, found.needs) == ("url", "https://issuer.example/badge", (found.url,))
    assert (found.format, found.confidence) == (None, Confidence.NONE)


async def test_a_recognised_badge_that_cannot_be_read_says_why(issuer: SimulatedIssuer) -> None:
    body = json.dumps(issuer.credential(credentialSubject="nobody")).encode()

    found = await Inspect()(body)

    assert found.format is Format.OPEN_BADGES_3
    assert "credentialSubject" in found.problem
    assert found.broken_rules is None


async def test_rules_that_a_badge_breaks_are_counted(issuer: SimulatedIssuer) -> None:
    right = issuer.credential()
    wrong = {name: value for name, value in right.items() if name not in {"id", "validFrom"}}

    found = [await Inspect()(json.dumps(document).encode()) for document in (right, wrong)]

    assert [each.broken_rules for each in found] == [0, 2]


async def test_a_fault_of_what_is_at_hand_is_told_though_more_would_be_fetched(issuer: SimulatedIssuer) -> None:
    body = issuer.hosted(
        {**issuer.assertion(), "recipient": "nobody", "badge": {"issuer": {"id": issuer.id, "name": "x"}}}
    )

    found = await Inspect()(body)

    assert found.needs
    assert "recipient" in found.problem


async def test_rules_are_not_counted_where_the_badge_class_stands_elsewhere(issuer: SimulatedIssuer) -> None:
    found = await Inspect()(issuer.hosted(issuer.assertion()))

    assert (found.broken_rules, found.problem) == (None, "")


async def test_json_that_no_format_knows_is_refused() -> None:
    with pytest.raises(UnknownFormat):
        await Inspect()(b'{"hello": "world"}')


async def test_bytes_that_are_nothing_are_refused() -> None:
    with pytest.raises(AdapterError):
        await Inspect()(b"\x00\x01\x02")


async def test_a_corrected_copy_is_signed_whole(issuer: SimulatedIssuer) -> None:
    right = issuer.credential()
    foreign = ["https://w3id.org/openbadges/v2", "https://w3id.org/security/data-integrity/v1"]
    wrong = right | {
        "@context": [*foreign, *right["@context"]],
        "type": [*right["type"], "OpenbadgeCredential"],
        "credentialSchema": {"id": "https://issuer.example/schema", "type": "1EdTechJsonSchemaValidator2019"},
        "issuedOn": right["validFrom"],
        "expires": "2028-01-31",
    }

    found = await Inspect()(json.dumps(wrong).encode(), repair=True)

    assert found.repair is not None
    assert not found.repair.lacking
    assert not canonical_nquads(found.repair.document).findings


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ({"fr": "Noeuds", "en": "Knots", "und": "KNOTS"}, "KNOTS"),
        ({"fr": "Noeuds", "en": "Knots"}, "Knots"),
        ({"fr": "Noeuds"}, "Noeuds"),
        ({}, ""),
    ],
)
def test_one_title_is_shown_of_many_languages(name: dict[str, str], title: str) -> None:
    assert title_of(name) == title
