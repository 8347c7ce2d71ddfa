"""QR codes as SVG inside a page: nothing is loaded for them, and they need no script."""

from html import escape

import segno


def qr(text: str, said: str) -> str:
    """The code of a text.

    Always dark on light, whatever the colours of the page, and with the quiet zone of four modules: many readers take
    nothing else (ISO/IEC 18004).

    Args:
        said: What it is for, to who does not see it.
    """
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return f'<div class="qr" role="img" aria-label="{escape(said)}">{drawn}</div>'
