"""Open Badges 2.0: hosted and signed badges, read and written."""

from adapters.open_badges_2.adapter import OpenBadges2

__all__ = ["OpenBadges2"]
