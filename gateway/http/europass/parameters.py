"""Parameters that several of these operations have."""

from typing import Annotated

from litestar.params import PathParameter, QueryParameter

from adapters.hub.contract import Written
from gateway.http.records import RecordId

WalletId = RecordId
DepositId = RecordId

UserEmail = Annotated[
    str, PathParameter(description="Percent-encoded where it has to be.", min_length=3, max_length=320)
]
ShareHash = Annotated[
    str, PathParameter(description="Of the link, from its answer.", pattern=r"^[A-Za-z0-9_-]{43}$(?!\n)", max_length=43)
]
Locale = Annotated[
    str,
    QueryParameter(
        description="Language of texts: `en` or `fr`; English for others.",
        pattern=r"^[A-Za-z]{0,8}([-_][A-Za-z0-9]{1,8})*$(?!\n)",
        max_length=35,
    ),
]
SendMail = Annotated[
    bool,
    QueryParameter(
        name="sendMail",
        description="Whether a letter goes to the address: once, only when new, and from no test platform.",
    ),
]
SendEmail = Annotated[bool, QueryParameter(name="sendEmail", description="The same, as later versions call it.")]
Password = Annotated[
    str,
    QueryParameter(
        description="Ignored: the key that seals is the platform's own, and no password of it is ever sent.",
        max_length=1000,
    ),
]
OnBehalf = Annotated[
    str,
    QueryParameter(
        name="signOnBehalf", description="Ignored: everything is sealed by the platform itself.", max_length=20
    ),
]
ToFormat = Annotated[
    tuple[Written, ...],
    QueryParameter(name="to", description="By default `elm-3`; of what is in ELM, `open-badges-3`.", max_items=1),
]
Offset = Annotated[int, QueryParameter(description="Of the first one.", ge=0, le=2**31 - 1)]
