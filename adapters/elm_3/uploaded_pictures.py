"""Pictures of an upload: each is what it says it is, because sealed they are shown to people and kept for good."""

import binascii
from base64 import b64decode
from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON

from adapters.elm_3.pictures import MEDIA_TYPES
from adapters.elm_3.vocabulary import Vocabulary, code
from adapters.hub.errors import AdapterError, NotWritable
from adapters.hub.losses import escaped
from adapters.hub.rasters import check_picture

MAX_DISPLAYS: Final = 32
"""A page in each official language of the EU, and some more; where a page is missing, one is put in."""


def refuse_false_pictures(document: dict[str, Any]) -> None:
    """Refuse a document with a MediaObject that says it is a picture, and is none or another.

    One that holds nothing shows nothing, and passes.

    Raises:
        NotWritable: There is one, or a page in too many languages.
    """
    shown = document.get("displayParameter")
    pages = shown.get("individualDisplay") if isinstance(shown, dict) else None
    if isinstance(pages, list) and len(pages) > MAX_DISPLAYS:
        raise NotWritable(
            f"has {len(pages)} pages, and at most {MAX_DISPLAYS} are sealed",
            pointer="/displayParameter/individualDisplay",
            fix="Leave one IndividualDisplay for each language.",
        )
    for at, content, media_type in _pictures(document):
        try:
            check_picture(b64decode("".join(content.split()), validate=True), media_type)
        except binascii.Error as error:
            raise NotWritable(f"is no base64: {error}", pointer=at, fix="Encode the picture as base64.") from error
        except AdapterError as error:
            raise NotWritable(
                f"is declared as {media_type}, and is none: {error}",
                pointer=at,
                fix="Put the whole picture there, and name its file type in contentType.",
            ) from error


def _pictures(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Pointer, base64 and media type of every picture that is embedded; nothing recurses, whatever the depth."""
    left: list[tuple[str, Any]] = [("", document)]
    while left:
        at, value = left.pop()
        if isinstance(value, dict):
            left += [(f"{at}/{escaped(name)}", child) for name, child in reversed(value.items())]
            content = value.get("content")
            for media_type in _media_types(value.get("contentType")) if isinstance(content, str) and content else ():
                yield f"{at}/content", str(content), media_type
        elif isinstance(value, list):
            left += [(f"{at}/{index}", child) for index, child in reversed([*enumerate(value)])]


def _media_types(kinds: Any) -> Iterator[str]:
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        file_type = code(Vocabulary.FILE_TYPE, kind.get("id")) if isinstance(kind, dict) else None
        if file_type in MEDIA_TYPES:
            yield MEDIA_TYPES[file_type]
