"""The OAuth 2.0 authorization server, wired."""

from collections.abc import Callable

import msgspec

from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.holdings import StoredProfiles
from gateway.edges.oauth import StoredClients, StoredCodes, StoredConsents, StoredTokens
from gateway.edges.platforms import StoredPlatforms
from gateway.flows.oauth.applications import ListApplications, Withdraw
from gateway.flows.oauth.authorise import Authorise
from gateway.flows.oauth.consent import Answer, Ask
from gateway.flows.oauth.own_clients import AdmitClient, ListClients, MakeClient, RevokeClient
from gateway.flows.oauth.prove import Prove
from gateway.flows.oauth.question import Seal
from gateway.flows.oauth.recognise import Recognise
from gateway.flows.oauth.register import Register
from gateway.flows.oauth.tokens import End, Exchange
from gateway.ports import Clock
from gateway.settings import Settings


class OAuth(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the authorization server can do, ready to be called."""

    recognise: Recognise
    register: Register
    authorise: Authorise
    ask: Ask
    answer: Answer
    exchange: Exchange
    end: End
    list_applications: ListApplications
    withdraw: Withdraw
    make_client: MakeClient
    list_clients: ListClients
    revoke_client: RevokeClient


def oauth(settings: Settings, clock: Clock, database: Database, envelope: Envelope, new_id: Callable[[], str]) -> OAuth:
    """Wire the authorization server over this store."""
    clients, consents, tokens = StoredClients(database), StoredConsents(database), StoredTokens(database)
    issuer = settings.public_url
    answer = Answer(clock, clients, consents, Seal(envelope.derived("oauth questions")), issuer)
    prove = Prove(clients)
    return OAuth(
        recognise=Recognise(clock, tokens),
        register=Register(clock, clients, settings.development),
        authorise=Authorise(clients, issuer),
        ask=Ask(clock, consents, answer.seal, answer, new_id),
        answer=answer,
        exchange=Exchange(
            clock, prove, StoredCodes(database), tokens, tokens, envelope.derived("oauth refresh tokens")
        ),
        end=End(clock, prove, tokens, tokens),
        list_applications=ListApplications(consents),
        withdraw=Withdraw(clock, consents, StoredProfiles(database, envelope)),
        make_client=MakeClient(clock, StoredPlatforms(database), clients),
        list_clients=ListClients(clients),
        revoke_client=RevokeClient(clock, clients),
    )


def clients_of_platforms(clock: Clock, database: Database) -> AdmitClient:
    """Who knows the tokens of platforms' own clients."""
    return AdmitClient(clock, StoredPlatforms(database), StoredTokens(database))
