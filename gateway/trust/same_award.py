"""Is a converted credential about what its original is about: the same learner, the same achievement, the same time?"""

import datetime as dt
from typing import Final

from adapters.hub.contract import Reading
from adapters.hub.credential import Credential, Identity, Recipient
from gateway.proofs import identity_hash
from gateway.records.tenants import MARK

_A_DAY: Final = dt.timedelta(days=1)
"""Some formats tell days where others tell moments."""
_MOST_PAIRS: Final = 64
_MOST_IDENTITIES: Final = 20
_LONGEST: Final = 1_000
"""Bounds on what is compared, characters of an identity among it; nobody who converts needs more."""
_MAIL: Final = "mailto:"


def contradiction(copy: Reading, original: Reading) -> str:
    """Say what a converted credential says otherwise than its original, "" when nothing.

    Only what both say is compared, since a format need not have a place for all that the other says; but whoever is
    named by the copy must be named by the original. Each award of the copy must be one of the original's.

    Args:
        original: What the copy embeds, whatever it is worth.
    """
    if len(copy.credentials) * len(original.credentials) > _MOST_PAIRS:
        return "it holds more awards than are compared"
    candidates = [(each, _names(each)) for each in original.credentials]
    for award in copy.credentials:
        names = _names(award)
        found = [_contradiction(award, names, each, theirs) for each, theirs in candidates]
        if found and all(found):
            return found[0]
    return ""


def _contradiction(copy: Credential, names: set[str], original: Credential, theirs: set[str]) -> str:
    if theirs and not names <= theirs:
        return "the achievement has another name in it"
    if _is_another(copy.recipient, original.recipient):
        return "it is for somebody else"
    if original.valid_until is not None and not _ends_by(copy.valid_until, original.valid_until):
        return "it ends earlier"
    earned = original.awarded or original.valid_from
    if copy.awarded is not None and earned is not None and abs(copy.awarded - earned) > _A_DAY:
        return "it was awarded at another time"
    return ""


def _names(credential: Credential) -> set[str]:
    """What the award is called, without the mark of a test."""
    names = (credential.name, credential.award_name, credential.achievement.name)
    return {" ".join(text.removeprefix(MARK).split()) for name in names for text in name.values()} - {""}


def _ends_by(end: dt.datetime | None, latest: dt.datetime) -> bool:
    return end is not None and end - latest < _A_DAY


def _is_another(copy: Recipient, original: Recipient) -> bool:
    named = copy.id is not None or bool(copy.identities)
    if not named or (original.id is None and not original.identities):
        return False
    if copy.id is not None and original.id is not None and copy.id != original.id:
        return True
    ours, theirs = _identities(copy), _identities(original)
    known = [each for each in ours if any(_is(each, other) for other in theirs)]
    both = {each.kind for each in ours} & {each.kind for each in theirs}
    return not known or any(each not in known for each in ours if each.kind in both)


def _identities(recipient: Recipient) -> tuple[Identity, ...]:
    own = (Identity(kind="", value=recipient.id, hashed=False),) if recipient.id is not None else ()
    return (*own, *recipient.identities)[:_MOST_IDENTITIES]


def _is(one: Identity, other: Identity) -> bool:
    if one.hashed == other.hashed:
        return _plain(one) == _plain(other)
    hashed, plain = (one, other) if one.hashed else (other, one)
    if len(plain.value) + len(hashed.salt or "") > _LONGEST:
        return False
    return identity_hash.matches(hashed.value, plain.value.removeprefix(_MAIL), hashed.salt or "") is not None


def _plain(identity: Identity) -> str:
    return " ".join(identity.value.removeprefix(_MAIL).split()).casefold()
