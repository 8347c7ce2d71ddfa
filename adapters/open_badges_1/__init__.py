"""Open Badges 0.5, 1.0 and 1.1: hosted and signed badges, read and never written."""

from adapters.open_badges_1.adapter import OpenBadges1

__all__ = ["OpenBadges1"]
