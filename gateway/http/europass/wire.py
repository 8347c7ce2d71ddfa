"""What goes over the wire, in the words of European Digital Credentials 2.x where those are known."""

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from gateway.flows.europass.announce import PLACE
from gateway.flows.europass.send import Outcome, Sent
from gateway.flows.europass.share_deposit import Shared
from gateway.flows.verdict import Verdict
from gateway.records import Instant
from gateway.records.europass import Deposit, Wallet
from gateway.trust.report import Outcome as Found

LEVEL = "JAdES_BASELINE_B"
"""Of the seals that are made here: no timestamp of a third party, and no qualified certificate is claimed."""


class ApiErrorMessage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A refusal.

    Attributes:
        code: Stable name of the reason.
        message: What is wrong.
        description: What the caller can change.
        affected_assets: ``pointer`` (RFC 6901) or ``parameter``, and ``status``.
    """

    code: str
    message: str
    description: str = ""
    timestamp: Instant
    path: str
    affected_assets: dict[str, str] = {}


class LinkField(msgspec.Struct, frozen=True):
    """A concept: its address, and what it is called."""

    link: str
    title: str


class VerificationCheck(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One line of the list of checks.

    Attributes:
        type: What was asked, a concept of ``http://data.europa.eu/snb/verification``.
        status: What was found, a concept of ``http://data.europa.eu/snb/verification-status``.
        long_description: Each check behind it, with what it found.
        descr_available_langs: The description by language; the same holds of the long one.
    """

    id: str
    type: LinkField
    status: LinkField
    description: str
    long_description: str
    descr_available_langs: dict[str, str]
    long_descr_available_langs: dict[str, str]


class WalletWish(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """For whom a wallet is to be."""

    user_email: Annotated[str, Meta(min_length=3, max_length=320, examples=["learner@example.org"])]


class WalletView(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A wallet.

    Attributes:
        user_id: Names it in addresses.
        wallet_address: Where the person, signed in with that e-mail address, finds what waits for them.
    """

    user_id: str
    user_email: str
    wallet_address: str
    creation_date: Instant


class CredentialView(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A credential in a wallet.

    Attributes:
        uuid: Names it in addresses.
        credential_id: The id that it has itself.
        outcome: Of its verification when it came: ``passed``, ``failed`` (it had expired or been revoked) or
            ``unknown`` (nobody vouched for its seal).
    """

    uuid: str
    user_id: str
    credential_id: str
    title: str
    create_date: Instant
    outcome: Found


class ShareWish(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """How long a link is to hold: up to a year, and 90 days when nothing is said."""

    expiration_date: Annotated[dt.datetime, Meta(tz=True)] | UnsetType = UNSET


class ShareLinkView(msgspec.Struct, frozen=True, kw_only=True, rename={"viewer_url": "viewerURL"}):
    """A link that was made; its hash is shown this once."""

    share_hash: str = msgspec.field(name="shareHash")
    expiration_date: Instant = msgspec.field(name="expirationDate")
    viewer_url: str = msgspec.field(name="viewerURL")


class SentView(msgspec.Struct, frozen=True, kw_only=True):
    """What was sealed and sent.

    Attributes:
        viewer_url: Shows it to whoever has the link, for 90 days.
        user_id: The wallet that it lies in, the first where there are several.
        level: Of the seal, as ETSI names it; it is not qualified.
    """

    viewer_url: str = msgspec.field(name="viewerURL")
    uuid: str
    user_id: str = msgspec.field(name="userId")
    level: str = LEVEL


class BatchItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one file of a batch.

    Attributes:
        record: Id of the record under which the sealed credential is exported (``/v1/credentials/{id}/export``).
        viewer_url: Where it names a wallet.
        code: Why it was not sealed, or not sent; "" when it was.
    """

    file: str
    record: str = ""
    viewer_url: str = msgspec.field(name="viewerURL", default="")
    code: str = ""
    message: str = ""
    description: str = ""


def wallet_view(wallet: Wallet, public_url: str) -> WalletView:
    """A wallet as it is shown."""
    return WalletView(
        user_id=wallet.id,
        user_email=wallet.address,
        wallet_address=f"{public_url}{PLACE}",
        creation_date=wallet.created,
    )


def credential_view(deposit: Deposit) -> CredentialView:
    """A deposit as the platform that made it sees it: whether somebody took it is theirs to tell."""
    verdict = msgspec.json.decode(deposit.report, type=Verdict)
    return CredentialView(
        uuid=deposit.id,
        user_id=deposit.wallet,
        credential_id=deposit.credential,
        title=deposit.title,
        create_date=deposit.created,
        outcome=verdict.outcome,
    )


def share_link_view(shared: Shared) -> ShareLinkView:
    """A link as it is shown, once."""
    return ShareLinkView(share_hash=shared.token, expiration_date=shared.expires, viewer_url=shared.url)


def sent_view(sent: Sent) -> SentView:
    """What was sealed and sent."""
    return SentView(viewer_url=sent.viewer_url, uuid=sent.deposit.id, user_id=sent.deposit.wallet)


def batch_item(outcome: Outcome) -> BatchItem:
    """What became of a file."""
    refused = outcome.refused
    return BatchItem(
        file=outcome.name,
        record=outcome.sealed.converted.record.id if outcome.sealed else "",
        viewer_url=outcome.viewer_url,
        code=refused.code if refused else "",
        message=str(refused) if refused else "",
        description=refused.fix if refused else "",
    )
