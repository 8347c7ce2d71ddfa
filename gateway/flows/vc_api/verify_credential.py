"""A request to verify a credential -> its report -> what speaks against it, in the names of the W3C specifications."""

import re
from dataclasses import dataclass
from typing import Annotated, Any  # Any: members of JSON documents

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError, Malformed, TooLarge, UnknownFormat
from adapters.hub.opened import UnsupportedCarrier
from gateway.apart import apart
from gateway.errors import FetchBudget, Unreachable
from gateway.flows.vc_api.bodies import read
from gateway.flows.vc_api.problem_details import Level, ProblemDetails, W3c, problem, problems_of
from gateway.flows.verify import Verified, Verify
from gateway.proofs import data_integrity
from gateway.trust.report import Check, Outcome
from gateway.trust.served import listed

MOST_CHECKS = 20
TEXT_CHARACTERS = 1_048_576
"""Of a credential as text: what it holds may not be larger (adapters.hub.opened)."""

Word = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Said = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
"""A challenge or a domain."""

Document = (
    Annotated[dict[str, Any], msgspec.Meta(max_length=strict_json.DEFAULT.max_nodes)]
    | Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARACTERS)]
)

"""In JSON, or as a token."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){2}(~[A-Za-z0-9._~-]*)?")


class VerifyOptions(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What to look at, and what to answer (VCALM 1.0, VerifyCredentialOptions).

    Attributes:
        return_results: Whether the answer holds what was found of each proof, of the status, of the validity.
        return_problem_details: Whether it holds the problems.
        return_credential: Whether it repeats the credential.
        checks: Taken for the sake of older clients: every check is always made.
        challenge: That each of its proofs has to answer.
        domain: That each of its proofs has to be made for.
    """

    return_results: bool = False
    return_problem_details: bool = True
    return_credential: bool = False
    checks: Annotated[tuple[Word, ...], msgspec.Meta(max_length=MOST_CHECKS)] = ()
    challenge: Said | None = None
    domain: Said | None = None


class VerifyCredentialRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A credential, and how to verify it.

    Attributes:
        verifiable_credential: In JSON, enveloped (EnvelopedVerifiableCredential), or as a token.
    """

    verifiable_credential: Document
    options: VerifyOptions = VerifyOptions()


class _AsSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The same with the exact bytes of the credential, which signatures may cover."""

    verifiable_credential: msgspec.Raw
    options: VerifyOptions = VerifyOptions()


