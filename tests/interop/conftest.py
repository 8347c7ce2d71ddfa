"""The verifiers, each in one process for the whole session."""

from collections.abc import Iterator

import pytest

from gateway.proofs import contexts
from tests.interop.oracles import Talk, node_project, openbadges_environment


@pytest.fixture(scope="session")
def node() -> Iterator[Talk]:
    """@digitalbazaar/vc and jose; of the web they know the published contexts alone."""
    with Talk(node_project()) as talk:
        talk.tell({"contexts": {url: body.document for url, body in contexts.NEWEST.bodies.items()}})
        yield talk


@pytest.fixture(scope="session")
def validator_core() -> Iterator[Talk]:
    """1EdTech's validator for Open Badges 0.5 to 2.0."""
    with Talk(openbadges_environment()) as talk:
        yield talk
