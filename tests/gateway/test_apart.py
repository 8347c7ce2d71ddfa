"""What is large is done in a thread, what is small here."""

import threading

import pytest

from gateway.apart import LARGE_BYTES, apart


@pytest.mark.parametrize(("size", "here"), [(0, True), (LARGE_BYTES, True), (LARGE_BYTES + 1, False)])
async def test_only_what_is_large_is_done_in_a_thread(size: int, here: bool) -> None:
    assert (await apart(size, threading.get_ident) == threading.get_ident()) is here


async def test_what_it_raises_is_raised_to_who_waits() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await apart(LARGE_BYTES + 1, int, "x")