class Single(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one member of a credential, or of one proof.

    Attributes:
        verified: Whether nothing stands against it.
        input: The member as it was sent.
    """

    verified: bool
    input: Any


class Results(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What was found in detail (VCALM 1.0, VerificationResult).

    Attributes:
        proof: A proof set or chain is verified as a whole.
        checks: Every check by its name, in the words of this gateway.
    """

    valid_from: Single | None = None
    valid_until: Single | None = None
    credential_schema: tuple[Single, ...] = ()
    credential_status: tuple[Single, ...] = ()
    proof: tuple[Single, ...] = ()
    checks: tuple[Check, ...] = ()


class CredentialVerification(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Whether a credential is verified, and why not.

    Attributes:
        verified: Whether every check passed: who signed it, that it still stands, that it holds now.
        problem_details: Errors, then warnings; errors only where it is not verified.
        credential: As it was sent, where that was asked for.
    """

    verified: bool
    problem_details: tuple[ProblemDetails, ...] | msgspec.UnsetType = msgspec.UNSET
    results: Results | msgspec.UnsetType = msgspec.UNSET
    credential: Any = msgspec.UNSET


@dataclass(frozen=True, slots=True)
class VerifyCredential:
    """The body of a request to what is answered."""

    verify: Verify

    async def __call__(self, body: bytes) -> CredentialVerification:
        """Verify a credential; nothing is stored.

        What could not be found out is an error, as in every report of this gateway: a client that asked for a status
        is not told that all is well because a host did not answer.

        Args:
            body: A ``VerifyCredentialRequest`` in JSON.

        Raises:
            Malformed, TooLarge: The body is no JSON that everybody reads alike.
            FetchBudget: The caller has had as much fetched as it may.
        """
        sent = await apart(len(body), read, body, _AsSent)
        return await self.of(bytes(sent.verifiable_credential), sent.options)

    async def of(self, credential: bytes, options: VerifyOptions) -> CredentialVerification:
        """Verify one credential: JSON, of an object or of a text.

        Raises:
            FetchBudget: The caller has had as much fetched as it may.
        """
        try:
            verified = await self.verify(await apart(len(credential), _secured, credential))
        except FetchBudget:
            raise
        except (AdapterError, Unreachable) as error:
            return _answer(credential, options, (_unread(error),), None)
        found = (*_of_another_occasion(verified, options), *problems_of(verified))
        return await apart(len(credential), _answer, credential, options, found, verified)


def _secured(credential: bytes) -> bytes:
    """The bytes to verify; a text has to be a token, for an address would be fetched.

    Raises:
        Malformed: It is another text, or only says where a credential is.
    """
    value = msgspec.json.decode(credential)
    if not isinstance(value, str):
        if isinstance(value, dict) and value.keys() == {"url"}:
            raise Malformed("is an address", pointer="/verifiableCredential", fix="send the credential itself")
        return credential
    if not _TOKEN.fullmatch(value):
        raise Malformed(
            "is a text, and no token", pointer="/verifiableCredential", fix="send an object, or a JWT as it stands"
        )
    return value.encode()


def _unread(error: AdapterError | Unreachable) -> ProblemDetails:
    """Why a document was not even judged."""
    value = isinstance(error, UnknownFormat)
    kind = W3c.MALFORMED_VALUE_ERROR if value else W3c.PARSING_ERROR
    pointer = error.pointer if error.pointer.startswith("/") else ""
    return problem(kind, _words(error), fix=error.fix, pointer=pointer)


def _words(error: AdapterError | Unreachable) -> str:
    if isinstance(error, UnknownFormat | UnsupportedCarrier | TooLarge):
        return f"this gateway reads Open Badges and European Digital Credentials: the credential {error}"
    return str(error)


def _of_another_occasion(verified: Verified, options: VerifyOptions) -> tuple[ProblemDetails, ...]:
    """Each proof answers the challenge and is for the domain that the caller expects (Data Integrity 1.0 section 4.4).

    A proof may name several domains; that of the caller has to be one of them.
    """
    proofs = [
        each if isinstance(each, dict) else {} for each in data_integrity.proofs(verified.received.opened.document)
    ]
    found = []
    if options.challenge is not None and not (
        proofs and all(each.get("challenge") == options.challenge for each in proofs)
    ):
        found.append(problem(W3c.INVALID_CHALLENGE_ERROR, "its proof does not answer the challenge", pointer="/proof"))
    if options.domain is not None and not (
        proofs and all(options.domain in listed(each.get("domain")) for each in proofs)
    ):
        found.append(problem(W3c.INVALID_DOMAIN_ERROR, "its proof is not for the domain", pointer="/proof"))
    return tuple(found)


def _answer(
    credential: bytes, options: VerifyOptions, found: tuple[ProblemDetails, ...], verified: Verified | None
) -> CredentialVerification:
    return CredentialVerification(
        verified=not any(each.level == Level.ERROR for each in found),
        problem_details=found if options.return_problem_details else msgspec.UNSET,
        results=_results(verified) if verified and options.return_results else msgspec.UNSET,
        credential=msgspec.Raw(credential) if options.return_credential else msgspec.UNSET,
    )


def _results(verified: Verified) -> Results:
    """What stands in the credential, each with what was found of it."""
    said = verified.received.opened.document
    stood = {check.name: check.outcome not in (Outcome.FAILED, Outcome.UNKNOWN) for check in verified.report.checks}

    def single(name: str, check: str) -> Single | None:
        return Single(verified=stood.get(check, False), input=said[name]) if name in said else None

    def several(name: str, check: str) -> tuple[Single, ...]:
        return tuple(Single(verified=stood.get(check, False), input=each) for each in listed(said.get(name)))

    return Results(
        valid_from=single("validFrom", "validity-period"),
        valid_until=single("validUntil", "validity-period"),
        credential_schema=several("credentialSchema", "schemas"),
        credential_status=several("credentialStatus", "status"),
        proof=several("proof", "proof"),
        checks=verified.report.checks,
    )
