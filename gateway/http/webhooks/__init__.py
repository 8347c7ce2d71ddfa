"""``/v1/webhooks`` and ``/v1/changes``: how platforms are told what happened."""
