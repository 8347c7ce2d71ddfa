"""Is a badge for this person? Its recipient against the addresses that the person has confirmed.

Only ever against those of the person who asks: a hash is never looked up among the addresses of others, because
whoever could ask that would learn who is here.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import unquote

import msgspec

from adapters.hub.credential import Identity, Recipient
from gateway.proofs.identity_hash import is_identity_hash, is_of
from gateway.records.mailbox import ascii_domain
from gateway.records.people import Address, AddressKind

MAX_IDENTITIES = 200
"""So many identities of a recipient are compared; real badges have one to three."""


class Spelling(StrEnum):
    """In which spelling an address is the recipient; the earlier ones are tried first."""

    AS_GIVEN = "as-given"
    LOWER_CASE = "lower-case"
    DOMAIN_IN_LOWER_CASE = "domain-in-lower-case"
    CAPITALISED = "capitalised"
    UPPER_CASE = "upper-case"
    DOMAIN_AS_IN_DNS = "domain-as-in-dns"
    DECOMPOSED = "decomposed"
    NORMALISED = "normalised"


class Matched(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a badge is.

    Attributes:
        address: The person's address that is the recipient.
        spelling: How it has to be written to be the recipient.
        hashed: Whether the badge names the recipient by a hash.
        algorithm: Of that hash: ``sha256``, ``md5``, ``sha1``; "" when there is none.
    """

    address: Address
    spelling: Spelling
    hashed: bool
    algorithm: str = ""


_SPELLINGS = tuple(Spelling)
_KINDS = {
    "emailAddress": AddressKind.EMAIL,
    "email": AddressKind.EMAIL,
    "ext:url": AddressKind.URL,
    "url": AddressKind.URL,
    "ext:telephone": AddressKind.TELEPHONE,
    "telephone": AddressKind.TELEPHONE,
    "ext:did": AddressKind.DID,
}
"""What an identity says that it is; of any other kind it may be each of ours."""

_NO_MAILBOX = re.compile(
    r"name|(ext:)?(url|telephone|did)|nationalIdentityNumber|productId|isbn|issn|lti[A-Za-z]+|[A-Za-z]*[sS]ourcedId"
)
"""Kinds whose hashes are of something else than an e-mail address; a hash of any other kind may be of one."""

_MAILBOX = re.compile(r"((?:[A-Za-z][A-Za-z0-9+.-]*:)*)([^\s@/:?#<>\"]+@[^\s@/:?#<>\"]+)(?:\?\S*)?")
"""``learner@example.org``, as it is or behind ``mailto:``, ``acct:``, ``did:email:`` ..."""

_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
_LIKE_A_MAILBOX = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")
_FILLERS = re.compile(r"[\s().\-\u00a0\u202f/]+")


def matched(recipient: Recipient, addresses: tuple[Address, ...]) -> Matched | None:
    """Return which address the recipient is, None when it is none of them.

    Of several that match, the one in the most literal spelling wins. Case is tried, though neither specification folds
    it: issuers hash what a form, a directory or a spreadsheet gave them.

    Source: Open Badges 2.0 IdentityObject; Open Badges 3.0 IdentityObject (section 5.6) and section 9 step 5.
    """
    found = (*_by_id(recipient, addresses), *_by_identities(recipient, addresses))
    return min(found, key=lambda match: _SPELLINGS.index(match.spelling), default=None)


def may_name_a_mailbox(recipient: Recipient) -> bool:
    """Say whether the recipient is somebody's e-mail address, or a hash that may be of one, whatever it is called.

    Such a badge is nobody's by their own word: it says whose it is. A DID or an address of the web says nothing that
    can be compared with what people confirm.
    """
    return _like_a_mailbox(recipient.id or "") or any(map(_may_be_a_mailbox, recipient.identities))


def _may_be_a_mailbox(identity: Identity) -> bool:
    if _KINDS.get(identity.kind) is AddressKind.EMAIL or _like_a_mailbox(identity.value):
        return True
    return (identity.hashed or is_identity_hash(identity.value)) and not _NO_MAILBOX.fullmatch(identity.kind)


def _like_a_mailbox(text: str) -> bool:
    """Rather too often than not: in other widths, percent-encoded, with a name before it."""
    if _WEB.match(text):
        return False
    plain = unicodedata.normalize("NFKC", unquote(text)).strip()
    return plain.lower().startswith("mailto:") or _LIKE_A_MAILBOX.search(plain) is not None


