"""DIDs to addresses: one place for each, and none for what two servers could read in two ways."""

import pytest

from gateway.errors import Unreachable
from gateway.trust.did_addresses import did_address

SCID = "QmUQVmu7yyX6x9jCUH863pBacUmg8Wuu4ZZtsdfv7Uv5iD"

PLACES = {
    "issuer.example": "https://issuer.example/.well-known/",
    "issuer.example:user:alice": "https://issuer.example/user/alice/",
    "issuer.example%3A8443:a": "https://issuer.example:8443/a/",
    "issuer.example%3a8443": "https://issuer.example:8443/.well-known/",
    "xn--jp-cd2fp15c.xn--fsq.jp:%E7%94%A8": "https://xn--jp-cd2fp15c.xn--fsq.jp/%E7%94%A8/",
    "issuer.example:a.b_c~d-e": "https://issuer.example/a.b_c~d-e/",
    "localhost%3A8443": "https://localhost:8443/.well-known/",
}


@pytest.mark.parametrize("place", PLACES)
def test_did_leads_to_one_address(place: str) -> None:
    web, webvh = did_address(f"did:web:{place}"), did_address(f"did:webvh:{SCID}:{place}")

    assert (web.url, web.scid) == (f"{PLACES[place]}did.json", "")
    assert (webvh.url, webvh.scid) == (f"{PLACES[place]}did.jsonl", SCID)


NOWHERE = [
    "",
    "issuer.example/path",
    "issuer.example%2Fpath",
    "issuer.example@other.example",
    "user%40issuer.example",
    "issuer.example:",
    "issuer.example::a",
    "issuer.example?x",
    "issuer.example?versionId=1",
    "issuer.example#key",
    "issuer.example%3Aport",
    "issuer.example%3A",
    "issuer.example%3A0",
    "issuer.example%3A65536",
    "issuer.example%3A443%3A443",
    "issuer.example%253A8443",
    "issuer..example",
    ".issuer.example",
    "issuer.example.",
    "-issuer.example",
    "issuer_.example",
    "\u0456ssuer.example",
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "%5B%3A%3A1%5D",
    "127%2E0%2E0%2E1",
    "issuer.example:..:other",
    "issuer.example:.:other",
    "issuer.example:%2e%2e:other",
    "issuer.example:%2E.:other",
    "issuer.example:a%2F..%2Fb",
    "issuer.example:a%2fb",
    "issuer.example:a%5Cb",
    "issuer.example:a%00",
    "issuer.example:%252e%252e:other",
    "issuer.example:a%",
    "issuer.example:a%zz",
    "issuer.example:a b",
    "issuer.example:a\n",
    "issuer.example:;x",
    f"{'a' * 64}.example",
    ".".join(["a" * 60] * 5),
    f"issuer.example:{'a' * 2048}",
]


@pytest.mark.parametrize("place", NOWHERE, ids=ascii)
@pytest.mark.parametrize("method", ["web", f"webvh:{SCID}"], ids=["web", "webvh"])
def test_did_that_could_mean_another_place_leads_nowhere(method: str, place: str) -> None:
    with pytest.raises(Unreachable) as caught:
        did_address(f"did:{method}:{place}")

    assert caught.value.fix.startswith("Write it as did:web")


@pytest.mark.parametrize("scid", ["", "Qm", SCID[:-1], f"{SCID}1", SCID.replace("U", "0"), SCID.replace("U", "l")])
def test_did_webvh_without_a_hash_leads_nowhere(scid: str) -> None:
    with pytest.raises(Unreachable):
        did_address(f"did:webvh:{scid}:issuer.example")
