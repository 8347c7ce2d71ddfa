"""What differs each time that something is made, by its kind: ids, signatures, keys, secrets."""

import base64
import binascii
import contextlib
import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any  # Any: JSON

import msgspec
from cryptography import x509

_B64 = "[A-Za-z0-9_-]"
_B58 = "[1-9A-HJ-NP-Za-km-z]"
_BYTES_16 = "16 bytes in base64url"
_LIST, _CERTIFICATE, _PEM = "status list", "certificate", "certificate as PEM"
_MIXED = "(?:(?=[A-Za-z]{0,21}[0-9_-])(?=[a-z0-9_-]{0,21}[A-Z])|(?=(?:[a-z]{0,21}[A-Z]){6}))"
"""Both cases, and a digit, a hyphen or an underscore; without those, more capitals than a word in camel case has."""
_BEGIN, _END = r"(?:(?<![A-Za-z0-9_-])|(?<=%(?:2F|22|3D)))", r"(?![A-Za-z0-9_-])"


def _whole(pattern: str) -> str:
    """A pattern that is no part of a longer word."""
    return _BEGIN + pattern + _END


KINDS: dict[str, str] = {
    "uuid": _whole(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
    "sha-256 in hex": _whole("[0-9a-f]{64}"),
    "sha-256 in base64": r"(?<=sha-256=:)[A-Za-z0-9+/]{43}=(?=:)",
    "api key": _whole("bgk_(?:live|test)_[0-9A-Za-z]{49}"),
    "beginning of an api key": _whole("bgk_(?:live|test)_[0-9A-Za-z]{4}"),
    "secret of a webhook": r"(?<![\w])whsec_[A-Za-z0-9+/]{43}=",
    "public key of a webhook": r"(?<![\w])whpk_[A-Za-z0-9+/]{43}=",
    "signatures of a webhook": r"(?<![\w])v1,[A-Za-z0-9+/]{43}= v1a,[A-Za-z0-9+/]{86}==(?![\w+/=])",
    "token": _whole(f"bg(?:a|b|r|s|o|wo|wr|p)_{_B64}{{32,64}}"),
    "challenge of ours": _whole(f"vcalm-{_B64}{{43}}"),
    "client": _whole(f"bgc_{_B64}{{16,43}}"),
    "Ed25519 key as multibase": _whole(f"z6Mk{_B58}{{44}}"),
    "signature as multibase": _whole(f"z{_B58}{{85,88}}"),
    _LIST: _whole(f"u?H4sI{_B64}{{20,}}"),
    _CERTIFICATE: r"(?<![\w+/])MII[A-Za-z0-9+/]{200,}={0,2}",
    "public key as PEM": r"-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+-----END PUBLIC KEY-----",
    _PEM: r"-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----",
    "RSA modulus": _whole(f"{_B64}{{342}}"),
    "signature of 64 bytes": _whole(f"{_B64}{{86}}"),
    "32 bytes in base64url": _whole(f"{_B64}{{43}}"),
    "cursor": f"(?<=since=){_B64}{{24}}{_END}|(?<=after=){_B64}{{40,100}}{_END}",
    _BYTES_16: _whole(f"(?={_B64}{{0,21}}[a-z]){_MIXED}{_B64}{{21}}[AQgw]"),
}
"""Each with the one pattern that it has to have, whole: what is longer or shorter is another kind, or none."""

MEMBERS: dict[str, str] = {
    "next": f"(?:{_B64}{{24}}|{_B64}{{40,100}})",
    "statusListIndex": "[0-9]{1,7}",
    "index": "[0-9]{1,7}",
    "reference": "[0-9a-f]{16}",
    "offer": "[0-9a-f]{16}",
    "code": "[0-9]{6}",
    "ticket": f"{_B64}{{400,900}}",
    "salt": "[0-9a-f]{32}",
}
"""Members of JSON whose values are random and look like nothing."""

UNORDERED = frozenset({"keys", "verificationMethod", "assertionMethod", "authentication", "publicKey"})
"""Members that list keys, whose order is that of their thumbprints."""

OPENED = frozenset({"protected"})
"""Members that hold JSON in base64url (RFC 7515 section 7.2): what they say is compared."""

_JWT = re.compile(rf"{_BEGIN}(eyJ{_B64}+)\.({_B64}*)\.({_B64}*){_END}")
_ENTRY = re.compile(r"(?<=#)[0-9]{1,7}(?![0-9A-Za-z])")


def _any(*but: str) -> re.Pattern[str]:
    """All kinds but these."""
    kinds = enumerate(KINDS.items())
    return re.compile("|".join(f"(?P<k{number}>{pattern})" for number, (kind, pattern) in kinds if kind not in but))


_ANY, _IN_NAMES = _any(), _any(_BYTES_16)
"""No member is named by 16 bytes, and many a name is as long."""
_NAMES = tuple(KINDS)


def masked(value: Any, member: str = "") -> Any:
    """The value with the name of its kind in the place of everything that differs each time.

    Tokens, certificates and status lists are opened: what they say is compared too, and only what is random is not.
    """
    if isinstance(value, dict):
        return {_IN_NAMES.sub(_kind, name): masked(child, name) for name, child in value.items()}
    if isinstance(value, list):
        found = [masked(child, member) for child in value]
        return sorted(found, key=_encoded) if member in UNORDERED else found
    if member in MEMBERS and re.fullmatch(MEMBERS[member], str(value)):
        return f"<{member}>"
    if member in OPENED:
        return _json(value)
    return _opened(value) if isinstance(value, str) else value


def _encoded(value: Any) -> bytes:
    return msgspec.json.encode(value, order="sorted")


def _opened(value: str) -> str:
    """A text; one that is a JSON object by what that says."""
    if value.startswith('{"'):
        with contextlib.suppress(msgspec.DecodeError):
            return _encoded(masked(msgspec.json.decode(value))).decode()
    return _text(value)


def _text(value: str) -> str:
    kept: list[str] = []

    def opened(found: re.Match[str]) -> str:
        kept.append(_jwt(found))
        return f"\x00{len(kept) - 1}\x00"

    text = _ANY.sub(_kind, _JWT.sub(opened, value))
    if "status-lists/" in text:
        text = _ENTRY.sub("<entry>", text)
    for number, said in enumerate(kept):
        text = text.replace(f"\x00{number}\x00", said)
    return text


def _kind(found: re.Match[str]) -> str:
    name = _NAMES[int(str(found.lastgroup)[1:])]
    said = _SAYS[name](found[0]) if name in _SAYS else ""
    return f"<{name}{said}>"


def _entries(text: str) -> str:
    """How many entries a status list has, and how many of them are set: which ones is chosen by lot."""
    try:
        bits = gzip.decompress(_bytes(text.removeprefix("u")))
    except (OSError, EOFError, zlib.error):
        return " that is none"
    return f" of {8 * len(bits)}, {int.from_bytes(bits).bit_count()} set"


def _certified(text: str) -> str:
    """Who certifies whom, from when until when."""
    pem = text if text.startswith("-") else f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----"
    try:
        found = x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        return " that is none"
    subject, issuer = found.subject.rfc4514_string(), found.issuer.rfc4514_string()
    return f" of {subject} by {issuer}, {found.not_valid_before_utc} to {found.not_valid_after_utc}"


_SAYS: dict[str, Callable[[str], str]] = {_LIST: _entries, _CERTIFICATE: _certified, _PEM: _certified}
"""What is compared of a kind all the same."""


def _jwt(found: re.Match[str]) -> str:
    header, payload, signature = found.groups()
    said = [_json(part) for part in (header, payload)]
    return f"<JWT {said[0]}.{said[1]}.{len(signature)}>"


def _json(part: str) -> str:
    """What a part of a token says; it stands for itself when that is not JSON, and is masked as text then."""
    try:
        value = msgspec.json.decode(_bytes(part))
    except (msgspec.DecodeError, binascii.Error, UnicodeDecodeError):
        return _ANY.sub(_kind, part)
    return msgspec.json.encode(masked(value), order="sorted").decode()


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def differences(left: Any, right: Any, at: str = "") -> list[str]:
    """Where two values are not the same when each is masked; "" is the whole."""
    return _differences(masked(left), masked(right), at)


def unlike(left: Any, right: Any) -> list[str]:
    """In what two values are not alike: where they differ when each is masked, else what is mistaken."""
    return differences(left, right) or mistaken(left, right)


def _differences(left: Any, right: Any, at: str) -> list[str]:
    if isinstance(left, dict) and isinstance(right, dict):
        return [
            said
            for name in sorted({*left, *right})
            for said in _differences(left.get(name, msgspec.UNSET), right.get(name, msgspec.UNSET), f"{at}/{name}")
        ]
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return [
            said
            for number, (one, other) in enumerate(zip(left, right, strict=True))
            for said in _differences(one, other, f"{at}/{number}")
        ]
    same = left == right and type(left) is type(right)
    return [] if same else [f"{at or 'the whole'}: {left!r}, not {right!r}"]


def overlaid(shown: Any, live: Any) -> Any:
    """What is shown, with what is live in the place of what is masked; the two are equal under the masks."""
    if isinstance(shown, dict):
        return {name: overlaid(child, live[name]) for name, child in shown.items()}
    if isinstance(shown, list):
        return [overlaid(child, other) for child, other in zip(shown, live, strict=True)]
    return live


def mistaken(shown: Any, live: Any) -> list[str]:
    """What is masked, and not one and the same wherever the other is: whose answer it is shows in nothing else.

    Args:
        shown: Everything that a document shows of an exchange; it is equal to what is live under the masks.
    """
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    pairs = list(_pairs(shown, live))
    for one, other in pairs:
        there.setdefault(one, other)
        back.setdefault(other, one)
    return [
        f"{one} is {other} here, and elsewhere not" for one, other in pairs if (there[one], back[other]) != (other, one)
    ]


def _pairs(shown: Any, live: Any) -> Iterator[tuple[str, str]]:
    """What is masked in two values that are equal under the masks, side by side; not in lists whose order differs."""
    if isinstance(shown, dict) and isinstance(live, dict):
        for name in shown.keys() & live.keys():
            if name not in UNORDERED or isinstance(shown[name], str):
                yield from _pairs(shown[name], live[name])
    elif isinstance(shown, list) and isinstance(live, list):
        for one, other in zip(shown, live, strict=False):
            yield from _pairs(one, other)
    elif isinstance(shown, str) and isinstance(live, str):
        found = ([each[0] for each in _ANY.finditer(_JWT.sub("", text))] for text in (shown, live))
        yield from zip(*found, strict=False)
