"""What can be made and removed for good today; afterwards nothing of it is served anywhere."""

import base64
from collections.abc import Callable
from typing import Any  # Any: members of JSON documents
from uuid import uuid4

from tests.fuzz.model.history import CREATED, NOT_FOUND, OK, History
from tests.fuzz.model.known import Platform
from tests.fuzz.model.live import Live, read
from tests.fuzz.model.parts import form
from tests.gateway.http.asgi import Answer
from tests.gateway.http.europass.uploads import WALLETS

NO_CONTENT, UNAUTHORISED = 204, 401


def _removed(history: History, platform: Platform, path: str, *below: str) -> None:
    """Remove it; the other platform could not, and afterwards it is not there."""
    live = history.live
    [other] = [each for each in history.platforms if each is not platform]
    live.sent(other.key, "DELETE", path, expect=NOT_FOUND)
    live.sent(platform.key, "DELETE", path, expect=NO_CONTENT)
    live.sent(platform.key, "DELETE", path, expect=NOT_FOUND)
    for each in (path, *below):
        live.sent(platform.key, "GET", each, expect=NOT_FOUND)
        platform.gone.append(each)


def _not_listed(live: Live, platform: Platform, path: str, text: str) -> None:
    assert text.encode() not in live.sent(platform.key, "GET", path, expect=OK).body


def webhook(history: History, platform: Platform) -> None:
    """An endpoint for events."""
    live, path = history.live, "/v1/webhooks"
    made = read(live.sent(platform.key, "POST", path, {"url": "https://lms.example.org/in"}, expect=CREATED))
    place = f"{path}/{made['webhook']['id']}"
    assert read(live.sent(platform.key, "GET", place, expect=OK)) == made["webhook"]
    _removed(history, platform, place, f"{place}/deliveries")
    _not_listed(live, platform, path, made["webhook"]["id"])


def member(history: History, platform: Platform) -> None:
    """Somebody who may act for the platform."""
    live, path, address = history.live, "/v1/platform/members", f"{uuid4().hex}@example.org"
    made = read(live.sent(platform.key, "POST", path, {"address": address, "role": "reader"}, expect=CREATED))
    place = f"{path}/{made['id']}"
    assert read(live.sent(platform.key, "PATCH", place, {"role": "issuer"}, expect=OK))["role"] == "issuer"
    live.sent(platform.key, "DELETE", place, expect=NO_CONTENT)
    live.sent(platform.key, "DELETE", place, expect=NOT_FOUND)
    live.sent(platform.key, "PATCH", place, {"role": "reader"}, expect=NOT_FOUND)
    _not_listed(live, platform, path, address)


def key(history: History, platform: Platform) -> None:
    """An API key, which opens nothing any more."""
    live, path = history.live, "/v1/platform/keys"
    wish = {"name": "for a while", "scopes": ["credentials.read"]}
    made = read(live.sent(platform.key, "POST", path, wish, expect=CREATED))
    live.sent(made["key"], "GET", "/v1/credentials", expect=OK)
    live.sent(platform.key, "DELETE", f"{path}/{made['id']}", expect=NO_CONTENT)
    live.sent(made["key"], "GET", "/v1/credentials", expect=UNAUTHORISED)
    platform.dead.append(made["key"])


def _own_token(live: Live, shown: str, expect: int) -> Answer:
    asked = b"grant_type=client_credentials"
    media_type = "application/x-www-form-urlencoded"
    return live.sent("", "POST", "/oauth/token", asked, expect=expect, content_type=media_type, authorization=shown)


def client(history: History, platform: Platform) -> None:
    """An OAuth client of the platform, whose tokens end with it."""
    live, path = history.live, "/v1/platform/clients"
    wish = {"name": "for a while", "scopes": ["credentials.read"]}
    made = read(live.sent(platform.key, "POST", path, wish, expect=CREATED))
    basic = base64.b64encode(f"{made['clientId']}:{made['clientSecret']}".encode()).decode()
    shown = f"Basic {basic}"
    token = read(_own_token(live, shown, OK))
    live.sent(token["access_token"], "GET", "/v1/credentials", expect=OK)
    live.sent(platform.key, "DELETE", f"{path}/{made['clientId']}", expect=NO_CONTENT)
    _own_token(live, shown, UNAUTHORISED)
    live.sent(token["access_token"], "GET", "/v1/credentials", expect=UNAUTHORISED)
    platform.dead.append(token["access_token"])
    _not_listed(live, platform, path, made["clientId"])


def _deposited(history: History, platform: Platform) -> tuple[str, str, dict[str, Any]]:
    """A wallet with one deposit, which a link leads to: the addresses of all three."""
    live = history.live
    wish = {"userEmail": f"{uuid4().hex}@example.org"}
    made = read(live.sent(platform.key, "POST", WALLETS, wish, expect=CREATED))
    wallet = f"{WALLETS}/{made['userId']}"
    body, media_type = form("_credential", live.sealed())
    put = live.sent(platform.key, "POST", f"{wallet}/credentials", body, expect=CREATED, content_type=media_type)
    place = f"{wallet}/credentials/{read(put)['uuid']}"
    link = read(live.sent(platform.key, "POST", f"{place}/sharelink", {}, expect=CREATED))
    live.sent("", "GET", f"/europass/api/v1/sharelinks/{link['shareHash']}", expect=OK)
    return wallet, place, link


def _unshared(history: History, platform: Platform, link: dict[str, Any]) -> None:
    for end in ("", "/credential", "/details", "/verification"):
        path = f"/europass/api/v1/sharelinks/{link['shareHash']}{end}"
        history.live.sent("", "GET", path, expect=NOT_FOUND)
        platform.gone.append(path)


def deposit(history: History, platform: Platform) -> None:
    """A credential in a wallet, and with it the link to it."""
    wallet, place, link = _deposited(history, platform)
    _removed(history, platform, place, f"{place}/verify")
    _unshared(history, platform, link)
    assert read(history.live.sent(platform.key, "GET", f"{wallet}/credentials", expect=OK)) == []


def wallet(history: History, platform: Platform) -> None:
    """A wallet, and with it all that lies in it."""
    place_of_wallet, place, link = _deposited(history, platform)
    _removed(history, platform, place_of_wallet, f"{place_of_wallet}/credentials", place, f"{place}/verify")
    _unshared(history, platform, link)


REMOVABLE: dict[str, Callable[[History, Platform], None]] = {
    each.__name__: each for each in (webhook, member, key, client, deposit, wallet)
}
"""Each is made, used and removed."""
