"""Managing a platform: ``/v1/platform``, ``/v1/audit``, and the pages of its members."""
