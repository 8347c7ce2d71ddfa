"""What wallets send, as they really send it: credential, deferred credential and notification requests.

Members that are not known are passed over (OpenID4VCI 1.0 sections 8.2, 9.1 and 11.1).
"""

from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar  # Any: presentations in JSON-LD, and what is not read here

import msgspec
from msgspec import UNSET, Meta, UnsetType

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.flows.oid4vci.refusals import InvalidProof, Oid4vciRefused
from gateway.records.misfit import misfit

BATCH = 10
"""So many keys, and so many credentials, at most in one request."""

MAX_BYTES = 256 * 1024
_LIMITS = strict_json.Limits(max_bytes=MAX_BYTES, max_depth=32, max_nodes=10_000)

Text = Annotated[str, Meta(min_length=1, max_length=16_384)]
Name = Annotated[str, Meta(min_length=1, max_length=500)]
Presentation = Annotated[dict[str, Any], Meta(max_length=_LIMITS.max_nodes)]


class Proofs(msgspec.Struct, frozen=True, kw_only=True):
    """Proofs of possession, of one type; a key each, all with the same ``c_nonce``.

    Wallets that keep to drafts add ``proof_type`` here, which says what the member's name says.

    Attributes:
        jwt: JWTs of type ``openid4vci-proof+jwt``.
        di_vp: Verifiable Presentations with a Data Integrity proof; for ``ldp_vc`` only.
    """

    jwt: Annotated[list[Text], Meta(min_length=1, max_length=BATCH)] | UnsetType = UNSET
    di_vp: Annotated[list[Presentation], Meta(min_length=1, max_length=BATCH)] | UnsetType = UNSET


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """One proof, as drafts up to 15 had it; wallets of today send it."""

    proof_type: Literal["jwt"]
    jwt: Text


class CredentialRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A credential request (OpenID4VCI 1.0 section 8.2).

    Attributes:
        credential_configuration_id: What is wanted; or else ``credential_identifier``, as the token answer names it.
        proofs: Or else ``proof``.
        credential_response_encryption: Refused: answers are not encrypted beyond TLS.
    """

    credential_configuration_id: Name | UnsetType = UNSET
    credential_identifier: Name | UnsetType = UNSET
    proofs: Proofs | UnsetType = UNSET
    proof: Proof | UnsetType = UNSET
    credential_response_encryption: Any = UNSET


class DeferredRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A deferred credential request (OpenID4VCI 1.0 section 9.1)."""

    transaction_id: Name
    credential_response_encryption: Any = UNSET


class WalletEvent(StrEnum):
    """What became of a credential in a wallet."""

    ACCEPTED = "credential_accepted"
    FAILURE = "credential_failure"
    DELETED = "credential_deleted"


class NotificationRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A notification (OpenID4VCI 1.0 section 11.1).

    Attributes:
        event_description: Not kept: it is a stranger's text.
    """

    notification_id: Name
    event: WalletEvent
    event_description: Annotated[str, Meta(max_length=10_000)] | UnsetType = UNSET


Asked = TypeVar("Asked", CredentialRequest, DeferredRequest, NotificationRequest)


def asked(body: bytes, kind: type[Asked], refused: type[Oid4vciRefused]) -> Asked:
    """Read a body; what is wrong in its proofs is told as that.

    Raises:
        Oid4vciRefused: ``refused``, or `InvalidProof`: it is no JSON, names a member twice, or is not of this kind.
    """
    try:
        document = strict_json.decode(body, _LIMITS)
        return msgspec.convert(document, kind)
    except AdapterError as error:
        raise refused(f"the body is no JSON that all readers read alike: {error}") from error
    except msgspec.ValidationError as error:
        found = misfit(kind, str(error))
        of_proofs = found.pointer.startswith("/proof")
        raise (InvalidProof if of_proofs else refused)(
            f"{found.pointer or 'the body'}: {found.reason}", pointer=found.pointer, fix=found.fix
        ) from error
