"""What is mailed to people: a link and what it is for, in their language, and nothing that a stranger wrote."""

from enum import StrEnum
from urllib.parse import urlsplit

import msgspec

from gateway.ports.people import Letter
from gateway.records.people import Link, LinkPurpose

VALID_MINUTES = 15


class AddressChange(StrEnum):
    """What became of an address of an account."""

    ADDED = "added"
    REMOVED = "removed"


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    """A letter in one language; ``{host}``, ``{url}`` and ``{minutes}`` are filled in."""

    subject: str
    text: str


_WORDS = {
    ("en", LinkPurpose.SIGN_IN): _Words(
        subject="Your link to sign in at {host}",
        text="""Hello,

open this link to sign in at {host}:

{url}

It works once and for {minutes} minutes. Nobody else should see it: whoever has it can sign in as you.

If you did not ask for it, do nothing. Somebody has probably mistyped an address; without the link they cannot get in.
""",
    ),
    ("fr", LinkPurpose.SIGN_IN): _Words(
        subject="Votre lien de connexion à {host}",
        text="""Bonjour,

ouvrez ce lien pour vous connecter à {host} :

{url}

Il ne sert qu’une fois et pendant {minutes} minutes. Ne le montrez à personne : qui l’a peut se connecter à votre place.

Si vous ne l’avez pas demandé, ne faites rien. Quelqu’un s’est sans doute trompé d’adresse ; sans le lien, il ne peut
pas entrer.
""",
    ),
    ("en", LinkPurpose.ADD_ADDRESS): _Words(
        subject="Add this address to your account at {host}",
        text="""Hello,

somebody who is signed in at {host} has said that this address is theirs. If that is you, open this link in the same
browser:

{url}

It works once and for {minutes} minutes. Badges that were issued to this address will then be found as yours.

If it is not you, do nothing: without the link the address is not added.
""",
    ),
    ("fr", LinkPurpose.ADD_ADDRESS): _Words(
        subject="Ajouter cette adresse à votre compte à {host}",
        text="""Bonjour,

une personne connectée à {host} a indiqué que cette adresse est la sienne. Si c’est vous, ouvrez ce lien dans le même
navigateur :

{url}

Il ne sert qu’une fois et pendant {minutes} minutes. Les badges délivrés à cette adresse seront alors reconnus comme les
vôtres.

Si ce n’est pas vous, ne faites rien : sans le lien, l’adresse n’est pas ajoutée.
""",
    ),
}


_CHANGED = {
    ("en", AddressChange.ADDED): _Words(
        subject="An address was added to your account at {host}",
        text="""Hello,

an e-mail address was just added to your account at {host}. Whoever reads its mails
can sign in as you.

If that was you, there is nothing to do. If it was not, open this page, remove the address and sign out everywhere:

{url}
""",
    ),
    ("fr", AddressChange.ADDED): _Words(
        subject="Une adresse a été ajoutée à votre compte à {host}",
        text="""Bonjour,

une adresse e-mail vient d’être ajoutée à votre compte à {host}. Qui lit ses messages
peut se connecter à votre place.

Si c’était vous, il n’y a rien à faire. Sinon, ouvrez cette page, retirez l’adresse et déconnectez-vous partout :

{url}
""",
    ),
    ("en", AddressChange.REMOVED): _Words(
        subject="An address was removed from your account at {host}",
        text="""Hello,

an e-mail address was just removed from your account at {host}. It can no longer be used to sign in.

If that was you, there is nothing to do. If it was not, open this page, look at the addresses and sign out everywhere:

{url}
""",
    ),
    ("fr", AddressChange.REMOVED): _Words(
        subject="Une adresse a été retirée de votre compte à {host}",
        text="""Bonjour,

une adresse e-mail vient d’être retirée de votre compte à {host}. Elle ne peut plus servir à se connecter.

Si c’était vous, il n’y a rien à faire. Sinon, ouvrez cette page, regardez les adresses et déconnectez-vous partout :

{url}
""",
    ),
}


def change_letter(to: str, language: str, change: AddressChange, url: str) -> Letter:
    """The letter that tells of a change; it names no address.

    Args:
        url: Of the account's page.
    """
    words = _CHANGED[language, change]
    filled = {"host": urlsplit(url).netloc, "url": url}
    return Letter(to=to, subject=words.subject.format(**filled), text=words.text.format(**filled), language=language)


def letter(link: Link, url: str) -> Letter:
    """The letter that carries a link.

    Args:
        url: Of the page that the link opens, with its token.
    """
    words = _WORDS[link.language, link.purpose]
    filled = {"host": urlsplit(url).netloc, "url": url, "minutes": VALID_MINUTES}
    return Letter(
        to=link.address,
        subject=words.subject.format(**filled),
        text=words.text.format(**filled),
        language=link.language,
    )
