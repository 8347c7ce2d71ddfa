"""The ports ``Mail``: over SMTP, on the terminal in development, or not at all."""

import asyncio
import logging
import smtplib
import ssl
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from gateway.errors import GatewayError, Misconfigured, NoMail, Unavailable
from gateway.ports import Clock
from gateway.ports.people import Letter
from gateway.records.mailbox import ascii_domain, mailbox

log = logging.getLogger("badge_gateway.mail")

TIMEOUT_S = 10.0
"""For each step of the conversation, and for a turn: who waits longer than that is told to come again."""

AT_ONCE = 4
"""Letters under way at a time; each takes a thread."""

REFUSED_FOR_GOOD = range(500, 600)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
DEFAULT_PORTS = {"smtp": 587, "smtps": 465}


class SmtpServer(msgspec.Struct, frozen=True, kw_only=True):
    """A server that takes letters.

    Attributes:
        tls: ``wrapped`` from the first byte, ``required`` by STARTTLS, or ``never``.
    """

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Without the password."""
        return f"SmtpServer({self.host}:{self.port}, tls={self.tls!r})"

    @classmethod
    def at(cls, url: str) -> Self:
        """Read ``smtp://user:password@host:587?starttls=required`` or ``smtps://…``.

        Raises:
            Misconfigured: It is no such address, or would send a password in the open.
        """
        try:
            parts = urlsplit(url)
            port, query = parts.port, parse_qs(parts.query, strict_parsing=bool(parts.query))
        except ValueError as error:
            raise _impossible() from error
        starttls = query.pop("starttls", ["required"])
        wrapped = parts.scheme == "smtps"
        host = parts.hostname or ""
        tls = "wrapped" if wrapped else starttls[0]
        known = parts.scheme in DEFAULT_PORTS and starttls[0] in ("required", "never") and len(starttls) == 1
        open_password = bool(parts.password) and tls == "never" and host not in LOOPBACK
        if not (host and known) or query or parts.path.strip("/") or parts.fragment or open_password:
            raise _impossible()
        return cls(
            host=host,
            port=port or DEFAULT_PORTS[parts.scheme],
            tls=tls,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


def _impossible() -> Misconfigured:
    """Its value may hold a password, so it is not repeated."""
    return Misconfigured(
        "GATEWAY_SMTP_URL is no address of a mail server",
        pointer="GATEWAY_SMTP_URL",
        fix="give smtp://user:password@host:587 (STARTTLS is required) or smtps://user:password@host:465, with special "
        "characters percent-encoded; ?starttls=never is for a server on a trusted network that takes no password",
    )


class SmtpMail:
    """Letters over SMTP (RFC 5321), one connection each.

    The library of the language is blocking, so each conversation has a thread; it knows every line that goes out, and
    refuses line ends in headers and addresses.
    """

    def __init__(
        self,
        server: SmtpServer,
        sender: str,
        clock: Clock,
        *,
        tls: ssl.SSLContext | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._server = server
        self._sender = _sender(sender)
        self._clock = clock
        self._tls = tls or ssl.create_default_context()
        self._timeout_s = timeout_s
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, letter: Letter) -> None:
        """Hand a letter over.

        A mailbox that is refused for good is not told to who asked: it would say who has a mailbox there.

        Raises:
            Unavailable: The server does not answer, or wants to be asked later.
        """
        message = self._message(letter)
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._turns.acquire()
        except TimeoutError as error:
            raise Unavailable("too many letters are on their way", fix="try again in a moment") from error
        try:
            await asyncio.to_thread(self._sent, message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            log.warning("the mail server refused a recipient: %s", codes)
            if not all(code in REFUSED_FOR_GOOD for code in codes):
                raise Unavailable(
                    "the mail server wants to be asked later", fix="try again in a few minutes"
                ) from error
        except (smtplib.SMTPException, OSError) as error:
            # What it says may repeat addresses.
            log.error("the mail server took no letter: %s", type(error).__name__)  # noqa: TRY400
            raise Unavailable("the mail server does not answer", fix="try again in a few minutes") from error
        finally:
            self._turns.release()

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = _addressed(letter.to)
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = make_msgid(domain=self._sender.domain)
        message["Content-Language"] = letter.language
        # Nobody answers a machine, neither do answering machines (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, cte="quoted-printable")
        return message

    def _sent(self, message: EmailMessage) -> None:
        server = self._server
        # Its own name, because the library would look one up.
        here = self._sender.domain
        if server.tls == "wrapped":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, here, timeout=self._timeout_s, context=self._tls
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, here, timeout=self._timeout_s)
        with connection:
            if server.tls == "required":
                connection.starttls(context=self._tls)
            if not _envelope(message).isascii() and not _takes_utf8(connection):
                raise Unavailable("the mail server takes no addresses beyond ASCII", fix="use another address")
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)


class PrintedMail:
    """Development: letters are shown where the gateway runs, and sent nowhere."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    async def __call__(self, letter: Letter) -> None:
        """Write the letter down."""
        self._write(f"\nTo: {letter.to}\nSubject: {letter.subject}\n\n{letter.text}\n")


class NowhereMail:
    """No mail server is configured."""

    async def __call__(self, letter: Letter) -> None:
        """Refuse.

        Raises:
            NoMail: Always.
        """
        del letter
        raise NoMail


def _envelope(message: EmailMessage) -> str:
    return "".join(message.get_all("To", []))


def _takes_utf8(connection: smtplib.SMTP) -> bool:
    connection.ehlo_or_helo_if_needed()
    return connection.has_extn("smtputf8")


def _addressed(address: str) -> Address:
    """An address in a header; the domain in the form that every server knows."""
    local, _, domain = mailbox(address).rpartition("@")
    return Address(username=local, domain=ascii_domain(domain))


def _sender(address: str) -> Address:
    try:
        return _addressed(address)
    except GatewayError as error:
        raise Misconfigured(
            f"GATEWAY_MAIL_FROM cannot be {address!r}",
            pointer="GATEWAY_MAIL_FROM",
            fix="give an e-mail address from which the mail server may send, as in badges@example.org",
        ) from error
