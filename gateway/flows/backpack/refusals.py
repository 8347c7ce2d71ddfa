"""What is refused of a request before its badge is looked at, and of a badge that is of the wrong format."""

from gateway.errors import GatewayError, Refused


class NotJson(GatewayError):
    """The body is not JSON that everybody reads alike."""

    code = "not-json"


class RequestInvalid(GatewayError):
    """The body is JSON, and not what the operation takes."""

    code = "request-validation"


class NotAnAssertion(Refused):
    """The badge is sound as far as was looked, and no Assertion of Open Badges 2.0."""

    code = "not-an-assertion"
