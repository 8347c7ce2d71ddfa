"""What a record can be made into, and whom it is for: its source as it was verified, or what the platform stated."""

import datetime as dt

import msgspec

from adapters.hub.credential import Recipient
from gateway.apart import apart
from gateway.errors import NotIssuable
from gateway.flows.issue import Award
from gateway.flows.offers.confirmed_source import as_found
from gateway.flows.prepare import Conversion
from gateway.flows.vc_api.material import GivenCredential, given
from gateway.flows.verdict import Verdict, ends
from gateway.issuing.awards import chosen
from gateway.issuing.plain import award_of, stated
from gateway.records import Instant, Record, Source, Statement, StatementKind

Contents = Conversion | Award | GivenCredential
"""What further forms of a record are drafted from."""


async def material_of(record: Record, at: dt.datetime) -> Contents:
    """What further forms of a record would be drafted from, as it was when it was last verified.

    Raises:
        NotIssuable: There is nothing: the platform wrote it in ELM itself, or what was received is read no longer.
    """
    what = record.source or record.statement
    return await apart(len(what.received) if what else 0, _material, record.platform, what, at)


async def recipient_of(record: Record) -> Recipient:
    """Whom the record is for, in the words of what it was made of.

    Raises:
        NotIssuable: See `material_of`.
    """
    return recipient_in(await material_of(record, record.created))


def recipient_in(material: Contents) -> Recipient:
    """Whom it is for."""
    said = material.stated.credential if isinstance(material, Award) else material.reading.credentials[0]
    return said.recipient


def ends_in(material: Contents) -> Instant | None:
    """When it ends by its own words; None for never."""
    return material.stated.credential.valid_until if isinstance(material, Award) else ends(material.reading)


def _material(platform: str, what: Source | Statement | None, at: dt.datetime) -> Contents:
    if isinstance(what, Statement) and what.kind is StatementKind.CREDENTIAL:
        return given(what, platform, at)
    if isinstance(what, Statement) and what.kind is not StatementKind.ELM:
        return Award(platform=platform, at=at, stated=stated(award_of(what.received), what.salt, what.received_at))
    verified = as_found(what, msgspec.json.decode(what.report, type=Verdict)) if isinstance(what, Source) else None
    if verified is None or verified.received.reading is None or not isinstance(what, Source):
        raise NotIssuable(
            "there is nothing that a form for a wallet could be made of",
            fix="of a credential in ELM that the platform sealed as it was: convert the sealed file, and offer that",
        )
    reading = verified.received.reading
    return Conversion(
        platform=platform,
        opened=verified.received.opened,
        reading=chosen(reading, what.award),
        whole=len(reading.credentials) == 1,
        report=verified.report,
        at=at,
    )
