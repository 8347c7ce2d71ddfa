"""Whose wallet a badge may go into: only then does what is signed for a key say the truth about who has it."""

from dataclasses import dataclass

import msgspec

from adapters.hub.credential import Recipient
from gateway.errors import GatewayError
from gateway.flows.match import matched
from gateway.ports.people import People
from gateway.proofs import jwk, multikey
from gateway.proofs.errors import KeyUnusable
from gateway.records.offers import Holder
from gateway.records.people import PEOPLE

_ITS_OWN = ("did:key:", "did:jwk:")
_FIX = (
    "add the address that the badge was awarded to to the account and confirm it, or ask the platform that awarded "
    "the badge for an offer of it"
)


class NotTheRecipient(GatewayError):
    """The credential is for somebody else, or says of nobody who is known that it is for them."""

    code = "not-the-recipient"


def key_of(recipient: Recipient) -> str:
    """The key that a badge is for, as `Holder.jwk`; "" where it names none.

    Compared are keys and not texts: the same one as a did:key and as a did:jwk is one.
    """
    named = recipient.id or ""
    if not named.startswith(_ITS_OWN):
        return ""
    try:
        return msgspec.json.encode(jwk.public_jwk(multikey.from_did(named))).decode()
    except KeyUnusable:
        return ""


def require_key(only: str, holders: tuple[Holder, ...]) -> None:
    """Let the badge of one key go to that key alone.

    Args:
        only: As `key_of`; "" for a badge of whom any of their keys will do.

    Raises:
        NotTheRecipient: One of the keys is another.
    """
    if only and any(holder.jwk != only for holder in holders):
        raise NotTheRecipient(
            "the badge was awarded to one key, and this wallet shows another",
            fix="fetch it with the wallet that has the key of the badge",
        )


@dataclass(frozen=True, slots=True)
class WhoseKey:
    """A person and whom a badge is for to the keys that it may be bound to when they fetch it by their own word.

    The word of a platform that awarded the badge counts for itself, and is not asked about here.
    """

    people: People

    async def __call__(self, person: str, recipient: Recipient) -> str:
        """Return "" where the badge names an address that the person confirmed: any key of theirs is its recipient's.

        Else the one key that it names, as `key_of`.

        Raises:
            NotTheRecipient: It names neither.
        """
        owner = await self.people.find(PEOPLE, person)
        if owner is not None and matched(recipient, owner.addresses) is not None:
            return ""
        if only := key_of(recipient):
            return only
        if recipient.id is None and not recipient.identities:
            raise NotTheRecipient("the badge names nobody, so nothing says whose wallet it belongs into", fix=_FIX)
        raise NotTheRecipient(
            "the badge names somebody who is none of the addresses that this person confirmed", fix=_FIX
        )
