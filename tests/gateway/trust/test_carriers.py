"""Several badges in one carrier, or several proofs round one badge: refused in words, or read in the one safe way."""

import json
import struct
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable

import pytest

from adapters.hub.baking import KEYWORD_2, KEYWORD_3, NAMESPACE_2, NAMESPACE_3
from adapters.hub.errors import AdapterError
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

Made = dict[str, object] | str | bytes

_V2 = "https://www.w3.org/ns/credentials/v2"
_START = b"\x89PNG\r\n\x1a\n"


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png(*badges: tuple[str, str]) -> bytes:
    """A picture of one pixel with these badges, each under its keyword."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    texts = [_chunk(b"iTXt", keyword.encode() + b"\0\0\0\0\0" + badge.encode()) for keyword, badge in badges]
    return b"".join((_START, header, *texts, _chunk(b"IDAT", zlib.compress(b"\0\0")), _chunk(b"IEND", b"")))


def _svg(*elements: str) -> bytes:
    names = f'xmlns="http://www.w3.org/2000/svg" xmlns:two="{NAMESPACE_2}" xmlns:three="{NAMESPACE_3}"'
    return f"<svg {names}>{''.join(elements)}</svg>".encode()


def _token(issuer: SimulatedIssuer) -> str:
    return issuer.token(issuer.credential())


def _text(issuer: SimulatedIssuer) -> str:
    return json.dumps(issuer.signed(issuer.credential()))


def _presented(*credentials: object) -> dict[str, object]:
    return {"@context": [_V2], "type": ["VerifiablePresentation"], "verifiableCredential": list(credentials)}


def _unsigned(claims: object) -> str:
    parts = ({"alg": "ES256"}, claims)
    return ".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + ".c2ln"


REFUSED: dict[str, tuple[Callable[[SimulatedIssuer], Made], str, str]] = {
    "a PNG with two badges": (
        lambda issuer: _png((KEYWORD_3, _token(issuer)), (KEYWORD_3, _token(issuer))),
        "bake-ambiguous",
        "",
    ),
    "a PNG with a badge of each version": (
        lambda issuer: _png((KEYWORD_2, issuer.signed_badge()), (KEYWORD_3, _token(issuer))),
        "bake-ambiguous",
        "",
    ),
    "an SVG with two badges": (
        lambda issuer: _svg(f'<three:credential verify="{_token(issuer)}"/>' * 2),
        "bake-ambiguous",
        "",
    ),
    "an SVG with a badge of each version": (
        lambda issuer: _svg(
            f'<two:assertion verify="{issuer.signed_badge()}"/>', f'<three:credential verify="{_token(issuer)}"/>'
        ),
        "bake-ambiguous",
        "",
    ),
    "an SVG with a token and a text": (
        lambda issuer: _svg(
            f'<three:credential verify="{_token(issuer)}"><![CDATA[{_text(issuer)}]]></three:credential>'
        ),
        "bake-ambiguous",
        "",
    ),
    "a presentation of one credential": (
        lambda issuer: _presented(issuer.signed(issuer.credential())),
        "unknown-format",
        "a Verifiable Presentation",
    ),
    "a presentation of several": (
        lambda issuer: _presented(issuer.signed(issuer.credential()), _token(issuer)),
        "unknown-format",
        "a Verifiable Presentation",
    ),
    "a presentation in a token": (
        lambda issuer: _unsigned({"vp": _presented(_token(issuer))}),
        "unknown-format",
        "a Verifiable Presentation in a token",
    ),
    "an enveloped presentation": (
        lambda issuer: {
            "@context": _V2,
            "type": "EnvelopedVerifiablePresentation",
            "id": f"data:application/vp+jwt,{_token(issuer)}",
        },
        "unknown-format",
        "an enveloped Verifiable Presentation",
    ),
    "a list of credentials": (
        lambda issuer: json.dumps([issuer.signed(issuer.credential())]),
        "unsupported-carrier",
        "JSON that is not an object",
    ),
    "a graph of credentials": (
        lambda issuer: {"@context": [_V2], "@graph": [issuer.signed(issuer.credential())]},
        "unknown-format",
        "a JSON-LD graph",
    ),
    "a member twice": (lambda issuer: _text(issuer)[:-1] + ', "name": "Other"}', "malformed", "stands twice"),
    "a token with part of a disclosure": (
        lambda issuer: f"{_token(issuer)}~W",
        "unsupported-carrier",
        "almost an SD-JWT",
    ),
    "a token whose disclosures were taken away": (
        lambda issuer: issuer.token(issuer.credential(_sd=["x"], _sd_alg="sha-256")),
        "unsupported-carrier",
        "an SD-JWT: where _sd stands",
    ),
    "a badge of Open Badges 2.0 whose disclosures were taken away": (
        lambda issuer: issuer.compact({"alg": "RS256"}, issuer.assertion(_sd=["x"])),
        "unsupported-carrier",
        "an SD-JWT: where _sd stands",
    ),
    "a proof over what may be disclosed": (
        lambda issuer: issuer.signed(issuer.credential()) | {"credentialSubject": {"_sd": ["x"]}},
        "unsupported-carrier",
        "an SD-JWT: where _sd stands",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_ambiguous_carrier_is_refused_in_words(case: str, web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    make, code, words = REFUSED[case]

    with pytest.raises(AdapterError) as refused:
        await report_on(make(issuer), web)

    assert refused.value.code == code
    assert words in str(refused.value)


async def test_presentation_is_refused_with_what_to_send_instead(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    with pytest.raises(AdapterError) as refused:
        await report_on(_presented(issuer.signed(issuer.credential())), web)

    assert refused.value.fix.startswith("Send each credential that it presents, by itself")


JUDGED: dict[str, tuple[Callable[[SimulatedIssuer], Made], Outcome]] = {
    "a token round an embedded proof": (
        lambda issuer: issuer.token(issuer.signed(issuer.credential())),
        Outcome.PASSED,
    ),
    "several subjects": (
        lambda issuer: issuer.credential(credentialSubject=[issuer.credential()["credentialSubject"]] * 2),
        Outcome.FAILED,
    ),
    "both versions in one document": (
        lambda issuer: issuer.assertion() | issuer.signed(issuer.credential()),
        Outcome.FAILED,
    ),
    "a vc claim beside a credential": (
        lambda issuer: issuer.older_token(issuer.older_credential(), credentialSubject={"id": "did:example:other"}),
        Outcome.FAILED,
    ),
    "a credential of each data model in one token": (
        lambda issuer: issuer.token(issuer.credential(), claims={"vc": issuer.older_credential()}),
        Outcome.FAILED,
    ),
    "a picture with one badge": (
        lambda issuer: _png((KEYWORD_3, _token(issuer))),
        Outcome.PASSED,
    ),
}


@pytest.mark.parametrize("case", JUDGED)
async def test_carrier_with_one_safe_reading_is_judged_by_it(
    case: str, web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    make, expected = JUDGED[case]

    assert (await report_on(make(issuer), web)).outcome is expected


async def test_embedded_proof_in_a_token_is_said_to_be_left_alone(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    found = check(await report_on(issuer.token(issuer.signed(issuer.credential())), web), "proof")

    assert found.outcome is Outcome.NOTED
    assert "which was not examined" in found.detail


async def test_signed_token_decides_and_not_the_proof_inside_it(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    head, body, _ = issuer.token(issuer.signed(issuer.credential())).split(".")

    found = check(await report_on(f"{head}.{body}.{'A' * 86}", web), "proof")

    assert found.outcome is Outcome.FAILED
