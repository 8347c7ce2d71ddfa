"""What becomes the gateway's own, what stays behind, and that each of it is said."""

import datetime as dt

import msgspec

from adapters.hub.contract import Format, Issuance
from adapters.hub.credential import Achievement, Credential, Endorsement, Profile, Recipient
from gateway.issuing.reissue import reissue

AT = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
GATEWAY = Profile(id="did:web:gateway.example.org")
ISSUANCE = Issuance(id="https://gateway.example.org/issued/1", issuer=GATEWAY, at=AT)
TOKEN = Endorsement(format=Format.OPEN_BADGES_3, token="eyJhbGciOiJub25lIn0.e30.")
PLAIN = Profile(id="https://issuer.example.org", parent_org=Profile(id="https://parent.example.org"))
ENDORSED = Profile(
    id="https://issuer.example.org",
    parent_org=Profile(id="https://parent.example.org", endorsements=(TOKEN,)),
    endorsements=(TOKEN,),
)


def credential(issuer: Profile, creator: Profile | None, *endorsements: Endorsement) -> Credential:
    return Credential(
        id="https://issuer.example.org/assertions/1",
        issuer=issuer,
        recipient=Recipient(id="did:example:learner"),
        achievement=Achievement(name={"und": "Knots"}, creator=creator, endorsements=endorsements),
        valid_from=AT,
        endorsements=endorsements,
    )


def test_no_endorsement_is_carried_over() -> None:
    reissued = reissue(credential(ENDORSED, ENDORSED, TOKEN), ISSUANCE, {})

    plain = reissue(credential(PLAIN, PLAIN), ISSUANCE, {})
    assert reissued.credential == plain.credential


def test_an_issuer_that_becomes_the_creator_leaves_its_endorsements_behind() -> None:
    reissued = reissue(credential(ENDORSED, None), ISSUANCE, {})

    assert reissued.credential.source == reissued.credential.achievement.creator == PLAIN


def test_each_endorsement_left_behind_is_a_loss_and_nothing_else_is() -> None:
    origins = {
        "/issuer/id": "/issuer/id",
        "/issuer/endorsements/0/token": "/issuer/endorsementJwt/0",
        "/issuer/parent_org/endorsements/0/token": "/issuer/parentOrg/endorsementJwt",
        "/achievement/name/und": "/credentialSubject/achievement/name",
        "/achievement/endorsements/0/token": "/credentialSubject/achievement/endorsementJwt/0",
        "/endorsements/0/token": "/endorsementJwt/0",
    }

    reissued = reissue(credential(ENDORSED, None, TOKEN), ISSUANCE, origins)

    assert sorted(loss.source or "" for loss in reissued.losses.losses) == [
        "/credentialSubject/achievement/endorsementJwt/0",
        "/endorsementJwt/0",
        "/issuer/endorsementJwt/0",
        "/issuer/parentOrg/endorsementJwt",
    ]
    assert all("stays with the original" in loss.note for loss in reissued.losses.losses)
    assert reissued.origins == {
        "/source/id": "/issuer/id",
        "/achievement/creator/id": "/issuer/id",
        "/achievement/name/und": "/credentialSubject/achievement/name",
    }


def test_a_digest_that_nobody_compared_stays_with_the_original() -> None:
    resource = {"id": "https://issuer.example.org/picture.png", "digestSRI": "sha256-AAAA"}
    badge = msgspec.structs.replace(credential(PLAIN, PLAIN), related_resources=(resource,))
    origins = {f"/related_resources/0/{name}": f"/relatedResource/0/{name}" for name in resource}

    compared = reissue(badge, ISSUANCE, origins)
    unseen = reissue(badge, ISSUANCE, origins, compared=False)

    assert compared.credential.related_resources == (resource,)
    assert unseen.credential.related_resources == ()
    assert [loss.source for loss in unseen.losses.losses] == ["/relatedResource/0/digestSRI", "/relatedResource/0/id"]


AWARDER = Profile(id="https://school.example.org", name={"en": "The school"})
PARTNER = Profile(id="https://partner.example.org", endorsements=(TOKEN,))


def test_who_awarded_a_credential_that_another_one_sealed_becomes_its_creator() -> None:
    sealed = msgspec.structs.replace(credential(PLAIN, None), source=AWARDER)
    origins = {"/issuer/id": "/issuer/id", "/source/name/en": "/awardedBy/awardingBody/legalName/en"}

    reissued = reissue(sealed, ISSUANCE, origins)

    assert reissued.credential.source == PLAIN
    assert reissued.credential.achievement.creator == AWARDER
    assert reissued.origins == {
        "/source/id": "/issuer/id",
        "/achievement/creator/name/en": "/awardedBy/awardingBody/legalName/en",
    }
    assert reissued.losses.losses == ()


def test_a_source_that_finds_its_place_taken_is_a_loss() -> None:
    sealed = msgspec.structs.replace(credential(PLAIN, PLAIN), source=AWARDER)

    reissued = reissue(sealed, ISSUANCE, {"/source/id": "/credentialSubject/source/id"})

    assert reissued.credential.achievement.creator == PLAIN
    assert [loss.source for loss in reissued.losses.losses] == ["/credentialSubject/source/id"]


def test_those_who_awarded_it_together_stay_beside_an_issuer_that_is_one_of_them() -> None:
    joint = msgspec.structs.replace(credential(PLAIN, None), source=PLAIN, joint_awarders=(PARTNER,))
    origins = {"/joint_awarders/0/id": "/b/1/id", "/joint_awarders/0/endorsements/0/token": "/b/1/endorsement"}

    reissued = reissue(joint, ISSUANCE, origins)

    assert reissued.credential.joint_awarders == (Profile(id="https://partner.example.org"),)
    assert reissued.origins == {"/joint_awarders/0/id": "/b/1/id"}
    assert [loss.source for loss in reissued.losses.losses] == ["/b/1/endorsement"]


def test_those_who_awarded_it_together_with_another_one_stay_with_the_original() -> None:
    joint = msgspec.structs.replace(credential(PLAIN, None), source=AWARDER, joint_awarders=(PARTNER,))

    reissued = reissue(joint, ISSUANCE, {"/joint_awarders/0/id": "/b/1/id"})

    assert reissued.credential.joint_awarders == ()
    assert [loss.source for loss in reissued.losses.losses] == ["/b/1/id"]
