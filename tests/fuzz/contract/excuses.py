"""The exceptions, by document; what they have in common comes first."""

from tests.fuzz.contract.excused import NEGATIVE, POSITIVE, Excused

OVER = Excused(
    check=POSITIVE,
    answers=("410 *",),
    why="What has ended has a name that fits as well; it was withdrawn or ran out in this very run.",
)
TOO_LARGE = Excused(
    check=NEGATIVE,
    answers=("413 *",),
    why="A body past the bounds on its members is refused as too large, which it is.",
)
KEY_USED = Excused(
    check=POSITIVE,
    answers=("422 idempotency-conflict",),
    why="The same Idempotency-Key is made up again for another request.",
)
CURSOR = Excused(
    check=POSITIVE,
    operations=("listCredentials", "listChanges", "listAudit", "listDeliveries"),
    answers=("400 bad-cursor", "400 unknown-cursor"),
    why="Cursors are given out; one that is made up fits the schema and names no place.",
)
NOT_KEPT = Excused(
    check=POSITIVE,
    answers=("400 *", "422 *"),
    holding=r"\\u0000|(^|[\[:,] ?)-?\d{19}",
    why="U+0000 and whole numbers past 64 bits are taken nowhere: no reader keeps them. Of members that nobody reads "
    "no schema can say so.",
)
SENT = (TOO_LARGE, NOT_KEPT)
"""Of whatever takes a body."""

TAKE_BADGES = ("inspectBadge", "verifyBadge", "convertBadge")
GATEWAY = (
    *SENT,
    OVER,
    KEY_USED,
    CURSOR,
    Excused(
        check=POSITIVE,
        operations=TAKE_BADGES,
        answers=(
            *("400 malformed", "415 unknown-format", "415 unsupported-carrier", "415 unsupported-jws-json"),
            *("400 bake-corrupt", "400 bake-empty", "422 unreachable"),
        ),
        why="Any object may be a badge by its schema; whether it is one, and sound, is the question that is asked.",
    ),
    Excused(
        check=POSITIVE,
        operations=("convertBadge",),
        answers=("422 refused", "422 no-such-award"),
        why="Whether a badge is sound is what is asked, and how many awards it holds, only the badge says.",
    ),
    Excused(
        check=POSITIVE,
        operations=("convertBadge", "addForms", "issueCredential"),
        answers=("400 not-sealable", "400 no-suspension"),
        why="Each parameter is right alone; a format that is sealed has no suspension.",
    ),
    Excused(
        check=POSITIVE,
        operations=("issueCredential",),
        answers=("422 not-issuable",),
        why="Each member is right alone; some formats need what an award lacks.",
    ),
    Excused(
        check=POSITIVE,
        operations=("createWebhook", "changeWebhook"),
        answers=("422 fetch-blocked",),
        why="An address that fits the schema may lead inside.",
    ),
    Excused(
        check=POSITIVE,
        operations=("rotateSigningKey",),
        answers=("422 seal-unusable",),
        why="A certificate knows its key: a key that seals has a successor only with its own certificate.",
    ),
    Excused(
        check=POSITIVE,
        operations=("verifyWebhook",),
        answers=("422 wrong-code",),
        why="No made up code is the right one.",
    ),
    Excused(
        check=POSITIVE,
        operations=("addMember", "changePlatform", "changeTenant"),
        answers=("400 malformed-address",),
        why="What an address is, no schema says in full.",
    ),
    Excused(
        check=POSITIVE,
        operations=("makePlatform", "changePlatform", "changeTenant"),
        answers=("422 unusable-id",),
        why="What an identifier of an issuer is, no schema says in full; some names of platforms are kept.",
    ),
    Excused(
        check=POSITIVE,
        operations=("makeApiKey", "makeClient", "makeTenantKey", "makeOffer"),
        answers=("422 past-expiry",),
        why="A time that fits may have passed.",
    ),
    Excused(
        check=POSITIVE,
        operations=("makeOffer",),
        answers=("422 too-far-ahead", "422 not-issuable", "400 malformed-address", "422 not-the-recipient"),
        why="Each member is right alone; what fits a credential, only the credential says.",
    ),
)
VC_API = (
    *SENT,
    OVER,
    KEY_USED,
    Excused(
        check=POSITIVE,
        operations=("verifyVerifiableCredential", "verifyPresentation"),
        answers=("400",),
        why="A made up credential is not verified, and the answer says so with 400 (VCALM 1.0).",
    ),
    Excused(
        check=POSITIVE,
        operations=("participateInExchange", "claimBare"),
        answers=("400 presentation-refused", "400 wrong-occasion"),
        why="A presentation is any object by its schema; no made up one is signed, and a challenge is good once.",
    ),
    Excused(
        check=POSITIVE,
        operations=("participateInExchange", "claimBare", "getExchangeRequest", "getExchangeProtocols"),
        answers=("422 not-offered",),
        why="Under an address that fits there may be an offer that is to be had in other ways.",
    ),
    Excused(
        check=POSITIVE,
        operations=("updateCredentialStatus",),
        answers=("400 not-suspendable",),
        why="A credential has a status with one purpose, for good.",
    ),
    Excused(
        check=POSITIVE,
        operations=("issueVerifiableCredential",),
        answers=("400 not-issuable",),
        why="A credential is any object by its schema.",
    ),
)
WALLETS = (
    *SENT,
    OVER,
    Excused(
        check=POSITIVE,
        operations=("issueWalletCredential",),
        answers=(
            "400 invalid_encryption_parameters",
            "400 invalid_proof",
            "400 invalid_nonce",
            "400 invalid_credential_request",
            "400 unknown_credential_configuration",
            "400 unknown_credential_identifier",
            "400 credential_request_denied",
        ),
        why="Members that exclude each other each fit alone; no made up proof is signed (OpenID4VCI 1.0, 8.3.1).",
    ),
    Excused(
        check=POSITIVE,
        operations=("issueDeferredCredential",),
        answers=("400 invalid_transaction_id", "400 invalid_encryption_parameters", "400 invalid_credential_request"),
        why="Ids of transactions are given out, and nothing is encrypted here.",
    ),
    Excused(
        check=POSITIVE,
        operations=("notifyOfCredential",),
        answers=("400 invalid_notification_id",),
        why="Ids of notifications are given out.",
    ),
)
_ONCE = "an offer is good once, so most runs come after it was taken"
SELDOM = {
    "issueDeferredCredential": "an id of a transaction is given out only where a credential is not there at once",
    **dict.fromkeys(("participateInExchange", "claimBare", "getExchangeRequest", "getExchangeProtocols"), _ONCE),
}
"""Operations that may succeed in no run at all, and why; all others whose refusals are excused have to."""
LATE = {"issueToken": "a token that refreshes is good once, and most that are sent were used or are made up"}
"""Operations that have to in a long run alone, and why."""

