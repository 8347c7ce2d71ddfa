"""What each class of Open Badges 3.0 demands of its members, as the official JSON schemas say it."""

import msgspec

from adapters.open_badges_3.vocabulary import ACHIEVEMENT_TYPES, IDENTIFIER_TYPES, RESULT_TYPES, TARGET_TYPES


class Class(msgspec.Struct, frozen=True, kw_only=True):
    """What one class of the specification demands.

    Attributes:
        type: What ``type`` must contain, "" when the class needs no type of its own.
        single: ``type`` is one value, not a list.
        required: Members.
        some: Members of which there must be at least one.
        words: Member -> the enumeration it is taken from, which ``ext:`` extends.
        members: Member -> class of its value or values.
        only: All members that it may have, empty for a class that can be extended.
    """

    type: str = ""
    single: bool = False
    required: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    words: dict[str, frozenset[str]] = {}
    members: dict[str, str] = {}
    only: tuple[str, ...] = ()


_ENDORSABLE = {"endorsement": "EndorsementCredential"}
_ALIGNED = {"alignment": "Alignment"}
_CREDENTIAL = {
    "issuer": "Profile",
    "credentialSchema": "CredentialSchema",
    "credentialStatus": "CredentialStatus",
    "refreshService": "RefreshService",
    "termsOfUse": "TermsOfUse",
    "proof": "Proof",
}
CLASSES = {
    "AchievementCredential": Class(
        type="VerifiableCredential",
        required=("id", "issuer"),
        members={
            **_CREDENTIAL,
            **_ENDORSABLE,
            "image": "Image",
            "credentialSubject": "AchievementSubject",
            "evidence": "Evidence",
            "relatedResource": "RelatedResource",
        },
    ),
    "AchievementSubject": Class(
        type="AchievementSubject",
        required=("achievement",),
        some=("id", "identifier"),
        members={
            "achievement": "Achievement",
            "identifier": "IdentityObject",
            "image": "Image",
            "result": "Result",
            "source": "Profile",
        },
    ),
    "Achievement": Class(
        type="Achievement",
        required=("id", "name", "description", "criteria"),
        words={"achievementType": ACHIEVEMENT_TYPES},
        members={
            **_ENDORSABLE,
            **_ALIGNED,
            "creator": "Profile",
            "criteria": "Criteria",
            "image": "Image",
            "otherIdentifier": "IdentifierEntry",
            "related": "Related",
            "resultDescription": "ResultDescription",
        },
    ),
    "Profile": Class(
        type="Profile",
        required=("id",),
        members={
            **_ENDORSABLE,
            "image": "Image",
            "address": "Address",
            "otherIdentifier": "IdentifierEntry",
            "parentOrg": "Profile",
        },
    ),
    "IdentityObject": Class(
        type="IdentityObject",
        single=True,
        words={"identityType": IDENTIFIER_TYPES},
        only=("type", "hashed", "identityHash", "identityType", "salt"),
    ),
    "IdentifierEntry": Class(
        type="IdentifierEntry",
        single=True,
        words={"identifierType": IDENTIFIER_TYPES},
        only=("type", "identifier", "identifierType"),
    ),
    "Image": Class(type="Image", single=True, only=("id", "type", "caption")),
    "Criteria": Class(some=("id", "narrative")),
    "Alignment": Class(type="Alignment", words={"targetType": TARGET_TYPES}),
    "Evidence": Class(type="Evidence"),
    "Related": Class(type="Related"),
    "Result": Class(type="Result", members=_ALIGNED),
    "ResultDescription": Class(
        type="ResultDescription",
        words={"resultType": RESULT_TYPES},
        members={**_ALIGNED, "rubricCriterionLevel": "RubricCriterionLevel"},
    ),
    "RubricCriterionLevel": Class(type="RubricCriterionLevel", members=_ALIGNED),
    "Address": Class(type="Address", members={"geo": "GeoCoordinates"}),
    "GeoCoordinates": Class(type="GeoCoordinates", single=True),
    "EndorsementCredential": Class(
        type="EndorsementCredential",
        required=("@context", "id", "name", "credentialSubject", "issuer"),
        some=("validFrom", "issuanceDate"),
        members={**_CREDENTIAL, "credentialSubject": "EndorsementSubject"},
    ),
    "EndorsementSubject": Class(type="EndorsementSubject", required=("id",)),
    "CredentialSchema": Class(required=("id", "type")),
    "CredentialStatus": Class(required=("type",)),
    "RefreshService": Class(required=("id", "type")),
    "TermsOfUse": Class(required=("type",)),
    "RelatedResource": Class(required=("id",), some=("digestSRI", "digestMultibase")),
    "Proof": Class(required=("type",)),
}
