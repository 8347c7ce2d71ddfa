"""A gateway where nobody has said under which identifier it seals."""

from pathlib import Path

import pytest

from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.europass.uploads import SEAL, part, upload


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path)


async def test_nothing_is_sealed_and_the_answer_says_what_to_set(holder: Client) -> None:
    answer = await holder.post(SEAL, files=part("_file", upload()))

    assert answer.json()["code"] == "no-seal-identifier"
    assert "GATEWAY_SEAL_ORGANISATION_ID" in answer.json()["description"]
    assert (await holder.get("/v1/credentials")).json()["records"] == []
