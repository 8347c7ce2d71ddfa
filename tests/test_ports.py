"""The ports that programs of the tests are told to listen on."""

import socket

import pytest

from tests import ports
from tests.ports import free_ports


def test_as_many_as_asked_for_are_free(monkeypatch: pytest.MonkeyPatch) -> None:
    first = free_ports(9)
    monkeypatch.setattr(ports, "UNASKED", range(first, first + 9))

    with socket.create_server(("127.0.0.1", first + 4)):
        chosen = {free_ports(4) for _ in range(20)}

    assert chosen == {first}
