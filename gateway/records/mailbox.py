"""E-mail addresses: which ones are taken, and when two of them are the same mailbox."""

import re
import unicodedata

import idna

from gateway.errors import GatewayError

MAX_OCTETS = 254
"""Of a whole address: what SMTP can carry (RFC 5321 section 4.5.3.1.3, less the angle brackets)."""

MAX_LOCAL_OCTETS = 64

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
_LETTERS = frozenset({"L", "M", "N", "P", "S"})
"""Unicode categories that may stand in the local part; controls, blanks and invisible formats may not."""


class MalformedAddress(GatewayError):
    """The text is no e-mail address that mail can be sent to."""

    code = "malformed-address"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "this is no e-mail address that mail can be sent to",
            pointer=pointer,
            fix="write it as in learner@example.org: one @, a name before it, a domain behind it, no blanks",
        )


def mailbox(text: str, pointer: str = "/address") -> str:
    """Return the address as it is kept: in NFC and without blanks around it, otherwise as it was written.

    Quoted names and address literals (``"a b"@[192.0.2.1]``) are not taken: hardly anybody has one, and a mail program
    that reads them in another way would send the letter elsewhere.

    Args:
        pointer: Where in the body the address stands (RFC 6901), "" when it stands elsewhere.

    Raises:
        MalformedAddress: Mail cannot be sent there.

    Source: RFC 5321 section 4.1.2, RFC 6531 section 3.3 (local parts beyond ASCII), RFC 5891 (domains beyond ASCII).
    """
    address = unicodedata.normalize("NFC", text.strip(" \t\r\n"))
    local, at, domain = address.rpartition("@")
    try:
        if not at or len(address.encode()) > MAX_OCTETS or len(local.encode()) > MAX_LOCAL_OCTETS:
            raise MalformedAddress(pointer)
        ascii_domain(domain)
    except UnicodeError as error:  # half a surrogate pair, or no domain; idna.IDNAError is one of these
        raise MalformedAddress(pointer) from error
    if not all(_is_atom(part) for part in local.split(".")):
        raise MalformedAddress(pointer)
    return address


def ascii_domain(domain: str) -> str:
    """Return a domain as DNS has it: in lower case, international names in their ``xn--`` form.

    Raises:
        UnicodeError: It is none, or has no dot.
    """
    encoded = idna.encode(domain, uts46=True, transitional=False).decode()
    if "." not in encoded or encoded.endswith(".") or encoded.rpartition(".")[2].isdigit():
        raise UnicodeError(domain)
    return encoded


def normal(address: str) -> str:
    """Return what the spellings of one mailbox have in common: lower case throughout, the domain as DNS has it.

    Names before the @ may differ in case alone (RFC 5321 section 2.4), and hardly any host tells them apart. Whoever
    asks for another spelling of a known address is therefore written to in the spelling that was confirmed.
    """
    local, _, domain = mailbox(address).rpartition("@")
    return f"{local.lower()}@{ascii_domain(domain)}"


def _is_atom(part: str) -> bool:
    ascii_part = "".join(letter for letter in part if letter.isascii())
    others = (letter for letter in part if not letter.isascii())
    return (
        bool(part)
        and (not ascii_part or _ATOM.fullmatch(ascii_part) is not None)
        and all(unicodedata.category(letter)[0] in _LETTERS for letter in others)
    )
