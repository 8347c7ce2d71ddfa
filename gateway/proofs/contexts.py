"""The JSON-LD contexts the gateway knows: tables of facts (term to IRI), shipped, pinned, never fetched.

One URL may have several bodies, because 1EdTech calls adding terms "not breaking" and changes
context-3.0.3.json in place: a signature made under an older body verifies under that one alone. All are kept.

Sources: W3C VCDM 1.1 and 2.0, VC Data Integrity, Controlled Identifiers; 1EdTech Open Badges 2.0 and 3.0; the
European Learning Model 3.1 and 3.2, application profile EDC.
"""

import copy
import functools
import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from importlib import resources
from typing import Any

import msgspec

from gateway.proofs.errors import ContextUnknown


class Role(IntEnum):
    """Where a context stands in a credential's ``@context``: in this order, and one CREDENTIAL first."""

    CREDENTIAL = 0
    BADGE = 1
    EXTENSION = 2
    SECURITY = 3


class ContextBody(msgspec.Struct, frozen=True, eq=False):
    """One published content of a context URL.

    Attributes:
        name: Ours, telling; the file in ``contexts/``.
        sha256: Lower-case hex digest of its RFC 8785 form: equal exactly when it is equal as JSON.
        document: The whole context document. Shared: not to be changed.
    """

    name: str
    sha256: str
    document: dict[str, Any]


