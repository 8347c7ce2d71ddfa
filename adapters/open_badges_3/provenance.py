"""What a converted credential says of where it comes from: who attests what, and where the receipt is."""

from base64 import b64encode, urlsafe_b64encode
from typing import Any  # Any: the document that is being written

import msgspec

from adapters.hub.contract import Format, Origin
from adapters.hub.credential import LangText, Profile
from adapters.hub.losses import pointers
from adapters.hub.mapping import Trail
from adapters.open_badges_3.vocabulary import absolute

_NOTE = "says where the credential comes from"


class _Source(msgspec.Struct, frozen=True):
    """How the original is named.

    Attributes:
        noun: With its article.
        type: IRI of its class.
        achievement_type: IRI of the class of its achievement.
        version: As 1EdTech's migration guide writes it; "" to make it of the version that was read.
        issued: What its issuer did with it.
    """

    noun: str
    type: str
    achievement_type: str
    version: str = ""
    issued: str = "issued"


_SOURCES = {
    Format.OPEN_BADGES_1: _Source(
        "an Open Badges 1.x Assertion",
        "https://w3id.org/openbadges#Assertion",
        "https://w3id.org/openbadges#BadgeClass",
    ),
    Format.OPEN_BADGES_2: _Source(
        "an Open Badges 2.0 Assertion",
        "https://w3id.org/openbadges#Assertion",
        "https://w3id.org/openbadges#BadgeClass",
        "Open Badges v2p0",
    ),
    Format.OPEN_BADGES_3: _Source(
        "an Open Badges 3.0 credential",
        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential",
        "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement",
        "Open Badges v3p0",
    ),
    Format.ELM_3: _Source(
        "a European Digital Credential (ELM 3)",
        "http://data.europa.eu/snb/model/elm/EuropeanDigitalCredential",
        "http://data.europa.eu/snb/model/elm/LearningAchievement",
        "ELM 3",
        "sealed",
    ),
    Format.LEARNING_CREDENTIAL_1: _Source(
        "an EU learning credential",
        "https://www.w3.org/2018/credentials#VerifiableCredential",
        "http://data.europa.eu/snb/model/elm/LearningAchievement",
        "EU learning credential 1",
    ),
}

ORIGIN_TYPES = frozenset(iri for source in _SOURCES.values() for iri in (source.type, source.achievement_type))
"""Types by which what is written here leads to an original, or to what was achieved in it."""


def tell(document: dict[str, Any], origin: Origin, trail: Trail) -> None:
    """Add the provenance to a written credential, each leaf reported as supplied.

    The digest of the receipt cannot stand here, because the receipt holds the digest of what is being written.
    ``relatedResource`` names the original instead, by its content (an ``ni`` URI, RFC 6920): its own address
    may serve other bytes than those received (a baked image, a newer copy), and a verifier that fetches the
    resource must find what the digest says. VCDM 2.0 section 5.3 asks for an id and one digest.
    """
    source = _SOURCES[origin.format]
    attester = _named(document["issuer"])
    whole, awarded = _whose(source, origin)
    day = origin.verified_at.date().isoformat()
    _describe(
        document,
        f"{attester} converted this credential from {whole}, which it had verified on {day}. "
        f"{attester} attests the conversion; the achievement was awarded by {awarded}.",
        trail,
    )
    evidence = {
        "id": origin.receipt_url,
        "type": ["Evidence", source.type],
        "name": "Conversion receipt",
        "description": f"Signed by {attester}: how {whole} was verified on {day}, what the "
        "conversion changed, and the digest of the original. It attests the conversion, not the achievement.",
    }
    _append(document, "evidence", evidence, "", trail)
    _append(document, "relatedResource", _resource(origin), "", trail)
    achievement = document["credentialSubject"]["achievement"]
    original = origin.achievement_id
    if original and absolute(original) and original != achievement["id"]:
        version = source.version or f"Open Badges v{origin.version.replace('.', 'p')}"
        related = {"id": original, "type": ["Related", source.achievement_type], "version": version}
        _append(achievement, "related", related, "/credentialSubject/achievement", trail)


def _whose(source: _Source, origin: Origin) -> tuple[str, str]:
    """The original with whose it is, and who awarded the achievement: its issuer's word, where that is another one."""
    issuer = _party(origin.issuer)
    if origin.awarded_by is None:
        return f"{source.noun} of {issuer}", issuer
    awarder = _party(origin.awarded_by)
    return f"{source.noun} that {issuer} {source.issued} for {awarder}", f"{awarder}, as {issuer} says"


def _party(profile: Profile) -> str:
    return _text(profile.name) or profile.id or "somebody who is not named"


def _resource(origin: Origin) -> dict[str, str]:
    digest = bytes.fromhex(origin.sha256)
    name = urlsafe_b64encode(digest).rstrip(b"=").decode()
    return {
        "id": f"ni:///sha-256;{name}",
        "digestSRI": f"sha256-{b64encode(digest).decode()}",
        "mediaType": origin.media_type,
    }


def _describe(document: dict[str, Any], statement: str, trail: Trail) -> None:
    """Say in the words that every wallet shows who attests what; name the credential if nothing does."""
    if "name" not in document:
        document["name"] = document["credentialSubject"]["achievement"]["name"]
        trail.supplied("/name", "the achievement's name, for wallets that show the credential's")
    if "description" in document:
        document["description"] += f"\n\n{statement}"
        trail.approximated(trail.origins["/description"], "/description", "followed by who attests what")
    else:
        document["description"] = statement
        trail.supplied("/description", _NOTE)


def _append(owner: dict[str, Any], member: str, item: dict[str, Any], at: str, trail: Trail) -> None:
    items = owner.setdefault(member, [])
    for pointer in pointers(item, f"{at}/{member}/{len(items)}"):
        trail.supplied(pointer, _NOTE)
    items.append(item)


def _named(profile: dict[str, Any]) -> str:
    return str(profile.get("name") or profile["id"])


def _text(text: LangText) -> str:
    return next((text[tag] for tag in ("und", "en", *text) if tag in text), "")
