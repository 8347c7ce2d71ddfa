"""The list of checks, the details and the conversion, of whatever is sent."""

import msgspec
import pytest

from gateway.http.contract import document
from tests.corpora import corpus
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import CONVERT, DETAILS, LEARNER, VERIFY, WALLETS, part, payload, sealed
from tests.laundering.sources import Carrier, Kind, World

KIND = "http://data.europa.eu/snb/verification/"
STATE = "http://data.europa.eu/snb/verification-status/"
OK, ERROR, SKIPPED = f"{STATE}9895008394", f"{STATE}9d26eb9a37", f"{STATE}641f0c5e5d"
ORDER = ["2f5b89b96f", "f9c2016fe9", "1faf8d450f", "271aef9eb4", "94d828f160", "e2bbc86a28"]


async def states(client: Client, file: bytes) -> dict[str, str]:
    """What was found, by the code of what was asked."""
    answer = await client.post(VERIFY, files=part("file", file))
    assert answer.status_code == 200, answer.text
    return {each["type"]["link"].removeprefix(KIND): each["status"]["link"] for each in answer.json()}


async def test_the_list_is_in_the_order_and_the_concepts_of_europass(holder: Client) -> None:
    file = await sealed(holder)

    answer = await holder.post(VERIFY, params={"locale": "fr"}, files=part("file", file))

    first = answer.json()[0]
    assert [each["type"]["link"].removeprefix(KIND) for each in answer.json()] == ORDER
    assert [each["id"] for each in answer.json()] == [f"urn:epass:verificationCheck:{n}" for n in range(1, 7)]
    assert first["type"]["title"] == "Format"
    assert first["description"] == first["descrAvailableLangs"]["fr"]
    assert first["descrAvailableLangs"]["en"] == "The document follows the rules of its format."
    assert set(first["longDescrAvailableLangs"]) == {"en", "fr"}
    assert first["longDescription"].startswith("Structure : réussi") or "Structure: réussi" in first["longDescription"]
    assert "(" not in first["longDescription"]


async def test_texts_are_in_the_language_that_is_asked_for(holder: Client) -> None:
    file = await sealed(holder)

    for locale, said in (("fr-FR", "Cachet"), ("en", "Seal"), ("de", "Seal"), ("", "Seal")):
        answer = await holder.post(VERIFY, params={"locale": locale}, files=part("file", file))

        assert answer.json()[1]["type"]["title"] == said


async def test_a_changed_byte_breaks_the_seal_and_nothing_hides_it(holder: Client) -> None:
    file = (await sealed(holder)).replace(b"Bicycle repair", b"Bicycle repaid")

    found = await states(holder, file)

    assert (found["2f5b89b96f"], found["f9c2016fe9"]) == (OK, ERROR)


async def test_an_intact_seal_that_nobody_vouches_for_is_no_ok(client: Client) -> None:
    file = (corpus("elm/samples/eu-2025") / "Sample-CertOfPart-signed.jsonld").read_bytes()

    answer = await client.post(VERIFY, files=part("file", file))

    seal = answer.json()[1]
    assert seal["status"]["link"] == ERROR
    assert seal["description"] == "The seal is intact, but nobody vouches for whose it is."


@pytest.mark.parametrize(
    ("kind", "english", "french"),
    [
        (Kind.DATA_INTEGRITY, "It is signed and not sealed.", "Elle est signée, sans cachet."),
        (Kind.HOSTED, "It is neither sealed nor signed", "Elle n’est ni scellée ni signée"),
    ],
)
async def test_badges_of_other_formats_are_looked_at_and_never_called_sealed(
    client: Client, world: World, kind: Kind, english: str, french: str
) -> None:
    answer = await client.post(VERIFY, files=part("file", world.sound(kind)))

    found = {each["type"]["link"].rpartition("/")[2]: each for each in answer.json()}
    assert [found[one]["status"]["link"] for one in ("2f5b89b96f", "94d828f160")] == [OK, OK]
    seal = found["f9c2016fe9"]
    assert seal["status"]["link"] == SKIPPED
    assert seal["descrAvailableLangs"]["en"].startswith(english)
    assert seal["descrAvailableLangs"]["fr"].startswith(french)


async def test_what_cannot_be_read_has_an_error_and_no_ok(client: Client) -> None:
    file = msgspec.json.encode({"@context": CONTEXTS, "type": ["VerifiableCredential", "EuropeanDigitalCredential"]})

    found = await states(client, file)

    assert OK not in found.values()
    assert ERROR in found.values()


