"""What both sides of an exchange say to each other (VCALM 1.0, "Participate in an Exchange")."""

from enum import StrEnum
from typing import Annotated, Any  # Any: members of JSON documents

import msgspec

from adapters.hub import strict_json
from gateway.records import Instant
from gateway.trust.presentation import CRYPTOSUITES, METHODS

LIMITS = strict_json.Limits(max_bytes=256 * 1024, max_depth=32, max_nodes=5_000)
"""Of what a wallet sends: the presentation of a key has 20 values."""

Presentation = Annotated[dict[str, Any], msgspec.Meta(max_length=LIMITS.max_nodes)]


class Participation(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a wallet sends: ``{}`` to begin, then a presentation. Other members of such messages are passed over.

    Attributes:
        verifiable_presentation: Signed by the wallet's key; some wallets send a list of one.
    """

    verifiable_presentation: (
        Presentation | Annotated[tuple[Presentation, ...], msgspec.Meta(min_length=1, max_length=1)] | msgspec.UnsetType
    ) = msgspec.UNSET


class Method(msgspec.Struct, frozen=True):
    """A DID method of the key."""

    method: str


class Suite(msgspec.Struct, frozen=True):
    """A suite that the key may sign with."""

    cryptosuite: str


class DidAuthentication(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Show a key (VCALM 1.0, "DID Authentication")."""

    type: str = "DIDAuthentication"
    accepted_methods: tuple[Method, ...] = tuple(map(Method, METHODS))
    accepted_cryptosuites: tuple[Suite, ...] = tuple(map(Suite, CRYPTOSUITES))


class Service(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where the presentation is sent."""

    type: str = "UnmediatedHttpPresentationService2021"
    service_endpoint: str


class Interact(msgspec.Struct, frozen=True, kw_only=True):
    """How the exchange goes on."""

    service: tuple[Service, ...]


class PresentationRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a wallet is asked to show.

    Attributes:
        challenge: Works once, for this exchange.
        domain: The origin of this gateway.
    """

    query: tuple[DidAuthentication, ...] = (DidAuthentication(),)
    challenge: str
    domain: str
    interact: Interact


class Handed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An unsigned presentation round what is handed over.

    Attributes:
        verifiable_credential: A list of one, the exact bytes that were sealed: some wallets take nothing but a list.
    """

    context: tuple[str, ...] = msgspec.field(default=("https://www.w3.org/ns/credentials/v2",), name="@context")
    type: tuple[str, ...] = ("VerifiablePresentation",)
    verifiable_credential: tuple[msgspec.Raw, ...]


class ExchangeMessage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a wallet is answered: either is there.

    Attributes:
        verifiable_presentation_request: What it is asked to show.
        verifiable_presentation: What it fetched; the exchange is complete.
    """

    verifiable_presentation_request: PresentationRequest | msgspec.UnsetType = msgspec.UNSET
    verifiable_presentation: Handed | msgspec.UnsetType = msgspec.UNSET


class Variables(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What an exchange is about.

    Attributes:
        credential_id: Of the credential that the wallet gets a form of: its id, the one that it was issued with, or the
            address of one of its forms. Answers have the first, as ``/v1/credentials`` lists it.
    """

    credential_id: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class NewExchange(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """An exchange to be made.

    Attributes:
        expires: When it ends, at most 90 days from now; 14 days where it is left out.
    """

    expires: Instant | None = None
    variables: Variables


class ExchangeState(StrEnum):
    """``PENDING``: nobody fetched it yet; ``COMPLETE``: somebody did; ``INVALID``: nobody can any more."""

    PENDING = "pending"
    COMPLETE = "complete"
    INVALID = "invalid"


class Exchange(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An exchange as its platform sees it.

    Attributes:
        id: Its address, which is all that a wallet needs.
        sequence: How often it changed.
        step: What a wallet is asked for.
        variables: What it was made with.
    """

    id: str
    sequence: int
    expires: Instant
    state: ExchangeState
    step: str = "claim"
    variables: Variables


class Challenge(msgspec.Struct, frozen=True):
    """A challenge that works once."""

    challenge: str
