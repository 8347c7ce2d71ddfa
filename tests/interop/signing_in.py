"""What a wallet's maker and its owner do so that the wallet gets an authorization code."""

from tests.interop.served import Served
from tests.simulators.application import Browser, fields

BACK = "http://127.0.0.1:8765/back"
CLIENT = {
    "client_name": "A wallet",
    "redirect_uris": [BACK],
    "token_endpoint_auth_method": "none",
    "grant_types": ["authorization_code", "refresh_token"],
}


async def registered(gateway: Served) -> str:
    """The id of a client that the wallet's maker registered."""
    return str((await gateway.http.post("/oauth/register", json=CLIENT)).json()["client_id"])


async def allowed(browser: Browser, location: str, **chosen: str) -> str:
    """Open an address, choose, say yes, and return where that leads."""
    page = await browser.open(location.removeprefix(browser.origin))
    if page.status_code == 303:
        page = await browser.open(page.headers["Location"])
    assert page.status_code == 200, page.text
    gone = await browser.send("/oauth/authorize", {**fields(page.text), **chosen, "answer": "allow"})
    assert gone.status_code == 303, gone.text
    return gone.headers["Location"]
