"""The public corpora: samples, vectors and attacks that other people published, read where they lie."""

import os
from pathlib import Path

import pytest

BESIDE_THE_CHECKOUT = Path(__file__).parents[2] / "shared" / "data"


def corpus(path: str) -> Path:
    """A file or folder of the corpora, such as `ob/vectors`.

    They lie in ../shared/data beside the checkout, or where GATEWAY_TEST_CORPORA says. Where absent, the
    test (at import: its module) is skipped; in CI, where they have to be there, it fails.
    """
    found = Path(os.environ.get("GATEWAY_TEST_CORPORA") or BESIDE_THE_CHECKOUT) / path
    if not found.exists():
        reason = f"no public corpus {path} (looked in {found.parent}); GATEWAY_TEST_CORPORA names another folder"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason, allow_module_level=True)
    return found
