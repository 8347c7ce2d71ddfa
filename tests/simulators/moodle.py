"""Moodle as a client of Badge Connect and of the Badgr API: what its code really sends, quirk by quirk.

What is odd about it is odd in Moodle: names of secrets that are not form-encoded, a refresh that authenticates in
another way than was registered, a status that is read from the body alone.
"""

import json
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any  # Any: members of JSON documents
from urllib.parse import urlencode

from httpx import AsyncClient, Response

from tests.simulators.web import SimulatedWeb

WWWROOT = "https://moodle.example.edu"
SALT = "badges123456"
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5Er"
    "kJggg=="
)
_CONTEXT = "https://w3id.org/openbadges/v2"


@dataclass
class Moodle:
    """One Moodle site, connected to one backpack.

    moodle = Moodle(http, web)
    await moodle.connect("https://badges.example.net")

    Attributes:
        host: The origin of the backpack, which ``http`` serves.
        tokens: What the last token request answered.
    """

    http: AsyncClient
    web: SimulatedWeb
    wwwroot: str = WWWROOT
    host: str = ""
    endpoints: dict[str, str] = field(default_factory=dict)
    api_base: str = ""
    scopes: list[str] = field(default_factory=list)
    client_id: str = ""
    client_secret: str = ""
    verifier: str = ""
    tokens: dict[str, Any] = field(default_factory=dict)

    async def connect(self, host: str) -> None:
        """Read the manifest and register, as when an administrator adds the backpack."""
        self.host = host
        manifest = (await self._send("GET", f"{host}/.well-known/badgeconnect.json")).json()
        interface = manifest["badgeConnectAPI"][-1]  # the last one wins
        for name, value in interface.items():
            if name.endswith("Url") and value:
                self.endpoints[name.removesuffix("Url")] = value
        self.api_base, self.scopes = interface["apiBase"], interface["scopesOffered"]
        registered = (await self._send("POST", self.endpoints["registration"], json=self.registration())).json()
        # The status is not looked at: without both of these it fails.
        self.client_id, self.client_secret = registered["client_id"], registered["client_secret"]

    def registration(self) -> dict[str, Any]:
        """What it says of itself: every policy is the root of the site."""
        return {
            "client_name": "Example Moodle",
            "client_uri": f"{self.wwwroot}/",
            "logo_uri": f"{self.wwwroot}/theme/image.php/boost/core/1700000000/moodlelogo",
            "tos_uri": f"{self.wwwroot}/",
            "policy_uri": f"{self.wwwroot}/",
            "software_id": "moodle",
            "software_version": "4.3.2+ (Build: 20240119)",
            "redirect_uris": [self.redirect_uri],
            "token_endpoint_auth_method": "client_secret_basic",
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "scope": " ".join(self.scopes),
        }

    @property
    def redirect_uri(self) -> str:
        """Of every service that the site connects to."""
        return f"{self.wwwroot}/admin/oauth2callback.php"

    @property
    def state(self) -> str:
        """Not opaque: a local address with a query of its own."""
        return "/badges/backpack-connect.php?action=authenticate&sesskey=3nT8qqfDzC&response=1"

    def question(self) -> dict[str, str]:
        """The query with which a browser is sent to ask its owner."""
        self.verifier = urlsafe_b64encode(sha256(b"43 random bytes").digest() + b"0123456789a").decode().rstrip("=")
        return {
            "client_id": self.client_id,
            "response_type": "code",
            "redirect_uri": self.redirect_uri,
            "state": self.state,
            "scope": " ".join(scope for scope in self.scopes if scope not in ("openid", "profile")),
            "code_challenge": urlsafe_b64encode(sha256(self.verifier.encode()).digest()).decode().rstrip("="),
            "code_challenge_method": "S256",
        }

    async def exchange(self, code: str) -> Response:
        """Exchange the code; the scope is empty where the site has stored none."""
        secret = b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()  # not form-encoded before
        form = {
            "code": code,
            "grant_type": "authorization_code",
            "redirect_uri": self.redirect_uri,
            "scope": "",
            "code_verifier": self.verifier,
        }
        headers = {"Authorization": f"Basic {secret}"}
        return self._remembered(await self._send("POST", self.endpoints["token"], data=form, headers=headers))

    async def refresh(self) -> Response:
        """Exchange the refresh token: the secret stands in the body, whatever was registered."""
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self.tokens["refresh_token"],
            "scope": self.tokens["scope"],
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }
        return self._remembered(await self._send("POST", self.endpoints["token"], data=form))

    def _remembered(self, answer: Response) -> Response:
        """Whatever is not exactly 200 is a failure; four members end up in columns that cannot be null."""
        if answer.status_code == 200:
            self.tokens = {
                name: answer.json()[name] for name in ("access_token", "refresh_token", "expires_in", "scope")
            }
        return answer

    async def push(self, assertion: dict[str, Any]) -> str:
        """Push an Assertion; return what the person is shown, "" when all is well. HTTP's own status is ignored."""
        answer = await self._send(
            "POST",
            f"{self.api_base}/assertions",
            content=json.dumps({"assertion": assertion}),
            headers={"Authorization": f"Bearer {self.tokens['access_token']}", "Content-Type": "application/json"},
        )
        said = answer.json()
        if said.get("status", {}).get("statusCode") == 200:
            return ""
        return str(said.get("status", {}).get("error") or said.get("error") or "an unknown error")

    async def _send(self, method: str, url: str, **request: Any) -> Response:
        headers = {"Accept": "application/json", "User-Agent": "MoodleBot/4.3", **request.pop("headers", {})}
        return await self.http.request(method, url.removeprefix(self.host), headers=headers, **request)

    def issue(self, email: str, *, version: str = "new", salt: str = SALT) -> dict[str, Any]:
        """An Assertion as the site writes it, hosted on the site.

        Args:
            version: ``new`` writes ``alignment`` and serves under ``/badges/json``; ``old`` does neither.
        """
        unique = sha256(email.encode()).hexdigest()[:40]
        script = "badges/json/assertion.php" if version == "new" else "badges/assertion.php"
        address = f"{self.wwwroot}/{script}?{urlencode({'b': unique, 'obversion': 2})}"
        assertion: dict[str, Any] = {
            "recipient": {
                "identity": f"sha256${sha256(f'{email}{salt}'.encode()).hexdigest()}",
                "type": "email",
                "hashed": True,
                "salt": salt,
            },
            "badge": self.badge_class(version),
            "verify": {"type": "hosted", "url": address},
            "issuedOn": "2025-11-10T09:12:44+00:00",
            "evidence": f"{self.wwwroot}/badges/badge.php?hash={unique}",
            "@context": _CONTEXT,
            "type": "Assertion",
            "id": address,
        }
        if version == "old":
            assertion["uid"] = unique
        for document in (assertion, assertion["badge"], assertion["badge"]["issuer"]):
            self.web.publish(document["id"], json.dumps(document).encode())
        return assertion

    def badge_class(self, version: str) -> dict[str, Any]:
        """The BadgeClass with its issuer inside, whose class is ``Issuer``."""
        node = {
            "targetName": "Ropework",
            "targetUrl": "https://framework.example/ropework",
            "targetFramework": "Seamanship",
            "targetCode": "S-4",
        }
        return {
            "name": "Knots",
            "description": "Ties ten knots.",
            "image": PICTURE if version == "old" else f"{self.wwwroot}/pluginfile.php/1/badges/badgeimage/7/f3",
            "criteria": {
                "id": f"{self.wwwroot}/badges/badgeclass.php?id=7",
                "narrative": "Users are awarded this badge when they finish **all** of: * The course Knots",
            },
            "issuer": {
                "name": "Example Moodle",
                "url": self.wwwroot,
                "email": "badges@moodle.example.edu",
                "@context": _CONTEXT,
                "id": f"{self.wwwroot}/badges/issuer_json.php?id=7",
                "type": "Issuer",
            },
            "@context": _CONTEXT,
            "id": f"{self.wwwroot}/badges/badge_json.php?id=7",
            "type": "BadgeClass",
            "version": "1.0",
            "@language": "en",
            "tags": ["knots", "ropes"],
            ("alignment" if version == "new" else "alignments"): [node],
        }
