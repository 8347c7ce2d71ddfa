"""SD-JWTs taken apart, by the rules of RFC 9901: what is refused, what is disclosed, what stays withheld."""

import hashlib
import json
from collections.abc import Callable
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.disclosures import MAX_DISCLOSURES, SdJwt, digest, disclosed, parted, serialised
from adapters.hub.errors import Malformed, TooLarge
from adapters.hub.opened import Carrier, Opened, open_bytes
from adapters.hub.strict_json import Limits
from gateway.proofs import base64url
from tests.simulators.sd_jwts import disclosure

NAME = disclosure("salt one", "name", "Möbius")
OTHER = disclosure("salt two", "age", 30)
ELEMENT = disclosure("salt three", "FR")
INNER = disclosure("salt four", "street", "Strand 1")
OUTER = disclosure("salt five", "address", {"_sd": [digest(INNER)], "city": "Town"})
OF_DIGESTS = disclosure("salt six", "_sd", ["x"])
OF_DOTS = disclosure("salt seven", "...", "x")
OF_ALGORITHM = disclosure("salt eight", "_sd_alg", "sha-256")
FAULTS: dict[str, tuple[dict[str, Any], tuple[str, ...], str]] = {
    "a hash that is not known": ({"_sd_alg": "md5"}, (), "_sd_alg names a hash"),
    "a hash that is no text": ({"_sd_alg": 1}, (), "_sd_alg names a hash"),
    "a disclosure that stands nowhere": ({"_sd": [digest(NAME)]}, (NAME, OTHER), "stand nowhere in it"),
    "a disclosure twice": ({"_sd": [digest(NAME)]}, (NAME, NAME), "there twice"),
    "a digest twice in one place": ({"_sd": [digest(NAME)] * 2}, (NAME,), "stands twice"),
    "a digest twice in two places": ({"_sd": [digest(NAME)], "a": {"_sd": [digest(NAME)]}}, (NAME,), "stands twice"),
    "a decoy twice": ({"_sd": ["decoy"], "a": {"_sd": ["decoy"]}}, (), "stands twice"),
    "a digest of a member and of an element": (
        {"_sd": [digest(NAME)], "a": [{"...": digest(NAME)}]},
        (),
        "stands twice",
    ),
    "a member that is there already": ({"name": "x", "_sd": [digest(NAME)]}, (NAME,), "stands there already"),
    "two members of one name": (
        {"_sd": [digest(NAME), digest(disclosure("s", "name", "x"))]},
        (NAME, disclosure("s", "name", "x")),
        "stands there already",
    ),
    "a member called _sd": ({"_sd": [digest(OF_DIGESTS)]}, (OF_DIGESTS,), "none may be called"),
    "a member called ...": ({"_sd": [digest(OF_DOTS)]}, (OF_DOTS,), "none may be called"),
    "a member called _sd_alg": ({"_sd": [digest(OF_ALGORITHM)]}, (OF_ALGORITHM,), "none may be called"),
    "an element among members": ({"_sd": [digest(ELEMENT)]}, (ELEMENT,), "among those of members"),
    "a member among elements": ({"a": [{"...": digest(NAME)}]}, (NAME,), "in place of an element"),
    "an element with more beside its digest": ({"a": [{"...": digest(ELEMENT), "b": 1}]}, (), "of an element alone"),
    "an element whose digest is no text": ({"a": [{"...": 1}]}, (), "of an element alone"),
    "... in no array": ({"a": {"...": digest(ELEMENT)}}, (ELEMENT,), "... stands where it means nothing"),
    "... beside the claims": ({"...": digest(ELEMENT)}, (ELEMENT,), "... stands where it means nothing"),
    "_sd that is no list": ({"_sd": digest(NAME)}, (NAME,), "is no list of digests"),
    "_sd with a number": ({"_sd": [1]}, (), "is no list of digests"),
    "_sd_alg below": ({"a": {"_sd_alg": "sha-256"}}, (), "_sd_alg stands where it means nothing"),
    "_sd_alg in what is disclosed": (
        {"_sd": [digest(disclosure("s", "a", {"_sd_alg": "sha-256"}))]},
        (disclosure("s", "a", {"_sd_alg": "sha-256"}),),
        "_sd_alg stands where it means nothing",
    ),
    "a disclosure of one": ({"_sd": [digest(disclosure("s"))]}, (disclosure("s"),), "no array of two or three"),
    "a disclosure of four": ({}, (disclosure("s", "a", 1, 2),), "no array of two or three"),
    "a disclosure that is an object": ({}, (base64url.encode(b'{"a":1}'),), "no array of two or three"),
    "a salt that is no text": ({}, (disclosure(1, "a", 1),), "is no text"),
    "a name that is no text": ({}, (disclosure("s", 1, 1),), "is no text"),
    "a disclosure in a second spelling": ({}, (NAME[:-1] + "J",), "canonically"),
    "a disclosure that is no JSON": ({}, (base64url.encode(b"[1,"),), "in a disclosure"),
    "a disclosure with a member twice": ({}, (base64url.encode(b'["s","a",{"b":1,"b":2}]'),), "in a disclosure"),
    "a disclosure with NaN": ({}, (base64url.encode(b'["s","a",NaN]'),), "in a disclosure"),
    "no disclosure of what only another one discloses": ({"_sd": [digest(OUTER)]}, (INNER,), "stand nowhere in it"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_rule_of_rfc_9901_that_is_broken_is_refused(fault: str) -> None:
    payload, disclosures, words = FAULTS[fault]

    with pytest.raises(Malformed) as refused:
        disclosed(payload, disclosures)

    assert words in str(refused.value)
    assert refused.value.fix


def test_digest_is_that_of_the_examples_of_the_specification() -> None:
    member = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    element = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0"

    assert digest(member) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert digest(element) == "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"


def test_what_is_disclosed_stands_in_its_place() -> None:
    payload = {"_sd": [digest(OUTER), digest(OTHER)], "nationalities": [{"...": digest(ELEMENT)}, "DE"]}

    found = disclosed(payload, (OUTER, INNER, OTHER, ELEMENT))

    assert found.claims == {
        "nationalities": ["FR", "DE"],
        "address": {"city": "Town", "street": "Strand 1"},
        "age": 30,
    }
    assert found.withheld == 0
    assert set(found.places) == {"/address", "/address/street", "/age", "/nationalities/0"}


def test_what_is_withheld_is_counted_and_leaves_nothing_behind() -> None:
    payload = {"_sd": [digest(OUTER), digest(OTHER)], "a": [{"...": digest(ELEMENT)}, "DE"], "b": {"_sd": ["decoy"]}}

    found = disclosed(payload, (OUTER,))

    assert found.claims == {"a": ["DE"], "b": {}, "address": {"city": "Town"}}
    assert found.withheld == 4


@pytest.mark.parametrize("name", ["sha-384", "sha-512"])
def test_other_hashes_that_are_registered_are_known(name: str) -> None:
    hashed = {"sha-384": hashlib.sha384, "sha-512": hashlib.sha512}[name]

    found = disclosed({"_sd_alg": name, "_sd": [digest(NAME, hashed)]}, (NAME,))

    assert found.claims == {"name": "Möbius"}


def _nested(levels: int) -> tuple[dict[str, Any], tuple[str, ...]]:
    texts = [disclosure("s", "a", 1)]
    for level in range(levels):
        texts.append(disclosure(f"s{level}", "a", {"_sd": [digest(texts[-1])]}))
    return {"_sd": [digest(texts[-1])]}, tuple(texts)


@pytest.mark.parametrize(
    "make",
    [
        lambda: _nested(40),
        lambda: ({}, tuple(disclosure(str(number), "a", 1) for number in range(MAX_DISCLOSURES + 1))),
        lambda: ({"_sd": [digest(disclosure("s", "a", [1] * 60))], "b": [1] * 60}, (disclosure("s", "a", [1] * 60),)),
    ],
    ids=["deep", "many", "large"],
)
def test_more_than_a_reader_can_be_asked_for_is_refused(
    make: Callable[[], tuple[dict[str, Any], tuple[str, ...]]],
) -> None:
    payload, disclosures = make()

    with pytest.raises(TooLarge):
        disclosed(payload, disclosures, Limits(max_nodes=100))


def test_a_long_name_above_many_values_is_refused_at_once() -> None:
    text = disclosure("s", "n" * 100_000, [1] * 20_000)

    with pytest.raises(TooLarge, match="names"):
        disclosed({"_sd": [digest(text)]}, (text,))


def test_a_token_without_a_tilde_is_none() -> None:
    assert parted("a.b.c") is None
    assert parted("a.b.c~") == SdJwt("a.b.c")
    assert parted("a.b.c~d~e.f.g") == SdJwt("a.b.c", ("d",), "e.f.g")


@pytest.mark.parametrize(
    "text", ["a.b~", "a.b.c~~", "a.b.c~d", "a.b.c~d.e~", "a.b.c~d~e.f", "~", "a.b.c~d ~", "a.b.c~é~"]
)
def test_almost_an_sd_jwt_is_none(text: str) -> None:
    assert parted(text) is None


def _text(payload: dict[str, Any], *disclosures: str, binding: str = "") -> str:
    token = ".".join(
        base64url.encode(part) for part in (b'{"alg":"ES256"}', json.dumps(payload).encode(), b"signature")
    )
    return "".join(f"{part}~" for part in (token, *disclosures)) + binding


def test_opening_keeps_what_was_received_and_what_was_presented() -> None:
    received = _text({"a": 1, "_sd": [digest(NAME), "decoy"]}, NAME, binding="a.b.c").encode()

    opened = open_bytes(b"\n" + received)

    assert isinstance(opened, Opened)
    assert (opened.carrier, opened.payload, opened.document) == (Carrier.SD_JWT, received, {"a": 1, "name": "Möbius"})
    assert opened.presented is not None
    assert (opened.presented.withheld, opened.presented.places) == (1, ("/name",))
    assert opened.presented.sd_jwt.compact == received.decode()


@pytest.mark.parametrize("general", [False, True], ids=["flattened", "general"])
def test_json_serialisation_is_the_same_written_otherwise(general: bool) -> None:
    text = _text({"_sd": [digest(NAME)]}, NAME, binding="a.b.c")
    protected, payload, signature = text.split("~")[0].split(".")
    one = {"protected": protected, "signature": signature, "header": {"disclosures": [NAME], "kb_jwt": "a.b.c"}}
    document = {"payload": payload, **({"signatures": [one]} if general else one)}

    opened = open_bytes(json.dumps(document).encode())

    assert isinstance(opened, Opened)
    assert opened.presented is not None
    assert opened.presented.sd_jwt.compact == text
    assert opened.document == {"name": "Möbius"}


@pytest.mark.parametrize(
    "change",
    [
        {"header": {"disclosures": [NAME], "more": 1}},
        {"header": {"disclosures": NAME}},
        {"header": {"disclosures": [1]}},
        {"header": {"disclosures": [NAME], "kb_jwt": 1}},
        {"header": {}},
        {"more": 1},
        {"payload": 1},
    ],
)
def test_json_serialisation_with_anything_else_is_none(change: dict[str, object]) -> None:
    sound = {"payload": "cGF5bG9hZA", "protected": "e30", "signature": "c2ln", "header": {"disclosures": [NAME]}}

    assert serialised(sound) is not None
    assert serialised({**sound, **change}) is None
