"""Multipart forms: every part is the bytes that were sent, whatever it calls itself, and none costs more than that."""

import pytest

from tests.gateway.http.conftest import Client
from tests.gateway.http.test_event_loop import BOUND_S, watched

DETAILS = "/europass/api/v1/credentials/details"
VERIFICATION = "/europass/api/v1/credentials/verification"
MULTIPART = {"Content-Type": "multipart/form-data; boundary=x"}
CODECS = ("utf-8", "utf-16", "utf-7", "punycode", "idna", "unicode_escape", "rot13", "zlib_codec", "undefined", "none")
LARGE = b"a" * 500_000 + b"-" + b"b" * 500_000
"""What as punycode takes minutes."""


def field(content: bytes, charset: str = "", name: str = "file") -> bytes:
    declared = f"Content-Type: text/plain; charset={charset}\r\n" if charset else ""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n{declared}\r\n'
    return head.encode() + content + b"\r\n"


@pytest.mark.parametrize("content", ['{"a": "é"}'.encode(), b"\xff\xfe", b'{"\\ud800": 1}', b"xn--a"], ids=repr)
async def test_a_part_is_the_same_bytes_in_every_charset(client: Client, content: bytes) -> None:
    alone = await client.post(DETAILS, content=content, headers={"Content-Type": "application/json"})

    for charset in CODECS:
        answer = await client.post(DETAILS, content=field(content, charset) + b"--x--\r\n", headers=MULTIPART)

        assert (answer.status_code, answer.json()["code"]) == (alone.status_code, alone.json()["code"]), charset


@pytest.mark.parametrize("path", [DETAILS, VERIFICATION])
@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape"])
async def test_a_large_part_never_stops_the_loop(client: Client, path: str, charset: str) -> None:
    async with watched() as stalls:
        answer = await client.post(path, content=field(LARGE, charset) + b"--x--\r\n", headers=MULTIPART)

    assert 400 <= answer.status_code < 500
    assert stalls.cpu_s < BOUND_S


async def test_a_form_has_so_many_parts_and_no_more(client: Client) -> None:
    few = b"".join(field(b"", name="a") for _ in range(127)) + field(b"{}") + b"--x--\r\n"

    taken = await client.post(DETAILS, content=few, headers=MULTIPART)
    refused = await client.post(DETAILS, content=field(b"", name="a") + few, headers=MULTIPART)

    assert taken.json()["code"] != "invalid-body"
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid-body")
