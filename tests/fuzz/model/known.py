"""What a simple mind would remember of everything that it asked the gateway to do."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from tests.laundering.sources import Kind
from tests.simulators.wallet import Wallet


class State(StrEnum):
    """Of a credential."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


@dataclass
class Badge:
    """Something that an upstream issuer gave out.

    Attributes:
        sent: The bytes that a platform sends.
        received: The bytes that the gateway keeps as the original.
        place: Where its issuer would take it back.
        stands: Whether its issuer has not.
    """

    number: int
    kind: Kind
    sent: bytes
    received: bytes
    place: str
    expires: dt.datetime | None = None
    stands: bool = True

    def is_sound(self, now: dt.datetime) -> bool:
        """Whether a verifier would take it."""
        return self.stands and (self.expires is None or now < self.expires)


@dataclass
class Form:
    """What was sealed, as it was released.

    Attributes:
        bound: Whether it was made for the key of a wallet, so that nobody is served it.
        entry: The status list and the index in it; None for what is hosted.
        suspendable: Whether its entry can come to say that it is suspended.
    """

    id: str
    format: str
    securing: str
    body: bytes
    url: str
    bound: bool = False
    entry: tuple[str, int] | None = None
    suspendable: bool = False


@dataclass
class Credential:
    """A record.

    Attributes:
        badge: What it was converted from; None for what the platform awarded itself.
        original: The exact bytes that were received.
        enrolled: Whether its source is watched.
        followed: Whether it was seen that its issuer took the badge back.
    """

    id: str
    original: bytes
    badge: Badge | None = None
    state: State = State.ACTIVE
    enrolled: bool = False
    followed: bool = False
    forms: dict[str, Form] = field(default_factory=dict)

    def is_sound(self, now: dt.datetime) -> bool:
        """Whether its forms verify."""
        expires = self.badge.expires if self.badge else None
        return self.state is State.ACTIVE and (expires is None or now < expires)

    @property
    def suspendable(self) -> bool:
        """Whether it can be suspended: each of its forms then is."""
        return all(form.suspendable for form in self.forms.values())

    @property
    def partly_suspendable(self) -> bool:
        """Whether some form was issued to be suspended: then no form is added that could not."""
        return any(form.suspendable for form in self.forms.values())

    def has(self, format: str, securing: str) -> bool:
        """Whether there is such a form for everybody."""
        return any(
            (each.format, each.securing, each.bound) == (format, securing, False) for each in self.forms.values()
        )


@dataclass
class Offer:
    """An offer to wallets.

    Attributes:
        wallet: The one that claimed it.
    """

    id: str
    credential: Credential
    state: str = "open"
    expires: dt.datetime | None = None
    claimed: dt.datetime | None = None
    wallet: Wallet | None = None


@dataclass
class Repeatable:
    """A request with an Idempotency-Key, what was answered, and whether what that told of was erased."""

    key: str
    wish: tuple[str, str]
    answer: bytes
    until: dt.datetime
    erased: bool = False


@dataclass
class Platform:
    """One tenant.

    Attributes:
        told: Every event that it should have been told by now: type, and id of the credential.
        seen: What its feed said, in order.
        cursor: How far it read.
        gone: Addresses of what it removed: the paths, each of which answers 404 for good.
        dead: API keys that were ended.
    """

    name: str
    key: str
    credentials: dict[str, Credential] = field(default_factory=dict)
    of_badge: dict[int, Credential] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    signing: dict[str, str] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    cursor: str = ""
    repeatable: list[Repeatable] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)

    def tell(self, credential: Credential | str, *kinds: str) -> None:
        """Expect these events."""
        name = credential if isinstance(credential, str) else credential.id
        self.told += [(kind, name) for kind in kinds]


Asked = dict[str, dt.datetime]
"""When each place was last asked whether something was taken back."""