def _by_id(recipient: Recipient, addresses: tuple[Address, ...]) -> Iterator[Matched]:
    if recipient.id is None:
        return
    named = Identity(kind="identifier", value=recipient.id, hashed=False)
    for address in addresses:
        if spelling := _spelling(named, address):
            yield Matched(address=address, spelling=spelling, hashed=False)


def _by_identities(recipient: Recipient, addresses: tuple[Address, ...]) -> Iterator[Matched]:
    for identity in recipient.identities[:MAX_IDENTITIES]:
        # What looks like a hash is one, even where the badge forgets to say so: no address has this form.
        hashed = identity.hashed or is_identity_hash(identity.value)
        algorithm = identity.value.partition("$")[0] if hashed else ""
        for address in addresses:
            if _comparable(identity, address.kind) and (spelling := _spelling(identity, address)):
                yield Matched(address=address, spelling=spelling, hashed=hashed, algorithm=algorithm)


def _comparable(identity: Identity, kind: AddressKind) -> bool:
    """A kind can be mistaken (``url`` for an e-mail address), the form of an e-mail address cannot."""
    if kind is AddressKind.EMAIL and _MAILBOX.fullmatch(identity.value.strip()):
        return True
    return _KINDS.get(identity.kind, kind) is kind


def _spelling(identity: Identity, address: Address) -> Spelling | None:
    """In which spelling the address is this identity, None when in none."""
    if is_identity_hash(identity.value):
        salt = identity.salt or ""
        tried = _spellings(address)
        return next((name for name, text in tried.items() if is_of(identity.value, text, salt)), None)
    plain = unicodedata.normalize("NFC", _without_scheme(identity.value.strip(), address.kind))
    if plain == address.value:
        return Spelling.AS_GIVEN
    for name, text in _spellings(address).items():
        if text == plain:
            return name
    # Any other mixture of cases is the same mailbox; only of a hash can no more than a few be tried.
    if address.kind is AddressKind.EMAIL and plain.lower() == address.value.lower():
        return Spelling.LOWER_CASE
    if address.kind is AddressKind.TELEPHONE and _FILLERS.sub("", plain) == _FILLERS.sub("", address.value):
        return Spelling.NORMALISED
    return None


def _without_scheme(said: str, kind: AddressKind) -> str:
    """What stands behind ``mailto:`` or ``tel:``. Source: RFC 6068 section 2 (percent-encoded), RFC 3966 section 3."""
    if kind is AddressKind.TELEPHONE:
        return said[4:] if said[:4].lower() == "tel:" else said
    if kind is not AddressKind.EMAIL:
        return said
    found = _MAILBOX.fullmatch(said) or _MAILBOX.fullmatch(unquote(said))
    return found[2] if found and found[1] else said


def _spellings(address: Address) -> dict[Spelling, str]:
    """What is plausibly hashed of an address, by how it is spelled; the most literal first."""
    value = address.value
    if address.kind is AddressKind.EMAIL:
        return _of_mailbox(value)
    if address.kind is AddressKind.TELEPHONE:
        return {Spelling.AS_GIVEN: value, Spelling.NORMALISED: _FILLERS.sub("", value)}
    if address.kind is AddressKind.URL:
        other = value.removesuffix("/") if value.endswith("/") else f"{value}/"
        return {Spelling.AS_GIVEN: value, Spelling.LOWER_CASE: value.lower(), Spelling.NORMALISED: other}
    return {Spelling.AS_GIVEN: value}


def _of_mailbox(value: str) -> dict[Spelling, str]:
    local, _, domain = value.rpartition("@")
    low, dns = domain.lower(), _in_dns(domain)
    high = domain.upper() if _in_dns(domain.upper()) == dns else dns.upper()
    spellings = {
        Spelling.AS_GIVEN: (local, domain),
        Spelling.LOWER_CASE: (local.lower(), low),
        Spelling.DOMAIN_IN_LOWER_CASE: (local, low),
        Spelling.CAPITALISED: (_capitalised(local), low),
        Spelling.UPPER_CASE: (local.upper(), high),
        Spelling.DOMAIN_AS_IN_DNS: (local.lower(), dns),
    }
    # Other letters may become the same capitals (ß and SS), and then they are the mailbox of somebody else.
    ours = {name: f"{theirs}@{at}" for name, (theirs, at) in spellings.items() if theirs.lower() == local.lower()}
    return {**ours, Spelling.DECOMPOSED: unicodedata.normalize("NFD", value)}


def _capitalised(local: str) -> str:
    """``Jane.Doe-Smith``, as directories write names."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), local)


def _in_dns(domain: str) -> str:
    try:
        return ascii_domain(domain)
    except UnicodeError:
        return domain
