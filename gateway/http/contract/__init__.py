"""The published contracts: Litestar's routes, with schemas that say exactly what msgspec accepts."""

from gateway.http.contract.served import ALL_ROUTES, BY_NAME, document, documents, files, index

__all__ = ["ALL_ROUTES", "BY_NAME", "document", "documents", "files", "index"]
