"""The OAuth 2.0 authorization server, wired."""

import msgspec

from gateway.edges.database import Database
from gateway.edges.oauth import StoredTokens
from gateway.flows.oauth.recognise import Recognise
from gateway.ports import Clock


class OAuth(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the authorization server can do, ready to be called."""

    recognise: Recognise


def oauth(clock: Clock, database: Database) -> OAuth:
    """Wire the authorization server."""
    tokens = StoredTokens(database)
    return OAuth(recognise=Recognise(clock, tokens))
