"""What a person's authorised applications learn of who they are: the addresses that were confirmed."""

from dataclasses import dataclass

import msgspec

from gateway.errors import NotFound
from gateway.ports.people import People
from gateway.records.people import PEOPLE, AddressKind, Person


class Described(msgspec.Struct, frozen=True):
    """A person as Open Badges 2.0 identifies recipients.

    Attributes:
        id: IRI.
    """

    id: str
    emails: tuple[str, ...]
    urls: tuple[str, ...]
    telephones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DescribePerson:
    """An id to a person's confirmed addresses."""

    people: People

    async def __call__(self, person_id: str) -> Described:
        """Return what the person has confirmed.

        Raises:
            NotFound: There is no such person any more.
        """
        person = await self.people.find(PEOPLE, person_id)
        if person is None:
            raise NotFound("there is no such person")
        return described(person)


def described(person: Person) -> Described:
    """The confirmed addresses by kind, oldest first."""

    def of(kind: AddressKind) -> tuple[str, ...]:
        return tuple(address.value for address in person.addresses if address.kind is kind)

    return Described(f"urn:uuid:{person.id}", of(AddressKind.EMAIL), of(AddressKind.URL), of(AddressKind.TELEPHONE))
