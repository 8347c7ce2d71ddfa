"""Everything the authorization server refuses, by the error codes of RFC 6749, RFC 7591 and RFC 7009."""

from gateway.errors import GatewayError


class OAuthRefused(GatewayError):
    """A request of a client, refused; ``code`` is the error of the specification with hyphens."""


class InvalidRequest(OAuthRefused):
    """A parameter is missing, repeated or malformed (RFC 6749 section 5.2)."""

    code = "invalid-request"


class InvalidClient(OAuthRefused):
    """The client is unknown, or did not show who it is (RFC 6749 section 5.2)."""

    code = "invalid-client"


class InvalidGrant(OAuthRefused):
    """The code or refresh token is unknown, expired, used, or another client's (RFC 6749 section 5.2)."""

    code = "invalid-grant"


class UnauthorizedClient(OAuthRefused):
    """The client is not registered for this grant type (RFC 6749 section 5.2)."""

    code = "unauthorized-client"


class UnsupportedGrantType(OAuthRefused):
    """No client gets tokens in this way (RFC 6749 section 5.2)."""

    code = "unsupported-grant-type"


class UnsupportedResponseType(OAuthRefused):
    """Only codes are given (RFC 6749 section 4.1.2.1)."""

    code = "unsupported-response-type"


class InvalidScope(OAuthRefused):
    """The scope is unknown, or more than was granted (RFC 6749 section 5.2)."""

    code = "invalid-scope"


class InvalidAuthorizationDetails(OAuthRefused):
    """What is asked for in detail is unknown, malformed, or not to be had here (RFC 9396 section 5)."""

    code = "invalid-authorization-details"


class InvalidTarget(OAuthRefused):
    """The resource that the token is to be for is not ours (RFC 8707 section 2)."""

    code = "invalid-target"


class AccessDenied(OAuthRefused):
    """The person said no (RFC 6749 section 4.1.2.1)."""

    code = "access-denied"


class InvalidRedirectUri(OAuthRefused):
    """A redirect URI that no browser is sent to (RFC 7591 section 3.2.2)."""

    code = "invalid-redirect-uri"


class InvalidClientMetadata(OAuthRefused):
    """A member of a registration is missing or cannot be as it is (RFC 7591 section 3.2.2)."""

    code = "invalid-client-metadata"


class UnknownClient(GatewayError):
    """An authorization request without a client of ours, or to an address that it did not register.

    Nobody is redirected then (RFC 6749 section 4.1.2.1): the person gets a page.
    """

    code = "unknown-client"


class QuestionExpired(GatewayError):
    """A question of consent that was answered before, was asked too long ago, or was asked of somebody else."""

    code = "question-expired"
