"""A question to a person, and their answer to a code (RFC 6749 sections 4.1.1 and 4.1.2).

Nothing is stored before somebody says yes: the question travels in the form, sealed so that only the session that was
asked can answer it, and only with what was shown.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from gateway.flows.oauth import redirects
from gateway.flows.oauth.authorise import Authorisation, refusal
from gateway.flows.oauth.question import Question, Seal
from gateway.flows.oauth.refusals import AccessDenied, QuestionExpired
from gateway.ports import Clock
from gateway.ports.oauth import Clients, Consents
from gateway.records.oauth import Client, Code, Consent
from gateway.records.people import PEOPLE

CODE_LIFE = dt.timedelta(seconds=120)
"""RFC 6749 section 4.1.2 recommends at most 10 minutes and Open Badges says about as much; a client that is at the
other end of a redirect needs seconds. Two minutes leave room for a phone that loses its connection in between."""

QUESTION_LIFE = dt.timedelta(minutes=10)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is put before a person.

    Attributes:
        ticket: The question, sealed, for the form that answers it.
    """

    client: Client
    redirect_uri: str
    scopes: tuple[str, ...]
    ticket: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes or no of a person to where their browser goes with it."""

    clock: Clock
    clients: Clients
    consents: Consents
    seal: Seal
    issuer: str

    async def __call__(self, ticket: str, person: str, session: str, *, allowed: bool) -> str:
        """Return the address that tells the client. The same yes again is the same code while nobody has used it.

        Raises:
            QuestionExpired: It was answered before, or is too old, or another session was asked.
        """
        question = await self.opened(ticket, person, session)
        if not allowed:
            return refusal(question.redirect_uri, AccessDenied("the person said no"), question.state, self.issuer)
        return await self.agreed(question, self.clock())

    async def opened(self, ticket: str, person: str, session: str) -> Question:
        """Return the question that is answered.

        Raises:
            QuestionExpired: It is too old, or another session was asked, or the client is no longer registered.
        """
        question = self.seal.opened(ticket)
        if question.expires <= self.clock().timestamp() or (question.person, question.session) != (person, session):
            raise QuestionExpired("the question is too old, or was put to somebody else")
        client = await self.clients.find(question.client)
        if client is None or client.platform != PEOPLE:
            raise QuestionExpired("the application is no longer registered")
        return question

    async def agreed(self, question: Question, now: dt.datetime) -> str:
        """Store a yes, and return the address that brings the client its code.

        Raises:
            QuestionExpired: Its code was used already.
        """
        text = self.seal.code(question)
        consent = Consent(
            id=self.seal.consent_id(question),
            platform=PEOPLE,
            person=question.person,
            client=question.client,
            scopes=question.scopes,
            granted=now,
        )
        code = Code(
            sha256=sha256(text.encode()).digest(),
            consent=consent,
            redirect_uri=question.redirect_uri,
            challenge=question.challenge,
            expires=now + CODE_LIFE,
        )
        if not await self.consents.grant(code, now):
            raise QuestionExpired("the question was answered before")
        # scope: Open Badges 3.0 section 7; iss: RFC 9207 section 2, against mix-up of authorization servers.
        said = {"code": text, "scope": " ".join(question.scopes), "state": question.state, "iss": self.issuer}
        return redirects.answered(question.redirect_uri, said)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request of a client to the question that its person is asked, or to the answer they gave before."""

    clock: Clock
    consents: Consents
    seal: Seal
    answer: Answer
    new_id: Callable[[], str]

    async def __call__(self, request: Authorisation, person: str, session: str) -> Asked | str:
        """Return the question; or, where the person said yes to the same client for as much, where the browser goes."""
        now = self.clock()
        question = self.question(request, person, session)
        if not request.ask and await self._said_yes(request, person):
            return await self.answer.agreed(question, now)
        return Asked(
            client=request.client,
            redirect_uri=request.redirect_uri,
            scopes=request.scopes,
            ticket=self.seal.sealed(question),
        )

    def question(self, request: Authorisation, person: str, session: str) -> Question:
        """What is asked of whom."""
        return Question(
            client=request.client.id,
            redirect_uri=request.redirect_uri,
            scopes=request.scopes,
            state=request.state,
            challenge=request.challenge,
            person=person,
            session=session,
            nonce=f"{request.pushed} {person}" if request.pushed else self.new_id(),
            expires=int((self.clock() + QUESTION_LIFE).timestamp()),
            wish=request.wish,
        )

    async def _said_yes(self, request: Authorisation, person: str) -> bool:
        """Only of a client that has to show a secret: any program can say that it is a public one (RFC 8252, 8.6)."""
        if request.client.secret_sha256 is None:
            return False
        held = await self.consents.held(PEOPLE, person, request.client.id)
        return any(set(request.scopes) <= set(consent.scopes) for consent in held)
