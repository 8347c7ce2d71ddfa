"""XML that is no SVG, told by its first tag."""

import time

import pytest

from adapters.hub.other_xml import other_xml
from tests.corpora import corpus

EDCI = b'<europassCredential xmlns="http://data.europa.eu/snb" xmlns:cred="urn:x">%s</europassCredential>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("file", "seal"),
    [
        ("credential-generic-profile-xsd-signed.xml", "sealed with XAdES"),
        ("credential-generic-profile-xsd_v1.2.xml", "not sealed"),
    ],
)
def test_a_europass_credential_of_version_2_is_called_so(file: str, seal: str) -> None:
    found = other_xml(corpus(f"elm/samples/edci-tests/{file}").read_bytes())

    assert found is not None
    assert found[0] == f"a Europass credential of version 2 (EDCI) in XML, {seal}"
    assert ".jsonld" in found[1]


@pytest.mark.parametrize(
    "text",
    [
        EDCI % b"",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <svg> -->" + EDCI % b"",
        b"<x:europassCredential xmlns='urn:y' xmlns:x='http://data.europa.eu/snb'/>",
        b'<!DOCTYPE europassCredential SYSTEM "file:///etc/passwd">' + EDCI % b"",
    ],
)
def test_it_is_found_by_its_namespace_however_it_is_written(text: bytes) -> None:
    found = other_xml(text)

    assert found is not None
    assert found[0] == "a Europass credential of version 2 (EDCI) in XML, not sealed"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EDCI % b"<ds:Signature/>".replace(b"/>", b">"), "with an XML signature"),
        (b'<europassCredential xmlns="urn:other"/>', "XML whose root is europassCredential"),
        (b'<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1"/>', "an ELMO document (EMREX) in XML"),
        (b"<svg/>", "XML whose root is svg, not svg of"),
    ],
)
def test_other_xml_is_called_what_its_root_is(text: bytes, said: str) -> None:
    found = other_xml(text)

    assert found is not None
    assert said in found[0]


@pytest.mark.parametrize(
    "text",
    [
        SVG,
        b"<?xml version='1.0'?>\n" + SVG,
        b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
        b"<",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
        b"<!--",
        b"<svg " + b"a='b' " * 10_000,
    ],
)
def test_an_svg_and_what_nobody_can_tell_are_left_to_who_reads_svg(text: bytes) -> None:
    assert other_xml(text) is None


@pytest.mark.parametrize(
    "unit", [b"<!--", b"<?x", b"<a ", b"<x '", b' xmlns="', b"<!DOCTYPE ", b"<x" + b" xmlns:a='b'"]
)
def test_no_text_takes_long(unit: bytes) -> None:
    started_s = time.process_time()

    other_xml(unit * 200_000)

    assert time.process_time() - started_s < 0.1
