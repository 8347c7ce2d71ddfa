"""Badges in SVG: hostile images by name, real badges, and what baking leaves alone."""

import re
from typing import Literal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.hub.baking import (
    MAX_SVG_BYTES,
    NAMESPACE_2,
    NAMESPACE_3,
    AmbiguousCarrier,
    CorruptImage,
    NoBadgeInside,
    NotAnSvg,
    UnsafeImage,
    bake_svg,
    unbake_svg,
)
from adapters.hub.errors import AdapterError, Malformed, TooLarge
from tests.corpora import corpus

URL = b"https://issuer.example/a/1"
TOKEN = b"eyJhbGciOiJFUzI1NiJ9.e30.c2ln"

# A script is read past and never run: what is served gets its own sandbox.
MADE = {
    "comment-split.svg": CorruptImage,
    "deep-5000.svg": TooLarge,
    "entity-in-assertion.svg": UnsafeImage,
    "foreignObject.svg": URL,
    "href-js.svg": URL,
    "image-http.svg": URL,
    "ok.svg": URL,
    "onbegin.svg": URL,
    "other-prefix.svg": URL,
    "script.svg": URL,
    "style-import.svg": URL,
    "svgz.svg": UnsafeImage,
    "use-ext.svg": URL,
    "utf16-xxe.svg": UnsafeImage,
    "wrong-ns.svg": NoBadgeInside,
    "xml-stylesheet.svg": URL,
}

BAKED = {
    "bakery-mozilla/baked.svg": (NAMESPACE_2, b'{"verify":{"url":"http://example.org"}}'),
    "bakery-mozilla/bad-json.svg": (NAMESPACE_2, b'{verify:{"url":"http://example.org"}}'),
    "bakery-mozilla/no-json.svg": (NAMESPACE_2, b"http://example.org"),
    "ob3-1edtech-validator/simple-json.svg": (NAMESPACE_3, b'{\n      "@context": ['),
    "ob3-1edtech-validator/simple-jwt.svg": (NAMESPACE_3, b"eyJhbGciOiJSUzI1NiIs"),
    "ob3-1edtech-validator/simple-jwt_v1.svg": (NAMESPACE_3, b"eyJhbGciOiJSUzI1NiIs"),
}

UNBAKED = [
    "bakery-mozilla/unbaked.svg",
    "bakery-openbadgeslib/sample1.svg",
    "bakery-openbadgeslib/userimage01.svg",
    "bakery-openbadgeslib/withoutxmlheader.svg",
    "bakery-openbadgeslib/withxmlheader.svg",
]


def svg(inside: str, *, attributes: str = "", prolog: str = "") -> bytes:
    return (
        f'{prolog}<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"'
        f' xmlns:ob3="https://purl.imsglobal.org/ob/v3p0"{attributes}>{inside}</svg>'
    ).encode()


ASSERTION = '<openbadges:assertion verify="https://issuer.example/a/1"/>'
ASSERTED = b'<openbadges:assertion verify="%s"><![CDATA[%s]]></openbadges:assertion>'
DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'


def test_table_names_every_hostile_image() -> None:
    assert {path.name for path in corpus("sec/made/svg").iterdir()} == MADE.keys()


@pytest.mark.parametrize(("name", "expected"), MADE.items())
def test_hostile_image_gives_the_named_result(name: str, expected: bytes | type[AdapterError]) -> None:
    image = corpus(f"sec/made/svg/{name}").read_bytes()

    if isinstance(expected, bytes):
        assert unbake_svg(image).payload == expected
    else:
        with pytest.raises(expected) as caught:
            unbake_svg(image)
        assert type(caught.value) is expected


@pytest.mark.parametrize(("name", "expected"), BAKED.items())
def test_real_badge_is_found(name: str, expected: tuple[str, bytes]) -> None:
    baked = unbake_svg(corpus(f"ob/samples/{name}").read_bytes())

    assert (baked.keyword, baked.compressed) == (expected[0], False)
    assert baked.payload.startswith(expected[1])


