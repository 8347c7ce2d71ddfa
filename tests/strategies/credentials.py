"""The strategies: credentials, and changed credentials.

They draw a source of chance from Hypothesis, which therefore shrinks what fails; long runs take the same makers
(`documents.credential`, `mutations.mutated`) with a seeded source, ten times as fast.
"""

from random import Random
from typing import Any  # Any: members of JSON documents

from hypothesis import strategies as st

from tests.strategies.documents import credential
from tests.strategies.mutations import mutated


def credentials() -> st.SearchStrategy[dict[str, Any]]:
    """Credentials over the whole vocabulary of the pinned contexts."""
    return st.randoms(use_true_random=False).map(credential)


def mutations(documents: st.SearchStrategy[dict[str, Any]] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Such credentials, or the given documents, with one to five changes."""

    def changed(drawn: tuple[dict[str, Any], Random]) -> dict[str, Any]:
        document, random = drawn
        return mutated(document, random)

    return st.tuples(documents or credentials(), st.randoms(use_true_random=False)).map(changed)
