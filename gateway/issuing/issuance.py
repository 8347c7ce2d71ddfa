"""Gather what a writer may not invent: ids, issuer, status, picture, per format and securing."""

import datetime as dt

import msgspec

from adapters.hub.contract import Format, Issuance, LegalIdentity
from adapters.hub.credential import Image
from gateway.issuing import status_list
from gateway.issuing.identity import Identity
from gateway.proofs.jades import TimeMember
from gateway.records import Algorithm, PublicKey, Securing, StatusPurpose

SECURINGS: dict[Format, tuple[Securing, ...]] = {
    Format.OPEN_BADGES_2: (Securing.HOSTED, Securing.JWS),
    Format.OPEN_BADGES_3: (Securing.DATA_INTEGRITY, Securing.VC_JWT, Securing.SD_JWT),
    Format.ELM_3: (Securing.JADES,),
    Format.LEARNING_CREDENTIAL_1: (Securing.SD_JWT,),
}
"""How each format that is written can be sealed; the first is the default (design: "Sealing")."""


class ElmChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What an installation decides of credentials in ELM.

    Attributes:
        version: Of the application profile.
        country: Of an awarding body that names none, ISO 3166-1 alpha-2; None says that it is provisional.
        language: Of texts that do not say theirs.
        time_member: Where a seal says when it was made.
    """

    version: str = "3.1"
    country: str | None = None
    language: str = "en"
    time_member: TimeMember = TimeMember.IAT


class StatusEntry(msgspec.Struct, frozen=True):
    """The entry of one form: a list's id, its place in it, and what it may come to say."""

    list: str
    index: int
    purpose: StatusPurpose


def algorithm(securing: Securing, vc_jwt: Algorithm, *, development: bool) -> Algorithm:
    """The signature algorithm of a form that is no seal: those have that of the key with the certificate.

    In development only Ed25519, because did:key is one key; an SD-JWT VC has an address as issuer there too.
    """
    if securing is Securing.DATA_INTEGRITY:
        return Algorithm.EDDSA
    if securing is Securing.SD_JWT:
        # The one that every wallet and reader of SD-JWT VC has to know (OpenID4VC HAIP 1.0 section 7).
        return Algorithm.ES256
    if securing is Securing.VC_JWT:
        return Algorithm.EDDSA if development else vc_jwt
    return Algorithm.RS256


def issuance(
    identity: Identity,
    format: Format,
    securing: Securing,
    form_id: str,
    achievement_id: str,
    key: PublicKey,
    at: dt.datetime,
    status: StatusEntry | None,
) -> Issuance:
    """The facts of one new form.

    Args:
        status: Its status entry, None for none.
    """
    addresses = identity.addresses
    # An SD-JWT VC says its status beside the document.
    told = None if securing is Securing.SD_JWT else status
    entry = None if told is None else status_list.entry(addresses, told.list, told.index, told.purpose)
    return Issuance(
        id=identity.document_id(format, form_id),
        issuer=identity.profile(format, key, securing),
        at=at,
        achievement_id=addresses.badge(achievement_id) if has_achievement_page(format) else None,
        status=entry,
        revocation_list=addresses.revocations,
        signing_key_url=addresses.key(key.id) if securing is Securing.JWS else None,
        hosted_scope=addresses.scope,
        picture=Image(id=addresses.badge_image(achievement_id)),
    )


def sealed_by(owner: LegalIdentity, facts: Issuance, elm: ElmChoices) -> Issuance:
    """The facts of a form that is sealed by this owner."""
    return msgspec.structs.replace(
        facts, country=elm.country, language=elm.language, elm_version=elm.version, legal=owner
    )


def has_achievement_page(format: Format) -> bool:
    """Whether what was earned has an address of its own.

    In ELM it has the id that its issuer gave it, if any; a learning credential says no more of it than claims can.
    """
    return format in (Format.OPEN_BADGES_2, Format.OPEN_BADGES_3)
