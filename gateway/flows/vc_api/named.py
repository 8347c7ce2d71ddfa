"""The id by which a platform's software knows a credential -> the record."""

import hmac
import re
from dataclasses import dataclass

import msgspec

from gateway.errors import NotFound
from gateway.flows.identify import Identities
from gateway.ports import Credentials, Forms, Records
from gateway.records import Form, Record, Securing

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Named:
    """An id to the record of the platform that has it."""

    records: Records
    credentials: Credentials
    forms: Forms
    identities: Identities
    secret: bytes

    async def __call__(self, platform: str, name: str) -> Record:
        """Find a record by the id of its credential, by the address of one of its forms, or by its own id.

        Raises:
            NotFound: The platform has no such credential.
        """
        key = self.key(platform, name)
        found = await self.credentials.known(platform, key) if key else None
        if found is not None:
            return found
        addresses = (await self.identities(platform)).addresses
        id_ = name.removeprefix(addresses.issued(""))
        if _UUID.fullmatch(id_):
            form = await self.forms.find(platform, id_)
            found = await self.records.find(platform, form.credential if form else id_)
        if found is None:
            raise NotFound("there is no such credential", fix="name it by its id, or by the options' credentialId")
        return found

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
    for form in record.forms:
        if form.intent.securing is Securing.DATA_INTEGRITY and form.intent.holder == "" and form.sealed is not None:
            return form
    raise NotFound(
        "this credential was not issued with a proof in it", fix="export it: GET /v1/credentials/{id}/export"
    )
