"""What the holder of an SD-JWT VC may keep to themselves: per kind of credential, in one table each.

The rule: what says who somebody is, or how well they did, may be withheld, each by itself. What was achieved, who says
so, where it comes from, from when to when it holds and where its status stands may not: without these a credential
says something else than its issuer did.

Source: draft-ietf-oauth-sd-jwt-vc section 2.2.2 (claims that are never disclosed selectively) and section 6 (type
metadata, which is made of the same tables).
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub.contract import Format
from gateway.proofs.sd_jwt import Path

EACH: Final = None
"""In a path of type metadata: every element of the array there."""


class Selective(StrEnum):
    """Whether a claim is disclosed selectively, in the words of type metadata (section 9.3)."""

    ALWAYS = "always"
    ALLOWED = "allowed"
    NEVER = "never"


class Claim(msgspec.Struct, frozen=True):
    """A row: one claim of a kind of credential.

    Attributes:
        path: Names of members; ``EACH`` for the elements of an array.
        en: Its name for people, in English, and ``fr`` in French.
    """

    path: tuple[str | None, ...]
    sd: Selective
    en: str
    fr: str
    mandatory: bool = False


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of credential that is sealed as SD-JWT VC.

    Attributes:
        page: Last part of the address of its type metadata.
        vct: Its name; "" for the address of its type metadata.
        unnamed: Members whose own members may be withheld where no row names them: extensions may say anything.
    """

    page: str
    vct: str
    en: str
    fr: str
    claims: tuple[Claim, ...]
    unnamed: tuple[str, ...] = ()

    def type(self, public_url: str) -> str:
        """Its ``vct`` in what this installation issues."""
        return self.vct or f"{public_url}/credential-types/{self.page}"


_A, _N = Selective.ALWAYS, Selective.NEVER
_SUBJECT: Final = "credentialSubject"

OPEN_BADGE: Final = Kind(
    page="open-badge-3",
    vct="",
    en="Open Badge",
    fr="Badge ouvert",
    unnamed=(_SUBJECT,),
    claims=(
        Claim(("name",), _N, "Title", "Titre"),
        Claim(("issuer",), _N, "Issued by", "Délivré par", mandatory=True),
        Claim(("issuer", "name"), _N, "Issuer's name", "Nom de l’émetteur"),
        Claim((_SUBJECT, "type"), _N, "Kind of subject", "Nature du titulaire", mandatory=True),
        Claim((_SUBJECT, "achievement"), _N, "Achievement", "Réussite", mandatory=True),
        Claim((_SUBJECT, "achievement", "name"), _N, "Name of the achievement", "Nom de la réussite", mandatory=True),
        Claim((_SUBJECT, "achievement", "description"), _N, "Description", "Description", mandatory=True),
        Claim((_SUBJECT, "achievement", "criteria", "narrative"), _N, "What had to be done", "Ce qu’il fallait faire"),
        Claim((_SUBJECT, "source"), _N, "Awarded by", "Attribué par"),
        Claim((_SUBJECT, "id"), _A, "Holder's key or address", "Clé ou adresse du titulaire"),
        Claim((_SUBJECT, "identifier"), _A, "Whom it was awarded to", "À qui il a été attribué"),
        Claim((_SUBJECT, "narrative"), _A, "What this person did", "Ce que cette personne a fait"),
        Claim((_SUBJECT, "result"), _A, "Results", "Résultats"),
        Claim((_SUBJECT, "creditsEarned"), _A, "Credits earned", "Crédits obtenus"),
        Claim((_SUBJECT, "licenseNumber"), _A, "Licence number", "Numéro de licence"),
        Claim((_SUBJECT, "image"), _A, "Picture of this award", "Image de cette attribution"),
        Claim((_SUBJECT, "role"), _A, "Role", "Rôle"),
        Claim((_SUBJECT, "term"), _A, "Term", "Période d’études"),
        Claim((_SUBJECT, "activityStartDate"), _A, "Activity began", "Début de l’activité"),
        Claim((_SUBJECT, "activityEndDate"), _A, "Activity ended", "Fin de l’activité"),
        # Each by itself; not the one that leads to the receipt of a conversion, which says where all this comes from.
        Claim(("evidence", EACH), Selective.ALLOWED, "Evidence", "Preuve"),
        Claim(("awardedDate",), _N, "Awarded on", "Attribué le"),
        Claim(("validFrom",), _N, "Valid from", "Valable à partir du", mandatory=True),
        Claim(("validUntil",), _N, "Valid until", "Valable jusqu’au"),
    ),
)

