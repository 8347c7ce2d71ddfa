"""Everything an adapter may raise: what is wrong with the bytes, where, and how to mend it."""


class AdapterError(Exception):
    """The input could not be read, or the credential could not be written.

    Attributes:
        code: Stable machine name of the reason; one per subclass, which alone are raised.
        pointer: JSON Pointer (RFC 6901) to the place, "" for the whole document.
        fix: What the sender can change, "" when there is nothing to say.
    """

    code = "internal"

    def __init__(self, reason: str, *, pointer: str = "", fix: str = "") -> None:
        super().__init__(f"{pointer}: {reason}" if pointer else reason)
        self.reason = reason
        self.pointer = pointer
        self.fix = fix


class Malformed(AdapterError):
    """The bytes claim to be this format but break its rules."""

    code = "malformed"


class Unwritable(Malformed):
    """A text or a name holds what cannot be kept: U+0000, or half a surrogate pair."""


class Revoked(Malformed):
    """Nothing is left of the Assertion but that it was revoked, so there is no badge to read.

    A revoked Assertion need only hold ``id`` and ``revoked`` (Open Badges 2.0, Assertion, ``revoked``).
    """

    code = "revoked"

    def __init__(self, reason: str, *, pointer: str = "") -> None:
        super().__init__(reason, pointer=pointer, fix="Ask the issuer why, and whether there is a new badge.")


class TooLarge(AdapterError):
    """The input exceeds a size limit."""

    code = "too-large"


class UnknownFormat(AdapterError):
    """No registered adapter recognises the bytes."""

    code = "unknown-format"


class ReferenceMissing(AdapterError):
    """A document that this credential names by URL was not supplied."""

    code = "reference-missing"


class NotWritable(AdapterError):
    """The target format cannot hold this credential at all."""

    code = "not-writable"
