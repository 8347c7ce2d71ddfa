"""Flows of one area, for the controllers of its surface."""

from operator import attrgetter
from typing import Any  # Any: fields of the assembled gateway, a type that this layer does not know

from litestar.datastructures import State
from litestar.di import Provide


def flow(path: str) -> Provide:
    """A dependency: the flow at ``path`` in the assembled gateway, ``backpack.list_assertions``."""
    found = attrgetter(path)

    def provided(state: State) -> Any:
        return found(state.gateway)

    return Provide(provided, sync_to_thread=False)
