"""The question of a wallet and its answer, before those of all other clients: of one badge, and asked each time."""

from dataclasses import dataclass

import msgspec

from gateway.flows.oauth import redirects
from gateway.flows.oauth.authorise import Authorisation, Declined, refusal
from gateway.flows.oauth.consent import Answer, Ask, Asked
from gateway.flows.oauth.refusals import OAuthRefused
from gateway.flows.oauth.wallet_badges import GrantToWallet, WalletBadges, WalletChoice
from gateway.records.oauth import Client


class AskedForWallet(msgspec.Struct, frozen=True, kw_only=True):
    """A question of a wallet that is put before a person.

    Attributes:
        ticket: The question, sealed, for the form that answers it.
    """

    client: Client
    redirect_uri: str
    ticket: str
    choice: WalletChoice


@dataclass(frozen=True, slots=True)
class AskPerson:
    """A request of a client to the question that its person is asked, or to the answer they gave before."""

    ask: Ask
    badges: WalletBadges

    async def __call__(self, request: Authorisation, person: str, session: str) -> Asked | AskedForWallet | str:
        """Return the question; or, where the person said yes to the same client for as much, where the browser goes.

        Raises:
            Declined: A wallet asks for what the offer that it brought does not hold; it is told.
        """
        if request.wish is None:
            return await self.ask(request, person, session)
        try:
            choice = await self.badges(request.wish, person)
        except OAuthRefused as error:
            location = refusal(request.redirect_uri, error, request.state, self.ask.answer.issuer)
            raise Declined(location, error) from error
        return AskedForWallet(
            client=request.client,
            redirect_uri=request.redirect_uri,
            ticket=self.ask.seal.sealed(self.ask.question(request, person, session)),
            choice=choice,
        )


@dataclass(frozen=True, slots=True)
class TakeAnswer:
    """A yes or no of a person to where their browser goes with it."""

    answer: Answer
    grant_to_wallet: GrantToWallet

    async def __call__(self, ticket: str, person: str, session: str, *, allowed: bool, badge: str = "") -> str:
        """Return the address that tells the client.

        Args:
            badge: Id of the badge that the person chose for a wallet; "" where there was nothing to choose.

        Raises:
            QuestionExpired: It was answered before, or is too old, or another session was asked.
            NotForWallets: The badge that was chosen cannot be given to a wallet.
        """
        question = await self.answer.opened(ticket, person, session)
        if question.wish is None or not allowed:
            return await self.answer(ticket, person, session, allowed=allowed)
        issuer = self.answer.issuer
        try:
            code = await self.grant_to_wallet(question, question.wish, badge)
        except OAuthRefused as error:
            return refusal(question.redirect_uri, error, question.state, issuer)
        # iss: RFC 9207 section 2, against mix-up of authorization servers.
        return redirects.answered(question.redirect_uri, {"code": code, "state": question.state, "iss": issuer})