FORMS = Excused(
    check=POSITIVE,
    operations=("pushAuthorizationRequest", "issueToken", "revokeToken", "revokeApplication", "answerAuthorization"),
    answers=("413 invalid_request", "413 too-large"),
    holding=r"(?s).{32768}",
    why="Fields that each fit may be too large together.",
)
OAUTH = (
    *SENT,
    FORMS,
    Excused(
        check=POSITIVE,
        operations=("registerClient",),
        answers=("413 invalid_request",),
        holding=r"(?s).{32768}",
        why="So may lists of addresses and texts.",
    ),
    Excused(
        check=POSITIVE,
        operations=("pushAuthorizationRequest", "revokeToken"),
        answers=("400 invalid_request",),
        why="Which fields are needed depends on others (RFC 9126 section 2.3, RFC 7009 section 2.1).",
    ),
    Excused(
        check=POSITIVE,
        operations=("pushAuthorizationRequest",),
        answers=("400 unsupported_response_type",),
        why="Any text fits; the only response type that is known is `code` (RFC 6749 section 4.1.2.1).",
    ),
    Excused(
        check=POSITIVE,
        operations=("issueToken",),
        answers=("400 invalid_request", "400 unsupported_grant_type", "400 invalid_grant"),
        why="Which fields are needed depends on others; codes and tokens are given out (RFC 6749 section 5.2).",
    ),
    Excused(
        check=POSITIVE,
        operations=("authorize", "answerAuthorization"),
        answers=("400 unknown-client", "400 question-expired"),
        why="Nobody is sent on to an application that is unknown, nor with a form that is over: a page says so.",
    ),
    Excused(
        check=POSITIVE,
        operations=("authorize",),
        answers=("400 invalid-request",),
        why="Which parameters may come together depends on others (RFC 9126 section 4); a page says so.",
    ),
    Excused(
        check=POSITIVE,
        operations=("registerClient",),
        answers=("400 invalid_client_metadata", "400 invalid_redirect_uri"),
        why="Texts that fit are no addresses, and most grants that are made up are unknown (RFC 7591 section 3.2.2).",
    ),
    Excused(
        check=NEGATIVE,
        operations=("authorize",),
        answers=("303",),
        leading=r"[?&]error=\w",
        why="An application that is known is told by way of the browser what is wrong (RFC 6749 section 4.1.2.1).",
    ),
    Excused(
        check=NEGATIVE,
        operations=("authorize", "listApplications", "revokeApplication"),
        answers=("303",),
        leading=r"^/account/sign-in\?",
        why="Who is not signed in is sent to where people sign in.",
    ),
)
OPEN_BADGES_3 = (
    *SENT,
    Excused(
        check=POSITIVE,
        operations=("upsertCredential", "putProfile"),
        answers=("422 invalid_data",),
        why="A credential and a Profile are any objects with a few members by their schemas.",
    ),
)
BADGE_CONNECT = (
    NOT_KEPT,
    Excused(
        check=POSITIVE,
        operations=("postAssertion", "postProfile"),
        answers=("400 REQUEST_VALIDATION_ERROR",),
        why="An Assertion is any object by its schema, and an address any text; most that are made up are neither.",
    ),
    Excused(
        check=POSITIVE,
        operations=("postAssertion",),
        answers=("400 RECIPIENT_PROFILE_MISMATCH", "400 INVALID_BADGE"),
        why="Whether a badge is sound, and whose, is what is asked.",
    ),
)
BADGR = (
    *SENT,
    Excused(
        check=POSITIVE,
        operations=("getBackpackToken",),
        answers=("413 too_large",),
        holding=r"(?s).{32768}",
        why="Fields that each fit may be too large together.",
    ),
    Excused(
        check=POSITIVE,
        operations=("importBadge",),
        answers=("413 too_large",),
        holding=r"(?s).{1000000}",
        why="So may members of an Assertion, of which no schema knows all.",
    ),
    Excused(
        check=POSITIVE,
        operations=("importBadge",),
        answers=("400 invalid_request", "415 unknown_format", "422 unreachable"),
        why="An Assertion is any object and an address any text; whether a badge is there is what is asked.",
    ),
    Excused(
        check=POSITIVE,
        operations=("getBackpackToken",),
        answers=("400 invalid_request",),
        why="None of the fields is needed for every grant (RFC 6749 section 4.3).",
    ),
)
ASKED_OF_A_FILE = ("showCredentialDetails", "verifyCredential")
DEPOSITS = ("depositCredential", "depositCredentialByEmail")
EUROPASS = (
    *SENT,
    OVER,
    KEY_USED,
    Excused(
        check=POSITIVE,
        operations=(*ASKED_OF_A_FILE, "convertCredential", *DEPOSITS),
        answers=(
            *("400 bake-corrupt", "400 bake-empty", "400 malformed", "415 unknown-format", "415 unsupported-carrier"),
            "422 unreachable",
        ),
        why="Any object and any file fit the schema; whether it is a credential is what is asked.",
    ),
    Excused(
        check=POSITIVE,
        operations=("convertCredential", *DEPOSITS),
        answers=("422 refused",),
        why="So is whether it is sound.",
    ),
    Excused(
        check=POSITIVE,
        operations=DEPOSITS,
        answers=("400 not.sealed",),
        why="A credential without a seal is an object as well.",
    ),
    Excused(
        check=POSITIVE,
        operations=("sealCredential", "sealAndSendCredential"),
        answers=("400 malformed", "400 not-an-upload"),
        why="Any object and any file fit the schema; most that are made up are no upload.",
    ),
    Excused(
        check=POSITIVE,
        operations=("sealAndSendCredential",),
        answers=("400 no-delivery",),
        why="An upload may name nobody to whom it is sent.",
    ),
    Excused(
        check=NEGATIVE,
        operations=("sealBatch",),
        answers=("202",),
        why="Each member of a list is judged for itself, and its refusal stands in the answer.",
    ),
    Excused(
        check=POSITIVE,
        operations=("makeWallet", "depositCredentialByEmail"),
        answers=("400 malformed-address",),
        why="What an address is, no schema says in full.",
    ),
    Excused(
        check=POSITIVE,
        operations=("shareDeposit",),
        answers=("422 past-expiry", "422 too-far-ahead"),
        why="A time that fits may have passed, or be more than a year away.",
    ),
)
