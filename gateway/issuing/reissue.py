"""Make the gateway the issuer of a credential, and the original issuer its named source."""

from collections.abc import Iterator

import msgspec

from adapters.hub.contract import Issuance
from adapters.hub.credential import Credential, Profile
from adapters.hub.losses import Change, Loss, LossReport, pointers

_STAYS = "stays with the original: an endorsement is another issuer's, and may be revoked or end without this one"
_OTHER_AWARDER = "the place of the source now names the issuer that was converted from"
_NOT_TOGETHER = "stays with the original: they awarded it together with another one than the issuer that is named now"
_NOT_COMPARED = "stays with the original: its digest could not be compared with what is there"


class Reissued(msgspec.Struct, frozen=True):
    """A credential that is ours to sign.

    Attributes:
        origins: As in ``Reading.origins`` without the credential index, following what moved.
        losses: What the move replaced; sources point into the document that was read.
    """

    credential: Credential
    origins: dict[str, str]
    losses: LossReport


def reissue(credential: Credential, issuance: Issuance, origins: dict[str, str], *, compared: bool = True) -> Reissued:
    """Give the credential the gateway's id and issuer; the original issuer becomes ``source`` (and ``creator``).

    Who was the source before, such as the first awarding body of a credential that somebody else sealed, becomes the
    ``creator`` where there is none. Who awarded it together with them stays only where source and issuer are one.

    Endorsements stay behind, those of the profiles too, though they were verified: each names what it endorses by the
    id that the original has, one with an embedded proof cannot be signed over a second time in other contexts, and
    inside a document that the gateway signs one that was revoked since would look as if it still held.

    Args:
        origins: Neutral pointer -> pointer in the document read, for this credential.
        compared: Whether every digest of a related resource was found right; else they stay behind too, because under
            the gateway's signature they would look as if somebody had.
    """
    issuer = _unendorsed(credential.issuer)
    former = credential.source
    creator = credential.achievement.creator or former or issuer
    together = other_awarder(credential) is None
    kept = msgspec.structs.replace(
        credential,
        id=issuance.id,
        issuer=issuance.issuer,
        source=issuer,
        joint_awarders=tuple(map(_unendorsed, credential.joint_awarders)) if together else (),
        achievement=msgspec.structs.replace(credential.achievement, creator=_unendorsed(creator), endorsements=()),
        awarded=credential.awarded or credential.valid_from,
        endorsements=(),
        related_resources=credential.related_resources if compared else (),
    )
    moves = [("/issuer", "/source")]
    if credential.achievement.creator is None:
        moves.append(("/source" if former else "/issuer", "/achievement/creator"))
    if credential.awarded is None:
        moves.append(("/valid_from", "/awarded"))
    endorsements = tuple(_endorsements(credential))
    left = {at: _STAYS for at in origins if at.startswith(endorsements)}
    if not compared:
        left |= {at: _NOT_COMPARED for at in origins if at.startswith("/related_resources/")}
    if not together:
        left |= {at: _NOT_TOGETHER for at in origins if at.startswith("/joint_awarders/")}
    losses = tuple(Loss(change=Change.DROPPED, source=origins[at], note=left[at]) for at in sorted(left))
    staying = {at: origin for at, origin in origins.items() if at not in left}
    return Reissued(kept, _moved(staying, moves), _replaced(credential, staying) + LossReport(losses))


def _unendorsed(profile: Profile) -> Profile:
    parent = profile.parent_org
    return msgspec.structs.replace(profile, endorsements=(), parent_org=None if parent is None else _unendorsed(parent))


def other_awarder(credential: Credential) -> Profile | None:
    """Who awarded it, where that is another one than its issuer."""
    former = credential.source
    return None if former is None or _same(former, credential.issuer) else former


def _same(one: Profile, other: Profile) -> bool:
    """Whether both are one party: the same id, or where one has none, the same name."""
    if one.id and other.id:
        return one.id == other.id
    return bool(one.name) and one.name == other.name


def _endorsements(credential: Credential) -> Iterator[str]:
    """Where endorsements may stand: in the credential, its achievement, and each profile that is carried over."""
    yield from ("/endorsements/", "/achievement/endorsements/")
    carried = [
        (credential.issuer, "/issuer"),
        (credential.source, "/source"),
        (credential.achievement.creator, "/achievement/creator"),
        *((profile, f"/joint_awarders/{index}") for index, profile in enumerate(credential.joint_awarders)),
    ]
    for profile, at in carried:
        owner, place = profile, at
        while owner is not None:
            yield f"{place}/endorsements/"
            owner, place = owner.parent_org, f"{place}/parent_org"


def _moved(origins: dict[str, str], moves: list[tuple[str, str]]) -> dict[str, str]:
    """Origins under ``id``, ``issuer`` and ``source`` no longer hold; those that moved hold at their new place."""
    result = {at: origin for at, origin in origins.items() if at != "/id" and not at.startswith(("/issuer", "/source"))}
    for old, new in moves:
        for at, origin in origins.items():
            if at == old or at.startswith(old + "/"):
                result[new + at.removeprefix(old)] = origin
    return result


def _replaced(credential: Credential, origins: dict[str, str]) -> LossReport:
    losses: list[Loss] = []
    if "/id" in origins:
        note = "the gateway's credential has an id of its own; the original's id is named in its provenance"
        losses.append(Loss(change=Change.APPROXIMATED, source=origins["/id"], note=note))
    if credential.source is not None and credential.achievement.creator is not None:
        former = msgspec.to_builtins(credential.source, builtin_types=())
        present = {at for at in pointers(former, "/source") if at in origins}
        losses.extend(Loss(change=Change.DROPPED, source=origins[at], note=_OTHER_AWARDER) for at in sorted(present))
    return LossReport(tuple(losses))
