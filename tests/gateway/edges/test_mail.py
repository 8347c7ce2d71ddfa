"""Letters over SMTP, against a real server: nothing is injected, no password goes out in the open."""

import asyncio
import datetime as dt
import email
import email.policy
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from typing import Any  # Any: options of the library's server

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from gateway.edges.mail import NowhereMail, PrintedMail, SmtpMail, SmtpServer
from gateway.errors import GatewayError, Misconfigured, NoMail, Unavailable
from gateway.flows.letters import letter
from gateway.ports.people import Letter
from gateway.records.people import PEOPLE, Link, LinkPurpose
from tests.simulators.https_server import Authority

AT = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
URL = "https://badges.example.net/account/links/" + "A" * 43


class Office:
    """What arrived, and what the server answers to recipients."""

    def __init__(self) -> None:
        self.arrived: list[Envelope] = []
        self.to_recipients = "250 OK"

    async def handle_RCPT(  # noqa: N802 - as the library calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if self.to_recipients.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipients

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        del server, session
        self.arrived.append(envelope)
        return "250 OK"

    def message(self) -> EmailMessage:
        """The only letter that arrived, as a mail program reads it."""
        [envelope] = self.arrived
        assert isinstance(envelope.content, bytes)
        read = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(read, EmailMessage)
        return read


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture(scope="module")
def tls() -> Authority:
    return Authority()


def known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword) -> AuthResult:
    del server, session, envelope, mechanism
    return AuthResult(success=(given.login, given.password) == (b"gateway", b"p@ss/word"), handled=False)


