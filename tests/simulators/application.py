"""An application that asks people for access to their badges, and the browser of a person who answers."""

import html
import re
import secrets
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Self  # Any: members of JSON documents
from urllib.parse import parse_qs, urlsplit

from httpx import AsyncClient, Response

READ = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly"
UPSERT = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert"
OFFLINE = "offline_access"

BACK = "https://application.example/back"
HOME = "https://application.example/"

METADATA: dict[str, Any] = {
    "client_name": "An application",
    "client_uri": HOME,
    "logo_uri": HOME + "logo.png",
    "tos_uri": HOME + "terms",
    "policy_uri": HOME + "privacy",
    "software_id": "application",
    "software_version": "1.0",
    "redirect_uris": [BACK],
    "token_endpoint_auth_method": "client_secret_basic",
    "grant_types": ["authorization_code", "refresh_token"],
    "response_types": ["code"],
    "scope": f"{READ} {UPSERT} {OFFLINE}",
}
"""What a well-behaved application says of itself."""


def challenge_of(verifier: str) -> str:
    """RFC 7636 section 4.2."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def answered(location: str) -> dict[str, str]:
    """The parameters of an answer that a browser is sent on with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query, strict_parsing=True).items()}


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's form that asks for consent or revokes it."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


@dataclass
class Application:
    """A registered client, and what it sends."""

    http: AsyncClient
    id: str
    secret: str
    redirect_uri: str = BACK
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(43))

    @classmethod
    async def registered(cls, http: AsyncClient, **metadata: Any) -> Self:
        """Register one; members given here are sent instead of those of ``METADATA``."""
        sent = {**METADATA, **metadata}
        answer = await http.post("/oauth/register", json=sent)
        assert answer.status_code == 201, answer.text
        said = answer.json()
        return cls(http, said["client_id"], said.get("client_secret", ""), said["redirect_uris"][0])

    @property
    def basic(self) -> dict[str, str]:
        """The header that shows the secret."""
        return {"Authorization": f"Basic {b64encode(f'{self.id}:{self.secret}'.encode()).decode()}"}

    def request(self, **changed: str | None) -> dict[str, str]:
        """The query of an authorization request; None leaves a parameter out."""
        asked: dict[str, str | None] = {
            "response_type": "code",
            "client_id": self.id,
            "redirect_uri": self.redirect_uri,
            "scope": f"{READ} {OFFLINE}",
            "state": "state",
            "code_challenge": challenge_of(self.verifier),
            "code_challenge_method": "S256",
            **changed,
        }
        return {name: value for name, value in asked.items() if value is not None}

    async def post(self, path: str, form: dict[str, str]) -> Response:
        """Send a form to an endpoint."""
        return await self.http.post(path, data=form, headers=self.basic if self.secret else {})

    async def exchange(self, code: str, /, **changed: str | None) -> Response:
        """Exchange a code; None leaves a parameter out."""
        sent: dict[str, str | None] = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
            "scope": "",
            **changed,
        }
        form = {name: value for name, value in sent.items() if value is not None}
        if not self.secret:
            form.setdefault("client_id", self.id)
        return await self.post("/oauth/token", form)

    async def refresh(self, token: str, **changed: str) -> Response:
        """Exchange a refresh token."""
        form = {"grant_type": "refresh_token", "refresh_token": token, **changed}
        if not self.secret:
            form.setdefault("client_id", self.id)
        return await self.post("/oauth/token", form)

    async def tokens(self, browser: "Browser", **changed: str | None) -> dict[str, Any]:
        """Everything from the question to the tokens."""
        answer = await self.exchange(await browser.code(self, **changed))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@dataclass
class Browser:
    """The browser of somebody who is signed in."""

    http: AsyncClient
    cookie: str
    origin: str = "https://badges.example.net"

    @property
    def headers(self) -> dict[str, str]:
        """What a browser sends along from a page of the gateway."""
        return {"Cookie": self.cookie, "Origin": self.origin, "Sec-Fetch-Site": "same-origin"}

    async def open(self, path: str, query: dict[str, str] | str = "", **headers: str) -> Response:
        """Follow a link, as from another site."""
        address = f"{path}?{query}" if isinstance(query, str) and query else path
        params = query if isinstance(query, dict) else None
        return await self.http.get(address, params=params, headers={"Cookie": self.cookie, **headers})

    async def follow(self, path: str, query: dict[str, str]) -> Response:
        """Follow a link, and where it sends the browser on."""
        first = await self.open(path, query)
        assert first.status_code == 303, first.text
        return await self.open(first.headers["Location"])

    async def send(self, path: str, form: dict[str, str], **headers: str) -> Response:
        """Send a form of a page of the gateway."""
        return await self.http.post(path, data=form, headers={**self.headers, **headers})

    async def code(self, application: Application, **changed: str | None) -> str:
        """Say yes to an application, and return the code that it gets."""
        return answered(await self.answer(application, "allow", **changed))["code"]

    async def answer(self, application: Application, answer: str, **changed: str | None) -> str:
        """Answer an application, and return where the browser goes."""
        page = await self.open("/oauth/authorize", application.request(**changed))
        if page.status_code == 303:
            return page.headers["Location"]
        assert page.status_code == 200, page.text
        gone = await self.send("/oauth/authorize", {**fields(page.text), "answer": answer})
        assert gone.status_code == 303, gone.text
        return gone.headers["Location"]
