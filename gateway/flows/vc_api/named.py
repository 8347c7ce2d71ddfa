"""The id by which a platform's software knows a credential -> the record.

The names that the gateway gives come first, and nobody may choose one of them: whoever may issue could otherwise have
what somebody says of one credential happen to another.
"""

import hmac
import re
from dataclasses import dataclass

import msgspec

from gateway.errors import NotFound
from gateway.flows.identify import Identities
from gateway.issuing.authority import is_at
from gateway.ports import Credentials, Forms, Records
from gateway.ports.erasure import Tombstones
from gateway.records import Form, Record, Securing

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_URN = re.compile(r"urn:(uuid|credential):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """An id to the record of the platform that has it."""

    records: Records
    credentials: Credentials
    forms: Forms
    identities: Identities
    tombstones: Tombstones
    secret: bytes

    async def __call__(self, platform: str, name: str) -> Record:
        """Find a record by its own id, by the address of one of its forms, or by the id that its platform gave it.

        Raises:
            NotFound: The platform has no such credential.
        """
        addresses = (await self.identities(platform)).addresses
        found = await self._given(platform, name.removeprefix(addresses.issued("")))
        if found is None and (key := self.key(platform, name)):
            found = await self.credentials.known(platform, key)
        if found is None:
            raise NotFound("there is no such credential", fix="name it by its id, or by the options' credentialId")
        return found

    async def is_ours(self, platform: str, name: str) -> bool:
        """Whether a name is of those that the gateway gives, so that no platform may choose it.

        One whose credential was erased is never given to another: somebody may still have that, and it is revoked.
        """
        addresses = (await self.identities(platform)).addresses
        if is_at(name, addresses.public_url) or _UUID.fullmatch(name.lower()):
            return True
        urn = _URN.match(name)
        id_ = name[urn.end() :].lower() if urn is not None else ""
        return await self._given(platform, id_) is not None or await self._was_given(platform, id_)

    async def _given(self, platform: str, id_: str) -> Record | None:
        """The record that has this id, or a form with it."""
        if not _UUID.fullmatch(id_):
            return None
        form = await self.forms.find(platform, id_)
        return await self.records.find(platform, form.credential if form else id_)

    async def _was_given(self, platform: str, id_: str) -> bool:
        """Whether a record that was erased had this id, or a form of one."""
        if not _UUID.fullmatch(id_):
            return False
        return await self.tombstones.record(id_) or await self.tombstones.form(platform, id_) is not None

    def key(self, platform: str, name: str) -> bytes | None:
        """What finds a credential that has an id; keyed, so that whoever reads the store cannot tell which it is."""
        if not name:
            return None
        parts = msgspec.msgpack.encode(("id in VC-API", platform, name))
        return hmac.digest(self.secret, parts, "sha256")


def shown(record: Record) -> Form:
    """The form of a record that is bound to nobody and carries its proof in the document, for whom may have all.

    Raises:
        NotFound: It has none.
    """
    for form in record.unbound:
        if form.intent.securing is Securing.DATA_INTEGRITY and form.sealed is not None:
            return form
    raise NotFound(
        "this credential was not issued with a proof in it", fix="export it: GET /v1/credentials/{id}/export"
    )
