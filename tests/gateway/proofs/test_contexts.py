"""The pinned contexts are the published ones."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import rfc8785

from gateway.proofs.contexts import NEWEST, PINNED, ContextBody, Role, bodies, choices, known, loader, role
from gateway.proofs.errors import ContextUnknown
from tests.corpora import corpus

OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/"
CURRENT = OB3 + "context-3.0.3.json"
ALL_BODIES = [body for pinned in PINNED for body in pinned.bodies]

PUBLISHED = {
    "credentials-v1": ["w3c/credentials-v1.jsonld", "1edtech-validator/2018-credentials-v1.jsonld"],
    "credentials-v2": ["w3c/credentials-v2.jsonld", "live-2026-07/credentials-v2.json"],
    "open-badges-3.0.0": ["1edtech-spec/context.json", "1edtech-validator/ob-v3p0.json"],
    "open-badges-3.0.1": ["1edtech-spec/context-3.0.1.json", "live-2026-07/ob-v3p0-context-3.0.1.json"],
    "open-badges-3.0.2": ["1edtech-spec/context-3.0.2.json", "live-2026-07/ob-v3p0-context-3.0.2.json"],
    "open-badges-3.0.3-of-2026-06": [
        "live-2026-07/ob-v3p0-context-3.0.3.json",
        "1edtech-validator/ob-v3p0-3.0.3.json",
    ],
    "open-badges-3.0.3-of-2025-04": ["1edtech-spec/context-3.0.3.json"],
    "open-badges-3-extensions": [
        "live-2026-07/ob-v3p0-extensions.json",
        "1edtech-validator/ob-v3p0-extensions.json",
    ],
    "open-badges-2": ["1edtech-spec/ob2/context.json"],
    "open-badges-2-original-creator": ["../extensions/ob2/originalCreatorExtension/context.json"],
    "edc-ap-3.1": [
        "../../elm/contexts/edc-ap-3.1-master.jsonld",
        "../../elm/contexts/edc-ap-dereferenced-2026-06-26.json",
    ],
    "edc-ap-3.2": ["../../elm/contexts/edc-ap-3.2-lts.jsonld"],
    "data-integrity-v1": ["1edtech-validator/data-integrity-v1.jsonld"],
    "data-integrity-v2": ["live-2026-07/security-data-integrity-v2.json"],
    "multikey-v1": ["live-2026-07/security-multikey-v1.json"],
    "status-list-2021": ["w3c/status-list-2021-v1.jsonld"],
    "ed25519-2020-v1": ["w3c/ed25519-2020-v1.json"],
}


@pytest.mark.parametrize("body", ALL_BODIES, ids=lambda body: body.name)
def test_a_shipped_context_has_its_pinned_digest(body: ContextBody) -> None:
    digest = hashlib.sha256(rfc8785.dumps(body.document)).hexdigest()

    assert digest == body.sha256


@pytest.mark.parametrize("body", ALL_BODIES, ids=lambda body: body.name)
def test_a_shipped_context_is_the_published_one(body: ContextBody) -> None:
    folder = corpus("ob/contexts")

    published = [json.loads((folder / path).read_text()) for path in PUBLISHED[body.name]]

    assert published
    assert all(document == body.document for document in published)


def test_the_context_that_breaks_signatures_is_not_shipped() -> None:
    lacking = json.loads((corpus("ob/contexts") / "dcc-npm-2.1.0/context-3.0.3.json").read_text())

    assert all(body.document != lacking for body in ALL_BODIES)


def test_the_current_context_has_both_published_bodies_newest_first() -> None:
    names = [body.name for body in bodies(CURRENT)]

    assert names == ["open-badges-3.0.3-of-2026-06", "open-badges-3.0.3-of-2025-04"]


def test_an_alias_stands_for_its_context() -> None:
    alias = OB3 + "context/ob_v3p0.jsonld"

    assert known(alias)
    assert bodies(alias) == bodies(OB3 + "context.json")
    assert role(alias) is Role.BADGE


def test_an_unknown_url_has_no_bodies() -> None:
    assert not known("https://example.org/context")
    with pytest.raises(ContextUnknown) as caught:
        bodies("https://example.org/context")
    assert caught.value.url == "https://example.org/context"


def test_there_is_one_choice_where_no_context_has_a_second_body() -> None:
    assert choices(["https://www.w3.org/ns/credentials/v2", "https://example.org/unknown"]) == (NEWEST,)


def test_choices_are_newest_first_and_made_once() -> None:
    newest, older = choices([CURRENT, "https://www.w3.org/ns/credentials/v2"])

    assert newest is NEWEST
    assert older.body(CURRENT).name == "open-badges-3.0.3-of-2025-04"
    assert choices([CURRENT])[1] is older


def test_the_loader_serves_a_copy_of_the_chosen_body() -> None:
    older = choices([CURRENT])[1]

    served = loader(older)(CURRENT, {})

    assert served["document"] == older.body(CURRENT).document
    assert served["document"] is not older.body(CURRENT).document


def test_the_loader_refuses_what_is_not_pinned() -> None:
    with pytest.raises(ContextUnknown):
        loader(NEWEST)("https://example.org/context", {})


@pytest.mark.parametrize("body", ALL_BODIES, ids=lambda body: body.name)
def test_no_shipped_context_changes_what_a_scan_of_keys_relies_on(body: ContextBody) -> None:
    """Keywords have no other names than id and type, nothing depends on a base, no term is reversed or nested."""
    for term, definition in _definitions(body.document["@context"]):
        assert term not in {"@base", "@vocab", "@import"}
        target = definition.get("@id") if isinstance(definition, dict) else definition
        if isinstance(target, str) and target.startswith("@"):
            assert (term, target) in {("id", "@id"), ("type", "@type")}
        if isinstance(definition, dict):
            assert not {"@reverse", "@nest", "@index", "@language", "@direction"} & definition.keys()
            # The keys of a language map are no members, and nothing but texts can stand under them.
            assert definition.get("@container") in {None, "@set", "@list", "@graph", "@language"}


def _definitions(context: Any) -> Iterator[tuple[str, Any]]:
    for part in context if isinstance(context, list) else [context]:
        if not isinstance(part, Mapping):
            continue
        for term, definition in part.items():
            if term not in {"@version", "@protected", "@propagate"}:
                yield term, definition
            if isinstance(definition, Mapping) and "@context" in definition:
                yield from _definitions(definition["@context"])
