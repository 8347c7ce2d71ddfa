"""Every fixture of the test issuer: what it is, what is wrong with it, and what the gateway says of it."""

from enum import StrEnum
from typing import Annotated

import msgspec

from adapters.hub.contract import Format
from gateway.trust.report import Outcome


class FixtureSecuring(StrEnum):
    """How fixtures are secured."""

    DATA_INTEGRITY = "data-integrity"
    VC_JWT = "vc-jwt"
    HOSTED = "hosted"
    JWS = "jws"
    SD_JWT = "sd-jwt"
    JADES = "jades"


class FixtureCarrier(StrEnum):
    """What the bytes of a fixture are."""

    JSON = "json"
    TOKEN = "token"  # noqa: S105 - a name
    PNG = "png"
    SVG = "svg"
    URL = "url"


class Flaw(StrEnum):
    """What is wrong with a fixture: nothing with ``VALID``, nor with ``SUSPENDABLE``, which can be suspended."""

    VALID = "valid"
    SUSPENDABLE = "suspendable"
    TAMPERED = "tampered"
    WRONG_KEY = "wrong-key"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    DROPPED_TERM = "dropped-term"
    UNKNOWN_CONTEXT = "unknown-context"
    UNREACHABLE_ISSUER = "unreachable-issuer"
    WRONG_RECIPIENT = "wrong-recipient"
    MALFORMED = "malformed"
    UNTRUSTED_CERTIFICATE = "untrusted-certificate"


class FixtureConversion(msgspec.Struct, frozen=True, kw_only=True):
    """What ``POST /v1/credentials`` answers to a copy that was not converted before; then it is 200, with that record.

    Attributes:
        status: The HTTP status.
        code: Of the problem; null when it is converted.
    """

    status: Annotated[int, msgspec.Meta(ge=200, le=499)]
    code: str | None = None


