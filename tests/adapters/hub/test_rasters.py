"""Pictures are what they are declared to be, from their first byte to their last."""

import contextlib
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from adapters.hub.errors import AdapterError
from adapters.hub.rasters import check_picture

SCRIPT = b"<html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1z"/></svg>'


def drawn(form: str, *, mode: str = "RGB", **options: object) -> bytes:
    """A picture as Pillow writes it."""
    written = io.BytesIO()
    Image.effect_noise((40, 30), 90).convert(mode).save(written, form, **options)
    return written.getvalue()


def animated() -> bytes:
    written = io.BytesIO()
    frames = [Image.effect_noise((40, 30), sigma).convert("P") for sigma in (10, 50, 90)]
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], comment=b"c" * 600, loop=0)
    return written.getvalue()


SOUND = {
    "png": ("image/png", drawn("PNG")),
    "png with alpha": ("image/png", drawn("PNG", mode="RGBA")),
    "jpeg": ("image/jpeg", drawn("JPEG")),
    "progressive jpeg": ("image/jpeg", drawn("JPEG", progressive=True, comment=b"made by hand")),
    "jpeg with restarts": ("image/jpeg", drawn("JPEG", restart_marker_rows=1)),
    "grey jpeg": ("image/jpeg", drawn("JPEG", mode="L", quality=5)),
    "gif": ("image/gif", drawn("GIF", mode="P")),
    "animated gif": ("image/gif", animated()),
    "svg": ("image/svg+xml", SVG),
}


@pytest.mark.parametrize(("media_type", "image"), SOUND.values(), ids=SOUND)
def test_a_picture_passes_and_nothing_shorter_or_longer(media_type: str, image: bytes) -> None:
    check_picture(image, media_type)

    for end in {0, 1, 2, 3, 10, 20, len(image) // 2, len(image) - 3, len(image) - 1}:
        with pytest.raises(AdapterError):
            check_picture(image[:end], media_type)
    with pytest.raises(AdapterError):
        check_picture(image + SCRIPT, media_type)


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/gif", "image/svg+xml"])
def test_no_picture_passes_as_another(media_type: str) -> None:
    for kind, image in SOUND.values():
        if kind != media_type:
            with pytest.raises(AdapterError):
                check_picture(image, media_type)


FALSE = {
    "html behind the start of a jpeg": ("image/jpeg", b"\xff\xd8\xff" + SCRIPT),
    "html behind the start of a jfif": ("image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + SCRIPT),
    "html behind the signature of a png": ("image/png", b"\x89PNG\r\n\x1a\n" + SCRIPT),
    "html behind the header of a gif": ("image/gif", b"GIF89a" + SCRIPT),
    "a jpeg of comments": ("image/jpeg", b"\xff\xd8\xff\xfe\x00\x04ab\xff\xd9"),
    "a gif without pixels": ("image/gif", b"GIF89a\x01\0\x01\0\0\0\0;"),
    "a jpeg of fill bytes": ("image/jpeg", b"\xff\xd8" + b"\xff" * 1_000_000),
    "a jpeg of markers": ("image/jpeg", b"\xff\xd8" + b"\xff\x01" * 1_000_000),
    "a jpeg of empty segments": ("image/jpeg", b"\xff\xd8" + b"\xff\xe0\0\x02" * 1_000_000),
    "a gif of empty blocks": ("image/gif", b"GIF89a\x01\0\x01\0\0\0\0" + b"!\xf9\0" * 1_000_000),
    "a gif of small blocks": ("image/gif", b"GIF89a\x01\0\x01\0\0\0\0!\xf9" + b"\x01a" * 2_000_000),
    "a jpeg of a billion pixels": (
        "image/jpeg",
        b"\xff\xd8\xff\xc0\0\x11\x08\x80\0\x80\0\x03" + b"\x01\x11\0" * 3 + b"\xff\xda\0\x02a\xff\xd9",
    ),
    "a gif of a billion pixels": ("image/gif", b"GIF89a\xff\xff\xff\xff\0\0\0,"),
}


@pytest.mark.parametrize(("media_type", "image"), FALSE.values(), ids=FALSE)
def test_what_only_begins_like_one_is_refused_and_costs_little(media_type: str, image: bytes) -> None:
    began = time.process_time()

    with pytest.raises(AdapterError):
        check_picture(image, media_type)

    assert time.process_time() - began < 1


@given(st.sampled_from(sorted(SOUND)), st.data())
def test_a_damaged_picture_raises_nothing_else(name: str, data: st.DataObject) -> None:
    media_type, image = SOUND[name]
    damaged = bytearray(image)
    for at in data.draw(st.lists(st.integers(0, len(image) - 1), min_size=1, max_size=4)):
        damaged[at] = data.draw(st.integers(0, 255))

    with contextlib.suppress(AdapterError):
        check_picture(bytes(damaged), media_type)