LEARNING_CREDENTIAL: Final = Kind(
    page="learning-credential-1",
    vct="urn:eu.europa.ec.eudi:learning:credential:1",
    en="Learning credential",
    fr="Attestation d’apprentissage",
    # Mandatory is what each of ours has: nothing is made up that a badge does not say.
    claims=(
        Claim(("issuing_authority",), _N, "Issued by", "Délivré par", mandatory=True),
        Claim(("issuing_country",), _N, "Country of the issuer", "Pays de l’émetteur"),
        Claim(("date_of_issuance",), _N, "Issued on", "Délivré le", mandatory=True),
        Claim(("date_of_expiry",), _N, "Valid until", "Valable jusqu’au"),
        Claim(("family_name",), _A, "Family name", "Nom de famille"),
        Claim(("given_name",), _A, "Given name", "Prénom"),
        Claim(("learner_identification",), _A, "Learner", "Apprenant"),
        Claim(("learner_identity",), _A, "Kind of identification", "Nature de l’identification"),
        Claim(("sub",), _A, "Holder's key or address", "Clé ou adresse du titulaire"),
        Claim(("achievement_title",), _N, "Achievement", "Réussite", mandatory=True),
        Claim(("achievement_description",), _N, "Description", "Description"),
        Claim(("learning_outcomes",), _N, "Learning outcomes", "Acquis d’apprentissage"),
        Claim(("assessment_grade",), _A, "Grade", "Note"),
        Claim(("language_of_classes",), _N, "Language of the classes", "Langue des cours"),
        Claim(("expected_study_time",), _N, "Expected study time", "Temps d’étude prévu"),
        Claim(("level_of_learning_experience",), _N, "Level", "Niveau de l’expérience d’apprentissage"),
        Claim(("types_of_quality_assurance",), _N, "Quality assurance", "Assurance de la qualité"),
        Claim(("prerequisites_to_enroll",), _N, "Prerequisites", "Prérequis"),
        Claim(("integration_stackability_options",), _N, "Can be combined", "Peut être combinée"),
        Claim(("provenance",), _N, "Converted from", "Convertie de"),
        # Where the original is hosted, everybody could read there who earned it.
        Claim(("provenance", "id"), _A, "Id of the original", "Identifiant de l’original"),
    ),
)

KINDS: Final[Mapping[Format, Kind]] = {
    Format.OPEN_BADGES_3: OPEN_BADGE,
    Format.LEARNING_CREDENTIAL_1: LEARNING_CREDENTIAL,
}
"""By the format that its claims are written in."""


def withheld(kind: Kind, claims: Mapping[str, Any], kept: str) -> tuple[Path, ...]:
    """The members and elements of these claims that their holder may withhold.

    Args:
        kept: Id of an element that may not be, wherever it stands: the receipt.
    """
    found = [path for row in kind.claims if row.sd is not Selective.NEVER for path in _places(row.path, claims, kept)]
    named = {row.path[:2] for row in kind.claims}
    for owner in kind.unnamed:
        members = claims.get(owner)
        if isinstance(members, dict):
            found += [(owner, name) for name in members if (owner, name) not in named]
    return tuple(found)


def _places(path: tuple[str | None, ...], value: Any, kept: str) -> Iterator[Path]:
    """Where a row leads in these claims: nowhere, to one member, or to elements."""
    if not path:
        yield ()
        return
    first, rest = path[0], path[1:]
    if first is EACH and isinstance(value, list):
        for index, each in enumerate(value):
            if not (isinstance(each, dict) and each.get("id") == kept):
                yield from ((str(index), *deeper) for deeper in _places(rest, each, kept))
    elif first is not EACH and isinstance(value, dict) and first in value:
        yield from ((first, *deeper) for deeper in _places(rest, value[first], kept))


def type_metadata(kind: Kind, public_url: str) -> dict[str, Any]:
    """What its address says of a kind of credential.

    No credential names its digest (``vct#integrity``): a translation that is mended here would make this document
    another one, and those issued before would name one that nobody serves any more.

    Source: draft-ietf-oauth-sd-jwt-vc section 6.2, 8 (display) and 9 (claims).
    """
    return {
        "vct": kind.type(public_url),
        "name": kind.en,
        "display": [{"locale": "en", "name": kind.en}, {"locale": "fr", "name": kind.fr}],
        "claims": [
            {
                "path": list(row.path),
                "display": [{"locale": "en", "label": row.en}, {"locale": "fr", "label": row.fr}],
                "mandatory": row.mandatory,
                "sd": row.sd.value,
            }
            for row in kind.claims
        ],
    }
