"""What is kept of a verification beside the source it judged."""

import datetime as dt

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.credential import Credential, Evidence
from adapters.hub.micro_credential import MicroCredential, summary
from gateway.flows.inspect import title_of
from gateway.issuing.reissue import other_awarder
from gateway.records import Instant
from gateway.trust import key_binding
from gateway.trust.report import Check, Outcome, Report


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Something to read, something to follow, or both; "" for what is not there."""

    text: str = ""
    url: str = ""


class Award(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What is said to people about the award, in one language.

    Attributes:
        issuer_name: Of the original issuer.
        awarded_by: Who awarded it, where the issuer is another one: the sealer of a credential in ELM.
        criteria: What had to be done; Markdown, like all texts here.
        awarded: When it was earned, else from when the source holds.
    """

    issuer_name: str = ""
    awarded_by: str = ""
    description: str = ""
    criteria: Shown = Shown()
    awarded: Instant | None = None
    evidence: tuple[Shown, ...] = ()


class Verdict(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A report, and what receipts and pages repeat of the source.

    Attributes:
        source_id: The original document's id, null when it has none.
        issuer: Id of the original issuer.
        micro_credential: How complete the award is as a European micro-credential; null of what was judged before
            that was looked at.
    """

    outcome: Outcome
    at: dt.datetime
    checks: tuple[Check, ...]
    source_id: str | None
    issuer: str
    award: Award = Award()
    micro_credential: MicroCredential | None = None


def verdict(reading: Reading, report: Report) -> Verdict:
    """The verdict on a document that was read."""
    credential = reading.credentials[0]
    return Verdict(
        outcome=report.outcome,
        at=report.at,
        checks=report.checks,
        source_id=credential.id,
        issuer=reading.issuer_id,
        award=award_shown(credential),
        micro_credential=summary(credential),
    )


def publicly(check: Check) -> str:
    """What everybody may read of a check: to whom the holder showed the badge, and when, is nobody else's business."""
    is_presented = check.name == key_binding.NAME and check.outcome is not Outcome.SKIPPED
    return "" if is_presented else check.detail


def told_to_all(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Checks as everybody may read them."""
    return tuple(msgspec.structs.replace(check, detail=publicly(check)) for check in checks)


def ends(reading: Reading) -> Instant | None:
    """When a document ends by its own words."""
    return min((each.valid_until for each in reading.credentials if each.valid_until), default=None)


def award_shown(credential: Credential) -> Award:
    """What a credential says to people about the award."""
    achievement, criteria = credential.achievement, credential.achievement.criteria
    awarder = other_awarder(credential)
    return Award(
        issuer_name=title_of(credential.issuer.name),
        awarded_by=title_of(awarder.name) if awarder else "",
        description=title_of(achievement.description),
        criteria=Shown(text=title_of(criteria.narrative), url=criteria.id or "") if criteria else Shown(),
        awarded=credential.awarded or credential.valid_from,
        evidence=tuple(map(_evidence, credential.evidence)),
    )


def _evidence(evidence: Evidence) -> Shown:
    texts = (title_of(text) for text in (evidence.name, evidence.narrative, evidence.description))
    return Shown(text=next(filter(None, texts), ""), url=evidence.id or "")
