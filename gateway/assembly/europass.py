"""Wires what Europass calls issuer, viewer and wallet."""

from collections.abc import Callable

import msgspec

from gateway.assembly.holdings import HoldingFlows
from gateway.assembly.issuing import Issuing
from gateway.assembly.people import PeopleFlows
from gateway.edges.europass import StoredDeposits, StoredShareLinks, StoredWaiting, StoredWallets
from gateway.flows.europass.announce import Announce
from gateway.flows.europass.convert_file import ConvertFile
from gateway.flows.europass.deposit import PutInWallet, SeeDeposits
from gateway.flows.europass.details import ShowDetails
from gateway.flows.europass.seal_upload import SealUpload
from gateway.flows.europass.send import SealAndSend
from gateway.flows.europass.share_deposit import ShareDeposit
from gateway.flows.europass.take import TakeDeposit
from gateway.flows.europass.wallets import KeepWallets
from gateway.flows.letter_limits import LetterLimits
from gateway.flows.uploaded_id import UPLOADS, KnownUploads


class EuropassFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Seal uploads, look at documents, keep wallets, share what lies in them."""

    seal_upload: SealUpload
    seal_and_send: SealAndSend
    convert_file: ConvertFile
    show_details: ShowDetails
    keep_wallets: KeepWallets
    put_in_wallet: PutInWallet
    see_deposits: SeeDeposits
    share_deposit: ShareDeposit
    take_deposit: TakeDeposit


def europass_flows(
    part: Issuing, *, people: PeopleFlows, held: HoldingFlows, new_id: Callable[[], str]
) -> EuropassFlows:
    """Everything of the Europass-style endpoints, over what issues."""
    clock, convert, settings = part.clock, part.convert, part.settings
    database, envelope = part.edges.database, part.edges.envelope
    deposits = StoredDeposits(database, envelope)
    limits = LetterLimits(part.rate_limit, envelope.derived("limits of deposit letters"), "deposit letters")
    announce = Announce(people.mail_link.mail, limits, settings.public_url)
    secret = envelope.derived(UPLOADS)
    uploads = KnownUploads(convert.credentials, secret)
    put_in_wallet = PutInWallet(clock, part.verify, deposits, announce, new_id, settings.backpack_badges, uploads)
    keep_wallets = KeepWallets(clock, StoredWallets(database, envelope), new_id)
    share = ShareDeposit(clock, StoredShareLinks(database, envelope), settings.public_url)
    seal_upload = SealUpload(
        clock=clock,
        prepare=convert.prepare,
        seal=convert.seal,
        credentials=convert.credentials,
        forms=part.show.forms,
        tombstones=part.show.tombstones,
        permit=convert.permit,
        new_id=new_id,
        secret=secret,
    )
    return EuropassFlows(
        seal_upload=seal_upload,
        seal_and_send=SealAndSend(seal_upload, keep_wallets, put_in_wallet, share),
        convert_file=ConvertFile(part.verify, part.hand_back, part.show),
        show_details=ShowDetails(part.verify.receive),
        keep_wallets=keep_wallets,
        put_in_wallet=put_in_wallet,
        see_deposits=SeeDeposits(deposits),
        share_deposit=share,
        take_deposit=TakeDeposit(clock, part.platforms, StoredWaiting(database, envelope), held.hold),
    )
