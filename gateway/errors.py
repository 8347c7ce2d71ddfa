"""Everything the gateway refuses, by reason; status codes live in http/problems.py alone."""

INTERNAL = "internal"
"""The code of mistakes of our own."""


class GatewayError(Exception):
    """A request that the gateway understood and cannot or will not serve.

    Attributes:
        code: Stable machine name of the reason; one per subclass that a caller may see. Those without one never get
            that far: whoever meets them makes a check of a report or another refusal of them.
        pointer: JSON Pointer (RFC 6901) to the place in the request, "" for all of it.
        fix: What the caller can change, "" when there is nothing to say.
    """

    code = INTERNAL

    def __init__(self, reason: str, *, pointer: str = "", fix: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.pointer = pointer
        self.fix = fix


class Refused(GatewayError):
    """Policy does not allow signing this: a check failed or could not be made."""

    code = "refused"


class Unreachable(GatewayError):
    """A document that the decision depends on could not be fetched."""

    code = "unreachable"


class NoDocument(Unreachable):
    """The host itself answers that there is no such document: 404, 410, or a web page in its stead."""


class FetchBlocked(Unreachable):
    """The address is one that the gateway never fetches from."""

    code = "fetch-blocked"


class NotAsked(Unreachable):
    """Our own limits kept us from asking: it says nothing of the document."""


class FetchBudget(NotAsked):
    """The caller has had too many documents fetched; ``retry_after_s`` says when to come back."""

    code = "fetch-budget"

    def __init__(self, reason: str, *, retry_after_s: float) -> None:
        super().__init__(reason, fix="Try again later, or send fewer documents at once.")
        self.retry_after_s = retry_after_s


class Unavailable(GatewayError):
    """A store, cache or signer of ours did not answer; trying again may help."""

    code = "unavailable"


class Unstorable(GatewayError):
    """A text of the request holds what no database keeps: NUL, or half a surrogate pair."""

    code = "unstorable"

    def __init__(self, *, pointer: str = "") -> None:
        super().__init__(
            f"{pointer or 'a text'}: NUL and halves of surrogate pairs cannot be stored",
            pointer=pointer,
            fix="leave these characters out",
        )


class NotFound(GatewayError):
    """There is nothing under this id for this caller."""

    code = "not-found"


class Erased(NotFound):
    """A credential was under this address, and was erased: what it held is gone for good."""

    code = "erased"

    def __init__(self) -> None:
        super().__init__("the credential that was here was erased, and what was issued of it was revoked")


class NotIssuable(GatewayError):
    """The plain data contradicts itself, or says what no badge may say."""

    code = "not-issuable"


class NotActive(GatewayError):
    """The credential was suspended or revoked, so no further form of it is made."""

    code = "not-active"

    def __init__(self) -> None:
        super().__init__(
            "this credential was suspended or revoked, so no further form of it is made",
            fix="reinstate it first when it was suspended; a revocation is for good",
        )


class NotSuspendable(GatewayError):
    """The credential, or one of its forms, cannot be suspended or reinstated."""

    code = "not-suspendable"


class Unauthorised(GatewayError):
    """The API key is missing, unknown or revoked."""

    code = "unauthorised"


class InsufficientScope(GatewayError):
    """The API key is known, and was not given what this operation needs."""

    code = "insufficient-scope"


class Taken(GatewayError):
    """There is one with this id or address already."""

    code = "taken"


class UnusableId(GatewayError):
    """Nothing can have such an id."""

    code = "unusable-id"


class LastOwner(GatewayError):
    """Without this member nobody could manage the platform."""

    code = "last-owner"


class LimitRaised(GatewayError):
    """Only whoever runs the gateway raises the limits of a platform."""

    code = "limit-raised"


class PastExpiry(GatewayError):
    """Something should end before it begins."""

    code = "past-expiry"


class TooFarAhead(GatewayError):
    """Something should hold for longer than anything of its kind does."""

    code = "too-far-ahead"


class OutlivesMaker(GatewayError):
    """What a key gives to others ends no later than the key."""

    code = "outlives-maker"


class IdempotencyConflict(GatewayError):
    """The same Idempotency-Key came with another request: address, parameters, body or what may be read differ."""

    code = "idempotency-conflict"


class InProgress(GatewayError):
    """The same Idempotency-Key is being worked on at this moment."""

    code = "in-progress"


class AnswerErased(GatewayError):
    """What was answered to this Idempotency-Key told of a credential that was erased since."""

    code = "answer-erased"

    def __init__(self) -> None:
        super().__init__(
            "what this Idempotency-Key was answered with told of a credential that was erased since, so neither is the "
            "answer kept nor the work done again",
            fix="stop repeating this request; where the same is to be done anew, send it with a new key",
        )


class TooManyRequests(GatewayError):
    """The caller's rate limit is used up; ``retry_after_s`` says when to come back."""

    code = "too-many-requests"

    def __init__(self, reason: str, *, retry_after_s: float) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class IssueLimit(TooManyRequests):
    """The platform has issued as much as it may today."""

    code = "issue-limit"

    def __init__(self, most: int, retry_after_s: float) -> None:
        super().__init__(f"the platform issues at most {most} forms a day", retry_after_s=retry_after_s)


class Misconfigured(GatewayError):
    """The gateway cannot start or issue with these settings."""

    code = "misconfigured"


class NoMail(Misconfigured):
    """No way to deliver letters is configured, so nobody can sign in with one."""

    code = "no-mail"

    def __init__(self) -> None:
        super().__init__(
            "no mail server is set, so no links can be sent",
            pointer="GATEWAY_SMTP_URL",
            fix="set GATEWAY_SMTP_URL, as in smtp://user:password@mail.example.org:587, and GATEWAY_MAIL_FROM",
        )


class NoPublicAddress(Misconfigured):
    """Nothing can be issued, because the gateway does not know under which address it is served."""

    code = "no-public-address"

    def __init__(self) -> None:
        super().__init__(
            "no public address is set, so nothing can be issued",
            pointer="GATEWAY_PUBLIC_URL",
            fix="set GATEWAY_PUBLIC_URL to the https origin that will serve what you issue, for good; "
            "to try things out, GATEWAY_PUBLIC_URL=http://127.0.0.1:8000",
        )


class SealUnusable(GatewayError):
    """There is no key with a certificate in what is to be imported, or none that can seal."""

    code = "seal-unusable"


class NoSealIdentifier(GatewayError):
    """A seal names its owner by a registered identifier, and nobody has said which one that is."""

    code = "no-seal-identifier"


class KeyMissing(GatewayError):
    """No usable signing key for this purpose and algorithm."""

    code = "key-missing"


class PresentationRefused(GatewayError):
    """The presentation does not show that whoever sends it has the key that it names."""

    code = "presentation-refused"


class WrongOccasion(PresentationRefused):
    """It was made for another challenge or another domain, or too long ago."""

    code = "wrong-occasion"