class Fixture(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One badge of the test issuer, as it is while nothing else was said of that issuer.

    Attributes:
        name: By which it is had; each ``copy`` of it is another badge with the same verdict.
        about: What is wrong with it, in a sentence.
        media_type: Of its bytes.
        recipient: To be sent with it as the parameter ``recipient`` of ``POST /v1/verifications``; null when the
            verdict needs none.
        outcome: The verdict.
        check: The check that says what is wrong, with that very outcome; null when all is well.
        conversion: To ``open-badges-3``, without any recipient.
    """

    name: str
    format: Format
    securing: FixtureSecuring
    carrier: FixtureCarrier
    media_type: str
    flaw: Flaw
    about: str
    recipient: Annotated[str, msgspec.Meta(max_length=100)] | None
    outcome: Outcome
    check: str | None
    conversion: FixtureConversion


LEARNER = "learner@example.org"
SOMEBODY_ELSE = "somebody.else@example.org"

ABOUT = {
    Flaw.VALID: "Nothing: it is sound.",
    Flaw.SUSPENDABLE: "Nothing: it is sound, and its issuer may suspend it.",
    Flaw.TAMPERED: "It was changed after the issuer signed or published it.",
    Flaw.WRONG_KEY: "It is signed with a key that is not the issuer's.",
    Flaw.EXPIRED: "It ended on 2025-06-30.",
    Flaw.NOT_YET_VALID: "It begins on 2098-01-01.",
    Flaw.REVOKED: "Its issuer revoked it.",
    Flaw.SUSPENDED: "Its issuer suspended it.",
    Flaw.DROPPED_TERM: "It says something that no context defines, so the signature does not cover it.",
    Flaw.UNKNOWN_CONTEXT: "One of its contexts is nobody's published one.",
    Flaw.UNREACHABLE_ISSUER: "Nothing of its issuer answers.",
    Flaw.WRONG_RECIPIENT: f"It is sound, and {LEARNER}'s: {SOMEBODY_ELSE} says that it is theirs.",
    Flaw.MALFORMED: "It lacks what its format demands.",
    Flaw.UNTRUSTED_CERTIFICATE: "Its seal is right, and its certificate comes from an authority that nobody trusts.",
}

_SOUND = (Flaw.VALID, Flaw.SUSPENDABLE, Flaw.WRONG_RECIPIENT)
_CONVERTED = FixtureConversion(status=201)
_REFUSED = FixtureConversion(status=422, code="refused")
_MEDIA_TYPES = {
    FixtureCarrier.JSON: "application/ld+json",
    FixtureCarrier.TOKEN: "application/jose",
    FixtureCarrier.PNG: "image/png",
    FixtureCarrier.SVG: "image/svg+xml",
    FixtureCarrier.URL: "text/plain",
}
_SD_JWT = "application/dc+sd-jwt"
_NAMES = {
    Format.OPEN_BADGES_1: "ob1",
    Format.OPEN_BADGES_2: "ob2",
    Format.OPEN_BADGES_3: "ob3",
    Format.ELM_3: "elm3",
    Format.LEARNING_CREDENTIAL_1: "learning1",
}
_CHECKS = {
    Flaw.TAMPERED: (Outcome.FAILED, "proof"),
    Flaw.WRONG_KEY: (Outcome.FAILED, "proof"),
    Flaw.EXPIRED: (Outcome.FAILED, "validity-period"),
    Flaw.NOT_YET_VALID: (Outcome.FAILED, "validity-period"),
    Flaw.REVOKED: (Outcome.FAILED, "status"),
    Flaw.SUSPENDED: (Outcome.FAILED, "status"),
    Flaw.DROPPED_TERM: (Outcome.FAILED, "context"),
    Flaw.UNKNOWN_CONTEXT: (Outcome.UNKNOWN, "proof"),
    Flaw.UNREACHABLE_ISSUER: (Outcome.UNKNOWN, "references"),
    Flaw.WRONG_RECIPIENT: (Outcome.FAILED, "recipient"),
    Flaw.MALFORMED: (Outcome.FAILED, "shape"),
    Flaw.UNTRUSTED_CERTIFICATE: (Outcome.UNKNOWN, "certificate"),
}
_PLAIN = (Flaw.VALID, Flaw.TAMPERED, Flaw.EXPIRED, Flaw.REVOKED, Flaw.UNREACHABLE_ISSUER, Flaw.WRONG_RECIPIENT)
_SIGNED = (*_PLAIN, Flaw.WRONG_KEY)
_SEALED = (
    Flaw.VALID,
    Flaw.TAMPERED,
    Flaw.WRONG_KEY,
    Flaw.EXPIRED,
    Flaw.NOT_YET_VALID,
    Flaw.UNREACHABLE_ISSUER,
    Flaw.WRONG_RECIPIENT,
    Flaw.MALFORMED,
    Flaw.UNTRUSTED_CERTIFICATE,
)
_OF_3 = (*_SIGNED, Flaw.NOT_YET_VALID, Flaw.SUSPENDED, Flaw.UNKNOWN_CONTEXT, Flaw.MALFORMED)
_SERIES: tuple[tuple[Format, FixtureSecuring, FixtureCarrier, tuple[Flaw, ...]], ...] = (
    (Format.OPEN_BADGES_1, FixtureSecuring.HOSTED, FixtureCarrier.JSON, _PLAIN),
    (Format.OPEN_BADGES_1, FixtureSecuring.JWS, FixtureCarrier.TOKEN, _SIGNED),
    (Format.OPEN_BADGES_2, FixtureSecuring.HOSTED, FixtureCarrier.JSON, (*_PLAIN, Flaw.MALFORMED)),
    (Format.OPEN_BADGES_2, FixtureSecuring.HOSTED, FixtureCarrier.PNG, (Flaw.VALID,)),
    (Format.OPEN_BADGES_2, FixtureSecuring.HOSTED, FixtureCarrier.URL, (Flaw.VALID, Flaw.REVOKED)),
    (Format.OPEN_BADGES_2, FixtureSecuring.JWS, FixtureCarrier.TOKEN, _SIGNED),
    (Format.OPEN_BADGES_2, FixtureSecuring.JWS, FixtureCarrier.SVG, (Flaw.VALID,)),
    (
        Format.OPEN_BADGES_3,
        FixtureSecuring.DATA_INTEGRITY,
        FixtureCarrier.JSON,
        (*_OF_3, Flaw.SUSPENDABLE, Flaw.DROPPED_TERM),
    ),
    (Format.OPEN_BADGES_3, FixtureSecuring.DATA_INTEGRITY, FixtureCarrier.PNG, (Flaw.VALID, Flaw.TAMPERED)),
    (Format.OPEN_BADGES_3, FixtureSecuring.DATA_INTEGRITY, FixtureCarrier.SVG, (Flaw.VALID,)),
    (Format.OPEN_BADGES_3, FixtureSecuring.VC_JWT, FixtureCarrier.TOKEN, _OF_3),
    (Format.OPEN_BADGES_3, FixtureSecuring.VC_JWT, FixtureCarrier.PNG, (Flaw.VALID,)),
    (Format.OPEN_BADGES_3, FixtureSecuring.VC_JWT, FixtureCarrier.SVG, (Flaw.REVOKED,)),
    (Format.OPEN_BADGES_3, FixtureSecuring.SD_JWT, FixtureCarrier.TOKEN, (*_SIGNED, Flaw.NOT_YET_VALID)),
    (Format.LEARNING_CREDENTIAL_1, FixtureSecuring.SD_JWT, FixtureCarrier.TOKEN, _SIGNED),
    (Format.ELM_3, FixtureSecuring.JADES, FixtureCarrier.JSON, _SEALED),
)
_IN_ITS_OWN_WAY: dict[tuple[Format, FixtureSecuring, Flaw], tuple[Outcome, str]] = {
    # What has an issuer in its own bytes can be read without anybody's answer.
    (Format.OPEN_BADGES_3, FixtureSecuring.DATA_INTEGRITY, Flaw.UNREACHABLE_ISSUER): (Outcome.UNKNOWN, "issuer"),
    (Format.OPEN_BADGES_3, FixtureSecuring.VC_JWT, Flaw.UNREACHABLE_ISSUER): (Outcome.UNKNOWN, "proof"),
    (Format.OPEN_BADGES_3, FixtureSecuring.SD_JWT, Flaw.UNREACHABLE_ISSUER): (Outcome.UNKNOWN, "proof"),
    (Format.LEARNING_CREDENTIAL_1, FixtureSecuring.SD_JWT, Flaw.UNREACHABLE_ISSUER): (Outcome.UNKNOWN, "proof"),
    (Format.ELM_3, FixtureSecuring.JADES, Flaw.UNREACHABLE_ISSUER): (Outcome.UNKNOWN, "issuer"),
    # A token's signature covers the bytes, whatever their words mean.
    (Format.OPEN_BADGES_3, FixtureSecuring.VC_JWT, Flaw.UNKNOWN_CONTEXT): (Outcome.UNKNOWN, "context"),
}


def _fixture(format: Format, securing: FixtureSecuring, carrier: FixtureCarrier, flaw: Flaw) -> Fixture:
    usual = _CHECKS.get(flaw, (Outcome.PASSED, None))
    outcome, check = _IN_ITS_OWN_WAY.get((format, securing, flaw), usual)
    is_in = () if carrier in (FixtureCarrier.JSON, FixtureCarrier.TOKEN) else (str(carrier),)
    return Fixture(
        name="-".join((_NAMES[format], securing, *is_in, flaw)),
        format=format,
        securing=securing,
        carrier=carrier,
        media_type=_SD_JWT if securing is FixtureSecuring.SD_JWT else _MEDIA_TYPES[carrier],
        flaw=flaw,
        about=ABOUT[flaw],
        recipient=SOMEBODY_ELSE if flaw is Flaw.WRONG_RECIPIENT else None,
        outcome=outcome,
        check=check,
        conversion=_CONVERTED if flaw in _SOUND else _REFUSED,
    )


FIXTURES: dict[str, Fixture] = {
    fixture.name: fixture
    for format, securing, carrier, flaws in _SERIES
    for fixture in (_fixture(format, securing, carrier, flaw) for flaw in flaws)
}
"""Each by its name."""
