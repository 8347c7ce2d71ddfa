"""Everything a wallet's request is refused for, by the error codes of OpenID4VCI 1.0 sections 8.3.1.2, 9.3 and 11.3."""

from gateway.errors import GatewayError


class Oid4vciRefused(GatewayError):
    """A request of a wallet, refused; ``code`` is the error of the specification with hyphens."""


class InvalidCredentialRequest(Oid4vciRefused):
    """It lacks a member, has two that exclude each other, or is malformed."""

    code = "invalid-credential-request"


class UnknownCredentialConfiguration(Oid4vciRefused):
    """The credential configuration is in no metadata of ours, or not what the access token is for."""

    code = "unknown-credential-configuration"


class UnknownCredentialIdentifier(Oid4vciRefused):
    """The credential identifier did not come with this access token."""

    code = "unknown-credential-identifier"


class InvalidProof(Oid4vciRefused):
    """There is no proof of possession, or one of them does not show a key."""

    code = "invalid-proof"


class NoProof(InvalidProof):
    """There is none at all."""


class InvalidNonce(Oid4vciRefused):
    """The c_nonce of the proofs is unknown, too old, or was used."""

    code = "invalid-nonce"


class InvalidEncryptionParameters(Oid4vciRefused):
    """An encrypted answer is asked for; none is given here."""

    code = "invalid-encryption-parameters"


class CredentialRequestDenied(Oid4vciRefused):
    """The credential is not issued, and asking again does not help."""

    code = "credential-request-denied"


class InvalidTransactionId(Oid4vciRefused):
    """The transaction is unknown, too old, not what the access token is for, or was delivered."""

    code = "invalid-transaction-id"


class InvalidNotificationId(Oid4vciRefused):
    """The notification id did not come with a credential of this offer."""

    code = "invalid-notification-id"


class InvalidNotificationRequest(Oid4vciRefused):
    """The notification lacks a member, or names an event that there is not."""

    code = "invalid-notification-request"
