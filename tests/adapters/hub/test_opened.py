"""Opening: every carrier, every real sample, and what is said of bytes that are none."""

import json
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.hub.baking import KEYWORD_3, AmbiguousCarrier, CorruptImage, bake_png, bake_svg
from adapters.hub.errors import AdapterError, Malformed, TooLarge
from adapters.hub.opened import (
    Carrier,
    Elsewhere,
    Opened,
    UnsupportedCarrier,
    media_type,
    open_bytes,
)
from adapters.hub.strict_json import Limits
from tests.corpora import corpus

JSON = b'{"id":"urn:x"}'
URL = "https://issuer.example/a/1"
PNG = "ob/samples/bakery-mozilla/unbaked.png"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'

OB2 = "ob2-1edtech-validator"
OB3 = "ob3-1edtech-validator"
SAMPLES = {
    f"{OB2}/basic-assertion.json": (Carrier.JSON, None),
    f"{OB2}/simple.jwt": (Carrier.JWS, {"alg": "RS256"}),
    f"{OB2}/simple-revoked.jwt": (Carrier.JWS, {"alg": "RS256"}),
    f"{OB2}/simple-not-revoked.jwt": (Carrier.JWS, {"alg": "RS256"}),
    f"{OB2}/simple-badge.png": (Carrier.PNG, None),
    f"{OB3}/complete.json": (Carrier.JSON, None),
    f"{OB3}/simple.1ob": (Carrier.JSON, None),
    f"{OB3}/simple.jwt": (Carrier.JWS, {"alg": "RS256", "typ": "JWT"}),
    f"{OB3}/velocity.jwt": (Carrier.JWS, {"alg": "RS256", "typ": "JWT"}),
    f"{OB3}/simple-json.png": (Carrier.PNG, None),
    f"{OB3}/simple-json.svg": (Carrier.SVG, None),
    f"{OB3}/simple-jwt.png": (Carrier.PNG, {"alg": "RS256"}),
    f"{OB3}/simple-jwt.svg": (Carrier.SVG, {"alg": "RS256"}),
    f"{OB3}/simple-jwt_v1.png": (Carrier.PNG, {"alg": "RS256"}),
    f"{OB3}/simple-jwt_v1.svg": (Carrier.SVG, {"alg": "RS256"}),
    "bakery-mozilla/baked.svg": (Carrier.SVG, None),
}


