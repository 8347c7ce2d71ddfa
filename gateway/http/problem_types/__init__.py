"""``/problems``: what the ``type`` of a problem document leads to, and all of them."""
