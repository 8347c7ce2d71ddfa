"""People who own badges and their addresses, which are encrypted and found by an HMAC."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.edges.database import Database, Row, Work, instant, micros, single
from gateway.edges.envelope import Envelope
from gateway.errors import NotFound
from gateway.records.mailbox import normal
from gateway.records.people import Address, AddressKind, Person

_PERSON = "select id, platform, created, language from people where platform = $1 and id = $2"
_THEIRS = """
select id, kind, value, confirmed from person_addresses where platform = $1 and person = $2 order by confirmed, id
"""
_OWNER = "select person from person_addresses where platform = $1 and kind = $2 and lookup = $3"
_SPELLED = "select id, value from person_addresses where platform = $1 and kind = $2 and lookup = $3"
_ADD_PERSON = "insert into people (id, platform, created, language) values ($1, $2, $3, $4)"
# Last of what it takes to make a person, and taken back with the rest of it when the address has an owner.
_ADD_ADDRESS = """
insert into person_addresses (id, platform, person, kind, lookup, value, confirmed) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (platform, kind, lookup) do nothing
returning person
"""
_DROP_PERSON = "delete from people where platform = $1 and id = $2"
# Takes the row, so that of two removals at once the second one counts after the first.
_LOCK = "update people set language = language where platform = $1 and id = $2"
_DROP_ADDRESS = "delete from person_addresses where platform = $1 and person = $2 and id = $3"
_END_OTHERS = "delete from sessions where platform = $1 and person = $2 and id <> $3"
_SPEAK = "update people set language = $3 where platform = $1 and id = $2"


@dataclass(frozen=True, slots=True)
class StoredPeople:
    """The ports ``People`` and ``Addresses``."""

    database: Database
    envelope: Envelope

    async def find(self, platform: str, person_id: str) -> Person | None:
        """Return the person with this id."""
        database = self.database.within(platform)
        for row in await database.fetch(_PERSON, platform, person_id):
            return self._person(row, await database.fetch(_THEIRS, platform, person_id))
        return None

    async def spelled(self, platform: str, kind: AddressKind, value: str) -> str:
        """Return an address as its owner confirmed it, whatever its case here; as it is when nobody has confirmed it.

        One statement for both, and the decryption of a few bytes more for one.
        """
        lookup = address_lookup(self.envelope, platform, kind, value)
        for row in await self.database.within(platform).fetch(_SPELLED, platform, kind.value, lookup):
            return self.envelope.opened(_place(platform, row["id"]), row["value"]).decode()
        return value

    async def ensure(self, person: Person) -> Person:
        """Return whom the person's only address belongs to; store the person when it belongs to nobody."""
        [address] = person.addresses
        values = self._values(person.platform, person.id, address)
        owner = await self.database.within(person.platform).transaction(lambda: _ensured(person, values))
        return person if owner == person.id else await self._required(person.platform, owner)

    async def speak(self, platform: str, person_id: str, language: str) -> None:
        """Write to the person in this language from now on."""
        await self.database.within(platform).transaction(single(_SPEAK, platform, person_id, language))

    async def add(self, platform: str, person_id: str, address: Address) -> bool:
        """Give the person this address; False when somebody else has it."""
        values = self._values(platform, person_id, address)
        owner = await self.database.within(platform).transaction(lambda: _added(values))
        return owner == person_id

    async def remove(self, platform: str, person_id: str, address_id: str, session_id: str) -> bool:
        """Take an address of the person away; False when it is their last one. All their sessions but this one end.

        Raises:
            NotFound: The person has no such address.
        """
        work = self.database.within(platform).transaction
        return await work(lambda: _removed(platform, person_id, address_id, session_id))

    async def _required(self, platform: str, person_id: str) -> Person:
        found = await self.find(platform, person_id)
        if found is None:
            raise NotFound("this person is not here any more")
        return found

    def _person(self, row: Row, addresses: Sequence[Row]) -> Person:
        return Person(
            id=row["id"],
            platform=row["platform"],
            addresses=tuple(
                Address(
                    id=each["id"],
                    kind=AddressKind(each["kind"]),
                    value=self.envelope.opened(_place(row["platform"], each["id"]), each["value"]).decode(),
                    confirmed_at=instant(each["confirmed"]),
                )
                for each in addresses
            ),
            created=instant(row["created"]),
            language=row["language"],
        )

    def _values(self, platform: str, person_id: str, address: Address) -> tuple[str | bytes | int, ...]:
        return (
            address.id,
            platform,
            person_id,
            address.kind.value,
            address_lookup(self.envelope, platform, address.kind, address.value),
            self.envelope.sealed(_place(platform, address.id), address.value.encode()),
            micros(address.confirmed_at),
        )


def address_lookup(envelope: Envelope, platform: str, kind: str, value: str) -> bytes:
    """By what an address is found: nobody without the master key can tell which addresses are here."""
    spelling = normal(value) if kind == AddressKind.EMAIL else value
    found_by = f"{platform}\0{kind}\0{spelling}"
    return hmac.digest(envelope.derived("addresses of people"), found_by.encode(), "sha256")


def _ensured(person: Person, values: tuple[str | bytes | int, ...]) -> Work[str]:
    platform, kind, lookup = person.platform, values[3], values[4]
    for row in (yield _OWNER, (platform, kind, lookup)):
        return str(row["person"])
    yield _ADD_PERSON, (person.id, platform, micros(person.created), person.language)
    if (yield _ADD_ADDRESS, values):
        return person.id
    yield _DROP_PERSON, (platform, person.id)
    [row] = yield _OWNER, (platform, kind, lookup)
    return str(row["person"])


def _added(values: tuple[str | bytes | int, ...]) -> Work[str]:
    yield _ADD_ADDRESS, values
    [row] = yield _OWNER, (values[1], values[3], values[4])
    return str(row["person"])


def _removed(platform: str, person_id: str, address_id: str, session_id: str) -> Work[bool]:
    yield _LOCK, (platform, person_id)
    theirs = {row["id"] for row in (yield _THEIRS, (platform, person_id))}
    if address_id not in theirs:
        raise NotFound("you have no such address")
    if len(theirs) == 1:
        return False
    yield _DROP_ADDRESS, (platform, person_id, address_id)
    yield _END_OTHERS, (platform, person_id, session_id)
    return True


def _place(platform: str, address_id: str) -> str:
    return f"person_addresses.value/{platform}/{address_id}"
