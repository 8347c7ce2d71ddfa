"""What is answered about a badge, over HTTP and on the command line alike."""

import msgspec

from adapters.hub.contract import Format
from adapters.hub.micro_credential import MicroCredential, summary
from adapters.hub.opened import media_type
from gateway.flows.convert import Converted
from gateway.flows.describe import Description
from gateway.flows.hand_back import HandedBack
from gateway.flows.inspect import title_of, titles_of
from gateway.flows.verify import Verified
from gateway.records import Instant
from gateway.records.texts import Sha256
from gateway.trust.report import Check, Outcome


class Verification(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The report on one badge: what it is, every check, and the verdict over all of them.

    Attributes:
        outcome: ``passed``, ``failed``, or ``unknown`` when something could not be found out.
        sha256: Of the bytes that were judged, lower-case hex.
        awards: Titles of all awards, in their order, of a document that holds several.
        micro_credential: How complete the award is as a European micro-credential, of several the first; null when
            it cannot be read.
    """

    outcome: Outcome
    at: Instant
    checks: tuple[Check, ...]
    format: Format
    version: str
    carrier: str
    securing: str = ""
    issuer: str = ""
    title: str = ""
    awards: tuple[str, ...] = ()
    sha256: Sha256
    url: str = ""
    micro_credential: MicroCredential | None = None


class Conversion(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The stored record, the verification that just ran, and the forms that were made now.

    Attributes:
        outcome: Of this verification. When it is ``failed`` or ``unknown`` the record was made earlier and its source
            has gone bad since; nothing new was signed. ``skipped`` when there is no source: the platform issued it
            from plain data.
        created: Ids of the forms sealed by this request; empty when all were there already.
    """

    record: Description
    outcome: Outcome
    checks: tuple[Check, ...]
    created: tuple[str, ...]


class Original(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a credential was converted from, handed back as it was: nothing was signed or stored.

    Attributes:
        outcome: Of the original by itself, just now.
        sha256: Of its exact bytes, lower-case hex.
        content: Those bytes, in base64.
    """

    outcome: Outcome
    checks: tuple[Check, ...]
    format: Format
    version: str
    media_type: str
    sha256: Sha256
    content: bytes


def original(handed_back: HandedBack) -> Original:
    """The answer to "give me back what this was converted from"."""
    received, report = handed_back.original.received, handed_back.original.report
    return Original(
        outcome=report.outcome,
        checks=report.checks,
        format=received.recognition.format,
        version=received.recognition.version,
        media_type=media_type(received.opened.carrier),
        sha256=received.sha256.hex(),
        content=received.opened.received,
    )


def verification(verified: Verified) -> Verification:
    """The answer to "is this what it claims to be?"."""
    received, report = verified.received, verified.report
    reading = received.reading
    return Verification(
        outcome=report.outcome,
        at=report.judged_for or report.at,
        checks=report.checks,
        format=received.recognition.format,
        version=received.recognition.version,
        carrier=received.opened.carrier,
        securing=received.securing,
        issuer=reading.issuer_id if reading else "",
        title=title_of(reading.credentials[0].achievement.name) if reading else "",
        awards=titles_of(reading) if reading else (),
        sha256=received.sha256.hex(),
        url=received.url,
        micro_credential=summary(reading.credentials[0]) if reading else None,
    )


def conversion(converted: Converted, record: Description) -> Conversion:
    """The answer to "make this into another format"."""
    return Conversion(
        record=record,
        outcome=converted.report.outcome if converted.report else Outcome.SKIPPED,
        checks=converted.report.checks if converted.report else (),
        created=tuple(form.intent.id for form in converted.created),
    )