@pytest.mark.parametrize(
    ("inside", "payload"),
    [
        ("<openbadges:assertion>\n <![CDATA[ {} ]]>\n</openbadges:assertion>", b"{}"),
        ("<openbadges:assertion>{&quot;a&quot;:&#39;&lt;&#39;}</openbadges:assertion>", b"{\"a\":'<'}"),
        ('<openbadges:assertion><![CDATA[{"a":"]]]]><![CDATA[>"}]]></openbadges:assertion>', b'{"a":"]]>"}'),
        (f'<openbadges:assertion verify="{URL.decode()}">{{}}</openbadges:assertion>', b"{}"),
        ('<openbadges:assertion verify=" a&amp;b\n"></openbadges:assertion >', b"a&b"),
        (f"<ob3:credential verify='{TOKEN.decode()}' />", TOKEN),
        ("<g><ob3:credential>{}</ob3:credential></g>", b"{}"),
        ('<credential xmlns="https://purl.imsglobal.org/ob/v3p0">{}</credential>', b"{}"),
        ('<g xmlns:ob3="urn:x"><ob3:credential/></g><ob3:credential>{}</ob3:credential>', b"{}"),
        ("<metadata>é<!-- & <![CDATA[ --></metadata><ob3:credential>é</ob3:credential>", "é".encode()),
        ("<text><![CDATA[" + ASSERTION + "]]></text><ob3:credential>{}</ob3:credential>", b"{}"),
        ("<!--" + ASSERTION + "--><ob3:credential>{}</ob3:credential>", b"{}"),
    ],
)
def test_badge_is_read_wherever_xml_lets_it_stand(inside: str, payload: bytes) -> None:
    assert unbake_svg(svg(inside)).payload == payload


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (svg(ASSERTION * 2), AmbiguousCarrier),
        (svg(ASSERTION + "<ob3:credential>{}</ob3:credential>"), AmbiguousCarrier),
        (svg('<ob3:credential verify="a.b.c">{}</ob3:credential>'), AmbiguousCarrier),
        (
            svg(f'<openbadges:assertion verify="{TOKEN.decode()}">{{}}</openbadges:assertion>'),
            AmbiguousCarrier,
        ),
        (svg("<openbadges:assertion> </openbadges:assertion>"), NoBadgeInside),
        (svg("<openbadges:credential>{}</openbadges:credential>"), NoBadgeInside),
        (svg("<unbound:assertion>{}</unbound:assertion>"), NoBadgeInside),
        (svg("<openbadges:assertion>{<g/>}</openbadges:assertion>"), CorruptImage),
        (svg("<openbadges:assertion>{<?x y?>}</openbadges:assertion>"), CorruptImage),
        (svg("<openbadges:assertion>{<!---->}</openbadges:assertion>"), CorruptImage),
        (svg("<g>"), CorruptImage),
        (svg(ASSERTION)[:-1], CorruptImage),
        (svg(ASSERTION) + b"<svg/>", CorruptImage),
        (svg(ASSERTION).replace(b"<svg", b"<svg \xff='1'"), CorruptImage),
        (svg("&e;"), CorruptImage),
        (b"", CorruptImage),
        (svg("&e;" + ASSERTION, prolog=DOCTYPE), UnsafeImage),
        (svg('<openbadges:assertion verify="https://a.example/&e;1"/>', prolog=DOCTYPE), UnsafeImage),
        (svg(ASSERTION, prolog='<!DOCTYPE svg [<!ATTLIST g verify CDATA "x">]>'), UnsafeImage),
        (svg(ASSERTION, prolog='<?xml version="1.0" encoding="UTF-7"?>'), UnsafeImage),
        (svg(ASSERTION, prolog='<?xml version="1.0" encoding="iso-8859-1"?>'), UnsafeImage),
        (svg(ASSERTION).decode().encode("utf-16"), UnsafeImage),
        (svg(ASSERTION).decode().encode("utf-16-le"), UnsafeImage),
        (b"<html/>", NotAnSvg),
        (b"<svg/>", NotAnSvg),
        (svg("<g/>" * 20_000), TooLarge),
        (svg("<g " + " ".join(f"a{n}=''" for n in range(20_000)) + "/>"), TooLarge),
        (svg("<g>" * 100 + "</g>" * 100), TooLarge),
        (svg(" " * MAX_SVG_BYTES), TooLarge),
        (svg("<ob3:credential>" + " " * (2**20 + 1) + "</ob3:credential>"), TooLarge),
    ],
)
def test_broken_badge_is_refused(image: bytes, expected: type[AdapterError]) -> None:
    with pytest.raises(AdapterError) as caught:
        unbake_svg(image)

    assert type(caught.value) is expected


