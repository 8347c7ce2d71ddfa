"""What the Europass-style endpoints refuse, by reason; their codes are those of Europass where it has one."""

from gateway.errors import GatewayError


class MissingFile(GatewayError):
    """The form has no part of the name that the operation reads, or more than it reads."""

    code = "missing-file"


class NotAnUpload(GatewayError):
    """The file is no credential in ELM that could be sealed, nor an upload form with one in it."""

    code = "not-an-upload"


class NotSealed(GatewayError):
    """What is to be put into a wallet carries no seal, is in another format, or has no id of its own."""

    code = "not.sealed"


class DuplicateCredential(GatewayError):
    """A credential with this id lies in the wallet already."""

    code = "duplicate-credential"

    def __init__(self) -> None:
        super().__init__(
            "a credential with this id is in the wallet already",
            fix="delete it first, or give the new one an id of its own",
        )


class SealedOtherwise(GatewayError):
    """The platform sealed something else under this id."""

    code = "sealed-otherwise"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "another credential was sealed under this id, and it says something else",
            pointer=pointer,
            fix="give this one an id of its own, or leave the id out; what was sealed stays as it is",
        )


class WalletFull(GatewayError):
    """The wallet holds as many credentials as it may."""

    code = "wallet-full"

    def __init__(self, at_most: int) -> None:
        super().__init__(f"a wallet holds at most {at_most} credentials", fix="delete what is not needed there first")


class NoDelivery(GatewayError):
    """The upload does not say, in a way that is understood, into which wallet the sealed credential goes."""

    code = "no-delivery"


class LinkExpired(GatewayError):
    """The share link was good, and is so no longer."""

    code = "link-expired"

    def __init__(self) -> None:
        super().__init__("this link has expired", fix="ask whoever gave it to you for a new one")
