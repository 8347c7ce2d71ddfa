"""What a document is made of: a surface and its handlers, which every step of the building may ask."""

from collections.abc import Iterator
from typing import Any  # Any: a document in JSON

import msgspec
from litestar.handlers import HTTPRouteHandler

from gateway.http.surface import Surface

Document = dict[str, Any]


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What is described.

    Attributes:
        handlers: By the ``operationId`` of their operations.
    """

    surface: Surface
    handlers: dict[str, HTTPRouteHandler]

    def operations(self, document: Document) -> Iterator[Document]:
        """Every operation of the document; not those of ``webhooks``, which no handler answers."""
        for item in document["paths"].values():
            yield from item.values()
