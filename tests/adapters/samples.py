"""All documents that the adapters are tried on: the samples beside each format, and the public corpora."""

import functools
import os
import sys
from pathlib import Path

import msgspec

from adapters.hub.contract import Adapter, Confidence, Reading
from adapters.hub.credential import Credential
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import ADAPTERS
from tests.corpora import BESIDE_THE_CHECKOUT

CORPORA = Path(os.environ.get("GATEWAY_CORPORA") or BESIDE_THE_CHECKOUT)
CORPUS = CORPORA / "ob"
_ASSETS = CORPUS / "samples/ob2-1edtech-validator/assets"
_HOSTS = ("https://www.example.org/", "https://example.org/", "http://example.org/")
_MOST_ROUNDS = 5


def folder_of(adapter: Adapter) -> Path:
    """The samples that belong to a format."""
    return Path(sys.modules[type(adapter).__module__].__file__ or "").parent / "samples"


def own() -> list[Path]:
    """Every sample that we wrote."""
    return sorted(path for adapter in ADAPTERS for path in folder_of(adapter).rglob("*") if path.is_file())


def public() -> list[Path]:
    """Every file of the corpora, empty where they are absent."""
    folders = (CORPUS / "samples", CORPUS / "vectors", CORPORA / "elm" / "samples", CORPORA / "elm" / "handmade")
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def _web() -> dict[str, bytes]:
    """What the addresses in the samples serve: each sample under its own id, the corpus as its manifest says."""
    web = {host + path.name: path.read_bytes() for path in _ASSETS.glob("*") for host in _HOSTS}
    for path in own():
        if path.suffix == ".json" and isinstance(name := msgspec.json.decode(path.read_bytes()).get("id"), str):
            web[name] = path.read_bytes()
        elif path.parent.name == "served":  # Open Badges 1.0 gives its documents no id
            web[f"https://issuer.example/{path.name}"] = path.read_bytes()
    return web


WEB = _web()


def read(adapter: Adapter, opened: Opened) -> Reading:
    """Read with every reference that is served."""
    known: dict[str, bytes] = {}
    for _ in range(_MOST_ROUNDS):
        served = {url: WEB[url] for url in adapter.references(opened, known) if url in WEB}
        if served.keys() <= known.keys():
            break
        known |= served
    return adapter.read(opened, known)


@functools.cache
def readable() -> list[tuple[Adapter, Path]]:
    """Each file, our own and the corpora's, with each adapter that recognises and reads it."""
    return [(adapter, path) for path in own() + public() for adapter in ADAPTERS if _reads(adapter, path)]


def reissued(credential: Credential) -> Credential:
    """The credential under ids that every format accepts, as reissuing replaces them."""
    issuer = msgspec.structs.replace(credential.issuer, id="https://gateway.example.org/issuer")
    return msgspec.structs.replace(credential, id="https://gateway.example.org/issued/1", issuer=issuer)


def _reads(adapter: Adapter, path: Path) -> bool:
    try:
        opened = open_bytes(path.read_bytes())
        if not isinstance(opened, Opened) or adapter.recognises(opened).confidence is Confidence.NONE:
            return False
        read(adapter, opened)
    except AdapterError:
        return False
    return True
