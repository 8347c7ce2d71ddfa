"""The Profile of a person, as Open Badges 3.0 has it: what an application wrote down, else what the account says."""

from dataclasses import dataclass
from typing import Any  # Any: members of JSON documents

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import Malformed
from gateway.errors import NotFound
from gateway.ports import Clock
from gateway.ports.holdings import Profiles
from gateway.ports.people import People
from gateway.records.holdings import ProfileKind, StoredProfile
from gateway.records.people import AddressKind, Person
from gateway.trust.apart import apart

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
PROFILE = "Profile"


@dataclass(frozen=True, slots=True)
class KeepProfile:
    """A Profile that an application sends to a stored one."""

    clock: Clock
    profiles: Profiles

    async def __call__(self, body: bytes, platform: str, person: str) -> bytes:
        """Keep the exact bytes in place of those before, and return them.

        What it says of addresses confirms none: a badge is matched with what its owner has shown to be theirs.

        Raises:
            AdapterError: It is no Profile: JSON with an ``id`` and ``Profile`` among its types.
        """
        await apart(len(body), _require_profile, body)
        kept = StoredProfile(document=body, updated=self.clock())
        await self.profiles.put(platform, person, ProfileKind.OPEN_BADGES_3, kept)
        return body


@dataclass(frozen=True, slots=True)
class ShowProfile:
    """A person to their Profile."""

    people: People
    profiles: Profiles

    async def __call__(self, platform: str, person: str, place: str) -> bytes:
        """Return what was stored last, exactly, else a Profile of what the account knows.

        Args:
            place: The address where the Profile is served: its id begins with it.

        Raises:
            NotFound: There is no such person.
        """
        kept = await self.profiles.find(platform, person, ProfileKind.OPEN_BADGES_3)
        if kept is not None:
            return kept.document
        owner = await self.people.find(platform, person)
        if owner is None:
            raise NotFound("there is no such person")
        return msgspec.json.encode(_of_account(owner, f"{place}#{owner.id}"))


def _require_profile(body: bytes) -> None:
    document = strict_json.decode(body)
    if not isinstance(document, dict):
        raise Malformed("a Profile is a JSON object", fix="send one Profile")
    found = document.get("type")
    types = found if isinstance(found, list) else [found]
    if PROFILE not in types:
        raise Malformed("/type: a Profile has Profile among its types", pointer="/type", fix='"type": ["Profile"]')
    if not isinstance(document.get("id"), str) or not document["id"].strip():
        fix = 'an IRI such as "id": "https://host.example/people/1"'
        raise Malformed("/id: a Profile has an id", pointer="/id", fix=fix)


def _of_account(owner: Person, profile_id: str) -> dict[str, Any]:
    emails = [address.value for address in owner.addresses if address.kind is AddressKind.EMAIL]
    others = [address for address in owner.addresses if address.value != next(iter(emails), "")]
    entries = [
        {"type": "IdentifierEntry", "identifier": address.value, "identifierType": address.kind.value}
        for address in others
    ]
    members = {"email": next(iter(emails), None), "otherIdentifier": entries or None}
    found = {name: value for name, value in members.items() if value is not None}
    return {"@context": CONTEXTS, "id": profile_id, "type": [PROFILE], **found}