class PinnedContext(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A context URL with everything known of it; ``bodies`` are newest first."""

    url: str
    role: Role
    bodies: tuple[ContextBody, ...]
    aliases: tuple[str, ...] = ()


class ContextChoice(msgspec.Struct, frozen=True, eq=False):
    """Which body stands behind each URL; compared by identity, so that a processor may cache by it."""

    bodies: Mapping[str, ContextBody]

    def body(self, url: str) -> ContextBody:
        """Return the chosen body.

        Raises:
            ContextUnknown: The URL is not pinned.
        """
        if (body := self.bodies.get(url)) is None:
            raise ContextUnknown(url)
        return body


_SHA256 = {
    "credentials-v2": "b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf",
    "credentials-v1": "b01e671e873981f19a9102a9a57f666dbcaeb31b99e3e124378d143e71549247",
    "open-badges-3.0.3-of-2026-06": "04b1136ddc4eda9a8966bc7ef182789f233a26739473140ef75d6968c29a2966",
    "open-badges-3.0.3-of-2025-04": "c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99",
    "open-badges-3.0.2": "bdd1d11a55a660322f24660862a1d430ee80cce584465f750909daa43684357c",
    "open-badges-3.0.1": "8bb2354552b70cbdf2066f6d3e24bc5c2be2619145737580ad2aebdc366e77d5",
    "open-badges-3.0.0": "2c54acaa1cffda2420be32ab61f0a2082051211131c6337686f36f2537aa859b",
    "open-badges-3-extensions": "15f4c347c6fe4380d9b6b93795859e33747ef48d5c55b91a71c52fb51c7bcbd7",
    "data-integrity-v2": "7ba3c50acf2689d5e07927267343eb353249c7c22a9f2d00307cc970e855e305",
    "data-integrity-v1": "9505bf85338a4c2121ad03992ac90061bc85d43bcfa34d9d47b779381cf08b5f",
    "ed25519-2020-v1": "2d1dbbda79af01db58142b221b60d808559cfdb19f185ffe1346de9e25e1c90f",
    "multikey-v1": "be20c3ee6af6e9c4102e66a85c26617831218e32216bdf050f870e389e737cdc",
    "status-list-2021": "9768f9aa81ab6c3e2ad96b2d669eaba67afe13fff0140a853f1e3d313fab13b6",
    "open-badges-2": "5f063cc07234984e99d3fe24abdb084a0de95ac073c30580b4d31f4d9c3e1d94",
    "edc-ap-3.1": "8b2aec7cb1ab330c91a88ddf4ac45866dff7011ea364380f1dcf237c279caa5b",
    "edc-ap-3.2": "b668a5c28a49fbd6349a90d339f51f8474ad57a7a430e088c36f3f76672307d4",
    "open-badges-2-original-creator": "f1d43e8235579c8b51229af7244749b11c734a6bdc9ab2a14e66b2155d195498",
}


def _pin(url: str, role: Role, *names: str, aliases: tuple[str, ...] = ()) -> PinnedContext:
    folder = resources.files("gateway.proofs").joinpath("contexts")
    texts = {name: folder.joinpath(f"{name}.json").read_text("utf-8") for name in names}
    bodies = tuple(ContextBody(name, _SHA256[name], json.loads(text)) for name, text in texts.items())
    return PinnedContext(url=url, role=role, bodies=bodies, aliases=aliases)


_W3ID = "https://w3id.org/"
_OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/"

PINNED: tuple[PinnedContext, ...] = (
    _pin("https://www.w3.org/ns/credentials/v2", Role.CREDENTIAL, "credentials-v2"),
    _pin("https://www.w3.org/2018/credentials/v1", Role.CREDENTIAL, "credentials-v1"),
    _pin(
        _OB3 + "context-3.0.3.json",
        Role.BADGE,
        # Adds jti and endorsementJwt; live since 29 June 2026.
        "open-badges-3.0.3-of-2026-06",
        "open-badges-3.0.3-of-2025-04",
    ),
    _pin(_OB3 + "context-3.0.2.json", Role.BADGE, "open-badges-3.0.2"),
    _pin(_OB3 + "context-3.0.1.json", Role.BADGE, "open-badges-3.0.1"),
    _pin(
        _OB3 + "context.json",
        Role.BADGE,
        "open-badges-3.0.0",
        aliases=(_OB3 + "context/ob_v3p0.jsonld",),
    ),
    _pin(_OB3 + "extensions.json", Role.EXTENSION, "open-badges-3-extensions"),
    _pin(_W3ID + "vc/status-list/2021/v1", Role.EXTENSION, "status-list-2021"),
    _pin(_W3ID + "security/data-integrity/v2", Role.SECURITY, "data-integrity-v2"),
    _pin(_W3ID + "security/data-integrity/v1", Role.SECURITY, "data-integrity-v1"),
    _pin(_W3ID + "security/suites/ed25519-2020/v1", Role.SECURITY, "ed25519-2020-v1"),
    _pin(_W3ID + "security/multikey/v1", Role.SECURITY, "multikey-v1"),
    # 3.1 first although it is the older one: the address serves it. 3.2 was published beside it, and adds to it.
    _pin("http://data.europa.eu/snb/model/context/edc-ap", Role.BADGE, "edc-ap-3.1", "edc-ap-3.2"),
    _pin(_W3ID + "openbadges/v2", Role.BADGE, "open-badges-2"),
    _pin(
        "https://openbadgespec.org/extensions/originalCreatorExtension/context.json",
        Role.EXTENSION,
        "open-badges-2-original-creator",
    ),
)

_BY_URL: Mapping[str, PinnedContext] = {url: pinned for pinned in PINNED for url in (pinned.url, *pinned.aliases)}

NEWEST = ContextChoice({url: pinned.bodies[0] for url, pinned in _BY_URL.items()})


def known(url: str) -> bool:
    """Say whether the URL, or the one it is an alias of, is pinned."""
    return url in _BY_URL


def bodies(url: str) -> tuple[ContextBody, ...]:
    """Return every published body of a pinned URL, newest first.

    Raises:
        ContextUnknown: The URL is not pinned.
    """
    if (pinned := _BY_URL.get(url)) is None:
        raise ContextUnknown(url)
    return pinned.bodies


def role(url: str) -> Role:
    """Return where a context belongs in ``@context``; EXTENSION for one that is not pinned."""
    pinned = _BY_URL.get(url)
    return Role.EXTENSION if pinned is None else pinned.role


def choices(urls: Iterable[str]) -> tuple[ContextChoice, ...]:
    """Return every choice that differs for a document with these contexts, newest first; at least one."""
    return _choices(tuple(sorted({url for url in urls if known(url) and len(bodies(url)) > 1})))


@functools.lru_cache(maxsize=32)
def _choices(urls: tuple[str, ...]) -> tuple[ContextChoice, ...]:
    combinations = itertools.product(*(bodies(url) for url in urls))
    next(combinations)
    older = (dict(zip(urls, chosen, strict=True)) for chosen in combinations)
    return (NEWEST, *(ContextChoice({**NEWEST.bodies, **chosen}) for chosen in older))


def loader(choice: ContextChoice) -> Callable[[str, Mapping[str, Any]], dict[str, Any]]:
    """Return a document loader for pyld that serves the chosen bodies and touches no network.

    The loader raises ContextUnknown for every other URL (pyld wraps it in its own error).
    """

    def load(url: str, _options: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            # A copy: pyld resolves context URLs in place.
            "document": copy.deepcopy(choice.body(url).document),
            # Without this tag pyld asks again for every context of every document.
            "tag": "static",
        }

    return load