@pytest.mark.parametrize("prolog", ["\ufeff", DOCTYPE, '<?xml version="1.0" encoding="utf-8"?>\n<!-- é -->'])
def test_usual_prologs_are_read_and_kept(prolog: str) -> None:
    image = svg("<g/>", prolog=prolog)

    baked = bake_svg(image, TOKEN, 2)

    assert unbake_svg(baked).payload == TOKEN
    assert baked.startswith(prolog.encode())


@pytest.mark.parametrize("name", UNBAKED)
@pytest.mark.parametrize("version", [2, 3])
def test_baking_only_inserts_into_a_real_image(name: str, version: Literal[2, 3]) -> None:
    image = corpus(f"ob/samples/{name}").read_bytes()

    baked = bake_svg(image, b'{"id":"https://issuer.example/a/1"}', version)

    namespace = (NAMESPACE_2, NAMESPACE_3)[version - 2].encode()
    without_badge = re.sub(rb"<openbadges:(\w+)[^>]*><!\[CDATA\[.*?\]\]></openbadges:\1>", b"", baked)
    assert without_badge.replace(b' xmlns:openbadges="' + namespace + b'"', b"") == image


@pytest.mark.parametrize("name", BAKED)
def test_baking_takes_the_place_of_the_badge_that_is_there(name: str) -> None:
    image = corpus(f"ob/samples/{name}").read_bytes()

    baked = bake_svg(image, TOKEN, 3)

    assert unbake_svg(baked).payload == TOKEN
    assert baked.count(b"<openbadges:") == 1
    assert baked.endswith(image[image.rindex(b"</openbadges:") :].partition(b">")[2])


@pytest.mark.parametrize(
    ("payload", "version", "element"),
    [
        (
            b'{"id":"https://a.example/?b&c"}',
            2,
            ASSERTED % (b"https://a.example/?b&amp;c", b'{"id":"https://a.example/?b&c"}'),
        ),
        (
            b'{"verify":{"url":"https://a.example/1"}}',
            2,
            ASSERTED % (b"https://a.example/1", b'{"verify":{"url":"https://a.example/1"}}'),
        ),
        (b'{"id":5}', 2, b'<openbadges:assertion><![CDATA[{"id":5}]]></openbadges:assertion>'),
        (TOKEN, 2, b'<openbadges:assertion verify="' + TOKEN + b'"/>'),
        (b'{"id":"urn:x"}', 3, b'<openbadges:credential><![CDATA[{"id":"urn:x"}]]></openbadges:credential>'),
        (TOKEN, 3, b'<openbadges:credential verify="' + TOKEN + b'"/>'),
        (
            b'{"a":"]]>"}',
            3,
            b'<openbadges:credential><![CDATA[{"a":"]]]]><![CDATA[>"}]]></openbadges:credential>',
        ),
    ],
)
def test_element_has_the_form_of_its_version(payload: bytes, version: Literal[2, 3], element: bytes) -> None:
    namespace = (NAMESPACE_2, NAMESPACE_3)[version - 2].encode()

    baked = bake_svg(b'<svg xmlns="http://www.w3.org/2000/svg" />', payload, version)

    root = b'<svg xmlns:openbadges="' + namespace + b'" xmlns="http://www.w3.org/2000/svg" >'
    assert baked == root + element + b"</svg>"


