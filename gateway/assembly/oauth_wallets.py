"""The authorization server for wallets, before the one for all other clients, wired."""

import msgspec

from gateway.assembly.issuing import Issuing
from gateway.assembly.oauth import OAuth
from gateway.assembly.offers import OfferFlows
from gateway.assembly.people import PeopleFlows
from gateway.edges.oauth import StoredClients
from gateway.flows.backpack.look import SeeBackpack
from gateway.flows.oauth.grants import Grants, Revoke
from gateway.flows.oauth.push import Push, Recall
from gateway.flows.oauth.wallet_badges import FitOffer, GrantToWallet, WalletBadges
from gateway.flows.oauth.wallet_consent import AskPerson, TakeAnswer
from gateway.flows.oauth.wallet_tokens import EndWalletToken, FromOffer, FromWalletCode, FromWalletRefresh, GiveTokens
from gateway.flows.offers.transaction_code import PURPOSE


class OAuthWallets(msgspec.Struct, frozen=True, kw_only=True):
    """What the authorization server does for wallets or for anybody, wallets first."""

    push: Push
    recall: Recall
    ask: AskPerson
    answer: TakeAnswer
    grants: Grants
    revoke: Revoke


def oauth_wallets(
    part: Issuing, server: OAuth, *, people: PeopleFlows, offers: OfferFlows, see_backpack: SeeBackpack
) -> OAuthWallets:
    """Wire it over the server for all others."""
    tickets, prove, claim = part.edges.tickets, server.exchange.prove, offers.claim
    give, fit = GiveTokens(part.clock, tickets, claim, part.settings.public_url), FitOffer(claim, people.people)
    uses = StoredClients(part.edges.database)
    return OAuthWallets(
        push=Push(prove, server.authorise, tickets),
        recall=Recall(tickets),
        ask=AskPerson(server.ask, WalletBadges(fit, see_backpack, part.edges.platforms)),
        answer=TakeAnswer(server.answer, GrantToWallet(part.clock, tickets, fit, offers.offer_held, uses)),
        grants=Grants(
            server.exchange,
            FromOffer(tickets, prove.clients, uses, claim.offers, give, part.edges.envelope.derived(PURPOSE)),
            FromWalletCode(tickets, prove, give),
            FromWalletRefresh(tickets, prove, give),
        ),
        revoke=Revoke(server.end, EndWalletToken(tickets, prove)),
    )
