"""One id, one description: what a verifier could not tell apart is never written, and what gives way is reported."""

import datetime as dt
import re
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from adapters.hub.contract import Origin
from adapters.hub.credential import (
    Achievement,
    Credential,
    Criteria,
    Evidence,
    Image,
    Profile,
    Recipient,
    Related,
)
from adapters.hub.errors import NotWritable
from adapters.open_badges_3 import OpenBadges3
from gateway.proofs.canonical import canonical_nquads
from tests.adapters import strategies
from tests.adapters.open_badges_3.written import ISSUANCE, ORIGIN

SOURCE = "https://issuer.example.org/profile"
LEARNER = "did:example:learner"
PICTURE = "https://issuer.example.org/badge.png"


def credential(**fields: Any) -> Credential:
    made = {
        "id": ISSUANCE.id,
        "issuer": ISSUANCE.issuer,
        "recipient": Recipient(id=LEARNER),
        "source": Profile(id=SOURCE, name={"und": "Example University"}),
        "achievement": Achievement(
            id="https://issuer.example.org/achievements/1",
            name={"und": "Weaving"},
            description={"und": "Can weave."},
            criteria=Criteria(narrative={"und": "A basket."}),
        ),
        "valid_from": dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    }
    return Credential(**{**made, **fields})


def awarded(**fields: Any) -> Credential:
    plain = credential()
    return credential(achievement=msgspec.structs.replace(plain.achievement, **fields))


def written(given: Credential) -> tuple[dict[str, Any], list[str | None]]:
    """The document, which nothing could be moved in, and where what gave way stood."""
    draft = OpenBadges3().write(given, ISSUANCE)
    assert canonical_nquads(draft.document).findings == ()
    return draft.document, [loss.source for loss in draft.losses.losses if "same id" in loss.note]


def test_a_creator_in_other_words_is_named_by_its_id() -> None:
    document, lost = written(awarded(creator=Profile(id=SOURCE, name={"und": "The University"})))

    assert document["credentialSubject"]["achievement"]["creator"] == {"id": SOURCE, "type": ["Profile"]}
    assert document["credentialSubject"]["source"]["name"] == "Example University"
    assert lost == ["/achievement/creator/name/und"]


def test_a_creator_in_fewer_words_stays() -> None:
    given = awarded(creator=Profile(id=SOURCE))

    document, lost = written(given)

    assert document["credentialSubject"]["achievement"]["creator"] == {"id": SOURCE, "type": ["Profile"]}
    assert lost == []


def test_a_source_that_is_also_the_learner_keeps_its_name_and_gets_another_id() -> None:
    document, lost = written(credential(source=Profile(id=LEARNER, name={"und": "A Learner"})))

    source = document["credentialSubject"]["source"]
    assert source["name"] == "A Learner"
    assert source["id"].startswith("urn:uuid:")
    assert lost == ["/source/id"]


def test_a_second_piece_of_evidence_at_one_address_keeps_its_words() -> None:
    first, second = (Evidence(id="https://example.org/e", name={"und": name}) for name in ("A basket", "A hat"))

    document, lost = written(credential(evidence=(first, second)))

    assert document["evidence"][1] == {"type": ["Evidence"], "name": "A hat"}
    assert lost == ["/evidence/1/id"]


def test_a_picture_that_is_also_evidence_gives_way() -> None:
    document, lost = written(
        credential(image=Image(id=PICTURE), evidence=(Evidence(id=PICTURE, name={"und": "A basket"}),))
    )

    assert "image" not in document
    assert document["evidence"][0]["id"] == PICTURE
    assert lost == ["/image/id"]


def test_one_picture_keeps_one_caption() -> None:
    plain = awarded(image=Image(id=PICTURE, caption={"und": "A basket"}))

    document, lost = written(msgspec.structs.replace(plain, image=Image(id=PICTURE, caption={"und": "A hat"})))

    assert document["image"] == {"id": PICTURE, "type": "Image", "caption": "A hat"}
    assert document["credentialSubject"]["achievement"]["image"] == {"id": PICTURE, "type": "Image"}
    assert lost == ["/achievement/image/caption/und"]


def test_criteria_may_stand_at_the_address_of_the_achievement() -> None:
    address = "https://issuer.example.org/achievements/1"

    _, lost = written(awarded(criteria=Criteria(id=address, narrative={"und": "A basket."})))

    assert lost == []


def test_items_behind_one_that_gives_way_move_up() -> None:
    related = tuple(Related(id=f"https://example.org/{name}", version=name) for name in ("a", "b", "c"))
    evidence = Evidence(id="https://example.org/b", name={"und": "A basket"})

    given = msgspec.structs.replace(awarded(related=related), evidence=(evidence,))
    document, lost = written(given)

    assert [item["version"] for item in document["credentialSubject"]["achievement"]["related"]] == ["a", "c"]
    assert sorted(filter(None, lost)) == ["/achievement/related/1/id", "/achievement/related/1/version"]


def test_a_learner_with_the_id_of_the_credential_cannot_be_written() -> None:
    with pytest.raises(NotWritable, match="is also the id of"):
        OpenBadges3().write(credential(recipient=Recipient(id=ISSUANCE.id)), ISSUANCE)


def _crowded(value: Any) -> Any:
    """The same with few different addresses."""
    if isinstance(value, dict):
        return {name: _crowded(child) for name, child in value.items()}
    if isinstance(value, list | tuple):
        return [_crowded(item) for item in value]
    if isinstance(value, str) and (found := re.fullmatch(r"https://example\.org/(\d+)", value)):
        return f"https://example.org/{int(found[1]) % 4}"
    return value


CROWDED = strategies.credentials.map(
    lambda made: msgspec.convert(_crowded(msgspec.to_builtins(made)), Credential, strict=False)
)


@given(credential=CROWDED, origin=st.none() | st.just(ORIGIN))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_any_credential_with_few_ids_is_written_without_a_move_or_not_at_all(
    credential: Credential, origin: Origin | None
) -> None:
    try:
        draft = OpenBadges3().write(credential, ISSUANCE, origin)
    except NotWritable:
        reject()

    assert canonical_nquads(draft.document).findings == ()
