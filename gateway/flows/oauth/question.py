"""A question to a person, as it travels in the form that answers it: sealed, so that it comes back as it was put."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from uuid import UUID

import msgspec

from gateway.flows.oauth.authorise import Wish
from gateway.flows.oauth.refusals import QuestionExpired
from gateway.records.oauth import CODE_PREFIX

MAC_BYTES = 32


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of whom.

    Attributes:
        person, session: Who is asked: nobody else can answer.
        nonce: Makes the question this one; the code is derived from it, so one question has at most one code. All
            questions to a person that come of one pushed request share it.
        scopes: () where it is a wallet's.
        expires: Seconds since 1970.
        wish: Of a wallet; None of everybody else.
    """

    client: str
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    challenge: str
    person: str
    session: str
    nonce: str
    expires: int
    wish: Wish | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """Question to text and back; the text is worth nothing when a character of it was changed."""

    secret: bytes

    def sealed(self, question: Question) -> str:
        """The question with a MAC over it, in base64url."""
        body = msgspec.json.encode(question)
        return urlsafe_b64encode(self._mac(b"question", body) + body).decode()

    def opened(self, ticket: str) -> Question:
        """The question.

        Raises:
            QuestionExpired: It was not sealed here.
        """
        try:
            decoded = urlsafe_b64decode(ticket.encode())
        except (NotBase64, ValueError) as error:
            raise QuestionExpired("this is no question of ours") from error
        mac, body = decoded[:MAC_BYTES], decoded[MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(b"question", body)):
            raise QuestionExpired("this is no question of ours")
        return msgspec.json.decode(body, type=Question)

    def code(self, question: Question) -> str:
        """The code that saying yes to the question gives, however often it is said."""
        return CODE_PREFIX + urlsafe_b64encode(self._mac(b"code", question.nonce.encode())).decode().rstrip("=")

    def consent_id(self, question: Question) -> str:
        """The id of the consent that saying yes to the question gives: a UUIDv4."""
        return str(UUID(bytes=self._mac(b"consent", question.nonce.encode())[:16], version=4))

    def _mac(self, purpose: bytes, body: bytes) -> bytes:
        return hmac.digest(self.secret, purpose + b"\0" + body, "sha256")
