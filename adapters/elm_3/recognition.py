"""Whether a document is a European Digital Credential, of which version, and how it was secured, at first sight."""

import re
from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON

from adapters.elm_3.vocabulary import CREDENTIAL, listed
from adapters.hub.contract import Confidence, Format, Recognition
from adapters.hub.opened import Opened

V3_1: Final = "3.1"
V3_2: Final = "3.2"

_CONTEXT = re.compile(r"https?://\S*/edc-ap(?:-context\.jsonld)?/?")
"""The context under its own address or another: those of test systems, and ``https`` for ``http``."""

_OTHERS = frozenset({"OpenBadgeCredential", "AchievementCredential", "ClrCredential"})
_ONLY_3_2: Final = {"credentialStatus": "CredentialStatus", "termsOfUse": "TermsOfUse"}
"""Member of a credential -> the class that version 3.2 added for it."""
_NOT_OURS = Recognition(format=Format.ELM_3, confidence=Confidence.NONE)


def recognition(opened: Opened) -> Recognition:
    """Certain by context and type, likely by one of them; presentations and other kinds of credential are not ours.

    A token holds none: European Digital Credentials are sealed with JAdES, and the seal has come off before.
    """
    document = opened.document
    types = {name for name in listed(document.get("type")) if isinstance(name, str)}
    context = next((each for each in listed(document.get("@context")) if is_context(each)), None)
    ours = CREDENTIAL in types
    if opened.token is not None or types & _OTHERS or any("Presentation" in name for name in types):
        return _NOT_OURS
    if not ours and (context is None or "credentialSubject" not in document):
        return _NOT_OURS
    seen = [f"context {context}"] if context else []
    seen += [f"type {CREDENTIAL}"] if ours else []
    seen += ["sealed with JAdES"] if opened.seal else []
    return Recognition(
        format=Format.ELM_3,
        confidence=Confidence.CERTAIN if context and ours else Confidence.LIKELY,
        version=version(document),
        evidence=tuple(seen),
        securing="jades" if opened.seal else "unsecured",
    )


def is_context(context: object) -> bool:
    """Whether this is an address of the context of the application profile, the right one or another."""
    return isinstance(context, str) and _CONTEXT.fullmatch(context) is not None


def version(document: dict[str, Any]) -> str:
    """Which version of the model a credential follows: 3.2 where it uses what only that defines, else 3.1.

    The two have one context address, at which 3.1 is served, and the same profiles; nearly all that is valid
    under one means the same under the other.
    """
    return V3_2 if any(_of_3_2(document)) else V3_1


def _of_3_2(document: dict[str, Any]) -> Iterator[bool]:
    for member, of in _ONLY_3_2.items():
        for value in listed(document.get(member)):
            yield isinstance(value, dict) and of in listed(value.get("type"))