def segment(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def token(header: bytes = b'{"alg":"ES256"}', payload: bytes = JSON, signature: bytes = b"sig") -> str:
    return ".".join([segment(header), segment(payload), segment(signature)])


@pytest.mark.parametrize(("name", "expected"), SAMPLES.items())
def test_real_sample_opens(name: str, expected: tuple[Carrier, dict[str, str] | None]) -> None:
    received = corpus(f"ob/samples/{name}").read_bytes()

    opened = open_bytes(received)

    assert isinstance(opened, Opened)
    assert opened.received is received
    carrier, header = expected
    assert opened.carrier is carrier
    if header is None:
        assert (opened.token, opened.header) == (None, None)
        assert opened.document == json.loads(opened.payload)
    else:
        assert opened.header is not None
        assert opened.token is not None
        assert opened.header.items() >= header.items()
        assert opened.payload == opened.token.encode()


def test_every_json_sample_opens_but_two_that_are_no_json() -> None:
    refused = {}
    for path in sorted(corpus("ob/samples").glob("ob[23]-1edtech-validator/**/*.json")):
        try:
            open_bytes(path.read_bytes())
        except AdapterError as error:
            refused[path.name] = error.code

    assert refused == {
        "openbadges_context.json": "malformed",
        "redirected-validation-subject.json": "malformed",
    }


@pytest.mark.parametrize("around", ["{}", " \r\n{}\n", "\t{}"])
def test_white_space_around_is_received_but_not_payload(around: str) -> None:
    for text in (JSON.decode(), token()):
        received = around.format(text).encode()

        opened = open_bytes(received)

        assert isinstance(opened, Opened)
        assert opened.received == received
        assert opened.payload == text.encode()
        assert opened.document == {"id": "urn:x"}


def test_vc_claim_stays_in_the_document() -> None:
    opened = open_bytes(token(payload=b'{"iss":"did:x","vc":{}}').encode())

    assert isinstance(opened, Opened)
    assert opened.document == {"iss": "did:x", "vc": {}}
    assert opened.header == {"alg": "ES256"}


def test_unsigned_token_opens_for_the_checks_to_fail_it() -> None:
    opened = open_bytes(token(b'{"alg":"none"}', signature=b"").encode())

    assert isinstance(opened, Opened)
    assert opened.token is not None
    assert opened.token.endswith(".")


@pytest.mark.parametrize(
    ("received", "carrier"),
    [
        (URL.encode(), Carrier.URL),
        (b"\n HTTPS://issuer.example/a/1 \n", Carrier.URL),
        (b"http://localhost:8000/a/1", Carrier.URL),
        (b'{"url": "https://issuer.example/a/1"}', Carrier.JSON),
        (bake_svg(SVG, URL.encode(), 2), Carrier.SVG),
        (bake_svg(SVG, b'{"url":"https://issuer.example/a/1"}', 3), Carrier.SVG),
    ],
)
def test_bytes_that_only_name_an_address_say_so(received: bytes, carrier: Carrier) -> None:
    elsewhere = open_bytes(received)

    assert isinstance(elsewhere, Elsewhere)
    assert elsewhere.received is received
    assert elsewhere.carrier is carrier
    assert elsewhere.url.lower() in (URL, "http://localhost:8000/a/1")


def test_address_in_a_text_chunk_of_open_badges_1_is_elsewhere() -> None:
    baked = bake_png(corpus(PNG).read_bytes(), URL.encode(), "openbadges")

    assert open_bytes(baked) == Elsewhere(baked, Carrier.PNG, URL)


def test_url_beside_other_members_is_an_ordinary_document() -> None:
    assert isinstance(open_bytes(b'{"url":"https://issuer.example","name":"x"}'), Opened)


@pytest.mark.parametrize(
    ("received", "likeness"),
    [
        (b"", "nothing at all, or only white space"),
        (b" \n", "nothing at all, or only white space"),
        (b"[{}]", "JSON that is not an object"),
        (b'"https://issuer.example"', "JSON that is not an object"),
        (b"null", "JSON that is not an object"),
        (b" -1.5e3\n", "JSON that is not an object"),
        (f"{token()}.a.b".encode(), "an encrypted JWE"),
        ((token() + "~WyJhIl0").encode(), "almost an SD-JWT, which is a compact JWS and disclosures in base64url"),
        (token(payload=b'{"_sd":["x"],"_sd_alg":"sha-256"}').encode(), "an SD-JWT: where _sd stands"),
        (token(payload=b'{"vc":{"issuer":{"_sd":["x"]}}}').encode(), "an SD-JWT: where _sd stands"),
        (token(payload=b'{"_sd_alg":"sha-256"}').encode(), "an SD-JWT: where _sd_alg stands"),
        (token(payload=b'{"a":[1,[{"...":"x"}]]}').encode(), "an SD-JWT: where ... stands"),
        (b'{"a":{"\\u005fsd":["x"]}}', "an SD-JWT: where _sd stands"),
        (b'{"protected":"e30","ciphertext":"x"}', "an encrypted JWE in JSON serialisation"),
        (
            token().replace(".", ". ").encode(),
            "almost a compact JWS, which is three parts of base64url with dots",
        ),
        (
            token().rpartition(".")[0].encode(),
            "almost a compact JWS, which is three parts of base64url with dots",
        ),
        (f"{segment(b'{}')}..c2ln".encode(), "a JWS with detached payload"),
        (b"<!DOCTYPE html><p>Sign in", "an HTML page"),
        (b"\n<HTML>", "an HTML page"),
        (
            b"<?xml version='1.0'?><Envelope/>",
            "XML whose root is Envelope, not svg of http://www.w3.org/2000/svg",
        ),
        (b"\xff\xd8\xff\xe0", "a JPEG image, which cannot hold a badge"),
        (b"GIF89a", "a GIF image, which cannot hold a badge"),
        (b"RIFF\0\0\0\0WEBP", "a WebP image or another RIFF file"),
        (b"%PDF-1.7", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x1f\x8b\x08", "data compressed with gzip (an .svgz?)"),
        ("{}".encode("utf-16"), "UTF-16 text"),
        (b"\xef\xbb\xbf{}", "text that begins with a byte order mark"),
        (b"www.issuer.example", "neither JSON nor a compact JWS, an image or an address"),
        (b"ftp://issuer.example/", "neither JSON nor a compact JWS, an image or an address"),
        (b"\0\xff", "neither JSON nor a compact JWS, an image or an address"),
        (bake_svg(SVG, b"hello", 3), "neither JSON nor a compact JWS, an image or an address"),
    ],
)
def test_other_bytes_are_told_what_they_look_like_and_what_is_accepted(received: bytes, likeness: str) -> None:
    with pytest.raises(UnsupportedCarrier) as caught:
        open_bytes(received)

    assert caught.value.code == "unsupported-carrier"
    assert str(caught.value).startswith(likeness)
    assert "Accepted are Open Badges as JSON" in caught.value.fix


@pytest.mark.parametrize(
    ("received", "message"),
    [
        (token(payload=b"[]"), "the JWS payload is not a JSON object"),
        (token(b"[]", signature=b"").replace("W10", "ewo"), "line 2 column 1: Expecting property name"),
        (
            token(b'{"alg":"RS256","alg":"none"}'),
            "/alg: the name stands twice in one object (in the JOSE header)",
        ),
        (token(payload=b'{"a":{"b":NaN}}'), "/a/b: NaN is not JSON (in the JWS payload)"),
        (token(payload=b'\xef\xbb\xbf{"a":1}'), "byte 0: a byte order mark (in the JWS payload)"),
        (token(payload=b'{"a":"\xff"}'), "byte 6: not UTF-8 (in the JWS payload)"),
        (token() + "A", "the JWS signature is not base64url"),
        (token(signature=b"s")[:-1] + "x", "the JWS signature is not base64url as it is written canonically"),
        (f'{{"url":"{URL} "}}', "/url: not an https address in printable ASCII of at most 2048 characters"),
        ('{"url":"javascript:alert(1)"}', "/url: not an https address"),
        ("https://issuer.example/é", "not an https address"),
        ("https://issuer.example/ two", "not an https address"),
        ("https://", "not an https address"),
        ("https://issuer.example/" + "x" * 2048, "not an https address"),
        ('{"a":1', "line 1 column 7: Expecting ',' delimiter"),
        ('{"a":1} {}', "line 1 column 9: Extra data"),
    ],
)
def test_broken_badge_is_told_where(received: str, message: str) -> None:
    with pytest.raises(Malformed) as caught:
        open_bytes(received.encode())

    assert caught.value.code == "malformed"
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "received",
    [
        b'{"a":"' + b"x" * 2**22 + b'"}',
        b"x" * (2**22 + 1),
        token(payload=b'{"a":' * 40 + b"1" + b"}" * 40).encode(),
    ],
    ids=["JSON", "text", "depth in a token"],
)
def test_too_large_is_an_error_of_its_own(received: bytes) -> None:
    with pytest.raises(TooLarge):
        open_bytes(received)


def test_limits_reach_the_json_inside_an_image() -> None:
    with pytest.raises(TooLarge):
        open_bytes(bake_svg(SVG, b'{"a":[]}', 3), Limits(max_depth=1))


def test_faults_of_images_keep_their_codes() -> None:
    with pytest.raises(CorruptImage):
        open_bytes(b"\x89PNG\r\r\x1a\r")
    with pytest.raises(AmbiguousCarrier):
        open_bytes(corpus("sec/made/png/two_iTXt_same_kw.png").read_bytes())


def test_every_carrier_has_a_media_type() -> None:
    assert [media_type(carrier) for carrier in Carrier] == [
        "application/json",
        "application/jose",
        "application/dc+sd-jwt",
        "image/png",
        "image/svg+xml",
        "text/plain; charset=utf-8",
    ]


STARTS = st.sampled_from([b"", b"{", b"<svg ", b"<", b"\x89PNG\r\n\x1a\n", b"eyJ", b"https://", b'{"url":', b"ey.ey."])


@settings(max_examples=400)
@given(STARTS, st.binary() | st.text().map(str.encode))
def test_arbitrary_bytes_open_or_raise_our_error(start: bytes, rest: bytes) -> None:
    try:
        found = open_bytes(start + rest)
    except AdapterError:
        return
    assert found.received == start + rest


@given(
    st.dictionaries(st.text("abc", min_size=1), st.text("xyz\u00e9 ")),
    st.sampled_from(["json", "jws", "png", "svg"]),
)
def test_same_document_comes_out_of_every_carrier(document: dict[str, str], carrier: str) -> None:
    text = json.dumps(document, ensure_ascii=False).encode()
    received = {
        "json": text,
        "jws": token(payload=text).encode(),
        "png": bake_png(corpus(PNG).read_bytes(), text, KEYWORD_3),
        "svg": bake_svg(SVG, text, 3),
    }[carrier]

    opened = open_bytes(received)

    assert isinstance(opened, Opened)
    assert opened.document == document
    assert opened.carrier is Carrier(carrier)