async def test_details_say_what_was_awarded_by_whom(holder: Client) -> None:
    said = (await holder.post(DETAILS, files=part("file", await sealed(holder)))).json()

    [award] = said["awards"]
    assert (said["title"], said["format"]) == ("Bicycle repair", "elm-3")
    assert said["issuer"]["name"] == "Open Badges gateway"
    assert award["awardedBy"][0] == {"name": "Academy of Bicycles", "country": "FR"}
    assert award["recipient"] == "A Learner"


async def test_personal_data_is_in_no_details(client: Client) -> None:
    file = (corpus("elm/samples/eu-2025") / "AA-Annex1-MC-signed.jsonld").read_bytes()

    said = await client.post(DETAILS, files=part("file", file))

    subject = payload(file)["credentialSubject"]
    assert said.status_code == 200
    assert subject["dateOfBirth"][:10] not in said.text


async def test_a_badge_becomes_a_sealed_credential_and_goes_back(holder: Client, world: World) -> None:
    badge = world.sound(Kind.HOSTED)

    there = await holder.post(CONVERT, files=part("file", badge))
    back = await holder.post(CONVERT, params={"to": "open-badges-2"}, files=part("file", there.content))

    made = payload(there.content)
    assert there.status_code == 200, there.text
    assert there.headers["Content-Type"] == "application/ld+json"
    assert made["credentialProfiles"][0]["id"].endswith("c_7e400154")
    assert back.status_code == 200, back.text
    assert back.content == badge
    assert 'filename="original-' in back.headers["Content-Disposition"]


async def test_what_a_file_becomes_comes_under_a_name_that_is_documented(holder: Client, world: World) -> None:
    operation = msgspec.json.decode(document("europass.json"))["paths"][CONVERT]["post"]
    baked = world.carried(world.sound(Kind.HOSTED), Kind.HOSTED, Carrier.PNG)

    wallet = await holder.post(CONVERT, params={"to": "learning-credential-1"}, files=part("file", baked))
    there = await holder.post(CONVERT, files=part("file", baked))
    back = await holder.post(CONVERT, params={"to": "open-badges-2"}, files=part("file", there.content))

    named = [each.headers["Content-Type"] for each in (wallet, there, back)]
    assert named == ["application/dc+sd-jwt", "application/ld+json", "image/png"]
    assert back.content == baked
    assert set(named) <= operation["responses"]["200"]["content"].keys()


async def test_elm_becomes_open_badges_3_unless_another_format_is_named(holder: Client) -> None:
    made = await holder.post(CONVERT, files=part("file", await sealed(holder)))

    assert made.status_code == 200, made.text
    assert made.json()["credentialSubject"]["achievement"]["name"] == "Bicycle repair"


async def test_what_is_not_verified_is_not_converted(holder: Client) -> None:
    unvouched = (corpus("elm/samples/eu-2025") / "Sample-CertOfPart-signed.jsonld").read_bytes()

    answer = await holder.post(CONVERT, files=part("file", unvouched))

    assert (answer.status_code, answer.json()["code"]) == (422, "refused")
    assert (await holder.get("/v1/credentials")).json()["records"] == []


async def test_the_xml_of_europass_2_is_named_and_refused(holder: Client) -> None:
    xml = (corpus("elm/samples/edci-tests") / "credential-generic-profile-xsd-signed.xml").read_bytes()

    answers = [await holder.post(address, files=part("file", xml)) for address in (CONVERT, VERIFY, DETAILS)]

    assert {answer.status_code for answer in answers} == {415}
    assert all("Europass" in answer.text or "XML" in answer.text for answer in answers)


CONTEXTS = ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"]


async def test_checks_of_a_deposit_are_in_the_language_that_is_asked_for(holder: Client) -> None:
    file = part("_credential", await sealed(holder))
    put = (await holder.post(f"{WALLETS}/email/{LEARNER}/credentials", files=file)).json()
    place = f"{WALLETS}/{put['userId']}/credentials/{put['uuid']}/verify"

    said = [(await holder.get(place, params=asked)).json() for asked in ({"locale": "fr"}, {"locale": "en"}, {})]

    assert [each[1]["type"]["title"] for each in said] == ["Cachet", "Seal", "Seal"]
