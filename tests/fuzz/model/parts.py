"""A multipart form with one file in it, as bytes."""

BOUNDARY = b"the-end-of-a-part"


def form(name: str, content: bytes) -> tuple[bytes, str]:
    """Return the body, and its media type."""
    head = f'Content-Disposition: form-data; name="{name}"; filename="file.json"\r\nContent-Type: application/json'
    body = b"--%b\r\n%b\r\n\r\n%b\r\n--%b--\r\n" % (BOUNDARY, head.encode(), content, BOUNDARY)
    return body, f"multipart/form-data; boundary={BOUNDARY.decode()}"