@asynccontextmanager
async def serving(office: Office, **options: Any) -> AsyncIterator[int]:
    """A server on a port of its own; what its connections leave behind ends with it."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(office, loop=loop, hostname="localhost", **options), "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
async def server(office: Office, tls: Authority) -> AsyncIterator[int]:
    """The port of a server that demands STARTTLS and a password."""
    certified = tls.server("localhost")
    async with serving(
        office,
        tls_context=certified,
        require_starttls=True,
        authenticator=known,
        auth_required=True,
        enable_SMTPUTF8=True,
    ) as port:
        yield port


@pytest.fixture
async def plain(office: Office) -> AsyncIterator[int]:
    """The port of a server of the inside: no TLS, no password, nothing beyond ASCII."""
    async with serving(office, enable_SMTPUTF8=False) as port:
        yield port


def mail(url: str, tls: ssl.SSLContext | None = None, timeout_s: float = 5) -> SmtpMail:
    return SmtpMail(SmtpServer.at(url), "badges@example.net", lambda: AT, tls=tls, timeout_s=timeout_s)


def to(address: str, language: str = "en") -> Letter:
    return letter(
        Link(
            sha256=b"",
            platform=PEOPLE,
            purpose=LinkPurpose.SIGN_IN,
            address=address,
            person="",
            browser=b"",
            next="/account",
            language=language,
            created=AT,
            expires=AT,
        ),
        URL,
    )


async def test_a_letter_arrives_over_tls_with_a_password(office: Office, server: int, tls: Authority) -> None:
    url = f"smtp://gateway:p%40ss%2Fword@localhost:{server}"

    await mail(url, tls.trust())(to("learner@example.org", "fr"))

    message = office.message()
    assert office.arrived[0].rcpt_tos == ["learner@example.org"]
    assert office.arrived[0].mail_from == "badges@example.net"
    assert message["To"] == "learner@example.org"
    assert message["Subject"] == "Votre lien de connexion à badges.example.net"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert URL in message.get_content().splitlines()


@pytest.mark.parametrize("user", ["gateway:wrong", "nobody:p%40ss%2Fword"])
async def test_a_wrong_password_is_a_part_that_does_not_answer(
    office: Office, server: int, tls: Authority, user: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Unavailable) as refused:
        await mail(f"smtp://{user}@localhost:{server}", tls.trust())(to("learner@example.org"))

    said = f"{refused.value} {refused.value.fix} {caplog.text}"
    assert office.arrived == []
    assert "learner" not in said
    assert "wrong" not in said


async def test_a_server_that_nobody_certified_gets_no_password(office: Office, server: int) -> None:
    with pytest.raises(Unavailable):
        await mail(f"smtp://gateway:p%40ss%2Fword@localhost:{server}")(to("learner@example.org"))

    assert office.arrived == []


async def test_a_server_without_tls_gets_no_letter(office: Office, plain: int) -> None:
    with pytest.raises(Unavailable):
        await mail(f"smtp://localhost:{plain}")(to("learner@example.org"))

    assert office.arrived == []


async def test_a_server_of_the_inside_may_do_without_tls(office: Office, plain: int) -> None:
    await mail(f"smtp://127.0.0.1:{plain}?starttls=never")(to("learner@bücher.example"))

    assert office.arrived[0].rcpt_tos == ["learner@xn--bcher-kva.example"]


async def test_names_beyond_ascii_go_to_servers_that_take_them(office: Office, server: int, tls: Authority) -> None:
    await mail(f"smtp://gateway:p%40ss%2Fword@localhost:{server}", tls.trust())(to("zoé@example.org"))

    assert office.arrived[0].rcpt_tos == ["zoé@example.org"]


async def test_servers_that_take_no_names_beyond_ascii_are_said_to(office: Office, plain: int) -> None:
    with pytest.raises(Unavailable, match="beyond ASCII"):
        await mail(f"smtp://127.0.0.1:{plain}?starttls=never")(to("zoé@example.org"))

    assert office.arrived == []


async def test_a_mailbox_that_is_not_there_is_not_told(
    office: Office, plain: int, caplog: pytest.LogCaptureFixture
) -> None:
    office.to_recipients = "550 learner@example.org has no mailbox here"

    await mail(f"smtp://127.0.0.1:{plain}?starttls=never")(to("learner@example.org"))

    assert "550" in caplog.text
    assert "learner" not in caplog.text


async def test_a_server_that_wants_to_be_asked_later_is_a_part_that_does_not_answer(office: Office, plain: int) -> None:
    office.to_recipients = "451 try again later"

    with pytest.raises(Unavailable):
        await mail(f"smtp://127.0.0.1:{plain}?starttls=never")(to("learner@example.org"))


async def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    async with silent:
        at = silent.sockets[0].getsockname()[1]

        with pytest.raises(Unavailable):
            await mail(f"smtp://127.0.0.1:{at}?starttls=never", timeout_s=0.2)(to("learner@example.org"))


@pytest.mark.parametrize(
    "address",
    [
        "learner@example.org\r\nBcc: other@example.org",
        "learner@example.org\nX: y",
        "learner\r\nRCPT TO:<other@example.org>\r\n@example.org",
        "learner@example.org>,<other@example.org",
        "learner@example.org\u2028Bcc: other@example.org",
    ],
)
async def test_no_address_brings_a_header_or_a_command_along(office: Office, plain: int, address: str) -> None:
    with pytest.raises(GatewayError) as refused:
        await mail(f"smtp://127.0.0.1:{plain}?starttls=never")(to(address))

    assert refused.value.code == "malformed-address"
    assert office.arrived == []


async def test_a_subject_with_line_ends_is_refused(office: Office, plain: int) -> None:
    bad = Letter(to="learner@example.org", subject="Hello\r\nBcc: other@example.org", text="", language="en")

    with pytest.raises(ValueError, match="linefeed or carriage return"):
        await mail(f"smtp://127.0.0.1:{plain}?starttls=never")(bad)

    assert office.arrived == []


async def test_in_development_letters_are_shown() -> None:
    written: list[str] = []

    await PrintedMail(written.append)(to("learner@example.org"))

    assert URL in written[0]


async def test_without_a_server_the_setting_is_named() -> None:
    with pytest.raises(NoMail) as refused:
        await NowhereMail()(to("learner@example.org"))

    assert "GATEWAY_SMTP_URL" in refused.value.fix


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", SmtpServer(host="mail.example.org", port=587, tls="required")),
        ("smtps://mail.example.org", SmtpServer(host="mail.example.org", port=465, tls="wrapped")),
        (
            "smtp://a%40b:p%3Aw@mail.example.org:2525?starttls=required",
            SmtpServer(host="mail.example.org", port=2525, tls="required", user="a@b", password="p:w"),
        ),
        ("smtp://localhost:25?starttls=never", SmtpServer(host="localhost", port=25, tls="never")),
    ],
)
def test_the_address_of_a_server_is_read(url: str, expected: SmtpServer) -> None:
    assert SmtpServer.at(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://user:hidden@",
        "smtp://user:hidden@mail.example.org:port",
        "smtp://user:hidden@mail.example.org/path",
        "smtp://user:hidden@mail.example.org?starttls=maybe",
        "smtp://user:hidden@mail.example.org?starttls=never",
        "smtp://user:hidden@mail.example.org?other=1",
        "smtp://user:hidden@[::1",
    ],
)
def test_another_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        SmtpServer.at(url)

    assert "hidden" not in f"{refused.value} {refused.value.fix}"
    assert refused.value.pointer == "GATEWAY_SMTP_URL"


def test_a_password_is_not_shown() -> None:
    assert "hidden" not in repr(SmtpServer.at("smtp://user:hidden@mail.example.org"))


@pytest.mark.parametrize("sender", ["badges", "badges@localhost", "a@b.org\r\nBcc: c@d.org"])
def test_a_sender_that_is_no_address_is_refused_at_the_start(sender: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        SmtpMail(SmtpServer.at("smtp://mail.example.org"), sender, lambda: AT)

    assert refused.value.pointer == "GATEWAY_MAIL_FROM"
