"""What kinds of SD-JWT VCs are issued here: their type metadata, for wallets and for readers."""

from dataclasses import dataclass

import msgspec

from gateway.errors import NoPublicAddress, NotFound
from gateway.issuing.withholding import KINDS, type_metadata


@dataclass(frozen=True, slots=True)
class DescribeType:
    """The last part of an address below ``/credential-types/`` to what it serves."""

    public_url: str

    def __call__(self, name: str) -> bytes:
        """Return the type metadata, JSON.

        Raises:
            NoPublicAddress: Nothing of ours has an address.
            NotFound: There is no such kind.
        """
        if not self.public_url:
            raise NoPublicAddress
        kind = next((kind for kind in KINDS.values() if kind.page == name), None)
        if kind is None:
            known = " and ".join(kind.page for kind in KINDS.values())
            raise NotFound("there is no such kind of credential", fix=f"there are {known}")
        return msgspec.json.encode(type_metadata(kind, self.public_url))
