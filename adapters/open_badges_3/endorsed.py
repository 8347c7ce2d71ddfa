"""The endorsements that a credential carries, each with what it may be about."""

from collections.abc import Iterator
from typing import Any  # Any: decoded JSON, validated against document.py

from adapters.hub.contract import Endorsed, Format
from adapters.hub.credential import Endorsement
from adapters.open_badges_3.members import items


def carried(credential: dict[str, Any], at: str) -> tuple[Endorsed, ...]:
    """Every endorsement in an AchievementCredential or an EndorsementCredential, embedded or as a token.

    On the credential itself it may be about the credential, its achievement or a profile in it; on any other thing it
    is about that thing.

    Args:
        credential: Validated against ``document``.
        at: Pointer to it.

    Source: Open Badges 3.0, member ``endorsement`` of AchievementCredential, Achievement and Profile.
    """
    things = list(_things(credential, at))
    every = tuple(dict.fromkeys(name for _, thing in things for name in _id(thing)))
    return tuple(
        Endorsed(endorsement=endorsement, pointer=pointer, about=every if thing is credential else _id(thing))
        for place, thing in things
        for endorsement, pointer in _on(thing, place)
    )


def _on(thing: dict[str, Any], at: str) -> Iterator[tuple[Endorsement, str]]:
    for pointer, document in items(thing, "endorsement", at):
        if isinstance(document, dict):
            yield Endorsement(format=Format.OPEN_BADGES_3, document=document), pointer
    for pointer, token in items(thing, "endorsementJwt", at):
        if isinstance(token, str):
            yield Endorsement(format=Format.OPEN_BADGES_3, token=token), pointer


def _things(credential: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What can be endorsed: the credential, its achievement, and the profiles in it."""
    subject = credential.get("credentialSubject", {})
    achievement = subject.get("achievement")
    yield at, credential
    yield from _profiles(credential.get("issuer"), f"{at}/issuer")
    yield from _profiles(subject.get("source"), f"{at}/credentialSubject/source")
    if isinstance(achievement, dict):
        yield f"{at}/credentialSubject/achievement", achievement
        yield from _profiles(achievement.get("creator"), f"{at}/credentialSubject/achievement/creator")


def _profiles(profile: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A profile and those it belongs to; nothing for an address."""
    if isinstance(profile, dict):
        yield at, profile
        yield from _profiles(profile.get("parentOrg"), f"{at}/parentOrg")


def _id(thing: dict[str, Any]) -> tuple[str, ...]:
    return (thing["id"],) if thing.get("id") else ()
