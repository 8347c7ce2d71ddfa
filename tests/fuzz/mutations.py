"""Ways to break bytes, and documents whose bytes are whole."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any  # Any: JSON values

FRAGMENTS = (
    *(b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf", b"\x1b[2J", b"\xe2\x80\xae"),
    *(b'"', b"\\", b"\\u0000", b"\\ud800", b"\\udc00\\ud800", b"{", b"}", b"[" * 40, b"]", b",", b":", b".", b"~"),
    *(b"null", b"true", b"NaN", b"-Infinity", b"-1e999", b"1E400", b"-0", b"9" * 400, b"0.1e-9999", b"''"),
    *(b"<![CDATA[", b"]]>", b"<!--", b"<?xml version='1.0' encoding='UTF-7'?>", b"&b;", b"&#0;", b"&#xD800;"),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"IEND", b"IHDR", b"iTXtopenbadges\0\0\0\0\0", b"\xff\xff\xff\xff"),
    *(b"eyJ", b"e30", b"e30.e30.", b"..", b"====", b"%00", b"%ff", b"%", b"&&", b"\r\n", b"\r\n\r\n", b" " * 300),
    *(b"https://issuer.example/", b"https://[", b"did:web:", b"did:key:z6Mk", b"urn:uuid:", b"@context", b"@graph"),
    *(b"id", b"type", b"proof", b"vc", b"../../../", b"' or 1=1 --", b"${jndi:ldap://x}", b"{{7*7}}", b"__proto__"),
)

SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 1e308, -0.0, 2**53 + 1, 2**63, 10**19),
    *("", " ", "\0", "\ud800", "\udfff\ud83d", "\u202eabc\u2066", "\x1b[31m", "a" * 3000, "ü" * 300, "null", "#", "/"),
    *("https://", "https://[", "https://issuer.example/%00", "https://issuer.example:99999/", "http://127.0.0.1/"),
    *("https://issuer.example/profile", "https://issuer.example/keys/1", "https://issuer.example/status/1"),
    *(
        "did:web:",
        "did:web:issuer.example",
        "did:web:%",
        "did:key:z",
        "did:key:z6MkzzzZZ",
        "did:jwk:e30",
        "did:webvh:a:b",
    ),
    *("urn:uuid:", "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10", "data:,", "data:image/png;base64,AAAA", "_:b0"),
    *("0000-00-00T00:00:00Z", "9999-12-31T23:59:60Z", "2026-02-30T00:00:00Z", "2026-01-01", "1e3", "-1", "131072"),
    *(
        "2026-01-01T00:00:00+25:00",
        "-2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.123456789123Z",
        "12026-01-01T00:00:00Z",
    ),
    *("eddsa-rdfc-2022", "ecdsa-sd-2023", "Ed25519Signature2020", "DataIntegrityProof", "JsonWebKey", "Multikey"),
    *("HostedBadge", "SignedBadge", "BitstringStatusListEntry", "StatusList2021Entry", "1EdTechRevocationList"),
    *("none", "HS256", "RS256", "ES256", "EdDSA", "zzzz", "u", "z" + "1" * 200, "uH4sIAAAAAAAAA", "sha256$", "md5$x"),
    *([], {}, [[]], [None], [{}], {"id": None}, {"@id": "x"}, {"@value": 1}, {"@graph": []}, {"": ""}, ["a", "a"]),
)

NAMES = (
    *(
        "@context",
        "@id",
        "@type",
        "@graph",
        "@included",
        "@reverse",
        "@nest",
        "@set",
        "@list",
        "@json",
        "@vocab",
        "@base",
    ),
    *(
        "id",
        "type",
        "issuer",
        "proof",
        "vc",
        "vp",
        "credentialSubject",
        "credentialStatus",
        "credentialSchema",
        "evidence",
    ),
    *(
        "verification",
        "verify",
        "recipient",
        "badge",
        "image",
        "endorsement",
        "endorsementJwt",
        "refreshService",
        "result",
    ),
    *("relatedResource", "alignment", "a:b", "https://example.org/x", "", "\0", "\ud800", "~0/~1", "constructor"),
    *("iss", "sub", "jti", "nbf", "exp", "iat", "aud", "kid", "jwk", "jku", "x5c", "crit", "b64", "zip", "typ", "alg"),
    *("validFrom", "validUntil", "issuanceDate", "expirationDate", "issuedOn", "expires", "revoked", "proofValue"),
)


def broken_bytes(whole: bytes, chance: random.Random) -> bytes:
    """Up to six faults: bytes changed, taken away, doubled, cut off, or one of ``FRAGMENTS`` put in."""
    body = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(body) + 1)
        match chance.randrange(12):
            case 0 | 1 | 2 if at < len(body):
                body[at] = chance.randrange(256)
            case 3 | 4:
                del body[at : at + chance.randint(1, 20)]
            case 5:
                body[at:at] = body[at : at + chance.randint(1, 200)]
            case 6:
                del body[at:]
            case 7 if at < len(body):
                body[at] ^= 1 << chance.randrange(8)
            case _:
                body[at:at] = chance.choice(FRAGMENTS)
    return bytes(body)


def broken_document(whole: dict[str, Any], chance: random.Random, faults: int = 4) -> dict[str, Any]:
    """Up to so many faults in the tree: values replaced, doubled, wrapped or taken away, members renamed or added."""
    document = copy.deepcopy(whole)
    for _ in range(chance.randint(1, faults)):
        container = chance.choice([value for value in _values(document) if isinstance(value, dict | list)])
        if isinstance(container, dict):
            _break_object(container, document, chance)
        elif container:
            place = chance.randrange(len(container))
            container[place] = _instead(container[place], document, chance)
        else:
            container.append(copy.deepcopy(chance.choice(SCALARS)))
    return document


def _break_object(members: dict[str, Any], document: dict[str, Any], chance: random.Random) -> None:
    name = chance.choice(list(members)) if members else ""
    match chance.randrange(8) if members else 7:
        case 0:
            del members[name]
        case 1:
            members[chance.choice(NAMES)] = members.pop(name)
        case 2 | 3 | 4 | 5:
            members[name] = _instead(members[name], document, chance)
        case _:
            members[chance.choice(NAMES)] = _instead(None, document, chance)


def _instead(value: Any, document: dict[str, Any], chance: random.Random) -> Any:
    match chance.randrange(8):
        case 0:
            return [value]
        case 1:
            return [value, copy.deepcopy(value)]
        case 2:
            return {chance.choice(NAMES): value}
        case 3:
            return copy.deepcopy(chance.choice(list(_values(document))))
        case 4:
            return _nested(value, chance.randint(2, 40))
        case _:
            return copy.deepcopy(chance.choice(SCALARS))


def _nested(value: Any, depth: int) -> Any:
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


def _values(value: Any) -> Iterator[Any]:
    yield value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        yield from _values(child)


def as_bytes(document: Any) -> bytes:
    """JSON in ASCII, so that halves of surrogate pairs survive as escapes."""
    return json.dumps(document).encode()
