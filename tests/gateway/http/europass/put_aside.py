"""A platform that seals, sends and shares in the way of Europass, and mistypes keys and links."""

from collections.abc import Sequence

from httpx import Response

from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import SEND, part, upload

WAITING = "waiting@example.org"
LINKS = "/europass/api/v1/sharelinks"


async def put_aside(client: Client, known: dict[str, bytes]) -> Sequence[Response]:
    """The answers that refuse something.

    Args:
        known: Secrets by their names, the platform's key among them; gets those of what is put aside.
    """
    key, wrong = known["API key"].decode(), known["wrong API key"].decode()
    sent = await client.post(SEND, params={"sendMail": "false"}, files=part("_file", upload(WAITING)), auth=("", key))
    assert sent.status_code == 200, sent.text
    token = sent.json()["viewerURL"].rpartition("/")[2]
    assert (await client.get(f"{LINKS}/{token}")).status_code == 200
    shown, mistaken = {"Authorization": f"Bearer {key}"}, {"Authorization": f"Bearer {wrong}"}
    known |= {"share link": token.encode(), "address of a wallet": WAITING.encode(), "a learner's name": b"A Learner"}
    return [
        await client.post(SEND, files=part("_file", upload(WAITING)), auth=("", wrong)),
        await client.post(SEND, files=part("_file", upload(WAITING)), auth=(wrong, "")),
        await client.delete(f"{LINKS}/{token}", headers=mistaken),
        await client.post("/europass/api/v1/wallets", json={"userEmail": [WAITING]}, headers=shown),
        await client.get(f"{LINKS}/{'A' * 43}"),
    ]
