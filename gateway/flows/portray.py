"""The Profile of a person, as Open Badges 3.0 has it: what an application wrote down, else what the account says."""

from dataclasses import dataclass
from typing import Any  # Any: members of JSON documents

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import Malformed
from gateway.apart import apart
from gateway.errors import NotFound
from gateway.ports import Clock
from gateway.ports.holdings import Profiles
from gateway.ports.oauth import Consents
from gateway.ports.people import People
from gateway.records.holdings import ProfileKind, StoredProfile
from gateway.records.people import AddressKind, Person

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
PROFILE = "Profile"
MAX_ID, MAX_TYPES, MAX_TYPE = 2048, 50, 500
"""Characters of an id, how many types, and characters of each."""

CONFIRMED = ("id", "email", "otherIdentifier")
"""Members that say who somebody is; only their own account can."""


@dataclass(frozen=True, slots=True)
class KeepProfile:
    """A Profile that an application sends to a stored one."""

    clock: Clock
    profiles: Profiles

    async def __call__(self, body: bytes, platform: str, person: str, client: str) -> bytes:
        """Keep the exact bytes in place of those before, and return them.

        What it says of addresses confirms none: a badge is matched with what its owner has shown to be theirs.

        Args:
            client: Id of the OAuth client that sends it.

        Raises:
            AdapterError: It is no Profile: JSON with an ``id`` and ``Profile`` among its types.
        """
        await apart(len(body), _require_profile, body)
        kept = StoredProfile(document=body, updated=self.clock(), client=client)
        await self.profiles.put(platform, person, ProfileKind.OPEN_BADGES_3, kept)
        return body


@dataclass(frozen=True, slots=True)
class ShowProfile:
    """A person to their Profile."""

    people: People
    profiles: Profiles
    consents: Consents

    async def __call__(self, platform: str, person: str, client: str, place: str) -> bytes:
        """Return what was stored last, else a Profile of what the account knows.

        The client that wrote it gets its own bytes. To all others it says who somebody is in the words of the account
        alone: whatever an application writes there would look confirmed to them.

        Args:
            client: Id of the OAuth client that asks.
            place: The address where the Profile is served: its id begins with it.

        Raises:
            NotFound: There is no such person.
        """
        kept = await self._kept(platform, person)
        if kept is not None and kept.client == client:
            return kept.document
        owner = await self.people.find(platform, person)
        if owner is None:
            raise NotFound("there is no such person")
        account = _of_account(owner, f"{place}#{owner.id}")
        if kept is None:
            return msgspec.json.encode(account)
        return await apart(len(kept.document), _for_others, kept.document, account)

    async def _kept(self, platform: str, person: str) -> StoredProfile | None:
        """What was stored under a consent that still holds; what was not is gone, and no new consent brings it back."""
        kept = await self.profiles.find(platform, person, ProfileKind.OPEN_BADGES_3)
        if kept is None:
            return None
        consents = await self.consents.held(platform, person, kept.client)
        if any(consent.granted <= kept.updated for consent in consents):
            return kept
        await self.profiles.remove(platform, person, ProfileKind.OPEN_BADGES_3, kept.updated)
        return None


def _require_profile(body: bytes) -> None:
    document = strict_json.decode(body)
    if not isinstance(document, dict):
        raise Malformed("a Profile is a JSON object", fix="send one Profile")
    found = document.get("type")
    types = found if isinstance(found, list) else [found]
    if PROFILE not in types:
        raise Malformed("/type: a Profile has Profile among its types", pointer="/type", fix='"type": ["Profile"]')
    if len(types) > MAX_TYPES or any(not isinstance(each, str) or len(each) > MAX_TYPE for each in types):
        fix = f"at most {MAX_TYPES} types, each a text of at most {MAX_TYPE} characters"
        raise Malformed("/type: too many types, or one that is no name", pointer="/type", fix=fix)
    if not isinstance(document.get("id"), str) or not document["id"].strip() or len(document["id"]) > MAX_ID:
        fix = f'an IRI of at most {MAX_ID} characters, such as "id": "https://host.example/people/1"'
        raise Malformed("/id: a Profile has an id", pointer="/id", fix=fix)


def _for_others(document: bytes, account: dict[str, Any]) -> bytes:
    written = strict_json.decode(document)
    theirs = {name: value for name, value in written.items() if name not in CONFIRMED}
    confirmed = {name: account[name] for name in CONFIRMED if name in account}
    return msgspec.json.encode({**theirs, **confirmed})


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
