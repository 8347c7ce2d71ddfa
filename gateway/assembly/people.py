"""Wires what people who own badges can do."""

import sys
from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec

from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.mail import NowhereMail, PrintedMail, SmtpMail, SmtpServer
from gateway.edges.people import StoredPeople
from gateway.edges.people_sessions import StoredLinks, StoredSessions
from gateway.flows.keep_account import RemoveAddress, SignOut, Speak
from gateway.flows.mail_link import MailLink
from gateway.flows.provider import RETURN_PATH, Discover, GoToProvider, Provider, ReturnFromProvider
from gateway.flows.recognise import Recognise
from gateway.flows.sign_in import Begin, SeeLink, UseLink
from gateway.flows.tell_owner import TellOwner
from gateway.ports import Clock, Fetch, RateLimit
from gateway.ports.outbound import Post
from gateway.ports.people import Mail, People
from gateway.settings import Settings


class PeopleFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Sign-in, sessions and addresses of people."""

    people: People
    recognise: Recognise
    mail_link: MailLink
    see_link: SeeLink
    use_link: UseLink
    remove_address: RemoveAddress
    speak: Speak
    sign_out: SignOut
    go_to_provider: GoToProvider
    return_from_provider: ReturnFromProvider


def people_flows(
    settings: Settings,
    clock: Clock,
    database: Database,
    envelope: Envelope,
    rate_limit: RateLimit,
    new_id: Callable[[], str],
    fetch: Fetch,
    post: Post,
) -> PeopleFlows:
    """Everything about people, over this store.

    Raises:
        Misconfigured: The mail server or the sender of mails cannot be what the settings say.
    """
    people, links, sessions = (
        StoredPeople(database, envelope),
        StoredLinks(database, envelope),
        StoredSessions(database),
    )
    mail = _mail(settings, clock)
    tell = TellOwner(mail, settings.public_url)
    begin = Begin(clock, people, sessions, new_id)
    discover, journeys = Discover(fetch, _provider(settings)), envelope.derived("journeys to the provider")
    return PeopleFlows(
        people=people,
        recognise=Recognise(clock, people, sessions, envelope.derived("forms of people")),
        mail_link=MailLink(
            clock=clock,
            people=people,
            links=links,
            mail=mail,
            rate_limit=rate_limit,
            public_url=settings.public_url,
            secret=envelope.derived("limits of links"),
            from_one_an_hour=settings.sign_in_links_per_hour,
        ),
        see_link=SeeLink(clock, links),
        use_link=UseLink(clock, links, people, begin, tell, new_id),
        remove_address=RemoveAddress(clock, people, tell),
        speak=Speak(people),
        sign_out=SignOut(sessions),
        go_to_provider=GoToProvider(clock, discover, journeys),
        return_from_provider=ReturnFromProvider(clock, discover, fetch, post, begin, journeys),
    )


def _provider(settings: Settings) -> Provider:
    return Provider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        return_url=f"{settings.public_url}{RETURN_PATH}",
    )


def _mail(settings: Settings, clock: Clock) -> Mail:
    if settings.smtp_url:
        host = urlsplit(settings.public_url).hostname or "localhost"
        return SmtpMail(SmtpServer.at(settings.smtp_url), settings.mail_from or f"badges@{host}", clock)
    return PrintedMail(sys.stderr.write) if settings.development else NowhereMail()
