"""Pictures: a MediaObject holds one, and says of which file type it is <-> a data URI."""

import re
from typing import Any, Final  # Any: decoded JSON on both sides

from adapters.elm_3.codecs import MISSHAPEN, TEXTS, single
from adapters.elm_3.vocabulary import BASE64, Vocabulary, code, concept
from adapters.hub.losses import escaped
from adapters.hub.mapping import ABSENT, Codec, Trail

_NOT_EMBEDDED = "a picture that stands elsewhere; only an embedded PNG, JPEG, GIF or SVG has a place"
_EMBEDDED = re.compile(r"data:(image/[a-z0-9.+-]+);base64,([A-Za-z0-9+/=\s]+)")
_PICTURES: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/svg+xml": "SVG"}
MEDIA_TYPES: Final = {file_type: media_type for media_type, file_type in _PICTURES.items()}
"""Of those pictures that are carried, by code of the authority table of file types."""


def _picture_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not isinstance(value, dict):
        trail.dropped(value, at, MISSHAPEN)
        return ABSENT
    content, kind, encoding = (value.get(name) for name in ("content", "contentType", "contentEncoding"))
    file_type = code(Vocabulary.FILE_TYPE, kind.get("id")) if isinstance(kind, dict) else None
    plain = not isinstance(encoding, dict) or code(Vocabulary.ENCODING, encoding.get("id")) == BASE64
    if not isinstance(content, str) or file_type not in MEDIA_TYPES or not plain:
        trail.dropped(value, at, "not an embedded picture")
        return ABSENT
    trail.carried(f"{at}/content", f"{into}/id")
    picture: dict[str, Any] = {"id": f"data:{MEDIA_TYPES[file_type]};base64,{content}"}
    for name, child in value.items():
        if name == "title" and (caption := TEXTS.read(child, f"{at}/title", f"{into}/caption", trail)) is not ABSENT:
            picture["caption"] = caption
        elif name not in ("id", "type", "content", "contentType", "contentEncoding", "title"):
            trail.dropped(child, f"{at}/{escaped(name)}", "of a picture only itself and its title are kept")
    return picture


def _picture_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    found = embedded(value["id"])
    if found is None:
        trail.dropped(value, at, _NOT_EMBEDDED)
        return ABSENT
    file_type, content = found
    trail.carried(f"{at}/id", f"{into}/content")
    written: dict[str, Any] = media(content, file_type)
    if caption := value.get("caption"):
        title = TEXTS.write(caption, f"{at}/caption", f"{into}/title", trail)
        written |= {} if title is ABSENT else {"title": title}
    if "author" in value:
        trail.dropped(value["author"], f"{at}/author", "a MediaObject has no author")
    return written


PICTURE = single(Codec(_picture_in, _picture_out))
"""MediaObject <-> a picture whose id is a data URI."""


def embedded(address: str) -> tuple[str, str] | None:
    """File type and base64 of a data URI of a picture; None for any other address."""
    if (found := _EMBEDDED.fullmatch(address)) is None or found[1] not in _PICTURES:
        return None
    return _PICTURES[found[1]], found[2]


def media(content: str, file_type: str) -> dict[str, Any]:
    """A MediaObject; ``content`` is base64, ``file_type`` a code of the authority table."""
    return {
        "type": "MediaObject",
        "content": content,
        "contentEncoding": concept(Vocabulary.ENCODING, BASE64),
        "contentType": concept(Vocabulary.FILE_TYPE, file_type),
    }
