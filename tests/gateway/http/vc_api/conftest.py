"""Exchanges of a converted badge."""

from collections.abc import Awaitable, Callable
from typing import Any  # Any: members of JSON documents

import pytest

from tests.gateway.http.conftest import Client, here

EXCHANGES = "/vc-api/workflows/claim/exchanges"

Arrange = Callable[[], Awaitable[str]]
"""Makes an exchange of the record; returns its path."""


@pytest.fixture
def arrange(holder: Client, record: dict[str, Any]) -> Arrange:
    async def arranged() -> str:
        key = holder.headers["Authorization"]
        answer = await holder.post(
            EXCHANGES, json={"variables": {"credentialId": record["id"]}}, headers={"Authorization": key}
        )
        assert answer.status_code == 201, answer.text
        assert answer.headers["Location"] == answer.json()["id"]
        return here(answer.headers["Location"])

    return arranged


@pytest.fixture
async def exchange(arrange: Arrange) -> str:
    """The path of one exchange."""
    return await arrange()
