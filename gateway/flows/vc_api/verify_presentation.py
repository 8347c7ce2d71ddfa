"""A request to verify a presentation -> who presents, for which occasion, and each credential in it by itself."""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Protocol  # Any: members of JSON documents

import msgspec

from gateway.apart import apart
from gateway.flows.vc_api.bodies import read
from gateway.flows.vc_api.problem_details import Level, ProblemDetails, W3c, found_in, problem
from gateway.flows.vc_api.verify_credential import (
    MOST_CHECKS,
    CredentialVerification,
    Document,
    Said,
    Single,
    VerifyCredential,
    VerifyOptions,
    Word,
)
from gateway.proofs import data_integrity
from gateway.trust.presented import Occasion, presented
from gateway.trust.presented_token import presented_token
from gateway.trust.report import Outcome, Report
from gateway.trust.served import listed

_ENVELOPED = "EnvelopedVerifiablePresentation"
_DATA_URL = re.compile(r"data:application/(?:vp\+jwt|vp\+ld\+jwt|jwt),([A-Za-z0-9_.-]+)", re.IGNORECASE)

MOST_CREDENTIALS = 20
"""In one presentation; each may need several documents of others."""


class PresentationOptions(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What to look at, and what to answer (VCALM 1.0, VerifyPresentationOptions).

    Attributes:
        challenge: That the presentation has to answer. One of `/vc-api/challenges` works once; any other is taken on
            the caller's word, who has to see to it that it comes back for the first time.
        domain: That the presentation has to be made for.
        return_results: Whether the answer holds what was found of each proof and of each credential.
        return_problem_details: Whether it holds the problems.
        return_presentation: Whether it repeats the presentation.
        checks: Taken for the sake of older clients: every check is always made.
    """

    challenge: Said | None = None
    domain: Said | None = None
    return_results: bool = False
    return_problem_details: bool = True
    return_presentation: bool = False
    checks: Annotated[tuple[Word, ...], msgspec.Meta(max_length=MOST_CHECKS)] = ()


class VerifyPresentationRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A presentation, and how to verify it.

    Attributes:
        verifiable_presentation: In JSON with the holder's proof in it, enveloped (EnvelopedVerifiablePresentation), or
            as a token.
    """

    verifiable_presentation: Document
    options: PresentationOptions = PresentationOptions()


class Presenting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was found of the presentation itself."""

    challenge: Single | None = None
    domain: Single | None = None
    holder: Single | None = None
    proof: tuple[Single, ...] = ()


class PresentationResults(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in detail (VCALM 1.0, VerificationResult of presentations)."""

    presentation: Presenting
    credentials: tuple[CredentialVerification, ...]


class PresentationVerification(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Whether a presentation and every credential in it is verified, and why not.

    Attributes:
        problem_details: Errors, then warnings; errors only where it is not verified. Those of a credential in it begin
            with its pointer.
        verifiable_presentation: As it was sent, where that was asked for.
    """

    verified: bool
    problem_details: tuple[ProblemDetails, ...] | msgspec.UnsetType = msgspec.UNSET
    results: PresentationResults | msgspec.UnsetType = msgspec.UNSET
    verifiable_presentation: dict[str, Any] | str | msgspec.UnsetType = msgspec.UNSET


class Challenges(Protocol):
    """Knows the challenges that were given here."""

    async def answered(self, challenge: str) -> bool:
        """Whether it comes back for the first time; of one that was not given here its caller says so.

        Raises:
            Unavailable: It cannot be found out.
        """


@dataclass(frozen=True, slots=True)
class VerifyPresentation:
    """The body of a request to what is answered."""

    verify_credential: VerifyCredential
    challenges: Challenges

    async def __call__(self, body: bytes) -> PresentationVerification:
        """Verify a presentation and all in it; nothing is stored, but that a challenge of ours was used.

        That whom the credentials are for is whoever presents them is not asked: that is for the caller, who knows what
        they are shown for (VCALM 1.0, "Verify Presentation").

        Args:
            body: A ``VerifyPresentationRequest`` in JSON.

        Raises:
            Malformed, TooLarge: The body is no JSON that everybody reads alike.
            FetchBudget: The caller has had as much fetched as it may.
            Unavailable: Whether a challenge of ours was used cannot be found out.
        """
        asked = await apart(len(body), read, body, VerifyPresentationRequest)
        options = asked.options
        occasion = Occasion(challenge=options.challenge, domain=options.domain)
        presentation, report = await self._judged(asked.verifiable_presentation, occasion)
        embedded = _embedded(presentation)
        credentials = tuple([await self._credential(each) for each in embedded[:MOST_CREDENTIALS]])
        found = [*found_in(report, proven=_token_in(asked.verifiable_presentation) is None), *_inside(credentials)]
        if len(embedded) > MOST_CREDENTIALS:
            detail = f"{len(embedded)} credentials, and at most {MOST_CREDENTIALS} are looked at"
            found.append(problem(W3c.RANGE_ERROR, detail, pointer="/verifiableCredential"))
        if (
            options.challenge is not None
            and not _errors(found)
            and not await self.challenges.answered(options.challenge)
        ):
            reason = "the challenge was used already, or is too old"
            found.append(problem(W3c.INVALID_CHALLENGE_ERROR, reason, pointer="/options/challenge"))
        return _answer(asked, found, _presenting(options, presentation, report), credentials)

    async def _judged(self, shown: dict[str, Any] | str, occasion: Occasion) -> tuple[dict[str, Any], Report]:
        """What is presented, and who presents it."""
        verify = self.verify_credential.verify
        fetch, now, token = verify.fetch, verify.clock(), _token_in(shown)
        if token is None and isinstance(shown, dict):
            return shown, await presented(fetch, now, shown, occasion)
        found = await presented_token(fetch, now, token or "", occasion)
        return found.presentation, found.report

    async def _credential(self, credential: Any) -> CredentialVerification:
        options = VerifyOptions(return_results=True, return_credential=True)
        return await self.verify_credential.of(msgspec.json.encode(credential), options)


def _token_in(shown: dict[str, Any] | str) -> str | None:
    """The token that a presentation is, or that its envelope carries; None for one with a proof inside.

    An envelope is its id: what else stands in it, no signature covers and nobody reads (VCDM 2.0 section 4.13.3).
    """
    if isinstance(shown, str):
        return shown
    if _ENVELOPED not in listed(shown.get("type")):
        return None
    found = _DATA_URL.fullmatch(shown["id"]) if isinstance(shown.get("id"), str) else None
    return found[1] if found else ""


def _embedded(presentation: dict[str, Any]) -> list[Any]:
    return listed(presentation.get("verifiableCredential"))


def _inside(credentials: tuple[CredentialVerification, ...]) -> list[ProblemDetails]:
    """The problems of each credential, with where it stands."""
    return [
        msgspec.structs.replace(each, pointer=f"/verifiableCredential/{index}{each.pointer}")
        for index, credential in enumerate(credentials)
        for each in credential.problem_details or ()
    ]


def _errors(found: list[ProblemDetails]) -> bool:
    return any(each.level == Level.ERROR for each in found)


def _answer(
    asked: VerifyPresentationRequest,
    found: list[ProblemDetails],
    presenting: Presenting,
    credentials: tuple[CredentialVerification, ...],
) -> PresentationVerification:
    options = asked.options
    ordered = sorted(found, key=lambda each: each.level != Level.ERROR)
    results = PresentationResults(presentation=presenting, credentials=credentials)
    return PresentationVerification(
        verified=not _errors(found),
        problem_details=tuple(ordered) if options.return_problem_details else msgspec.UNSET,
        results=results if options.return_results else msgspec.UNSET,
        verifiable_presentation=asked.verifiable_presentation if options.return_presentation else msgspec.UNSET,
    )


def _presenting(options: PresentationOptions, presentation: dict[str, Any], report: Report) -> Presenting:
    good = {check.name for check in report.checks if check.outcome in (Outcome.PASSED, Outcome.NOTED)}

    def single(name: str, value: Any) -> Single | None:
        return None if value is None else Single(verified=name in good, input=value)

    return Presenting(
        challenge=single("challenge", options.challenge),
        domain=single("domain", options.domain),
        holder=single("holder", presentation.get("holder")),
        proof=tuple(Single(verified="proof" in good, input=each) for each in data_integrity.proofs(presentation)),
    )
