"""Texts, numbers, dates and IRIs as they occur in credentials, and as they hardly do."""

from random import Random
from typing import Any  # Any: JSON

TEXTS = (
    "Weaving",
    "Can weave a basket.",
    "1. attends *eight* workshops;\n2. writes a plan",
    "Überblick \U0001f393",
    "漢字 かな",
    "",
    " led and trailed ",
    "true",
    "5.0",
    "https://issuer.example/page",
)

ODD_TEXTS = (
    "\x00",
    "\x07\x08\x0c\x1b\x7f\x80\x9f",
    "tab\tcr\rlf\n",
    'quote " backslash \\ both \\" end \\',
    "\\u0041 \\n \\\\",
    "line\u2028paragraph\u2029next\x85line",
    "\u202eleft to right\u202c \u2066isolated\u2069",
    "שלום عليكم",
    "e\u0301 é \u1e9b\u0323",
    "\ufeff\ufffe\uffff\U0010ffff",
    "\ue000 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "x" * 300,
    "<urn:x> <urn:y> .\n_:b <urn:z>",
    "@id",
    "_:b0",
    "\u0000\u0001\u001f ",
)

SURROGATES = ("\ud800", "\udc00\ud800")

NUMBERS = (0, 1, -5, 30, 2.5, -0.0, 0.1, 5.0, 1e-6, 123456789012, True, False)

ODD_NUMBERS = (
    1e-7,
    1.5e-7,
    1e21,
    1e20,
    2**53,
    2**53 - 1,
    -(2**53),
    2**63,
    2**70,
    5e-324,
    1.7976931348623157e308,
    0.1 + 0.2,
    1.0000000000000002,
    2251799813685248.5,
    123456789.123456789,
    1e15 + 0.3,
    float("nan"),
    float("inf"),
)

DATES = ("2026-01-01T00:00:00Z", "2026-06-01T09:00:00.123+02:00", "2026-06-01", "2031-02-29T25:61:00", "soon")

IRIS = (
    "https://issuer.example/achievements/1",
    "https://issuer.example/achievements/1#level",
    "https://issuer.example/badge.png?size=2&x=%20",
    "https://xn--bcher-kva.example/straße/漢字",
    "did:web:issuer.example",
    "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    "urn:uuid:4b6fbc0e-6e0c-4f6a-9d0e-3f3f4f7c1d11",
    "mailto:learner@example.org",
    "tag:example.org,2026:x",
    "data:image/png;base64,iVBORw0KGgo=",
    "urn:x",
)

ODD_IRIS = (
    "",
    "relative",
    "../up",
    "#fragment",
    "?query",
    "//host/path",
    "/rooted",
    "_:b0",
    "_:c14n0",
    "_:",
    "@foo",
    "@type",
    "@none",
    "id",
    "Achievement",
    "name",
    "schema:name",
    "ob:Achievement",
    "xsd:date",
    "cred:issuer",
    "sec:proof",
    "Achievement:x",
    "name:x",
    "https:x",
    "https:",
    ":x",
    "a:",
    "1a:b",
    "urn:x y",
    "urn:x>",
    "urn:<x>",
    "urn:x\n",
    'urn:"',
    "urn:{x}",
    "urn:x\\y",
    "urn:x|y",
    "urn:^`",
    "urn:\x00",
    "urn:\x7f\x85\xa0",
    "urn:\u2028",
    "urn:\u202e\U0001f393",
    "urn:\ufeff",
    "https://issuer.example/a/../b",
    "HTTPS://ISSUER.example/",
    "https://issuer.example:99999999/%zz",
)

LANGUAGES = ("en", "de", "de-CH", "EN-us", "zh-Hant", "x-private")

ODD_LANGUAGES = ("e n", "", "i-default-toolongsubtag", "de_CH", "1", "en-", "\u0130", "\ud800")


def text(random: Random, *, odd: float = 0.1) -> str:
    """A text, odd ones now and then."""
    return random.choice(ODD_TEXTS if random.random() < odd else TEXTS)


def iri(random: Random, *, odd: float = 0.004) -> str:
    """An IRI, or what only looks like one; every second one is like no other."""
    if random.random() < odd:
        return random.choice(ODD_IRIS)
    if random.random() < 0.5:
        return f"urn:uuid:{random.randrange(10**12)}"
    return random.choice(IRIS)


def language(random: Random, *, odd: float = 0.03) -> str:
    """A language tag, nearly always a right one."""
    return random.choice(ODD_LANGUAGES if random.random() < odd else LANGUAGES)


def number(random: Random, *, odd: float = 0.02) -> float | bool:
    """A number or a truth value."""
    return random.choice(ODD_NUMBERS if random.random() < odd else NUMBERS)


def date(random: Random) -> str:
    """A date, nearly always a right one."""
    return random.choice(DATES[:3] if random.random() < 0.95 else DATES)


def json(random: Random, depth: int = 2) -> Any:
    """Any JSON value."""
    kind = random.randrange(8 if depth else 5)
    if kind < 2:
        return text(random)
    if kind < 4:
        return number(random)
    if kind == 4:
        return None
    if kind < 7:
        return {text(random): json(random, depth - 1) for _ in range(random.randrange(3))}
    return [json(random, depth - 1) for _ in range(random.randrange(3))]
