"""Gather what a writer may not invent: ids, issuer, status, picture, per format and securing."""

import datetime as dt

import msgspec

from adapters.hub.contract import Format, Issuance
from adapters.hub.credential import Credential, Image
from gateway.issuing import status_list
from gateway.issuing.identity import Identity
from gateway.records import Algorithm, PublicKey, Securing, StatusPurpose

SECURINGS: dict[Format, tuple[Securing, ...]] = {
    Format.OPEN_BADGES_2: (Securing.HOSTED, Securing.JWS),
    Format.OPEN_BADGES_3: (Securing.DATA_INTEGRITY, Securing.VC_JWT),
    Format.ELM_3: (Securing.JADES,),
}
"""How each format that is written can be sealed; the first is the default (design: "Sealing")."""


class StatusEntry(msgspec.Struct, frozen=True):
    """The entry of one form: a list's id, its place in it, and what it may come to say."""

    list: str
    index: int
    purpose: StatusPurpose


def algorithm(securing: Securing, vc_jwt: Algorithm, *, development: bool) -> Algorithm:
    """The signature algorithm of a form. In development only Ed25519, because did:key is one key."""
    if securing is Securing.DATA_INTEGRITY:
        return Algorithm.EDDSA
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
    entry = None if status is None else status_list.entry(addresses, status.list, status.index, status.purpose)
    return Issuance(
        id=addresses.issued(form_id),
        issuer=identity.profile(format, key),
        at=at,
        achievement_id=addresses.badge(achievement_id),
        status=entry,
        revocation_list=addresses.revocations,
        signing_key_url=addresses.key(key.id) if securing is Securing.JWS else None,
        hosted_scope=addresses.scope,
        picture=Image(id=addresses.badge_image(achievement_id)),
    )


def picture_of(credential: Credential) -> str:
    """The best picture of the award itself: a data URI or URL, "" when there is none."""
    for image in (credential.achievement.image, credential.award_image, credential.image):
        if image is not None:
            return image.id
    return ""
