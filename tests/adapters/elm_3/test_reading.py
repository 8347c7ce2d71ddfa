"""What the reader makes of several awards, of parts that are only named, and of what it leaves behind."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from adapters import elm_3
from adapters.elm_3 import Elm3
from adapters.hub.contract import Reading
from adapters.hub.envelopes import Sealed
from adapters.hub.errors import Malformed, TooLarge
from adapters.hub.losses import PERSONAL
from adapters.hub.opened import Opened, open_bytes
from adapters.hub.securing import Jades

SAMPLES = Path(elm_3.__file__).parent / "samples"
FIRST = "/credentialSubject/hasClaim/0"


def read(document: dict[str, Any]) -> Reading:
    opened = open_bytes(msgspec.json.encode(document))
    assert isinstance(opened, Opened)
    return Elm3().read(opened, {})


@pytest.fixture
def several() -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode((SAMPLES / "several-awards.json").read_bytes())
    return document


def test_each_claim_and_each_part_is_an_award_of_its_own(several: dict[str, Any]) -> None:
    reading = read(several)

    names = [credential.achievement.name["en"] for credential in reading.credentials]
    assert names == ["Coastal navigation", "Tides and currents", "First aid at sea"]
    assert reading.origins["/2/achievement/name/fr"] == "/credentialSubject/hasClaim/1/specifiedBy/title/fr"


def test_a_part_that_is_only_named_is_read_where_it_is_named(several: dict[str, Any]) -> None:
    reading = read(several)

    assert {credential.source.name["en"] for credential in reading.credentials if credential.source} == {
        "Example College"
    }
    assert isinstance(reading.document["credentialSubject"]["hasClaim"][1]["awardedBy"], dict)


def test_personal_data_is_left_behind_and_said(several: dict[str, Any]) -> None:
    several["credentialSubject"] |= {"birthName": {"en": "Sample"}, "gender": {"id": "urn:epass:concept:1"}}

    reading = read(several)

    assert {loss.source for loss in reading.losses.losses if loss.note == PERSONAL} == {
        "/credentialSubject/birthName/en",
        "/credentialSubject/citizenshipCountry/0/id",
        "/credentialSubject/dateOfBirth",
    }
    assert b"2001-02-03" not in msgspec.json.encode(reading.credentials)


def test_levels_fields_and_skills_are_alignments(several: dict[str, Any]) -> None:
    first = read(several).credentials[0]

    assert [each.recognised and each.recognised.framework for each in first.achievement.alignments] == [
        "eqf",
        "isced-f",
        "esco-skill",
        None,
    ]
    assert first.achievement.alignments[3].target_framework == "Example Skills Framework"


def test_a_seal_secures_what_is_read() -> None:
    opened = open_bytes((SAMPLES / "sealed.jsonld").read_bytes())
    assert isinstance(opened, Opened)

    reading = Elm3().read(opened, {})

    assert isinstance(reading.securing, Jades)
    assert reading.securing.document == reading.document


def test_a_seal_secures_what_arrived_and_not_what_was_put_in_place(several: dict[str, Any]) -> None:
    opened = open_bytes(msgspec.json.encode(several))
    assert isinstance(opened, Opened)
    seal = Sealed(payload=opened.payload, literal=True, signatures=({},))

    reading = Elm3().read(msgspec.structs.replace(opened, seal=seal), {})

    assert isinstance(reading.securing, Jades)
    assert reading.securing.document == opened.document != reading.document


def test_nothing_that_is_claimed_is_no_credential(several: dict[str, Any]) -> None:
    del several["credentialSubject"]["hasClaim"]

    with pytest.raises(Malformed, match="nothing is claimed"):
        read(several)


def test_parts_that_name_each_other_end(several: dict[str, Any]) -> None:
    claim = several["credentialSubject"]["hasClaim"][1]
    claim["hasPart"] = [claim["id"]]

    assert len(read(several).credentials) == 4


def test_parts_that_grow_without_end_are_refused(several: dict[str, Any]) -> None:
    claim = several["credentialSubject"]["hasClaim"][1]
    layers = [{**claim, "id": f"urn:epass:part:{n}", "hasPart": [f"urn:epass:part:{n + 1}"] * 9} for n in range(9)]
    several["credentialSubject"]["hasClaim"] += layers

    with pytest.raises(TooLarge):
        read(several)


def test_an_expiry_alone_is_the_end(several: dict[str, Any]) -> None:
    end = several.pop("validUntil")

    reading = read(several)

    assert reading.credentials[0].valid_until == msgspec.convert(end, type(reading.credentials[0].valid_until))
    assert reading.origins["/0/valid_until"] == "/expirationDate"