def test_elementtree_reads_the_same_badge_as_the_first_child() -> None:
    payload = '{"id":"urn:x","name":"Prüfung ]]> <b>"}'

    root = ET.fromstring(bake_svg(svg("<g/>"), payload.encode(), 3))  # noqa: S314  (our own)

    assert root[0].tag == f"{{{NAMESPACE_3}}}credential"
    assert root[0].text == payload


def test_root_that_declares_the_prefix_for_the_other_version_is_changed() -> None:
    image = svg(ASSERTION, attributes=" data-a=' xmlns:openbadges=\"x\"'")

    baked = bake_svg(image, b"{}", 3)

    assert b'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"' in baked
    assert b"data-a=' xmlns:openbadges=\"x\"'" in baked
    assert unbake_svg(baked).payload == b"{}"


@pytest.mark.parametrize(
    ("image", "payload", "expected"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="urn:x"/>', b"{}", CorruptImage),
        (svg("<openbadges:credential>{}</openbadges:credential>"), b"{}", AmbiguousCarrier),
        (svg(""), '{"a":"\uffff"}'.encode(), Malformed),
        (svg(""), b'{"a":1', Malformed),
        (svg("x" * (MAX_SVG_BYTES - 200)), TOKEN * 10, TooLarge),
    ],
    ids=["prefix of others", "would become two badges", "no character of XML", "no JSON", "too large"],
)
def test_image_that_could_not_be_read_back_is_not_written(
    image: bytes, payload: bytes, expected: type[AdapterError]
) -> None:
    with pytest.raises(AdapterError) as caught:
        bake_svg(image, payload, 3 if expected is not Malformed else 2)

    assert type(caught.value) is expected


@pytest.mark.parametrize("payload", [b"", b"two words", b" \n"])
def test_payload_that_is_no_badge_is_a_mistake_of_the_caller(payload: bytes) -> None:
    with pytest.raises(ValueError, match="neither"):
        bake_svg(svg(""), payload, 2)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", min_codepoint=32) | st.sampled_from("\t\r\n<>&]'\"")
)


@given(TEXT, st.sampled_from([2, 3]))
def test_what_was_baked_is_read_back(text: str, version: Literal[2, 3]) -> None:
    payload = (f'{{"id":"x"}}{text}' if version == 3 else "x" + "".join(text.split())).encode()

    baked = unbake_svg(bake_svg(svg(ASSERTION), payload, version))

    assert baked.payload == payload.strip(b" \t\r\n")
    assert baked.keyword == (NAMESPACE_2, NAMESPACE_3)[version - 2]


@settings(max_examples=300)
@given(st.sampled_from([*BAKED, *UNBAKED]), st.data())
def test_changed_image_raises_nothing_but_our_errors(name: str, data: st.DataObject) -> None:
    image = bytearray(corpus(f"ob/samples/{name}").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(image) - 1))
        piece = st.binary(max_size=3) | st.sampled_from(PIECES)
        image[at : at + data.draw(st.integers(0, 20))] = data.draw(piece)

    for work in (lambda: unbake_svg(bytes(image)), lambda: bake_svg(bytes(image), TOKEN, 3)):
        try:
            work()
        except AdapterError:
            continue


PIECES = [
    b"<",
    b">",
    b"/>",
    b'"',
    b"<!--",
    b"]]>",
    b"&lt;",
    b"<![CDATA[",
    b"<!DOCTYPE svg>",
    b"\0",
    ASSERTION.encode(),
]
