"""Endorsements: the European Learning Model has none."""

from collections.abc import Mapping

from adapters.hub.contract import Reading
from adapters.hub.errors import Malformed
from adapters.hub.opened import Opened


class Endorsements:
    """Reads nothing: what others say about an award has no form in this format."""

    def references(self, opened: Opened, known: Mapping[str, bytes]) -> tuple[str, ...]:  # noqa: ARG002
        """Return nothing."""
        return ()

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> Reading:  # noqa: ARG002
        """Refuse.

        Raises:
            Malformed: Always.
        """
        raise Malformed("the European Learning Model has no endorsements")
